//! Finding units as people type their names: with or without accents, current names and old ones.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Registry, UnitCode};
use crate::vietnamese::{fold, normalise};

/// Every name of every unit, folded once. Built from a registry, valid as long as that registry is.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    /// All folded names, each between two line breaks.
    folded: String,
    /// Where each name begins in `folded`.
    starts: Vec<usize>,
    entries: Vec<Entry>,
    codes: BTreeMap<String, u32>,
    units: Vec<(UnitCode, super::Validity)>,
}

#[derive(Clone, Debug)]
struct Entry {
    unit: u32,
    name: String,
    /// An alias or the latest name counts as current; its length breaks ties.
    is_current: bool,
}

/// A unit that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The unit.
    pub unit: UnitCode,
    /// The name that matched.
    pub name: String,
    /// Whether it is the unit's latest name or an alias, not an earlier name.
    pub is_current: bool,
    /// Whether the unit exists on the day of the question.
    pub is_valid: bool,
}

/// Better ones sort first.
type Rank = (u8, bool, bool, bool, usize, u32);

impl SearchIndex {
    /// Reads all names of a registry.
    pub fn new(registry: &Registry) -> Self {
        let mut index = Self { folded: "\n".to_owned(), ..Self::default() };
        for (number, unit) in (0..).zip(registry.units()) {
            index.units.push((unit.code.clone(), unit.validity));
            index.codes.insert(unit.code.0.to_lowercase(), number);
            let last = unit.names.len().saturating_sub(1);
            for (place, name) in unit.names.iter().enumerate() {
                index.add(number, &name.name, place == last);
            }
            for alias in &unit.aliases {
                index.add(number, alias, true);
            }
        }
        index
    }

    fn add(&mut self, unit: u32, name: &str, is_current: bool) {
        self.starts.push(self.folded.len());
        self.folded.push_str(&fold(name));
        self.folded.push('\n');
        self.entries.push(Entry { unit, name: normalise(name), is_current });
    }

    /// At most `limit` units whose code is the query or one of whose names contains it, best first: the code, the whole
    /// name, its beginning, the beginning of a word, elsewhere; then names with the same accents, units that exist on
    /// the day, current names, shorter names, the registry's order.
    pub fn search(&self, query: &str, day: Date, limit: usize) -> Vec<Found> {
        let query = normalise(query);
        let folded = fold(&query);
        if folded.is_empty() {
            return Vec::new();
        }
        let accented = Some(query.to_lowercase()).filter(|query| *query != folded);
        let by_code = self.codes.get(&query.to_lowercase()).map(|&unit| ((0, false, false, false, 0, unit), None));
        let mut ranked = self.ranked(&folded, accented.as_deref(), day);
        ranked.retain(|(rank, _)| by_code.is_none_or(|(code, _)| code.5 != rank.5));
        ranked.extend(by_code);
        if ranked.len() > limit {
            ranked.select_nth_unstable(limit);
            ranked.truncate(limit);
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(rank, entry)| self.found(rank.5, entry, day)).collect()
    }

    /// The best name of every unit that has one with the text; a unit's names stand together in the index.
    fn ranked(&self, folded: &str, accented: Option<&str>, day: Date) -> Vec<(Rank, Option<usize>)> {
        let mut ranked: Vec<(Rank, Option<usize>)> = Vec::new();
        for (number, class) in self.matching(folded) {
            let rank = self.rank(number, class, accented, day);
            match ranked.last_mut() {
                Some(last) if last.0.5 == rank.5 => *last = (*last).min((rank, Some(number))),
                _ => ranked.push((rank, Some(number))),
            }
        }
        ranked
    }

    /// Every name with the text, with the best class of its occurrences.
    fn matching(&self, folded: &str) -> Vec<(usize, u8)> {
        let mut matching: Vec<(usize, u8)> = Vec::new();
        let mut number = 0;
        for (at, _) in self.folded.match_indices(folded) {
            while self.starts.get(number + 1).is_some_and(|&next| next <= at) {
                number += 1;
            }
            let class = self.class(number, at, folded.len());
            match matching.last_mut() {
                Some((last, best)) if *last == number => *best = (*best).min(class),
                _ => matching.push((number, class)),
            }
        }
        matching
    }

    fn class(&self, number: usize, at: usize, length: usize) -> u8 {
        match self.folded.as_bytes()[at - 1] {
            b'\n' if at + length == self.end(number) => 1,
            b'\n' => 2,
            before if before.is_ascii_alphanumeric() => 4,
            _ => 3,
        }
    }

    fn end(&self, number: usize) -> usize {
        self.starts.get(number + 1).map_or(self.folded.len(), |next| *next) - 1
    }

    fn rank(&self, number: usize, class: u8, accented: Option<&str>, day: Date) -> Rank {
        let entry = &self.entries[number];
        let differs = accented.is_some_and(|query| !entry.name.to_lowercase().contains(query));
        let (_, validity) = &self.units[entry.unit as usize];
        let length = self.end(number) - self.starts[number];
        (class, differs, !validity.contains(day), !entry.is_current, length, entry.unit)
    }

    fn found(&self, unit: u32, entry: Option<usize>, day: Date) -> Found {
        let (code, validity) = &self.units[unit as usize];
        let entry = entry.or_else(|| self.entries.iter().rposition(|entry| entry.unit == unit));
        let entry = entry.map(|number| &self.entries[number]);
        Found {
            unit: code.clone(),
            name: entry.map_or_else(|| code.0.clone(), |entry| entry.name.clone()),
            is_current: entry.is_none_or(|entry| entry.is_current),
            is_valid: validity.contains(day),
        }
    }
}
