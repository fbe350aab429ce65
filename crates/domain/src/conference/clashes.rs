//! What is in the way of a programme: times that overlap, somebody who would be in two places, a paper without clearance.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{AgendaItem, Clearance, Conference, DayPart, Id, ItemKind, Slot};
use crate::vietnamese::fold;

/// What is in an item's way. It warns; the office decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clash", rename_all = "snake_case")]
pub enum Clash {
    /// It begins before this one ends.
    Overlap {
        /// The other item.
        other: Id,
    },
    /// The same person is to do this one at the same time.
    SamePerson {
        /// The other item.
        other: Id,
    },
    /// Whoever does it has answered that they do not come.
    NotComing,
    /// Whoever does it sits at a connected venue, not in the main hall.
    AtAnotherVenue,
    /// The same person stands in the list at two venues.
    TwoPlaces {
        /// The other line of the list.
        other: Id,
    },
    /// Nobody is named who does it.
    NobodyNamed,
    /// The paper that is to be read is not cleared.
    NotCleared,
    /// How long it takes is not set, so that no time after it is sure.
    NoLength,
    /// It ends after the part of the day in which the conference is held.
    PastTheDay,
}

/// Noon ends a morning; half past five an afternoon and a whole day. No text sets either: a default.
const MORNING_ENDS: (i8, i8) = (12, 0);
const AFTERNOON_ENDS: (i8, i8) = (17, 30);

impl Conference {
    /// Everything in the way of the programme, by item in its order.
    pub fn clashes(&self) -> Vec<(Id, Clash)> {
        let slots = self.schedule();
        let items: Vec<(Id, &AgendaItem, &Slot)> =
            self.programme().zip(&slots).map(|((id, item), slot)| (id, item, slot)).collect();
        let mut found = Vec::new();
        for (place, (id, item, slot)) in items.iter().enumerate() {
            let before = items.iter().take(place);
            for (other, other_item, _) in before.filter(|(_, _, other)| meet(slot, other)) {
                found.push((*id, Clash::Overlap { other: *other }));
                if self.is_same_person(item, other_item) {
                    found.push((*id, Clash::SamePerson { other: *other }));
                }
            }
            found.extend(self.of_presenter(item).into_iter().map(|clash| (*id, clash)));
            let paper = item.paper.and_then(|paper| self.records.papers.get(paper));
            if paper.is_some_and(|paper| paper.clearance != Clearance::Cleared) {
                found.push((*id, Clash::NotCleared));
            }
            let is_last = place + 1 == items.len();
            if item.minutes.is_none() && !is_last {
                found.push((*id, Clash::NoLength));
            }
            if slot.ends_at.zip(self.day_ends()).is_some_and(|(end, day)| end > day) {
                found.push((*id, Clash::PastTheDay));
            }
        }
        found
    }

    fn of_presenter(&self, item: &AgendaItem) -> Vec<Clash> {
        let needs_nobody =
            matches!(item.kind, ItemKind::Reception | ItemKind::Settling | ItemKind::Pause | ItemKind::FlagSalute);
        let Some(id) = item.presenter else {
            let is_named = needs_nobody || !item.presenter_words.trim().is_empty() || item.paper.is_some();
            return if is_named { Vec::new() } else { vec![Clash::NobodyNamed] };
        };
        let Some(line) = self.records.participations.get(id) else { return vec![Clash::NobodyNamed] };
        let mut found = Vec::new();
        if self.answers.get(&id).is_some_and(|answer| !answer.is_coming) {
            found.push(Clash::NotComing);
        }
        let is_main = |venue: Id| self.records.venues.get(venue).is_none_or(|venue| venue.is_main);
        if line.venue.is_some_and(|venue| !is_main(venue)) {
            found.push(Clash::AtAnotherVenue);
        }
        let is_twin = |other: &super::Participation| {
            !line.is_group() && fold(&other.name) == fold(&line.name) && other.unit_key() == line.unit_key()
        };
        let twin = self.records.participations.iter().find(|(other, twin)| {
            *other != id && is_twin(twin) && twin.venue.is_some() && line.venue.is_some() && twin.venue != line.venue
        });
        found.extend(twin.map(|(other, _)| Clash::TwoPlaces { other }));
        found
    }

    fn is_same_person(&self, one: &AgendaItem, other: &AgendaItem) -> bool {
        let name = |item: &AgendaItem| {
            let line = item.presenter.and_then(|id| self.records.participations.get(id));
            fold(line.map_or(item.presenter_words.as_str(), |line| line.shown_name()))
        };
        let (one, other) = (name(one), name(other));
        !one.is_empty() && one == other
    }

    fn day_ends(&self) -> Option<Time> {
        let (hour, minute) = match self.head.day_part? {
            DayPart::Morning => MORNING_ENDS,
            DayPart::Afternoon | DayPart::WholeDay => AFTERNOON_ENDS,
        };
        Time::new(hour, minute, 0, 0).ok()
    }
}

/// Whether two items are in the hall at one moment.
fn meet(one: &Slot, other: &Slot) -> bool {
    let (Some(start), Some(other_start)) = (one.starts_at, other.starts_at) else { return false };
    let before = |end: Option<Time>, start: Time| end.is_some_and(|end| start < end);
    (start >= other_start && before(other.ends_at, start)) || (other_start >= start && before(one.ends_at, other_start))
}
