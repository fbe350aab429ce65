//! Check rules from the files in `checks/`.
//!
//! A rule with `for_options` stands for one rule per element that has all these options: `*` in its formulas, its code
//! and its label is that element.

use super::Codes;
use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::formulas::Vocabulary;
use crate::Label;
use crate::figures::catalogue::{Aggregation, CheckKind, CheckRule, DataElement, ItemCode, Severity};

/// Fields that may stand for a whole file or group and at the check itself.
const SHARED: [&str; 4] = ["severity", "across_forms", "percent", "least"];

pub(super) fn read<'a>(
    files: impl Iterator<Item = Entry<'a>>,
    vocabulary: &Vocabulary<'_>,
    faults: &mut Faults,
) -> Vec<CheckRule> {
    let mut rules = Vec::new();
    let mut codes = Codes::default();
    for file in files {
        file.allow(&[&["group"], &SHARED, &SOURCE_FIELDS], faults);
        for group in file.entries("group", faults) {
            group.allow(&[&["title", "checks"], &SHARED, &SOURCE_FIELDS], faults);
            for entry in group.entries("checks", faults) {
                entry.allow(&[&["vi", "en", "rule", "jump", "for_options"], &SHARED, &SOURCE_FIELDS], faults);
                codes.claim(entry.name, entry.place, faults);
                rules.extend(expand(&entry, vocabulary, faults));
            }
        }
    }
    rules
}

/// The rules that an entry stands for.
fn expand(entry: &Entry<'_>, vocabulary: &Vocabulary<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let Some(check) = comparison(entry, faults) else { return Vec::new() };
    let rule = CheckRule {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        check,
        severity: entry.required_word("severity", Severity::Error, faults),
        source: entry.source(faults),
    };
    let options = entry.texts("for_options", faults);
    if options.is_empty() {
        verify(&rule.check, entry.place, vocabulary, faults);
        return vec![rule];
    }
    let has_all = |element: &&DataElement| {
        element.aggregation != Aggregation::List
            && options.iter().all(|(_, option)| element.options.iter().any(|known| known.code == *option))
    };
    let mut elements: Vec<&DataElement> = vocabulary.elements.values().copied().filter(has_all).collect();
    elements.sort_by(|a, b| a.code.cmp(&b.code));
    if elements.is_empty() {
        faults.add(entry.place_of("for_options"), "unknown_option", "không có chỉ tiêu nào có đủ các phân tổ này");
    }
    elements.into_iter().map(|element| rule_for(&rule, element)).collect()
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

fn verify(check: &CheckKind, place: Place, vocabulary: &Vocabulary<'_>, faults: &mut Faults) {
    match check {
        CheckKind::Relation { left, right, .. } | CheckKind::CrossForm { left, right, .. } => {
            vocabulary.check(left, place, faults);
            vocabulary.check(right, place, faults);
        }
        CheckKind::Jump { item, .. } => vocabulary.check_item(item, place, faults),
    }
}

/// The rule for one element: `*` becomes its code in formulas and in the rule's code, its name in the label.
fn rule_for(rule: &CheckRule, element: &DataElement) -> CheckRule {
    let formula = |text: &str| text.replace("#{*", &format!("#{{{}", element.code));
    let check = match &rule.check {
        CheckKind::Relation { left, operator, right } => {
            CheckKind::Relation { left: formula(left), operator: operator.clone(), right: formula(right) }
        }
        CheckKind::CrossForm { left, operator, right } => {
            CheckKind::CrossForm { left: formula(left), operator: operator.clone(), right: formula(right) }
        }
        CheckKind::Jump { item, percent, least } => CheckKind::Jump {
            item: ItemCode { element: element.code.clone(), option: item.option.clone() },
            percent: *percent,
            least: *least,
        },
    };
    let label =
        Label { vi: rule.label.vi.replace('*', &element.label.vi), en: rule.label.en.replace('*', &element.label.en) };
    CheckRule { code: format!("{}-{}", rule.code, element.code), label, check, ..rule.clone() }
}
