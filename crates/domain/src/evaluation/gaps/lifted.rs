//! Who lifted the average: the change of a weighted mean, unit by unit.

use serde::Serialize;

/// One unit's part in the change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lift {
    /// The unit, by its place.
    pub unit: usize,
    /// By its own change, at its mean weight.
    pub own_change: f64,
    /// By growing or shrinking against the others.
    pub weight_change: f64,
}

impl Lift {
    /// Both together.
    pub fn sum(&self) -> f64 {
        self.own_change + self.weight_change
    }
}

/// The change of the average and its parts, which add up to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lifted {
    /// The average before.
    pub before: f64,
    /// The average after.
    pub after: f64,
    /// The units, the greatest lift first; equal ones in the order of units.
    pub units: Vec<Lift>,
}

/// Splits the change of the mean, weighted by sizes, between units: `s̄ Δx + (x̄ − X̄) Δs`, where `s` is a unit's share of
/// the weights, `x` its value, `X` the mean, bars are means of both years (T. Bennet, *The Theory of Measurement of Changes in Cost
/// of Living*, Journal of the Royal Statistical Society 83, 1920). Only units with value and size in both years count.
///
/// None where there is none.
pub fn lifted(before: (&[f64], &[f64]), after: (&[f64], &[f64])) -> Option<Lifted> {
    let known = |unit: &usize| {
        let ok = |(values, sizes): (&[f64], &[f64])| values[*unit].is_finite() && sizes[*unit] > 0.0;
        ok(before) && ok(after)
    };
    let units: Vec<usize> = (0..before.0.len().min(after.0.len())).filter(known).collect();
    let total = |sizes: &[f64]| units.iter().map(|unit| sizes[*unit]).sum::<f64>();
    let (weight_before, weight_after) = (total(before.1), total(after.1));
    if units.is_empty() {
        return None;
    }
    let mean = |(values, sizes): (&[f64], &[f64]), total: f64| {
        units.iter().map(|unit| values[*unit] * sizes[*unit] / total).sum::<f64>()
    };
    let (mean_before, mean_after) = (mean(before, weight_before), mean(after, weight_after));
    let middle = (mean_before + mean_after) / 2.0;
    let lift = |&unit: &usize| {
        let (from, to) = (before.0[unit], after.0[unit]);
        let (share_from, share_to) = (before.1[unit] / weight_before, after.1[unit] / weight_after);
        Lift {
            unit,
            own_change: (share_from + share_to) / 2.0 * (to - from),
            weight_change: ((from + to) / 2.0 - middle) * (share_to - share_from),
        }
    };
    let mut units: Vec<Lift> = units.iter().map(lift).collect();
    units.sort_by(|left, right| right.sum().total_cmp(&left.sum()).then(left.unit.cmp(&right.unit)));
    Some(Lifted { before: mean_before, after: mean_after, units })
}
