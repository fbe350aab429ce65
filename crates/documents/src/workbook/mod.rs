//! Workbooks both ways: the form as an .xlsx that a unit fills, and whatever comes back, read with suspicion.
//!
//! [`template`] writes a form as its paper looks. [`read`] takes bytes from strangers, refuses what may harm and finds
//! the cells again by hidden keys; [`interpret`] turns them into typed values in the form's cell order and lists every
//! problem at once; [`mark`] writes the problems as comments into the very cells. Nothing here panics on any input.

mod address;
mod compound;
mod errors;
mod grid;
mod guard;
mod heading;
mod identity;
mod interpret;
mod labels;
mod layout;
mod mark;
mod mismatch;
mod notes;
mod package;
mod paint;
mod plain;
mod problem;
mod read;
mod rules;
mod styles;
mod table;
mod totals;
mod typed;
mod uncomputed;
mod write;

#[cfg(test)]
mod tests;

pub use address::{CellRef, a1, parse_a1};
pub use domain::submissions::Value;
pub use grid::Content;
pub use guard::{FileFormat, Limits};
pub use identity::{Altered, Identity, SHEET as IDENTITY_SHEET};
pub use interpret::{Expectation, Forms, Interpreted, interpret};
pub use mark::mark;
pub use plain::{PlainRow, PlainSheet, sheets};
pub use problem::{Problem, ProblemCode, codes};
pub use read::{ReadCell, ReadWorkbook, read};
pub use write::{TemplateSpec, WorkbookError, template};
