//! The shipped packs, and packs with faults.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::*;
use crate::Level;
use crate::figures::catalogue::{CheckKind, ItemCode, PeriodKind, StatisticalForm};

/// The folder of the data that ship with the product.
pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

/// The files of the packs that ship with the product.
fn shipped() -> Vec<(String, String)> {
    fn collect(folder: &Path, root: &Path, into: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                collect(&path, root, into);
            } else if belongs(&name) {
                into.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let (root, mut files) = (data(), Vec::new());
    collect(&root, &root, &mut files);
    files
}

fn load_owned(files: &[(String, String)]) -> Result<Catalogue, Vec<PackFault>> {
    let files: Vec<PackFile<'_>> = files.iter().map(|(name, text)| PackFile { name, text }).collect();
    load(&files)
}

fn listed(faults: &[PackFault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

/// The shipped catalogue, read once: it is large.
pub(crate) fn shipped_catalogue() -> Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    let read = || load_owned(&shipped()).unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    CATALOGUE.get_or_init(read).clone()
}

#[test]
fn the_shipped_packs_are_as_large_as_promised() {
    let catalogue = shipped_catalogue();
    assert!(catalogue.elements.len() >= 250, "{} elements", catalogue.elements.len());
    assert!(catalogue.indicators.len() >= 80, "{} indicators", catalogue.indicators.len());
    assert!(catalogue.checks.len() >= 300, "{} checks", catalogue.checks.len());
    for form in &catalogue.forms {
        assert!((20..=120).contains(&form.cell_count()), "{} has {} cells", form.code, form.cell_count());
    }
}

#[test]
fn every_kind_of_school_has_a_form_in_both_periods() {
    let catalogue = shipped_catalogue();
    for level in [Level::Preschool, Level::Primary, Level::LowerSecondary, Level::Continuing] {
        let levels = [level];
        let periods: Vec<PeriodKind> = catalogue.forms_for(&levels).map(|form| form.period).collect();
        assert!(periods.contains(&PeriodKind::StartOfYear) && periods.contains(&PeriodKind::EndOfYear), "{level:?}");
    }
    let primary: usize = catalogue.forms_for(&[Level::Primary]).map(StatisticalForm::cell_count).sum();
    assert!((250..=340).contains(&primary), "a primary school fills {primary} cells");
}

#[test]
fn every_shipped_label_is_in_both_languages_and_every_source_named() {
    let catalogue = shipped_catalogue();
    let labels = catalogue
        .elements
        .iter()
        .map(|e| (&e.label, &e.source))
        .chain(catalogue.indicators.iter().map(|i| (&i.label, &i.source)))
        .chain(catalogue.checks.iter().map(|c| (&c.label, &c.source)))
        .chain(catalogue.forms.iter().map(|f| (&f.title, &f.source)))
        .chain(catalogue.constants.values().map(|c| (&c.label, &c.source)));
    for (label, source) in labels {
        assert!(!label.vi.is_empty() && !label.en.is_empty() && !source.text.is_empty(), "{label:?}");
        let vietnamese_letter = |c: char| c.is_alphabetic() && !c.is_ascii();
        assert!(!label.en.contains(vietnamese_letter), "not English: {}", label.en);
    }
}

#[test]
fn every_shipped_element_and_every_item_of_an_indicator_is_asked_for_by_a_form() {
    let catalogue = shipped_catalogue();
    let cells: BTreeSet<&ItemCode> = catalogue.forms.iter().flat_map(StatisticalForm::cells).map(|c| &c.item).collect();
    let is_given = |item: &ItemCode| match catalogue.element(&item.element) {
        Some(element) if !element.greatest_of.is_empty() => element.greatest_of.iter().all(|part| cells.contains(part)),
        _ => cells.contains(item),
    };
    for element in &catalogue.elements {
        let own = ItemCode { element: element.code.clone(), option: None };
        let has_cell = cells.iter().any(|item| item.element == element.code);
        assert!(has_cell || is_given(&own), "no form asks for {}", element.code);
        assert!(!has_cell || element.greatest_of.is_empty(), "{} is found, not asked for", element.code);
        for option in &element.options {
            let item = ItemCode { element: element.code.clone(), option: Some(option.code.clone()) };
            assert!(cells.contains(&item), "no form asks for {item}");
        }
    }
    for indicator in &catalogue.indicators {
        for item in formulas::items(&indicator.formula) {
            assert!(
                is_given(&item) || catalogue.indicator(&item.element).is_some(),
                "{} reads {item}, which no form asks for",
                indicator.code
            );
        }
    }
}

#[test]
fn no_shipped_indicator_precedes_what_it_needs() {
    let catalogue = shipped_catalogue();
    let position = |code: &str| catalogue.indicators.iter().position(|indicator| indicator.code == code);
    let mut references = 0;
    for (index, indicator) in catalogue.indicators.iter().enumerate() {
        for needed in formulas::items(&indicator.formula).iter().filter_map(|item| position(&item.element)) {
            assert!(needed < index, "{} comes too early", indicator.code);
            references += 1;
        }
    }
    assert!(references >= 10, "the packs use indicators inside indicators");
}

/// A small pack without a fault; every case below changes one text in it.
const SMALL: [(&str, &str); 6] = [
    ("options.toml", include_str!("small/options.toml")),
    ("constants.toml", include_str!("small/constants.toml")),
    ("elements/a.toml", include_str!("small/elements/a.toml")),
    ("forms/a.toml", include_str!("small/forms/a.toml")),
    ("indicators/a.toml", include_str!("small/indicators/a.toml")),
    ("checks/a.toml", include_str!("small/checks/a.toml")),
];

#[test]
fn a_small_pack_becomes_the_catalogue_it_says() {
    let files: Vec<PackFile<'_>> = SMALL.iter().rev().map(|(name, text)| PackFile { name, text }).collect();
    let catalogue = load(&files).unwrap();
    let form = catalogue.form("A-1").unwrap();
    let items: Vec<String> = form.cells().map(|cell| cell.item.to_string()).collect();
    let expected = [
        "pupils",
        "pupils.female",
        "day_pupils",
        "day_pupils.female",
        "other_pupils",
        "other_pupils.female",
        "classes",
    ];
    assert_eq!(items, expected);
    let total = form.cells().nth(1).unwrap();
    let parts: Vec<String> = total.total_of.iter().map(ToString::to_string).collect();
    assert_eq!(parts, ["day_pupils.female", "other_pupils.female"]);
    assert!(total.required && !form.cells().last().unwrap().required);
    assert_eq!(form.sections[0].lines[0].label.en, "Pupils");
    let indicators: Vec<&str> = catalogue.indicators.iter().map(|i| i.code.as_str()).collect();
    assert_eq!(indicators, ["girls", "gap", "size"]);
    let checks: Vec<&str> = catalogue.checks.iter().map(|c| c.code.as_str()).collect();
    let expected = [
        "CK-03-pupils",
        "CK-03-day_pupils",
        "CK-03-other_pupils",
        "CK-10",
        "CK-02-total",
        "CK-02-female",
        "CK-09-pupils",
        "CK-01",
        "CK-04-day_pupils",
        "CK-04-other_pupils.female",
    ];
    assert_eq!(checks, expected);
    assert_eq!(catalogue.checks[0].label.vi, "Học sinh: nữ");
    let female = CheckKind::Relation {
        left: "#{day_pupils.female}".to_owned(),
        operator: "<=".to_owned(),
        right: "#{pupils.female}".to_owned(),
    };
    assert_eq!(catalogue.checks[5].check, female);
    assert_eq!(catalogue.checks[7].label.vi, "«Học sinh» bằng tổng 2 phần, từ «Học sinh bán trú» đến «Học sinh khác»");
    assert_eq!(catalogue.checks[9].label.vi, "«Học sinh khác (nữ)» không lớn hơn «Học sinh»");
    assert_eq!(catalogue.constants["most"].value, 35.0);
}

/// The faults of the small pack with `from` replaced by `to` in one file, as `line code`.
fn faults_of(file: &str, from: &str, to: &str) -> Vec<String> {
    let mut found = false;
    let files: Vec<(String, String)> = SMALL
        .iter()
        .map(|(name, text)| {
            let changed = if *name == file { text.replacen(from, to, 1) } else { (*text).to_owned() };
            found |= changed != *text;
            ((*name).to_owned(), changed)
        })
        .collect();
    assert!(found, "{file} does not hold {from}");
    let faults = load_owned(&files).expect_err("the changed pack must be refused");
    faults
        .iter()
        .map(|fault| {
            assert!(fault.message.chars().count() > 10, "{fault}");
            if fault.file == file {
                format!("{} {}", fault.line, fault.code)
            } else {
                format!("{}:{} {}", fault.file, fault.line, fault.code)
            }
        })
        .collect()
}

/// File, text, replacement, and the faults: `line code` in the file itself, `file:line code` elsewhere.
const FAULTS: [(&str, &str, &str, &str); 43] = [
    ("elements/a.toml", r#"en = "Pupils" }"#, r#"en = "Pupils", colour = 3 }"#, "9 unknown_field"),
    (
        "elements/a.toml",
        "day_pupils = {",
        "pupils = {",
        "10 duplicate_code;checks/a.toml:11 unknown_item;checks/a.toml:12 unknown_item;checks/a.toml:9 unknown_item;checks/a.toml:9 unknown_item;forms/a.toml:15 total_not_in_form;forms/a.toml:17 unknown_element",
    ),
    (
        "elements/a.toml",
        "classes = { vi",
        "pupils = { vi",
        "17 duplicate_code;checks/a.toml:8 unknown_item;forms/a.toml:19 unknown_element;indicators/a.toml:10 unknown_item",
    ),
    ("elements/a.toml", r#"vi = "Lớp", "#, "", "17 missing_label"),
    (
        "elements/a.toml",
        r#"source = "Biểu A""#,
        "",
        "9 missing_source;10 missing_source;11 missing_source;17 missing_source",
    ),
    ("elements/a.toml", r#"measure = "lớp""#, "", "17 missing_field"),
    ("elements/a.toml", r#"["female"]"#, r#"["female", "male"]"#, "7 unknown_option"),
    ("elements/a.toml", r#"["female"]"#, r#"["female", "female"]"#, "7 duplicate_code"),
    ("elements/a.toml", r#"aggregation = "last""#, r#"aggregation = "mean""#, "6 bad_value"),
    ("elements/a.toml", r#"aggregation = "last""#, "aggregation = 5", "6 wrong_type"),
    ("elements/a.toml", r#"title = "Lớp""#, r#"level = "primary""#, "17 bad_code"),
    (
        "elements/a.toml",
        "other_pupils = {",
        "Other = {",
        "11 bad_code;checks/a.toml:11 unknown_item;checks/a.toml:12 unknown_item;forms/a.toml:15 total_not_in_form;forms/a.toml:18 unknown_element",
    ),
    ("elements/a.toml", r#"title = "Lớp""#, r#"title = "Lớp"#, "13 syntax"),
    ("elements/a.toml", r#"title = "Lớp""#, r#"kind = "yes_no""#, "17 bad_value;indicators/a.toml:10 bad_formula"),
    ("elements/a.toml", r#"title = "Lớp""#, r#"kind = "guess""#, "13 bad_value"),
    (
        "forms/a.toml",
        r#"element = "classes""#,
        r#"element = "klasses""#,
        "19 unknown_element;checks/a.toml:8 rule_not_in_form",
    ),
    ("forms/a.toml", r#"only = ["total"], "#, "", "19 unknown_option"),
    ("forms/a.toml", r#"only = ["total"]"#, r#"only = ["total", "grade_1"]"#, "19 unknown_option"),
    (
        "forms/a.toml",
        r#"columns = ["total", "female"]"#,
        r#"columns = ["total", "female", "males"]"#,
        "13 unknown_option;15 unknown_option;17 unknown_option;18 unknown_option",
    ),
    ("forms/a.toml", r#""other_pupils"]"#, r#""classes"]"#, "15 mixed_units;15 total_not_in_form"),
    (
        "forms/a.toml",
        r#"{ element = "classes""#,
        r#"{ element = "pupils""#,
        "19 repeated_cell;checks/a.toml:8 rule_not_in_form",
    ),
    ("forms/a.toml", r#"period = "start_of_year""#, r#"period = "spring""#, "5 bad_value"),
    ("forms/a.toml", r#""A-1""#, r#""Á 1""#, "1 bad_code"),
    ("forms/a.toml", r#"levels = ["primary"]"#, r#"levels = ["first"]"#, "6 bad_value"),
    ("indicators/a.toml", "#{classes}", "#{clases}", "10 unknown_item"),
    ("indicators/a.toml", "#{pupils.female}", "#{classes.female}", "9 unknown_option"),
    ("indicators/a.toml", "C{most}", "C{least}", "10 unknown_constant"),
    ("indicators/a.toml", "/ #{classes}", "/ / #{classes}", "10 bad_formula"),
    ("indicators/a.toml", "pct(#{pupils.female}, #{pupils})", "#{gap} + 1", "8 indicator_cycle"),
    ("indicators/a.toml", "pct(#{pupils.female}, #{pupils})", "#{girls}", "9 indicator_cycle"),
    ("indicators/a.toml", "girls = {", "pupils = {", "9 duplicate_code;8 unknown_item"),
    ("checks/a.toml", "#{*.female} <= #{*}", "#{*.female} + #{*}", "7 bad_formula"),
    ("checks/a.toml", r#"for_options = ["female"]"#, r#"for_options = ["grade_1"]"#, "7 unknown_option"),
    ("indicators/a.toml", "#{pupils} / #{classes}", "#{pupils} + 2 * #{classes}", "10 mixed_units"),
    ("indicators/a.toml", "50 - #{girls}", "#{classes} - #{girls}", "8 mixed_units"),
    (
        "checks/a.toml",
        r#"parts = ["day_pupils", "other_pupils"]"#,
        r#"parts = ["day_pupils", "classes"]"#,
        "11 mixed_units",
    ),
    ("checks/a.toml", "percent = 20, ", "", "10 missing_field"),
    ("checks/a.toml", r#"whole = "pupils""#, r#"whole = "pupil""#, "12 unknown_item"),
    ("checks/a.toml", r#"jump = ["pupils"]"#, r#"jump = ["pupils.male"]"#, "10 unknown_option"),
    (
        "checks/a.toml",
        r#"total = "pupils", parts = ["day_pupils""#,
        r#"total = "pupils", parts = ["day pupils""#,
        "11 bad_code",
    ),
    (
        "checks/a.toml",
        r#"each_option = ["total", "female"]"#,
        r#"each_option = ["total", "femal"]"#,
        "9 unknown_option",
    ),
    ("checks/a.toml", r#"#{pupils} > 0"#, r#"#{gap} > 0"#, "8 rule_not_in_form"),
    ("constants.toml", "value = 35", r#"value = "35""#, "4 wrong_type"),
];

#[test]
fn every_kind_of_fault_is_found_at_its_line() {
    for (file, from, to, expected) in FAULTS {
        let mut expected: Vec<&str> = expected.split(';').collect();
        let mut found = faults_of(file, from, to);
        expected.sort_unstable();
        found.sort();
        assert_eq!(found, expected, "{file}: {from} -> {to}");
    }
}

#[test]
fn what_an_element_is_the_greatest_of_is_given_by_schools() {
    let with = |parts: &str| {
        let classes = r#"classes = { vi = "Lớp", en = "Classes" }"#;
        let most = format!("{classes}\nmost = {{ vi = \"Nhiều nhất\", en = \"Most\", greatest_of = [{parts}] }}");
        let files: Vec<(String, String)> =
            SMALL.iter().map(|(name, text)| ((*name).to_owned(), text.replacen(classes, &most, 1))).collect();
        load_owned(&files).map_err(|faults| faults.iter().map(|fault| fault.code).collect::<Vec<_>>())
    };
    let catalogue = with(r#""pupils.female", "day_pupils""#).unwrap();
    assert_eq!(catalogue.element("most").unwrap().greatest_of.len(), 2);
    for wrong in [r#""pupil""#, r#""pupils.male""#, r#""most""#, r#""no code""#] {
        assert_eq!(with(wrong).unwrap_err(), ["unknown_item"], "{wrong}");
    }
}

#[test]
fn a_file_that_belongs_to_no_pack_is_named() {
    let faults = load(&[PackFile { name: "notes/readme.toml", text: "" }]).unwrap_err();
    assert_eq!(faults[0].to_string().split(':').next(), Some("notes/readme.toml"));
    assert_eq!(faults[0].code, "unknown_pack");
    assert!(belongs("data/forms/02-th-dn.toml") && belongs("constants.toml"));
    assert!(!belongs("data/units.csv") && !belongs("data/elements/notes.md"));
}

#[test]
fn an_indicator_may_read_its_own_value_of_the_year_before() {
    let mut files = shipped();
    let (_, text) = files.iter_mut().find(|(name, _)| name == "indicators/primary.toml").unwrap();
    *text = text.replacen(
        "#{pri_result_excellent_share} + #{pri_result_good_share}",
        "firstNonNull(prev(#{pri_result_good_or_better_share}), #{pri_result_good_share})",
        1,
    );
    let catalogue = load_owned(&files).unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    let place = |code: &str| catalogue.indicators.iter().position(|indicator| indicator.code == code).unwrap();
    assert!(place("pri_result_good_share") < place("pri_result_good_or_better_share"));
}
