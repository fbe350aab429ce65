//! A round: a criteria set opened for a year, taken by every unit from its own points to the published result.
//!
//! Verbs ([`operations`]): `open_set`, `self_score`, `submit_self_score`, `review`, `finish_review`, `explain`,
//! `second_review`, `finalise`, `council_decide`, `publish`, `correct`, and what keeps them going: `extend`, `assign`,
//! `leave_out`, evidence files and reminders. Units score themselves (who enters figures), other units of the cluster
//! and officers review, the office that opened the round runs it.

pub mod evidence;
pub mod operations;
pub mod queries;
pub mod reminders;
mod store;

pub use queries::{Round, RoundRow};

/// One step of one unit's road: where it is taken and at which units the person has a task.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// The round.
    pub round: i64,
    /// The unit that is judged.
    pub unit: &'a str,
    /// The units at which the person who acts has a task; nobody judges one of these.
    pub units: &'a [String],
}
