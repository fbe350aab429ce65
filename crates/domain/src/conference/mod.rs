//! The conference (hội nghị tổng kết, triển khai): its plan, what happens in the hall, its record.
//!
//! A conference is a state machine fed by events: [`decide`] turns a [`Command`] into [`Event`]s or a refusal with every
//! reason, [`Conference::apply`] folds them. Nothing else changes a conference, so its log is its record: replaying it
//! gives the state at any moment, the minutes read it, and two screens that folded the same events agree.
//!
//! A secret ballot is never an event while its poll is open. The log says who voted; what was cast lies in a box under a
//! random token that the caller drew, and enters the log only when the poll closes, all at once and in the order of the
//! tokens. No event, order or time then leads from a person to a ballot.

mod article;
mod claims;
mod clashes;
mod command;
mod course;
mod decide;
mod draft;
mod entries;
mod event;
mod found;
mod head;
mod invited;
mod minutes;
mod packet;
mod poll;
mod presence;
mod privacy;
mod programme;
mod protocol;
mod register;
mod rules;
mod script;
mod seating;
mod share;
mod state;
mod words;

#[cfg(test)]
mod tests;

pub use article::{Article, Sentence, Source, places};
pub use claims::{Claim, ClaimKind, Lookup, StrangeClaim, claims};
pub use clashes::Clash;
pub use command::{Arrival, Command, FoundBy, Part};
pub use course::{Happened, Happening, Passage};
pub use decide::{Decision, decide};
pub use entries::{
    AgendaItem, Award, Clearance, Commitment, Conclusion, ConferencePaper, Consultation, Directive, HandOut,
    IssuerKind, ItemKind, Job, LegalBasis, Measure, Media, Opinion, Outcome, PaperUse, Participation,
    ParticipationRole, PostTitle, Quota, Readers, Recipient, Resolution, Side, Speech, SpeechKind, Target, Venue,
};
pub use event::{Event, Recorded};
pub use found::{Block, FoundArticle, Slip, SlipWord, SlipWords};
pub use head::{
    Closing, ConferenceKind, DayPart, Head, OverallResult, PlanDocument, Purpose, PurposeKind, ReportFacts,
    ReportSection, ScoreSummary,
};
pub use invited::Allotment;
pub use minutes::{Minutes, Task};
pub use poll::{Ballot, OptionCount, Poll, PollKind, PollState, Question, SealedBallot, Tally};
pub use presence::{Count, CountOf, Voices};
pub use programme::{Progress, Slot};
pub use register::{Entry, EntryKind, Id, Records, Register};
pub use rules::{Rules, Topic};
pub use script::Step;
pub use seating::{SeatBlock, SeatPlan, Seated};
pub use share::Share;
pub use state::{Answer, Conference, FloorRequest, FloorState, Handing, Phase, Presence, Recording, Road};
pub use words::{introduction, time_of_day};
