//! What happened: the log of a conference. The stored form is version [`Event::VERSION`]; fields are only ever added.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Entry, EntryKind, Id, Part, Question, Road, SealedBallot};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each event is what the command of the same name asked for")]
pub enum Event {
    PartSet {
        part: Part,
    },
    EntryPut {
        id: Id,
        content: Entry,
    },
    EntryRemoved {
        register: EntryKind,
        id: Id,
    },
    Ordered {
        items: Vec<Id>,
    },
    Answered {
        participation: Id,
        is_coming: bool,
        note: String,
    },
    CheckedIn {
        participation: Id,
        client_id: String,
        road: Road,
        desk: String,
        venue: Option<Id>,
        heads: u32,
        /// When the device took it, where it was not connected; by its own clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scanned_at: Option<Timestamp>,
    },
    Left {
        participation: Id,
    },
    Opened,
    Adjourned {
        reason: String,
    },
    Resumed,
    Closed,
    /// It took place without this program and is written down from this.
    RecordedAfterwards {
        basis: String,
    },
    ItemStarted {
        item: Id,
    },
    ItemEnded {
        item: Id,
    },
    ItemSkipped {
        item: Id,
        reason: String,
    },
    FloorRequested {
        request: Id,
        participation: Id,
        topic: String,
        is_from_desk: bool,
    },
    RequestWithdrawn {
        request: Id,
    },
    SpeakerCalled {
        request: Id,
    },
    SpeakerSkipped {
        request: Id,
        reason: String,
    },
    SpeechEnded {
        request: Id,
    },
    PollOpened {
        poll: Id,
        question: Question,
    },
    HandsKeyed {
        poll: Id,
        block: String,
        counts: Vec<u32>,
    },
    /// A ballot of an open poll.
    BallotCast {
        poll: Id,
        participation: Id,
        choices: Vec<u8>,
    },
    /// Somebody has voted in a secret poll; what was cast is not here.
    SecretBallotMarked {
        poll: Id,
        participation: Id,
    },
    /// The poll is closed; for a secret one with all ballots, in the order of their tokens.
    PollClosed {
        poll: Id,
        ballots: Vec<SealedBallot>,
    },
    PollCancelled {
        poll: Id,
        reason: String,
    },
    AwardHanded {
        award: Id,
        recipient: Option<u32>,
        handed_by: String,
        received_by: String,
        is_substitute: bool,
    },
    /// A screen of the hall is turned to a subject.
    ScreenTurned {
        screen: String,
        subject: String,
    },
    /// Telephone numbers, mail addresses and private words were forgotten, some time after the closing.
    Forgotten,
}

impl Event {
    /// The version of the stored form. Version 2 added `screen_turned` and when a scan was taken, version 3
    /// `recorded_afterwards`, version 4 `forgotten`.
    pub const VERSION: u16 = 4;

    /// The word under which the event is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::PartSet { .. } => "part_set",
            Self::EntryPut { .. } => "entry_put",
            Self::EntryRemoved { .. } => "entry_removed",
            Self::Ordered { .. } => "ordered",
            Self::Answered { .. } => "answered",
            Self::CheckedIn { .. } => "checked_in",
            Self::Left { .. } => "left",
            Self::Opened => "opened",
            Self::Adjourned { .. } => "adjourned",
            Self::Resumed => "resumed",
            Self::Closed => "closed",
            Self::RecordedAfterwards { .. } => "recorded_afterwards",
            Self::ItemStarted { .. } => "item_started",
            Self::ItemEnded { .. } => "item_ended",
            Self::ItemSkipped { .. } => "item_skipped",
            Self::FloorRequested { .. } => "floor_requested",
            Self::RequestWithdrawn { .. } => "request_withdrawn",
            Self::SpeakerCalled { .. } => "speaker_called",
            Self::SpeakerSkipped { .. } => "speaker_skipped",
            Self::SpeechEnded { .. } => "speech_ended",
            Self::PollOpened { .. } => "poll_opened",
            Self::HandsKeyed { .. } => "hands_keyed",
            Self::BallotCast { .. } => "ballot_cast",
            Self::SecretBallotMarked { .. } => "secret_ballot_marked",
            Self::PollClosed { .. } => "poll_closed",
            Self::PollCancelled { .. } => "poll_cancelled",
            Self::AwardHanded { .. } => "award_handed",
            Self::ScreenTurned { .. } => "screen_turned",
            Self::Forgotten => "forgotten",
        }
    }

    /// Whether a delegate did it alone, on the phone: such an event is its own record and needs no line beside it.
    pub fn is_of_a_delegate(&self) -> bool {
        matches!(
            self,
            Self::Answered { .. }
                | Self::BallotCast { .. }
                | Self::SecretBallotMarked { .. }
                | Self::RequestWithdrawn { .. }
                | Self::FloorRequested { is_from_desk: false, .. }
        )
    }
}

/// An event in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place in the conference's log, from 1 without gaps. The order of the log, never the clock, says what was first.
    pub seq: u64,
    /// When, by the server's clock, which may go back.
    pub at: Timestamp,
    /// By whom.
    pub actor: String,
    /// What.
    pub event: Event,
}
