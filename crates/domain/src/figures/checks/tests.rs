//! The checks against a catalogue of a few lines, and against the packs that ship.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use super::*;
use crate::figures::catalogue::{StatisticalForm, ValueKind};
use crate::figures::pack::tests::shipped_catalogue as shipped;
use crate::figures::pack::{self, PackFile};

type Filled = BTreeMap<ItemCode, Value>;

fn small() -> Catalogue {
    let files = [
        PackFile { name: "options.toml", text: include_str!("small/options.toml") },
        PackFile { name: "constants.toml", text: include_str!("small/constants.toml") },
        PackFile { name: "elements/school.toml", text: include_str!("small/elements.toml") },
        PackFile { name: "forms/start.toml", text: include_str!("small/start.toml") },
        PackFile { name: "forms/end.toml", text: include_str!("small/end.toml") },
        PackFile { name: "indicators/school.toml", text: include_str!("small/indicators.toml") },
        PackFile { name: "checks/school.toml", text: include_str!("small/checks.toml") },
    ];
    pack::load(&files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn item(text: &str) -> ItemCode {
    ItemCode::parse(text).unwrap()
}

fn numbers(values: &[(&str, f64)]) -> Filled {
    values.iter().map(|(code, number)| (item(code), Value::Number(*number))).collect()
}

/// Two classes of 30 and 28 pupils.
fn good() -> Filled {
    let mut values = numbers(&[
        ("pupils", 58.0),
        ("pupils.female", 27.0),
        ("pupils_a", 30.0),
        ("pupils_a.female", 15.0),
        ("pupils_b", 28.0),
        ("pupils_b.female", 12.0),
        ("classes", 2.0),
        ("land", 1250.5),
    ]);
    values.insert(item("fire"), Value::Boolean(true));
    values.insert(item("state"), Value::Text("Tốt".to_owned()));
    values.insert(item("note"), Value::Text("Không".to_owned()));
    values
}

fn found(now: &Filled, before: &Filled) -> Vec<Finding> {
    let checker = Checker::new(&small()).unwrap();
    checker.check_form("A-1", &|item| now.get(item).cloned(), &|item| before.get(item).cloned())
}

#[test]
fn a_sound_form_has_no_finding_and_an_unknown_form_none_either() {
    assert_eq!(found(&good(), &Filled::new()), []);
    let checker = Checker::new(&small()).unwrap();
    assert_eq!(checker.check_form("B-9", &|_| None, &|_| None), []);
}

/// What a cell is changed to, and the findings as `code check severity item`.
#[test]
fn every_kind_of_problem_is_told() {
    let number = Value::Number;
    let text = |text: &str| Value::Text(text.to_owned());
    let cases: [(&str, Option<Value>, &[&str]); 18] = [
        ("land", None, &["required CK-13 Error land"]),
        ("note", None, &[]),
        ("pupils", Some(text("năm mươi")), &["not_a_number not_a_number Error pupils"]),
        ("classes", Some(number(2.5)), &["not_whole not_whole Error classes"]),
        (
            "classes",
            Some(number(41.0)),
            &["out_of_range out_of_range Error classes", "rule_broken CK-08 Warning pupils"],
        ),
        ("classes", Some(number(-1.0)), &["out_of_range out_of_range Error classes", "rule_broken CK-10 Error pupils"]),
        ("classes", Some(number(0.0)), &["rule_broken CK-10 Error pupils"]),
        ("land", Some(number(-0.5)), &["out_of_range out_of_range Error land"]),
        ("land", Some(number(12.34)), &["out_of_range out_of_range Error land"]),
        ("fire", Some(number(1.0)), &["not_yes_no not_yes_no Error fire"]),
        ("state", Some(text("Tuyệt")), &["not_a_choice not_a_choice Error state"]),
        ("note", Some(text("dài quá mười chữ")), &["too_long too_long Error note"]),
        ("pupils", Some(number(59.0)), &["sum_mismatch CK-01 Error pupils"]),
        ("pupils_b", Some(number(30.0)), &["sum_mismatch CK-01 Error pupils"]),
        (
            "pupils.female",
            Some(number(59.0)),
            &["sum_mismatch CK-01 Error pupils.female", "rule_broken CK-03-pupils Error pupils.female"],
        ),
        ("pupils_a.female", Some(number(30.0)), &["sum_mismatch CK-01 Error pupils.female"]),
        ("classes", None, &["required CK-13 Error classes"]),
        ("pupils_a", None, &["required CK-13 Error pupils_a"]),
    ];
    for (code, value, expected) in cases {
        let mut values = good();
        match value.clone() {
            Some(value) => values.insert(item(code), value),
            None => values.remove(&item(code)),
        };
        let told: Vec<String> = found(&values, &Filled::new())
            .iter()
            .map(|f| format!("{} {} {:?} {}", f.code, f.check, f.severity, f.items[0]))
            .collect();
        assert_eq!(told, expected, "{code} = {value:?}");
    }
}

#[test]
fn messages_carry_the_numbers_and_the_mend() {
    let mut values = good();
    values.insert(item("pupils.female"), Value::Number(1059.0));
    let messages: Vec<String> = found(&values, &Filled::new()).into_iter().map(|f| f.message).collect();
    let expected = [
        "Học sinh (nữ): ghi 1.059 nhưng 2 ô thành phần (từ «Khối A (nữ)») cộng lại được 27, lệch 1.032; sửa tổng hoặc sửa thành phần",
        "Học sinh: nữ không quá tổng: 1.059 không được lớn hơn 58, đang lệch 1.001; hãy sửa số sai",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn a_jump_alerts_only_beyond_both_limits() {
    let cases = [(58.0, 0), (48.0, 0), (47.0, 1), (70.0, 0), (80.0, 1), (0.0, 1)];
    for (before, expected) in cases {
        let told = found(&good(), &numbers(&[("pupils", before)]));
        assert_eq!(told.len(), expected, "{before} -> 58: {told:?}");
    }
    let told = found(&good(), &numbers(&[("pupils", 40.0)]));
    let expected =
        "Học sinh: năm nay 58, năm trước 40, tăng 18 (45,0 %), quá mức báo động 20 %; nếu số đúng, hãy ghi lý do";
    assert_eq!((told[0].code, told[0].severity, told[0].message.as_str()), ("jump", Severity::Warning, expected));
    let told = found(&good(), &numbers(&[("pupils", 0.0)]));
    assert!(told[0].message.contains("tăng 58, quá"), "no share of nothing: {}", told[0].message);
}

/// Checks the two forms together; `due` are the forms of the year.
fn unit(start: &Filled, end: Option<&Filled>, due: &[&str]) -> Vec<String> {
    let checker = Checker::new(&small()).unwrap();
    let start = |item: &ItemCode| start.get(item).cloned();
    let end_values = |item: &ItemCode| end.and_then(|end| end.get(item).cloned());
    let mut sent = vec![SentForm { form: "A-1", values: &start }];
    if end.is_some() {
        sent.push(SentForm { form: "A-2", values: &end_values });
    }
    checker.check_unit(due, &sent, &|_| None).iter().map(|f| format!("{} {} {}", f.code, f.check, f.items[0])).collect()
}

#[test]
fn forms_are_compared_once_all_that_are_due_are_there() {
    let due = ["A-1", "A-2"];
    let end = |at_end: f64, classes: f64| numbers(&[("pupils_end", at_end), ("left", 3.0), ("classes", classes)]);
    assert_eq!(unit(&good(), Some(&end(55.0, 2.0)), &due), [""; 0]);
    assert_eq!(unit(&good(), Some(&end(56.0, 2.0)), &due), ["rule_broken CK-05 pupils"]);
    assert_eq!(unit(&good(), Some(&end(55.0, 3.0)), &due), ["two_values CK-14 classes"]);
    assert_eq!(unit(&good(), None, &due), [""; 0], "the end of the year has not come");
    let mut crowded = good();
    crowded.insert(item("land"), Value::Number(10.0));
    assert_eq!(unit(&crowded, None, &due), [""; 0], "the rule also reads the end form, which is due");
    assert_eq!(unit(&crowded, None, &["A-1"]), ["rule_broken CK-20 land"], "nothing more is due");
}

#[test]
fn a_rate_over_100_is_told_unless_allowed() {
    let checker = Checker::new(&small()).unwrap();
    assert_eq!(checker.check_indicator("girls", 100.0), None);
    assert_eq!(checker.check_indicator("growth", 180.0), None);
    assert_eq!(checker.check_indicator("size", 180.0), None, "not a rate");
    let told = checker.check_indicator("girls", 103.4).unwrap();
    assert_eq!((told.code, told.check.as_str()), ("over_100", "CK-12"));
    assert_eq!(told.message, "Tỉ lệ nữ: 103,4 % vượt quá 100 %; xem lại tử số và mẫu số");
}

/// Every cell of a shipped form filled with nothing to report.
fn zeros(catalogue: &Catalogue, form: &StatisticalForm) -> Filled {
    let zero = |item: &ItemCode| match &catalogue.element(&item.element).unwrap().value {
        ValueKind::Count { .. } | ValueKind::Decimal { .. } => Value::Number(0.0),
        ValueKind::YesNo => Value::Boolean(false),
        ValueKind::Choice { choices } => Value::Text(choices[0].clone()),
        ValueKind::Text { .. } => Value::Text(String::new()),
    };
    form.cells().map(|cell| (cell.item.clone(), zero(&cell.item))).collect()
}

#[test]
fn the_shipped_rules_agree_with_a_school_that_has_nothing_to_report() {
    let catalogue = shipped();
    let checker = Checker::new(&catalogue).unwrap();
    for form in &catalogue.forms {
        let values = zeros(&catalogue, form);
        let findings =
            checker.check_form(&form.code, &|item| values.get(item).cloned(), &|item| values.get(item).cloned());
        assert_eq!(findings, [], "{}", form.code);
        let empty = checker.check_form(&form.code, &|_| None, &|_| None);
        assert_eq!(empty.len(), form.cells().filter(|cell| cell.required).count(), "{}", form.code);
    }
}

#[test]
fn no_shipped_rule_is_asleep() {
    let catalogue = shipped();
    let checker = Checker::new(&catalogue).unwrap();
    let mut told: Vec<String> = Vec::new();
    for form in &catalogue.forms {
        // One cell at a time is much too large, then all but one are: every rule must break in one of these.
        let calm = zeros(&catalogue, form);
        for cell in form.cells() {
            for (one, rest) in [(7.0, 0.0), (0.0, 7.0)] {
                let values = |item: &ItemCode| match calm.get(item)? {
                    Value::Number(_) => Some(Value::Number(if *item == cell.item { one } else { rest } * 1000.0)),
                    other => Some(other.clone()),
                };
                let before = |item: &ItemCode| calm.get(item).cloned();
                told.extend(checker.check_form(&form.code, &values, &before).into_iter().map(|f| f.check));
            }
        }
    }
    for rule in &catalogue.checks {
        let within_a_form = !matches!(rule.check, crate::figures::catalogue::CheckKind::CrossForm { .. });
        assert!(!within_a_form || told.contains(&rule.code), "{} never fires", rule.code);
    }
}
