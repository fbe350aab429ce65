//! What was typed into the fields, as facts; every fault at once.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::field::{Field, FieldType};
use crate::vietnamese::{parse_date, parse_number};
use crate::{Reason, Refusal};

/// What was typed, by the name of the field.
pub type Inputs = BTreeMap<String, String>;

/// Most characters of one line of words.
const TEXT_LENGTH_MAX: usize = 1_000;

/// Most characters of one field.
const FIELD_LENGTH_MAX: usize = 400_000;

/// Most lines or rows of one field.
const ROW_COUNT_MAX: usize = 2_000;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Words; empty where nothing was typed.
    Text(String),
    /// A day; none where nothing was typed.
    Date(Option<Date>),
    /// Hour and minute; none where nothing was typed.
    Time(Option<(u8, u8)>),
    /// A number; none where nothing was typed.
    Number(Option<f64>),
    /// Lines.
    Lines(Vec<String>),
    /// Rows, with their cells by the name of the column.
    Rows(Vec<BTreeMap<String, String>>),
    /// A required field of a draft for which nothing is known yet: its place stays visibly empty.
    Gap(FieldType, Vec<String>),
}

/// What stands in an empty place of a draft, as on a printed form; a paper with one is not ready. A template sees it as
/// `gap`.
pub const GAP: &str = "………";

/// Required fields for which nothing was typed, in the order of the form.
pub fn missing<'a>(fields: &'a [Field], inputs: &Inputs) -> Vec<&'a Field> {
    let is_empty = |field: &&Field| inputs.get(&field.name).is_none_or(|typed| typed.trim().is_empty());
    fields.iter().filter(|field| field.required).filter(is_empty).collect()
}

/// Reads what was typed for a draft: as [`check`], but a required field for which nothing is known becomes a gap.
///
/// # Errors
/// Every value that is not what its field takes.
pub fn check_draft(fields: &[Field], inputs: &Inputs) -> Result<BTreeMap<String, FieldValue>, Refusal> {
    let gaps = missing(fields, inputs);
    let optional: Vec<Field> = fields.iter().map(|field| Field { required: false, ..field.clone() }).collect();
    let mut values = check(&optional, inputs)?;
    values.extend(gaps.into_iter().map(|field| {
        let columns = field.columns.iter().map(|column| column.name.clone()).collect();
        (field.name.clone(), FieldValue::Gap(field.kind, columns))
    }));
    Ok(values)
}

/// Reads what was typed into the fields; an absent field is an empty one.
///
/// # Errors
/// Every field that must be filled and is empty, every value that is not what its field takes, with the field's name as
/// the place.
pub fn check(fields: &[Field], inputs: &Inputs) -> Result<BTreeMap<String, FieldValue>, Refusal> {
    let mut values = BTreeMap::new();
    let mut reasons = Vec::new();
    for field in fields {
        let typed = inputs.get(&field.name).map_or("", |typed| typed.trim());
        let label = &field.label.vi;
        if typed.is_empty() && field.required {
            reasons.push(Reason::new("missing_input", format!("Chưa nhập «{label}».")).at(&field.name));
        }
        match value(field, typed) {
            Ok(value) => drop(values.insert(field.name.clone(), value)),
            Err(message) => reasons.push(Reason::new("bad_input", format!("«{label}»: {message}")).at(&field.name)),
        }
    }
    Refusal::unless_empty(reasons)?;
    Ok(values)
}

fn value(field: &Field, typed: &str) -> Result<FieldValue, String> {
    let length = typed.chars().count();
    if length > FIELD_LENGTH_MAX {
        return Err(format!("dài {length} ký tự, tối đa {FIELD_LENGTH_MAX}."));
    }
    match field.kind {
        FieldType::Text => Ok(FieldValue::Text(one_line(typed)?)),
        FieldType::Date if typed.is_empty() => Ok(FieldValue::Date(None)),
        FieldType::Date => match parse_date(typed) {
            Some(date) => Ok(FieldValue::Date(Some(date))),
            None => Err(format!("«{typed}» không phải một ngày; viết như 28/8/2026.")),
        },
        FieldType::Time if typed.is_empty() => Ok(FieldValue::Time(None)),
        FieldType::Time => match parse_time(typed) {
            Some(time) => Ok(FieldValue::Time(Some(time))),
            None => Err(format!("«{typed}» không phải giờ trong ngày; viết như 8:00 hoặc 13h30.")),
        },
        FieldType::Number if typed.is_empty() => Ok(FieldValue::Number(None)),
        FieldType::Number => match parse_number(typed) {
            Ok(number) => Ok(FieldValue::Number(Some(number))),
            Err(_) => Err(format!("«{typed}» không phải một số; viết như 1.234,5.")),
        },
        FieldType::Lines => Ok(FieldValue::Lines(lines(typed)?.map(one_line).collect::<Result<_, _>>()?)),
        FieldType::Table => {
            let rows = lines(typed)?.zip(1..).map(|(line, number)| row(field, line, number));
            Ok(FieldValue::Rows(rows.collect::<Result<_, _>>()?))
        }
    }
}

fn lines(typed: &str) -> Result<impl Iterator<Item = &str>, String> {
    let lines = || typed.lines().map(str::trim).filter(|line| !line.is_empty());
    match lines().count() {
        count if count > ROW_COUNT_MAX => Err(format!("có {count} dòng, tối đa {ROW_COUNT_MAX}.")),
        _ => Ok(lines()),
    }
}

fn one_line(typed: &str) -> Result<String, String> {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.chars().count() {
        length if length > TEXT_LENGTH_MAX => Err(format!("một dòng dài {length} ký tự, tối đa {TEXT_LENGTH_MAX}.")),
        _ => Ok(words),
    }
}

fn row(field: &Field, line: &str, number: usize) -> Result<BTreeMap<String, String>, String> {
    let mut cells: Vec<&str> = line.split('|').map(str::trim).collect();
    // A bar at either end is a frame only where the row has a cell too many; else it parts off an empty cell.
    for end in [0, cells.len()] {
        let at = end.min(cells.len() - 1);
        if cells.len() > field.columns.len() && cells[at].is_empty() {
            cells.remove(at);
        }
    }
    if cells.len() > field.columns.len() {
        let heads: Vec<&str> = field.columns.iter().map(|column| column.label.vi.as_str()).collect();
        return Err(format!(
            "dòng {number} có {} ô, bảng có {} cột ({}).",
            cells.len(),
            heads.len(),
            heads.join(" | ")
        ));
    }
    let cells = cells.into_iter().chain(std::iter::repeat(""));
    let named = field.columns.iter().zip(cells).map(|(column, cell)| Ok((column.name.clone(), one_line(cell)?)));
    named.collect::<Result<_, String>>().map_err(|fault| format!("dòng {number}: {fault}"))
}

/// `8:00`, `8h`, `8h00`, `13 giờ 30`, `13 giờ 30 phút`.
fn parse_time(typed: &str) -> Option<(u8, u8)> {
    let typed = typed.to_lowercase().replace("phút", "").replace("giờ", ":").replace('h', ":");
    let (hour, minute) = typed.split_once(':').unwrap_or((&typed, ""));
    let number = |text: &str| if text.trim().is_empty() { Some(0) } else { text.trim().parse::<u8>().ok() };
    let (hour, minute) = (hour.trim().parse().ok()?, number(minute)?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}
