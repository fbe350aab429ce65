//! From the text of a set to what stands on the form.

use super::{Node, Part, SetDraft, remarks};
use crate::figures::pack::{
    PackFault,
    document::{self, Table, Value},
    faults::Faults,
};

/// Between the values of a level on its line.
pub(super) const BAR: &str = " | ";

impl SetDraft {
    /// Reads a text that is TOML; what is wrong inside its parts stays as it was typed.
    ///
    /// # Errors
    /// The faults of a text that is no TOML, with their lines.
    pub fn read(text: &str) -> Result<Self, Vec<PackFault>> {
        let mut faults = Faults::new(vec!["criteria/bo.toml".to_owned()]);
        let table = document::read(0, text, &mut faults);
        let mut draft = Self::default();
        for field in &table.fields {
            match (field.name.as_str(), &field.value) {
                ("field", Value::List(fields)) => draft.fields = fields.iter().filter_map(of_field).collect(),
                ("grades", Value::Table(table)) => draft.grades = nodes(table),
                ("field_grades", Value::Table(table)) => draft.field_grades = nodes(table),
                ("bonuses", Value::Table(table)) => draft.bonuses = nodes(table),
                ("deductions", Value::Table(table)) => draft.deductions = nodes(table),
                ("disqualifiers", Value::Table(table)) => draft.disqualifiers = nodes(table),
                (name, value) => draft.head.set(name, &typed(value)),
            }
        }
        remarks::keep(text, &table, &mut draft);
        faults.into_result(draft)
    }
}

fn of_field((_, value): &(crate::figures::pack::faults::Place, Value)) -> Option<Node> {
    let Value::Table(table) = value else { return None };
    let mut node = Node { part: part(table, &["criteria"]), children: Vec::new() };
    if let Some(Value::Table(criteria)) = value_of(table, "criteria") {
        node.children = nodes(criteria);
    }
    Some(node)
}

/// Entries by their codes; the items of a criterion become its children.
fn nodes(table: &Table) -> Vec<Node> {
    let node = |field: &document::Field| {
        let Value::Table(inner) = &field.value else { return None };
        let mut node = Node { part: part(inner, &["items"]), children: Vec::new() };
        node.part.values.insert(0, ("code".to_owned(), field.name.clone()));
        if let Some(Value::Table(items)) = value_of(inner, "items") {
            node.children = nodes(items);
        }
        Some(node)
    };
    table.fields.iter().filter_map(node).collect()
}

pub(super) fn value_of<'a>(table: &'a Table, name: &str) -> Option<&'a Value> {
    table.fields.iter().find(|field| field.name == name).map(|field| &field.value)
}

fn part(table: &Table, besides: &[&str]) -> Part {
    let mut part = Part::default();
    for field in table.fields.iter().filter(|field| !besides.contains(&field.name.as_str())) {
        part.set(&field.name, &typed(&field.value));
    }
    part
}

/// A value as one types it: lists line by line, the levels of a test as `at | vi | en | points`.
fn typed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => if *truth { "true" } else { "" }.to_owned(),
        Value::List(list) => list.iter().map(|(_, value)| typed(value)).collect::<Vec<_>>().join("\n"),
        Value::Table(rungs) => rungs.fields.iter().map(|field| rung(&field.value)).collect::<Vec<_>>().join("\n"),
    }
}

fn rung(value: &Value) -> String {
    let Value::Table(table) = value else { return typed(value) };
    let cells = ["at", "vi", "en", "points"].map(|name| value_of(table, name).map(typed).unwrap_or_default());
    cells.join(BAR)
}
