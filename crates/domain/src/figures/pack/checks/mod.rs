//! Check rules from the files in `checks/`.
//!
//! An entry is a `rule` with its own label, or a list from which rules are written: `whole` and `parts` (each part at most
//! the whole), `total` and `parts` (the parts add up to it), `jump` (items watched against last year). A rule with a
//! star stands for several, see [`star`].

use std::collections::BTreeSet;

mod lists;
mod split;
mod star;

use super::Codes;
use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::formulas;
use super::options::Options;
use crate::Label;
use crate::figures::catalogue::{Catalogue, CheckKind, CheckRule, ItemCode, Severity};

/// Fields that may stand for a whole file or group and at the check itself.
const SHARED: [&str; 4] = ["severity", "across_forms", "percent", "least"];

/// Fields of a check itself.
const OWN: [&str; 9] = ["vi", "en", "rule", "for_options", "each_option", "whole", "total", "parts", "jump"];

/// What a check may speak of.
struct Pack<'a> {
    catalogue: &'a Catalogue,
    options: &'a Options,
    /// The items of each form.
    cells: Vec<BTreeSet<&'a ItemCode>>,
}

pub(super) fn read<'a>(
    files: impl Iterator<Item = Entry<'a>>,
    catalogue: &Catalogue,
    options: &Options,
    faults: &mut Faults,
) -> Vec<CheckRule> {
    let cells = catalogue.forms.iter().map(|form| form.cells().map(|cell| &cell.item).collect()).collect();
    let pack = Pack { catalogue, options, cells };
    let mut rules = Vec::new();
    let mut codes = Codes::default();
    for file in files {
        file.allow(&[&["group"], &SHARED, &SOURCE_FIELDS], faults);
        for group in file.entries("group", faults) {
            group.allow(&[&["title", "checks"], &SHARED, &SOURCE_FIELDS], faults);
            for entry in group.entries("checks", faults) {
                entry.allow(&[&OWN, &SHARED, &SOURCE_FIELDS], faults);
                codes.claim(entry.name, entry.place, faults);
                rules.extend(expand(&entry, &pack, faults));
            }
        }
    }
    rules
}

/// The rules that an entry stands for.
fn expand(entry: &Entry<'_>, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let rules = if entry.has("jump") {
        lists::jumps(entry, pack, faults)
    } else if entry.has("whole") {
        lists::parts_of_whole(entry, pack, faults)
    } else if entry.has("total") {
        lists::parts_of_total(entry, pack, faults)
    } else if entry.has("for_options") {
        return rule(entry, faults).map(|rule| star::for_elements(entry, &rule, pack, faults)).unwrap_or_default();
    } else if entry.has("each_option") {
        rule(entry, faults).map(|rule| star::for_each_option(entry, &rule, pack, faults)).unwrap_or_default()
    } else {
        rule(entry, faults).into_iter().collect()
    };
    for rule in &rules {
        pack.verify(&rule.check, entry.place, faults);
    }
    rules
}

/// The rule that an entry writes out.
fn rule(entry: &Entry<'_>, faults: &mut Faults) -> Option<CheckRule> {
    let text = entry.required_text("rule", faults);
    let (label, severity, source) = (entry.label(faults), severity(entry, faults), entry.source(faults));
    if text.is_empty() {
        return None;
    }
    let Some((left, operator, right)) = split::at_comparison(&text) else {
        let message = "quy tắc phải có đúng một dấu so sánh ==, <=, >=, < hoặc > ở ngoài ngoặc";
        faults.add(entry.place_of("rule"), "bad_formula", message);
        return None;
    };
    let check = comparison(entry, left, &operator, right, faults);
    Some(CheckRule { code: entry.name.to_owned(), label, check, severity, source })
}

fn severity(entry: &Entry<'_>, faults: &mut Faults) -> Severity {
    entry.required_word("severity", Severity::Error, faults)
}

/// A comparison inside a form, or between forms where the entry says so.
fn comparison(entry: &Entry<'_>, left: String, operator: &str, right: String, faults: &mut Faults) -> CheckKind {
    let operator = operator.to_owned();
    if entry.truth("across_forms", faults) {
        CheckKind::CrossForm { left, operator, right }
    } else {
        CheckKind::Relation { left, operator, right }
    }
}

/// The items that a check reads.
fn items_of(check: &CheckKind) -> Vec<ItemCode> {
    match check {
        CheckKind::Relation { left, right, .. } | CheckKind::CrossForm { left, right, .. } => {
            [left, right].into_iter().flat_map(|side| formulas::items(side)).collect()
        }
        CheckKind::Jump { item, .. } => vec![item.clone()],
    }
}

impl Pack<'_> {
    /// Notes unknown codes, and a rule that the forms give no chance to be checked.
    fn verify(&self, check: &CheckKind, place: Place, faults: &mut Faults) {
        match check {
            CheckKind::Relation { left, right, .. } | CheckKind::CrossForm { left, right, .. } => {
                formulas::check(left, place, self.catalogue, faults);
                formulas::check(right, place, self.catalogue, faults);
            }
            CheckKind::Jump { item, .. } => formulas::check_item(item, place, self.catalogue, faults),
        }
        let items = items_of(check);
        let known = |item: &&ItemCode| formulas::knows(item, self.catalogue);
        let unasked: Vec<&ItemCode> =
            items.iter().filter(known).filter(|item| !self.cells.iter().any(|cells| cells.contains(item))).collect();
        for item in &unasked {
            faults.add(place, "rule_not_in_form", format!("không biểu nào có ô «{item}»"));
        }
        let within = matches!(check, CheckKind::Relation { .. });
        if within && unasked.is_empty() && items.iter().all(|item| known(&item)) && !self.in_one_form(&items) {
            let message = "không biểu nào có đủ các ô của quy tắc này; nếu so giữa các biểu, đặt across_forms = true";
            faults.add(place, "rule_not_in_form", message);
        }
    }

    /// An item's name: its element's, with the option's behind it.
    fn label(&self, item: &ItemCode) -> Label {
        let Some(element) = self.catalogue.element(&item.element) else {
            return Label { vi: item.to_string(), en: item.to_string() };
        };
        let option = element.options.iter().find(|option| Some(&option.code) == item.option.as_ref());
        let with = |name: &str, option: Option<&str>| match option {
            Some(option) => format!("{name} ({})", option.to_lowercase()),
            None => name.to_owned(),
        };
        Label {
            vi: with(&element.label.vi, option.map(|option| option.label.vi.as_str())),
            en: with(&element.label.en, option.map(|option| option.label.en.as_str())),
        }
    }

    fn in_one_form(&self, items: &[ItemCode]) -> bool {
        self.cells.iter().any(|cells| items.iter().all(|item| cells.contains(item)))
    }
}
