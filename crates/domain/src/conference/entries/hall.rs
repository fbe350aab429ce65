//! What is prepared: venues, how many each unit may send, jobs of the organising committee, papers to hand out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Level, conference::Id};

/// A hall or a connected point (điểm cầu).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Venue {
    /// Its name (`Điểm cầu phường Ngô Quyền`).
    pub name: String,
    /// Where it is.
    pub place: String,
    /// Who answers for it.
    pub head: String,
    /// How the head is reached.
    pub contact: String,
    /// Whether it is the main hall.
    pub is_main: bool,
    /// When its line was tested with success.
    pub line_tested_on: Option<Date>,
}

/// How many delegates a unit is invited to send; the unit names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quota {
    /// Code of the unit.
    pub unit_code: String,
    /// The unit in words.
    pub unit_name: String,
    /// Its level.
    pub level: Option<Level>,
    /// So many delegates.
    pub delegate_count: u32,
    /// Where they sit.
    pub venue: Option<Id>,
}

impl Quota {
    /// By what the unit is known.
    pub fn unit_key(&self) -> &str {
        if self.unit_code.is_empty() { &self.unit_name } else { &self.unit_code }
    }
}

/// A job of the organising committee.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Job {
    /// What is to be done.
    pub what: String,
    /// Who does it.
    pub name: String,
    /// The person's place in the committee (`Trưởng ban`); empty for a job of somebody outside.
    pub committee_post: String,
    /// By when.
    pub due_on: Option<Date>,
    /// When it was done.
    pub done_on: Option<Date>,
}

/// Who may read a paper of the packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// Every delegate and guest.
    #[default]
    Everyone,
    /// Those who may vote.
    Voters,
    /// Chair, presidium and secretary.
    Presidium,
}

/// A paper of the packet that delegates are given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOut {
    /// Its title.
    pub title: String,
    /// The address at which it is read.
    pub address: String,
    /// Who may read it.
    pub readers: Readers,
}
