//! When: school years, semesters, reporting periods, deadlines with their extensions, and opening and closing.
//!
//! A change of state is a record (who, when, why), never a flag: a period's state is read from its records, and closing
//! is undone only by a reopening with a reason.

mod calendar;
mod deadlines;
mod lifecycle;
mod period;
mod year;

#[cfg(test)]
mod tests;

pub use calendar::{SchoolCalendar, Semester};
pub use deadlines::{Deadlines, Extension, FormDeadline};
pub use lifecycle::{Event, EventKind, Lifecycle, State};
pub use period::{ReportingPeriod, counts_in_year};
pub use year::SchoolYear;
