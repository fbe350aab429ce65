//! `tongket formula eval`: formulas as JSON lines in, values as JSON lines out (formula.md, section 12).
//!
//! Each line stands alone: a line that cannot be read answers with the error `request`, and reading goes on.

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Write},
};

use domain::figures::{
    catalogue::MissingStrategy,
    formula::{Formula, FormulaError, Items, Outcome, Reference, Value},
};
use serde_json::{Value as Json, value::RawValue};

/// Answers every line of `input` with one line of `output`, in the same order.
///
/// # Errors
/// Only where reading or writing itself fails.
pub fn run(mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        writeln!(output, "{}", answer(&line))?;
        line.clear();
    }
    output.flush()
}

/// The answer to one line, without its line break.
fn answer(line: &[u8]) -> String {
    let fields: Option<BTreeMap<String, &RawValue>> =
        std::str::from_utf8(line).ok().and_then(|text| serde_json::from_str(text.trim_start_matches('\u{feff}')).ok());
    let Some(fields) = fields else {
        return refused("null", "request", "dòng này không phải một đối tượng JSON", 0);
    };
    // The identity goes back as it came, to the last digit.
    let id = fields.get("id").map_or("null", |id| id.get());
    match Request::read(&fields) {
        Ok(request) => match request.outcome() {
            Ok(Outcome::Value(value)) => format!(r#"{{"id":{id},"value":{}}}"#, to_json(&value)),
            Ok(Outcome::Null(reason)) => format!(r#"{{"id":{id},"value":null,"reason":"{}"}}"#, reason.as_str()),
            Err(error) => refused(id, error.code.as_str(), &error.message, error.at),
        },
        Err(message) => refused(id, "request", message, 0),
    }
}

fn refused(id: &str, code: &str, message: &str, at: usize) -> String {
    format!(r#"{{"id":{id},"error":{{"code":"{code}","message":{},"at":{at}}}}}"#, Json::from(message))
}

fn to_json(value: &Value) -> String {
    match value {
        Value::Text(text) => Json::from(text.as_str()).to_string(),
        // Shortest form, whole numbers without a point: JSON as it stands.
        number_or_boolean => number_or_boolean.to_text(),
    }
}

/// What one line asks.
struct Request {
    formula: String,
    values: Values,
    missing: MissingStrategy,
}

impl Request {
    fn read(fields: &BTreeMap<String, &RawValue>) -> Result<Self, &'static str> {
        if !fields.contains_key("id") {
            return Err("thiếu «id»");
        }
        let formula = fields.get("formula").ok_or("thiếu «formula»")?;
        Ok(Self {
            formula: serde_json::from_str(formula.get()).map_err(|_| "«formula» phải là chuỗi chữ")?,
            values: fields.get("values").map_or(Ok(Values::default()), |raw| Values::read(raw))?,
            missing: fields.get("missing").map_or(Ok(MissingStrategy::default()), |raw| {
                serde_json::from_str(raw.get()).map_err(|_| "«missing» phải là any, all hoặc never")
            })?,
        })
    }

    fn outcome(&self) -> Result<Outcome, FormulaError> {
        Formula::parse(&self.formula)?.evaluate(&self.values, self.missing)
    }
}

/// Values by the keys that stand in the request.
#[derive(Default)]
struct Values(BTreeMap<String, Option<Value>>);

impl Values {
    fn read(raw: &RawValue) -> Result<Self, &'static str> {
        let raw: BTreeMap<String, &RawValue> =
            serde_json::from_str(raw.get()).map_err(|_| "«values» phải là một đối tượng JSON")?;
        let values: Option<_> = raw.into_iter().map(|(key, raw)| Some((key, read_value(raw.get())?))).collect();
        values.map(Self).ok_or("mỗi giá trị trong «values» phải là số, chuỗi chữ, true, false hoặc null")
    }

    fn find(&self, key: &str) -> Option<Value> {
        self.0.get(key).cloned().flatten()
    }
}

/// A number is read from its own text: the nearest double, which the JSON reader does not promise.
fn read_value(raw: &str) -> Option<Option<Value>> {
    match raw {
        "null" => Some(None),
        "true" => Some(Some(Value::Boolean(true))),
        "false" => Some(Some(Value::Boolean(false))),
        text if text.starts_with('"') => serde_json::from_str(text).ok().map(|text| Some(Value::Text(text))),
        number => {
            number.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| Some(Value::Number(number)))
        }
    }
}

impl Items for Values {
    fn value(&self, reference: &Reference) -> Option<Value> {
        self.find(&reference.to_string())
    }

    fn constant(&self, code: &str) -> Option<Value> {
        self.find(&format!("C{{{code}}}"))
    }
}
