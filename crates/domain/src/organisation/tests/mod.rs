//! The organisation over time: on the national list, on bad files, and on changes decided one after another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bad_input;
mod changes;
mod decisions;
mod lists;
mod national;
mod staffing;

use jiff::civil::{Date, date};

use super::*;
use crate::Refusal;

/// The last day of three tiers.
fn before() -> Date {
    date(2025, 6, 30)
}

/// The first day of two tiers.
fn after() -> Date {
    date(2025, 7, 1)
}

fn codes(refusal: &Refusal) -> Vec<&str> {
    refusal.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

/// A country, a province, two communes and three schools; the schools on both lines.
fn small() -> Registry {
    let always = Validity::ALWAYS;
    let commune =
        |code: &str, name: &str| Unit::new(code, UnitKind::Commune, name, always).under(Line::Management, "P");
    let school = |code: &str, name: &str, commune: &str| {
        Unit::new(code, UnitKind::School, name, always).under(Line::Management, commune).under(Line::Professional, "S")
    };
    let units = vec![
        Unit::new("VN", UnitKind::Country, "Cả nước", always),
        Unit::new("P", UnitKind::Province, "Tỉnh Mẫu", always).under(Line::Management, "VN"),
        Unit::new("S", UnitKind::ProvinceEducationDepartment, "Sở GDĐT Mẫu", always).under(Line::Management, "P"),
        commune("A", "Xã An"),
        commune("B", "Xã Bình"),
        school("10000001", "Trường Tiểu học An", "A"),
        school("10000002", "Trường THCS Án", "A"),
        school("10000003", "Trường Tiểu học Bình", "B"),
    ];
    Registry::from_records(units, vec![]).unwrap()
}
