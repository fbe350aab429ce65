//! Gaps between schools (khoảng cách giữa các trường): how far apart they are, where the distance lies, whether it narrows.
//!
//! Every measure takes one number for each unit, NaN where there is none; units count alike, whatever their size, since
//! the question is how far schools are apart and not how pupils fare on average. Formulas are the textbook ones and each
//! names its book; an independent computation (`benches/gaps_numpy.py`) gives the expected values of the tests.

mod convergence;
mod distribution;
mod finding;
mod lifted;
mod panel;
mod peers;
mod theil;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub use convergence::{Beta, Growth, Trend, beta, trend};
pub use distribution::{Distribution, chance_share, distribution};
pub use finding::{Direction, OF_FEW_SCHOOLS, finding, verdict};
pub use lifted::{Lift, Lifted, lifted};
pub use panel::{LeftOut, Panel};
pub use peers::{Circumstances, Peer, Setting, peers};
pub use theil::{GroupTheil, Theil, theil};

/// Fewer units than this and a measure of spread is shown with a caution: one school more or less would change it.
pub const FEW_UNITS: usize = 10;

/// The gap of one year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearGap {
    /// Count, centre, spread.
    pub distribution: Distribution,
    /// Theil index with its split; none where a value is negative or all are zero.
    pub theil: Option<Theil>,
    /// The share of the variance that chance alone would make in schools of these sizes, from 0 to 1; none where the
    /// numbers are not shares or sizes are unknown.
    pub chance_share: Option<f64>,
    /// Whether there are too few units to trust the spread.
    pub is_few: bool,
}

/// What is measured: a number for each unit, the group of each, and how many pupils stand behind each number.
#[derive(Clone, Copy, Debug)]
pub struct Year<'a> {
    /// NaN where a unit has no value.
    pub values: &'a [f64],
    /// Wards or clusters, by number.
    pub groups: &'a [u32],
    /// How many pupils (or whatever the numbers are shares of), NaN where unknown; empty where they are no percentages.
    pub sizes: &'a [f64],
}

/// The gap of a year; none where no unit has a value.
pub fn measure(year: Year<'_>) -> Option<YearGap> {
    let distribution = distribution(year.values)?;
    Some(YearGap {
        theil: theil(year.values, year.groups),
        chance_share: chance_share(year.values, year.sizes),
        is_few: distribution.n < FEW_UNITS,
        distribution,
    })
}
