//! Points by every rule, by hand; missing values; bonuses and deductions; the explanation.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{borrow::Cow, collections::BTreeMap};

use super::*;
use crate::{
    Level,
    evaluation::{
        criteria::tests::{SOUND, read, shipped},
        score::marks::Mark,
    },
    figures::{catalogue::ItemCode, pack::tests::shipped_catalogue},
};

/// Facts as a table.
#[derive(Clone, Debug, Default)]
pub(in crate::evaluation) struct Table {
    pub(in crate::evaluation) units: usize,
    pub(in crate::evaluation) columns: BTreeMap<Quantity, Vec<f64>>,
}

impl Table {
    pub(in crate::evaluation) fn new(units: usize) -> Self {
        let mut table = Self { units, columns: BTreeMap::new() };
        for level in Level::ALL {
            table.set(Quantity::Teaches(level), &vec![1.0; units]);
        }
        table
    }

    pub(in crate::evaluation) fn set(&mut self, quantity: Quantity, values: &[f64]) {
        assert_eq!(values.len(), self.units);
        self.columns.insert(quantity, values.to_vec());
    }

    pub(in crate::evaluation) fn indicator(&mut self, code: &str, values: &[f64]) {
        self.set(Quantity::Indicator { code: code.to_owned(), previous: false }, values);
    }

    pub(in crate::evaluation) fn entered(&mut self, code: &str, values: &[f64]) {
        self.set(Quantity::Entered(code.to_owned()), values);
    }

    fn item(&mut self, code: &str, previous: bool, values: &[f64]) {
        self.set(Quantity::Item { item: ItemCode::parse(code).unwrap(), previous }, values);
    }
}

impl Facts for Table {
    fn unit_count(&self) -> usize {
        self.units
    }

    fn column(&self, quantity: &Quantity) -> Option<Cow<'_, [f64]>> {
        self.columns.get(quantity).map(|column| Cow::Borrowed(column.as_slice()))
    }
}

const NONE: f64 = f64::NAN;

