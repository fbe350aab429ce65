//! From the form to the text of a set, in the order in which the shipped sets are written.

use std::fmt::Write as _;

use super::{Node, Part, REMARK, SetDraft};
use crate::vietnamese::parse_number;

/// Values that are numbers where they can be read as such, with a comma or a point.
const NUMBERS: [&str; 9] = ["version", "max", "cap", "weight", "from", "points", "times_max", "full_at", "bonus_cap"];
const TRUTHS: [&str; 4] = ["frame", "best_of_peers", "improvement", "bonus_over_max"];
/// Values with one entry a line.
const LISTS: [&str; 3] = ["levels", "ties", "steps"];

impl SetDraft {
    /// The text of the set.
    pub fn written(&self) -> String {
        let mut text = String::new();
        remarks(&mut text, &self.head);
        // Writing to a string cannot fail.
        for (name, value) in self.head.values() {
            let _ = writeln!(text, "{} = {}", key(name), shown(name, value));
        }
        let lists = [
            ("grades", &self.grades),
            ("field_grades", &self.field_grades),
            ("bonuses", &self.bonuses),
            ("deductions", &self.deductions),
            ("disqualifiers", &self.disqualifiers),
        ];
        for (name, nodes) in lists.into_iter().filter(|(_, nodes)| !nodes.is_empty()) {
            let _ = writeln!(text, "\n[{name}]");
            entries(&mut text, nodes);
        }
        for field in &self.fields {
            text.push('\n');
            remarks(&mut text, &field.part);
            text.push_str("[[field]]\n");
            for (name, value) in field.part.values() {
                let _ = writeln!(text, "{} = {}", key(name), shown(name, value));
            }
            text.push_str("[field.criteria]\n");
            entries(&mut text, &field.children);
        }
        text
    }
}

fn entries(text: &mut String, nodes: &[Node]) {
    for node in nodes {
        remarks(text, &node.part);
        let _ = writeln!(text, "{} = {}", key(node.part.value("code")), entry(node));
    }
}

/// What a part's remarks say, each line after its mark; signs that no remark may hold become spaces.
fn remarks(text: &mut String, part: &Part) {
    for line in part.value(REMARK).lines() {
        let line: String = line.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
        let _ = writeln!(text, "{}", format!("# {line}").trim_end());
    }
}

/// `{ vi = "…", max = 5, items = { … } }`.
fn entry(node: &Node) -> String {
    let values = node.part.values().filter(|(name, _)| *name != "code");
    let mut fields: Vec<String> =
        values.map(|(name, value)| format!("{} = {}", key(name), shown(name, value))).collect();
    if !node.children.is_empty() {
        let items = node.children.iter().map(|item| format!("{} = {}", key(item.part.value("code")), entry(item)));
        fields.push(format!("items = {{ {} }}", items.collect::<Vec<_>>().join(", ")));
    }
    format!("{{ {} }}", fields.join(", "))
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if is_bare { name.to_owned() } else { quoted(name) }
}

fn shown(name: &str, typed: &str) -> String {
    if NUMBERS.contains(&name) {
        return number(typed);
    }
    if TRUTHS.contains(&name) {
        return (typed == "true").to_string();
    }
    if LISTS.contains(&name) {
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        let with_points = |line: &str| quoted(&if name == "steps" { with_points(line) } else { line.to_owned() });
        return format!("[{}]", lines.map(with_points).collect::<Vec<_>>().join(", "));
    }
    match name {
        "rungs" => rungs(typed),
        "linear" => quoted(&with_points(typed)),
        _ => quoted(typed),
    }
}

/// A number as data files write it; what is none stays a text, so that its fault is told.
fn number(typed: &str) -> String {
    let point = typed.parse::<f64>().ok().or_else(|| parse_number(typed).ok());
    point.filter(|number| number.is_finite()).map_or_else(|| quoted(typed), |number| number.to_string())
}

/// Decimal commas between digits become the points of data files: `99,5.. = 5`.
fn with_points(typed: &str) -> String {
    let letters: Vec<char> = typed.chars().collect();
    let is_digit = |place: usize| letters.get(place).is_some_and(char::is_ascii_digit);
    let point = |(place, letter): (usize, &char)| {
        let is_decimal = *letter == ',' && place > 0 && is_digit(place - 1) && is_digit(place + 1);
        if is_decimal { '.' } else { *letter }
    };
    letters.iter().enumerate().map(point).collect()
}

/// Levels from lines `at | vi | en | points`; without an English name the Vietnamese one serves.
fn rungs(typed: &str) -> String {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let rung = |(number, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
        let (vi, en) = (cell(1), if cell(2).is_empty() { cell(1) } else { cell(2) });
        let mut part = Part::default();
        [("at", cell(0)), ("vi", vi), ("en", en), ("points", cell(3))]
            .iter()
            .for_each(|(name, cell)| part.set(name, cell));
        let shown = |(name, value): (&str, &str)| match name {
            "at" => format!("at = {}", self::number(value)),
            name => format!("{name} = {}", shown(name, value)),
        };
        let fields: Vec<String> = part.values().map(shown).collect();
        format!("r{} = {{ {} }}", number + 1, fields.join(", "))
    };
    format!("{{ {} }}", lines.enumerate().map(rung).collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
