//! All units in memory, and the questions that name a date.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{Line, Succession, Unit, check};
use crate::Refusal;
use crate::figures::rollup::Forest;
use crate::vietnamese::sort_key;

/// A record with the row of the file that it came from, so that a refusal can name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// Row number in its file, the header being 1; 0 where there is no file.
    pub number: u64,
    /// What stands there.
    pub record: T,
}

impl<T> Row<T> {
    /// A record that no file names.
    pub fn unnumbered(record: T) -> Self {
        Self { number: 0, record }
    }
}

/// Units and successions that hang together on every day.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    units: Vec<Unit>,
    successions: Vec<Succession>,
    by_code: HashMap<String, usize>,
    children: Vec<Vec<usize>>,
    successors: Vec<Vec<usize>>,
    predecessors: Vec<Vec<usize>>,
}

impl Registry {
    /// Takes units and successions if all of them are sound.
    ///
    /// # Errors
    /// Every fault of every row ([`check`]); nothing is taken then.
    pub fn new(units: Vec<Row<Unit>>, successions: Vec<Row<Succession>>) -> Result<Self, Refusal> {
        Refusal::unless_empty(check::registry(&units, &successions))?;
        Ok(Self::of_checked(units, successions))
    }

    /// Takes what [`check::registry`] found sound.
    pub(super) fn of_checked(units: Vec<Row<Unit>>, successions: Vec<Row<Succession>>) -> Self {
        let units = units.into_iter().map(|row| row.record).collect();
        Self::indexed(units, successions.into_iter().map(|row| row.record).collect())
    }

    /// Takes records that were checked when they were written (the office's own database).
    ///
    /// # Errors
    /// As [`Registry::new`]: a damaged database is found here and not in a wrong sum.
    pub fn from_records(units: Vec<Unit>, successions: Vec<Succession>) -> Result<Self, Refusal> {
        let units = units.into_iter().map(Row::unnumbered).collect();
        Self::new(units, successions.into_iter().map(Row::unnumbered).collect())
    }

    fn indexed(units: Vec<Unit>, successions: Vec<Succession>) -> Self {
        let by_code: HashMap<String, usize> =
            units.iter().enumerate().map(|(number, unit)| (unit.code.0.clone(), number)).collect();
        let mut children = vec![Vec::new(); units.len()];
        for (number, unit) in units.iter().enumerate() {
            for link in &unit.parents {
                let Some(&parent) = by_code.get(link.parent.as_str()) else { continue };
                let known: &mut Vec<usize> = &mut children[parent];
                if known.last() != Some(&number) {
                    known.push(number);
                }
            }
        }
        let mut successors = vec![Vec::new(); units.len()];
        let mut predecessors = vec![Vec::new(); units.len()];
        for (number, succession) in successions.iter().enumerate() {
            if let Some(&unit) = by_code.get(succession.predecessor.as_str()) {
                successors[unit].push(number);
            }
            if let Some(&unit) = by_code.get(succession.successor.as_str()) {
                predecessors[unit].push(number);
            }
        }
        Self { units, successions, by_code, children, successors, predecessors }
    }

