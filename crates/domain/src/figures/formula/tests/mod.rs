//! The language by example and by property.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod check;
mod columns;
mod examples;
mod explain;
mod numbers;
mod syntax;

use std::collections::BTreeMap;

use super::*;

/// Values by the keys of `tongket formula eval`.
#[derive(Clone, Debug, Default)]
pub(super) struct Keyed(pub(super) BTreeMap<String, Value>);

impl Items for Keyed {
    fn value(&self, reference: &Reference) -> Option<Value> {
        self.0.get(&reference.to_string()).cloned()
    }

    fn constant(&self, code: &str) -> Option<Value> {
        self.0.get(&format!("C{{{code}}}")).cloned()
    }
}

/// `key=value` pairs, where a value is a number, `true`, `false` or else a text.
pub(super) fn keyed(pairs: &str) -> Keyed {
    let value = |text: &str| match text.parse() {
        Ok(number) => Value::Number(number),
        Err(_) => text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Boolean),
    };
    let pairs = pairs.split_whitespace().map(|pair| pair.split_once('=').unwrap());
    Keyed(pairs.map(|(key, text)| (key.to_owned(), value(text))).collect())
}

/// A result in one line: the value (texts in quotes), `null: reason` or `error@at`.
pub(super) fn shown(text: &str, items: &impl Items, missing: MissingStrategy) -> String {
    let outcome = Formula::parse(text).and_then(|formula| formula.evaluate(items, missing));
    match outcome {
        Ok(Outcome::Value(Value::Text(text))) => format!("{text:?}"),
        Ok(Outcome::Value(value)) => value.to_text(),
        Ok(Outcome::Null(reason)) => format!("null: {}", reason.as_str()),
        Err(error) => format!("{}@{}", error.code.as_str(), error.at),
    }
}

/// Checks `formula  =>  result` lines; items have the values of `pairs`.
pub(super) fn check_with(pairs: &str, missing: MissingStrategy, table: &str) {
    let items = keyed(pairs);
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.rsplit_once("=>").unwrap();
        let (text, expected) = (text.trim(), expected.trim());
        let found = shown(text, &items, missing);
        if found != expected {
            wrong.push(format!("{text}   gave {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

pub(super) fn check(table: &str) {
    check_with("", MissingStrategy::Any, table);
}
