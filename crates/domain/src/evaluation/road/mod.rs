//! The road of a score: set opened → self-score → cross-check and review → explanation → second review → final → council →
//! published → locked.
//!
//! Every stage leaves records, one for an item, and none is ever changed: what counts is what the last stage said
//! ([`UnitRoad::counting`]). Items that are read from figures fill themselves and keep what they were read from; when the
//! figure changes later the score is marked *to be checked* ([`Recheck`]) and stays. A published result changes by a new
//! publication with its reason alone.

mod council;
mod desk;
mod differences;
mod entries;
mod frozen;
mod lines;
mod publication;
mod record;
mod stage;
mod verbs;

#[cfg(test)]
mod tests;

pub use council::{CouncilRules, Decided, Sitting, Vote};
pub use desk::{Deadlines, Desk, Person};
pub use differences::{Difference, differences};
pub use frozen::{FrozenSet, Recheck, rechecks};
pub use lines::{Line, LineKind, lines};
pub use publication::{Sight, correct, publish};
pub use record::{Claim, Entry, NewRecord, Record, Step, UnitRoad, agreed};
pub use stage::{RoadState, Stage};
pub use verbs::Computed;
