//! What of a conference is forgotten: telephone numbers, mail addresses and private words, once they serve nothing any
//! more. Names and posts stay: they are the record of a public meeting.
//!
//! The log is the record, so what is forgotten is blanked inside its events; their places, times and kinds stand. Folding
//! the blanked log gives the same conference without the forgotten words.

use jiff::Timestamp;

use super::{Conference, Entry, Event, Id, Participation, Phase, Recorded, words::in_vietnam};

impl Participation {
    /// The line without telephone and mail; nothing where it has neither.
    pub fn without_personal_data(&self) -> Option<Self> {
        let has_some = !self.phone.is_empty() || !self.email.is_empty();
        has_some.then(|| Self { phone: String::new(), email: String::new(), ..self.clone() })
    }
}

impl Event {
    /// The event without personal data; nothing where it holds none.
    pub fn without_personal_data(&self) -> Option<Self> {
        match self {
            Self::EntryPut { id, content: Entry::Participation(line) } => {
                let line = line.without_personal_data()?;
                Some(Self::EntryPut { id: *id, content: Entry::Participation(line) })
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

    /// Lines of the list that hold personal data, without it.
    pub fn lines_to_forget(&self) -> Vec<(Id, Participation)> {
        let lines = self.records.participations.iter();
        lines.filter_map(|(id, line)| Some((id, line.without_personal_data()?))).collect()
    }
}
