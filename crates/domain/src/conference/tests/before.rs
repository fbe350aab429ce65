//! Before the hall: quotas, answers, clashes of the programme, seats, who reads what, the script.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn of_unit(name: &str, unit: &str, level: Option<Level>) -> Entry {
    let (name, unit_name) = (name.to_owned(), unit.to_owned());
    Entry::Participation(Participation { name, unit_name, level, ..Participation::default() })
}

fn quota(unit: &str, level: Option<Level>, delegate_count: u32) -> Entry {
    Entry::Quota(Quota { unit_name: unit.to_owned(), level, delegate_count, ..Quota::default() })
}

#[test]
fn a_quota_counts_its_level_and_is_not_lowered_below_those_named() {
    let mut hall = Hall::planned();
    let unit = "Trường TH&THCS Sông Xanh";
    let primary = hall.put(quota(unit, Some(Level::Primary), 1));
    let secondary = hall.put(quota(unit, Some(Level::LowerSecondary), 2));
    hall.put(of_unit("Lê Một", unit, Some(Level::Primary)));
    assert_eq!(hall.refused(Command::Put(None, of_unit("Lê Hai", unit, Some(Level::Primary)))), ["over_quota"]);
    assert_eq!(hall.refused(Command::Put(None, of_unit("Lê Ba", unit, None))), ["no_quota_of_level"]);
    hall.put(of_unit("Lê Hai", unit, Some(Level::LowerSecondary)));
    hall.put(of_unit("Lê Ba", unit, Some(Level::LowerSecondary)));
    let lower = Command::Put(Some(secondary), quota(unit, Some(Level::LowerSecondary), 1));
    assert_eq!(hall.refused(lower), ["below_named"]);
    assert_eq!(hall.refused(Command::Put(None, quota(unit, Some(Level::Primary), 4))), ["quota_twice"]);
    let allotments = hall.state.allotments();
    let left: Vec<(Id, u32)> = allotments.iter().map(|of| (of.quota, of.places_left())).collect();
    assert_eq!(left, [(primary, 0), (secondary, 0)]);
}

#[test]
fn a_line_that_keeps_its_place_is_not_asked_again_by_quotas_that_came_later() {
    let mut hall = Hall::planned();
    let unit = "Trường A";
    let line = |name: &str, phone: &str| {
        let Entry::Participation(line) = of_unit(name, unit, None) else { panic!() };
        Entry::Participation(Participation { phone: phone.to_owned(), ..line })
    };
    let lines = ["Lê Một", "Lê Hai"].map(|name| hall.put(line(name, "0912345678")));
    let refusal = hall.try_do(&Command::Put(None, quota(unit, None, 1))).unwrap_err();
    assert_eq!(codes(&refusal), ["below_named"], "two are named already");
    assert!(refusal.to_string().contains("Trường A đã có 2 người"), "{refusal}");
    // By level, which these lines do not say: they stay, and nobody else comes without a level.
    hall.put(quota(unit, Some(Level::Primary), 1));
    hall.put(quota(unit, Some(Level::LowerSecondary), 1));
    assert_eq!(hall.refused(Command::Put(None, line("Lê Ba", ""))), ["no_quota_of_level"]);
    for (id, name) in lines.into_iter().zip(["Lê Một", "Lê Hai"]) {
        hall.must(Command::Put(Some(id), line(name, "0987654321")));
    }
    let primary = |name: &str| of_unit(name, unit, Some(Level::Primary));
    hall.must(Command::Put(Some(lines[0]), primary("Lê Một")));
    assert_eq!(hall.refused(Command::Put(Some(lines[1]), primary("Lê Hai"))), ["over_quota"], "another level is");
}

#[test]
fn every_line_stands_under_the_quota_that_is_its_own() {
    let mut hall = Hall::planned();
    for (unit, level) in [("A", None), ("B", Some(Level::Primary)), ("B", Some(Level::LowerSecondary)), ("C", None)] {
        hall.put(quota(unit, level, 3));
    }
    let people =
        [("A", None), ("B", Some(Level::LowerSecondary)), ("A", Some(Level::Primary)), ("D", None), ("C", None)];
    for (number, (unit, level)) in people.into_iter().enumerate() {
        hall.put(of_unit(&format!("Lê {number}"), unit, level));
    }
    for of in hall.state.allotments() {
        let is_under = |line: &Participation| hall.state.quota_of(line).is_some_and(|(under, _)| under == of.quota);
        let list = hall.state.protocol_list();
        let under: Vec<Id> = list.iter().filter(|(_, line)| is_under(line)).map(|(id, _)| *id).collect();
        assert_eq!(of.named, under);
    }
    assert_eq!(hall.state.allotments().iter().map(|of| of.named.len()).collect::<Vec<_>>(), [2, 0, 1, 1]);
}

