//! The whole road, every refusal with its reasons, and that nothing said is ever lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::{
    Refusal,
    evaluation::{
        Points,
        criteria::{CriteriaSet, tests::shipped},
        score::Mark,
    },
    organisation::{Unit, UnitKind, Validity},
};

const SCHOOL: &str = "90000001";
/// A line judged from evidence, 5 points.
const LESSONS: &str = "lessons_with_it";

/// A round of the ICT sheet with deadlines a week apart.
struct Round {
    set: CriteriaSet,
    deadlines: Deadlines,
    unit: Unit,
    road: UnitRoad,
    today: Date,
    limit: Points,
}

fn person(name: &str, unit: &str) -> Person {
    Person { name: name.to_owned(), units: vec![unit.to_owned()] }
}

fn codes(refusal: &Refusal) -> Vec<&str> {
    refusal.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn entry(line: &str, points: i64, comment: &str) -> Entry {
    let claim = Some(Claim::Value(Decimal::from(points)));
    Entry { line: line.to_owned(), claim, comment: comment.to_owned(), evidence: Vec::new() }
}

fn word(line: &str, comment: &str) -> Entry {
    Entry { line: line.to_owned(), comment: comment.to_owned(), ..Entry::default() }
}

impl Round {
    fn new() -> Self {
        static SHEET: LazyLock<CriteriaSet> =
            LazyLock::new(|| shipped().into_iter().find(|set| set.code == "cntt-truong-hoc").unwrap());
        let set = SHEET.clone();
        let days = [5, 8, 12, 16, 20, 24, 26, 30].map(|day| date(2024, 6, day));
        Self {
            set,
            deadlines: Deadlines(Stage::ALL.into_iter().zip(days).collect()),
            unit: Unit::new(SCHOOL, UnitKind::School, "Trường THCS Bồ Câu", Validity::ALWAYS),
            road: UnitRoad::begin(SCHOOL),
            today: date(2024, 6, 3),
            limit: Points::whole(1),
        }
    }

    fn at<T>(&self, person: &Person, act: impl Fn(&Desk<'_>) -> T) -> T {
        act(&Desk {
            set: &self.set,
            deadlines: &self.deadlines,
            limit: self.limit,
            today: self.today,
            person,
            unit: Some(&self.unit),
            road: &self.road,
        })
    }

    fn take(&mut self, person: &Person, act: impl Fn(&Desk<'_>) -> Result<Step, Refusal>) {
        let step = self.at(person, act).unwrap_or_else(|refusal| panic!("{refusal}"));
        self.road = self.road.after(&step, &person.name, &person.units[0], "2024-06-03T02:00:00Z");
    }

    fn refused(&self, person: &Person, act: impl Fn(&Desk<'_>) -> Result<Step, Refusal>) -> Refusal {
        self.at(person, act).unwrap_err()
    }

    /// The same points for every judged line, in each line's own terms.
    fn all(&self, points: i64) -> Vec<Entry> {
        let judged = lines(&self.set).into_iter().filter(Line::is_owed).map(|line| line.code.to_owned());
        let full = |line: &str| match line {
            "electronic_records" | "portal_in_system" => 1,
            _ => points,
        };
        let fits =
            |entry: &Entry| self.at(&officer(), |desk| desk.review(Stage::Review, None, std::slice::from_ref(entry)));
        let of = |line: String| {
            let entry = self::entry(&line, full(&line), "");
            let is_out_of_order = |refusal: &Refusal| codes(refusal).iter().all(|code| *code == "out_of_order");
            match fits(&entry) {
                Err(refusal) if !is_out_of_order(&refusal) => self::entry(&line, 1, ""),
                _ => entry,
            }
        };
        judged.map(of).collect()
    }

    fn computed(&self) -> Vec<Computed> {
        let computed = lines(&self.set).into_iter().filter(Line::is_computed);
        let of = |line: Line<'_>| Computed {
            line: line.code.to_owned(),
            claim: Claim::Computed(Mark::Scored(line.max)),
            why: "Đạt 100%.".to_owned(),
        };
        computed.map(of).collect()
    }

    /// Taken to the end of the first review, in which the reviewer gives two points less for the lessons.
    fn reviewed() -> Self {
        let mut round = Self::new();
        let (entries, computed) = (round.all(3), round.computed());
        round.take(&principal(), |desk| desk.self_score(&entries));
        round.take(&principal(), |desk| desk.submit_self_score(&computed));
        round.today = date(2024, 6, 10);
        let mut reviews = entries;
        reviews.iter_mut().find(|entry| entry.line == LESSONS).unwrap().claim = Some(Claim::Value(Decimal::ONE));
        round.take(&officer(), |desk| desk.review(Stage::Review, None, &reviews));
        round.take(&officer(), |desk| desk.finish_review());
        round
    }
}

fn principal() -> Person {
    person("hieu-truong", SCHOOL)
}

fn officer() -> Person {
    person("chuyen-vien", "N00145")
}

#[test]
fn a_score_goes_the_whole_road_and_the_last_word_counts() {
    let mut round = Round::reviewed();
    assert_eq!(round.road.state, RoadState::Reviewed);
    let found = round.at(&officer(), |desk| desk.differences());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].line.as_str(), found[0].points, found[0].is_beyond), (LESSONS, Some(Points::whole(2)), true));
    round.today = date(2024, 6, 14);
    round.take(&principal(), |desk| desk.explain(&[word(LESSONS, "Đã bổ sung sổ theo dõi.")]));
    round.today = date(2024, 6, 18);
    round.take(&officer(), |desk| desk.second_review(&[entry(LESSONS, 2, "Sổ đủ một học kỳ.")]));
    let computed = round.computed();
    round.take(&officer(), |desk| desk.finalise(&[], &computed));
    assert_eq!(round.road.state, RoadState::Finalised);
    let counting = round.road.counting(LESSONS).unwrap();
    assert_eq!((counting.what.stage, &counting.what.claim), (Stage::Finalisation, &Some(Claim::Value(Decimal::TWO))));
    assert_eq!(counting.what.comment, "Đồng ý với lý do đã nêu: «Sổ đủ một học kỳ.»");
    let history: Vec<Stage> = round
        .road
        .records
        .iter()
        .filter(|record| record.what.line == LESSONS)
        .map(|record| record.what.stage)
        .collect();
    let stages = [Stage::SelfScore, Stage::Review, Stage::Explanation, Stage::SecondReview, Stage::Finalisation];
    assert_eq!(history, stages);
    for line in lines(&round.set).iter().filter(|line| line.is_owed() || line.is_computed()) {
        let stage = round.road.counting(line.code).map(|record| record.what.stage);
        assert_eq!(stage, Some(Stage::Finalisation), "{}", line.code);
    }
}

