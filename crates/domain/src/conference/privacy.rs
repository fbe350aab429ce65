//! What of a conference is forgotten: telephone numbers, mail addresses and private words, once they serve nothing any
//! more. Names and posts stay: they are the record of a public meeting.
//!
//! The log is the record, so what is forgotten is blanked inside its events; their places, times and kinds stand. Folding
//! the blanked log gives the same conference without the forgotten words.

use jiff::Timestamp;

use super::{Conference, Entry, Event, Id, Participation, Phase, Recorded, Venue, words::in_vietnam};

impl Entry {
    /// The entry without telephone and mail of a delegate, and without how the head of a venue is reached; nothing where it
    /// has none of them.
    pub fn without_personal_data(&self) -> Option<Self> {
        match self {
            Self::Participation(line) if !line.phone.is_empty() || !line.email.is_empty() => {
                let (phone, email) = (String::new(), String::new());
                Some(Self::Participation(Participation { phone, email, ..line.clone() }))
            }
            Self::Venue(venue) if !venue.contact.is_empty() => {
                Some(Self::Venue(Venue { contact: String::new(), ..venue.clone() }))
            }
            _ => None,
        }
    }
}

impl Event {
    /// The event without personal data; nothing where it holds none.
    pub fn without_personal_data(&self) -> Option<Self> {
        match self {
            Self::EntryPut { id, content } => {
                Some(Self::EntryPut { id: *id, content: content.without_personal_data()? })
            }
            Self::Answered { participation, is_coming, note } if !note.is_empty() => {
                Some(Self::Answered { participation: *participation, is_coming: *is_coming, note: String::new() })
            }
            _ => None,
        }
    }
}

impl Conference {
    /// When it was over: its closing; of one that was written down afterwards the end of its day, as its hour is not known.
    pub fn over_at(&self) -> Option<Timestamp> {
        let end_of_day = || {
            let day = self.head.held_on.filter(|_| self.phase == Phase::Recorded)?;
            in_vietnam(day.tomorrow().ok()?.at(0, 0, 0, 0))
        };
        self.closed_at.or_else(end_of_day)
    }

    /// The events of a log that hold personal data, without it: each in its place, to be written over the old one.
    pub fn to_forget(log: &[Recorded]) -> Vec<Recorded> {
        let blanked = |recorded: &Recorded| {
            let event = recorded.event.without_personal_data()?;
            Some(Recorded { event, ..recorded.clone() })
        };
        log.iter().filter_map(blanked).collect()
    }

    /// Whether anything is left to forget.
    pub fn has_personal_data(&self) -> bool {
        !self.entries_to_forget().is_empty() || self.answers.values().any(|answer| !answer.note.is_empty())
    }

    /// Forgets it. The other words stay as they are, so nothing is judged anew.
    pub(super) fn forget(&mut self) {
        for (id, entry) in self.entries_to_forget() {
            self.records.put(id, entry);
        }
        self.answers.values_mut().for_each(|answer| answer.note.clear());
    }

    /// Entries that hold personal data, without it, each with its number in its register.
    fn entries_to_forget(&self) -> Vec<(Id, Entry)> {
        let lines = self.records.participations.iter().map(|(id, line)| (id, Entry::Participation(line.clone())));
        let venues = self.records.venues.iter().map(|(id, venue)| (id, Entry::Venue(venue.clone())));
        lines.chain(venues).filter_map(|(id, entry)| Some((id, entry.without_personal_data()?))).collect()
    }
}
