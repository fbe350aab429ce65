//! The shipped sets, a real sheet that does not add up, and everything else that sheets get wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use super::*;
use crate::{
    Confidence,
    figures::pack::{PackFault, PackFile, tests::shipped_catalogue},
};

/// The sets that ship with the product.
pub(in crate::evaluation) fn shipped() -> Vec<CriteriaSet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria");
    let files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = format!("criteria/{}", path.file_name().unwrap().to_string_lossy());
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(files.iter().all(|(name, _)| belongs(name)));
    let files: Vec<PackFile<'_>> = files.iter().map(|(name, text)| PackFile { name, text }).collect();
    load(&files, &shipped_catalogue()).unwrap_or_else(|faults| panic!("{}", listed(&faults)))
}

/// One set from a text.
pub(in crate::evaluation) fn read(text: &str) -> Result<CriteriaSet, Vec<PackFault>> {
    let file = PackFile { name: "criteria/bo.toml", text };
    load(&[file], &shipped_catalogue()).map(|mut sets| sets.remove(0))
}

fn listed(faults: &[PackFault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

#[test]
fn the_shipped_sets_have_no_fault_and_say_where_they_come_from() {
    let sets = shipped();
    let codes: Vec<&str> = sets.iter().map(|set| set.code.as_str()).collect();
    let expected = [
        "bac-giang-2017-noi-tru",
        "bac-giang-2017-thpt",
        "cntt-truong-hoc",
        "khoi-gdtx",
        "khoi-mam-non",
        "khoi-thcs",
        "khoi-thpt",
        "khoi-tieu-hoc",
        "muoi-ba-linh-vuc",
        "muoi-lam-linh-vuc-2008",
    ];
    assert_eq!(codes, expected);
    for set in &sets {
        assert!(!set.source.text.is_empty() && set.validity.from.is_some(), "{}", set.code);
        let is_known = set.code.starts_with("bac-giang") || set.code.ends_with("2008");
        assert_eq!(set.source.confidence == Confidence::Confirmed, is_known, "{}", set.code);
        assert_eq!(set.is_frame, is_known, "{}", set.code);
    }
}

#[test]
fn the_known_frames_keep_what_is_known_and_nothing_else() {
    let sets = shipped();
    let set = |code: &str| sets.iter().find(|set| set.code == code).unwrap();
    let boarding = set("bac-giang-2017-noi-tru");
    let others = set("bac-giang-2017-thpt");
    assert_eq!((boarding.fields.len(), boarding.max), (12, Some(Points::whole(140))));
    assert_eq!((others.fields.len(), others.max), (11, Some(Points::whole(130))));
    let ethnic = boarding.fields.iter().find(|field| field.code == "ethnic_minority_education").unwrap();
    assert_eq!(ethnic.max, Some(Points::whole(10)));
    assert_eq!(boarding.disqualifiers.len(), 4);
    let fifteen = set("muoi-lam-linh-vuc-2008");
    assert_eq!(fifteen.fields.len(), 15);
    assert!(fifteen.fields.iter().all(|field| field.max.is_none()));
    let year = crate::school_year::SchoolYear::parse("2008-2009").unwrap();
    assert!(fifteen.is_in_force(year) && !fifteen.is_in_force(year.next()));
}

#[test]
fn the_starter_sets_add_up_to_what_they_declare() {
    for set in shipped().iter().filter(|set| !set.is_frame) {
        let full: Points = set.fields.iter().map(WorkField::full).sum();
        assert_eq!(set.max, Some(full), "{}", set.code);
    }
    let thirteen = shipped().into_iter().find(|set| set.code == "muoi-ba-linh-vuc").unwrap();
    assert_eq!(thirteen.fields.len(), 13);
}

#[test]
fn a_sheet_that_declares_10_and_sums_to_12_is_refused_at_its_line() {
    let text = include_str!("sheets/cntt-truong-hoc-goc.toml");
    let faults = read(text).unwrap_err();
    assert_eq!(faults.len(), 1, "{}", listed(&faults));
    let line = text.lines().position(|line| line.contains("it_organisation")).unwrap();
    assert_eq!((faults[0].code, faults[0].line as usize), ("sum_mismatch", line));
    assert!(faults[0].message.contains("ghi tối đa 10 điểm nhưng các tiêu chí cộng lại được 12"), "{}", faults[0]);
    let mended = shipped().into_iter().find(|set| set.code == "cntt-truong-hoc").unwrap();
    assert_eq!(mended.max, Some(Points::whole(102)));
    assert_eq!(mended.items().count(), 19);
}

/// A sound set of one field; tests break it.
pub(in crate::evaluation) const SOUND: &str = r#"
code = "thu"
vi = "Bộ thử"
en = "Trial set"
kind = "school"
levels = ["lower_secondary"]
effective_from = "2023-08-01"
max = 20
source = "Thử"
confidence = "default"
[grades]
good = { vi = "Tốt", en = "Good", from = 80 }
rest = { vi = "Còn lại", en = "Rest", from = 0 }
[deductions]
late = { vi = "Nộp muộn", en = "Late", points = 1 }
[[field]]
code = "results"
vi = "Kết quả"
en = "Results"
max = 20
[field.criteria]
learning = { vi = "Học tập", en = "Learning", max = 10, kind = "indicator", indicator = "sec_learning_fair_or_better_share", steps = ["80.. = 10", "60..80 = 5", "..60 = 0"] }
clubs = { vi = "Câu lạc bộ", en = "Clubs", max = 10, kind = "evidence" }
"#;

#[test]
fn what_real_sheets_get_wrong_is_found_at_its_line() {
    assert!(read(SOUND).is_ok());
    let steps = r#"steps = ["80.. = 10", "60..80 = 5", "..60 = 0"]"#;
    let indicator = r#"indicator = "sec_learning_fair_or_better_share""#;
    let cases: &[(&str, &str, &str, u32)] = &[
        ("max = 20\nsource", "max = 30\nsource", "sum_mismatch", 8),
        ("en = \"Results\"\nmax = 20", "en = \"Results\"\nmax = 25", "sum_mismatch", 16),
        (steps, r#"steps = ["75.. = 10", "60..80 = 5", "..60 = 0"]"#, "steps_overlap", 22),
        (steps, r#"steps = ["80.. = 10", "65..80 = 5", "..60 = 0"]"#, "steps_gap", 22),
        (steps, r#"steps = ["80.. = 10", "60..80 = 5"]"#, "steps_gap", 22),
        (steps, r#"steps = ["80..100 = 10", "..80 = 0"]"#, "steps_gap", 22),
        (steps, r#"steps = ["80.. = 12", "..80 = 0"]"#, "points_over_max", 22),
        (steps, r#"steps = ["80.. = 9", "..80 = 0"]"#, "max_unreachable", 22),
        (steps, r#"steps = ["80.. = 0", "..80 = 10"]"#, "against_direction", 22),
        (steps, "steps = []", "no_steps", 22),
        (steps, r#"steps = ["80 = 10"]"#, "bad_step", 22),
        (steps, r#"linear = "100..50""#, "against_direction", 22),
        (steps, r#"linear = "50..50""#, "bad_linear", 22),
        (steps, "vi2 = 1", "unknown_field", 22),
        (steps, "applies_if = \"1 > 0\"", "missing_rule", 22),
        (steps, &format!("{steps}, applies_if = \"#{{khong_co}} > 0\""), "bad_formula", 22),
        (indicator, r#"indicator = "pri_result_good_share""#, "other_level", 22),
        (indicator, r#"indicator = "khong_co""#, "unknown_indicator", 22),
        (
            &format!("{indicator}, {steps}"),
            r#"indicator = "sec_female_share", best_of_peers = true"#,
            "no_direction",
            22,
        ),
        (
            r#"kind = "indicator", indicator = "sec_learning_fair_or_better_share""#,
            r#"kind = "timeliness", improvement = true"#,
            "no_last_year",
            22,
        ),
        (r#"kind = "evidence""#, "", "missing_kind", 23),
        (r#"max = 10, kind = "evidence""#, r#"kind = "evidence""#, "missing_field", 23),
        (r#"kind = "evidence""#, r#"kind = "tuy""#, "missing_kind", 23),
        (r#"kind = "evidence""#, r#"kind = "count", of = "khong_co", linear = "0..5""#, "unknown_item", 23),
        ("clubs =", "results =", "duplicate_code", 23),
        ("late = {", "clubs = {", "duplicate_code", 15),
        ("from = 80", "from = 101", "unreachable_grade", 12),
        ("from = 0 }", "from = 80 }", "unreachable_grade", 13),
        ("from = 0 }", "from = 10 }", "grade_gap", 13),
        ("confidence = \"default\"", "confidence = \"default\"\ngrade_basis = \"points\"", "unreachable_grade", 13),
        ("confidence = \"default\"", "confidence = \"default\"\nframe = true", "frame_with_criteria", 17),
        ("confidence = \"default\"", "confidence = \"default\"\nties = [\"khac\"]", "unknown_tie_break", 11),
        ("effective_from = \"2023-08-01\"", "effective_from = \"2023\"", "bad_date", 7),
        (
            "[deductions]",
            "[[field]]\ncode = \"trong\"\nvi = \"Trống\"\nen = \"Empty\"\n[deductions]",
            "empty_field",
            14,
        ),
        ("points = 1 }", "points = 1.234 }", "bad_points", 15),
    ];
    for (from, to, code, line) in cases {
        let text = SOUND.replacen(from, to, 1);
        assert_ne!(text, SOUND, "{code}: nothing was broken");
        let faults = read(&text).expect_err(code);
        let is_found = faults.iter().any(|fault| (fault.code, fault.line) == (*code, *line));
        assert!(is_found, "no {code} at {line} among\n{}", listed(&faults));
    }
}

#[test]
fn two_versions_may_not_be_in_force_on_one_day() {
    let file = |name, text| PackFile { name, text };
    let overlapping = SOUND.replace("2023-08-01", "2024-08-01");
    let faults = load(&[file("criteria/a.toml", SOUND), file("criteria/b.toml", &overlapping)], &shipped_catalogue());
    assert_eq!(faults.unwrap_err()[0].code, "versions_overlap");
    let ended = SOUND.replace("effective_from", "effective_to = \"2024-07-31\"\neffective_from");
    let sets = load(&[file("criteria/a.toml", &ended), file("criteria/b.toml", &overlapping)], &shipped_catalogue());
    assert_eq!(sets.unwrap().len(), 2);
}

#[test]
fn weights_caps_and_items_settle_a_criterion() {
    let line = r#"clubs = { vi = "Câu lạc bộ", en = "Clubs", max = 10, kind = "evidence" }"#;
    let items = r#"a = { vi = "Có", en = "Has", max = 3, kind = "yes_no" }, b = { vi = "Chất lượng", en = "Quality", max = 4, kind = "evidence" }"#;
    let with = |declared: &str| {
        let criterion = format!("clubs = {{ vi = \"Câu lạc bộ\", en = \"Clubs\", {declared}, items = {{ {items} }} }}");
        read(&SOUND.replace(line, &criterion))
    };
    let set = with("max = 10, weight = 2, cap = 10").unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    let criterion = &set.fields[0].criteria[1];
    assert_eq!(criterion.full(), Points::whole(10), "2 × 7 is cut at 10");
    assert_eq!(criterion.settled(Points::of_hundredths(333)), Points::of_hundredths(666));
    let faults = with("max = 10").unwrap_err();
    assert!(faults.iter().any(|fault| {
        fault.message.contains("tiêu chí 1.2 «Câu lạc bộ» ghi tối đa 10 điểm nhưng các mục cộng lại được 7")
    }));
}