#[test]
fn every_fault_of_every_entry_is_told_at_once() {
    let round = Round::new();
    let entries = [
        entry(LESSONS, 6, ""),
        entry("online_tests", -1, ""),
        entry("staff_use_it", 5, ""),
        entry("electronic_records", 3, ""),
        entry("khong-co", 1, ""),
        Entry { line: "online_teaching".to_owned(), claim: Some(Claim::NotApplicable), ..Entry::default() },
        entry("training_2018", 1, ""),
        entry("training_2018", 2, ""),
        Entry { claim: Some(Claim::Value(Decimal::new(1234, 3))), ..entry("management_software", 0, "") },
    ];
    let refusal = round.refused(&principal(), |desk| desk.self_score(&entries));
    let expected = [
        "over_maximum",
        "below_zero",
        "computed_item",
        "not_yes_no",
        "unknown_item",
        "reason_needed",
        "item_twice",
        "too_many_decimals",
    ];
    assert_eq!(codes(&refusal), expected);
    assert!(refusal.reasons[0].message.contains("6 điểm cao hơn điểm tối đa 5"), "{refusal}");
}

#[test]
fn steps_are_taken_in_order_and_in_time() {
    let mut round = Round::new();
    let early = round.refused(&officer(), |desk| desk.review(Stage::Review, None, &[]));
    assert_eq!(codes(&early), ["out_of_order"]);
    let owed = round.refused(&principal(), |desk| desk.submit_self_score(&[]));
    assert!(owed.reasons.len() > 10 && codes(&owed).iter().all(|code| *code == "missing_item"), "{owed}");
    round.today = date(2024, 6, 6);
    let late = round.refused(&principal(), |desk| desk.self_score(&[]));
    assert_eq!(codes(&late), ["after_deadline"]);
    assert!(late.reasons[0].message.contains("05/6/2024") || late.reasons[0].message.contains("05/06/2024"), "{late}");
    // A unit that let its day pass is reviewed without its own points.
    let entries = round.all(3);
    round.take(&officer(), |desk| desk.review(Stage::Review, None, &entries));
    round.take(&officer(), |desk| desk.finish_review());
    assert_eq!(codes(&round.refused(&principal(), |desk| desk.self_score(&[]))), ["out_of_order", "after_deadline"]);
    round.take(&officer(), |desk| desk.finalise(&[], &[]));
    assert_eq!(round.road.state, RoadState::Finalised, "nothing differs, so nothing is explained");
    let wrong = Deadlines(BTreeMap::from([(Stage::SelfScore, date(2024, 6, 9)), (Stage::Review, date(2024, 6, 8))]));
    assert_eq!(wrong.faults().len(), 1);
}

