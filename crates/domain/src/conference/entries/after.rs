//! What the conference leaves: targets and measures, agreements, tasks, pictures.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Level, conference::Id};

/// A target of the next year, as it is put to the conference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// The level that it is for.
    pub level: Option<Level>,
    /// What is to be reached.
    pub text: String,
    /// The indicator, where it is one.
    pub indicator: String,
    /// How much.
    pub value: Option<Decimal>,
    /// Of what (`%`, `trường`).
    pub unit_of_value: String,
}

/// A measure by which a target is to be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measure {
    /// The target that it serves.
    pub target: Option<Id>,
    /// What is done.
    pub text: String,
}

/// How agreement came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nhất trí cao: the chair declares it, no count is given.
    HighConsensus,
    /// Thống nhất.
    #[default]
    Consensus,
    /// 100 % đại biểu nhất trí: only where a closed poll counted it.
    Unanimous,
    /// Đa số đồng ý, as a closed poll counted it.
    Majority,
    /// Không thống nhất.
    NotAgreed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [Self::HighConsensus, Self::Consensus, Self::Unanimous, Self::Majority, Self::NotAgreed];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HighConsensus => "high_consensus",
            Self::Consensus => "consensus",
            Self::Unanimous => "unanimous",
            Self::Majority => "majority",
            Self::NotAgreed => "not_agreed",
        }
    }

    /// The outcome with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    /// What the conference did, before the subjects: `Hội nghị <words> …`.
    pub fn words(self) -> &'static str {
        match self {
            Self::HighConsensus => "nhất trí cao với",
            Self::Consensus => "thống nhất",
            Self::Unanimous => "nhất trí 100 % với",
            Self::Majority => "đa số đồng ý với",
            Self::NotAgreed => "không thống nhất",
        }
    }
}

/// What the conference agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resolution {
    /// On what; one agreement may have several subjects.
    pub subjects: Vec<String>,
    /// How it came out.
    pub outcome: Outcome,
    /// The poll that counted it.
    pub poll: Option<Id>,
    /// Target that was put to the vote.
    pub target: Option<Id>,
    /// The words used (`nhất trí cao`).
    pub words: String,
}

/// A task that the conclusions give: what, who leads, with whom, by when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conclusion {
    /// The directive from which it was taken.
    pub directive: Option<Id>,
    /// What is to be done.
    pub what: String,
    /// Code of the unit that leads.
    pub lead_unit_code: String,
    /// Who leads, in words.
    pub lead: String,
    /// With whom.
    pub partners: Vec<String>,
    /// By when.
    pub due_on: Option<Date>,
    /// By when, in words, where no day was said.
    pub due_words: String,
}

/// A picture with its caption.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Media {
    /// The caption.
    pub caption: String,
    /// Who is seen.
    pub person: Option<Id>,
    /// The item of the programme that it shows.
    pub item: Option<Id>,
    /// The file's SHA-256; empty where the picture is lost and only its caption is left.
    pub sha256: String,
    /// Who took it.
    pub credit: String,
}
