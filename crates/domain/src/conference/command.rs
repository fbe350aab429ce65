//! What can be asked of a conference.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Closing, Entry, EntryKind, Head, Id, PostTitle, Question, ReportFacts, Road, Rules, SealedBallot, Speech,
    poll::Ballot,
};

/// A part of the record of which there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// The head.
    Head(Box<Head>),
    /// The rules of the hall.
    Rules(Rules),
    /// What the report said.
    Report(ReportFacts),
    /// How it closed.
    Closing(Closing),
}

/// By what a person at the desk is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// The line of the list.
    Line(Id),
    /// The code on the badge.
    Badge(String),
    /// The name, with or without accents.
    Name(String),
}

/// Somebody arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The scan's own number, drawn by the device: sending it again changes nothing.
    pub client_id: String,
    /// Who.
    pub found_by: FoundBy,
    /// How it was taken.
    pub road: Road,
    /// The desk.
    pub desk: String,
    /// The venue; the person's own where absent.
    pub venue: Option<Id>,
    /// So many of a group are here.
    pub heads: Option<u32>,
    /// When the device took it, where it was not connected; it may be wrong and decides nothing but one thing: a scan
    /// taken before the closing is accepted after it.
    pub scanned_at: Option<Timestamp>,
}

/// What can be asked of a conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Sets a part.
    Set(Part),
    /// Adds an entry, or changes the one with this number.
    Put(Option<Id>, Entry),
    /// Puts down a speech with the directives that it gave: all of it, or nothing.
    Speak(Speech, Vec<String>),
    /// Takes an entry away.
    Remove(EntryKind, Id),
    /// Puts the programme into this order.
    Order(Vec<Id>),
    /// A guest says whether they come.
    Answer {
        /// Who.
        participation: Id,
        /// Whether.
        is_coming: bool,
        /// In the guest's words.
        note: String,
    },
    /// Somebody arrives.
    CheckIn(Arrival),
    /// Somebody comes after all in whose stead another was named, who has not come: the place goes back, the other leaves
    /// the list.
    ReturnPlace(Arrival),
    /// Somebody comes in another's stead, and is here.
    Substitute {
        /// The scan's own number.
        client_id: String,
        /// In whose stead.
        stead: Id,
        /// Who comes.
        name: String,
        /// Their posts: the place follows the unit, the title the person.
        posts: Vec<PostTitle>,
        /// The desk.
        desk: String,
    },
    /// Somebody leaves, or was checked in by mistake.
    Leave(Id),
    /// Opens the conference.
    Open,
    /// Breaks off for a while.
    Adjourn(String),
    /// Goes on after a break.
    Resume,
    /// Closes the conference.
    Close,
    /// Says that it took place without this program, and from what it is written down.
    RecordAfterwards(String),
    /// Begins an item, ending the current one.
    StartItem(Id),
    /// Ends the current item and begins the next.
    Next,
    /// Passes an item over, with the reason.
    SkipItem(Id, String),
    /// Asks for the floor.
    RequestFloor {
        /// Who.
        participation: Id,
        /// On what.
        topic: String,
        /// From where: the phone, or the desk.
        is_from_desk: bool,
    },
    /// Takes the request back.
    WithdrawRequest(Id),
    /// Calls a speaker, ending the current speech.
    CallSpeaker(Id),
    /// Passes a speaker over, with the reason.
    SkipSpeaker(Id, String),
    /// Ends the current speech.
    EndSpeech,
    /// Opens a poll.
    OpenPoll(Question),
    /// Keys the hands of a block: so many for each option; keying it again replaces it.
    KeyHands(Id, String, Vec<u32>),
    /// Casts a ballot by device.
    Vote(Ballot),
    /// Closes a poll; for a secret one with what lies in its box.
    ClosePoll(Id, Vec<SealedBallot>),
    /// Gives a poll up, with the reason.
    CancelPoll(Id, String),
    /// An award is handed over.
    HandAward {
        /// Which.
        award: Id,
        /// Which of its recipients, from 0; the whole line where nobody is named.
        recipient: Option<u32>,
        /// Who handed it.
        handed_by: String,
        /// Who took it.
        received_by: String,
        /// Whether somebody else took it than was named.
        is_substitute: bool,
    },
    /// Turns a screen of the hall to a subject; to nothing, and it follows the hall by itself.
    TurnScreen {
        /// Which screen, by the name that the desk gave it.
        screen: String,
        /// What it shows.
        subject: String,
    },
    /// Forgets telephone numbers, mail addresses and private words of a conference that is over.
    Forget,
}