#[test]
fn nobody_judges_the_own_unit_or_lines_given_to_others() {
    let mut round = Round::new();
    let (entries, computed) = (round.all(3), round.computed());
    round.take(&principal(), |desk| desk.self_score(&entries));
    round.take(&principal(), |desk| desk.submit_self_score(&computed));
    let own = round.refused(&principal(), |desk| desk.review(Stage::CrossCheck, None, &entries));
    assert_eq!(codes(&own), ["own_unit"]);
    let peer = person("truong-ban", "90000002");
    let theirs = vec![LESSONS.to_owned()];
    let others = [entry(LESSONS, 4, ""), entry("online_tests", 2, "")];
    let refusal = round.refused(&peer, |desk| desk.review(Stage::CrossCheck, Some(&theirs), &others));
    assert_eq!(codes(&refusal), ["not_assigned"]);
    round.take(&peer, |desk| desk.review(Stage::CrossCheck, Some(&theirs), &others[..1]));
    round.take(&officer(), |desk| desk.review(Stage::Review, None, &entries));
    let second = person("chuyen-vien-so", "N00001");
    round.take(&second, |desk| desk.review(Stage::Review, None, &[entry(LESSONS, 5, "")]));
    let found = round.at(&officer(), |desk| desk.differences());
    let between: Vec<_> = found.iter().filter(|one| one.stage == one.against_stage).collect();
    assert_eq!(between.len(), 1, "two offices of one stage differ: {found:?}");
    assert_eq!(between[0].points, Some(Points::whole(2)));
    assert_eq!(round.road.counting(LESSONS).unwrap().by, "chuyen-vien-so", "the latest of the last stage counts");
}

#[test]
fn only_differences_are_explained_and_each_beyond_the_limit_is() {
    let mut round = Round::reviewed();
    round.today = date(2024, 6, 14);
    let refusal = round.refused(&principal(), |desk| desk.explain(&[word("online_tests", "Đủ hồ sơ.")]));
    assert_eq!(codes(&refusal), ["no_difference", "unexplained"]);
    let empty = round.refused(&principal(), |desk| desk.explain(&[word(LESSONS, " ")]));
    assert_eq!(codes(&empty), ["reason_needed"]);
    let early = round.refused(&officer(), |desk| desk.second_review(&[]));
    assert_eq!(codes(&early), ["out_of_order"], "the unit may still explain");
    round.today = date(2024, 6, 17);
    round.take(&officer(), |desk| desk.second_review(&[]));
    assert_eq!(round.road.state, RoadState::ReviewedAgain, "the office waited in vain");
}

#[test]
fn a_unit_that_is_gone_takes_no_step_but_can_be_left_out() {
    let mut round = Round::new();
    round.unit.validity = Validity { from: None, to: Some(date(2024, 5, 31)) };
    let refusal = round.refused(&principal(), |desk| desk.self_score(&[]));
    assert_eq!(codes(&refusal), ["unit_gone"]);
    assert!(refusal.reasons[0].message.contains("Trường THCS Bồ Câu đã ngừng hoạt động"), "{refusal}");
    let deleted = Desk {
        set: &round.set,
        deadlines: &round.deadlines,
        limit: round.limit,
        today: round.today,
        person: &officer(),
        unit: None,
        road: &round.road,
    };
    assert_eq!(codes(&deleted.self_score(&[]).unwrap_err()), ["unit_gone"]);
    assert_eq!(codes(&deleted.leave_out(" ").unwrap_err()), ["reason_needed"]);
    assert_eq!(deleted.leave_out("Trường đã sáp nhập").unwrap().next, RoadState::LeftOut);
}

