//! Ranking, the count of fields, and what if.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{
    Points,
    count::GradeCount,
    criteria::{
        CriteriaSet, TieBreak,
        tests::{SOUND, read},
    },
    rank::{Behind, Place, Unranked, rank},
    score::{FieldGrade, NO_GROUP, Outcome, Quantity, score, tests::Table},
    what_if::what_if,
};

/// Two fields of 10 points each, both judged by a person, under a scale of three grades.
fn two_fields() -> CriteriaSet {
    let field = |code: &str| {
        format!(
            "[[field]]\ncode = \"{code}\"\nvi = \"{code}\"\nen = \"{code}\"\n[field.criteria]\n{code}_1 = {{ vi = \"a\", en = \"a\", max = 10, kind = \"evidence\" }}\n"
        )
    };
    let (head, _) = SOUND.split_once("[[field]]").unwrap();
    let head = head.replace("rest = {", "fair = { vi = \"Khá\", en = \"Fair\", from = 50 }\nrest = {");
    read(&format!("{head}{}{}", field("first"), field("second"))).unwrap()
}

fn table(first: &[f64], second: &[f64]) -> Table {
    let mut table = Table::new(first.len());
    table.entered("first_1", first);
    table.entered("second_1", second);
    table
}

fn ranks(places: &[Place]) -> Vec<u32> {
    places.iter().map(|place| if let Place::Ranked { rank, .. } = place { *rank } else { 0 }).collect()
}

#[test]
fn equal_units_share_a_rank_and_the_next_one_is_counted_on() {
    let set = two_fields();
    let table = table(&[9.0, 8.0, 9.0, 5.0, f64::NAN], &[9.0, 10.0, 9.5, 5.0, 9.0]);
    let places = rank(&set, &score(&set, &table, &[0; 5]), &[0; 5]);
    assert_eq!(ranks(&places), [2, 2, 1, 4, 0]);
    assert_eq!(places[1], Place::Ranked { rank: 2, of: 4, behind: Behind::Nothing });
    assert_eq!(places[1].note(&set), "đồng hạng với đơn vị xếp trước; hội đồng quyết định thứ tự");
    assert_eq!(places[4], Place::NotRanked(Unranked::Missing(1)));
    assert_eq!(places[4].note(&set), "1 mục chưa có giá trị");
}

#[test]
fn tie_breaks_decide_in_their_order_and_say_so() {
    let mut set = two_fields();
    set.ties = vec![TieBreak::FewerDeductions, TieBreak::Field(1)];
    let mut table = table(&[9.0, 8.0, 9.0], &[9.0, 10.0, 10.0]);
    table.entered("late", &[0.0, 0.0, 1.0]);
    let scores = score(&set, &table, &[0; 3]);
    assert!(scores.totals().iter().all(|total| total.score == Points::whole(18)));
    let places = rank(&set, &scores, &[0; 3]);
    assert_eq!(ranks(&places), [2, 1, 3]);
    let notes = [0, 1, 2].map(|unit: usize| places[unit].note(&set));
    assert_eq!(notes[0], "cùng tỉ lệ điểm, xếp sau vì lĩnh vực «second» thấp hơn");
    assert_eq!(notes[1], "", "the first is behind nobody");
    assert_eq!(notes[2], "cùng tỉ lệ điểm, xếp sau vì bị trừ điểm nhiều hơn");
}

#[test]
fn units_are_ranked_inside_their_groups_by_exact_shares() {
    let set = two_fields();
    let mut table = table(&[9.0, 8.0, 3.33, 9.0], &[9.0, 8.0, 6.66, 9.0]);
    table.set(Quantity::Excused("second_1".to_owned()), &[0.0, 0.0, 1.0, 0.0]);
    let groups = [0, 1, 1, NO_GROUP];
    let places = rank(&set, &score(&set, &table, &groups), &groups);
    assert_eq!(ranks(&places), [1, 1, 2, 0], "the excused field leaves 33.3 %");
    assert_eq!(places[3], Place::NotRanked(Unranked::NoGroup));
}

