//! Numbers in a text: each is a reference to a figure and carries the words that were printed for it.

use serde::{Deserialize, Serialize};

use crate::school_year::SchoolYear;

/// What is printed in place of a figure that does not exist. Never 0.
pub const MISSING: &str = "…";

/// How a figure is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureForm {
    /// The value itself: `8.493`, `69,6%`.
    Value,
    /// The difference from the year before in the figure's own unit: `tăng 120`.
    Change,
    /// The difference of two percentages, in percentage points: `tăng 2,3 điểm %`.
    PointChange,
    /// The difference as a share of the year before: `tăng 2,3%`. Only for amounts.
    RelativeChange,
    /// The difference from the target, in percentage points for percentages: `vượt 4,5 điểm %`.
    TargetGap,
}

/// A number in a text, tied to the figure that it states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureReference {
    /// Item or indicator.
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
