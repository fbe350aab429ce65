//! Adding over the periods of a year, which is not adding over units.

use crate::figures::catalogue::Aggregation;

/// One unit's figure for the year from its figures by period, oldest first (NaN = missing).
///
/// A flow (`sum`) is added over the periods that have it; a state (`last`) is the latest that there is; ratios and lists
/// are not arithmetic and give none.
pub fn over_periods(aggregation: Aggregation, by_period: &[f64]) -> Option<f64> {
    let present = || by_period.iter().copied().filter(|value| !value.is_nan());
    match aggregation {
        Aggregation::Sum => present().next().map(|_| present().sum()),
        Aggregation::Last => present().next_back(),
        Aggregation::Ratio | Aggregation::List => None,
    }
}
