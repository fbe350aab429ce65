//! What a result is made of, and why there may be none.

use std::sync::Arc;

use super::{Columns, Layout, RollUp};

/// What a unit's figure is made of; shown with every total (CK-15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Reporters inside the unit that gave a value.
    pub reported: u32,
    /// Reporters inside the unit from whom a value is expected.
    pub expected: u32,
    /// Expected less reported, never below 0.
    pub missing: u32,
    /// Reporters with a value who were divided between this unit and others: with any, the figure is an estimate.
    pub apportioned: u32,
}

impl Made {
    /// Whether somebody who should have reported did not: such a total is a part of the whole and is shown as one.
    pub fn is_partial(&self) -> bool {
        self.reported < self.expected
    }

    /// The poorer of the two: what rests on both is known no better than this.
    #[must_use]
    pub fn poorer(self, other: Self) -> Self {
        let owed = |made: &Self| u64::from(made.expected.max(1));
        let (left, right) = (u64::from(self.reported) * owed(&other), u64::from(other.reported) * owed(&self));
        let poorer = match (self.expected, other.expected) {
            (0, _) => other,
            (_, 0) => self,
            _ if right < left => other,
            _ => self,
        };
        Self { apportioned: self.apportioned.max(other.apportioned), ..poorer }
    }
}

/// Why a unit has no figure for an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFigure {
    /// Too little was reported for the strategy in use.
    Missing,
    /// A ratio or a list: it is computed from its parts or listed, never added.
    NotAdded,
}

/// A unit's figure for an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The sum, or why there is none.
    pub value: Result<f64, NoFigure>,
    /// What it is made of.
    pub made: Made,
}

/// From how many reporters each unit expects each element: a preschool is not missing from the primary forms.
#[derive(Clone, Debug)]
pub struct Expectations {
    group_of: Vec<u32>,
    counts: RollUp,
}

impl Expectations {
    /// Elements fall into groups (usually one per form or level); `owes[group][row]` says which reporters owe it, and
    /// `group_of[element]` which group an element belongs to.
    pub fn new(layout: &Arc<Layout>, owes: &[Vec<bool>], group_of: Vec<u32>) -> Self {
        let mut marks = Columns::missing(layout.source_rows(), owes.len());
        for (group, owes) in owes.iter().enumerate() {
            let rows = marks.column_mut(group).iter_mut().zip(owes);
            rows.filter(|(_, owes)| **owes).for_each(|(mark, _)| *mark = 1.0);
        }
        Self { group_of, counts: RollUp::of(Arc::clone(layout), marks, 1) }
    }

    /// Every reporter owes every element.
    pub fn everyone(layout: &Arc<Layout>, elements: usize) -> Self {
        Self::new(layout, &[vec![true; layout.source_rows()]], vec![0; elements])
    }

    /// By seat: not NaN where its reporter owes an element; none for an element outside every group.
    pub(super) fn marks(&self, element: usize) -> Option<&[f64]> {
        let group = *self.group_of.get(element)? as usize;
        (group < self.counts.elements()).then(|| self.counts.seats_column(group))
    }

    /// From how many reporters a unit expects an element; 0 for an element outside every group.
    pub fn count(&self, unit: usize, element: usize) -> u32 {
        let group = self.group_of.get(element).map(|&group| group as usize);
        group.filter(|&group| group < self.counts.elements()).map_or(0, |group| self.counts.reported(unit, group))
    }
}
