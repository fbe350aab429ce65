//! `tongket bench formulas`: eighty indicators for every unit of the nation, on columns, on one core.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    path::Path,
    time::Instant,
};

use domain::figures::{
    catalogue::{Catalogue, Indicator},
    formula::{ColumnOutcome, Expression, Formula, Function, ItemColumns, Kind, Reference},
    rollup::Columns,
};
use serde_json::json;

use super::{Output, bench::SEED, usage::peak_rss_mb};
use crate::{
    figures::synthetic::{self, Scale},
    platform::{Error, Result},
    shipped,
};

const INDICATOR_COUNT: usize = 80;
const ROUND_COUNT: usize = 7;

/// Every item that the formulas read as a column of noise; indicators among them too.
struct Table<'a> {
    catalogue: &'a Catalogue,
    places: BTreeMap<String, usize>,
    columns: Columns,
}

impl ItemColumns for Table<'_> {
    fn rows(&self) -> usize {
        self.columns.rows()
    }

    fn column(&self, reference: &Reference) -> Option<Cow<'_, [f64]>> {
        let place = self.places.get(&reference.to_string())?;
        Some(Cow::Borrowed(self.columns.column(*place)))
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.catalogue.constants.get(code).map(|constant| constant.value)
    }
}

pub(super) fn run(scale: Scale, export: Option<&Path>) -> Result<Output> {
    let catalogue = shipped::catalogue()?;
    let formulas: Vec<(&Indicator, Formula)> = catalogue
        .indicators
        .iter()
        .take(INDICATOR_COUNT)
        .map(|indicator| Ok((indicator, Formula::parse(&indicator.formula)?)))
        .collect::<Result<_, domain::figures::formula::FormulaError>>()
        .map_err(|error| Error::Inside(error.message))?;
    let read: BTreeSet<String> =
        formulas.iter().flat_map(|(_, formula)| formula.references()).map(ToString::to_string).collect();
    let rows = synthetic::tree(scale, SEED)?.len();
    let columns = synthetic::values(rows, read.len(), SEED);
    let table = Table { catalogue: &catalogue, places: read.into_iter().zip(0..).collect(), columns };
    let operations: usize = formulas.iter().map(|(_, formula)| operation_count(formula.root())).sum::<usize>() * rows;
    let (mut seconds, mut results) = (Vec::with_capacity(ROUND_COUNT), Vec::new());
    for _ in 0..ROUND_COUNT {
        let began = Instant::now();
        results = evaluate(&formulas, &table)?;
        seconds.push(began.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let seconds = seconds[ROUND_COUNT / 2];
    if let Some(folder) = export {
        write_for_peers(folder, &formulas, &table, &results)?;
    }
    let per_second = operations as f64 / seconds;
    let json = json!({
        "work": "formulas", "rows": rows, "formulas": formulas.len(), "columns": table.places.len(),
        "operations": operations, "threads": 1, "seconds": seconds, "operations_per_second": per_second,
        "peak_rss_mb": peak_rss_mb(),
    });
    let text = format!(
        "{} công thức × {rows} đơn vị = {:.1} triệu phép tính: {seconds:.4} giây, {:.0} triệu phép/giây trên một nhân",
        formulas.len(),
        operations as f64 / 1e6,
        per_second / 1e6
    );
    Ok(Output::new(json, text))
}

fn evaluate(formulas: &[(&Indicator, Formula)], table: &Table<'_>) -> Result<Vec<ColumnOutcome>> {
    let outcome = |(indicator, formula): &(&Indicator, Formula)| {
        let outcome = formula.evaluate_columns(table, indicator.missing);
        outcome.map_err(|error| Error::Inside(format!("{}: {}", indicator.code, error.message)))
    };
    formulas.iter().map(outcome).collect()
}

/// Operators and calls in a formula: each is one operation a row, but for `pct(a, b)`, which is defined as `100 * a / b`
/// and is two. Reading an item is none.
fn operation_count(expression: &Expression) -> usize {
    match &expression.kind {
        Kind::Literal(_) | Kind::Null | Kind::Item(_) | Kind::Constant(_) => 0,
        Kind::Unary(_, operand) => 1 + operation_count(operand),
        Kind::Chain(first, links) => {
            operation_count(first) + links.iter().map(|link| 1 + operation_count(&link.operand)).sum::<usize>()
        }
        Kind::Call(Function::Pct, arguments) => 2 + arguments.iter().map(operation_count).sum::<usize>(),
        Kind::Call(_, arguments) => 1 + arguments.iter().map(operation_count).sum::<usize>(),
    }
}

/// `formulas.json`, `columns.bin` and `expected.bin`: little-endian doubles, column after column, NaN where there is none.
fn write_for_peers(
    folder: &Path,
    formulas: &[(&Indicator, Formula)],
    table: &Table<'_>,
    results: &[ColumnOutcome],
) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let listed: Vec<_> = formulas
        .iter()
        .map(|(indicator, _)| json!({ "code": indicator.code, "formula": indicator.formula, "missing": indicator.missing }))
        .collect();
    let constants: BTreeMap<&String, f64> =
        table.catalogue.constants.iter().map(|(code, constant)| (code, constant.value)).collect();
    let names: Vec<&String> = table.places.keys().collect();
    let text =
        json!({ "rows": table.rows(), "columns": names, "constants": constants, "formulas": listed }).to_string();
    std::fs::write(folder.join("formulas.json"), text)?;
    let given = table.places.values().map(|place| table.columns.column(*place));
    write_columns(&folder.join("columns.bin"), given)?;
    write_columns(&folder.join("expected.bin"), results.iter().map(ColumnOutcome::values))
}

/// Columns as little-endian doubles, one after the other.
pub(super) fn write_columns<'a>(path: &Path, columns: impl Iterator<Item = &'a [f64]>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for value in columns.flatten() {
        out.write_all(&value.to_le_bytes())?;
    }
    Ok(out.flush()?)
}
