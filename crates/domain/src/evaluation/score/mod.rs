//! Scores of all units at once, in columns, and of one unit with its working.

mod explain;
mod facts;
mod marks;
mod totals;

#[cfg(test)]
pub(in crate::evaluation) mod tests;

use super::{
    Points,
    criteria::{CriteriaSet, Item, Test},
};

pub use explain::{AdjustmentLine, CriterionSheet, FieldSheet, ItemLine, Sheet, explain};
pub use facts::{Changed, Facts, NoValue, Quantity};
pub use marks::Mark;
pub use totals::{Outcome, PartScore, Total};

/// A group of no unit: the unit has no peers and is not ranked.
pub const NO_GROUP: u32 = u32::MAX;

/// The scores of all units under one set.
#[derive(Clone, Debug)]
pub struct Scores {
    unit_count: usize,
    /// Item after item, a mark for each unit.
    marks: Vec<Vec<Mark>>,
    totals: Vec<Total>,
}

/// The one number that an item is scored from; none for a ratio, which has two.
pub fn read_by(item: &Item) -> Option<Quantity> {
    match &item.test {
        Test::Measured { measured, .. } => marks::quantity(item, measured, false),
        Test::YesNo { item: code } | Test::Level { item: code, .. } => Some(marks::entered_or(item, code.as_ref())),
        Test::Evidence => Some(Quantity::Entered(item.code.clone())),
    }
}

/// Scores every unit. `groups` names each unit's peers, whose best counts where a rule compares; rows of units come in
/// the order of `facts`.
pub fn score(set: &CriteriaSet, facts: &impl Facts, groups: &[u32]) -> Scores {
    let marks: Vec<Vec<Mark>> = set.items().map(|item| marks::of_item(item, facts, groups)).collect();
    let totals = totals::of_units(set, facts, &marks);
    Scores { unit_count: facts.unit_count(), marks, totals }
}

/// The mark that an entered value gives an item by itself: no points where the rule compares with other units or with
/// last year.
pub fn mark_of_entered(item: &Item, value: f64) -> Mark {
    marks::of_entered(item, value)
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
            marks[item][unit] = mark;
        }
        let totals = totals::of_units(set, facts, &marks);
        Self { unit_count: self.unit_count, marks, totals }
    }

    /// How many units were scored.
    pub fn unit_count(&self) -> usize {
        self.unit_count
    }

    /// The mark of an item, by its place among the set's items.
    pub fn mark(&self, item: usize, unit: usize) -> Mark {
        self.marks[item][unit]
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
