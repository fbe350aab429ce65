//! Which values each part of a set has on the form, how each is typed, and what was typed.

use domain::{
    Level,
    evaluation::criteria::{
        Spot,
        draft::{Part, REMARK, SetDraft},
    },
    figures::catalogue::Catalogue,
};
use serde::Serialize;

/// One value of the open part.
#[derive(Debug, Serialize)]
pub(super) struct Widget {
    /// Its name in the data format.
    name: &'static str,
    /// The key of its label.
    key: String,
    /// `text`, `number`, `lines`, `choice`, `check` or `checks`.
    kind: &'static str,
    value: String,
    /// Words to choose from, each with whether it is chosen.
    choices: Vec<(String, bool)>,
    has_hint: bool,
}

const KINDS: [&str; 8] = ["indicator", "ratio", "count", "yes_no", "timeliness", "completeness", "level", "evidence"];
const RULES: [&str; 3] = ["steps", "linear", "best_of_peers"];
const CONFIDENCES: [&str; 3] = ["confirmed", "second-hand", "default"];

/// So many indicators are proposed; any other is typed by its code.
const PROPOSED_MAX: usize = 60;

/// Whether the test of this kind turns a number into points by a rule.
fn is_measured(kind: &str) -> bool {
    ["indicator", "ratio", "count", "timeliness", "completeness"].contains(&kind)
}

/// The rule by which a part gives points, as far as it says one; by steps otherwise.
pub(super) fn rule_of(part: &Part) -> &'static str {
    let given = RULES.into_iter().rev().find(|rule| !part.value(rule).is_empty());
    given.unwrap_or("steps")
}

/// What stands on the form for the test of a criterion or item.
fn of_test(part: &Part, rule: &str) -> Vec<&'static str> {
    let kind = part.value("kind");
    let mut names = vec!["max", "kind"];
    names.extend_from_slice(match kind {
        "indicator" => &["indicator"],
        "ratio" => &["part", "whole"],
        "count" | "yes_no" => &["of"],
        "level" => &["of", "rungs"],
        _ => &[],
    });
    if is_measured(kind) {
        names.push("rule");
        names.extend(RULES.into_iter().find(|known| *known == rule && *known != "best_of_peers"));
        names.extend_from_slice(&["improvement", "full_at", "direction"]);
    }
    names.extend_from_slice(&["level", "applies_if"]);
    names
}

/// The names of a part's values in the order of the form.
pub(super) fn names(draft: &SetDraft, spot: Spot, rule: &str) -> Vec<&'static str> {
    let Some(part) = draft.part(spot) else { return Vec::new() };
    let mut names = match spot {
        Spot::Set => vec!["vi", "en", "levels", "max", "kind", "code", "version", "effective_from", "effective_to"],
        Spot::Field(_) => vec!["code", "vi", "en", "number", "max"],
        Spot::Criterion(..) => vec!["code", "vi", "en", "number", "weight", "cap"],
        _ => vec!["code", "vi", "en"],
    };
    names.extend_from_slice(match spot {
        Spot::Set => &["grade_basis", "bonus_cap", "bonus_over_max", "ties"],
        Spot::Grade(_) | Spot::FieldGrade(_) => &["from"],
        Spot::Bonus(_) | Spot::Deduction(_) => &["points", "times_max", "times"],
        _ => &[],
    });
    match spot {
        Spot::Criterion(field, criterion) => {
            let node = draft.fields.get(field).and_then(|field| field.children.get(criterion));
            match node.is_some_and(|node| !node.children.is_empty()) {
                true => names.push("max"),
                false => names.extend(of_test(part, rule)),
            }
        }
        Spot::Item(..) => names.extend(of_test(part, rule)),
        _ => {}
    }
    if !matches!(spot, Spot::Grade(_) | Spot::FieldGrade(_)) {
        names.extend_from_slice(&["source", "confidence"]);
    }
    // Items stand on the line of their criterion: what is remarked there is the criterion's.
    if !matches!(spot, Spot::Item(..)) {
        names.push(REMARK);
    }
    names
}

/// The key of a value's label.
pub(super) fn key(spot: Spot, name: &str) -> String {
    match name {
        "part" => "design-part-of".to_owned(),
        "kind" if spot == Spot::Set => "design-set-kind".to_owned(),
        REMARK => "design-remark".to_owned(),
        name => format!("design-{name}"),
    }
}

/// The open part's values as widgets.
pub(super) fn widgets(draft: &SetDraft, spot: Spot, rule: &str) -> Vec<Widget> {
    let Some(part) = draft.part(spot) else { return Vec::new() };
    names(draft, spot, rule).into_iter().map(|name| widget(part, spot, name, rule)).collect()
}

