//! Rules with a star. With `for_options`, one rule per element that has all these options: `#{*.female}` is that
//! element's. With `each_option`, one rule per option: `#{code*}` is that option of the element. A star in the label is
//! the element's or the option's name.

use super::{Pack, items_of};
use crate::Label;
use crate::figures::catalogue::{CheckKind, CheckRule, DataElement};
use crate::figures::pack::entry::Entry;
use crate::figures::pack::faults::Faults;

/// One rule per element that has all the options of `for_options`, where one form holds all that the rule reads.
pub(super) fn for_elements(
    entry: &Entry<'_>,
    rule: &CheckRule,
    pack: &Pack<'_>,
    faults: &mut Faults,
) -> Vec<CheckRule> {
    let options = entry.texts("for_options", faults);
    let has_all = |element: &&DataElement| {
        options.iter().all(|(_, option)| element.options.iter().any(|known| known.code == *option))
    };
    let rules: Vec<CheckRule> = pack
        .catalogue
        .elements
        .iter()
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
pub(super) fn for_each_option(
    entry: &Entry<'_>,
    rule: &CheckRule,
    pack: &Pack<'_>,
    faults: &mut Faults,
) -> Vec<CheckRule> {
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
