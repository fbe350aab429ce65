//! One dossier under each of two packs, and every kind of condition with what is known and what is not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::awards::{
    dossier::{AwardHold, Discipline, Leave, Members, PostTerm},
    pack::{
        self, DisciplineLevel, Gender, Grantor, GrantorRow, InitiativeLevel, LeaveKind, Occasion, StaffGrade,
        tests::shipped,
    },
    sample::{graded, initiative, past, school, teacher, year},
};

fn named(code: &str) -> RulePack {
    shipped().into_iter().find(|pack| pack.code == code).unwrap()
}

fn decree_98() -> RulePack {
    named("award_law_2022_decree_98")
}

fn decree_152() -> RulePack {
    named("award_law_2022_decree_152")
}

fn clause<'a>(judgement: &'a Judgement, code: &str) -> &'a ClauseAnswer {
    judgement.clauses.iter().find(|clause| clause.code == code).unwrap_or_else(|| panic!("no clause {code}"))
}

fn ok(pack: &RulePack, dossier: &AwardDossier, code: &str) -> Option<bool> {
    clause(&check(pack, dossier, &[]), code).verdict.ok()
}

/// Excellent work, an advanced worker, and surely no initiative.
fn fighter() -> AwardDossier {
    let mut dossier = teacher("grassroots_fighter");
    graded(&mut dossier.facts, &[("2025-2026", StaffGrade::Excellent)]);
    dossier.facts.awards = vec![past("advanced_worker", "2025-2026")];
    dossier.facts.initiatives_are_known = true;
    dossier
}

#[test]
fn one_dossier_accepted_before_and_after_the_or_became_an_and_gets_two_right_answers() {
    let packs = shipped();
    let on = |text: &str| pack::on(&packs, text.parse().unwrap()).unwrap();
    let (before, after) = (check(on("2026-09-30"), &fighter(), &[]), check(on("2026-10-01"), &fighter(), &[]));

    let either = clause(&before, "excellent_or_initiative");
    assert_eq!((either.verdict, either.article.as_str()), (Verdict::Passed, "Điều 23 Luật 06/2022/QH15"));
    assert_eq!(either.source.confidence, Confidence::Confirmed);
    assert_eq!(
        either.why.vi,
        "Đạt: cần một trong 2 điều kiện; Hoàn thành xuất sắc nhiệm vụ: đạt; Có sáng kiến được công nhận: không đạt."
    );
    assert!(!before.only_advises);

    let both = clause(&after, "excellent_and_initiative");
    assert_eq!((both.verdict, both.article.as_str()), (Verdict::NotPassed, ""));
    assert_eq!(both.source.confidence, Confidence::SecondHand, "the text of the amendment was not read");
    assert_eq!(both.parts.iter().map(|part| part.verdict.ok()).collect::<Vec<_>>(), [Some(true), Some(false)]);
    assert_eq!(both.parts[1].code, "excellent_and_initiative.initiative");
    assert!(after.only_advises);

    let mut with_both = fighter();
    with_both.facts.initiatives.push(initiative("2025-2026", InitiativeLevel::Grassroots));
    assert_eq!(ok(on("2026-10-01"), &with_both, "excellent_and_initiative"), Some(true));
}

