//! Remarks of a text: each is kept with the part that begins on its line or next after it.

use toml_parser::{Source, lexer::TokenKind};

use super::{List, REMARK, SetDraft, Spot, read::value_of};
use crate::figures::pack::document::{Table, Value};

/// Gives every remark of a text to its part of the draft.
pub(super) fn keep(text: &str, table: &Table, draft: &mut SetDraft) {
    let lines = lines(table);
    for (line, remark) in remarks(text) {
        let spot =
            lines.iter().find(|(begins, _)| *begins >= line).or(lines.last()).map_or(Spot::Set, |(_, spot)| *spot);
        if let Some(part) = draft.part_mut(spot) {
            let known = part.value(REMARK);
            let all = if known.is_empty() { remark.to_owned() } else { format!("{known}\n{remark}") };
            part.set(REMARK, &all);
        }
    }
}

/// Every remark without its mark, with its line.
fn remarks(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let remarks = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    remarks.filter_map(|token| {
        let line = text.get(..token.span().start())?.matches('\n').count() + 1;
        let remark = text.get(token.span().start()..token.span().end())?;
        Some((u32::try_from(line).ok()?, remark.trim_start_matches('#').trim()))
    })
}

/// The line of every value, with the part that it belongs to, in the order of the text. Items are written on the line of
/// their criterion, so what is remarked inside is the criterion's.
fn lines(table: &Table) -> Vec<(u32, Spot)> {
    let mut lines = Vec::new();
    for field in &table.fields {
        let list = match field.name.as_str() {
            "field" => {
                fields(&field.value, &mut lines);
                continue;
            }
            "grades" => List::Grades,
            "field_grades" => List::FieldGrades,
            "bonuses" => List::Bonuses,
            "deductions" => List::Deductions,
            "disqualifiers" => List::Disqualifiers,
            _ => {
                lines.push((field.place.line, Spot::Set));
                inside(&field.value, Spot::Set, &mut lines);
                continue;
            }
        };
        entries(&field.value, list, &mut lines);
    }
    lines.sort_by_key(|(line, _)| *line);
    lines
}

fn fields(value: &Value, lines: &mut Vec<(u32, Spot)>) {
    let Value::List(fields) = value else { return };
    let tables = fields.iter().filter_map(|(place, value)| match value {
        Value::Table(table) => Some((place.line, table)),
        _ => None,
    });
    for (field, (line, table)) in tables.enumerate() {
        lines.push((line, Spot::Field(field)));
        for value in table.fields.iter().filter(|value| value.name != "criteria") {
            lines.push((value.place.line, Spot::Field(field)));
            inside(&value.value, Spot::Field(field), lines);
        }
        if let Some(criteria) = value_of(table, "criteria") {
            entries(criteria, List::Criteria(field), lines);
        }
    }
}

fn entries(value: &Value, list: List, lines: &mut Vec<(u32, Spot)>) {
    let Value::Table(table) = value else { return };
    let entries = table.fields.iter().filter(|entry| matches!(entry.value, Value::Table(_)));
    for (place, entry) in entries.enumerate() {
        lines.push((entry.place.line, list.spot(place)));
        inside(&entry.value, list.spot(place), lines);
    }
}

/// The lines of what a value of several lines holds.
fn inside(value: &Value, spot: Spot, lines: &mut Vec<(u32, Spot)>) {
    match value {
        Value::List(list) => list.iter().for_each(|(place, value)| {
            lines.push((place.line, spot));
            inside(value, spot, lines);
        }),
        Value::Table(table) => table.fields.iter().for_each(|field| {
            lines.push((field.place.line, spot));
            inside(&field.value, spot, lines);
        }),
        Value::Text(_) | Value::Number(_) | Value::Truth(_) => {}
    }
}
