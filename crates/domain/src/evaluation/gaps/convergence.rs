//! Whether the weak catch up (β) and whether the spread falls (σ).

use serde::Serialize;

/// How growth is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Growth {
    /// In points a year: for percentages, which may be zero and end at 100.
    Points,
    /// In logarithms, as in the books on incomes: for amounts above zero; units at zero are left out.
    Logarithms,
}

/// The line `growth a year = intercept + slope × start`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beta {
    /// Units with a value in both years.
    pub n: usize,
    /// Growth of a unit that starts at zero.
    pub intercept: f64,
    /// Below zero: the weak grew faster.
    pub slope: f64,
    /// Standard error of the slope.
    pub standard_error: f64,
    /// `slope / standard_error`.
    pub t: f64,
    /// The share of the variance of growth that the start explains.
    pub r_squared: f64,
    /// The part of the gap that closes in a year, `−ln (1 + slope × years) / years`; none where nothing closes or the
    /// order turned over.
    pub speed: Option<f64>,
}

/// β convergence: the regression of growth on the start by ordinary least squares (R. Barro and X. Sala-i-Martin,
/// *Convergence*, Journal of Political Economy 100, 1992).
///
/// None with fewer than three units or without variance at the start. Small schools swing by chance and then fall back
/// to the mean, which looks like convergence: read it beside [`super::chance_share`].
pub fn beta(first: &[f64], last: &[f64], years: f64, growth: Growth) -> Option<Beta> {
    let point = |(&from, &to): (&f64, &f64)| match growth {
        Growth::Points => Some((from, (to - from) / years)),
        Growth::Logarithms => (from > 0.0 && to > 0.0).then(|| (from.ln(), (to / from).ln() / years)),
    };
    let points: Vec<(f64, f64)> =
        first.iter().zip(last).filter_map(point).filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    let line = Line::through(&points)?;
    let kept = 1.0 + line.slope * years;
    let speed = (kept > 0.0 && kept < 1.0).then(|| -kept.ln() / years);
    let Line { intercept, slope, standard_error, r_squared } = line;
    Some(Beta { n: points.len(), intercept, slope, standard_error, t: slope / standard_error, r_squared, speed })
}

/// A measure of spread over the years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// In the first year.
    pub first: f64,
    /// In the last year.
    pub last: f64,
    /// Change a year, by ordinary least squares over all years.
    pub slope: f64,
}

/// σ convergence: the course of a measure of spread over the years (same article: spread falls where σ falls). None with
/// fewer than two years.
pub fn trend(by_year: &[(f64, f64)]) -> Option<Trend> {
    let (first, last) = (by_year.first()?, by_year.last()?);
    let slope = slope(by_year)?.0;
    Some(Trend { first: first.1, last: last.1, slope })
}

struct Line {
    intercept: f64,
    slope: f64,
    standard_error: f64,
    r_squared: f64,
}

impl Line {
    fn through(points: &[(f64, f64)]) -> Option<Self> {
        let n = points.len() as f64;
        if points.len() < 3 {
            return None;
        }
        let (slope, spread, (mean_x, mean_y)) = slope(points)?;
        let intercept = mean_y - slope * mean_x;
        let residual: f64 = points.iter().map(|(x, y)| (y - intercept - slope * x).powi(2)).sum();
        let whole: f64 = points.iter().map(|(_, y)| (y - mean_y).powi(2)).sum();
        let standard_error = (residual / (n - 2.0) / spread).sqrt();
        let r_squared = if whole > 0.0 { 1.0 - residual / whole } else { 0.0 };
        Some(Self { intercept, slope, standard_error, r_squared })
    }
}

/// Slope, sum of squares of x, means; none without variance of x.
fn slope(points: &[(f64, f64)]) -> Option<(f64, f64, (f64, f64))> {
    let n = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / n;
    let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let joint: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    (spread > 0.0).then(|| (joint / spread, spread, (mean_x, mean_y)))
}
