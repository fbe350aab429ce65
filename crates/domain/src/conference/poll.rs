//! Polls: hands counted by block, devices, or both in one; open or secret; the count and what may be said of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Id, Share};

/// What is asked and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What the conference is asked.
    pub text: String,
    /// How it answers.
    pub kind: PollKind,
    /// Whether hands are counted.
    pub by_hands: bool,
    /// Whether devices vote.
    pub by_devices: bool,
    /// Whether nobody may know who cast what.
    pub is_secret: bool,
    /// The target that is put to the vote.
    pub target: Option<Id>,
}

/// How a poll is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PollKind {
    /// Đồng ý, không đồng ý, ý kiến khác.
    YesNoOther,
    /// One or several of these options.
    Choices {
        /// The options.
        options: Vec<String>,
        /// So many may be chosen at most.
        choice_count_max: u8,
    },
}

impl PollKind {
    /// So many options may be given: a phone cannot show more on a page.
    pub const OPTION_COUNT_MAX: usize = 40;

    /// The options in words.
    pub fn options(&self) -> Vec<&str> {
        match self {
            Self::YesNoOther => vec!["Đồng ý", "Không đồng ý", "Ý kiến khác"],
            Self::Choices { options, .. } => options.iter().map(String::as_str).collect(),
        }
    }

    /// How many may be chosen.
    pub fn choice_count_max(&self) -> usize {
        match self {
            Self::YesNoOther => 1,
            Self::Choices { choice_count_max, .. } => usize::from(*choice_count_max),
        }
    }
}

/// A ballot by device, as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The poll.
    pub poll: Id,
    /// Who votes.
    pub participation: Id,
    /// The options chosen, from 0.
    pub choices: Vec<u8>,
    /// For a secret poll: a random token that the caller drew for this ballot and nothing else.
    pub token: String,
}

/// A ballot in the box of a secret poll: what was cast, under a token that says nothing about who.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SealedBallot {
    /// The token; its first letters are the voter's receipt.
    pub token: String,
    /// The options chosen.
    pub choices: Vec<u8>,
}

impl SealedBallot {
    /// The longest token, in bytes: a ballot takes the same room in the box whatever was cast.
    pub const TOKEN_LENGTH_MAX: usize = 64;
}

/// How far a poll is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PollState {
    /// Votes are taken.
    Open,
    /// The count stands.
    Closed,
    /// It was given up.
    Cancelled,
}

/// A poll as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// What is asked.
    pub question: Question,
    /// How far it is.
    pub state: PollState,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Who was here and entitled at any moment while it was open, with how many heads each line stands for.
    pub roll: BTreeMap<Id, u32>,
    /// Who voted by device.
    pub voted: BTreeSet<Id>,
    /// What each line cast, where the poll is not secret.
    pub cast: BTreeMap<Id, Vec<u8>>,
    /// What was in the box of a secret poll, from its closing on.
    pub opened_box: Vec<SealedBallot>,
    /// Hands keyed, by block.
    pub hands: BTreeMap<String, Vec<u32>>,
}

/// The count of one option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionCount {
    /// The option in words.
    pub option: String,
    /// By hands.
    pub by_hands: u32,
    /// By devices.
    pub by_devices: u32,
}

impl OptionCount {
    /// Together.
    pub fn total(&self) -> u32 {
        self.by_hands.saturating_add(self.by_devices)
    }
}

/// A poll's count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Every option.
    pub options: Vec<OptionCount>,
    /// So many were entitled and here: the base of every share.
    pub present: u32,
    /// So many voted.
    pub voted: u32,
    /// So many, though here, did not.
    pub not_voted: u32,
}

impl Tally {
    /// Whether everybody who was here chose the first option: the only case in which «100 %» is true.
    pub fn is_unanimous(&self) -> bool {
        self.present > 0 && self.options.first().is_some_and(|first| first.total() == self.present)
    }

    /// An option's share of those present.
    pub fn share(&self, option: usize) -> Share {
        Share { count: self.options.get(option).map_or(0, OptionCount::total), of: self.present }
    }

    /// The option chosen most often, unless two are equal.
    pub fn winner(&self) -> Option<usize> {
        let most = self.options.iter().map(OptionCount::total).max().filter(|most| *most > 0)?;
        let mut places = (0..self.options.len()).filter(|place| self.options[*place].total() == most);
        places.next().filter(|_| places.next().is_none())
    }
}

impl Poll {
    /// Opens a poll with those who are here.
    pub(super) fn open(question: Question, opened_at: Timestamp, roll: BTreeMap<Id, u32>) -> Self {
        Self {
            question,
            state: PollState::Open,
            opened_at,
            closed_at: None,
            roll,
            voted: BTreeSet::new(),
            cast: BTreeMap::new(),
            opened_box: Vec::new(),
            hands: BTreeMap::new(),
        }
    }

    /// Whether votes are taken.
    pub fn is_open(&self) -> bool {
        self.state == PollState::Open
    }

    /// So many are entitled and here.
    pub fn present(&self) -> u32 {
        self.roll.values().fold(0, |sum, heads| sum.saturating_add(*heads))
    }

    /// Hands keyed, all blocks and options together.
    pub fn hand_count(&self) -> u32 {
        self.hands.values().flatten().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Those who voted by device.
    pub fn device_count(&self) -> u32 {
        u32::try_from(self.voted.len()).unwrap_or(u32::MAX)
    }

    /// The count. Of a secret poll that is still open only how many voted is known.
    pub fn tally(&self) -> Tally {
        let options = self.question.kind.options();
        let mut counts: Vec<OptionCount> = options
            .into_iter()
            .map(|option| OptionCount { option: option.to_owned(), by_hands: 0, by_devices: 0 })
            .collect();
        for keyed in self.hands.values() {
            for (count, hands) in counts.iter_mut().zip(keyed) {
                count.by_hands = count.by_hands.saturating_add(*hands);
            }
        }
        let sealed = self.opened_box.iter().map(|ballot| &ballot.choices);
        for choice in self.cast.values().chain(sealed).flatten() {
            if let Some(count) = counts.get_mut(usize::from(*choice)) {
                count.by_devices = count.by_devices.saturating_add(1);
            }
        }
        let present = self.present();
        let voted = self.hand_count().saturating_add(self.device_count());
        Tally { options: counts, present, voted, not_voted: present.saturating_sub(voted) }
    }
}
