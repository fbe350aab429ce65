//! One workbook that an invented school sends, with the faults that real ones have.

use domain::{
    figures::catalogue::{Catalogue, StatisticalForm},
    school_year::ReportingPeriod,
    submissions::Value,
};

use super::{noise, values};
use crate::submissions::SubmissionKey;

/// What is wrong with a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing.
    None,
    /// A total that its parts do not add up to.
    WrongTotal,
    /// A required cell left empty.
    Empty,
    /// A number that cannot be, from a key pressed too long.
    TooLarge,
}

/// Figures that no sum and no other rule leans on, one a form.
const STANDS_ALONE: [&str; 12] = [
    "pre_fee_exempt_count",
    "pre_catchment_age_0_2_count",
    "pri_pupil_policy_count",
    "pri_summer_training_count",
    "sec_pupil_policy_count",
    "sec_vocational_count",
    "con_community_centre_count",
    "con_certificate_count",
    "training_turn_count",
    "teaching_computer_count",
    "food_self_inspection_count",
    "law_education_count",
];

/// A workbook to be sent.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    pub(super) key: SubmissionKey,
    pub(super) values: Vec<Option<Value>>,
    pub(super) fault: Fault,
    right: Vec<Option<Value>>,
}

impl Sending {
    pub(super) fn new(
        catalogue: &Catalogue,
        period: &ReportingPeriod,
        form: &StatisticalForm,
        unit: &str,
        numbers: &[f64],
    ) -> Self {
        let right: Vec<Option<Value>> = values::typed(catalogue, form, numbers);
        let key = SubmissionKey::new(&period.code, &form.code, unit);
        let fault = match noise::mix(&[noise::key(&period.code), noise::key(&form.code), noise::key(unit)]) % 90 {
            0 => Fault::WrongTotal,
            1 => Fault::Empty,
            2 => Fault::TooLarge,
            _ => Fault::None,
        };
        let mut values = right.clone();
        let fault = if spoil(form, &mut values, fault) { fault } else { Fault::None };
        Self { key, values, fault, right }
    }

    /// The same workbook, put right.
    pub(super) fn mended(&self) -> Self {
        Self { values: self.right.clone(), fault: Fault::None, ..self.clone() }
    }

    /// The same workbook after the school looked again: one figure that stands alone differs by one.
    pub(super) fn corrected(&self, form: &StatisticalForm) -> Self {
        let mut corrected = self.mended();
        let position = form.cells().position(|cell| STANDS_ALONE.contains(&cell.item.element.as_str()));
        if let Some(Some(Value::Number(number))) = position.and_then(|position| corrected.values.get_mut(position)) {
            *number += 1.0;
        }
        corrected
    }
}

/// What a right number becomes.
type Spoiled = fn(f64) -> Option<Value>;

fn spoil(form: &StatisticalForm, values: &mut [Option<Value>], fault: Fault) -> bool {
    let wanted = |total: bool| form.cells().position(|cell| cell.total_of.is_empty() != total && cell.required);
    let (position, value): (Option<usize>, Spoiled) = match fault {
        Fault::None => return false,
        Fault::WrongTotal => (wanted(true), |value| Some(Value::Number(value + 10.0))),
        Fault::Empty => (wanted(false), |_| None),
        Fault::TooLarge => (wanted(false), |value| Some(Value::Number(value * 1e7 + 1e7))),
    };
    let Some(cell) = position.and_then(|position| values.get_mut(position)) else { return false };
    let Some(Value::Number(number)) = *cell else { return false };
    *cell = value(number);
    true
}
