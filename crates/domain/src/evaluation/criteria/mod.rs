//! Criteria sets (bộ tiêu chí thi đua) as dated data: fields, criteria, items, bonuses, deductions, grades.
//!
//! [`load`] reads sets from TOML and lists every fault with file and line, [`faults_by_part`] with the part of the set;
//! [`validate`] finds what real sheets get wrong. [`draft`] is a set on a form.

mod adjustments;
pub mod draft;
mod grades;
mod items;
mod pack;
mod steps;
mod validate;

#[cfg(test)]
pub(in crate::evaluation) mod tests;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Points;
use crate::{
    Label, Level, Source,
    figures::catalogue::{Direction, ItemCode},
    organisation::Validity,
    school_year::SchoolYear,
};

pub use adjustments::{Adjustment, Disqualifier, TieBreak, Times};
pub use grades::{Grade, GradeBasis, GradeScale};
pub use pack::{belongs, faults_by_part, load};
pub use steps::Step;
pub(in crate::evaluation) use steps::shown;
pub use validate::{Finding, Spot, validate};

/// Whom a set judges, and how its result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetKind {
    /// Offices and communes with their schools.
    Office,
    /// Schools of the set's levels.
    School,
    /// Schools of the set's levels; every item must be passed, points decide nothing (high-quality and
    /// national-standard schools).
    AllMustPass,
}

/// A criteria set (bộ tiêu chí thi đua).
#[derive(Clone, Debug, PartialEq)]
pub struct CriteriaSet {
    /// Code, the same over its versions.
    pub code: String,
    /// Grows with every change.
    pub version: u32,
    /// Name.
    pub label: Label,
    /// When the version is in force.
    pub validity: Validity,
    /// Whom it judges.
    pub kind: SetKind,
    /// Levels of schooling of the schools that it judges; empty for all.
    pub levels: Vec<Level>,
    /// Only fields and totals are known, not what is scored inside them: kept for the record, never scored.
    pub is_frame: bool,
    /// The total that the sheet declares.
    pub max: Option<Points>,
    /// The fields, in the sheet's order.
    pub fields: Vec<WorkField>,
    /// Grades of the whole.
    pub scale: GradeScale,
    /// Grades of each field, for the count "13/13"; always by per cent.
    pub field_scale: GradeScale,
    /// Reasons for points on top.
    pub bonuses: Vec<Adjustment>,
    /// The most that all bonuses give together.
    pub bonus_cap: Option<Points>,
    /// Whether bonuses may lift the score above the applicable maximum.
    pub bonus_over_max: bool,
    /// Reasons for points off.
    pub deductions: Vec<Adjustment>,
    /// What bars a unit from a grade, whatever its points.
    pub disqualifiers: Vec<Disqualifier>,
    /// What decides between equal per cents, in order; where nothing does, units share a rank.
    pub ties: Vec<TieBreak>,
    /// Where the set comes from.
    pub source: Source,
}

/// A work field (lĩnh vực công tác).
#[derive(Clone, Debug, PartialEq)]
pub struct WorkField {
    /// Code, unique in the set.
    pub code: String,
    /// Printed number.
    pub number: String,
    /// Name.
    pub label: Label,
    /// The maximum that the sheet declares; none where the source does not tell it.
    pub max: Option<Points>,
    /// Its criteria; empty in a frame.
    pub criteria: Vec<Criterion>,
    /// Where it comes from.
    pub source: Source,
}

/// A criterion (tiêu chí).
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Code, unique in the set.
    pub code: String,
    /// Printed number.
    pub number: String,
    /// Name.
    pub label: Label,
    /// The maximum that the sheet declares, after weight and cap.
    pub max: Option<Points>,
    /// What its items' points are multiplied by.
    pub weight: Decimal,
    /// The most that it gives.
    pub cap: Option<Points>,
    /// Its items; a criterion with one test is its own single item.
    pub items: Vec<Item>,
}

