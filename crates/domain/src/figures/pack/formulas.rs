//! Checks formulas against the codes of a catalogue.

use std::collections::{BTreeMap, BTreeSet};

use super::faults::{Faults, Place};
use crate::figures::catalogue::{Constant, DataElement, Indicator, ItemCode};

/// Every code that a formula may name.
pub(super) struct Vocabulary<'a> {
    pub(super) elements: BTreeMap<&'a str, &'a DataElement>,
    indicators: BTreeSet<String>,
    constants: &'a BTreeMap<String, Constant>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new<'i>(
        elements: &'a [DataElement],
        indicators: impl Iterator<Item = &'i Indicator>,
        constants: &'a BTreeMap<String, Constant>,
    ) -> Self {
        Self {
            elements: elements.iter().map(|element| (element.code.as_str(), element)).collect(),
            indicators: indicators.map(|indicator| indicator.code.clone()).collect(),
            constants,
        }
    }

    /// Notes what is wrong with a formula; returns the items that it reads.
    pub(super) fn check(&self, formula: &str, place: Place, faults: &mut Faults) -> Vec<ItemCode> {
        let (items, constants) = named(formula);
        for item in &items {
            self.check_item(item, place, faults);
        }
        for code in constants.iter().filter(|code| !self.constants.contains_key(*code)) {
            faults.add(place, "unknown_constant", format!("hằng số «{code}» chưa có trong constants.toml"));
        }
        items
    }

    pub(super) fn check_item(&self, item: &ItemCode, place: Place, faults: &mut Faults) {
        if self.indicators.contains(&item.element) && item.option.is_none() {
            return;
        }
        let Some(element) = self.elements.get(item.element.as_str()) else {
            faults.add(place, "unknown_item", format!("không có chỉ tiêu hoặc chỉ số «{}»", item.element));
            return;
        };
        if let Some(option) = &item.option
            && !element.options.iter().any(|known| known.code == *option)
        {
            faults.add(place, "unknown_option", format!("chỉ tiêu «{}» không có phân tổ «{option}»", item.element));
        }
    }
}

fn named(formula: &str) -> (Vec<ItemCode>, Vec<String>) {
    let (mut items, mut constants) = (Vec::new(), Vec::new());
    for (at, _) in formula.match_indices('{') {
        let Some(code) = formula[at + 1..].split('}').next() else { continue };
        match formula[..at].chars().next_back() {
            Some('#') => items.extend(ItemCode::parse(code)),
            Some('C') => constants.push(code.to_owned()),
            _ => {}
        }
    }
    (items, constants)
}
