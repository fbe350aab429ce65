//! Checks formulas against the catalogue read so far, and says at which line of the pack a fault stands.

use super::faults::{Faults, Place};
use crate::figures::catalogue::{Catalogue, ItemCode};
use crate::figures::formula::{ErrorCode, Formula, FormulaError, Vocabulary};

/// Notes what is wrong with a formula; returns the items of its own year that it reads: what it reads of the year before
/// is known before any of its own.
pub(super) fn check(text: &str, place: Place, catalogue: &Catalogue, faults: &mut Faults) -> Vec<ItemCode> {
    let formula = match Formula::parse(text) {
        Ok(formula) => formula,
        Err(error) => {
            note(&error, "bad_formula", text, place, faults);
            return Vec::new();
        }
    };
    let items: Vec<ItemCode> = formula.items().into_iter().cloned().collect();
    for item in &items {
        check_item(item, place, catalogue, faults);
    }
    for error in formula.check(catalogue) {
        match error.code {
            // Told above, once for each item and with its option apart.
            ErrorCode::UnknownItem => {}
            ErrorCode::UnknownConstant => note(&error, "unknown_constant", text, place, faults),
            ErrorCode::Measure => note(&error, "mixed_units", text, place, faults),
            _ => note(&error, "bad_formula", text, place, faults),
        }
    }
    let own = formula.references().iter().filter(|reference| !reference.previous);
    own.map(|reference| reference.item.clone()).collect()
}

fn note(error: &FormulaError, code: &'static str, text: &str, place: Place, faults: &mut Faults) {
    faults.add(place, code, format!("công thức «{text}», ký tự thứ {}: {}", error.at + 1, error.message));
}

/// Notes an item that the catalogue does not have.
pub(super) fn check_item(item: &ItemCode, place: Place, catalogue: &Catalogue, faults: &mut Faults) {
    if knows(item, catalogue) {
        return;
    }
    match (catalogue.element(&item.element), &item.option) {
        (Some(element), Some(option)) => {
            let message = format!("chỉ tiêu «{}» không có phân tổ «{option}»", element.code);
            faults.add(place, "unknown_option", message);
        }
        _ => faults.add(place, "unknown_item", format!("không có chỉ tiêu hoặc chỉ số «{item}»")),
    }
}

/// Whether the catalogue has this element, option or indicator.
pub(super) fn knows(item: &ItemCode, catalogue: &Catalogue) -> bool {
    catalogue.item(item).is_some()
}

/// The items that a formula reads; none where it cannot be read.
pub(super) fn items(text: &str) -> Vec<ItemCode> {
    Formula::parse(text).map(|formula| formula.items().into_iter().cloned().collect()).unwrap_or_default()
}