#[test]
fn a_year_of_maternity_leave_is_no_gap_where_the_pack_says_so_and_unknown_where_it_is_silent() {
    let mut dossier = teacher("merit_certificate");
    graded(&mut dossier.facts, &[("2023-2024", StaffGrade::Excellent), ("2025-2026", StaffGrade::Excellent)]);
    assert_eq!(ok(&decree_152(), &dossier, "excellent_years"), None, "a year without a grade is unknown");
    graded(&mut dossier.facts, &[("2024-2025", StaffGrade::Completed)]);
    assert_eq!(ok(&decree_152(), &dossier, "excellent_years"), Some(false));
    let (from, to) = ("2024-10-01".parse().unwrap(), "2025-03-31".parse().unwrap());
    dossier.facts.leaves = vec![Leave { kind: LeaveKind::Maternity, from, to }];
    let judged = check(&decree_152(), &dossier, &[]);
    let years = clause(&judged, "excellent_years");
    assert_eq!(years.verdict, Verdict::Passed);
    assert!(years.found.vi.contains("2024-2025 nghỉ thai sản tính là thời gian làm việc"), "{}", years.found.vi);
    let earlier = check(&decree_98(), &dossier, &[]);
    let years = clause(&earlier, "excellent_years");
    assert_eq!(years.verdict, Verdict::CannotTell, "the text of the earlier decree was not entered");
    assert!(years.found.vi.contains("không ghi có tính hay không"), "{}", years.found.vi);
    dossier.facts.leaves[0].kind = LeaveKind::Sick;
    assert_eq!(ok(&decree_152(), &dossier, "excellent_years"), Some(false), "other leaves are gaps");
}

#[test]
fn years_on_which_two_sources_disagree_cannot_be_told_between_them() {
    let pack = decree_152();
    let mut dossier = teacher("provincial_fighter");
    dossier.grantor = Some(Grantor::ProvinceChair);
    let titles = |years: &[&str]| years.iter().map(|text| past("grassroots_fighter", text)).collect::<Vec<_>>();
    dossier.facts.awards_known_from = Some(year("2018-2019"));
    for (years, expected) in [
        (&["2023-2024", "2024-2025", "2025-2026"][..], Some(true)),
        (&["2022-2023", "2023-2024", "2024-2025"], Some(true)),
        (&["2024-2025", "2025-2026"], None),
        (&["2025-2026"], Some(false)),
        (&["2021-2022", "2022-2023", "2023-2024"], Some(false)),
        (&["2022-2023", "2023-2024", "2025-2026"], Some(false)),
    ] {
        dossier.facts.awards = titles(years);
        assert_eq!(ok(&pack, &dossier, "fighter_years"), expected, "{years:?}");
    }
    dossier.facts.awards_known_from = None;
    assert_eq!(ok(&pack, &dossier, "fighter_years"), None, "the list may have gaps");
    let told = check(&pack, &dossier, &[]);
    assert_eq!(clause(&told, "fighter_years").source.confidence, Confidence::SecondHand);
}

#[test]
fn thematic_and_unexpected_awards_are_no_base_upward_where_the_pack_says_so() {
    let mut dossier = fighter();
    dossier.facts.awards[0].occasion = Occasion::Thematic;
    let judged = check(&decree_152(), &dossier, &[]);
    let base = clause(&judged, "advanced_worker");
    assert_eq!(base.verdict, Verdict::NotPassed);
    assert!(base.found.vi.contains("không làm căn cứ"), "{}", base.found.vi);
    dossier.facts.awards.push(past("advanced_worker", "2025-2026"));
    assert_eq!(ok(&decree_152(), &dossier, "advanced_worker"), Some(true));
}

#[test]
fn a_title_that_is_nominated_beside_is_awaited_not_denied() {
    let mut dossier = fighter();
    dossier.facts.awards.clear();
    dossier.facts.awards_known_from = Some(year("2020-2021"));
    assert_eq!(ok(&decree_152(), &dossier, "advanced_worker"), Some(false));
    let other = AwardDossier { id: 7, award: "advanced_worker".to_owned(), ..teacher("advanced_worker") };
    let judged = check(&decree_152(), &dossier, &[other]);
    let awaited = clause(&judged, "advanced_worker");
    assert_eq!(awaited.verdict, Verdict::CannotTell);
    assert!(awaited.found.vi.contains("hồ sơ 7"), "{}", awaited.found.vi);
}

