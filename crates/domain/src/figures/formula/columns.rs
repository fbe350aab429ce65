//! One formula on whole columns: the same operators and functions as for one unit, a block of rows at a time.
//!
//! What cannot be done on numbers alone (texts, a number where a boolean is wanted, an error in some row) is not decided
//! here: such a block is evaluated row by row by [`super::evaluate`], which is the definition. A test holds the two
//! together.

use std::borrow::Cow;

use super::{
    ErrorCode, Formula, FormulaError, Items, NullReason, Outcome, Reference, Value,
    block::{Block, BlockEvaluator},
    evaluate,
};
use crate::figures::catalogue::MissingStrategy;

/// So many rows of a few columns stay in the nearest cache.
const BLOCK_ROWS: usize = 1024;

/// Deeper trees than any indicator has are evaluated row by row.
const BLOCK_LEVELS: usize = 40;

/// Where a formula finds the columns that it reads.
pub trait ItemColumns {
    /// How many rows every column has.
    fn rows(&self) -> usize;

    /// The values of an item in every row, NaN where a row has none; `None` if no row has one.
    fn column(&self, reference: &Reference) -> Option<Cow<'_, [f64]>>;

    /// The value of a constant; none if the catalogue does not define it.
    fn constant(&self, code: &str) -> Option<f64>;
}

/// What one row of a column result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A finite number.
    Number,
    /// Yes (1) or no (0).
    Boolean,
    /// No value.
    Null(NullReason),
}

/// The results of a formula, row by row.
#[derive(Clone, Debug, Default)]
pub struct ColumnOutcome {
    values: Vec<f64>,
    cells: Vec<Cell>,
}

impl ColumnOutcome {
    /// Numbers, and booleans as 1 and 0; NaN where there is no value.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// What each value is, or why there is none.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The values alone, NaN where there is none.
    pub fn into_values(self) -> Vec<f64> {
        self.values
    }

    /// The values, NaN where there is none, and what each is.
    pub fn into_parts(self) -> (Vec<f64>, Vec<Cell>) {
        (self.values, self.cells)
    }

    /// One row as the outcome of one unit.
    pub fn outcome(&self, row: usize) -> Outcome {
        match self.cells[row] {
            Cell::Number => Outcome::Value(Value::Number(self.values[row])),
            Cell::Boolean => Outcome::Value(Value::Boolean(self.values[row] != 0.0)),
            Cell::Null(reason) => Outcome::Null(reason),
        }
    }

    fn push(&mut self, value: f64, cell: Cell) {
        self.values.push(value);
        self.cells.push(cell);
    }

    /// Adds rows: the value of each where its cell says that it has one.
    pub(super) fn extend(&mut self, values: &[f64], cells: impl Iterator<Item = Cell>) {
        let first = self.cells.len();
        self.cells.extend(cells);
        let with_reasons = values.iter().zip(&self.cells[first..]);
        // Minus zero is written as 0.
        self.values.extend(
            with_reasons.map(|(value, cell)| if matches!(cell, Cell::Null(_)) { f64::NAN } else { value + 0.0 }),
        );
    }

    fn push_outcome(&mut self, outcome: Outcome) -> Result<(), FormulaError> {
        match outcome {
            Outcome::Value(Value::Number(number)) => self.push(number, Cell::Number),
            Outcome::Value(Value::Boolean(boolean)) => self.push(f64::from(u8::from(boolean)), Cell::Boolean),
            Outcome::Null(reason) => self.push(f64::NAN, Cell::Null(reason)),
            Outcome::Value(Value::Text(text)) => {
                let message = format!("công thức cho ra chữ «{text}»; cột số liệu chỉ nhận số hoặc đúng/sai");
                return Err(FormulaError::new(ErrorCode::Type, 0, message));
            }
        }
        Ok(())
    }
}

/// The columns of one formula, in the order of its references.
pub(super) struct Gathered<'a> {
    formula: &'a Formula,
    pub(super) items: Vec<Option<Cow<'a, [f64]>>>,
    pub(super) constants: Vec<Option<f64>>,
}

/// Evaluates the formula in every row.
pub(super) fn evaluate_columns(
    formula: &Formula,
    columns: &impl ItemColumns,
    missing: MissingStrategy,
) -> Result<ColumnOutcome, FormulaError> {
    let rows = columns.rows();
    let gathered = Gathered {
        formula,
        items: formula.references.iter().map(|reference| columns.column(reference)).collect(),
        constants: formula.constants.iter().map(|code| columns.constant(code)).collect(),
    };
    let mut outcome = ColumnOutcome { values: Vec::with_capacity(rows), cells: Vec::with_capacity(rows) };
    let numeric = Block::can_hold(&formula.root, BLOCK_LEVELS);
    for start in (0..rows).step_by(BLOCK_ROWS) {
        let end = rows.min(start + BLOCK_ROWS);
        let block = numeric.then(|| BlockEvaluator::evaluate_rows(&formula.root, &gathered, start..end)).flatten();
        match block {
            Some((block, reads)) => block.settle(&reads, missing, &mut outcome),
            None => {
                for row in start..end {
                    outcome.push_outcome(evaluate::evaluate(formula, &Row { gathered: &gathered, row }, missing)?)?;
                }
            }
        }
    }
    Ok(outcome)
}

/// One row of the columns as the items of one unit.
struct Row<'a> {
    gathered: &'a Gathered<'a>,
    row: usize,
}

impl Items for Row<'_> {
    fn value(&self, reference: &Reference) -> Option<Value> {
        let slot = self.gathered.formula.references.iter().position(|known| known == reference)?;
        let number = *self.gathered.items[slot].as_ref()?.get(self.row)?;
        (!number.is_nan()).then_some(Value::Number(number))
    }

    fn constant(&self, code: &str) -> Option<Value> {
        let slot = self.gathered.formula.constants.iter().position(|known| known == code)?;
        self.gathered.constants[slot].map(Value::Number)
    }
}
