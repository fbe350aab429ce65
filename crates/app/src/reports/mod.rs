//! What is said: official documents from the figures of a year, with the texts that people type into their places.
//!
//! Verbs: [`writing`] (a place's text with its references, offered sentences kept and dropped, by who may write reports
//! of the unit; a reading marked, by whoever reads), `set_targets`, `summary_report` (facts → content model), and its
//! bytes as DOCX and PDF; [`emulation::contribute`] (rooms after this one hand figures over). [`desk`] is what a writer and a reader see beside the text.

pub mod desk;
pub mod emulation;
pub(crate) mod gather;
pub mod issuer;
pub mod operations;
pub mod pages;
pub mod papers;
pub mod queries;
mod references;
pub mod signing;
mod store;
pub mod writing;