#[test]
fn a_substitute_takes_the_place_and_not_the_quota() {
    let mut hall = Hall::planned();
    let unit = "Trường THPT Sông Xanh";
    hall.put(quota(unit, None, 1));
    let invited = hall.put(of_unit("Lê Một", unit, None));
    hall.must(Command::Answer { participation: invited, is_coming: false, note: String::new() });
    assert_eq!(hall.state.allotments()[0].not_coming, 1);
    let stand_in = |name: &str| {
        let Entry::Participation(line) = of_unit(name, unit, None) else { panic!() };
        Command::Put(None, Entry::Participation(Participation { substitute_for: Some(invited), ..line }))
    };
    hall.must(stand_in("Lê Hai"));
    let allotment = &hall.state.allotments()[0];
    assert_eq!((allotment.coming, allotment.not_coming, allotment.named.len()), (1, 0, 1));
    assert_eq!(hall.refused(stand_in("Lê Ba")), ["already_replaced"]);
}

#[test]
fn clashes_of_the_programme_are_named() {
    let mut hall = Hall::default();
    let mai = hall.put(of_unit("Nguyễn Thị Mai", "Trường A", None));
    let item = |kind, start: &str, minutes, presenter| {
        let starts_at = start.parse().ok();
        Entry::AgendaItem(AgendaItem { kind, starts_at, minutes, presenter, ..AgendaItem::default() })
    };
    let report = hall.put(item(ItemKind::Report, "08:00:00", Some(40), Some(mai)));
    let response = hall.put(item(ItemKind::Response, "08:30:00", None, Some(mai)));
    let closing = hall.put(item(ItemKind::Closing, "11:50:00", Some(20), None));
    let head = Head {
        title: "Hội nghị".to_owned(),
        organiser_name: "Phường".to_owned(),
        day_part: Some(DayPart::Morning),
        ..Head::default()
    };
    hall.must(Command::Set(Part::Head(Box::new(head))));
    hall.must(Command::Answer { participation: mai, is_coming: false, note: String::new() });
    let expected = [
        (report, Clash::NotComing),
        (response, Clash::Overlap { other: report }),
        (response, Clash::SamePerson { other: report }),
        (response, Clash::NotComing),
        (response, Clash::NoLength),
        (closing, Clash::NobodyNamed),
        (closing, Clash::PastTheDay),
    ];
    assert_eq!(hall.state.clashes(), expected);
}

#[test]
fn seats_follow_the_blocks_and_nobody_sits_twice() {
    let mut hall = Hall::planned();
    let block = |name: &str, row_count, side| SeatBlock { name: name.to_owned(), row_count, seats_per_row: 4, side };
    let venue =
        |blocks| Entry::Venue(Venue { name: "Hội trường".to_owned(), is_main: true, blocks, ..Venue::default() });
    let blocks = vec![block("A", 1, Some(Side::Guest)), block("B", 2, Some(Side::Delegate)), block("C", 1, None)];
    assert_eq!(
        hall.refused(Command::Put(Some(1), venue(vec![block("", 0, None)]))),
        ["seat_block_name", "seat_block_size"]
    );
    hall.must(Command::Put(Some(1), venue(blocks)));
    hall.must(Command::Answer { participation: 12, is_coming: false, note: String::new() });
    let plan = hall.state.seat_plan(1);
    let seats: Vec<&str> = plan.seated.iter().map(|seated| seated.seat.as_str()).collect();
    // Five guests do not fit into a row of four seats, nor behind three single people: they have no seat.
    assert_eq!(plan.standing, [13]);
    assert_eq!(
        seats,
        ["B1-01", "B1-02", "B1-03", "B1-04", "B2-01", "B2-02", "B2-03", "B2-04", "C1-01", "C1-02", "C1-03"]
    );
    assert!(plan.seated.iter().all(|seated| seated.line != 12), "who does not come needs no seat");
    let units: Vec<&str> = plan
        .seated
        .iter()
        .map(|seated| hall.state.records.participations.get(seated.line).unwrap().unit_name.as_str())
        .collect();
    let mut runs = units.clone();
    runs.dedup();
    assert_eq!(runs.len(), 3, "a unit's people sit side by side: {units:?}");
}

