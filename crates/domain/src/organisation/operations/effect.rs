//! What a decided change does, one thing at a time, for people to read before they agree.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Change;
use crate::organisation::{Line, Registry, SuccessionKind, Unit, UnitCode, UnitKind};
use crate::vietnamese::sort_key;

/// A unit as a sentence names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Code; empty where there is none.
    pub code: String,
    /// Name on the day of the change.
    pub name: String,
}

/// One thing that a change does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Effect {
    /// A unit begins.
    Created {
        /// Which.
        unit: Named,
        /// Its kind.
        kind: UnitKind,
    },
    /// A unit bears another name.
    Renamed {
        /// Which, under its new name.
        unit: Named,
        /// The name before.
        before: String,
    },
    /// A unit ends.
    Ended {
        /// Which.
        unit: Named,
        /// Its last day.
        last_day: Date,
    },
    /// A unit passes on.
    PassedOn {
        /// Who ends or is divided.
        unit: Named,
        /// Who takes over.
        to: Named,
        /// How.
        kind: SuccessionKind,
        /// The share that the decision states.
        share: Option<Decimal>,
    },
    /// A unit stands under another parent.
    Moved {
        /// Which.
        unit: Named,
        /// On which line.
        line: Line,
        /// The parent before; empty where there was none.
        from: Named,
        /// The parent after; empty where there is none.
        to: Named,
        /// From which day.
        on: Date,
    },
    /// A school's levels, ownership, sites or official code are others.
    Described {
        /// Which.
        unit: Named,
    },
}

/// Everything that a change does to a registry: what begins, is renamed, ends, passes on, moves, is described; within
/// each by name in Vietnamese order, then by code.
pub fn effects(registry: &Registry, change: &Change) -> Vec<Effect> {
    let naming = Naming { registry, change };
    let (mut begun, mut renamed, mut ended, mut moved, mut described) = (vec![], vec![], vec![], vec![], vec![]);
    let mut units: Vec<&Unit> = change.units.iter().collect();
    units.sort_by_cached_key(|unit| (sort_key(unit.name_on(change.on)), unit.code.clone()));
    for unit in units {
        let named = naming.of(&unit.code);
        let Some(before) = registry.unit(unit.code.as_str()) else {
            begun.push(Effect::Created { unit: named.clone(), kind: unit.kind });
            moved.extend(naming.moves(None, unit, &named));
            continue;
        };
        if before.validity != unit.validity {
            ended.extend(unit.validity.to.map(|last_day| Effect::Ended { unit: named.clone(), last_day }));
            continue;
        }
        if before.name_on(change.on) != unit.name_on(change.on) {
            let before = before.name_on(change.on).to_owned();
            renamed.push(Effect::Renamed { unit: named.clone(), before });
        }
        if (&before.school, &before.official_code) != (&unit.school, &unit.official_code) {
            described.push(Effect::Described { unit: named.clone() });
        }
        moved.extend(naming.moves(Some(before), unit, &named));
    }
    let passed_on = change.successions.iter().map(|link| Effect::PassedOn {
        unit: naming.of(&link.predecessor),
        to: naming.of(&link.successor),
        kind: link.kind,
        share: link.share,
    });
    [begun, renamed, ended, passed_on.collect(), moved, described].into_iter().flatten().collect()
}

struct Naming<'a> {
    registry: &'a Registry,
    change: &'a Change,
}

impl Naming<'_> {
    fn of(&self, code: &UnitCode) -> Named {
        let changed = self.change.units.iter().find(|unit| unit.code == *code);
        let unit = changed.or_else(|| self.registry.unit(code.as_str()));
        let name = unit.map_or("", |unit| unit.name_on(self.change.on)).to_owned();
        Named { code: code.0.clone(), name }
    }

    /// On each line the first day from the change on, on which the parent is another one.
    fn moves(&self, before: Option<&Unit>, after: &Unit, named: &Named) -> Vec<Effect> {
        let first = self.change.on;
        let parent = |unit: &Unit, line, day| unit.parent_on(line, day).map(|link| link.parent.clone());
        let mut moves = Vec::new();
        for line in Line::ALL {
            let starts = after.parents.iter().filter(|link| link.line == line).filter_map(|link| link.validity.from);
            let mut days: Vec<Date> = starts.filter(|day| *day > first).chain([first]).collect();
            days.sort_unstable();
            let differs = |day: &Date| before.and_then(|unit| parent(unit, line, *day)) != parent(after, line, *day);
            let Some(on) = days.into_iter().find(differs) else { continue };
            let name = |code: Option<UnitCode>| code.map(|code| self.of(&code)).unwrap_or_default();
            let from = name(before.and_then(|unit| parent(unit, line, on)));
            let to = name(parent(after, line, on));
            moves.push(Effect::Moved { unit: named.clone(), line, from, to, on });
        }
        moves
    }
}
