//! Quotas, the council's count, ties, statistics, and what people type.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use rust_decimal::Decimal;

use super::{
    council::{Ballot, Meeting, Member, Seat, Tally, Vote, tie_hint},
    dossier::{AwardDossier, Facts, Members},
    entry,
    pack::{Choice, Gender, LeaveKind, RulePack, StaffGrade, tests::shipped},
    quota::{QuotaInUse, Rounding, headroom},
    sample::{initiative, past, school, teacher, year},
    statistics::{Given, count},
};

fn pack() -> RulePack {
    shipped().into_iter().find(|pack| pack.code == "award_law_2022_decree_152").unwrap()
}

fn nominated(award: &str, count: i64) -> Vec<AwardDossier> {
    let one = |number| {
        let own = teacher(award);
        let nominee = super::dossier::Nominee { key: format!("person:{award}-{number}"), ..own.nominee.clone() };
        AwardDossier { id: number, nominee, ..own }
    };
    (1..=count).map(one).collect()
}

#[test]
fn the_quota_is_15_per_cent_rounded_down_until_the_office_sets_another() {
    let pack = pack();
    let quota = pack.quota("grassroots_fighter").unwrap();
    let mut dossiers = nominated("advanced_worker", 33);
    dossiers.extend(nominated("grassroots_fighter", 4));
    let told = headroom(quota, QuotaInUse::of(quota), &dossiers);
    assert_eq!((told.base, told.limit, told.used, told.left), (33, 4, 4, 0), "15% of 33 is 4,95");
    dossiers.extend(nominated("grassroots_fighter", 5));
    assert_eq!(headroom(quota, QuotaInUse::of(quota), &dossiers).left, -1, "nominees count once, one too many shows");
    let own = QuotaInUse { percent: Decimal::from(20), rounding: Rounding::Up, is_own: true, typed_base: Some(41) };
    let told = headroom(quota, own, &dossiers);
    assert_eq!((told.limit, told.left, told.base_is_typed), (9, 4, true));
    assert_eq!(Rounding::Nearest.share(10, Decimal::from(15)), 2, "half away from zero");
}

fn meeting(ballot: Ballot, quorum_percent: Option<u8>, pass_percent: Option<u8>) -> Meeting {
    let member = |number, place, is_present| Member {
        number,
        name: format!("Thành viên {number}"),
        post: "Hiệu trưởng".to_owned(),
        place,
        is_present,
    };
    let members = vec![
        member(1, Seat::Chair, true),
        member(2, Seat::Secretary, true),
        member(3, Seat::Member, true),
        member(4, Seat::Member, false),
    ];
    Meeting { members, ballot, quorum_percent, pass_percent, is_closed: false }
}

#[test]
fn quorum_and_share_are_unknown_until_the_office_sets_them() {
    let unset = meeting(Ballot::Open, None, None);
    assert_eq!((unset.quorum().is_met, unset.result(Tally { approving: 3, ..Tally::default() }).is_met), (None, None));
    assert!(unset.quorum().sentence.vi.contains("Có mặt 3/4 thành viên: tỷ lệ tối thiểu chưa được đơn vị đặt"));
    let set = meeting(Ballot::Open, Some(75), Some(80));
    assert_eq!(set.quorum().is_met, Some(true), "3 of 4 is 75%");
    assert_eq!(meeting(Ballot::Open, Some(76), None).quorum().is_met, Some(false));
    assert_eq!(set.result(Tally { approving: 2, opposing: 1, blank: 0 }).is_met, Some(false));
    assert!(set.result(Tally { approving: 3, ..Tally::default() }).sentence.vi.starts_with("3/3 phiếu đồng ý (100,0%"));
}

#[test]
fn a_secret_vote_keeps_no_members_choice() {
    let secret = meeting(Ballot::Secret, None, None);
    assert_eq!(secret.may_vote(1).unwrap_err().reasons[0].code, "secret_vote");
    assert!(secret.may_count(Tally { approving: 2, opposing: 1, blank: 0 }).is_ok());
    let many = Tally { approving: 3, opposing: 1, blank: 0 };
    assert_eq!(secret.may_count(many).unwrap_err().reasons[0].code, "too_many_votes");
    let open = meeting(Ballot::Open, None, None);
    assert!(open.may_vote(1).is_ok());
    assert_eq!(open.may_vote(4).unwrap_err().reasons[0].code, "absent");
    assert_eq!(open.may_vote(9).unwrap_err().reasons[0].code, "unknown_member");
    assert_eq!(open.may_count(Tally::default()).unwrap_err().reasons[0].code, "open_vote");
    assert_eq!(Tally::of([Vote::For, Vote::For, Vote::Blank]), Tally { approving: 2, opposing: 0, blank: 1 });
}

