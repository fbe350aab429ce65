//! Checks formulas against the codes of a catalogue.

use std::collections::BTreeMap;

use super::faults::{Faults, Place};
use super::measures;
use crate::figures::catalogue::{Constant, DataElement, Indicator, ItemCode};
use crate::figures::formula::Formula;

/// Every code that a formula may name.
pub(super) struct Vocabulary<'a> {
    pub(super) elements: BTreeMap<&'a str, &'a DataElement>,
    /// Indicators by code, with their measures.
    indicators: BTreeMap<&'a str, &'a str>,
    constants: &'a BTreeMap<String, Constant>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(
        elements: &'a [DataElement],
        indicators: impl Iterator<Item = &'a Indicator>,
        constants: &'a BTreeMap<String, Constant>,
    ) -> Self {
        Self {
            elements: elements.iter().map(|element| (element.code.as_str(), element)).collect(),
            indicators: indicators.map(|indicator| (indicator.code.as_str(), indicator.measure.0.as_str())).collect(),
            constants,
        }
    }

    /// Notes what is wrong with a formula; returns the items that it reads.
    pub(super) fn check(&self, text: &str, place: Place, faults: &mut Faults) -> Vec<ItemCode> {
        let formula = match Formula::parse(text) {
            Ok(formula) => formula,
            Err(error) => {
                let message = format!("công thức «{text}», ký tự thứ {}: {}", error.at + 1, error.message);
                faults.add(place, "bad_formula", message);
                return Vec::new();
            }
        };
        let items: Vec<ItemCode> = formula.items().into_iter().cloned().collect();
        for item in &items {
            self.check_item(item, place, faults);
        }
        for code in formula.constants().iter().filter(|code| !self.constants.contains_key(*code)) {
            faults.add(place, "unknown_constant", format!("hằng số «{code}» chưa có trong constants.toml"));
        }
        if let Some((one, other)) = measures::mixed(&formula, self) {
            let message = format!("công thức «{text}» cộng trừ {one} với {other}; chỉ cộng trừ cùng một đơn vị tính");
            faults.add(place, "mixed_units", message);
        }
        items
    }

    /// What an element or indicator counts in.
    pub(super) fn measure(&self, item: &ItemCode) -> Option<&'a str> {
        let element = self.elements.get(item.element.as_str()).map(|element| element.measure.0.as_str());
        element.or_else(|| self.indicators.get(item.element.as_str()).copied())
    }

    pub(super) fn check_item(&self, item: &ItemCode, place: Place, faults: &mut Faults) {
        if self.knows(item) {
            return;
        }
        match (self.elements.get(item.element.as_str()), &item.option) {
            (Some(element), Some(option)) => {
                let message = format!("chỉ tiêu «{}» không có phân tổ «{option}»", element.code);
                faults.add(place, "unknown_option", message);
            }
            _ => faults.add(place, "unknown_item", format!("không có chỉ tiêu hoặc chỉ số «{item}»")),
        }
    }

    /// Whether the catalogue has this element, option or indicator.
    pub(super) fn knows(&self, item: &ItemCode) -> bool {
        match (self.elements.get(item.element.as_str()), &item.option) {
            (Some(element), Some(option)) => element.options.iter().any(|known| known.code == *option),
            (Some(_), None) => true,
            (None, None) => self.indicators.contains_key(item.element.as_str()),
            (None, Some(_)) => false,
        }
    }
}

/// The items that a formula reads; none where it cannot be read.
pub(super) fn items(text: &str) -> Vec<ItemCode> {
    Formula::parse(text).map(|formula| formula.items().into_iter().cloned().collect()).unwrap_or_default()
}
