//! Columns say what single units say, for any formula.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

/// Columns by the keys of `tongket formula eval`.
#[derive(Debug)]
struct Table {
    rows: usize,
    columns: BTreeMap<String, Vec<f64>>,
}

impl ItemColumns for Table {
    fn rows(&self) -> usize {
        self.rows
    }

    fn column(&self, reference: &Reference) -> Option<Cow<'_, [f64]>> {
        self.columns.get(&reference.to_string()).map(|column| Cow::Borrowed(column.as_slice()))
    }

    fn constant(&self, code: &str) -> Option<f64> {
        (code == "k").then_some(35.0)
    }
}

struct Unit<'a>(&'a Table, usize);

impl Items for Unit<'_> {
    fn value(&self, reference: &Reference) -> Option<Value> {
        let number = self.0.column(reference)?[self.1];
        (!number.is_nan()).then_some(Value::Number(number))
    }

    fn constant(&self, code: &str) -> Option<Value> {
        self.0.constant(code).map(Value::Number)
    }
}

/// Texts of formulas, most of them without type errors.
fn formulas() -> impl Strategy<Value = String> {
    let leaves = prop_oneof![
        6 => prop::sample::select(vec!["#{a}", "#{b}", "#{c}", "#{a.girls}", "prev(#{a})", "parent(#{b})", "#{none}"]),
        3 => prop::sample::select(vec!["0", "1", "2", "0.5", "100", "1e20", "0.1", "33.3"]),
        1 => prop::sample::select(vec!["null", "true", "false", "C{k}", "C{none}", "'7'", "'x'"]),
    ]
    .prop_map(str::to_owned);
    leaves.prop_recursive(5, 40, 4, |inner| {
        let pair = (inner.clone(), inner.clone());
        let arithmetic = prop::sample::select(vec!["+", "-", "*", "/", "%", "^"]);
        let relation = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
        let logic = prop::sample::select(vec!["and", "or", "&&", "||"]);
        let one = prop::sample::select(vec![
            "-",
            "+",
            "isNull",
            "isNotNull",
            "removeZeros",
            "log",
            "log10",
            "round",
            "greatest",
            "firstNonNull",
            "not ",
        ]);
        let two = prop::sample::select(vec!["pct", "round", "greatest", "least", "firstNonNull", "log"]);
        prop_oneof![
            6 => (pair.clone(), arithmetic).prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            2 => (pair.clone(), relation).prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            1 => (pair.clone(), logic).prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            2 => (inner.clone(), one).prop_map(|(a, function)| format!("{function}({a})")),
            2 => (pair.clone(), two).prop_map(|((a, b), function)| format!("{function}({a}, {b})")),
            1 => (inner.clone(), 0i32..3).prop_map(|(a, decimals)| format!("round({a}, {decimals})")),
            1 => pair.clone().prop_map(|(a, b)| format!("firstNonNull({a}, null, {b})")),
            1 => (pair.clone(), inner.clone()).prop_map(|((a, b), c)| format!("is({a} in {b}, {c})")),
            3 => (pair.clone(), pair).prop_map(|((a, b), (c, d))| format!("if({a} > {b}, {c}, {d})")),
        ]
    })
}

fn cells() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (0i32..2000).prop_map(f64::from),
        2 => Just(0.0),
        2 => Just(f64::NAN),
        1 => (0i32..99_999).prop_map(|n| f64::from(n) / 100.0),
        1 => -50.0..50.0f64,
    ]
}

fn tables() -> impl Strategy<Value = Table> {
    const KEYS: [&str; 6] = ["a", "b", "c", "a.girls", "prev:a", "parent:b"];
    (1usize..12).prop_flat_map(|rows| {
        prop::collection::vec(prop::collection::vec(cells(), rows), KEYS.len()).prop_map(move |columns| Table {
            rows,
            columns: KEYS.into_iter().map(str::to_owned).zip(columns).collect(),
        })
    })
}

fn strategies() -> impl Strategy<Value = MissingStrategy> {
    prop::sample::select(vec![MissingStrategy::Any, MissingStrategy::All, MissingStrategy::Never])
}

fn expect_agreement(text: &str, table: &Table, missing: MissingStrategy) {
    let formula = Formula::parse(text).unwrap();
    let by_unit: Result<Vec<Outcome>, FormulaError> =
        (0..table.rows).map(|row| formula.evaluate(&Unit(table, row), missing)).collect();
    let by_column = formula.evaluate_columns(table, missing);
    match (by_unit, by_column) {
        (Ok(units), Ok(column)) => {
            let rows: Vec<Outcome> = (0..table.rows).map(|row| column.outcome(row)).collect();
            assert_eq!(rows, units, "{text}");
        }
        (Ok(units), Err(_)) => {
            assert!(units.iter().any(|outcome| matches!(outcome, Outcome::Value(Value::Text(_)))), "{text}");
        }
        (Err(unit), Err(column)) => assert!(unit == column || column.at == 0, "{text}"),
        (Err(error), Ok(_)) => panic!("{text}: {error:?} in one unit, nothing in the columns"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn columns_say_what_units_say(text in formulas(), table in tables(), missing in strategies()) {
        expect_agreement(&text, &table, missing);
    }

    #[test]
    fn printing_then_parsing_changes_nothing(text in formulas()) {
        let formula = Formula::parse(&text).unwrap();
        let printed = formula.to_string();
        prop_assert_eq!(Formula::parse(&printed).unwrap(), formula, "{}", printed);
    }
}

#[test]
fn blocks_meet_at_their_edges() {
    let rows = 3000;
    let column =
        |step: usize| (0..rows).map(|row| if row % step == 0 { f64::NAN } else { (row % 97) as f64 }).collect();
    let columns = [("a", 7), ("b", 11), ("prev:a", 13)].map(|(key, step)| (key.to_owned(), column(step)));
    let table = Table { rows, columns: columns.into_iter().collect() };
    for text in [
        "100 * #{a} / (#{a} + #{b})",
        "round(pct(#{a} - prev(#{a}), prev(#{a})), 1)",
        "if(#{a} > #{b}, 'x', 1)",
        "if(#{a} > #{b}, #{a} / 3, -#{b})",
        "not (#{a} / 2)",
        "#{a} > 50 and (#{b} / 2 or true)",
    ] {
        for missing in [MissingStrategy::Any, MissingStrategy::All, MissingStrategy::Never] {
            expect_agreement(text, &table, missing);
        }
    }
}

#[test]
fn deep_and_long_formulas_stay_within_the_stack() {
    let deep = format!("{}#{{a}}{}", "true or false and 1 == 1 < 1 + 1 * (".repeat(DEPTH_MAX), ")".repeat(DEPTH_MAX));
    let long = format!("#{{a}}{}", " + 1".repeat(5000));
    let table = Table { rows: 2, columns: [("a".to_owned(), vec![1.0, f64::NAN])].into_iter().collect() };
    for text in [deep, long] {
        expect_agreement(&text, &table, MissingStrategy::Any);
    }
}
