//! The programme in time: when each item is to begin, what is in the way, how far the hall has drifted from it.

use jiff::{
    SignedDuration, Timestamp,
    civil::{DateTime, Time},
};
use serde::{Deserialize, Serialize};

use super::{AgendaItem, Conference, Event, Id, words};

/// How far an item is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was passed over.
    pub skipped: Option<String>,
}

impl Progress {
    /// Whether nothing more is to come of it.
    pub fn is_over(&self) -> bool {
        self.ended_at.is_some() || self.skipped.is_some()
    }
}

/// An item in its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The item.
    pub item: Id,
    /// When it is to begin: as planned, or when the item before it ends.
    pub starts_at: Option<Time>,
    /// When it is to end, where its length is known.
    pub ends_at: Option<Time>,
    /// Whether it is to begin before the item before it ends.
    pub overlaps: bool,
}

impl Conference {
    /// The items in their order.
    pub fn programme(&self) -> impl Iterator<Item = (Id, &AgendaItem)> {
        self.order.iter().filter_map(|id| self.records.items.get(*id).map(|item| (*id, item)))
    }

    /// The items in their times.
    pub fn schedule(&self) -> Vec<Slot> {
        let mut before = self.head.starts_at;
        let slot = |(item, planned): (Id, &AgendaItem)| {
            let starts_at = planned.starts_at.or(before);
            let overlaps = planned.starts_at.zip(before).is_some_and(|(start, end)| start < end);
            let minutes = planned.minutes.map(|minutes| SignedDuration::from_mins(i64::from(minutes)));
            let ends_at = starts_at.zip(minutes).and_then(|(start, minutes)| start.checked_add(minutes).ok());
            before = ends_at.or(before.filter(|_| planned.starts_at.is_none()));
            Slot { item, starts_at, ends_at, overlaps }
        };
        self.programme().map(slot).collect()
    }

    /// The sum of all planned lengths, in minutes.
    pub fn planned_minutes(&self) -> u32 {
        self.programme().map(|(_, item)| u32::from(item.minutes.unwrap_or(0))).sum()
    }

    /// So many minutes the hall is behind its programme (ahead, where negative): how late the current item began, and by
    /// how much it has outrun its length. Unknown where day or times are not planned.
    pub fn drift_minutes(&self, now: Timestamp) -> Option<i64> {
        let current = self.current_item?;
        let slot = self.schedule().into_iter().find(|slot| slot.item == current)?;
        let began = self.progress.get(&current)?.started_at?;
        let planned = words::in_vietnam(DateTime::from_parts(self.head.held_on?, slot.starts_at?))?;
        let late = began.duration_since(planned).as_mins();
        let taken = now.duration_since(began).as_mins();
        let length = self.records.items.get(current).and_then(|item| item.minutes);
        let outrun = length.map_or(0, |minutes| (taken - i64::from(minutes)).max(0));
        Some(late + outrun)
    }

    /// The item that comes after the current one: the first in order of which nothing has been done.
    pub fn next_item(&self) -> Option<Id> {
        let is_fresh = |id: &&Id| {
            Some(**id) != self.current_item
                && self.progress.get(*id).is_none_or(|progress| *progress == Progress::default())
        };
        self.order.iter().find(is_fresh).copied()
    }

    pub(super) fn apply_programme(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::ItemStarted { item } => {
                self.current_item = Some(*item);
                let progress = self.progress.entry(*item).or_default();
                *progress = Progress { started_at: progress.started_at.or(Some(at)), ..Progress::default() };
            }
            Event::ItemEnded { item } => {
                self.progress.entry(*item).or_default().ended_at = Some(at);
                self.current_item = self.current_item.filter(|current| current != item);
            }
            Event::ItemSkipped { item, reason } => {
                self.progress.entry(*item).or_default().skipped = Some(reason.clone());
                self.current_item = self.current_item.filter(|current| current != item);
            }
            _ => {}
        }
    }
}
