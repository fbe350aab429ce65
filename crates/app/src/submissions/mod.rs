//! What each unit sent: workbooks and web forms in, immutable revisions, return with reasons, approval.
//!
//! Verbs ([`operations`], [`bulk`]): `save_draft`, `submit`, `accept_bulk` (the unit: principal, clerk, or the command
//! line for it); `return_for_correction`, `approve`, `approve_many`, `reopen` (the office: officer,
//! leader), `close_period`, `reopen_period`, `lock` (the leader).
//! Every verb is one transaction with one audit line; every step stays as a record in `submission_event`.

pub mod api;
pub mod bulk;
pub mod check;
pub mod jobs;
pub mod layouts;
pub mod marked;
pub mod operations;
pub mod packed;
pub mod pages;
pub mod problems;
pub mod queries;
pub mod reminders;
pub mod sheet;
pub mod sources;
mod store;
pub mod template;
pub mod workbooks;

use serde::Serialize;

/// Which form of which unit for which period.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SubmissionKey {
    /// Code of the reporting period.
    pub period: String,
    /// Code of the form.
    pub form: String,
    /// Code of the unit.
    pub unit: String,
}

impl SubmissionKey {
    /// The key of these codes.
    pub fn new(period: impl Into<String>, form: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { period: period.into(), form: form.into(), unit: unit.into() }
    }
}

impl std::fmt::Display for SubmissionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.period, self.form, self.unit)
    }
}

/// By which road values arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// Typed into the page.
    Web,
    /// A workbook: command line or upload page.
    Workbook,
    /// The bulk interface.
    Api,
}

impl Road {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Workbook => "workbook",
            Self::Api => "api",
        }
    }
}

#[cfg(test)]
mod tests;