/// An item: one test with its points.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Code, unique in the set; the criterion's own where it is the single item.
    pub code: String,
    /// Name.
    pub label: Label,
    /// The most points, before the criterion's weight.
    pub max: Points,
    /// How points come about.
    pub test: Test,
    /// Units without schools of this level: not applicable.
    pub level: Option<Level>,
    /// A formula; units for which it is false: not applicable.
    pub applies_if: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

/// How an item's points come about.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// From a number.
    Measured {
        /// Which number.
        measured: Measured,
        /// Whether the number itself counts or its improvement over last year.
        basis: Basis,
        /// From the number to points.
        rule: PointRule,
        /// Which way is better.
        direction: Direction,
    },
    /// All points or none; from an item (yes where it is above zero) or entered.
    YesNo {
        /// The item; entered where there is none.
        item: Option<ItemCode>,
    },
    /// Points by the level that was reached (national standard, accreditation).
    Level {
        /// The item that holds the level; entered where there is none.
        item: Option<ItemCode>,
        /// The levels, in order.
        rungs: Vec<Rung>,
    },
    /// Judged by a person from evidence.
    Evidence,
}

/// A number that is scored.
#[derive(Clone, Debug, PartialEq)]
pub enum Measured {
    /// An indicator of the catalogue.
    Indicator(String),
    /// `100 × part / whole` of two items.
    Ratio {
        /// Above the line.
        part: ItemCode,
        /// Below the line.
        whole: ItemCode,
    },
    /// An item's number; entered where there is none.
    Count(Option<ItemCode>),
    /// The per cent of the forms owed in the year that were first sent in time.
    Timeliness,
    /// The per cent of the forms owed in the year that were approved.
    Completeness,
}

/// What of a number counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// The number of the year.
    Value,
    /// The improvement over last year: a fall where less is better.
    Improvement {
        /// A unit that is already this good gets full points.
        full_at: Option<f64>,
    },
}

impl Basis {
    /// Which way is better for what is scored: a greater improvement always is, whatever the number's own direction.
    pub fn scored(self, direction: Direction) -> Direction {
        if self == Self::Value { direction } else { Direction::Up }
    }
}

/// From a number to points.
#[derive(Clone, Debug, PartialEq)]
pub enum PointRule {
    /// By intervals.
    Steps(Vec<Step>),
    /// No points at `from` and beyond, all points at `to` and beyond, in proportion between; `from` may be the greater.
    Linear {
        /// Where points begin.
        from: f64,
        /// Where they are full.
        to: f64,
    },
    /// All points to the best of the group, in proportion to it for the others.
    BestOfPeers,
}

/// A level that can be reached, with its points.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// The number that stands for it.
    pub at: f64,
    /// Its name.
    pub label: Label,
    /// Its points.
    pub points: Points,
}

impl CriteriaSet {
    /// All criteria in the sheet's order, each with the place of its field.
    pub fn criteria(&self) -> impl Iterator<Item = (usize, &Criterion)> {
        self.fields.iter().enumerate().flat_map(|(place, field)| field.criteria.iter().map(move |one| (place, one)))
    }

    /// All items in the sheet's order; scores are kept in this order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.criteria().flat_map(|(_, criterion)| &criterion.items)
    }

    /// Whether the version is in force for a school year: on the last day of May, when years are judged.
    pub fn is_in_force(&self, year: SchoolYear) -> bool {
        let day = jiff::civil::Date::new(year.second_calendar_year(), 5, 31);
        day.is_ok_and(|day| self.validity.contains(day))
    }
}

impl WorkField {
    /// The points of all its criteria.
    pub fn full(&self) -> Points {
        self.criteria.iter().map(Criterion::full).sum()
    }
}

impl Criterion {
    /// The points of all its items, after weight and cap.
    pub fn full(&self) -> Points {
        self.settled(self.items.iter().map(|item| item.max).sum())
    }

    /// Whether its items' points count as they are, without weight or cap.
    pub fn is_plain(&self) -> bool {
        self.weight == Decimal::ONE && self.cap.is_none()
    }

    /// Items' points after weight and cap.
    pub fn settled(&self, points: Points) -> Points {
        let weighted = points.times(self.weight);
        self.cap.map_or(weighted, |cap| weighted.min(cap))
    }
}
