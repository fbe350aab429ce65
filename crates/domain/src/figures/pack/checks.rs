//! Check rules from the files in `checks/`.
//!
//! Two kinds of entry stand for several rules. With `for_options`, one rule per element that has all these options:
//! `#{*.female}` is that element's. With `each_option`, one rule per option: `#{code*}` is that option of the element.

use std::collections::BTreeSet;

use super::Codes;
use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::formulas::{self, Vocabulary};
use super::options::Options;
use crate::Label;
use crate::figures::catalogue::{CheckKind, CheckRule, DataElement, ItemCode, Severity, StatisticalForm};

/// Fields that may stand for a whole file or group and at the check itself.
const SHARED: [&str; 4] = ["severity", "across_forms", "percent", "least"];

/// What a check may speak of.
struct Pack<'a> {
    vocabulary: &'a Vocabulary<'a>,
    options: &'a Options,
    /// The items of each form.
    cells: Vec<BTreeSet<&'a ItemCode>>,
}

pub(super) fn read<'a>(
    files: impl Iterator<Item = Entry<'a>>,
    vocabulary: &Vocabulary<'_>,
    options: &Options,
    forms: &[StatisticalForm],
    faults: &mut Faults,
) -> Vec<CheckRule> {
    let cells = forms.iter().map(|form| form.cells().map(|cell| &cell.item).collect()).collect();
    let pack = Pack { vocabulary, options, cells };
    let mut rules = Vec::new();
    let mut codes = Codes::default();
    for file in files {
        file.allow(&[&["group"], &SHARED, &SOURCE_FIELDS], faults);
        for group in file.entries("group", faults) {
            group.allow(&[&["title", "checks"], &SHARED, &SOURCE_FIELDS], faults);
            for entry in group.entries("checks", faults) {
                let own = ["vi", "en", "rule", "jump", "for_options", "each_option"];
                entry.allow(&[&own, &SHARED, &SOURCE_FIELDS], faults);
                codes.claim(entry.name, entry.place, faults);
                rules.extend(expand(&entry, &pack, faults));
            }
        }
    }
    rules
}

/// The rules that an entry stands for.
fn expand(entry: &Entry<'_>, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let Some(check) = comparison(entry, faults) else { return Vec::new() };
    let rule = CheckRule {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        check,
        severity: entry.required_word("severity", Severity::Error, faults),
        source: entry.source(faults),
    };
    if entry.has("for_options") {
        return for_elements(entry, &rule, pack, faults);
    }
    let rules = if entry.has("each_option") { for_each_option(entry, &rule, pack, faults) } else { vec![rule] };
    for rule in &rules {
        pack.verify(&rule.check, entry.place, faults);
    }
    rules
}

/// One rule per element that has all the options of `for_options`, where one form holds all that the rule reads.
fn for_elements(entry: &Entry<'_>, rule: &CheckRule, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let options = entry.texts("for_options", faults);
    let has_all = |element: &&DataElement| {
        options.iter().all(|(_, option)| element.options.iter().any(|known| known.code == *option))
    };
    let rules: Vec<CheckRule> = pack
        .vocabulary
        .elements
        .values()
        .copied()
        .filter(has_all)
        .map(|element| rule.with("#{*", &format!("#{{{}", element.code), &element.code, &element.label))
        .filter(|rule| pack.in_one_form(&items_of(&rule.check)))
        .collect();
    if rules.is_empty() {
        faults.add(
            entry.place_of("for_options"),
            "unknown_option",
            "không biểu nào có chỉ tiêu với đủ các phân tổ này",
        );
    }
    rules
}

/// One rule per option of `each_option`; `total` is the elements' own value.
fn for_each_option(entry: &Entry<'_>, rule: &CheckRule, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let mut rules = Vec::new();
    for (place, option) in entry.texts("each_option", faults) {
        if let Some(label) = pack.options.own_value.get(&option) {
            rules.push(rule.with("*}", "}", &option, label));
        } else if let Some(label) = pack.options.options.get(&option) {
            rules.push(rule.with("*}", &format!(".{option}}}"), &option, label));
        } else {
            faults.add(place, "unknown_option", format!("phân tổ «{option}» chưa có trong options.toml"));
        }
    }
    rules
}