#[test]
fn achievements_count_from_the_end_of_a_discipline() {
    let mut dossier = teacher("merit_certificate");
    graded(&mut dossier.facts, &[("2024-2025", StaffGrade::Excellent), ("2025-2026", StaffGrade::Excellent)]);
    assert_eq!(ok(&decree_152(), &dossier, "excellent_years"), Some(true));
    let from = "2024-11-01".parse().unwrap();
    let discipline = |to: &str| vec![Discipline { level: DisciplineLevel::Reprimand, from, to: to.parse().ok() }];
    dossier.facts.disciplines = discipline("2025-06-30");
    assert_eq!(ok(&decree_152(), &dossier, "excellent_years"), Some(true), "it ended within the year");
    dossier.facts.disciplines = discipline("2025-10-31");
    assert_eq!(ok(&decree_152(), &dossier, "excellent_years"), Some(false));
    assert_eq!(ok(&decree_98(), &dossier, "excellent_years"), None, "the earlier pack is silent");
}

#[test]
fn a_collective_needs_its_shares_exactly() {
    let pack = decree_152();
    let mut dossier = school("excellent_collective");
    assert_eq!(ok(&pack, &dossier, "advanced_share"), None, "the members are not counted");
    for (total, advanced, expected) in [(10, 7, true), (10, 6, false), (33, 23, false), (33, 24, true)] {
        dossier.facts.members = Some(Members { total, completed: Some(total), advanced: Some(advanced), women: None });
        assert_eq!(ok(&pack, &dossier, "advanced_share"), Some(expected), "{advanced}/{total}");
        assert_eq!(ok(&pack, &dossier, "all_completed"), Some(true));
    }
    assert_eq!(ok(&pack, &dossier, "no_warning"), None, "nobody has confirmed it");
    dossier.facts.disciplines_are_known = true;
    assert_eq!(ok(&pack, &dossier, "no_warning"), Some(true));
    let of = |level| Discipline { level, from: "2025-12-01".parse().unwrap(), to: None };
    dossier.facts.disciplines = vec![of(DisciplineLevel::Reprimand)];
    assert_eq!(ok(&pack, &dossier, "no_warning"), Some(true), "a reprimand is below a warning");
    dossier.facts.disciplines.push(of(DisciplineLevel::Removal));
    assert_eq!(ok(&pack, &dossier, "no_warning"), Some(false));
    assert_eq!(ok(&pack, &teacher("excellent_collective"), "recipient"), Some(false));
}

#[test]
fn judgement_is_left_to_people_and_a_frame_tells_nothing() {
    let dossier = teacher("commendation_certificate");
    assert_eq!(ok(&decree_152(), &dossier, "achievement"), None);
    let frame = check(&named("award_law_2003"), &dossier, &[]);
    assert_eq!(frame.clauses.len(), 1);
    assert_eq!((frame.clauses[0].verdict, frame.only_advises), (Verdict::CannotTell, true));
    let mut flag = school("government_flag");
    flag.facts.movement_years = Some(5);
    assert_eq!(ok(&decree_152(), &flag, "route"), Some(true), "the other way is enough");
    flag.facts.movement_years = Some(4);
    assert_eq!(ok(&decree_152(), &flag, "route"), None);
    flag.facts.recorded.insert("beyond_targets".to_owned(), false);
    assert_eq!(ok(&decree_152(), &flag, "route"), Some(false));
}

#[test]
fn who_may_grant_is_told_by_the_text_and_by_the_matrix_once_it_is_filled() {
    let mut pack = decree_152();
    let mut dossier = fighter();
    dossier.grantor = Some(Grantor::CommuneChair);
    assert_eq!(ok(&pack, &dossier, "grantor"), Some(false), "not the commune's chair in the text of 2022");
    dossier.grantor = Some(Grantor::UnitHead);
    let judged = check(&pack, &dossier, &[]);
    let by = clause(&judged, "grantor");
    assert_eq!(by.verdict, Verdict::CannotTell);
    assert!(by.found.vi.contains("ma trận thẩm quyền") && by.article.contains("Điều 80"), "{by:?}");
    pack.grantors = vec![GrantorRow {
        award: "grassroots_fighter".to_owned(),
        unit_kind: "school".to_owned(),
        grantor: Grantor::UnitHead,
        source: pack.source.clone(),
    }];
    assert_eq!(ok(&pack, &dossier, "grantor"), Some(true));
    dossier.grantor = None;
    assert_eq!(ok(&pack, &dossier, "grantor"), None);
    dossier.award = "advanced_worker".to_owned();
    dossier.grantor = Some(Grantor::CommuneChair);
    assert_eq!(ok(&pack, &dossier, "grantor"), Some(true));
}

