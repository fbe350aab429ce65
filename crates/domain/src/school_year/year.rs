//! The school year and the ways in which people write it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Reason;
use crate::vietnamese::fold;

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
        let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (first, second) = Some((first, second)).filter(|_| is_year(first) && is_year(second))?;
        let (first, second): (i16, i16) = (first.parse().ok()?, second.parse().ok()?);
        (second == first + 1).then(|| Self::starting(first))?
    }

    /// Reads a year as people write it: `2017 – 2018`, `2024- 2025`, `2024/2025`, `2024-25`, `Năm học 2024-2025`.
    ///
    /// # Errors
    /// `not_a_school_year`, `not_consecutive` (the second year is not the first plus one) or `out_of_range`.
    pub fn read(text: &str) -> Result<Self, Reason> {
        let unreadable = || {
            let message = format!("«{}» không phải là năm học; hãy ghi cả hai năm, ví dụ 2024-2025.", text.trim());
            Reason::new("not_a_school_year", message)
        };
        let folded = fold(text);
        let years = ["nam hoc", "nh"]
            .iter()
            .find_map(|words| folded.strip_prefix(words))
            .unwrap_or(&folded)
            .trim_start_matches(':');
        let is_dash = |c: char| matches!(c, '-' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        let (first, second) = years.split_once(is_dash).ok_or_else(unreadable)?;
        let (first, second) = (first.trim(), second.trim());
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !(first.len() == 4 && matches!(second.len(), 2 | 4) && is_number(first) && is_number(second)) {
            return Err(unreadable());
        }
        let second = format!("{}{second}", &first[..4 - second.len()]);
        let (first, second): (i16, i16) = first.parse().ok().zip(second.parse().ok()).ok_or_else(unreadable)?;
        // `1999-00` means 2000.
        let follows = second == first + 1 || (first % 100 == 99 && second == first - 99);
        if !follows {
            let message = format!("Năm học {first}-{second} không hợp lệ: năm sau phải là năm {}.", first + 1);
            return Err(Reason::new("not_consecutive", message));
        }
        Self::starting(first).ok_or_else(|| {
            Reason::new("out_of_range", format!("Năm học {first}-{} nằm ngoài khoảng 1945 đến 2200.", first + 1))
        })
    }

    /// The year in which a day is counted: from 1 August on (default: offices prepare the new year in August).
    pub fn of_day(day: Date) -> Option<Self> {
        Self::starting(if day.month() >= 8 { day.year() } else { day.year() - 1 })
    }

    /// The calendar year in which it begins.
    pub fn first_calendar_year(self) -> i16 {
        self.first
    }

    /// The calendar year in which it ends.
    pub fn second_calendar_year(self) -> i16 {
        self.first + 1
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
