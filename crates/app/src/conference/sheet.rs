//! A conference written down as one file: its parts and entries, in the order in which they are put in.
//!
//! Entries name one another by their numbers, which are given in the order of the file within each register.

use domain::conference::{
    AgendaItem, Closing, Command, Conference, Entry, Head, Job, Part, Quota, ReportFacts, Rules, Venue,
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

/// What next year's conference takes from this one: the programme, the venues, the jobs, the rules, whom each unit may
/// send; no people, no days, nothing that was said.
pub fn clone_commands(last: &Conference) -> Vec<Command> {
    let mut commands = vec![Command::Set(Part::Rules(last.rules.clone()))];
    let venues =
        last.records.venues.iter().map(|(_, venue)| Entry::Venue(Venue { line_tested_on: None, ..venue.clone() }));
    let quotas = last.records.quotas.iter().map(|(_, quota)| {
        // Venues are numbered anew, in the same order.
        let place = |id| last.records.venues.iter().position(|(venue, _)| venue == id);
        let venue = quota.venue.and_then(place).and_then(|place| u32::try_from(place + 1).ok());
        Entry::Quota(Quota { venue, ..quota.clone() })
    });
    let jobs = last.records.jobs.iter().map(|(_, job)| Entry::Job(Job { due_on: None, done_on: None, ..job.clone() }));
    let items = last
        .programme()
        .map(|(_, item)| Entry::AgendaItem(AgendaItem { presenter: None, paper: None, ..item.clone() }));
    commands.extend(venues.chain(quotas).chain(jobs).chain(items).map(|entry| Command::Put(None, entry)));
    commands
}
