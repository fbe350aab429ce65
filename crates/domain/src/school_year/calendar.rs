//! Semesters and the school-year calendar (khung kế hoạch thời gian năm học).

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::SchoolYear;
use crate::vietnamese::short_date;
use crate::{Confidence, Reason, Refusal};

/// A semester (học kỳ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Semester {
    /// Học kỳ I.
    First,
    /// Học kỳ II.
    Second,
}

impl Semester {
    /// Both, in order.
    pub const ALL: [Semester; 2] = [Self::First, Self::Second];

    /// The name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::First => ("Học kỳ I", "Semester I"),
            Self::Second => ("Học kỳ II", "Semester II"),
        }
    }
}

/// The days of one school year. The Ministry frames them every summer and the province decides them, so they are data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolCalendar {
    /// The year.
    pub year: SchoolYear,
    /// Opening day (khai giảng): semester I begins.
    pub starts_on: Date,
    /// Last day of semester I; semester II begins the day after.
    pub first_ends_on: Date,
    /// Last day of semester II and of the year.
    pub ends_on: Date,
    /// How sure these days are.
    pub confidence: Confidence,
}

impl SchoolCalendar {
    /// The usual days, until the office enters its province's decision: 5 September, 18 January, 31 May.
    pub fn usual(year: SchoolYear) -> Self {
        let (first, second) = (year.first_calendar_year(), year.second_calendar_year());
        Self {
            year,
            starts_on: date(first, 9, 5),
            first_ends_on: date(second, 1, 18),
            ends_on: date(second, 5, 31),
            confidence: Confidence::Default,
        }
    }

    /// Takes the province's days.
    ///
    /// # Errors
    /// `outside_year` for a day outside July of the first to August of the second calendar year, `not_in_order`.
    pub fn decided(year: SchoolYear, starts_on: Date, first_ends_on: Date, ends_on: Date) -> Result<Self, Refusal> {
        let named = [("khai giảng", starts_on), ("kết thúc học kỳ I", first_ends_on), ("kết thúc năm học", ends_on)];
        let mut reasons: Vec<Reason> = named
            .into_iter()
            .filter(|(_, day)| !is_within(year, *day))
            .map(|(what, day)| {
                let message = format!("Ngày {what} {} nằm ngoài năm học {year}.", short_date(day));
                Reason::new("outside_year", message).at(what)
            })
            .collect();
        if !(starts_on < first_ends_on && first_ends_on < ends_on) {
            let message = "Các ngày phải theo thứ tự: khai giảng, kết thúc học kỳ I, kết thúc năm học.";
            reasons.push(Reason::new("not_in_order", message));
        }
        Refusal::unless_empty(reasons)?;
        Ok(Self { year, starts_on, first_ends_on, ends_on, confidence: Confidence::Confirmed })
    }

    /// The semester that runs on a day; none in the holidays.
    pub fn semester_on(&self, day: Date) -> Option<Semester> {
        match day {
            day if day < self.starts_on || day > self.ends_on => None,
            day if day <= self.first_ends_on => Some(Semester::First),
            _ => Some(Semester::Second),
        }
    }
}

/// Whether a day can belong to the year's business: from 1 July before it to 31 August after it.
pub(super) fn is_within(year: SchoolYear, day: Date) -> bool {
    (date(year.first_calendar_year(), 7, 1)..=date(year.second_calendar_year(), 8, 31)).contains(&day)
}
