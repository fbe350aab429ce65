//! On what basis: the register of documents in and out, what cites what, and the books in which numbers are given.
//!
//! Verbs (who keeps the register: officers and clerks): `record`, `change`, `relate`, `repeal`, `record_cited`,
//! `files::attach`; `numbers`: `set_rule`, `reserve` (inside the caller's transaction, at signing), `cancel`, `bring_in`.
//! Anyone who signs calls [`operations::check_bases`]. What a citation says and what has lapsed is decided by
//! `domain::guidance`; the texts of law that ship with the program come into the register when an office is opened.

pub mod numbers;
pub mod operations;
pub mod pack;
pub mod pages;
pub mod queries;
pub mod search;
mod store;

pub use operations::{Draft, Warning};
