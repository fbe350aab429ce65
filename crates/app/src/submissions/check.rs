//! Holds one form's values against the rules, with what stands around them: last year, and the unit's other forms.
//!
//! An office's rules are parsed once ([`crate::office::Office`] keeps them); web form, workbook and API ask here.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Level, Reason,
    figures::{
        catalogue::{Catalogue, ItemCode, Severity},
        checks::{Checker, SentForm},
    },
    submissions::{CellRemark, FormValues, Value},
};

use crate::platform::{Error, Result};

pub use domain::figures::checks::Finding;

/// The rules, and where each item stands in each form.
#[derive(Debug)]
pub struct Rules {
    checker: Checker,
    positions: BTreeMap<String, HashMap<ItemCode, usize>>,
}

/// What a form is compared with.
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// The levels of the unit: they tell which other forms are still to come.
    pub levels: &'a [Level],
    /// Last year's approved values, by form.
    pub previous: BTreeMap<&'a str, &'a FormValues>,
    /// The unit's other forms of the year, as last sent.
    pub others: BTreeMap<&'a str, &'a FormValues>,
}

/// The values of one form by item.
type Lookup<'a> = Box<dyn Fn(&ItemCode) -> Option<Value> + 'a>;

impl Rules {
    /// The rules of a catalogue, made ready.
    ///
    /// # Errors
    /// An inside fault where a formula of the packs cannot be read.
    pub fn of(catalogue: &Catalogue) -> Result<Self> {
        let positions = |form: &domain::figures::catalogue::StatisticalForm| {
            form.cells().enumerate().map(|(position, cell)| (cell.item.clone(), position)).collect()
        };
        Ok(Self {
            checker: Checker::new(catalogue).map_err(Error::inside)?,
            positions: catalogue.forms.iter().map(|form| (form.code.clone(), positions(form))).collect(),
        })
    }

    /// The position of an item's cell in a form.
    pub fn position(&self, form: &str, item: &ItemCode) -> Option<usize> {
        self.positions.get(form)?.get(item).copied()
    }

    /// Everything that the checks find about this form: its cells, its rules, then its agreement with other forms.
    pub fn check(
        &self,
        catalogue: &Catalogue,
        form: &str,
        values: &FormValues,
        around: &Surroundings<'_>,
    ) -> Vec<Finding> {
        let here = |item: &ItemCode| self.value(form, values, item);
        let last_year = |item: &ItemCode| {
            let same_form = around.previous.get(form).and_then(|values| self.value(form, values, item));
            same_form.or_else(|| self.value_in(&around.previous, item))
        };
        let mut findings = self.checker.check_form(form, &here, &last_year);
        if !around.others.is_empty() {
            findings.extend(self.check_across(catalogue, form, &here, &last_year, around));
        }
        findings
    }

    /// What this form says against the unit's other forms; faults between two others are theirs.
    fn check_across(
        &self,
        catalogue: &Catalogue,
        form: &str,
        here: &dyn Fn(&ItemCode) -> Option<Value>,
        last_year: &dyn Fn(&ItemCode) -> Option<Value>,
        around: &Surroundings<'_>,
    ) -> Vec<Finding> {
        let due: Vec<&str> = catalogue.forms_for(around.levels).map(|form| form.code.as_str()).collect();
        let lookups: Vec<(&str, Lookup<'_>)> = around
            .others
            .iter()
            .map(|(code, values)| {
                let lookup = move |item: &ItemCode| self.value(code, values, item);
                (*code, Box::new(lookup) as Lookup<'_>)
            })
            .collect();
        let mut sent = vec![SentForm { form, values: here }];
        sent.extend(lookups.iter().map(|(code, lookup)| SentForm { form: code, values: lookup.as_ref() }));
        let findings = self.checker.check_unit(&due, &sent, last_year);
        let concerns = |finding: &Finding| finding.items.iter().any(|item| self.position(form, item).is_some());
        findings.into_iter().filter(concerns).collect()
    }

    fn value(&self, form: &str, values: &FormValues, item: &ItemCode) -> Option<Value> {
        values.get(self.position(form, item)?).cloned()
    }

    fn value_in(&self, forms: &BTreeMap<&str, &FormValues>, item: &ItemCode) -> Option<Value> {
        forms.iter().find_map(|(form, values)| self.value(form, values, item))
    }
}

/// The item to look at first; empty where the whole form is meant.
pub fn first_item(finding: &Finding) -> String {
    finding.items.first().map(ToString::to_string).unwrap_or_default()
}

/// The findings that must be mended.
pub fn errors(findings: &[Finding]) -> Vec<Reason> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).map(reason).collect()
}

/// The warnings for which the unit has not written a reason.
pub fn unexplained(findings: &[Finding], explanations: &[CellRemark]) -> Vec<Reason> {
    let explained = |finding: &Finding| {
        let item = first_item(finding);
        let meant = |remark: &CellRemark| remark.check == finding.check && remark.item == item;
        explanations.iter().any(|remark| meant(remark) && !remark.is_blank())
    };
    findings.iter().filter(|f| f.severity == Severity::Warning && !explained(f)).map(reason).collect()
}

/// One reason for all warnings, as remarks on their cells.
pub fn explain_all(findings: &[Finding], reason: &str) -> Vec<CellRemark> {
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning);
    let remark = |finding: &Finding| CellRemark {
        item: first_item(finding),
        check: finding.check.clone(),
        reason: reason.trim().to_owned(),
    };
    let mut remarks: Vec<CellRemark> = warnings.map(remark).collect();
    remarks.dedup();
    remarks
}

fn reason(finding: &Finding) -> Reason {
    Reason::new(finding.code, finding.message.clone()).at(first_item(finding))
}
