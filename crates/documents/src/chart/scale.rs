//! From values to lengths, with round numbers on the axis.

/// A linear scale from round number to round number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    least: f64,
    greatest: f64,
    step: f64,
}

impl Scale {
    /// From zero to a round number over the greatest value.
    pub(super) fn from_zero(values: impl Iterator<Item = f64>) -> Self {
        Self::between(0.0, values.fold(0.0, f64::max))
    }

    /// Around the values: begins above zero where they lie close together (lines only; a bar must begin at zero).
    pub(super) fn around(values: impl Iterator<Item = f64> + Clone) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.fold(0.0, f64::max);
        if least.is_finite() && least > greatest * 0.6 {
            return Self::between(least - (greatest - least).max(greatest * 0.02), greatest);
        }
        Self::between(least.min(0.0), greatest)
    }

    fn between(least: f64, greatest: f64) -> Self {
        let span = if greatest > least { greatest - least } else { 1.0 };
        let rough = span / 4.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|n| n * power).into_iter().find(|step| *step >= rough);
        let step = step.unwrap_or(rough);
        Self { least: (least / step).floor() * step, greatest: (greatest.max(least + span) / step).ceil() * step, step }
    }

    /// Where a value lies, from 0 to 1.
    pub(super) fn share(self, value: f64) -> f64 {
        (value - self.least) / (self.greatest - self.least)
    }

    /// The round numbers, from the least up.
    pub(super) fn ticks(self) -> Vec<f64> {
        let count = ((self.greatest - self.least) / self.step).round() as usize;
        (0..=count).map(|n| self.least + n as f64 * self.step).collect()
    }

    /// Decimals that the round numbers need.
    pub(super) fn decimals(self) -> u8 {
        (0..4).find(|d| (self.step * 10f64.powi(i32::from(*d))).fract().abs() < 1e-9).unwrap_or(4)
    }
}