#[test]
fn a_paper_of_the_presidium_is_not_for_everyone() {
    let mut hall = Hall::planned();
    let paper = |title: &str, readers, level| {
        Entry::HandOut(HandOut { title: title.to_owned(), readers, level, ..HandOut::default() })
    };
    hall.put(paper("Báo cáo", Readers::Everyone, None));
    hall.put(paper("Nội bộ", Readers::Presidium, None));
    hall.put(paper("Chỉ tiêu mầm non", Readers::Voters, Some(Level::Preschool)));
    let titles = |hall: &Hall, line| -> Vec<String> {
        hall.state.packet_of(line).into_iter().map(|(_, paper)| paper.title.clone()).collect()
    };
    assert_eq!(titles(&hall, 2), ["Báo cáo", "Chỉ tiêu mầm non"]);
    assert_eq!(titles(&hall, 1), ["Báo cáo"]);
    assert_eq!(titles(&hall, 13), ["Báo cáo"], "a group of guests does not vote");
    let chair =
        Participation { role: ParticipationRole::Chair, ..hall.state.records.participations.get(1).unwrap().clone() };
    hall.must(Command::Put(Some(1), Entry::Participation(chair)));
    assert_eq!(titles(&hall, 1).len(), 3);
}

#[test]
fn the_script_says_who_is_asked_to_speak() {
    let mut hall = Hall::planned();
    let report = AgendaItem { kind: ItemKind::Report, minutes: Some(40), presenter: Some(1), ..AgendaItem::default() };
    hall.must(Command::Put(Some(2), Entry::AgendaItem(report)));
    let recipients = vec![Recipient { name: "Trường A".to_owned(), ..Recipient::default() }];
    hall.put(Entry::Award(Award { award_form: "Bằng khen".to_owned(), recipients, ..Award::default() }));
    hall.put(Entry::AgendaItem(AgendaItem { kind: ItemKind::Introduction, ..AgendaItem::default() }));
    hall.put(Entry::AgendaItem(AgendaItem { kind: ItemKind::Awards, ..AgendaItem::default() }));
    let script = hall.state.script();
    let words: Vec<&str> = script.iter().map(|step| step.words.as_str()).collect();
    assert_eq!(script[0].time, "8h00");
    assert!(
        words.contains(&"Trân trọng kính mời Nguyễn Thị Số 1 trình bày: Báo cáo tổng kết và phương hướng nhiệm vụ."),
        "{words:?}"
    );
    assert!(words.contains(&"Trân trọng giới thiệu: các đồng chí lãnh đạo phòng, ban của phường."), "{words:?}");
    assert!(words.contains(&"Trao Bằng khen. Kính mời lên nhận: Trường A."), "{words:?}");
}

#[test]
fn the_draft_of_the_resolution_holds_targets_with_their_measures() {
    let mut hall = Hall::planned();
    assert!(hall.state.draft_resolution().is_empty(), "nothing is drafted, nothing is invented");
    let general = hall.put(Entry::Target(Target { text: "Giữ vững phổ cập.".to_owned(), ..Target::default() }));
    let text = "100 % trẻ 5 tuổi ra lớp".to_owned();
    hall.put(Entry::Target(Target { text, level: Some(Level::Preschool), ..Target::default() }));
    hall.put(Entry::Measure(Measure { target: Some(general), text: "Rà soát hằng quý".to_owned() }));
    let expected = [
        "Thống nhất đánh giá kết quả thực hiện nhiệm vụ năm học 2025-2026.",
        "Chỉ tiêu năm học 2026-2027: Giữ vững phổ cập.",
        "Giải pháp: Rà soát hằng quý.",
        "Chỉ tiêu năm học 2026-2027 (Mầm non): 100 % trẻ 5 tuổi ra lớp.",
    ];
    assert_eq!(hall.state.draft_resolution(), expected);
}
