//! The shipped data load.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn the_shipped_packs_have_no_fault() {
    let catalogue = catalogue().unwrap();
    assert!(catalogue.elements.len() >= 250, "{} elements", catalogue.elements.len());
    assert!(catalogue.forms.iter().any(|form| form.code == "02-TH-CN"));
}

fn own(name: &str, text: &str) -> OwnFile {
    OwnFile { name: name.to_owned(), place: format!("packs/{name}"), text: text.to_owned() }
}

#[test]
fn an_office_s_files_replace_or_join_the_shipped_ones() {
    let shipped = text("constants.toml").unwrap();
    let added = "source = \"Quy chế của phường\"\nconfidence = \"default\"\n\n[[group]]\ntitle = \"Riêng\"\nmeasure = \"buổi\"\n\
        aggregation = \"sum\"\nmax = 400\n[group.elements]\nown_reading_days = { vi = \"Số buổi đọc sách\", en = \"Reading days\" }\n";
    let catalogue = catalogue_with(&[own("elements/own.toml", added), own("constants.toml", shipped)]).unwrap();
    assert!(catalogue.element("own_reading_days").is_some());
    assert_eq!(catalogue.forms.len(), self::catalogue().unwrap().forms.len());
    assert!(own("constants.toml", shipped).replaces() && !own("elements/own.toml", added).replaces());
}

#[test]
fn every_fault_of_an_office_s_packs_is_named_with_file_and_line() {
    let twice = "source = \"x\"\nconfidence = \"default\"\n\n[[group]]\ntitle = \"A\"\nmeasure = \"người\"\naggregation = \"sum\"\n\
        max = 9\n[group.elements]\npri_pupil_count = { vi = \"Trùng\", en = \"Twice\" }\n";
    let faults = catalogue_with(&[
        own("elements/own.toml", twice),
        own("indicators/own.toml", "[[group]\n"),
        own("lac.toml", ""),
    ])
    .unwrap_err();
    let found = |file: &str, line: u32| faults.iter().any(|fault| fault.file == file && fault.line == line);
    assert!(found("packs/elements/own.toml", 10), "{faults:?}");
    assert!(found("packs/indicators/own.toml", 1), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.file == "packs/lac.toml" && fault.code == "unknown_pack"), "{faults:?}");
}

#[test]
fn the_packs_of_award_law_have_no_fault() {
    let codes: Vec<&str> = award_law().unwrap().iter().map(|pack| pack.code.as_str()).collect();
    assert_eq!(codes.first(), Some(&"award_law_2003"));
    assert!(codes.contains(&"award_law_2022_decree_152"), "{codes:?}");
}

#[test]
fn the_administrative_units_ship_whole() {
    assert_eq!(text("admin-units/units.csv").unwrap().lines().count(), 14_150);
    assert_eq!(text("admin-units/successors.csv").unwrap().lines().count(), 10_598);
    assert!(matches!(text("admin-units/none.csv"), Err(Error::NotFound(_))));
}