#[test]
fn a_council_needs_a_quorum_and_sees_every_sitting_before_it() {
    let mut round = Round::reviewed();
    round.today = date(2024, 6, 18);
    round.take(&officer(), |desk| desk.second_review(&[]));
    round.take(&officer(), |desk| desk.finalise(&[], &[]));
    let rules = CouncilRules { quorum_percent: 67, agree_percent: 50 };
    let vote = |agree, against| Vote { unit: SCHOOL.to_owned(), agree, against, grade: None, reason: String::new() };
    let sitting = |present, votes| Sitting { held_on: date(2024, 6, 25), members: 9, present, seen: 0, votes };
    let roads = [round.road.clone()];
    let today = date(2024, 6, 26);
    let decide = |sitting: Sitting, recorded| sitting.decide(&round.set, rules, &roads, recorded, today);
    assert_eq!(codes(&decide(sitting(7, vec![vote(7, 0)]), 1).unwrap_err()), ["another_council"]);
    let faulty = sitting(5, vec![Vote { grade: Some("good".to_owned()), ..vote(5, 3) }]);
    assert_eq!(codes(&decide(faulty, 0).unwrap_err()), ["no_quorum", "too_many_votes", "reason_needed"]);
    assert_eq!(decide(sitting(7, vec![vote(4, 3)]), 0).unwrap()[0].next, RoadState::Decided);
    assert_eq!(decide(sitting(7, vec![vote(3, 4)]), 0).unwrap()[0].next, RoadState::ReviewedAgain);
    let other = sitting(7, vec![Vote { unit: "90000009".to_owned(), ..vote(7, 0) }]);
    assert_eq!(codes(&decide(other, 0).unwrap_err()), ["unknown_unit"]);
}

#[test]
fn a_published_result_changes_by_a_correction_with_its_reason_alone() {
    let mut round = Round::reviewed();
    round.today = date(2024, 6, 18);
    let computed = round.computed();
    round.take(&officer(), |desk| desk.second_review(&[]));
    round.take(&officer(), |desk| desk.finalise(&[], &computed));
    assert_eq!(codes(&publish(&[round.road.clone()]).unwrap_err()), ["out_of_order"]);
    round.road.state = RoadState::Decided;
    publish(&[round.road.clone()]).unwrap();
    round.road.state = RoadState::Published;
    assert_eq!(codes(&publish(&[round.road.clone()]).unwrap_err()), ["nothing_to_publish"]);

    // A figure behind a point changes: the point stays and is marked.
    let mut figures = computed.clone();
    figures[0].claim = Claim::Computed(Mark::Scored(Points::whole(1)));
    let marked = rechecks(|line| round.road.claim(line), &figures);
    assert_eq!((marked.len(), &marked[0].now), (1, &figures[0].claim));
    assert_eq!(round.road.counting(&figures[0].line).unwrap().what.claim, Some(marked[0].was.clone()));

    round.today = date(2024, 6, 27);
    let nothing = round.refused(&officer(), |desk| correct(desk, &[entry(LESSONS, 1, "")], &computed, " "));
    assert_eq!(codes(&nothing), ["reason_needed", "nothing_to_correct"]);
    let now =
        Entry { line: figures[0].line.clone(), claim: Some(Claim::Computed(Mark::NotApplicable)), ..Entry::default() };
    round.take(&officer(), |desk| correct(desk, &[entry(LESSONS, 3, ""), now.clone()], &figures, "Khiếu nại đúng"));
    assert!(
        rechecks(|line| round.road.claim(line), &figures).is_empty(),
        "the correction took the figure as it is now"
    );
    assert_eq!(round.road.counting(LESSONS).unwrap().what.stage, Stage::Publication);
    round.today = date(2024, 7, 1);
    let locked = round.refused(&officer(), |desk| correct(desk, &[entry(LESSONS, 2, "")], &figures, "Muộn"));
    assert_eq!(codes(&locked), ["locked"]);
}

#[test]
fn a_changed_set_is_named_with_its_file() {
    let opened = FrozenSet { code: "khoi-thcs".to_owned(), version: 1, hash: "a".to_owned() };
    assert_eq!(opened.changed("data/criteria/khoi-thcs.toml", 1, "a"), None);
    let same_version = opened.changed("data/criteria/khoi-thcs.toml", 1, "b").unwrap();
    assert!(same_version.message.contains("data/criteria/khoi-thcs.toml"), "{}", same_version.message);
    assert!(opened.changed("x.toml", 2, "c").unwrap().message.contains("phiên bản 2"));
}