    /// All units, in the order in which they were taken.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// All successions, in the order in which they were taken.
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// The unit with this code, whenever it existed.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.by_code.get(code).map(|&number| &self.units[number])
    }

    /// The unit with this code if it exists on that day.
    pub fn unit_on(&self, code: &str, day: Date) -> Option<&Unit> {
        self.unit(code).filter(|unit| unit.validity.contains(day))
    }

    /// Who was the unit's parent on that day.
    pub fn parent_on(&self, code: &str, line: Line, day: Date) -> Option<&Unit> {
        let link = self.unit_on(code, day)?.parent_on(line, day)?;
        self.unit(link.parent.as_str())
    }

    /// The parents of parents on that day, nearest first.
    pub fn ancestors_on(&self, code: &str, line: Line, day: Date) -> Vec<&Unit> {
        let first = self.parent_on(code, line, day);
        std::iter::successors(first, |unit| self.parent_on(unit.code.as_str(), line, day)).collect()
    }

    /// The units under this one on that day: by kind, then by name in Vietnamese order, then by code.
    pub fn children_on(&self, code: &str, line: Line, day: Date) -> Vec<&Unit> {
        let mut children = self.children_unordered(code, line, day);
        children.sort_by_cached_key(|unit| (unit.kind, sort_key(unit.name_on(day)), unit.code.clone()));
        children
    }

    /// The units that stand under this one on the day or will later, on whichever line: those that a division has to
    /// place. By name in Vietnamese order, then by code.
    pub fn children_from(&self, code: &str, day: Date) -> Vec<&Unit> {
        let stays = |unit: &&Unit| {
            let mut links = unit.parents.iter().filter(|link| link.parent.as_str() == code);
            links.any(|link| link.validity.to.is_none_or(|to| to >= day))
        };
        let mut children: Vec<&Unit> = self.ever_children(code).filter(stays).collect();
        children.sort_by_cached_key(|unit| (sort_key(unit.name_on(day)), unit.code.clone()));
        children
    }

    pub(super) fn children_unordered(&self, code: &str, line: Line, day: Date) -> Vec<&Unit> {
        let Some(&number) = self.by_code.get(code) else { return Vec::new() };
        let is_child = |unit: &&Unit| {
            unit.validity.contains(day) && unit.parent_on(line, day).is_some_and(|link| link.parent.as_str() == code)
        };
        self.children[number].iter().map(|&child| &self.units[child]).filter(is_child).collect()
    }

    /// Every unit that ever named this one as a parent.
    pub(super) fn ever_children(&self, code: &str) -> impl Iterator<Item = &Unit> {
        let children = self.by_code.get(code).map_or(&[][..], |&number| &self.children[number]);
        children.iter().map(|&child| &self.units[child])
    }

    /// Who took over from the unit directly, in file order.
    pub fn successors(&self, code: &str) -> impl Iterator<Item = &Succession> {
        let links = self.by_code.get(code).map_or(&[][..], |&number| &self.successors[number]);
        links.iter().map(|&link| &self.successions[link])
    }

    /// Whom the unit took over from directly, in file order.
    pub fn predecessors(&self, code: &str) -> impl Iterator<Item = &Succession> {
        let links = self.by_code.get(code).map_or(&[][..], |&number| &self.predecessors[number]);
        links.iter().map(|&link| &self.successions[link])
    }

    /// The units of a day in pre-order on one line, for the roll-up. A unit without a parent on that line is a root;
    /// siblings stand in the registry's order.
    ///
    /// # Errors
    /// As [`Forest::new`]; a registry that was taken has no such fault.
    pub fn forest_on(&self, line: Line, day: Date) -> Result<Forest, Refusal> {
        let valid = self.units.iter().filter(|unit| unit.validity.contains(day));
        let pairs: Vec<(&str, Option<&str>)> = valid
            .map(|unit| (unit.code.as_str(), unit.parent_on(line, day).map(|link| link.parent.as_str())))
            .collect();
        Forest::new(&pairs)
    }

    /// The registry after a change: units of the change replace those of the same code, new ones are added.
    ///
    /// # Errors
    /// Where the change does not fit this registry (it was decided on another one).
    pub fn with(&self, change: &super::operations::Change) -> Result<Self, Refusal> {
        let units = change.units.iter().cloned().map(Row::unnumbered).collect();
        self.with_rows(units, change.successions.iter().cloned().map(Row::unnumbered).collect())
    }

    /// The registry with the rows of a file: as [`Registry::with`], but what is wrong names the row.
    ///
    /// # Errors
    /// Every fault of every row ([`check`]); a code that two rows of the file give is one.
    pub fn with_rows(&self, units: Vec<Row<Unit>>, successions: Vec<Row<Succession>>) -> Result<Self, Refusal> {
        let mut all: Vec<Row<Unit>> = self.units.iter().cloned().map(Row::unnumbered).collect();
        let mut replaced = HashSet::new();
        for row in units {
            match self.by_code.get(row.record.code.as_str()) {
                Some(&number) if replaced.insert(number) => all[number] = row,
                _ => all.push(row),
            }
        }
        let known = self.successions.iter().cloned().map(Row::unnumbered);
        Self::new(all, known.chain(successions).collect())
    }

    /// The registry before a change that nothing has touched since: `before` are the changed units as they were, units
    /// that the change created are gone, and so are its successions.
    ///
    /// # Errors
    /// `changed_since` for every unit that is no longer as the change left it; the codes of [`check`] where something
    /// else has come to depend on the change.
    pub fn without(&self, change: &super::operations::Change, before: &[Unit]) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        for unit in change.units.iter().filter(|unit| self.unit(unit.code.as_str()) != Some(*unit)) {
            let message = format!(
                "{} ({}) đã có thay đổi khác sau lần này; hãy hủy lần sau trước.",
                unit.latest_name(),
                unit.code
            );
            reasons.push(crate::Reason::new("changed_since", message).at(unit.code.as_str()));
        }
        Refusal::unless_empty(reasons)?;
        let earlier = |unit: &Unit| {
            let is_changed = change.units.iter().any(|changed| changed.code == unit.code);
            let known = if is_changed { before.iter().find(|known| known.code == unit.code) } else { Some(unit) };
            known.cloned()
        };
        let units = self.units.iter().filter_map(earlier).collect();
        let stays = |link: &&Succession| !change.successions.contains(link);
        Self::from_records(units, self.successions.iter().filter(stays).cloned().collect())
    }
}
