//! Spans of days, both ends included, either end open.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From a day to a day, both included; an open end has no day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Validity {
    /// First day; open where the beginning is unknown or does not matter.
    pub from: Option<Date>,
    /// Last day; open while it lasts.
    pub to: Option<Date>,
}

impl Validity {
    /// Without ends.
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// From a day on.
    pub fn from(day: Date) -> Self {
        Self { from: Some(day), to: None }
    }

    /// Whether the last day is not before the first.
    pub fn is_ordered(self) -> bool {
        self.from.is_none_or(|from| self.to.is_none_or(|to| from <= to))
    }

    /// Whether the day lies inside.
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.common(other).is_ordered()
    }

    /// Whether every day of the other lies inside.
    pub fn covers(self, other: Self) -> bool {
        self.from.is_none_or(|from| other.from.is_some_and(|day| from <= day))
            && self.to.is_none_or(|to| other.to.is_some_and(|day| day <= to))
    }

    /// The days in both; not ordered where there are none.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(left), Some(right)) => Some(left.min(right)),
            (left, right) => left.or(right),
        };
        Self { from, to }
    }

    /// The same span, ended the day before.
    #[must_use]
    pub fn until(self, next: Date) -> Self {
        Self { from: self.from, to: next.yesterday().ok() }
    }
}

impl std::fmt::Display for Validity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use crate::vietnamese::short_date;
        match (self.from, self.to) {
            (None, None) => f.write_str("không giới hạn thời gian"),
            (Some(from), None) => write!(f, "từ {}", short_date(from)),
            (None, Some(to)) => write!(f, "đến {}", short_date(to)),
            (Some(from), Some(to)) => write!(f, "từ {} đến {}", short_date(from), short_date(to)),
        }
    }
}
