//! Stages of the road and where a unit stands on it.

use serde::Serialize;

/// A stage that somebody works on and that leaves records.
///
/// Identifiers follow the process of reviews by departments (self-score, cross-check in the cluster, review, explanation,
/// second review, final points, council, publication).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Tự chấm.
    SelfScore,
    /// Kiểm tra chéo: another unit of the cluster.
    CrossCheck,
    /// Thẩm định lần 1.
    Review,
    /// Giải trình.
    Explanation,
    /// Thẩm định lần 2.
    SecondReview,
    /// Chốt điểm.
    Finalisation,
    /// Hội đồng thi đua.
    Council,
    /// Công bố; its deadline ends the time for complaints, after it results are locked.
    Publication,
}

impl Stage {
    /// Every stage, in order; a later one outranks an earlier one.
    pub const ALL: [Self; 8] = [
        Self::SelfScore,
        Self::CrossCheck,
        Self::Review,
        Self::Explanation,
        Self::SecondReview,
        Self::Finalisation,
        Self::Council,
        Self::Publication,
    ];

    /// The identifier, as it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfScore => "self_scored",
            Self::CrossCheck => "cross_checked",
            Self::Review => "reviewed_1",
            Self::Explanation => "explained",
            Self::SecondReview => "reviewed_2",
            Self::Finalisation => "finalised",
            Self::Council => "council_decided",
            Self::Publication => "published",
        }
    }

    /// Whether several desks judge the same line at this stage, each for itself: units of the cluster beside each other,
    /// offices beside each other. People of one desk go on from each other's words.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::CrossCheck | Self::Review)
    }

    /// The stage with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }

    /// The name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::SelfScore => ("Tự chấm", "Self-score"),
            Self::CrossCheck => ("Kiểm tra chéo", "Cross-check"),
            Self::Review => ("Thẩm định lần 1", "First review"),
            Self::Explanation => ("Giải trình", "Explanation"),
            Self::SecondReview => ("Thẩm định lần 2", "Second review"),
            Self::Finalisation => ("Chốt điểm", "Final points"),
            Self::Council => ("Hội đồng", "Council"),
            Self::Publication => ("Công bố", "Publication"),
        }
    }
}

/// Where a unit stands: the last stage that was closed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadState {
    /// The set is open, the unit scores itself.
    Opened,
    /// The unit has sent its own points; others review them.
    SelfScored,
    /// The first review is done; the unit may explain.
    Reviewed,
    /// The unit has explained the differences.
    Explained,
    /// The second review is done.
    ReviewedAgain,
    /// Points are final, a grade is proposed.
    Finalised,
    /// The council has decided.
    Decided,
    /// The result is published.
    Published,
    /// The unit was left out of this round, with a reason.
    LeftOut,
}

impl RoadState {
    /// Every state, in order.
    pub const ALL: [Self; 9] = [
        Self::Opened,
        Self::SelfScored,
        Self::Reviewed,
        Self::Explained,
        Self::ReviewedAgain,
        Self::Finalised,
        Self::Decided,
        Self::Published,
        Self::LeftOut,
    ];

    /// The identifier, as it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::SelfScored => "self_scored",
            Self::Reviewed => "reviewed_1",
            Self::Explained => "explained",
            Self::ReviewedAgain => "reviewed_2",
            Self::Finalised => "finalised",
            Self::Decided => "council_decided",
            Self::Published => "published",
            Self::LeftOut => "left_out",
        }
    }

    /// The state with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Opened => ("Chờ đơn vị tự chấm", "Waiting for the self-score"),
            Self::SelfScored => ("Chờ thẩm định", "Waiting for the review"),
            Self::Reviewed => ("Chờ giải trình", "Waiting for the explanation"),
            Self::Explained => ("Chờ thẩm định lần 2", "Waiting for the second review"),
            Self::ReviewedAgain => ("Chờ chốt điểm", "Waiting for final points"),
            Self::Finalised => ("Chờ hội đồng", "Waiting for the council"),
            Self::Decided => ("Chờ công bố", "Waiting for publication"),
            Self::Published => ("Đã công bố", "Published"),
            Self::LeftOut => ("Không xét trong đợt này", "Left out"),
        }
    }

    /// The stage that is worked on next; none at the end of the road.
    pub fn next_stage(self) -> Option<Stage> {
        match self {
            Self::Opened => Some(Stage::SelfScore),
            Self::SelfScored => Some(Stage::Review),
            Self::Reviewed => Some(Stage::Explanation),
            Self::Explained => Some(Stage::SecondReview),
            Self::ReviewedAgain => Some(Stage::Finalisation),
            Self::Finalised => Some(Stage::Council),
            Self::Decided => Some(Stage::Publication),
            Self::Published | Self::LeftOut => None,
        }
    }

    /// Whether points are final: what the ranking takes.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Finalised | Self::Decided | Self::Published)
    }
}