proptest! {
    #[test]
    fn a_rank_is_one_more_than_the_units_of_the_group_with_a_greater_share(
        units in proptest::collection::vec((0..=1000_u32, 0..=1000_u32, any::<bool>(), 0..3_u32), 1..80),
    ) {
        type Unit = (u32, u32, bool, u32);
        let column = |value: &dyn Fn(&Unit) -> f64| units.iter().map(value).collect::<Vec<_>>();
        static SET: LazyLock<CriteriaSet> = LazyLock::new(two_fields);
        let (set, hundredths) = (&*SET, |points: u32| f64::from(points) / 100.0);
        let mut table = table(&column(&|unit| hundredths(unit.0)), &column(&|unit| hundredths(unit.1)));
        table.set(Quantity::Excused("second_1".to_owned()), &column(&|unit| f64::from(u8::from(unit.2))));
        let groups: Vec<u32> = units.iter().map(|unit| unit.3).collect();
        let scores = score(set, &table, &groups);
        let share = |unit: usize| {
            let total = &scores.totals()[unit];
            (i64::from(total.score.hundredths()), i64::from(total.base.max.hundredths()))
        };
        let is_better = |one: usize, other: usize| share(one).0 * share(other).1 > share(other).0 * share(one).1;
        let places = rank(set, &scores, &groups);
        for unit in 0..units.len() {
            let rivals = || (0..units.len()).filter(|other| groups[*other] == groups[unit]);
            let Place::Ranked { rank, of, .. } = places[unit] else { panic!("{:?}", places[unit]) };
            let better = rivals().filter(|other| is_better(*other, unit)).count();
            prop_assert_eq!((rank as usize, of as usize), (1 + better, rivals().count()));
        }
    }
}

#[test]
fn shares_that_differ_beyond_the_places_of_the_sorting_number_are_told_apart() {
    let mut set = two_fields();
    // 9999.98 of 999999 is a hundred-billionth more than 9999.97 of 999998: cut to 24 digits they are alike.
    set.fields[0].criteria[0].items[0].max = Points::whole(999_999);
    set.fields[1].criteria[0].items[0].max = Points::whole(999_998);
    let mut table = table(&[f64::NAN, 9999.98], &[9999.97, f64::NAN]);
    table.set(Quantity::Excused("first_1".to_owned()), &[1.0, 0.0]);
    table.set(Quantity::Excused("second_1".to_owned()), &[0.0, 1.0]);
    let places = rank(&set, &score(&set, &table, &[0; 2]), &[0; 2]);
    assert_eq!(ranks(&places), [2, 1]);
}

#[test]
fn the_count_of_fields_is_nested() {
    let set = two_fields();
    let table = table(&[9.0, 8.0, 2.0, f64::NAN], &[8.0, 5.0, 9.0, 9.0]);
    let scores = score(&set, &table, &[0; 4]);
    let statement = |unit: usize| GradeCount::of(&set, &scores.field_grades(&set, unit)).statement();
    assert_eq!(statement(0), "2/2 chỉ tiêu Tốt");
    assert_eq!(statement(1), "2/2 chỉ tiêu Tốt, Khá (trong đó 1/2 Tốt)");
    assert_eq!(statement(2), "1/2 chỉ tiêu Tốt, Khá (trong đó 1/2 Tốt)");
    assert_eq!(statement(3), "1/2 chỉ tiêu Tốt, Khá (trong đó 1/2 Tốt); 1 chỉ tiêu chưa đủ số liệu");
    assert_eq!(scores.field_grades(&set, 2), [FieldGrade::Graded(2), FieldGrade::Graded(0)]);
}

#[test]
fn the_counts_of_long_bien_and_hai_ba_trung_can_be_told_and_false_ones_not() {
    let long_bien = GradeCount::told(13, &[("xuất sắc", 13)]).unwrap();
    assert_eq!(long_bien.statement(), "13/13 chỉ tiêu xuất sắc");
    let hai_ba_trung = GradeCount::told(13, &[("xuất sắc", 11), ("tốt", 13)]).unwrap();
    assert_eq!(hai_ba_trung.statement(), "13/13 chỉ tiêu xuất sắc, tốt (trong đó 11/13 xuất sắc)");
    let refused = |total, told: &[(&str, u32)]| GradeCount::told(total, told).unwrap_err().reasons[0].code.clone();
    assert_eq!(refused(13, &[("xuất sắc", 14)]), "over_total");
    assert_eq!(refused(13, &[("xuất sắc", 13), ("tốt", 11)]), "not_nested");
    assert_eq!(refused(0, &[]), "empty");
}

#[test]
fn one_changed_value_tells_everything_that_changes() {
    let set = two_fields();
    let table = table(&[7.0, 8.0, 9.0], &[8.0, 8.0, 9.0]);
    let change = (Quantity::Entered("first_1".to_owned()), 0, 8.5);
    let found = what_if(&set, &table, &[0; 3], change);
    assert_eq!(found.items.len(), 1);
    assert_eq!((found.total.before.score, found.total.after.score), (Points::whole(15), Points::of_hundredths(1650)));
    assert_eq!((found.outcome.before, found.outcome.after), (Outcome::Graded(1), Outcome::Graded(0)));
    assert_eq!(ranks(&[found.place.before, found.place.after]), [3, 2]);
    assert_eq!(found.others.len(), 1, "only the one that is overtaken");
    assert_eq!((found.others[0].0, ranks(&[found.others[0].1.after])), (1, vec![3]));
}
