//! Through time: which units of one day carry on a unit of another.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Line, Registry, SuccessionKind, Unit, UnitCode};
use crate::figures::rollup::{Forest, Heir, Heirs};

/// A chain of successions longer than this is damaged data.
const GENERATIONS_MAX: usize = 32;

/// A unit of a later day that carries on an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descent {
    /// The later unit.
    pub unit: UnitCode,
    /// The share that decisions state all along the way; none where one of them states nothing.
    pub share: Option<Decimal>,
    /// Whether every step was whole or to the main heir.
    pub is_main: bool,
    /// Whether the way goes through the units below, because the unit itself has no successor (a district of 2025).
    pub through_children: bool,
}

/// A unit of an earlier day that a later one carries on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The earlier unit.
    pub unit: UnitCode,
    /// Whether the earlier unit came here whole.
    pub is_whole: bool,
}

impl Registry {
    /// Who carries on the unit on that day, followed through all successions; the unit itself if it exists then.
    ///
    /// A district of 2025 has no successor of its own: its communes' heirs stand for it, without a main one. Ordered by
    /// code. Empty where nobody carries it on.
    pub fn heirs_on(&self, code: &str, day: Date) -> Vec<Descent> {
        let mut found = BTreeMap::new();
        let start = Descent { unit: code.into(), share: Some(Decimal::ONE), is_main: true, through_children: false };
        self.follow(start, day, GENERATIONS_MAX, &mut found);
        found.into_values().collect()
    }

    fn follow(&self, at: Descent, day: Date, left: usize, found: &mut BTreeMap<UnitCode, Descent>) {
        let Some(unit) = self.unit(at.unit.as_str()).filter(|_| left > 0) else { return };
        if unit.validity.contains(day) {
            let known = found.entry(at.unit.clone()).or_insert(Descent { share: Some(Decimal::ZERO), ..at.clone() });
            known.share = known.share.zip(at.share).map(|(known, more)| known + more);
            known.is_main |= at.is_main;
            known.through_children &= at.through_children;
            return;
        }
        let Some(last_day) = unit.validity.to.filter(|to| *to < day) else { return };
        let mut has_successor = false;
        for step in self.successors(at.unit.as_str()).filter(|step| step.on <= day) {
            has_successor = true;
            let step_share = if step.kind.is_whole() { Some(Decimal::ONE) } else { step.share };
            let next = Descent {
                unit: step.successor.clone(),
                share: at.share.zip(step_share).map(|(before, here)| before * here),
                is_main: at.is_main && step.kind != SuccessionKind::Part,
                through_children: at.through_children,
            };
            self.follow(next, day, left - 1, found);
        }
        if !has_successor && unit.kind.is_territory() {
            for child in self.children_unordered(at.unit.as_str(), Line::Management, last_day) {
                let next = Descent { unit: child.code.clone(), share: None, is_main: false, through_children: true };
                self.follow(next, day, left - 1, found);
            }
        }
    }

    /// Which units of an earlier day came into this one, followed back through all successions; the unit itself if it
    /// existed then. Ordered by code.
    pub fn origins_on(&self, code: &str, day: Date) -> Vec<Origin> {
        let mut found = BTreeMap::new();
        self.follow_back(Origin { unit: code.into(), is_whole: true }, day, GENERATIONS_MAX, &mut found);
        found.into_values().collect()
    }

    fn follow_back(&self, at: Origin, day: Date, left: usize, found: &mut BTreeMap<UnitCode, Origin>) {
        let Some(unit) = self.unit(at.unit.as_str()).filter(|_| left > 0) else { return };
        if unit.validity.contains(day) {
            found.entry(at.unit.clone()).and_modify(|known| known.is_whole |= at.is_whole).or_insert(at);
            return;
        }
        for step in self.predecessors(at.unit.as_str()).filter(|step| step.on > day) {
            let is_whole = at.is_whole && step.kind.is_whole();
            self.follow_back(Origin { unit: step.predecessor.clone(), is_whole }, day, left - 1, found);
        }
    }

    /// Where a reporter's figures count on the map of a day, by the rule of [`Heirs`].
    pub fn heirs_on_map(&self, code: &str, forest: &Forest, day: Date) -> Heirs {
        use rust_decimal::prelude::ToPrimitive;
        let heir = |descent: &Descent| {
            let share = descent.share.and_then(|share| share.to_f64());
            let unit = forest.position(descent.unit.as_str())?;
            Some(Heir { unit, share, is_main: descent.is_main })
        };
        Heirs::settle(&self.heirs_on(code, day).iter().filter_map(heir).collect::<Vec<_>>())
    }

    /// The unit's name on a day with the names before it, newest first: for headings such as "Phường Long Biên (trước
    /// đây: …)".
    pub fn earlier_names<'a>(&'a self, unit: &'a Unit, day: Date) -> Vec<&'a str> {
        let before = unit.names.iter().filter(|name| name.validity.to.is_some_and(|to| to < day));
        before.rev().map(|name| name.name.as_str()).collect()
    }
}
