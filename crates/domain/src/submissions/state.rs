//! The states of a submission.

use serde::{Deserialize, Serialize};

/// Where a unit's form for a period stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Nothing has been kept yet.
    #[default]
    NotStarted,
    /// The unit has begun; nobody else counts it.
    Draft,
    /// Sent, waiting for the office.
    Submitted,
    /// Back at the unit, with reasons.
    Returned,
    /// Accepted by the office: these figures count.
    Approved,
    /// The period is closed: nothing changes any more.
    Locked,
}

impl SubmissionState {
    /// Every state, in the order of the road.
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::Draft, Self::Submitted, Self::Returned, Self::Approved, Self::Locked];

    /// The word in the database, in URLs and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Locked => "locked",
        }
    }

    /// The state with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The state in Vietnamese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::NotStarted => ("Chưa gửi", "Not started"),
            Self::Draft => ("Đang nhập", "Draft"),
            Self::Submitted => ("Chờ duyệt", "Waiting for approval"),
            Self::Returned => ("Trả lại", "Returned"),
            Self::Approved => ("Đã duyệt", "Approved"),
            Self::Locked => ("Đã chốt", "Locked"),
        }
    }

    /// Whether the unit has handed it in and it is not back on its desk.
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Submitted | Self::Approved | Self::Locked)
    }

    /// Whether its figures count in totals and reports.
    pub fn counts(self) -> bool {
        matches!(self, Self::Approved | Self::Locked)
    }
}
