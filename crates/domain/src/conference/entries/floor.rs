//! What was said: opinions of the discussion, speeches, what they direct and what they promise.

use serde::{Deserialize, Serialize};

use super::people::PostTitle;
use crate::{Level, conference::Id, organisation::UnitKind};

/// A contribution to the discussion, noted in a line or a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opinion {
    /// Whether it was given in writing before the meeting.
    pub is_before: bool,
    /// The question that it answers, of those asked before the meeting.
    pub consultation: Option<Id>,
    /// Whether it is the opinion of a department or partner body (ý kiến các phòng, ban, ngành).
    pub is_of_partner: bool,
    /// Who spoke; absent where the speaker is not named.
    pub speaker: Option<Id>,
    /// Who spoke, where the person is not in the list.
    pub speaker_name: String,
    /// Code of the unit.
    pub unit_code: String,
    /// The unit in words.
    pub unit_name: String,
    /// What kind of unit.
    pub unit_kind: Option<UnitKind>,
    /// The level of the school.
    pub level: Option<Level>,
    /// The topic.
    pub topic: String,
    /// Whether the list of topics goes on (`…`).
    pub list_is_open: bool,
    /// What was said, in a line.
    pub summary: String,
    /// What was said, in full.
    pub text: String,
    /// The place in the queue from which it was said.
    pub request: Option<Id>,
    /// Who answered.
    pub answered_by: String,
    /// What was answered.
    pub answer: String,
}

impl Opinion {
    /// The unit in words; of schools that are not named their kind and level.
    pub fn unit_words(&self) -> String {
        match (self.unit_name.as_str(), self.unit_kind, self.level) {
            ("", Some(UnitKind::School), Some(level)) => format!("các trường {}", level.abbreviation()),
            ("", Some(UnitKind::School), None) => "các trường".to_owned(),
            (name, ..) => name.to_owned(),
        }
    }
}

/// What a speech is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeechKind {
    /// Khai mạc.
    Opening,
    /// Phát biểu chỉ đạo.
    #[default]
    Directive,
    /// Tiếp thu, đáp từ.
    Response,
    /// Bế mạc.
    Closing,
}

/// A speech.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Speech {
    /// What it is.
    pub kind: SpeechKind,
    /// Who spoke.
    pub speaker: Option<Id>,
    /// Who spoke, where the person is not in the list; that is a warning, not a refusal.
    pub speaker_name: String,
    /// The speaker's posts as they were said here.
    pub posts: Vec<PostTitle>,
    /// The place among the speeches.
    pub order: u32,
    /// What the speaker acknowledged.
    pub acknowledgement: String,
    /// The words.
    pub text: String,
}

/// One line of what a speech directs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Directive {
    /// The speech in which it was said.
    pub speech: Option<Id>,
    /// What is to be done.
    pub text: String,
    /// The level to which it is said.
    pub addressee_level: Option<Level>,
    /// To whom it is said, in words.
    pub addressee: String,
    /// The indicator by which it can be measured, where there is one.
    pub indicator: String,
    /// Whether the list of directives goes on (`…`).
    pub list_is_open: bool,
}

/// What somebody promised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Commitment {
    /// The speech in which it was said.
    pub speech: Option<Id>,
    /// The bodies that promise, each for itself.
    pub by_bodies: Vec<String>,
    /// The bodies as they were written (`QU-HĐND-UBND quận`).
    pub by_raw: String,
    /// What is promised.
    pub text: String,
}

impl Commitment {
    /// Who promises, as it was written.
    pub fn by(&self) -> String {
        if self.by_raw.is_empty() { self.by_bodies.join(", ") } else { self.by_raw.clone() }
    }
}