fn widget(part: &Part, spot: Spot, name: &'static str, rule: &str) -> Widget {
    let value = if name == "rule" { rule } else { part.value(name) };
    let is_set = spot == Spot::Set;
    let levels: Vec<&str> = Level::ALL.into_iter().map(Level::as_str).collect();
    let words: &[&str] = match name {
        "kind" if is_set => &["school", "office", "all_must_pass"],
        "kind" => &KINDS,
        "rule" => &RULES,
        "confidence" => &CONFIDENCES,
        "grade_basis" => &["percent", "points"],
        "direction" => &["up", "down"],
        "times" => &["late_forms"],
        "level" | "levels" => &levels,
        _ => &[],
    };
    let kind = match name {
        "levels" => "checks",
        "steps" | "rungs" | "ties" | REMARK => "lines",
        "improvement" | "bonus_over_max" => "check",
        "max" | "weight" | "cap" | "from" | "points" | "times_max" | "full_at" | "bonus_cap" => "number",
        _ if !words.is_empty() => "choice",
        _ => "text",
    };
    let is_chosen = |word: &str| value.lines().any(|line| line == word);
    let choices = words.iter().map(|word| ((*word).to_owned(), is_chosen(word))).collect();
    let hinted =
        ["steps", "linear", "rungs", "ties", "applies_if", "of", "full_at", "code", "number", "weight", "cap", REMARK];
    let value = if kind == "number" { value.replace('.', ",") } else { value.to_owned() };
    Widget { name, key: key(spot, name), kind, value, choices, has_hint: hinted.contains(&name) }
}

/// Takes what was typed on the form of a part, and drops what its kind of test has no use for. Gives the code that was
/// asked for and is taken, if one is.
pub(super) fn apply(draft: &mut SetDraft, spot: Spot, typed: &[(String, String)], rule: &str) -> Option<String> {
    let field = |name: &str| typed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let shown: Vec<String> = field("shown").split(',').map(str::to_owned).collect();
    let values = |name: &str| {
        let key = format!("v.{name}");
        let lines: Vec<&str> =
            typed.iter().filter(|(known, _)| *known == key).map(|(_, value)| value.as_str()).collect();
        lines.join("\n").replace("\r\n", "\n")
    };
    let code = values("code");
    let is_taken = !code.trim().is_empty() && !draft.is_free(code.trim(), spot);
    let part = draft.part_mut(spot)?;
    for name in shown.iter().filter(|name| !["", "rule", "version"].contains(&name.as_str())) {
        if name != "code" || !(is_taken || code.trim().is_empty()) {
            part.set(name, &values(name));
        }
    }
    if shown.iter().any(|name| name == "rule") {
        RULES.iter().filter(|known| **known != rule).for_each(|known| part.set(known, ""));
        part.set("best_of_peers", if rule == "best_of_peers" { "true" } else { "" });
    }
    if matches!(spot, Spot::Criterion(..) | Spot::Item(..)) {
        drop_useless(part);
    }
    is_taken.then(|| code.trim().to_owned())
}

fn drop_useless(part: &mut Part) {
    let kind = part.value("kind").to_owned();
    let mut useless = vec!["indicator", "part", "whole", "of", "rungs"];
    useless.retain(|name| !of_test(part, "").contains(name));
    if !is_measured(&kind) {
        useless.extend_from_slice(&["steps", "linear", "best_of_peers", "improvement", "full_at", "direction"]);
    }
    useless.iter().for_each(|name| part.set(name, ""));
}

/// The indicators that a set of these levels may score and does not score yet, each with its name: what the form proposes.
pub(super) fn indicators(catalogue: &Catalogue, draft: &SetDraft, language: &str) -> Vec<(String, String)> {
    let levels = draft.head.value("levels");
    let is_taught = |level: Level| levels.is_empty() || levels.lines().any(|line| line == level.as_str());
    let criteria = || draft.fields.iter().flat_map(|field| &field.children);
    let parts = || criteria().chain(criteria().flat_map(|criterion| &criterion.children)).map(|node| &node.part);
    let is_scored = |code: &str| parts().any(|part| part.value("indicator") == code);
    let fitting = catalogue.indicators.iter().filter(|one| one.level.is_none_or(is_taught) && !is_scored(&one.code));
    fitting.take(PROPOSED_MAX).map(|one| (one.code.clone(), one.label.in_language(language).to_owned())).collect()
}
