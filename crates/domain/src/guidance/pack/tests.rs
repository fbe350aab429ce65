//! The shipped texts keep the pack's rules, and each rule can see a breach.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;

use super::*;

const SHIPPED: &str = include_str!("../../../../../data/guidance/legal-texts.toml");

#[test]
fn the_shipped_texts_are_sound_and_dated() {
    let pack = Pack::parse(SHIPPED).unwrap();
    assert!(pack.texts.len() >= 30, "{}", pack.texts.len());
    let network = pack.network().unwrap();
    assert_eq!(network.lapsed_on("98-2023-nd-cp", date(2024, 8, 23)), None);
    let lapse = network.lapsed_on("98-2023-nd-cp", date(2026, 6, 21)).unwrap();
    assert_eq!(lapse.successor.as_deref(), Some("152-2025-nd-cp"));
    assert!(network.lapsed_on("42-2022-nd-cp", date(2026, 7, 1)).is_some());
}

#[test]
fn every_breach_is_told() {
    let text = r#"
        [[text]]
        id = "A b"
        number = "7/CT-UBND"
        type = "nonsense"
        subject = "x"
        valid_from = "2025-01-01"
        valid_to = "2024-01-01"
        source = " "
        confidence = "default"
    "#;
    let refusal = Pack::parse(text).unwrap_err();
    let codes: Vec<&str> = refusal.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["leading_zero", "unknown_type", "id_form", "validity", "no_source"]);
}
