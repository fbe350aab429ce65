//! The one place that reads the machine's clock. Everything else is handed a [`crate::platform::Context`].

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// Vietnam's time zone, in which every date of an office is meant.
pub const TIME_ZONE: &str = "Asia/Ho_Chi_Minh";

/// Now, to the second, so that stored and printed times agree.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Date and time in Vietnam at this moment.
pub fn in_vietnam(at: Timestamp) -> DateTime {
    at.to_zoned(zone()).datetime()
}

/// The calendar date in Vietnam at this moment.
pub fn date_in_vietnam(at: Timestamp) -> Date {
    in_vietnam(at).date()
}

fn zone() -> TimeZone {
    TimeZone::get(TIME_ZONE).unwrap_or(TimeZone::fixed(jiff::tz::offset(7)))
}