/// A set of one criterion of 10 points, beside one of 10 that a person judges.
fn with_test(test: &str) -> CriteriaSet {
    let line = SOUND.lines().find(|line| line.starts_with("learning")).unwrap();
    let text = SOUND.replace(line, &format!("learning = {{ vi = \"Học tập\", en = \"Learning\", max = 10, {test} }}"));
    read(&text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn marks(set: &CriteriaSet, table: &Table, groups: &[u32]) -> Vec<Option<f64>> {
    let scores = score(set, table, groups);
    let points = |unit| match scores.mark(0, unit) {
        Mark::Scored(points) => Some(points.number()),
        Mark::NotApplicable => Some(-1.0),
        Mark::None(_) => None,
    };
    (0..table.units).map(points).collect()
}

const SHARE: &str = "kind = \"indicator\", indicator = \"sec_learning_fair_or_better_share\"";

#[test]
fn steps_include_their_beginning_and_not_their_end() {
    let set = with_test(&format!("{SHARE}, steps = [\"80.. = 10\", \"60..80 = 5.5\", \"..60 = 0\"]"));
    let mut table = Table::new(5);
    table.indicator("sec_learning_fair_or_better_share", &[80.0, 79.99, 60.0, 59.999, NONE]);
    assert_eq!(marks(&set, &table, &[0; 5]), [Some(10.0), Some(5.5), Some(5.5), Some(0.0), None]);
}

#[test]
fn a_line_gives_points_in_proportion_rounded_to_two_decimals() {
    let set = with_test(&format!("{SHARE}, linear = \"50..100\""));
    let mut table = Table::new(6);
    table.indicator("sec_learning_fair_or_better_share", &[40.0, 50.0, 66.666, 75.0, 100.0, 120.0]);
    let expected = [0.0, 0.0, 3.33, 5.0, 10.0, 10.0].map(Some);
    assert_eq!(marks(&set, &table, &[0; 6]), expected);
    // Less is better: full at 0, nothing at 5.
    let set = with_test("kind = \"indicator\", indicator = \"sec_dropout_rate\", linear = \"5..0\"");
    table.indicator("sec_dropout_rate", &[0.0, 1.25, 2.5, 5.0, 9.0, NONE]);
    let expected = [Some(10.0), Some(7.5), Some(5.0), Some(0.0), Some(0.0), None];
    assert_eq!(marks(&set, &table, &[0; 6]), expected);
}

#[test]
fn half_a_hundredth_is_rounded_away_from_zero_as_on_paper() {
    for (points, hundredths) in [(1.005, 101), (2.675, 268), (0.125, 13), (-0.125, -13), (3.3349, 333)] {
        assert_eq!(Points::rounded(points), Points::of_hundredths(hundredths), "{points}");
    }
}

#[test]
fn the_best_of_the_group_has_all_points_and_the_others_in_proportion() {
    let set = with_test(&format!("{SHARE}, best_of_peers = true"));
    let mut table = Table::new(6);
    table.indicator("sec_learning_fair_or_better_share", &[80.0, 40.0, 90.0, NONE, 30.0, 10.0]);
    let groups = [0, 0, 1, 1, NO_GROUP, 0];
    // Nobody to compare with: a group of one value, and no group at all.
    assert_eq!(marks(&set, &table, &groups), [Some(10.0), Some(5.0), None, None, None, Some(1.25)]);
    let scores = score(&set, &table, &groups);
    assert_eq!(scores.mark(0, 2), Mark::None(NoValue::NoPeers));
    let set = with_test("kind = \"indicator\", indicator = \"sec_dropout_rate\", best_of_peers = true");
    table.indicator("sec_dropout_rate", &[0.5, 1.0, 2.0, 0.5, 0.0, 4.0]);
    let all = [Some(0.0), Some(0.0), Some(0.0), Some(0.0), Some(10.0), Some(0.0)];
    assert_eq!(marks(&set, &table, &[0; 6]), all, "the best has none at all");
    assert_eq!(marks(&set, &table, &[0, 0, 0, 0, 1, 0])[1], Some(5.0));
}

#[test]
fn improvement_is_against_last_year_and_a_fall_where_less_is_better() {
    let rule = "improvement = true, steps = [\"2.. = 10\", \"0..2 = 6\", \"..0 = 1\"]";
    let set = with_test(&format!("{SHARE}, {rule}, full_at = 95"));
    let mut table = Table::new(5);
    table.indicator("sec_learning_fair_or_better_share", &[87.3, 80.0, 70.0, 96.0, 70.0]);
    let code = "sec_learning_fair_or_better_share".to_owned();
    table.set(Quantity::Indicator { code, previous: true }, &[85.3, 80.0, 71.0, 97.0, NONE]);
    let expected = [Some(10.0), Some(6.0), Some(1.0), Some(10.0), None];
    assert_eq!(marks(&set, &table, &[0; 5]), expected);
    assert_eq!(score(&set, &table, &[0; 5]).mark(0, 4), Mark::None(NoValue::NoLastYear));
    let set = with_test(&format!("kind = \"indicator\", indicator = \"sec_dropout_rate\", {rule}"));
    table.indicator("sec_dropout_rate", &[1.0, 1.0, 1.0, 1.0, 1.0]);
    table.set(Quantity::Indicator { code: "sec_dropout_rate".to_owned(), previous: true }, &[3.0, 1.5, 0.5, 1.0, 2.0]);
    assert_eq!(marks(&set, &table, &[0; 5]), [10.0, 6.0, 1.0, 6.0, 6.0].map(Some));
}

#[test]
fn ratios_counts_yes_no_and_levels() {
    let set = with_test(
        "kind = \"ratio\", part = \"sec_pupil_boarding_count\", whole = \"sec_pupil_count\", linear = \"0..50\"",
    );
    let mut table = Table::new(4);
    table.item("sec_pupil_boarding_count", false, &[25.0, 50.0, 0.0, NONE]);
    table.item("sec_pupil_count", false, &[100.0, 100.0, 0.0, 10.0]);
    assert_eq!(marks(&set, &table, &[0; 4]), [Some(5.0), Some(10.0), None, None]);
    let scores = score(&set, &table, &[0; 4]);
    assert_eq!(scores.mark(0, 2), Mark::None(NoValue::Undefined), "a share of nothing");
    assert_eq!(scores.mark(0, 3), Mark::None(NoValue::Missing));
    let set = with_test("kind = \"count\", linear = \"0..40\"");
    table.entered("learning", &[10.0, 40.0, 90.0, NONE]);
    assert_eq!(marks(&set, &table, &[0; 4]), [Some(2.5), Some(10.0), Some(10.0), None]);
    let set = with_test("kind = \"yes_no\"");
    table.entered("learning", &[1.0, 0.0, NONE, 1.0]);
    assert_eq!(marks(&set, &table, &[0; 4]), [Some(10.0), Some(0.0), None, Some(10.0)]);
    let rungs = "rungs = { a = { at = 0, vi = \"Chưa đạt\", en = \"None\", points = 0 }, b = { at = 1, vi = \"Mức độ 1\", en = \"1\", points = 7 }, c = { at = 2, vi = \"Mức độ 2\", en = \"2\", points = 10 } }";
    let set = with_test(&format!("kind = \"level\", {rungs}"));
    table.entered("learning", &[1.0, 2.0, 3.0, NONE]);
    assert_eq!(marks(&set, &table, &[0; 4]), [Some(7.0), Some(10.0), None, None]);
}

#[test]
fn what_does_not_apply_leaves_score_and_maximum() {
    let set = with_test(&format!("{SHARE}, linear = \"0..100\", applies_if = \"#{{sec_pupil_count}} > 50\""));
    let mut table = Table::new(4);
    table.indicator("sec_learning_fair_or_better_share", &[90.0, 90.0, 90.0, 90.0]);
    table.item("sec_pupil_count", false, &[100.0, 50.0, NONE, 100.0]);
    table.set(Quantity::Teaches(Level::LowerSecondary), &[1.0, 1.0, 1.0, 0.0]);
    table.entered("clubs", &[9.0, 9.0, 9.0, 9.0]);
    let scores = score(&set, &table, &[0; 4]);
    assert_eq!(marks(&set, &table, &[0; 4]), [Some(9.0), Some(-1.0), Some(9.0), Some(-1.0)]);
    let percent = |unit: usize| scores.totals()[unit].percent().unwrap().to_string();
    assert_eq!((percent(0), percent(1), percent(3)), ("90".to_owned(), "90".to_owned(), "90".to_owned()));
    assert_eq!(scores.totals()[1].base.max, Points::whole(10));
    assert_eq!(scores.outcome(&set, 1), Outcome::Graded(0));
    table.set(Quantity::Excused("clubs".to_owned()), &[0.0, 1.0, 0.0, 0.0]);
    let scores = score(&set, &table, &[0; 4]);
    assert_eq!(scores.outcome(&set, 1), Outcome::Ungraded, "nothing applies");
    assert_eq!(scores.totals()[1].final_score(), None);
}

#[test]
fn a_missing_value_is_no_value_and_never_zero() {
    let set = with_test(&format!("{SHARE}, linear = \"0..100\""));
    let mut table = Table::new(2);
    table.indicator("sec_learning_fair_or_better_share", &[NONE, 100.0]);
    table.entered("clubs", &[10.0, NONE]);
    let scores = score(&set, &table, &[0; 2]);
    for unit in 0..2 {
        assert_eq!(scores.outcome(&set, unit), Outcome::Incomplete(1));
        assert_eq!((scores.totals()[unit].final_score(), scores.totals()[unit].percent()), (None, None));
        assert_eq!(scores.totals()[unit].score, Points::whole(10), "what is known is kept");
    }
    assert_eq!(scores.mark(1, 1), Mark::None(NoValue::NotEntered));
}

#[test]
fn bonuses_deductions_and_events_change_the_whole() {
    let text = SOUND.replace("[deductions]", "[bonuses]\nprize = { vi = \"Giải\", en = \"Prize\", points = 1.5, times_max = 3 }\n[disqualifiers]\nbreach = { vi = \"Vi phạm\", en = \"Breach\" }\n[deductions]");
    let text = text.replace("confidence", "bonus_cap = 4\nconfidence");
    let capped = read(&text).unwrap();
    let free = read(&text.replace("bonus_cap = 4", "bonus_over_max = true")).unwrap();
    let mut table = Table::new(4);
    table.indicator("sec_learning_fair_or_better_share", &[90.0, 90.0, 61.0, 61.0]);
    table.entered("clubs", &[9.0, 9.0, 9.0, 1.0]);
    table.entered("prize", &[2.0, 5.0, NONE, NONE]);
    table.entered("late", &[NONE, 1.0, 2.0, 90.0]);
    table.entered("breach", &[NONE, NONE, 1.0, NONE]);
    let points = |set: &CriteriaSet| {
        score(set, &table, &[0; 4]).totals().iter().map(|total| total.score.number()).collect::<Vec<_>>()
    };
    assert_eq!(points(&capped), [20.0, 19.0, 12.0, 0.0], "bonus ends at the maximum, deductions at zero");
    assert_eq!(points(&free), [22.0, 22.5, 12.0, 0.0], "three prizes at most");
    assert_eq!(score(&capped, &table, &[0; 4]).outcome(&capped, 2), Outcome::Disqualified(0));
}

#[test]
fn a_grade_is_taken_from_the_unrounded_per_cent() {
    let set = with_test("kind = \"evidence\"");
    let mut table = Table::new(3);
    table.entered("learning", &[7.99, 8.0, 0.0]);
    table.entered("clubs", &[8.0, 8.0, 0.0]);
    let scores = score(&set, &table, &[0; 3]);
    let outcomes: Vec<Outcome> = (0..3).map(|unit| scores.outcome(&set, unit)).collect();
    assert_eq!(outcomes, [Outcome::Graded(1), Outcome::Graded(0), Outcome::Graded(1)], "79.95 % is not 80 %");
    assert_eq!(scores.totals()[0].score.printed(), "16,0");
}

#[test]
fn in_a_set_where_all_must_pass_points_decide_nothing() {
    let mut set = with_test("kind = \"yes_no\"");
    set.kind = crate::evaluation::criteria::SetKind::AllMustPass;
    let mut table = Table::new(4);
    table.entered("learning", &[1.0, 0.0, 1.0, 0.0]);
    table.entered("clubs", &[10.0, 10.0, NONE, NONE]);
    let scores = score(&set, &table, &[0; 4]);
    let outcomes: Vec<Outcome> = (0..4).map(|unit| scores.outcome(&set, unit)).collect();
    assert_eq!(outcomes, [Outcome::Passed, Outcome::Failed, Outcome::Incomplete(1), Outcome::Failed]);
}

#[test]
fn every_point_of_a_unit_has_its_reason() {
    let set = with_test(&format!("{SHARE}, linear = \"50..100\""));
    let mut table = Table::new(2);
    table.indicator("sec_learning_fair_or_better_share", &[87.5, 40.0]);
    table.entered("clubs", &[9.0, NONE]);
    table.entered("late", &[2.0, NONE]);
    let scores = score(&set, &table, &[0, 0]);
    let sheet = explain(&set, &shipped_catalogue(), &table, &[0, 0], &scores, 0);
    let item = &sheet.fields[0].criteria[0].items[0];
    assert_eq!(
        item.why,
        "Đạt 87,5%, trên thang từ 50 (0 điểm) đến 100 (10 điểm): (87,5 − 50) ÷ (100 − 50) × 10: 7,5/10 điểm."
    );
    assert_eq!(sheet.fields[0].criteria[1].items[0].why, "Người chấm cho 9/10 điểm theo minh chứng.");
    assert_eq!(sheet.adjustments[0].why, "2 lần × 1 điểm: trừ 2 điểm.");
    assert_eq!(
        sheet.summary,
        ["Điểm: 16,5 + thưởng 0 − trừ 2 → 14,5 điểm.", "14,5/20 điểm = 72,5%, xếp loại Còn lại (từ 0)."]
    );
    let sheet = explain(&set, &shipped_catalogue(), &table, &[0, 0], &scores, 1);
    assert!(sheet.fields[0].criteria[0].items[0].why.contains("chưa vượt mức bắt đầu có điểm"));
    assert_eq!(sheet.fields[0].criteria[1].items[0].why, "Không có giá trị: chưa có người chấm; không tính là 0 điểm.");
    assert!(sheet.summary[0].starts_with("Chưa đủ số liệu: 1 mục"));
}

#[test]
fn the_shipped_lower_secondary_set_is_scored_by_hand() {
    let set = shipped().into_iter().find(|set| set.code == "khoi-thcs").unwrap();
    let mut table = Table::new(2);
    let values = [
        ("sec_learning_fair_or_better_share", 72.0, 8.0),
        ("sec_conduct_good_share", 93.0, 7.0),
        ("sec_promoted_rate", 98.6, 6.0),
        ("sec_graduated_rate", 100.0, 5.0),
        ("sec_entrance_10_admitted_rate", 60.0, 5.0),
        ("sec_title_excellent_share", 9.0, 2.25),
        ("sec_dropout_rate", 0.3, 4.0),
        ("sec_two_session_share", 40.0, 2.0),
        ("sec_teacher_standard_share", 95.0, 4.5),
        ("sec_teacher_above_standard_share", 12.0, 1.2),
        ("teacher_grade_fair_or_better_share", 91.0, 4.2),
        ("sec_school_standard_rate", 100.0, 6.0),
        ("sec_permanent_room_share", 80.0, 2.4),
        ("prizes_per_1000_pupils", 20.0, 5.0),
        ("club_member_share", 30.0, 1.5),
    ];
    for (code, value, _) in values {
        table.indicator(code, &[value, value / 2.0]);
    }
    let code = "sec_learning_fair_or_better_share".to_owned();
    table.set(Quantity::Indicator { code, previous: true }, &[71.0, NONE]);
    table.item("sec_graduation_candidate_count", false, &[90.0, 90.0]);
    table.item("sec_entrance_10_candidate_count", false, &[90.0, 90.0]);
    table.item("kitchen_count", false, &[0.0, 0.0]);
    table.set(Quantity::Timeliness, &[100.0, 100.0]);
    table.set(Quantity::Completeness, &[90.0, 90.0]);
    table.set(Quantity::LateForms, &[1.0, 0.0]);
    let scores = score(&set, &table, &[0, 0]);
    let expected: f64 = values.iter().map(|(_, _, points)| points).sum::<f64>() + 4.0 + 4.0 + 2.0 - 0.5;
    assert_eq!(scores.totals()[0].base.max, Points::whole(96), "no kitchen: 4 points leave the maximum");
    assert_eq!(scores.totals()[0].final_score(), Some(Points::rounded(expected)));
    assert_eq!(scores.totals()[1].final_score(), None, "no last year to compare with");
}