#[test]
fn a_meeting_opens_with_one_chair_and_closes_with_a_conclusion_on_every_nomination() {
    let mut council = meeting(Ballot::Open, Some(80), None);
    assert!(council.may_open().is_ok());
    council.members[1].place = Seat::Chair;
    council.pass_percent = Some(101);
    let codes = |refusal: crate::Refusal| refusal.reasons.into_iter().map(|one| one.code).collect::<Vec<_>>();
    assert_eq!(codes(council.may_open().unwrap_err()), ["chairs", "bad_percent"]);
    let council = meeting(Ballot::Open, Some(80), None);
    let voted = Tally { approving: 3, ..Tally::default() };
    let refusal = council.may_close(&[(1, voted, Some(true)), (2, Tally::default(), None)]).unwrap_err();
    assert_eq!(codes(refusal), ["no_quorum", "no_vote", "no_conclusion"]);
    let council = meeting(Ballot::Open, None, None);
    assert!(council.may_close(&[(1, voted, Some(true))]).is_ok());
    let lines = council.minutes(&[("Nguyễn Thị Thu Hà".to_owned(), voted, true)]);
    assert_eq!(lines[1], "Hội đồng biểu quyết công khai.");
    assert!(lines[2].starts_with("Nguyễn Thị Thu Hà: 3/3 phiếu đồng ý") && lines[2].ends_with("đề nghị khen thưởng."));
    let closed = Meeting { is_closed: true, ..council };
    assert_eq!(codes(closed.may_vote(1).unwrap_err()), ["closed"]);
}

#[test]
fn among_equals_the_hint_is_a_woman_or_a_collective_of_women() {
    let (mut one, mut other) = (teacher("grassroots_fighter"), teacher("grassroots_fighter"));
    other.nominee.name = "Trần Quốc Việt".to_owned();
    (one.facts.gender, other.facts.gender) = (Some(Gender::Female), Some(Gender::Male));
    let hint = tie_hint(&pack(), &other, &one).unwrap();
    assert!(
        hint.vi.contains("Nguyễn Thị Thu Hà") && hint.vi.contains("Điều 4 Nghị định 152/2025/NĐ-CP"),
        "{}",
        hint.vi
    );
    other.facts.gender = Some(Gender::Female);
    assert!(tie_hint(&pack(), &one, &other).is_none());
    let earlier = shipped().into_iter().find(|pack| pack.code.ends_with("98")).unwrap();
    other.facts.gender = None;
    assert!(tie_hint(&earlier, &one, &other).is_none(), "the earlier pack has no such rule");
    let (mut first, second) = (school("excellent_collective"), school("excellent_collective"));
    first.facts.members = Some(Members { total: 10, women: Some(7), ..Members::default() });
    assert!(tie_hint(&pack(), &first, &second).unwrap().vi.contains("70% nữ"));
}

#[test]
fn awards_are_counted_by_title_kind_of_unit_and_gender() {
    let person = |award, gender| Given { award, unit_kind: "school", is_person: true, gender };
    let lines = count(
        &["advanced_worker", "excellent_collective"],
        [
            Given { award: "excellent_collective", unit_kind: "school", is_person: false, gender: None },
            person("advanced_worker", Some(Gender::Female)),
            person("advanced_worker", Some(Gender::Male)),
            person("advanced_worker", None),
            Given { unit_kind: "commune", ..person("advanced_worker", Some(Gender::Female)) },
        ],
    );
    let workers = &lines[0];
    assert_eq!((workers.total, workers.women, workers.men, workers.gender_unknown), (4, 2, 1, 1));
    assert_eq!(
        workers.by_unit_kind.iter().map(|(kind, n)| (kind.as_str(), *n)).collect::<Vec<_>>(),
        [("commune", 1), ("school", 3)]
    );
    assert_eq!((lines[1].award.as_str(), lines[1].collectives), ("excellent_collective", 1));
}

