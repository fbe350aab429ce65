//! Numbers in a text: each is a reference to a figure and carries the words that were printed for it.

use serde::{Deserialize, Serialize};

use crate::school_year::SchoolYear;
use crate::vietnamese::fold;

/// What is printed in a table in place of a figure that does not exist. Never 0.
pub const MISSING: &str = "…";

/// How a figure is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureForm {
    /// The value itself: `8.493`, `69,6%`.
    Value,
    /// The difference from the year before in the figure's own unit: `tăng 120`; of percentages in points.
    Change,
    /// The difference of two percentages, in percentage points: `tăng 2,3 điểm %`.
    PointChange,
    /// The difference as a share of the year before: `tăng 2,3%`. Only for amounts.
    RelativeChange,
    /// The difference from the target, in percentage points for percentages: `vượt chỉ tiêu 4,5 điểm %`.
    TargetGap,
    /// The value beside its target: `đạt 103,0% (vượt 4,5 điểm %)`.
    TargetResult,
    /// The place among the sibling units, 1 is the best: `đứng thứ 3`.
    Rank,
    /// The place and among how many: `đứng thứ 3/34`.
    RankOf,
    /// How many places better or worse than the year before: `cao hơn 12 bậc`.
    RankChange,
    /// From how many of the expected units the figure is made: `23/24`.
    Coverage,
}

impl FigureForm {
    /// Every form, in the order in which a person is offered them.
    pub const ALL: [Self; 10] = [
        Self::Value,
        Self::Change,
        Self::PointChange,
        Self::RelativeChange,
        Self::TargetResult,
        Self::TargetGap,
        Self::Rank,
        Self::RankOf,
        Self::RankChange,
        Self::Coverage,
    ];

    /// The word that stands for it in a typed reference, and the same in English for scripts.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Value => ("giá trị", "value"),
            Self::Change => ("tăng giảm", "change"),
            Self::PointChange => ("điểm %", "points"),
            Self::RelativeChange => ("tăng giảm %", "relative"),
            Self::TargetGap => ("so chỉ tiêu", "gap"),
            Self::TargetResult => ("chỉ tiêu", "target"),
            Self::Rank => ("thứ hạng", "rank"),
            Self::RankOf => ("thứ hạng/tổng", "rank_of"),
            Self::RankChange => ("đổi hạng", "rank_change"),
            Self::Coverage => ("số đơn vị", "coverage"),
        }
    }

    /// Reads either word, with or without its marks and capitals.
    pub fn parse(word: &str) -> Option<Self> {
        let folded = fold(word.trim());
        Self::ALL.into_iter().find(|form| {
            let (vi, en) = form.words();
            fold(vi) == folded || en == folded
        })
    }

    /// Whether it sets a year against the year before.
    pub(super) fn compares_years(self) -> bool {
        matches!(self, Self::Change | Self::PointChange | Self::RelativeChange | Self::RankChange)
    }

    /// Whether its words hang on more than its value: on a target, or on how many were ranked.
    pub(super) fn has_two_facts(self) -> bool {
        matches!(self, Self::TargetResult | Self::TargetGap | Self::RankOf | Self::Coverage)
    }
}

/// A number in a text, tied to the figure that it states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureReference {
    /// Item or indicator; `target:` before it where its target is meant.
    pub code: String,
    /// The unit whose figure it is.
    pub unit: String,
    /// The school year of the figure (for a change: the later one).
    pub year: SchoolYear,
    /// The form of words.
    pub form: FigureForm,
    /// The value behind the words when they were written; `None` is missing.
    pub value: Option<f64>,
    /// What the reader sees.
    pub printed: String,
}

impl FigureReference {
    /// Whether a person wrote a figure into a sentence and there is none: every output must show it.
    ///
    /// A missing value of a table is no such case; it is [`MISSING`] and the table's note says so.
    pub fn is_flagged(&self) -> bool {
        self.value.is_none() && self.printed != MISSING
    }
}
