//! Scores of all units at once, in columns, and of one unit with its working.

mod blocks;
mod columns;
mod explain;
mod facts;
mod marks;
mod packed;
mod rules;
mod totals;
mod wide;

#[cfg(test)]
pub(in crate::evaluation) mod tests;

use self::packed::Marks;
use super::{
    Points,
    criteria::{CriteriaSet, Item},
};

pub use explain::{AdjustmentLine, CriterionSheet, FieldSheet, ItemLine, Sheet, explain};
pub use facts::{Changed, Facts, NoValue, Quantity};
pub use marks::{Mark, read_by};
pub use totals::{Outcome, PartScore, Total};

/// A group of no unit: the unit has no peers and is not ranked.
pub const NO_GROUP: u32 = u32::MAX;

/// The scores of all units under one set.
#[derive(Clone, Debug)]
pub struct Scores {
    unit_count: usize,
    marks: Marks,
    totals: Vec<Total>,
}

/// Scores every unit. `groups` names each unit's peers, whose best counts where a rule compares; rows of units come in
/// the order of `facts`.
pub fn score(set: &CriteriaSet, facts: &impl Facts, groups: &[u32]) -> Scores {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (marks, mut totals) = blocks::scored(set, facts, groups, cores);
    totals::finish(set, facts, &mut totals);
    Scores { unit_count: facts.unit_count(), marks, totals }
}

/// The mark that an entered value gives an item by itself: no points where the rule compares with other units or with
/// last year.
pub fn mark_of_entered(item: &Item, value: f64) -> Mark {
    columns::of_entered(item, value).mark()
}

impl Scores {
    /// The same scores where some marks were made final: they stand, whatever the figures give now. `final_marks` names
    /// item, unit and mark; `facts` gives times of bonuses, deductions and events as they were made final.
    #[must_use]
    pub fn settled(
        &self,
        set: &CriteriaSet,
        facts: &impl Facts,
        final_marks: impl IntoIterator<Item = (usize, usize, Mark)>,
    ) -> Self {
        let mut marks = self.marks.clone();
        for (item, unit, mark) in final_marks {
            marks.set(item, unit, mark);
        }
        let mut totals = blocks::added_up(set, &marks, self.unit_count);
        totals::finish(set, facts, &mut totals);
        Self { unit_count: self.unit_count, marks, totals }
    }

    /// How many units were scored.
    pub fn unit_count(&self) -> usize {
        self.unit_count
    }

    /// The mark of an item, by its place among the set's items.
    pub fn mark(&self, item: usize, unit: usize) -> Mark {
        self.marks.mark(item, unit)
    }

    /// The whole of every unit.
    pub fn totals(&self) -> &[Total] {
        &self.totals
    }

    /// What a unit's score comes to.
    pub fn outcome(&self, set: &CriteriaSet, unit: usize) -> Outcome {
        self.totals[unit].outcome(set)
    }

    /// A unit's criteria in the sheet's order.
    pub fn criteria(&self, set: &CriteriaSet, unit: usize) -> Vec<PartScore> {
        let mut first = 0;
        let score = |(_, criterion): (usize, &super::criteria::Criterion)| {
            let items = first..first + criterion.items.len();
            first = items.end;
            let marks = items.zip(&criterion.items).map(|(item, declared)| (self.mark(item, unit), declared.max));
            PartScore::of_items(marks).settled(criterion)
        };
        set.criteria().map(score).collect()
    }

    /// A unit's fields in the sheet's order.
    pub fn fields(&self, set: &CriteriaSet, unit: usize) -> Vec<PartScore> {
        let mut fields = vec![PartScore::default(); set.fields.len()];
        for ((field, _), score) in set.criteria().zip(self.criteria(set, unit)) {
            fields[field].add(score);
        }
        fields
    }

    /// The grade of each field of a unit, by its place in the set's scale of fields; none where a value is missing or
    /// nothing applies.
    pub fn field_grades(&self, set: &CriteriaSet, unit: usize) -> Vec<FieldGrade> {
        let grade = |field: PartScore| match field {
            PartScore { max: Points::ZERO, missing: 0, .. } => FieldGrade::NotApplicable,
            PartScore { missing: 0, points, max, .. } => {
                set.field_scale.grade(points, max).map_or(FieldGrade::Unknown, FieldGrade::Graded)
            }
            PartScore { .. } => FieldGrade::Unknown,
        };
        self.fields(set, unit).into_iter().map(grade).collect()
    }
}

/// What is known of a field's grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldGrade {
    /// The place of its grade in the scale.
    Graded(usize),
    /// A value is missing.
    Unknown,
    /// Nothing in it applies to the unit.
    NotApplicable,
}
