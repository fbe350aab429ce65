//! What is said: official documents from the figures of a year, with the texts that people type into their places.
//!
//! Verbs: `write_text` (a place of the report, by who may write reports of the unit), `set_target`, `summary_report`
//! (facts → content model), and its bytes as DOCX and PDF.

mod gather;
pub mod operations;
pub mod pages;
pub mod queries;
mod store;
