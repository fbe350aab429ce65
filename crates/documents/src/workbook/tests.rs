//! Workbooks written, read again, hurt and mended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "samples.rs"]
mod samples;

use super::{Expectation, Forms, Limits, Value, interpret, read, template};
use samples::*;

#[test]
fn what_is_written_is_read_back() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let read = read(&filled(&catalogue), "a.xlsx", &Limits::default()).unwrap();
    let understood = interpret(&read, &forms, &Expectation::default());
    assert_eq!(understood.problems, []);
    assert_eq!(understood.values, values(&catalogue));
    let identity = understood.identity.clone().unwrap();
    assert_eq!((identity.unit.as_str(), identity.period.as_str()), ("79000123", "2025-2026-CN"));
    assert_eq!(understood.place(0), ("Phần I-II".to_owned(), "F13".to_owned()));
}
