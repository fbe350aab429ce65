//! The shipped data load.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn the_shipped_packs_have_no_fault() {
    let catalogue = catalogue().unwrap();
    assert!(catalogue.elements.len() >= 250, "{} elements", catalogue.elements.len());
    assert!(catalogue.forms.iter().any(|form| form.code == "02-TH-CN"));
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
