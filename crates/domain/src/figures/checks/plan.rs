//! Prepares the rules of a catalogue: formulas parsed, each rule beside the form that it speaks of.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use super::cell::CellPlan;
use super::rule::{JumpPlan, Operator, RulePlan};
use crate::figures::catalogue::{Catalogue, CheckKind, CheckRule, ItemCode, StatisticalForm};
use crate::figures::formula::{Formula, FormulaError};

/// The checks of one form.
#[derive(Debug, Default)]
pub(super) struct FormPlan {
    pub(super) cells: Vec<CellPlan>,
    pub(super) rules: Vec<RulePlan>,
    pub(super) jumps: Vec<JumpPlan>,
}

/// A rule between forms, and for each item that it reads the forms that ask for it.
#[derive(Debug)]
pub(super) struct CrossPlan {
    pub(super) rule: RulePlan,
    pub(super) forms: Vec<Vec<String>>,
}

/// A rate that may not exceed 100 %.
#[derive(Debug)]
pub(super) struct RatePlan {
    pub(super) label: String,
    pub(super) items: Vec<ItemCode>,
}

pub(super) fn prepare(catalogue: &Catalogue) -> Result<Checker, FormulaError> {
    let labels = labels(catalogue);
    let asked: Vec<(&StatisticalForm, BTreeSet<&ItemCode>)> =
        catalogue.forms.iter().map(|form| (form, form.cells().map(|cell| &cell.item).collect())).collect();
    let mut checker = Checker {
        forms: catalogue.forms.iter().map(|form| (form.code.clone(), form_plan(catalogue, form, &labels))).collect(),
        cross: Vec::new(),
        shared: shared(&asked),
        rates: rates(catalogue)?,
        constants: catalogue.constants.iter().map(|(code, constant)| (code.clone(), constant.value)).collect(),
        labels,
    };
    for rule in &catalogue.checks {
        place(&mut checker, rule, &asked)?;
    }
    Ok(checker)
}

/// Puts a rule beside the forms that it speaks of.
fn place(
    checker: &mut Checker,
    rule: &CheckRule,
    asked: &[(&StatisticalForm, BTreeSet<&ItemCode>)],
) -> Result<(), FormulaError> {
    match &rule.check {
        CheckKind::Relation { left, operator, right } => {
            let plan = rule_plan(rule, left, operator, right)?;
            for (form, _) in asked.iter().filter(|(_, cells)| plan.items.iter().all(|item| cells.contains(item))) {
                if let Some(form) = checker.forms.get_mut(&form.code) {
                    form.rules.push(plan.clone());
                }
            }
        }
        CheckKind::CrossForm { left, operator, right } => {
            let rule = rule_plan(rule, left, operator, right)?;
            let asking = |item: &ItemCode| {
                asked.iter().filter(|(_, cells)| cells.contains(item)).map(|(form, _)| form.code.clone()).collect()
            };
            let forms = rule.items.iter().map(asking).collect();
            checker.cross.push(CrossPlan { rule, forms });
        }
        CheckKind::Jump { item, percent, least } => {
            let label = checker.label(item);
            let code = rule.code.clone();
            let plan =
                JumpPlan { code, label, severity: rule.severity, item: item.clone(), percent: *percent, least: *least };
            for (form, _) in asked.iter().filter(|(_, cells)| cells.contains(item)) {
                if let Some(form) = checker.forms.get_mut(&form.code) {
                    form.jumps.push(plan.clone());
                }
            }
        }
    }
    Ok(())
}

fn rule_plan(rule: &CheckRule, left: &str, operator: &str, right: &str) -> Result<RulePlan, FormulaError> {
    let (left, right) = (Formula::parse(left)?, Formula::parse(right)?);
    let mut items: Vec<ItemCode> = left.items().into_iter().cloned().collect();
    for item in right.items() {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    Ok(RulePlan {
        code: rule.code.clone(),
        label: rule.label.vi.clone(),
        severity: rule.severity,
        left,
        operator: Operator::of(operator),
        right,
        items,
    })
}

fn form_plan(catalogue: &Catalogue, form: &StatisticalForm, labels: &BTreeMap<ItemCode, String>) -> FormPlan {
    let cell = |cell: &crate::figures::catalogue::FormCell| {
        let element = catalogue.element(&cell.item.element)?;
        // An option counts like its element; only the element's own value may be a choice or a text.
        Some(CellPlan {
            item: cell.item.clone(),
            label: labels.get(&cell.item).cloned().unwrap_or_default(),
            value: element.value.clone(),
            required: cell.required,
            total_of: cell.total_of.clone(),
        })
    };
    FormPlan { cells: form.cells().filter_map(cell).collect(), ..FormPlan::default() }
}

/// `Học sinh lớp 1 (nữ)`: the name of an item in a message.
fn labels(catalogue: &Catalogue) -> BTreeMap<ItemCode, String> {
    let mut labels = BTreeMap::new();
    for element in &catalogue.elements {
        let own = ItemCode { element: element.code.clone(), option: None };
        labels.insert(own, element.label.vi.clone());
        for option in &element.options {
            let item = ItemCode { element: element.code.clone(), option: Some(option.code.clone()) };
            labels.insert(item, format!("{} ({})", element.label.vi, option.label.vi.to_lowercase()));
        }
    }
    labels
}

/// Items that more than one form asks for.
fn shared(asked: &[(&StatisticalForm, BTreeSet<&ItemCode>)]) -> BTreeMap<ItemCode, Vec<String>> {
    let mut forms: BTreeMap<ItemCode, Vec<String>> = BTreeMap::new();
    for (form, cells) in asked {
        for item in cells {
            forms.entry((*item).clone()).or_default().push(form.code.clone());
        }
    }
    forms.retain(|_, forms| forms.len() > 1);
    forms
}

fn rates(catalogue: &Catalogue) -> Result<BTreeMap<String, RatePlan>, FormulaError> {
    let mut rates = BTreeMap::new();
    for indicator in catalogue.indicators.iter().filter(|indicator| indicator.measure.0 == "%" && !indicator.over_100) {
        let items = Formula::parse(&indicator.formula)?.items().into_iter().cloned().collect();
        rates.insert(indicator.code.clone(), RatePlan { label: indicator.label.vi.clone(), items });
    }
    Ok(rates)
}
