//! Who: the units of an office over time and the people in their posts; both change only through [`operations`].
//!
//! Verbs (whoever keeps the units: administrator, officer): `import`, `import_list`; `apply` carries out a
//! `domain::organisation::operations::Decision` (create, rename, move, merge, split, dissolve, a school's facts and sites)
//! after `preview`, `undo` takes the last one back; `add_post`, `appoint`, `end_term`, `correct_term`, `rename_person`.
//! What may be done is decided by `domain::organisation`; the whole registry is kept in memory by
//! [`crate::office::Office`]. Who signs: `queries::holders_on`, `queries::signers_on`.

pub mod clusters;
pub mod lists;
pub mod operations;
pub mod pages;
pub mod queries;
mod store;

#[cfg(test)]
mod tests;
