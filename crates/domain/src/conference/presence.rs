//! Who is here: counted by unit, by level and by venue, as the opening words need it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Conference, Id, Participation, Side};
use crate::{Level, vietnamese::sort_key};

/// Expected and here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// So many are in the list.
    pub expected: u32,
    /// So many are here now.
    pub present: u32,
    /// So many of those here may vote.
    pub voters: u32,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.expected = self.expected.saturating_add(other.expected);
        self.present = self.present.saturating_add(other.present);
        self.voters = self.voters.saturating_add(other.voters);
    }
}

/// The count of a unit, a level or a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountOf<T> {
    /// What is counted.
    pub of: T,
    /// Its count.
    pub count: Count,
}

/// How often a unit has been heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voices {
    /// The unit in words.
    pub unit_name: String,
    /// So many of it are here.
    pub present: u32,
    /// So often it spoke.
    pub spoken: u32,
}

impl Conference {
    /// Everybody.
    pub fn count(&self) -> Count {
        let mut whole = Count::default();
        self.counted().into_iter().for_each(|(_, _, count)| whole.add(count));
        whole
    }

    /// Every line of the list with its count; who is replaced is neither expected nor here, the substitute is.
    fn counted(&self) -> Vec<(Id, &Participation, Count)> {
        let lines = || self.records.participations.iter();
        let replaced = self.replaced();
        let count = |(id, line): (Id, &'_ Participation)| {
            if replaced.contains(&id) {
                return Count::default();
            }
            let present = self.heads_here(id);
            let expected = if line.is_group() { line.head_count.unwrap_or(present) } else { 1 };
            Count { expected, present, voters: if line.may_vote { present } else { 0 } }
        };
        lines().map(|(id, line)| (id, line, count((id, line)))).collect()
    }

    /// So many people of this line are here now.
    pub fn heads_here(&self, participation: Id) -> u32 {
        self.attendance.get(&participation).filter(|presence| presence.is_here()).map_or(0, |presence| presence.heads)
    }

    /// So many people of a side came, whether or not they left again; a place that several took in turn counts once.
    pub(super) fn came(&self, side: Side) -> u32 {
        let replaced = self.replaced();
        let of_side = |id: &Id| self.records.participations.get(*id).is_some_and(|line| line.side == side);
        let here = self.attendance.iter().filter(|(id, _)| of_side(id) && !replaced.contains(id));
        here.fold(0, |sum, (_, presence)| sum.saturating_add(presence.heads))
    }

    /// Units by name; those without one last.
    pub fn count_by_unit(&self) -> Vec<CountOf<String>> {
        let mut units: BTreeMap<(bool, String), CountOf<String>> = BTreeMap::new();
        for (_, line, count) in self.counted() {
            let key = (line.unit_name.is_empty(), sort_key(&line.unit_name));
            let unit = CountOf { of: line.unit_name.clone(), count: Count::default() };
            units.entry(key).or_insert(unit).count.add(count);
        }
        units.into_values().collect()
    }

    /// Levels in their order; what is of no level last.
    pub fn count_by_level(&self) -> Vec<CountOf<Option<Level>>> {
        self.count_by(Level::ALL.into_iter().map(Some).chain([None]), |_, line| line.level)
    }

    /// Venues by number; no venue last.
    pub fn count_by_venue(&self) -> Vec<CountOf<Option<Id>>> {
        let venues = self.records.venues.iter().map(|(id, _)| Some(id)).chain([None]);
        self.count_by(venues, |id, line| self.attendance.get(&id).and_then(|presence| presence.venue).or(line.venue))
    }

    fn count_by<K: PartialEq>(
        &self,
        keys: impl Iterator<Item = K>,
        key_of: impl Fn(Id, &Participation) -> K,
    ) -> Vec<CountOf<K>> {
        let mut counts: Vec<CountOf<K>> = keys.map(|of| CountOf { of, count: Count::default() }).collect();
        for (id, line, count) in self.counted() {
            let key = key_of(id, line);
            if let Some(found) = counts.iter_mut().find(|counted| counted.of == key) {
                found.count.add(count);
            }
        }
        counts.retain(|count| count.count != Count::default());
        counts
    }

    /// How often each unit with somebody here has spoken or been noted, those who never spoke first, then by name.
    pub fn voices(&self) -> Vec<Voices> {
        let line = |id: Id| self.records.participations.get(id);
        let mut spoken: BTreeMap<&str, u32> = BTreeMap::new();
        let queued = self.floor.iter().filter(|(_, request)| request.state.has_spoken());
        for unit in queued.filter_map(|(_, request)| Some(line(request.participation)?.unit_name.as_str())) {
            *spoken.entry(unit).or_default() += 1;
        }
        // A note about a place in the queue was counted with it.
        let noted = self.records.opinions.iter().filter(|(_, opinion)| opinion.request.is_none() && !opinion.is_before);
        for (_, opinion) in noted {
            *spoken.entry(opinion.unit_name.as_str()).or_default() += 1;
        }
        let here = self.count_by_unit().into_iter().filter(|unit| unit.count.present > 0 && !unit.of.is_empty());
        let mut voices: Vec<Voices> = here
            .map(|unit| {
                let spoken = spoken.get(unit.of.as_str()).copied().unwrap_or(0);
                Voices { unit_name: unit.of, present: unit.count.present, spoken }
            })
            .collect();
        // The order by name stays among equals.
        voices.sort_by_key(|unit| unit.spoken);
        voices
    }

    /// How often this person has spoken here.
    pub fn spoken_count(&self, participation: Id) -> usize {
        let own = self.floor.values().filter(|request| request.participation == participation);
        own.filter(|request| request.state.has_spoken()).count()
    }

    /// Units with somebody here of whom nobody has spoken, by name.
    pub fn silent_units(&self) -> Vec<String> {
        let has_spoken = |unit: &str| {
            let queued = self.floor.values().filter(|request| request.state.has_spoken());
            let speakers = queued.filter_map(|request| self.records.participations.get(request.participation));
            let noted = self.records.opinions.iter().map(|(_, opinion)| opinion.unit_name.as_str());
            speakers.map(|line| line.unit_name.as_str()).chain(noted).any(|spoken| spoken == unit)
        };
        let here = self.count_by_unit().into_iter().filter(|unit| unit.count.present > 0 && !unit.of.is_empty());
        here.map(|unit| unit.of).filter(|unit| !has_spoken(unit)).collect()
    }
}
