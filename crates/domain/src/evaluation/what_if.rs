//! What one changed value would change: the item, the score, the grade, the unit's place and the places of others.

use super::{
    criteria::CriteriaSet,
    rank::{Place, rank},
    score::{Changed, Facts, Mark, Outcome, Quantity, Scores, Total, score},
};

/// Before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// As it is.
    pub before: T,
    /// As it would be.
    pub after: T,
}

impl<T: PartialEq> Pair<T> {
    /// Whether the change makes a difference here.
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The unit's items that would change, by their place in the set.
    pub items: Vec<(usize, Pair<Mark>)>,
    /// The unit's whole.
    pub total: Pair<Total>,
    /// What it comes to.
    pub outcome: Pair<Outcome>,
    /// The unit's place.
    pub place: Pair<Place>,
    /// Other units whose rank would change, in the order of units.
    pub others: Vec<(usize, Pair<Place>)>,
}

/// Scores again with one value of one unit changed and tells every difference.
pub fn what_if(
    set: &CriteriaSet,
    facts: &impl Facts,
    groups: &[u32],
    (quantity, unit, value): (Quantity, usize, f64),
) -> WhatIf {
    let changed = Changed { facts, quantity, unit, value };
    let (before, after) = (score(set, facts, groups), score(set, &changed, groups));
    let (places, new_places) = (rank(set, &before, groups), rank(set, &after, groups));
    let pair = |read: &dyn Fn(&Scores) -> Outcome| Pair { before: read(&before), after: read(&after) };
    let mark = |item: usize| (item, Pair { before: before.mark(item, unit), after: after.mark(item, unit) });
    let others = places.iter().zip(&new_places).enumerate();
    let others = others.filter(|(other, (old, new))| *other != unit && rank_of(old) != rank_of(new));
    WhatIf {
        items: (0..set.items().count()).map(mark).filter(|(_, mark)| mark.differs()).collect(),
        total: Pair { before: before.totals()[unit], after: after.totals()[unit] },
        outcome: pair(&|scores| scores.outcome(set, unit)),
        place: Pair { before: places[unit], after: new_places[unit] },
        others: others.map(|(other, (old, new))| (other, Pair { before: *old, after: *new })).collect(),
    }
}

fn rank_of(place: &Place) -> Option<u32> {
    match place {
        Place::Ranked { rank, .. } => Some(*rank),
        Place::NotRanked(_) => None,
    }
}
