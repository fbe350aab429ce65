//! A conference written down as one file: its parts and entries, in the order in which they are put in.
//!
//! Entries name one another by their numbers, which are given in the order of the file within each register.

use domain::conference::{
    AgendaItem, Closing, Command, Conference, Entry, Head, Id, Job, Part, Participation, Quota, ReportFacts, Rules,
    Side, Venue,
};
use serde::{Deserialize, Serialize};

use crate::platform::{Error, Result};

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordSheet {
    /// The head.
    pub head: Head,
    /// The rules of the hall.
    pub rules: Rules,
    /// What the report said.
    pub report: ReportFacts,
    /// How it closed.
    pub closing: Closing,
    /// Entries of all registers.
    pub entry: Vec<Entry>,
}

impl RecordSheet {
    /// Reads a file in TOML.
    ///
    /// # Errors
    /// `bad_sheet` with the place.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text)
            .map_err(|fault| Error::refused("bad_sheet", format!("Không đọc được tệp hội nghị: {fault}")))
    }

    /// What is to be asked of an empty conference so that it holds this.
    pub fn commands(self) -> Vec<Command> {
        let parts = [
            Part::Head(Box::new(self.head)),
            Part::Rules(self.rules),
            Part::Report(self.report),
            Part::Closing(self.closing),
        ];
        let entries = self.entry.into_iter().map(|entry| Command::Put(None, entry));
        parts.into_iter().map(Command::Set).chain(entries).collect()
    }
}

/// What next year's conference takes from this one: the plan's head without day and number, the rules, venues, quotas, the
/// committee and its jobs, the programme with its owners in words, the guests and hosts of the list; nothing that was
/// answered, said, voted or handed over. `head` is the new conference's own.
pub fn clone_commands(last: &Conference, head: &Head) -> Vec<Command> {
    let head = Head {
        kind: last.head.kind,
        co_organisers: last.head.co_organisers.clone(),
        level: last.head.level,
        day_part: last.head.day_part,
        starts_at: last.head.starts_at,
        place: last.head.place.clone(),
        purposes: last.head.purposes.clone(),
        ..head.clone()
    };
    let venues =
        last.records.venues.iter().map(|(_, venue)| Entry::Venue(Venue { line_tested_on: None, ..venue.clone() }));
    // Venues are numbered anew, in the same order.
    let place = |id: Id| last.records.venues.iter().position(|(venue, _)| venue == id);
    let renumbered = |id: Option<Id>| id.and_then(place).and_then(|place| u32::try_from(place + 1).ok());
    let quotas = last
        .records
        .quotas
        .iter()
        .map(|(_, quota)| Entry::Quota(Quota { venue: renumbered(quota.venue), ..quota.clone() }));
    let people = last.records.participations.iter().filter(|(_, line)| is_asked_again(line));
    let people = people.map(|(_, line)| {
        let venue = renumbered(line.venue);
        let (seat, block, badge) = (String::new(), String::new(), String::new());
        Entry::Participation(Participation { venue, seat, block, badge, ..line.clone() })
    });
    let jobs = last.records.jobs.iter().map(|(_, job)| Entry::Job(Job { due_on: None, done_on: None, ..job.clone() }));
    let items = last.programme().map(|(_, item)| {
        let presenter = item.presenter.and_then(|id| last.records.participations.get(id));
        let presenter_words =
            presenter.map_or_else(|| item.presenter_words.clone(), |line| line.shown_name().to_owned());
        Entry::AgendaItem(AgendaItem { presenter: None, paper: None, presenter_words, ..item.clone() })
    });
    let parts = [Part::Head(Box::new(head)), Part::Rules(last.rules.clone())].map(Command::Set);
    let entries = venues.chain(quotas).chain(people).chain(jobs).chain(items);
    parts.into_iter().chain(entries.map(|entry| Command::Put(None, entry))).collect()
}

/// Guests and hosts are asked again; delegates are named anew by their units, substitutes came once.
fn is_asked_again(line: &Participation) -> bool {
    line.side != Side::Delegate && line.substitute_for.is_none()
}
