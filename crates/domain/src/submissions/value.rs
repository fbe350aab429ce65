//! The typed value of a cell.

/// What a cell of a form holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, in the element's measure.
    Number(f64),
    /// A choice or free text.
    Text(String),
    /// Có / Không.
    Boolean(bool),
}