impl CheckRule {
    /// The rule with a mark of its formulas replaced, for the element or option that takes the place of `*`.
    fn with(&self, mark: &str, replacement: &str, code: &str, label: &Label) -> Self {
        let formula = |text: &String| text.replace(mark, replacement);
        let check = match &self.check {
            CheckKind::Relation { left, operator, right } => {
                CheckKind::Relation { left: formula(left), operator: operator.clone(), right: formula(right) }
            }
            CheckKind::CrossForm { left, operator, right } => {
                CheckKind::CrossForm { left: formula(left), operator: operator.clone(), right: formula(right) }
            }
            jump @ CheckKind::Jump { .. } => jump.clone(),
        };
        let label = Label { vi: self.label.vi.replace('*', &label.vi), en: self.label.en.replace('*', &label.en) };
        Self { code: format!("{}-{code}", self.code), label, check, ..self.clone() }
    }
}

fn comparison(entry: &Entry<'_>, faults: &mut Faults) -> Option<CheckKind> {
    if let Some(item) = entry.text("jump", faults) {
        return jump(entry, &item, faults);
    }
    let rule = entry.required_text("rule", faults);
    if rule.is_empty() {
        return None;
    }
    let Some((left, operator, right)) = split(&rule) else {
        let message = "quy tắc phải có đúng một dấu so sánh ==, <=, >=, < hoặc > ở ngoài ngoặc";
        faults.add(entry.place_of("rule"), "bad_formula", message);
        return None;
    };
    Some(if entry.truth("across_forms", faults) {
        CheckKind::CrossForm { left, operator, right }
    } else {
        CheckKind::Relation { left, operator, right }
    })
}

fn jump(entry: &Entry<'_>, item: &str, faults: &mut Faults) -> Option<CheckKind> {
    let Some(item) = ItemCode::parse(item) else {
        faults.add(entry.place_of("jump"), "bad_code", format!("«{item}» không phải mã chỉ tiêu"));
        return None;
    };
    let mut limit = |name: &str| {
        entry.number(name, faults).unwrap_or_else(|| {
            faults.add(entry.place, "missing_field", format!("thiếu trường «{name}»"));
            0.0
        })
    };
    Some(CheckKind::Jump { item, percent: limit("percent"), least: limit("least") })
}

/// Splits a rule at its one comparison outside brackets and quotes.
fn split(rule: &str) -> Option<(String, String, String)> {
    let (mut depth, mut quote, mut found) = (0_i32, None, Vec::new());
    let mut skip_until = 0;
    for (at, c) in rule.char_indices().filter(|(_, c)| c.is_ascii()) {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '{') => depth += 1,
            (None, ')' | '}') => depth -= 1,
            (None, '=' | '<' | '>' | '!') if depth == 0 && at >= skip_until => {
                let operator = ["==", "<=", ">=", "<", ">"].into_iter().find(|o| rule[at..].starts_with(o))?;
                skip_until = at + operator.len();
                found.push((at, operator));
            }
            _ => {}
        }
    }
    let [(at, operator)] = found[..] else { return None };
    let (left, right) = (rule[..at].trim(), rule[at + operator.len()..].trim());
    (!left.is_empty() && !right.is_empty()).then(|| (left.to_owned(), operator.to_owned(), right.to_owned()))
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
                self.vocabulary.check(left, place, faults);
                self.vocabulary.check(right, place, faults);
            }
            CheckKind::Jump { item, .. } => self.vocabulary.check_item(item, place, faults),
        }
        let items = items_of(check);
        let known = |item: &&ItemCode| self.vocabulary.knows(item);
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

    fn in_one_form(&self, items: &[ItemCode]) -> bool {
        self.cells.iter().any(|cells| items.iter().all(|item| cells.contains(item)))
    }
}
