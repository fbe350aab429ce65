//! The states of a paper.

use serde::{Deserialize, Serialize};

/// Where a paper stands on its road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// With its writer.
    #[default]
    Draft,
    /// With the leader, who reads it.
    InReview,
    /// Back with its writer, with comments.
    Returned,
    /// Accepted as it stands; waits for its number and signature.
    Approved,
    /// Numbered, signed, frozen.
    Signed,
    /// Signed once and taken back, with the reason; its number is never used again.
    Withdrawn,
}

impl PaperState {
    /// Every state, in the order of the road.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::InReview, Self::Returned, Self::Approved, Self::Signed, Self::Withdrawn];

    /// The word in the database, in URLs and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Signed => "signed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The state in Vietnamese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("Đang soạn", "Draft"),
            Self::InReview => ("Chờ duyệt", "In review"),
            Self::Returned => ("Trả lại", "Returned"),
            Self::Approved => ("Đã duyệt, chờ ký", "Approved, waiting for signature"),
            Self::Signed => ("Đã ký", "Signed"),
            Self::Withdrawn => ("Đã thu hồi", "Withdrawn"),
        }
    }

    /// Whether its writer may change the content.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether the content is fixed for ever.
    pub fn is_frozen(self) -> bool {
        matches!(self, Self::Signed | Self::Withdrawn)
    }
}
