//! Grades of one set that several offices opened are counted together, each school once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Level,
    organisation::{SchoolFacts, Unit, UnitKind, Validity},
};
use serde_json::json;

use super::{Published, by_set, stated};
use crate::{evaluation::queries::judges, shipped};

fn round(set: &str, results: &[(&str, &str, &str)]) -> Published {
    let known = shipped::criteria().unwrap().iter().find(|one| one.set.code == set).unwrap();
    let result = |(unit, state, grade): &(&str, &str, &str)| {
        let content = json!({
            "unit": unit, "name": unit, "group": "", "score": 80.0, "max": 100.0, "percent": 80.0, "grade": "good",
            "grade_label": grade, "rank": null, "of": null, "note": "", "so_far": 80.0, "missing": 0, "statement": "",
            "state": state, "is_final": true, "to_check": 0,
        });
        ((*unit).to_owned(), serde_json::from_value(content).unwrap())
    };
    Published { set: Arc::clone(&known.set), results: results.iter().map(result).collect() }
}

#[test]
fn two_offices_that_open_one_set_are_counted_together_and_who_was_left_out_is_not() {
    let first = [("a1", "published", "Khá"), ("a2", "published", "Tốt"), ("a3", "left_out", "Tốt")];
    let second = [("b1", "published", "Tốt"), ("a1", "published", "Tốt")];
    let other = [("a1", "published", "Khá")];
    let rounds = vec![round("khoi-thcs", &first), round("khoi-tieu-hoc", &other), round("khoi-thcs", &second)];
    let sets = by_set(rounds);
    let codes: Vec<&str> = sets.iter().map(|one| one.set.code.as_str()).collect();
    assert_eq!(codes, ["khoi-thcs", "khoi-tieu-hoc"]);
    assert_eq!(sets[0].grades(), BTreeMap::from([("Tốt", 3)]), "a1 counts as the later round graded it");
    assert_eq!(sets[1].grades(), BTreeMap::from([("Khá", 1)]));
}

#[test]
fn a_unit_is_asked_of_the_sets_that_judge_its_sort_alone() {
    let office = Unit::new("P1", UnitKind::Commune, "Phường Minh Hoạ", Validity::ALWAYS);
    let facts = SchoolFacts { levels: vec![Level::Primary], ..SchoolFacts::default() };
    let school = Unit {
        school: Some(facts),
        ..Unit::new("T1", UnitKind::School, "Trường Tiểu học Minh Hoạ", Validity::ALWAYS)
    };
    let codes = |unit: &Unit| -> Vec<&str> {
        let sets = shipped::criteria().unwrap().iter().map(|one| one.set.as_ref());
        sets.filter(|set| judges(set, unit)).map(|set| set.code.as_str()).collect()
    };
    let (of_office, of_school) = (codes(&office), codes(&school));
    assert!(
        of_office.contains(&"muoi-ba-linh-vuc") && of_school.contains(&"khoi-tieu-hoc"),
        "{of_office:?} {of_school:?}"
    );
    assert!(!of_school.contains(&"khoi-thcs"), "{of_school:?}");
    assert!(of_office.iter().all(|set| !of_school.contains(set)), "{of_office:?} {of_school:?}");
}

#[test]
fn that_schools_are_few_is_said_once_for_all_findings() {
    let few = "khoảng cách thu hẹp; số trường ít, kết quả chỉ để tham khảo";
    let stated = |findings: &[&str]| stated(findings.iter().map(|finding| (*finding).to_owned()).collect());
    assert_eq!(stated(&[few]), [format!("{few}.")]);
    assert_eq!(
        stated(&[few, few, "rộng ra"]),
        ["khoảng cách thu hẹp.", "khoảng cách thu hẹp. Số trường ít, các kết quả trên chỉ để tham khảo.", "rộng ra."]
    );
}
