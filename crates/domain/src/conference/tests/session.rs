//! Opening, breaks, closing, the programme and its drift.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn a_conference_is_opened_once_broken_off_resumed_and_closed_once() {
    let mut hall = Hall::planned();
    assert_eq!(hall.refused(Command::Close), ["not_open"]);
    assert_eq!(hall.refused(Command::Resume), ["not_adjourned"]);
    hall.must(Command::Open);
    assert_eq!(hall.refused(Command::Open), ["already_open"]);
    hall.must(Command::Adjourn("giải lao".to_owned()));
    assert_eq!(hall.refused(Command::Next), ["not_open"]);
    hall.must(Command::Resume);
    hall.must(Command::Next);
    hall.must(Command::Close);
    assert_eq!(hall.state.current_item, None, "the running item ends with the conference");
    assert_eq!(hall.refused(Command::Open), ["closed"]);
    assert_eq!(hall.refused(Command::Close), ["closed"]);
}

#[test]
fn a_quorum_binds_only_where_the_office_set_one() {
    let mut hall = Hall::planned();
    hall.must(Command::Set(Part::Rules(Rules { quorum_percent: Some(50), ..Rules::default() })));
    (1..=5).for_each(|number| drop(hall.check_in(number, &format!("s{number}")).unwrap()));
    assert_eq!(hall.refused(Command::Open), ["no_quorum"]);
    hall.check_in(6, "s6").unwrap();
    hall.must(Command::Open);
}

#[test]
fn the_programme_goes_on_item_by_item_and_may_be_put_in_another_order() {
    let mut hall = Hall::opened(1);
    hall.must(Command::Next);
    assert_eq!(hall.state.current_item, Some(1));
    hall.must(Command::Order(vec![1, 3, 2]));
    assert!(hall.must(Command::Order(vec![1, 3, 2])).is_empty());
    assert_eq!(hall.refused(Command::Order(vec![1, 3])), ["not_the_programme"]);
    assert_eq!(hall.refused(Command::Order(vec![1, 3, 3])), ["not_the_programme"]);
    hall.must(Command::Next);
    assert_eq!(hall.state.current_item, Some(3));
    assert_eq!(hall.refused(Command::SkipItem(2, " ".to_owned())), ["reason_needed"]);
    hall.must(Command::SkipItem(2, "hết giờ".to_owned()));
    hall.must(Command::Next);
    assert_eq!(hall.state.current_item, None, "nothing is left");
    assert_eq!(hall.refused(Command::Next), ["programme_over"]);
}

#[test]
fn a_paper_that_is_not_cleared_is_not_called() {
    let mut hall = Hall::opened(1);
    let paper = ConferencePaper { topic: "Thu hẹp khoảng cách".to_owned(), ..ConferencePaper::default() };
    let id = hall.put(Entry::ConferencePaper(paper.clone()));
    let item = AgendaItem { kind: ItemKind::Paper, paper: Some(id), ..AgendaItem::default() };
    let item = hall.put(Entry::AgendaItem(item));
    assert_eq!(hall.refused(Command::StartItem(item)), ["paper_not_cleared"]);
    let cleared = ConferencePaper { clearance: Clearance::Cleared, used: PaperUse::Read, ..paper };
    hall.must(Command::Put(Some(id), Entry::ConferencePaper(cleared)));
    hall.must(Command::StartItem(item));
}

#[test]
fn times_run_on_from_the_opening_and_overlaps_are_seen() {
    let mut hall = Hall::planned();
    let starts: Vec<_> = hall.state.schedule().iter().map(|slot| slot.starts_at.unwrap().to_string()).collect();
    assert_eq!(starts, ["08:00:00", "08:10:00", "08:50:00"]);
    assert_eq!(hall.state.planned_minutes(), 80);
    let early = AgendaItem { starts_at: "08:30:00".parse().ok(), ..hall.state.records.items.get(3).unwrap().clone() };
    hall.must(Command::Put(Some(3), Entry::AgendaItem(early)));
    let overlaps: Vec<_> = hall.state.schedule().iter().map(|slot| slot.overlaps).collect();
    assert_eq!(overlaps, [false, false, true]);
}

#[test]
fn drift_is_how_late_the_item_began_and_how_far_it_has_outrun_its_length() {
    let mut hall = Hall::planned();
    hall.minute = 15;
    hall.must(Command::Open);
    assert_eq!(hall.state.drift_minutes(hall.now()), None);
    hall.must(Command::Next);
    assert_eq!(hall.state.drift_minutes(hall.now()), Some(15));
    hall.minute = 32;
    assert_eq!(hall.state.drift_minutes(hall.now()), Some(22));
    hall.minute = 10;
    hall.must(Command::Next);
    assert_eq!(hall.state.drift_minutes(hall.now()), Some(0), "the second item begins in time");
}

#[test]
fn a_conference_that_was_held_elsewhere_is_written_down_and_nothing_is_made_up() {
    let mut hall = Hall::planned();
    assert_eq!(hall.refused(Command::RecordAfterwards(" ".to_owned())), ["reason_needed"]);
    hall.must(Command::RecordAfterwards("tin bài ngày 08/09/2017".to_owned()));
    let state = &hall.state;
    assert_eq!((state.phase, state.opened_at, state.closed_at), (Phase::Recorded, None, None));
    assert!(state.phase.is_over() && state.attendance.is_empty() && state.progress.is_empty());
    assert_eq!(state.recording.as_ref().unwrap().basis, "tin bài ngày 08/09/2017");
    assert_eq!(state.over_at().unwrap().to_string(), "2026-08-14T17:00:00Z", "the end of its day in Vietnam");
    assert_eq!(hall.refused(Command::Open), ["recorded"]);
    assert_eq!(hall.refused(Command::Close), ["closed"]);
    assert_eq!(hall.refused(Command::Next), ["not_open"]);
    assert_eq!(hall.refused(Command::RecordAfterwards("báo".to_owned())), ["recorded"]);
    hall.put(Entry::Target(Target { text: "ghi thêm sau".to_owned(), ..Target::default() }));
    assert_eq!(Conference::fold(&hall.log), hall.state);
}

#[test]
fn what_was_run_here_is_closed_and_what_has_no_day_is_not_written_down() {
    let mut hall = Hall::opened(1);
    assert_eq!(hall.refused(Command::RecordAfterwards("báo".to_owned())), ["was_run_here"]);
    let mut hall = Hall::planned();
    let head = Head { held_on: None, ..hall.state.head.clone() };
    hall.must(Command::Set(Part::Head(Box::new(head))));
    assert_eq!(hall.refused(Command::RecordAfterwards("báo".to_owned())), ["no_day"]);
}
