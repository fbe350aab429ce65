//! What is prepared: venues, how many each unit may send, jobs of the organising committee, papers to hand out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Level,
    conference::{Id, SeatBlock},
};

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
    /// Its blocks of seats, in the order in which they are filled.
    pub blocks: Vec<SeatBlock>,
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
    /// Only delegates of this level read it; of every level where absent.
    pub level: Option<Level>,
    /// SHA-256 of the file that is kept for it; empty where it is an address alone.
    pub sha256: String,
    /// What the file is.
    pub media_type: String,
    /// The name under which it is saved.
    pub file_name: String,
}

/// A question on which opinions are asked before the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Consultation {
    /// The question, or the draft that is sent for comment.
    pub question: String,
    /// Who is asked.
    pub readers: Readers,
    /// Only delegates of this level; of every level where absent.
    pub level: Option<Level>,
    /// By when.
    pub due_on: Option<Date>,
}

impl Readers {
    /// All.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Voters, Self::Presidium];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Voters => "voters",
            Self::Presidium => "presidium",
        }
    }

    /// The readers with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|readers| readers.as_str() == text)
    }
}
