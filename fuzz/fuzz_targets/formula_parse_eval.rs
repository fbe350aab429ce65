//! Any text either is a formula, and then prints, evaluates and explains without a panic, or is refused at a place inside it.
#![no_main]

use std::borrow::Cow;

use domain::figures::{
    catalogue::{ItemCode, MissingStrategy},
    formula::{Formula, ItemColumns, Items, Labels, Outcome, Reference, Value},
};
use libfuzzer_sys::fuzz_target;

/// Items whose code begins with `n` are missing, with `t` texts; the others are numbers.
struct Sample;

impl Items for Sample {
    fn value(&self, reference: &Reference) -> Option<Value> {
        match reference.item.element.as_bytes().first() {
            Some(b'n') => None,
            Some(b't') => Some(Value::Text("12".to_owned())),
            _ => Some(Value::Number(7.5)),
        }
    }

    fn constant(&self, code: &str) -> Option<Value> {
        (code == "k").then_some(Value::Number(35.0))
    }
}

impl ItemColumns for Sample {
    fn rows(&self) -> usize {
        3
    }

    fn column(&self, reference: &Reference) -> Option<Cow<'_, [f64]>> {
        (!reference.item.element.starts_with('n')).then_some(Cow::Borrowed(&[7.5, f64::NAN, 0.0]))
    }

    fn constant(&self, code: &str) -> Option<f64> {
        (code == "k").then_some(35.0)
    }
}

impl Labels for Sample {
    fn item(&self, _: &ItemCode) -> Option<String> {
        None
    }

    fn constant(&self, _: &str) -> Option<String> {
        None
    }
}

fuzz_target!(|text: &str| {
    let formula = match Formula::parse(text) {
        Ok(formula) => formula,
        Err(error) => {
            assert!(error.at <= text.chars().count());
            return;
        }
    };
    assert_eq!(Formula::parse(&formula.to_string()).as_ref(), Ok(&formula));
    for missing in [MissingStrategy::Any, MissingStrategy::All, MissingStrategy::Never] {
        if let Ok(Outcome::Value(Value::Number(number))) = formula.evaluate(&Sample, missing) {
            assert!(number.is_finite());
        }
        let _ = formula.evaluate_columns(&Sample, missing);
    }
    if text.len() < 500 {
        let _ = formula.explain(&Sample, &Sample, MissingStrategy::Any);
    }
});
