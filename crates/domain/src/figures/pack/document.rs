//! A TOML text as a small tree in which every field knows its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::faults::{Faults, Place};

/// A table: its fields in the order of the text.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) place: Place,
    pub(crate) fields: Vec<Field>,
}

/// One `name = value`.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) value: Value,
}

/// A value. Dates are texts: no pack needs them.
#[derive(Debug)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
    List(Vec<(Place, Value)>),
    Table(Table),
}

/// Reads a text; what can be read is returned beside the faults of syntax.
pub(crate) fn read(file: usize, text: &str, faults: &mut Faults) -> Table {
    let lines = Lines { file, starts: line_starts(text) };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let place = lines.place(error.span().map_or(0, |span| span.start));
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        if message.contains("duplicate key") {
            faults.add(place, "duplicate_code", "tên hoặc mã này đã có trong cùng bảng; mỗi mã chỉ dùng một lần");
        } else {
            faults.add(place, "syntax", format!("không đọc được TOML: {message}"));
        }
    }
    lines.table(0, root.get_ref())
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

struct Lines {
    file: usize,
    starts: Vec<usize>,
}

impl Lines {
    fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= at);
        Place { file: self.file, line: u32::try_from(line).unwrap_or(u32::MAX) }
    }

    fn table(&self, at: usize, table: &DeTable<'_>) -> Table {
        let mut fields: Vec<(usize, Field)> = table
            .iter()
            .map(|(name, value)| {
                let at = name.span().start;
                (at, Field { name: name.get_ref().to_string(), place: self.place(at), value: self.value(value) })
            })
            .collect();
        fields.sort_by_key(|(at, _)| *at);
        Table { place: self.place(at), fields: fields.into_iter().map(|(_, field)| field).collect() }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => number_or_text(number.as_str()),
            DeValue::Float(number) => number_or_text(number.as_str()),
            DeValue::Boolean(truth) => Value::Truth(*truth),
            DeValue::Datetime(time) => Value::Text(time.to_string()),
            DeValue::Array(list) => {
                Value::List(list.iter().map(|item| (self.place(item.span().start), self.value(item))).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(value.span().start, table)),
        }
    }
}

fn number_or_text(digits: &str) -> Value {
    digits.parse().map_or_else(|_| Value::Text(digits.to_owned()), Value::Number)
}