#[test]
fn what_a_unit_sees_of_others_is_a_setting() {
    let seen = |sight: Sight| [(true, false), (false, true), (false, false)].map(|(own, near)| sight.shows(own, near));
    assert_eq!(seen(Sight::All), [true, true, true]);
    assert_eq!(seen(Sight::Cluster), [true, true, false]);
    assert_eq!(seen(Sight::OwnOnly), [true, false, false]);
    assert!(Sight::ALL.into_iter().all(|sight| Sight::parse(sight.as_str()) == Some(sight)));
    assert!(Stage::ALL.into_iter().all(|stage| Stage::parse(stage.as_str()) == Some(stage)));
    assert!(RoadState::ALL.into_iter().all(|state| RoadState::parse(state.as_str()) == Some(state)));
}

proptest! {
    /// Whatever is tried in whatever order: records are only appended, and what counts is never from an earlier stage
    /// than something else that was said of the line.
    #[test]
    fn nothing_said_is_lost_and_the_last_stage_counts(tries in prop::collection::vec((0_u8..7, 0_i64..7, 1_i8..31), 1..24)) {
        let mut round = Round::new();
        let computed = round.computed();
        for (verb, points, day) in tries {
            round.today = date(2024, 6, day);
            let entries = round.all(points);
            let (who, step) = match verb {
                0 => (principal(), round.at(&principal(), |desk| desk.self_score(&entries))),
                1 => (principal(), round.at(&principal(), |desk| desk.submit_self_score(&computed))),
                2 => (officer(), round.at(&officer(), |desk| desk.review(Stage::Review, None, &entries))),
                3 => (officer(), round.at(&officer(), |desk| desk.finish_review())),
                4 => (principal(), round.at(&principal(), |desk| desk.explain(&[word(LESSONS, "Có sổ.")]))),
                5 => (officer(), round.at(&officer(), |desk| desk.second_review(&entries[..1]))),
                _ => (officer(), round.at(&officer(), |desk| desk.finalise(&[], &computed))),
            };
            let Ok(step) = step else { continue };
            let before = round.road.clone();
            round.road = before.after(&step, &who.name, &who.units[0], "");
            prop_assert_eq!(&round.road.records[..before.records.len()], &before.records[..]);
            prop_assert!(round.road.state >= before.state);
            for record in &round.road.records {
                let counting = round.road.counting(&record.what.line);
                let claims = record.what.claim.is_some();
                prop_assert!(!claims || counting.is_some_and(|one| one.what.stage >= record.what.stage));
            }
            let numbers: Vec<u32> = round.road.records.iter().map(|record| record.number).collect();
            prop_assert_eq!(numbers, (1..=u32::try_from(round.road.records.len()).unwrap()).collect::<Vec<_>>());
        }
    }

    /// No entry over the maximum or below zero is ever taken, and every other whole number of points is.
    #[test]
    fn points_stay_between_zero_and_the_maximum(points in -20_i64..20) {
        let round = Round::new();
        let taken = round.at(&principal(), |desk| desk.self_score(&[entry(LESSONS, points, "")]));
        prop_assert_eq!(taken.is_ok(), (0..=5).contains(&points));
    }
}

#[test]
fn reviewers_of_one_stage_set_out_from_what_came_before_it_and_not_from_each_other() {
    let mut round = Round::new();
    let (entries, computed) = (round.all(3), round.computed());
    round.take(&principal(), |desk| desk.self_score(&entries));
    round.take(&principal(), |desk| desk.submit_self_score(&computed));
    round.today = date(2024, 6, 7);
    let (first, second) = (person("ht302", "90000002"), person("ht303", "90000003"));
    round.take(&first, |desk| desk.review(Stage::CrossCheck, None, &[entry(LESSONS, 4, "")]));
    round.take(&second, |desk| desk.review(Stage::CrossCheck, None, &[entry(LESSONS, 1, "Chỉ thấy 7 tiết")]));
    let own = round.road.own_word(&first, Stage::CrossCheck, LESSONS).unwrap();
    assert_eq!((own.what.comment.as_str(), &own.what.claim), ("", &Some(Claim::Value(Decimal::from(4)))));
    assert!(round.road.own_word(&person("ht304", "90000004"), Stage::CrossCheck, LESSONS).is_none());
    let start = round.road.set_out(Stage::CrossCheck, LESSONS).unwrap();
    assert_eq!((start.by.as_str(), &start.what.claim), ("hieu-truong", &Some(Claim::Value(Decimal::from(3)))));
    assert_eq!(round.road.set_out(Stage::Finalisation, LESSONS).unwrap().by, "ht303");
}

