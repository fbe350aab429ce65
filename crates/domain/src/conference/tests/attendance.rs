//! Who is here: found by badge, name or line; taken once; counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn by(found_by: FoundBy, client_id: &str) -> Command {
    Command::CheckIn(Arrival { found_by, ..arrival(1, client_id) })
}

#[test]
fn a_delegate_is_found_by_badge_by_name_without_accents_and_by_line() {
    let mut hall = Hall::planned();
    hall.must(by(FoundBy::Badge("hs001".to_owned()), "a"));
    hall.must(by(FoundBy::Name("nguyen thi so 2".to_owned()), "b"));
    hall.must(by(FoundBy::Line(3), "c"));
    assert_eq!(hall.state.count().present, 3);
    assert_eq!(hall.refused(by(FoundBy::Badge("HS999".to_owned()), "d")), ["unknown_badge"]);
    assert_eq!(hall.refused(by(FoundBy::Badge(String::new()), "d")), ["unknown_badge"]);
    assert_eq!(hall.refused(by(FoundBy::Name("Trần Văn Không".to_owned()), "d")), ["unknown_name"]);
    assert_eq!(hall.refused(by(FoundBy::Line(99), "d")), ["unknown_delegate"]);
}

#[test]
fn namesakes_are_listed_with_their_units_for_the_desk_to_choose() {
    let mut hall = Hall::planned();
    let twin = Participation {
        name: "Nguyễn Thị Số 1".to_owned(),
        unit_name: "Trường THCS Bồ Câu".to_owned(),
        ..Participation::default()
    };
    let id = hall.put(Entry::Participation(twin));
    let refusal = hall.try_do(&by(FoundBy::Name("Nguyễn Thị Số 1".to_owned()), "a")).unwrap_err();
    assert_eq!(codes(&refusal), ["several_of_that_name", "several_of_that_name"]);
    assert_eq!(refusal.reasons[1].at, id.to_string());
    assert!(refusal.reasons[1].message.contains("Bồ Câu"), "{refusal}");
}

#[test]
fn the_same_scan_sent_again_changes_nothing_and_another_says_when_and_where_the_first_was() {
    let mut hall = Hall::planned();
    assert_eq!(hall.check_in(1, "scan-1").unwrap().len(), 1);
    assert!(hall.check_in(1, "scan-1").unwrap().is_empty());
    hall.minute = 42;
    let refusal = hall.check_in(1, "scan-2").unwrap_err();
    assert_eq!(codes(&refusal), ["already_here"]);
    assert!(refusal.to_string().contains("8 giờ 00 tại Bàn 1"), "{refusal}");
    assert_eq!(codes(&hall.check_in(2, "scan-1").unwrap_err()), ["scan_reused"]);
    assert_eq!(codes(&hall.check_in(2, "").unwrap_err()), ["scan_number"]);
    assert_eq!(hall.state.count().present, 1);
}

#[test]
fn who_left_may_come_back_and_who_never_came_cannot_leave() {
    let mut hall = Hall::planned();
    assert_eq!(hall.refused(Command::Leave(1)), ["not_here"]);
    hall.check_in(1, "a").unwrap();
    hall.must(Command::Leave(1));
    assert_eq!(hall.state.count().present, 0);
    assert_eq!(hall.refused(Command::Leave(1)), ["not_here"]);
    hall.check_in(1, "b").unwrap();
    assert_eq!(hall.state.count().present, 1);
}

#[test]
fn a_group_is_counted_and_may_be_counted_again() {
    let mut hall = Hall::planned();
    let group = |heads, client: &str| Command::CheckIn(Arrival { heads, ..arrival(13, client) });
    assert_eq!(hall.refused(group(Some(0), "a")), ["head_count"]);
    hall.must(group(None, "a"));
    assert_eq!(hall.state.heads_here(13), 5);
    hall.must(group(Some(7), "b"));
    assert_eq!(hall.state.heads_here(13), 7);
    assert_eq!(hall.refused(group(Some(7), "c")), ["already_here"]);
}

#[test]
fn a_substitute_takes_the_units_place_and_not_the_persons_badge() {
    let mut hall = Hall::planned();
    let stead = |client: &str, name: &str| Command::Substitute {
        client_id: client.to_owned(),
        stead: 1,
        name: name.to_owned(),
        posts: Vec::new(),
        desk: "Bàn 1".to_owned(),
    };
    assert_eq!(hall.refused(stead("a", " ")), ["no_name"]);
    hall.must(stead("a", "Trần Thị Thay"));
    let (id, line) = hall.state.records.participations.iter().last().unwrap();
    assert_eq!((line.unit_name.as_str(), line.badge.as_str()), ("Trường Tiểu học Hoa Sữa", ""));
    assert_eq!(hall.state.heads_here(id), 1);
    assert_eq!(hall.state.count().expected, 12 + 5, "the absent one is no longer expected");
    assert!(hall.must(stead("a", "Trần Thị Thay")).is_empty());
    assert_eq!(hall.refused(stead("b", "Lê Văn Nữa")), ["already_substituted"]);
}

#[test]
fn presence_is_counted_by_unit_level_and_venue() {
    let mut hall = Hall::planned();
    for number in 1..=4 {
        let at_venue = Arrival { venue: Some(1), ..arrival(number, &format!("s{number}")) };
        hall.must(Command::CheckIn(at_venue));
    }
    let units = hall.state.count_by_unit();
    let here = |name: &str| units.iter().find(|unit| unit.of == name).unwrap().count.present;
    assert_eq!((here("Trường Tiểu học Hoa Sữa"), here("Trường Mầm non Nắng Mai")), (2, 1));
    assert_eq!(units.last().unwrap().of, "", "those without a unit stand last");
    let levels = hall.state.count_by_level();
    assert_eq!(levels[0].of, Some(Level::Preschool));
    assert_eq!(levels.iter().map(|level| level.count.present).sum::<u32>(), 4);
    assert_eq!(hall.state.count_by_venue()[0].count.present, 4);
    assert_eq!(hall.refused(Command::CheckIn(Arrival { venue: Some(9), ..arrival(9, "x") })), ["unknown_venue"]);
}

#[test]
fn after_the_closing_only_what_a_desk_took_before_it_is_still_accepted() {
    let mut hall = Hall::opened(1);
    hall.minute = 120;
    hall.must(Command::Close);
    assert_eq!(codes(&hall.check_in(2, "late").unwrap_err()), ["closed"]);
    let before = "2026-08-14T01:30:00Z".parse().ok();
    hall.must(Command::CheckIn(Arrival { scanned_at: before, ..arrival(2, "offline-2") }));
    assert_eq!(hall.state.count().present, 2);
}

#[test]
fn a_guest_may_change_the_answer() {
    let mut hall = Hall::planned();
    let answer = |is_coming| Command::Answer { participation: 1, is_coming, note: String::new() };
    hall.must(answer(true));
    assert!(hall.must(answer(true)).is_empty());
    hall.must(answer(false));
    assert!(!hall.state.answers[&1].is_coming);
}

#[test]
fn nobody_comes_to_a_conference_that_was_written_down_afterwards() {
    let mut hall = Hall::planned();
    hall.must(Command::RecordAfterwards("biên bản giấy".to_owned()));
    assert_eq!(codes(&hall.check_in(1, "a").unwrap_err()), ["recorded"]);
    assert_eq!(hall.refused(Command::ReturnPlace(arrival(1, "b"))), ["recorded"]);
    assert_eq!(hall.state.count().present, 0);
}
