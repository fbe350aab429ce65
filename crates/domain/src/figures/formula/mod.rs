//! The formula language: indicators, check rules and derived cells are written in it.
//!
//! It is the part of DHIS2's expression syntax that aggregate indicators use, with `prev`, `parent`, `round` and `pct` of
//! our own. A [`Formula`] is parsed once, with every check that needs no values, and then evaluated for one unit
//! ([`Formula::evaluate`]) or for many at once ([`Formula::evaluate_columns`]).

mod block;
mod check;
mod columns;
mod decimal;
mod error;
mod evaluate;
mod explain;
mod expression;
mod function;
mod lexer;
mod number;
mod parser;
mod sum;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

use crate::figures::catalogue::{ItemCode, MissingStrategy};

pub use check::{ItemNature, Vocabulary};
pub use columns::{Cell, ColumnOutcome, ItemColumns};
pub use error::{ErrorCode, FormulaError};
pub use explain::{Explanation, Input, Labels};
pub use expression::{Binary, Expression, Kind, Link, Unary};
pub use function::Function;
pub use number::round;
pub use parser::DEPTH_MAX;
pub use value::Value;

/// An item as a formula reads it: of which year and of which unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The item.
    pub item: ItemCode,
    /// One school year earlier.
    pub previous: bool,
    /// At the parent unit.
    pub parent: bool,
}

/// The key of `tongket formula eval`: `parent:prev:code.option`.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.parent { "parent:" } else { "" })?;
        f.write_str(if self.previous { "prev:" } else { "" })?;
        self.item.fmt(f)
    }
}

/// Where a formula finds its values.
pub trait Items {
    /// The value of an item; none if it is missing.
    fn value(&self, reference: &Reference) -> Option<Value>;

    /// The value of a constant; none if the catalogue does not define it.
    fn constant(&self, code: &str) -> Option<Value>;
}

/// What leaves the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A finite number, a text or a boolean.
    Value(Value),
    /// No value.
    Null(NullReason),
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NullReason {
    /// An item that was read has no value.
    Missing,
    /// The formula gave null.
    Undefined,
    /// The formula gave an infinity or NaN.
    NotFinite,
}

impl NullReason {
    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Undefined => "undefined",
            Self::NotFinite => "not_finite",
        }
    }
}

/// A formula that is well formed. Its text ([`fmt::Display`]) is canonical: parsing it gives an equal formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    root: Expression,
    references: Vec<Reference>,
    constants: Vec<String>,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first fault from the left: `syntax`, `unknown_name`, `unsupported`, `arity` or `too_deep`.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        parser::parse(text)
    }

    /// The tree.
    pub fn root(&self) -> &Expression {
        &self.root
    }

    /// Every item that is read somewhere, each once, in the order of first mention.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The codes of the items read, of whatever year and unit, each once, in the order of first mention.
    pub fn items(&self) -> Vec<&ItemCode> {
        let mut items: Vec<&ItemCode> = Vec::new();
        for reference in &self.references {
            if !items.contains(&&reference.item) {
                items.push(&reference.item);
            }
        }
        items
    }

    /// Whether it only adds and takes off items of the unit and the year themselves, or such items times fixed numbers.
    ///
    /// Of such a formula a part of the reporters gives a part of the whole; all else sets one item against another.
    pub fn is_sum(&self) -> bool {
        sum::is_sum(&self.root, &self.references)
    }

    /// Every constant, each once, in the order of first mention.
    pub fn constants(&self) -> &[String] {
        &self.constants
    }

    /// Every fault that shows against a catalogue without values: unknown items and constants, types that cannot fit,
    /// measures that do not mix; in the order of their places.
    pub fn check(&self, vocabulary: &impl Vocabulary) -> Vec<FormulaError> {
        check::check(self, vocabulary)
    }

    /// Evaluates the formula for one unit.
    ///
    /// # Errors
    /// `type`, `range` or `unknown_constant`.
    pub fn evaluate(&self, items: &impl Items, missing: MissingStrategy) -> Result<Outcome, FormulaError> {
        evaluate::evaluate(self, items, missing)
    }

    /// Shows the working for one unit, in Vietnamese.
    pub fn explain(&self, items: &impl Items, labels: &impl Labels, missing: MissingStrategy) -> Explanation {
        explain::explain(self, items, labels, missing)
    }

    /// Evaluates the formula in every row of columns: the same as [`Self::evaluate`] row by row, at column speed.
    ///
    /// # Errors
    /// That of the first row that has one; also `type` where the formula gives a text.
    pub fn evaluate_columns(
        &self,
        columns: &impl ItemColumns,
        missing: MissingStrategy,
    ) -> Result<ColumnOutcome, FormulaError> {
        columns::evaluate_columns(self, columns, missing)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { root: expression, references, constants } = self;
        expression::Printed { expression, references, constants }.fmt(f)
    }
}
