//! A year is opened, a deadline is extended, a period is closed and opened again: all of it stays on record.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::{
    organisation::UnitCode,
    school_year::{SchoolCalendar, SchoolYear, State},
};
use jiff::civil::date;

use super::{calendar, operations};
use crate::{
    office::Office,
    platform::{Context, Error},
};

fn code(result: Result<(), Error>) -> String {
    match result {
        Err(Error::Refused(refusal)) => refusal.reasons[0].code.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_year_runs_by_records() {
    let folder = std::env::temp_dir().join(format!("tongket-years-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let office = Office::open(&folder, None).await.unwrap();
    let context = Context::command_line();
    let year = SchoolYear::parse("2025-2026").unwrap();
    operations::open(&office, &context, &SchoolCalendar::usual(year)).await.unwrap();
    assert_eq!(code(operations::open(&office, &context, &SchoolCalendar::usual(year)).await), "already_open");
    assert_eq!(calendar::years(&office).await.unwrap(), [year]);
    let codes: Vec<String> = calendar::periods(&office, year).await.unwrap().into_iter().map(|p| p.code).collect();
    assert_eq!(codes, ["2025-2026-DN", "2025-2026-CN"]);

    let (period, form) = ("2025-2026-CN", "02-TH-CN");
    operations::set_form_deadline(&office, &context, period, form, date(2026, 6, 10)).await.unwrap();
    let more = |until, reason| operations::extend(&office, &context, period, [Some(form), None], until, reason);
    assert_eq!(code(more(date(2026, 6, 5), "lũ").await), "not_later");
    assert_eq!(code(more(date(2026, 6, 15), " ").await), "no_reason");
    more(date(2026, 6, 15), "lũ").await.unwrap();
    let deadlines = calendar::period(&office, period).await.unwrap().deadlines;
    let school = UnitCode::from("10000001");
    assert_eq!(deadlines.due_on(form, &school), date(2026, 6, 15));
    assert_eq!(deadlines.due_on("01-MN-CN", &school), date(2026, 6, 30));

    assert_eq!(code(operations::close(&office, &context, period, 3, "").await), "pending_submissions");
    operations::close(&office, &context, period, 0, "").await.unwrap();
    assert_eq!(code(operations::reopen(&office, &context, period, "").await), "no_reason");
    operations::reopen(&office, &context, period, "sửa số liệu").await.unwrap();
    assert_eq!(calendar::period(&office, period).await.unwrap().lifecycle.state(), State::Reopened);
    assert!(matches!(calendar::period(&office, "2099-2100-CN").await, Err(Error::NotFound(_))));
    std::fs::remove_dir_all(folder).unwrap();
}
