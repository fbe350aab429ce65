//! Totals inside a form: what the workbook's formulas show, computed the same way.

use std::collections::HashMap;

use domain::figures::catalogue::{FormCell, ItemCode};

use domain::submissions::Value;

/// The cells of a form with the positions of each total's parts; positions are those of `StatisticalForm::cells`.
pub(crate) struct Totals {
    /// Position of the total and of its parts, parts before the totals that need them where the form allows.
    sums: Vec<(usize, Vec<usize>)>,
}

impl Totals {
    /// Reads the totals of a form; parts that the form does not have are passed over (the pack loader reports them).
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a FormCell>) -> Self {
        let cells: Vec<&FormCell> = cells.collect();
        let positions: HashMap<&ItemCode, usize> = cells.iter().zip(0..).map(|(cell, at)| (&cell.item, at)).collect();
        let total = |(at, cell): (usize, &&FormCell)| {
            let parts: Vec<usize> = cell.total_of.iter().filter_map(|item| positions.get(item).copied()).collect();
            (!parts.is_empty()).then_some((at, parts))
        };
        Self { sums: in_order(cells.iter().enumerate().filter_map(total).collect()) }
    }

    /// Position of each total with those of its parts.
    pub(crate) fn sums(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.sums.iter().map(|(total, parts)| (*total, parts.as_slice()))
    }

    /// Fills totals that are empty although a part is known, as the workbook's formula would.
    pub(crate) fn fill(&self, values: &mut [Option<Value>]) {
        for (total, parts) in &self.sums {
            if values.get(*total).is_some_and(Option::is_none)
                && let Some(sum) = sum(values, parts)
            {
                values[*total] = Some(Value::Number(sum));
            }
        }
    }
}

/// Totals of parts before totals of totals; a circle, which the pack loader refuses, keeps its order.
fn in_order(mut waiting: Vec<(usize, Vec<usize>)>) -> Vec<(usize, Vec<usize>)> {
    let mut sorted = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let open: Vec<usize> = waiting.iter().map(|(total, _)| *total).collect();
        let (ready, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, parts)| !parts.iter().any(|part| open.contains(part)));
        if ready.is_empty() {
            sorted.extend(rest);
            break;
        }
        sorted.extend(ready);
        waiting = rest;
    }
    sorted
}

/// The sum of the parts that have a number; `None` where none has. Rounded to 9 decimals, so that tenths add up.
pub(crate) fn sum(values: &[Option<Value>], parts: &[usize]) -> Option<f64> {
    let mut numbers = parts.iter().filter_map(|part| match values.get(*part) {
        Some(Some(Value::Number(number))) => Some(*number),
        _ => None,
    });
    let first = numbers.next()?;
    let total: f64 = first + numbers.sum::<f64>();
    Some((total * 1e9).round() / 1e9)
}
