//! A set that is not in use yet, tried on the figures of a year: who would come where, and how many would get which grade.

use domain::evaluation::gaps::{Distribution, distribution};
use serde::Serialize;

use crate::{
    evaluation::queries::{Evaluation, UnitResult},
    identity::{Right, Visitor},
};

/// So many units of a trial are shown.
const ROWS_MAX: usize = 30;

/// What a trial found among the units that the visitor may read.
#[derive(Debug, Default, Serialize)]
pub(super) struct Trial {
    year: String,
    /// The best of each group first.
    rows: Vec<UnitResult>,
    /// How many units were tried.
    count: usize,
    /// Each grade of the scale with the number of units that would get it.
    grades: Vec<(String, usize)>,
    /// Units without a grade: values are missing, or nothing applies.
    without: usize,
    /// How the per cents are spread; none where no unit has one.
    spread: Option<Distribution>,
}

impl Trial {
    pub(super) fn of(found: &Evaluation, visitor: &Visitor) -> Self {
        let visible = (0..found.units.len()).filter(|row| visitor.may(Right::ReadUnit, &found.units[*row].code));
        let mut rows: Vec<UnitResult> = visible.map(|row| found.result(row)).collect();
        rows.sort_by_key(|row| (row.group.clone(), row.rank.unwrap_or(u32::MAX), row.unit.clone()));
        let with = |label: &str| rows.iter().filter(|row| row.grade_label.as_deref() == Some(label)).count();
        let grades: Vec<(String, usize)> =
            found.set.scale.grades.iter().map(|grade| (grade.label.vi.clone(), with(&grade.label.vi))).collect();
        let percents: Vec<f64> = rows.iter().filter_map(|row| row.percent).collect();
        let (count, graded) = (rows.len(), grades.iter().map(|(_, count)| count).sum::<usize>());
        rows.truncate(ROWS_MAX);
        let year = found.year.to_string();
        Self { year, rows, count, grades, without: count - graded, spread: distribution(&percents) }
    }
}
