//! Bonuses (điểm thưởng), deductions (điểm trừ), disqualifying events (điểm liệt) and what decides between equals.

use super::Points;
use crate::{Label, Source};

/// Where the number of times comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Entered by a person; not entered means that it did not happen.
    Entered,
    /// Forms of the year that were not first sent in time, as the office itself received them.
    LateForms,
}

/// A reason for points on top or off.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// Code, unique in the set.
    pub code: String,
    /// The reason.
    pub label: Label,
    /// Points for each time.
    pub points: Points,
    /// The most times that count; no limit where absent.
    pub times_max: Option<u16>,
    /// Where the number of times comes from.
    pub times: Times,
    /// Where it comes from.
    pub source: Source,
}

impl Adjustment {
    /// The points for so many times.
    pub fn points_for(&self, times: f64) -> Points {
        let most = self.times_max.map_or(f64::INFINITY, f64::from);
        Points::rounded(self.points.number() * times.clamp(0.0, most))
    }
}

/// What bars a unit from a grade (không xét).
#[derive(Clone, Debug, PartialEq)]
pub struct Disqualifier {
    /// Code, unique in the set.
    pub code: String,
    /// What happened.
    pub label: Label,
    /// Where it comes from.
    pub source: Source,
}

/// What decides between units with equal per cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// The higher per cent in this field, by its place.
    Field(usize),
    /// Fewer points off.
    FewerDeductions,
    /// More points on top.
    MoreBonus,
}