#[test]
fn a_hold_stops_sending_and_not_drafting() {
    let mut dossier = fighter();
    assert!(dossier.may_be_sent().is_ok());
    let since = "2026-05-04".parse().unwrap();
    dossier.holds =
        vec![AwardHold { since, reason: "Đang giải quyết đơn tố cáo".to_owned(), released_on: None }];
    let refusal = dossier.may_be_sent().unwrap_err();
    assert_eq!(refusal.reasons[0].code, "on_hold");
    assert!(refusal.reasons[0].message.contains("04/5/2026") || refusal.reasons[0].message.contains("04/05/2026"));
    let judged = check(&decree_152(), &dossier, &[]);
    assert_eq!(clause(&judged, "hold").article, "Điều 4 Nghị định 152/2025/NĐ-CP");
    assert_eq!(clause(&judged, "hold").verdict, Verdict::NotPassed);
    assert_eq!(clause(&judged, "excellent_or_initiative").verdict, Verdict::Passed, "the rest is judged all the same");
    dossier.holds[0].released_on = Some("2026-06-01".parse().unwrap());
    assert!(dossier.may_be_sent().is_ok());
    dossier.achievement = "  ".to_owned();
    dossier.accepted_on = Some(since);
    let codes: Vec<String> = dossier.may_be_sent().unwrap_err().reasons.into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["already_sent", "no_achievement"], "every reason at once");
}

#[test]
fn the_same_achievement_is_seen_when_it_is_nominated_twice() {
    let dossier = fighter();
    let twin = AwardDossier { id: 5, award: "merit_certificate".to_owned(), ..fighter() };
    let judged = check(&decree_152(), &dossier, std::slice::from_ref(&twin));
    assert_eq!(clause(&judged, "one_achievement").verdict, Verdict::NotPassed);
    assert!(clause(&judged, "one_achievement").found.vi.contains("hồ sơ 5"));
    let other = AwardDossier { achievement: "Dạy giỏi".to_owned(), ..twin };
    assert_eq!(clause(&check(&decree_152(), &dossier, &[other]), "one_achievement").verdict, Verdict::Passed);
}

#[test]
fn women_leaders_need_a_third_less_time_in_post() {
    let pack = decree_152();
    let mut dossier = teacher("advanced_worker");
    let term =
        |from: &str, leads| PostTerm {
            post: "Hiệu trưởng".to_owned(), from: from.parse().unwrap(), to: None, leads
        };
    dossier.facts.terms = vec![term("2016-08-01", true), term("2006-08-01", false)];
    let months = |dossier: &AwardDossier| facts::in_post(&pack, dossier, 180).verdict;
    assert_eq!(months(&dossier), Verdict::NotPassed, "120 of 180 months");
    dossier.facts.gender = Some(Gender::Female);
    assert_eq!(months(&dossier), Verdict::Passed, "120 of 120 months");
    dossier.facts.terms.clear();
    assert_eq!(months(&dossier), Verdict::CannotTell);
}

#[test]
fn a_title_won_often_enough_is_left_to_people_to_see_in_succession() {
    let pack = decree_152();
    let mut dossier = teacher("national_fighter");
    dossier.facts.awards = vec![past("provincial_fighter", "2021-2022")];
    assert_eq!(ok(&pack, &dossier, "twice_provincial"), None, "the list may have gaps");
    dossier.facts.awards_known_from = Some(year("2015-2016"));
    assert_eq!(ok(&pack, &dossier, "twice_provincial"), Some(false));
    dossier.facts.awards.push(past("provincial_fighter", "2024-2025"));
    assert_eq!(ok(&pack, &dossier, "twice_provincial"), None);
}
