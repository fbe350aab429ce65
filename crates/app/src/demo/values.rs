//! Generated numbers as the values that a clerk would type.

use domain::figures::{
    catalogue::{Catalogue, StatisticalForm, ValueKind},
    formula::Value,
};

/// One value per cell of the form: a yes or no, a choice or a text where the cell wants one.
pub(super) fn typed(catalogue: &Catalogue, form: &StatisticalForm, numbers: &[f64]) -> Vec<Option<Value>> {
    form.cells()
        .zip(numbers)
        .map(|(cell, number)| {
            let kind = &catalogue.element(&cell.item.element)?.value;
            (!number.is_nan()).then(|| value(kind, *number))?
        })
        .collect()
}

fn value(kind: &ValueKind, number: f64) -> Option<Value> {
    match kind {
        ValueKind::Count { .. } | ValueKind::Decimal { .. } => Some(Value::Number(number)),
        ValueKind::YesNo => Some(Value::Boolean(number > 0.5)),
        ValueKind::Choice { choices } => choices.get(number.max(0.0) as usize).cloned().map(Value::Text),
        ValueKind::Text { .. } => None,
    }
}
