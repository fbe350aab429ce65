//! Scales of grades (xếp loại).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Points;
use crate::Label;

/// What thresholds are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeBasis {
    /// The per cent of the applicable maximum.
    #[default]
    Percent,
    /// The points themselves.
    Points,
}

/// A grade and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// Code.
    pub code: String,
    /// Name.
    pub label: Label,
    /// The least per cent or points, included.
    pub from: Points,
}

/// Grades, the best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GradeScale {
    /// What thresholds are compared with.
    pub basis: GradeBasis,
    /// The grades, the best first, the last from 0.
    pub grades: Vec<Grade>,
}

impl GradeScale {
    /// The place of the grade of a score; unrounded, since rounding must not lift anyone over a threshold.
    ///
    /// None where nothing counts or the scale begins above the score.
    pub fn grade(&self, score: Points, max: Points) -> Option<usize> {
        let reached = |from: Points| match self.basis {
            GradeBasis::Percent => max > Points::ZERO && score.is_share_of(max, from),
            GradeBasis::Points => score >= from,
        };
        self.grades.iter().position(|grade| reached(grade.from))
    }

    /// The per cent or points that the next better grade asks for; none for the best.
    pub fn next_better(&self, place: usize) -> Option<(&Grade, Decimal)> {
        let better = self.grades.get(place.checked_sub(1)?)?;
        Some((better, better.from.decimal()))
    }
}
