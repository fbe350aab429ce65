//! Count, centre and spread of one year.

use serde::Serialize;

/// How numbers are spread.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// Units with a value.
    pub n: usize,
    /// Arithmetic mean, every unit alike.
    pub mean: f64,
    /// Standard deviation of the whole population (divided by n: the schools are all there are, not a sample).
    pub sd: f64,
    /// Coefficient of variation, `sd / mean`; none where the mean is not above zero.
    pub cv: Option<f64>,
    /// The least value.
    pub min: f64,
    /// 10th percentile.
    pub p10: f64,
    /// First quartile.
    pub p25: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub p75: f64,
    /// 90th percentile.
    pub p90: f64,
    /// The greatest value.
    pub max: f64,
    /// `p90 / p10`; none where the 10th percentile is not above zero.
    pub p90_p10: Option<f64>,
}

/// The distribution of the values that are there; none where there is none.
///
/// Percentiles interpolate linearly between order statistics at `(n − 1) × p` (definition 7 of Hyndman and Fan, *Sample
/// Quantiles in Statistical Packages*, The American Statistician 50, 1996): what spreadsheets and numpy give by default.
pub fn distribution(values: &[f64]) -> Option<Distribution> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let (min, max) = (*sorted.first()?, *sorted.last()?);
    let n = sorted.len();
    let (mean, variance) = mean_and_variance(&sorted);
    let sd = variance.sqrt();
    let at = |share: f64| quantile(&sorted, share);
    let (p10, p90) = (at(0.1), at(0.9));
    Some(Distribution {
        n,
        mean,
        sd,
        cv: (mean > 0.0).then(|| sd / mean),
        min,
        p10,
        p25: at(0.25),
        median: at(0.5),
        p75: at(0.75),
        p90,
        max,
        p90_p10: (p10 > 0.0).then(|| p90 / p10),
    })
}

/// Of the whole population.
fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count)
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * share;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * place.fract()
}

/// Which share of the variance between schools chance alone would make, from 0 to 1: the mean of the binomial variances
/// `p (100 − p) / size` over the variance found (any introduction to statistics: the variance of a proportion).
///
/// In a school of 20 pupils one pupil is 5 points: a large share says that the gap is mostly small schools' luck. None
/// where a value lies outside 0 to 100, sizes are unknown or there is no variance.
pub fn chance_share(percentages: &[f64], sizes: &[f64]) -> Option<f64> {
    if percentages.len() != sizes.len() {
        return None;
    }
    let known = || percentages.iter().zip(sizes).filter(|(value, size)| value.is_finite() && **size > 0.0);
    if known().any(|(value, _)| !(0.0..=100.0).contains(value)) {
        return None;
    }
    let values: Vec<f64> = known().map(|(value, _)| *value).collect();
    let (_, variance) = mean_and_variance(&values);
    let chance = known().map(|(value, size)| value * (100.0 - value) / size).sum::<f64>() / values.len() as f64;
    (variance > 0.0).then(|| (chance / variance).min(1.0))
}