#[test]
fn what_people_type_is_read_and_shown_again() {
    let pack = pack();
    let code = |text: &str| {
        let typed = crate::vietnamese::fold(text);
        pack.awards
            .iter()
            .find(|award| award.code == text || crate::vietnamese::fold(&award.label.vi) == typed)
            .map(|award| award.code.clone())
    };
    let typed: entry::Typed = [
        ("gender", "female"),
        ("grades", "2024-2025 | tốt\n2025-2026 | Hoàn thành xuất sắc nhiệm vụ\n"),
        ("awards", "2024-2025 | Lao động tiên tiến\n2023-2024 | grassroots_fighter | chuyên đề | 12/QĐ-UBND"),
        ("awards_known_from", "2020-2021"),
        ("initiatives", "2025-2026 | Kho học liệu số | cơ sở"),
        ("leaves", "thai sản | 1/10/2024 | 31/3/2025"),
        ("disciplines_known", "yes"),
        ("members_total", ""),
        ("fact_movements", "yes"),
        ("fact_united", ""),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .collect();
    let facts = entry::read(&typed, &code).unwrap();
    assert_eq!(facts.grades[&year("2024-2025")], StaffGrade::Good);
    assert_eq!(facts.awards[1].decision, "12/QĐ-UBND");
    assert_eq!((facts.leaves[0].kind, facts.initiatives.len()), (LeaveKind::Maternity, 1));
    assert_eq!(facts.recorded.len(), 1, "no answer is no fact");
    let name = |code: &str| pack.award(code).unwrap().label.vi.clone();
    assert_eq!(entry::read(&entry::written(&facts, &name), &code).unwrap(), facts);
    let full = Facts {
        awards: vec![past("advanced_worker", "2024-2025")],
        initiatives: vec![initiative("2025-2026", Choice::parse("national").unwrap())],
        members: Some(Members { total: 20, completed: Some(20), advanced: Some(15), women: Some(14) }),
        movement_years: Some(3),
        ..facts
    };
    assert_eq!(entry::read(&entry::written(&full, &name), &code).unwrap(), full);
}

#[test]
fn every_line_that_cannot_be_read_is_told_at_once() {
    let typed: entry::Typed = [
        ("grades", "2024-2026 | tốt\n2025-2026"),
        ("awards", "2024-2025 | Danh hiệu lạ"),
        ("leaves", "thai sản | 31/3/2025 | 1/10/2024"),
        ("members_total", "10"),
        ("members_women", "11"),
        ("movement_years", "ba"),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .collect();
    let refusal = entry::read(&typed, &|_| None).unwrap_err();
    let at: Vec<&str> = refusal.reasons.iter().map(|reason| reason.at.as_str()).collect();
    assert_eq!(at, ["grades", "grades", "awards", "movement_years", "leaves", "members"]);
    assert!(refusal.reasons[0].message.contains("Dòng 1 «2024-2026 | tốt»"), "{}", refusal.reasons[0].message);
}

#[test]
fn attendance_is_set_right_while_a_meeting_sits_and_an_inquorate_one_adjourns_with_its_reason() {
    let code = |refusal: crate::Refusal| refusal.reasons[0].code.clone();
    let council = meeting(Ballot::Secret, Some(80), None);
    assert!(council.may_attend(4, true, false, 0).is_ok());
    assert_eq!(code(council.may_attend(9, true, false, 0).unwrap_err()), "unknown_member");
    assert_eq!(code(council.may_attend(1, false, true, 0).unwrap_err()), "has_voted");
    assert_eq!(code(council.may_attend(1, false, false, 3).unwrap_err()), "too_many_votes");
    assert_eq!(code(council.may_adjourn("  ").unwrap_err()), "reason_needed");
    assert!(council.may_adjourn("Chưa đủ thành viên").is_ok());
    let closed = Meeting { is_closed: true, ..council };
    assert_eq!(code(closed.may_attend(4, true, false, 0).unwrap_err()), "closed");
    assert_eq!(code(closed.may_adjourn("Chưa đủ thành viên").unwrap_err()), "closed");
}