#[test]
fn nobody_who_judges_apart_sees_what_the_others_found_nor_that_they_differ() {
    let mut round = Round::new();
    let (entries, computed) = (round.all(3), round.computed());
    round.take(&principal(), |desk| desk.self_score(&entries));
    round.take(&principal(), |desk| desk.submit_self_score(&computed));
    round.today = date(2024, 6, 7);
    for stage in [Stage::CrossCheck, Stage::Review] {
        let first = person(stage.as_str(), "90000002");
        round.take(&first, |desk| desk.review(stage, None, &[entry(LESSONS, 0, "Sổ trống")]));
    }
    let (whole, other) = (round.road.clone(), person("nguoi-thu-hai", "90000003"));
    for stage in [Stage::CrossCheck, Stage::Review] {
        let seen = whole.seen_by(&other, Some(stage));
        assert!(seen.said_at(stage, LESSONS).is_none() && seen.said_at(Stage::SelfScore, LESSONS).is_some());
        assert_eq!(whole.seen_by(&person(stage.as_str(), "90000002"), Some(stage)), whole, "the own word stays");
    }
    round.road = whole.seen_by(&other, Some(Stage::CrossCheck)).seen_by(&other, Some(Stage::Review));
    assert!(round.at(&officer(), |desk| desk.differences()).is_empty());
    assert_eq!(whole.seen_by(&other, None), whole);
    assert_eq!(whole.seen_by(&other, Some(Stage::SecondReview)), whole, "afterwards everything is read");
}

#[test]
fn people_of_one_desk_go_on_from_each_others_words_and_speak_as_one() {
    let mut round = Round::new();
    let (entries, computed) = (round.all(3), round.computed());
    round.take(&principal(), |desk| desk.self_score(&entries));
    round.take(&principal(), |desk| desk.submit_self_score(&computed));
    round.today = date(2024, 6, 7);
    round.take(&officer(), |desk| desk.review(Stage::Review, None, &[entry(LESSONS, 1, "Sổ trống")]));
    let colleague = person("chuyen-vien-2", "N00145");
    assert_eq!(round.road.seen_by(&colleague, Some(Stage::Review)), round.road);
    let own = round.road.own_word(&colleague, Stage::Review, LESSONS).unwrap();
    assert_eq!((own.by.as_str(), own.what.comment.as_str()), ("chuyen-vien", "Sổ trống"));
    round.take(&colleague, |desk| desk.review(Stage::Review, None, &[entry(LESSONS, 5, "Sổ thứ hai đủ")]));
    assert_eq!(round.road.desks_at(Stage::Review, LESSONS).len(), 1);
    let found = round.at(&officer(), |desk| desk.differences());
    assert!(found.iter().all(|one| one.stage != one.against_stage), "a desk does not differ from itself: {found:?}");
}

#[test]
fn a_claim_that_is_taken_over_keeps_its_reason_as_the_others_words() {
    let mut round = Round::new();
    let computed = round.computed();
    let mut entries = round.all(3);
    let excused = entries.iter_mut().find(|entry| entry.line == LESSONS).unwrap();
    (excused.claim, excused.comment) = (Some(Claim::NotApplicable), "Trường đang xây lại".to_owned());
    round.take(&principal(), |desk| desk.self_score(&entries));
    round.take(&principal(), |desk| desk.submit_self_score(&computed));
    round.today = date(2024, 6, 10);
    let reviews: Vec<Entry> =
        entries.iter().map(|entry| Entry { comment: agreed(&entry.comment), ..entry.clone() }).collect();
    round.take(&officer(), |desk| desk.review(Stage::Review, None, &reviews));
    round.take(&officer(), |desk| desk.finish_review());
    round.take(&officer(), |desk| desk.finalise(&[], &computed));
    let last = round.road.said_at(Stage::Finalisation, LESSONS).unwrap();
    assert_eq!(last.what.comment, "Đồng ý với lý do đã nêu: «Trường đang xây lại»");
    let others = round
        .road
        .records
        .iter()
        .filter(|record| record.what.stage == Stage::Finalisation && record.what.line != LESSONS);
    assert!(
        others
            .filter(|record| matches!(record.what.claim, Some(Claim::Value(_))))
            .all(|record| record.what.comment.is_empty())
    );
}
