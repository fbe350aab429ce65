//! Checks one unit's values: cells, totals, rules inside a form and between forms, and jumps against last year.
//!
//! The same checks run behind the web form, the workbook and the API. [`Checker::new`] parses every rule once;
//! [`Checker::check_form`] looks at one form, [`Checker::check_unit`] at the forms of a unit together. Findings come in
//! the order of the form's cells, then of the rules.

use std::collections::BTreeMap;

use serde::Serialize;

use super::catalogue::{Catalogue, ItemCode, Severity};
use super::formula::{FormulaError, Items, Reference, Value};
use crate::vietnamese::format_number;

mod cell;
mod plan;
mod rule;

#[cfg(test)]
mod tests;

use plan::{CrossPlan, FormPlan, RatePlan};

/// Looks up the value of an item; none where the cell is empty or unknown.
pub type Values<'a> = &'a dyn Fn(&ItemCode) -> Option<Value>;

/// One problem with a unit's values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// A stable word: `required`, `not_a_number`, `not_whole`, `out_of_range`, `not_yes_no`, `not_a_choice`, `too_long`,
    /// `sum_mismatch`, `rule_broken`, `jump`, `two_values`, `over_100`.
    pub code: &'static str,
    /// The rule: its code in the catalogue, or the kind of check (`CK-01`, `CK-13` …) that every form has.
    pub check: String,
    /// Whether it must be mended, or may be accepted with a reason.
    pub severity: Severity,
    /// The items concerned, the one to look at first in front.
    pub items: Vec<ItemCode>,
    /// What is wrong, with the numbers, and how to mend it, in Vietnamese.
    pub message: String,
}

/// A form that a unit has sent, with its values.
#[derive(Clone, Copy)]
pub struct SentForm<'a> {
    /// The form's code.
    pub form: &'a str,
    /// Its values.
    pub values: Values<'a>,
}

/// The rules of a catalogue, ready to run.
#[derive(Debug)]
pub struct Checker {
    forms: BTreeMap<String, FormPlan>,
    cross: Vec<CrossPlan>,
    /// Items that stand in several forms, with those forms.
    shared: BTreeMap<ItemCode, Vec<String>>,
    /// Indicators in per cent that may not exceed 100.
    rates: BTreeMap<String, RatePlan>,
    labels: BTreeMap<ItemCode, String>,
    constants: BTreeMap<String, f64>,
}

impl Checker {
    /// Prepares the rules of a catalogue.
    ///
    /// # Errors
    /// The first formula that cannot be read; none in a catalogue that [`super::pack::load`] returned.
    pub fn new(catalogue: &Catalogue) -> Result<Self, FormulaError> {
        plan::prepare(catalogue)
    }

    /// Checks the values of one form. `last_year` gives the same unit's values of the year before. An unknown form has
    /// no findings.
    pub fn check_form(&self, form: &str, values: Values<'_>, last_year: Values<'_>) -> Vec<Finding> {
        let Some(plan) = self.forms.get(form) else { return Vec::new() };
        let mut findings: Vec<Finding> = plan.cells.iter().filter_map(|cell| cell.check(values)).collect();
        findings.extend(plan.cells.iter().filter_map(|cell| cell.check_total(values, &self.labels)));
        let lookup = Lookup { values, last_year, constants: &self.constants };
        findings.extend(plan.rules.iter().filter_map(|rule| rule.check(&lookup)));
        findings.extend(plan.jumps.iter().filter_map(|jump| jump.check(values, last_year)));
        findings
    }

    /// Checks the forms of a unit against one another. `due` are the forms that the unit fills in the year: a rule waits
    /// until every form that it reads and that is due has been sent.
    pub fn check_unit(&self, due: &[&str], sent: &[SentForm<'_>], last_year: Values<'_>) -> Vec<Finding> {
        let mut findings = self.two_values(sent);
        let values = |item: &ItemCode| sent.iter().find_map(|form| (form.values)(item));
        let lookup = Lookup { values: &values, last_year, constants: &self.constants };
        let here = |form: &String| !due.contains(&form.as_str()) || sent.iter().any(|sent| sent.form == form);
        let ready = self.cross.iter().filter(|plan| plan.forms.iter().all(|forms| forms.iter().all(here)));
        findings.extend(ready.filter_map(|plan| plan.rule.check(&lookup)));
        findings
    }

    /// CK-14: an item that stands in two forms has one value.
    fn two_values(&self, sent: &[SentForm<'_>]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (item, forms) in &self.shared {
            let values: Vec<(&str, Value)> = sent
                .iter()
                .filter(|sent| forms.iter().any(|form| form == sent.form))
                .filter_map(|sent| (sent.values)(item).map(|value| (sent.form, value)))
                .collect();
            let Some((first_form, first)) = values.first() else { continue };
            if let Some((other_form, other)) = values.iter().find(|(_, value)| value != first) {
                findings.push(Finding {
                    code: "two_values",
                    check: "CK-14".to_owned(),
                    severity: Severity::Error,
                    items: vec![item.clone()],
                    message: format!(
                        "{}: biểu {first_form} ghi {}, biểu {other_form} ghi {}; hai biểu phải ghi một số",
                        self.label(item),
                        shown(first),
                        shown(other)
                    ),
                });
            }
        }
        findings
    }

    /// CK-12: a rate may exceed 100 % only where the catalogue allows it.
    pub fn check_indicator(&self, code: &str, value: f64) -> Option<Finding> {
        let rate = self.rates.get(code).filter(|_| value > 100.0)?;
        Some(Finding {
            code: "over_100",
            check: "CK-12".to_owned(),
            severity: Severity::Error,
            items: rate.items.clone(),
            message: format!("{}: {} % vượt quá 100 %; xem lại tử số và mẫu số", rate.label, format_number(value, 1)),
        })
    }

    fn label(&self, item: &ItemCode) -> String {
        self.labels.get(item).cloned().unwrap_or_else(|| item.to_string())
    }
}

/// What a rule reads.
struct Lookup<'a> {
    values: Values<'a>,
    last_year: Values<'a>,
    constants: &'a BTreeMap<String, f64>,
}

impl Items for Lookup<'_> {
    fn value(&self, reference: &Reference) -> Option<Value> {
        match (reference.parent, reference.previous) {
            (true, _) => None,
            (false, true) => (self.last_year)(&reference.item),
            (false, false) => (self.values)(&reference.item),
        }
    }

    fn constant(&self, code: &str) -> Option<Value> {
        self.constants.get(code).copied().map(Value::Number)
    }
}

/// A number with the decimals it has, at most six.
fn number_shown(number: f64) -> String {
    let decimals = (0..6).find(|&decimals| {
        let scaled = number * 10f64.powi(i32::from(decimals));
        (scaled - scaled.round()).abs() < 1e-6
    });
    format_number(number, decimals.unwrap_or(6))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number_shown(*number),
        Value::Text(text) => format!("«{text}»"),
        Value::Boolean(true) => "Có".to_owned(),
        Value::Boolean(false) => "Không".to_owned(),
    }
}

/// Whether two numbers are the same but for the last bits of a sum of decimals.
fn same(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}
