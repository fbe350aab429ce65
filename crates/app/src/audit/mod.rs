//! Who did what, when, why: one line for every change, written in the change's own transaction. Anyone may write here.

mod kept;
pub mod pages;
mod store;

pub use kept::Kept;
pub use store::{AuditRow, Wanted, count, has_line_not_by, latest, latest_at, lines, since, write};
