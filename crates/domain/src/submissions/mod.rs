//! What each unit sent: the values of a form, the states that a submission passes through, and how revisions differ.
//!
//! A submission is a chain of immutable revisions. Its state says whose turn it is: the unit's (not started, draft,
//! returned) or the office's (submitted); approved figures count, locked ones never change again.

mod difference;
mod entry;
mod state;
mod submission;
mod values;

#[cfg(test)]
mod tests;

pub use crate::figures::formula::Value;
pub use difference::{Difference, differences};
pub use entry::{EntryFault, printed, read_entry, read_number};
pub use state::SubmissionState;
pub use submission::{CellRemark, PeriodState, Sending, Submission, Unexplained};
pub use values::FormValues;
