//! Every kind finds its register, and a register's gaps and repetitions are seen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

fn kind(abbreviation: &str) -> Option<&'static DocumentType> {
    DocumentType::of_abbreviation(abbreviation)
}

#[test]
fn a_kind_has_its_own_register_unless_the_office_joins_some() {
    let plain = NumberingRule::default();
    assert_eq!((plain.series(kind("BC"), false), plain.series(None, false)), ("BC".to_owned(), "CV".to_owned()));
    let joined = NumberingRule::parse(Origin::Own, "VB = BC, KH, CV; QĐ = QĐ, QyĐ").unwrap();
    assert_eq!(joined.series(kind("KH"), false), "VB");
    assert_eq!(joined.series(None, false), "VB");
    assert_eq!(joined.series(kind("TB"), false), "TB");
    assert_eq!(joined.series(kind("QĐ"), true), "QĐ QPPL", "a normative text's register is its own");
    assert_eq!(NumberingRule::parse(Origin::Own, &joined.groups_text()).unwrap(), joined);
}

#[test]
fn every_fault_of_a_rule_is_told_at_once() {
    let refusal = NumberingRule::parse(Origin::Own, "VB = BC, XX; QĐ; KH = KH, BC").unwrap_err();
    let codes: Vec<&str> = refusal.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["unknown_type", "group_form", "type_twice"]);
}

fn lines(numbers: &[u32]) -> Vec<BookLine> {
    numbers.iter().map(|number| BookLine { number: *number, is_cancelled: number.is_multiple_of(3) }).collect()
}

#[test]
fn gaps_and_repetitions_are_seen() {
    assert_eq!(series_faults(&lines(&[3, 1, 2])), []);
    assert_eq!(series_faults(&lines(&[2, 5])), [SeriesFault::Gap(1), SeriesFault::Gap(3), SeriesFault::Gap(4)]);
    assert_eq!(series_faults(&lines(&[1, 2, 2, 3, 3])), [SeriesFault::Twice(2), SeriesFault::Twice(3)]);
    assert_eq!(series_faults(&[]), []);
}

proptest! {
    #[test]
    fn a_whole_register_stays_whole_in_any_order(count in 0_u32..200, seed in 0_usize..1000) {
        let mut numbers: Vec<u32> = (1..=count).collect();
        let turn = seed % numbers.len().max(1);
        numbers.rotate_left(turn);
        prop_assert_eq!(series_faults(&lines(&numbers)), []);
    }
}
