//! When: school years, semesters, reporting periods and deadlines.

use serde::{Deserialize, Serialize};

/// A school year (năm học), named by its two calendar years: `2024-2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SchoolYear {
    first: i16,
}

impl SchoolYear {
    /// The year that begins in this calendar year, if it lies between 1945 and 2200.
    pub fn starting(first: i16) -> Option<Self> {
        (1945..=2200).contains(&first).then_some(Self { first })
    }

    /// A year that our own code names and that needs no checking (samples).
    pub(crate) const fn known(first: i16) -> Self {
        Self { first }
    }

    /// Reads the strict form `2024-2025`; the second year must be the first plus one.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('-')?;
        let (first, second): (i16, i16) = (first.parse().ok()?, second.parse().ok()?);
        (text.len() == 9 && second == first + 1).then(|| Self::starting(first))?
    }

    /// The calendar year in which it begins.
    pub fn first_calendar_year(self) -> i16 {
        self.first
    }

    /// The year before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { first: self.first - 1 }
    }

    /// The year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { first: self.first + 1 }
    }
}

impl std::fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.first, self.first + 1)
    }
}

impl From<SchoolYear> for String {
    fn from(year: SchoolYear) -> Self {
        year.to_string()
    }
}

impl TryFrom<String> for SchoolYear {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("«{text}» không phải là năm học dạng 2024-2025"))
    }
}
