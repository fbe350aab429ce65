//! From marks to the whole: sums, weights, caps, bonuses, deductions, grade.

use rust_decimal::Decimal;

use super::{Facts, Mark, Points, Quantity};
use crate::evaluation::criteria::{Adjustment, CriteriaSet, Criterion, SetKind, Times};

/// The score of a criterion or a field: only what applies and has a value counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartScore {
    /// Points of the items with a value.
    pub points: Points,
    /// The maximum of the items that apply.
    pub max: Points,
    /// Items that apply and have no value.
    pub missing: u16,
    /// Items that do not apply.
    pub not_applicable: u16,
}

impl PartScore {
    pub(super) fn of_items(marks: impl Iterator<Item = (Mark, Points)>) -> Self {
        let mut score = Self::default();
        marks.for_each(|(mark, max)| score.take(mark, max));
        score
    }

    pub(super) fn take(&mut self, mark: Mark, max: Points) {
        match mark {
            Mark::Scored(points) => {
                self.points += points;
                self.max += max;
            }
            Mark::NotApplicable => self.not_applicable += 1,
            Mark::None(_) => {
                self.missing += 1;
                self.max += max;
            }
        }
    }

    /// After the criterion's weight and cap.
    pub(super) fn settled(self, criterion: &Criterion) -> Self {
        Self { points: criterion.settled(self.points), max: criterion.settled(self.max), ..self }
    }

    pub(super) fn add(&mut self, part: Self) {
        self.points += part.points;
        self.max += part.max;
        self.missing += part.missing;
        self.not_applicable += part.not_applicable;
    }

    /// The per cent of the applicable maximum; none where a value is missing or nothing applies.
    pub fn percent(self) -> Option<Decimal> {
        if self.missing > 0 { None } else { self.points.percent_of(self.max) }
    }
}

/// The whole of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// What the items gave, before bonuses and deductions.
    pub base: PartScore,
    /// Points on top, capped.
    pub bonus: Points,
    /// Points off.
    pub deduction: Points,
    /// The score; of the items with a value only where some have none.
    pub score: Points,
    /// Whether some item lost points: for sets in which all must pass.
    pub has_failed: bool,
    /// The first disqualifying event.
    pub disqualified: Option<u16>,
}

/// What a score comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The place of the grade in the scale.
    Graded(usize),
    /// Nothing applies to the unit, or the scale begins above its score.
    Ungraded,
    /// So many items have no value.
    Incomplete(u16),
    /// Barred, by the place of the event.
    Disqualified(usize),
    /// Every item that applies is passed.
    Passed,
    /// Some item is not passed.
    Failed,
}

impl Total {
    /// The score as a result; none where a value is missing or nothing applies.
    pub fn final_score(&self) -> Option<Points> {
        (self.base.missing == 0 && self.base.max > Points::ZERO).then_some(self.score)
    }

    /// The per cent of the applicable maximum, unrounded.
    pub fn percent(&self) -> Option<Decimal> {
        self.final_score()?.percent_of(self.base.max)
    }

    /// What the score comes to under its set.
    pub fn outcome(&self, set: &CriteriaSet) -> Outcome {
        if let Some(event) = self.disqualified {
            return Outcome::Disqualified(usize::from(event));
        }
        let all_must_pass = set.kind == SetKind::AllMustPass;
        match (self.base.missing, self.base.max) {
            _ if all_must_pass && self.has_failed => Outcome::Failed,
            (0, Points::ZERO) => Outcome::Ungraded,
            (0, _) if all_must_pass => Outcome::Passed,
            (0, max) => set.scale.grade(self.score, max).map_or(Outcome::Ungraded, Outcome::Graded),
            (missing, _) => Outcome::Incomplete(missing),
        }
    }
}

/// Bonuses, deductions, events and the score itself, where the items are added up.
pub(super) fn finish(set: &CriteriaSet, facts: &impl Facts, totals: &mut [Total]) {
    adjust(&set.bonuses, facts, totals, |total, points| total.bonus += points);
    adjust(&set.deductions, facts, totals, |total, points| total.deduction += points);
    for (place, event) in (0..).zip(&set.disqualifiers) {
        let Some(column) = facts.column(&Quantity::Entered(event.code.clone())) else { continue };
        for (total, happened) in totals.iter_mut().zip(column.iter()) {
            if *happened > 0.0 && total.disqualified.is_none() {
                total.disqualified = Some(place);
            }
        }
    }
    totals.iter_mut().for_each(|total| settle(set, total));
}

/// Where the number of times of an adjustment is read.
pub(super) fn times(adjustment: &Adjustment) -> Quantity {
    match adjustment.times {
        Times::Entered => Quantity::Entered(adjustment.code.clone()),
        Times::LateForms => Quantity::LateForms,
    }
}

fn adjust(reasons: &[Adjustment], facts: &impl Facts, totals: &mut [Total], add: impl Fn(&mut Total, Points)) {
    for reason in reasons {
        let Some(column) = facts.column(&times(reason)) else { continue };
        for (total, times) in totals.iter_mut().zip(column.iter()).filter(|(_, times)| **times > 0.0) {
            add(total, reason.points_for(*times));
        }
    }
}

/// Bonus after the base, no higher than the maximum unless the set allows it; deductions last, never below zero.
fn settle(set: &CriteriaSet, total: &mut Total) {
    total.bonus = set.bonus_cap.map_or(total.bonus, |cap| total.bonus.min(cap));
    let lifted = total.base.points + total.bonus;
    let ceiling = if set.bonus_over_max { lifted } else { total.base.max.max(total.base.points) };
    total.score = (lifted.min(ceiling) - total.deduction).max(Points::ZERO);
}
