//! What the checker finds before any value is known.

use super::*;
use crate::figures::{catalogue::Measure, formula::ItemNature};

struct Pack;

impl Vocabulary for Pack {
    fn item(&self, item: &ItemCode) -> Option<ItemNature> {
        let counted = |measure: &str| Some(ItemNature::Number(Measure(measure.to_owned())));
        match item.to_string().as_str() {
            "pupils" | "pupils.girls" | "teachers" => counted("người"),
            "classes" => counted("lớp"),
            "boarding" => Some(ItemNature::Boolean),
            "note" => Some(ItemNature::Text),
            _ => None,
        }
    }

    fn has_constant(&self, code: &str) -> bool {
        code == "k"
    }
}

fn found(text: &str) -> String {
    let faults = Formula::parse(text).unwrap().check(&Pack);
    let shown: Vec<String> = faults.iter().map(|fault| format!("{}@{}", fault.code.as_str(), fault.at)).collect();
    shown.join(" ")
}

#[test]
fn sound_formulas_pass() {
    for text in [
        "100 * #{pupils.girls} / #{pupils}",
        "#{pupils} / #{classes}",
        "#{pupils} + #{teachers} + 1",
        "#{pupils} - 35 * #{teachers}",
        "#{pupils} / #{classes} > C{k}",
        "#{pupils} / C{k} + #{teachers}",
        "#{pupils} / #{classes} + #{teachers} / #{classes}",
        "pct(#{pupils} - prev(#{pupils}), prev(#{pupils}))",
        "pct(#{pupils}, parent(#{pupils}))",
        "if(#{boarding} and #{note} == 'x', #{pupils}, 0)",
        "if(#{pupils}, 'a', 1)",
        "firstNonNull(#{pupils}, null) * '2'",
        "round(#{pupils} / 3, 1) + #{teachers}",
        "contains(#{note}, 'a') or not #{boarding}",
        "greatest(#{pupils}, 1) - #{teachers}",
        "is(#{note} in 'a', 'b')",
    ] {
        assert_eq!(found(text), "", "{text}");
    }
}

#[test]
fn faults_are_listed_with_their_places() {
    for (text, expected) in [
        ("#{pupil} + #{pupils.boys}", "unknown_item@0 unknown_item@11"),
        ("prev(#{nothing}) * C{none}", "unknown_item@0 unknown_constant@19"),
        ("#{pupils} + #{classes}", "measure@12"),
        ("#{pupils} > #{classes}", "measure@12"),
        ("#{pupils} - 2 * #{classes}", "measure@12"),
        ("greatest(#{pupils}, #{classes})", "measure@20"),
        ("if(true, #{pupils}, #{classes})", "measure@20"),
        ("firstNonNull(#{classes}, #{pupils})", "measure@25"),
        ("is(#{pupils} in 1, #{classes})", "measure@19"),
        ("#{pupils} + #{boarding}", "type@12"),
        ("(#{pupils} > 1) + 1", "type@0"),
        ("#{note} * 2", "type@0"),
        ("'x' + 1", "type@0"),
        ("not 0.5", "type@4"),
        ("if('yes', 1, 2)", "type@3"),
        ("round(1, 11)", "range@9"),
        ("prev(1)", "type@0"),
        ("pct(true, #{x})", "type@4 unknown_item@10"),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}
