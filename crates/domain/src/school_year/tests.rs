//! Years as written, periods, deadlines and the records of closing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::figures::catalogue::{PeriodKind, StatisticalForm};
use crate::{Confidence, Label, Refusal, Source};

fn codes(refusal: &Refusal) -> Vec<&str> {
    refusal.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn year() -> SchoolYear {
    SchoolYear::starting(2025).unwrap()
}

#[test]
fn years_are_read_as_people_write_them() {
    for text in [
        "2025-2026",
        "2025 - 2026",
        "2025 – 2026",
        "2025- 2026",
        "2025/2026",
        "2025-26",
        "2025/26",
        " 2025—2026 ",
        "Năm học 2025-2026",
        "năm học: 2025-2026",
        "NH 2025-2026",
        "2025\u{a0}-\u{a0}2026",
    ] {
        assert_eq!(SchoolYear::read(text), Ok(year()), "{text}");
    }
    assert_eq!(SchoolYear::read("1999-00").unwrap().to_string(), "1999-2000");
    for (text, code) in [
        ("2025-2027", "not_consecutive"),
        ("2025-2025", "not_consecutive"),
        ("2026-2025", "not_consecutive"),
        ("2025-24", "not_consecutive"),
        ("2025", "not_a_school_year"),
        ("25-26", "not_a_school_year"),
        ("", "not_a_school_year"),
        ("2025-2026-2027", "not_a_school_year"),
        ("2025-202", "not_a_school_year"),
        ("-2026", "not_a_school_year"),
        ("２０２５-2026", "not_a_school_year"),
        ("1900-1901", "out_of_range"),
        ("9999-00", "out_of_range"),
    ] {
        assert_eq!(SchoolYear::read(text).unwrap_err().code, code, "{text}");
    }
    assert_eq!(SchoolYear::parse("2025-26"), None);
    assert_eq!(SchoolYear::parse("+025-2026"), None);
    assert_eq!(SchoolYear::of_day(date(2026, 7, 31)), Some(year()));
    assert_eq!(SchoolYear::of_day(date(2025, 8, 1)), Some(year()));
}

#[test]
fn the_two_usual_periods_follow_the_circular() {
    let start = ReportingPeriod::start_of_year(year());
    assert_eq!(
        (start.code.as_str(), start.as_of, start.due_on),
        ("2025-2026-DN", date(2025, 9, 30), date(2025, 10, 30))
    );
    let end = ReportingPeriod::end_of_year(year());
    assert_eq!((end.code.as_str(), end.as_of, end.due_on), ("2025-2026-CN", date(2026, 5, 31), date(2026, 6, 30)));
    assert!(end.source().unwrap().text.contains("24/2018"));
    assert_eq!(ReportingPeriod::parse_code("2025-2026-DN"), Some((year(), PeriodKind::StartOfYear)));
    assert_eq!(ReportingPeriod::parse_code("2025-2026-so-ket-hk1"), Some((year(), PeriodKind::Custom)));
    for code in [
        "2025-2026",
        "2025-2026-",
        "2025-2026-dn",
        "2025-2027-DN",
        "2025-2026-Sơ kết",
        "",
        "2025-2026--x",
        "năm học 2025",
    ] {
        assert_eq!(ReportingPeriod::parse_code(code), None, "{code}");
    }
}

#[test]
fn an_office_sets_its_own_period() {
    let label = |vi: &str| Label { vi: vi.into(), en: String::new() };
    let (as_of, due_on) = (date(2026, 1, 15), date(2026, 1, 25));
    let forms = vec!["02-TH-CN".to_owned()];
    let period =
        ReportingPeriod::custom(year(), "so-ket-hk1", label("Sơ kết học kỳ I"), [as_of, due_on], forms).unwrap();
    assert_eq!(ReportingPeriod::parse_code(&period.code), Some((year(), PeriodKind::Custom)));
    assert_eq!(period.source(), None);
    let refusal =
        ReportingPeriod::custom(year(), "Sơ kết", label(" "), [date(2027, 1, 1), date(2026, 1, 1)], Vec::new())
            .unwrap_err();
    assert_eq!(codes(&refusal), ["bad_slug", "no_name", "outside_year", "due_before_as_of", "no_forms"]);
}

#[test]
fn semesters_follow_the_calendar() {
    let calendar = SchoolCalendar::usual(year());
    let on = |month, day| calendar.semester_on(date(if month > 8 { 2025 } else { 2026 }, month, day));
    assert_eq!(
        [on(9, 4), on(9, 5), on(1, 18), on(1, 19), on(5, 31), on(6, 1)],
        [None, Some(Semester::First), Some(Semester::First), Some(Semester::Second), Some(Semester::Second), None]
    );
    assert!(SchoolCalendar::decided(year(), date(2025, 9, 5), date(2026, 1, 10), date(2026, 5, 25)).is_ok());
    let refusal = SchoolCalendar::decided(year(), date(2024, 9, 5), date(2026, 5, 1), date(2026, 1, 1)).unwrap_err();
    assert_eq!(codes(&refusal), ["outside_year", "not_in_order"]);
}

fn extension(form: Option<&str>, unit: Option<&str>, until: jiff::civil::Date) -> Extension {
    Extension {
        form: form.map(str::to_owned),
        unit: unit.map(Into::into),
        until,
        reason: "Bão, trường nghỉ học".into(),
        by: "Nguyễn Thị Bình".into(),
        on: date(2026, 6, 20),
    }
}

#[test]
fn the_latest_day_that_concerns_a_unit_holds() {
    let deadlines =
        Deadlines::of(&ReportingPeriod::end_of_year(year())).with_form("02-TH-CN", date(2026, 6, 10)).unwrap();
    let deadlines = deadlines.extended(extension(Some("02-TH-CN"), Some("A"), date(2026, 6, 15))).unwrap();
    let deadlines = deadlines.extended(extension(None, Some("A"), date(2026, 7, 5))).unwrap();
    let due = |form: &str, unit: &str| deadlines.due_on(form, &unit.into());
    assert_eq!(due("02-TH-CN", "A"), date(2026, 7, 5));
    assert_eq!(due("02-TH-CN", "B"), date(2026, 6, 10));
    assert_eq!(due("03-THCS-CN", "B"), date(2026, 6, 30));
    let all_of = |unit: &str| deadlines.due_for(Some(&unit.into()));
    assert_eq!(
        [deadlines.due_for(None), all_of("A"), all_of("B")],
        [date(2026, 6, 30), date(2026, 7, 5), date(2026, 6, 30)]
    );
    let for_all = deadlines.clone().extended(extension(None, None, date(2026, 7, 10))).unwrap();
    assert_eq!([for_all.due_for(None), for_all.due_for(Some(&"A".into()))], [date(2026, 7, 10); 2]);
    assert!(!deadlines.is_late("02-TH-CN", &"B".into(), date(2026, 6, 10)));
    assert!(deadlines.is_late("02-TH-CN", &"B".into(), date(2026, 6, 11)));
    let shorter = deadlines.clone().extended(extension(Some("02-TH-CN"), Some("A"), date(2026, 7, 5))).unwrap_err();
    assert_eq!(codes(&shorter), ["not_later"]);
    assert!(deadlines.clone().extended(extension(Some("02-TH-CN"), None, date(2026, 6, 11))).is_ok());
    let blank = Extension { reason: " ".into(), by: String::new(), ..extension(None, None, date(2026, 6, 1)) };
    assert_eq!(codes(&deadlines.clone().extended(blank).unwrap_err()), ["no_reason", "no_actor", "not_later"]);
    assert_eq!(codes(&deadlines.with_form("x", date(2026, 5, 1)).unwrap_err()), ["due_before_as_of"]);
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

#[test]
fn closing_is_a_record_and_reopening_needs_a_reason() {
    let open = Lifecycle::default().opened("Bình", at(0)).unwrap();
    assert!(open.state().accepts_figures());
    assert_eq!(codes(&open.clone().opened("Bình", at(1)).unwrap_err()), ["already_open"]);
    assert_eq!(codes(&open.clone().reopened("Bình", at(1), " ").unwrap_err()), ["not_closed", "no_reason"]);
    assert_eq!(
        codes(&open.clone().closed("", at(-1), 3, "").unwrap_err()),
        ["pending_submissions", "no_actor", "before_last"]
    );
    let closed = open.closed("Bình", at(2), 3, "Hai trường đã giải thể").unwrap();
    assert!(!closed.state().accepts_figures());
    assert_eq!(codes(&closed.clone().opened("An", at(3)).unwrap_err()), ["already_closed"]);
    assert_eq!(codes(&closed.clone().closed("An", at(3), 0, "").unwrap_err()), ["already_closed"]);
    let reopened = closed.reopened("An", at(3), " Sửa số liệu tuyển sinh ").unwrap();
    assert_eq!(reopened.state(), State::Reopened);
    assert_eq!(reopened.events()[2].reason, "Sửa số liệu tuyển sinh");
    assert_eq!(Lifecycle::from_events(reopened.events().to_vec()), Ok(reopened.clone()));
    assert_eq!(codes(&Lifecycle::from_events(reopened.events()[1..].to_vec()).unwrap_err()), ["not_open"]);
}

#[test]
fn a_form_counts_in_the_year_by_the_periods_of_its_own_kind() {
    let form = |period| StatisticalForm {
        code: "X".to_owned(),
        version: 1,
        title: Label { vi: String::new(), en: String::new() },
        period,
        levels: Vec::new(),
        sections: Vec::new(),
        source: Source { text: String::new(), confidence: Confidence::Default },
    };
    for kind in PeriodKind::ALL {
        assert_eq!(PeriodKind::parse(kind.as_str()), Some(kind));
        for other in PeriodKind::ALL {
            // A pack of the office's own may give a form another kind: what was gathered before then counts no more.
            assert_eq!(counts_in_year(kind, &form(other)), kind == other);
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
        if let Ok(year) = SchoolYear::read(&text) {
            prop_assert_eq!(SchoolYear::read(&year.to_string()), Ok(year));
        }
        let _ = ReportingPeriod::parse_code(&text);
    }

    #[test]
    fn every_year_survives_writing(first in 1945i16..=2200, style in 0usize..5) {
        let year = SchoolYear::starting(first).unwrap();
        let next = first + 1;
        let text = [
            format!("{first}-{next}"), format!("{first} – {next}"), format!("{first}/{next}"), format!("{first}-{:02}", next % 100),
            format!("Năm học {first}- {next}"),
        ];
        prop_assert_eq!(SchoolYear::read(&text[style]), Ok(year));
    }
}
