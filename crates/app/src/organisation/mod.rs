//! Who: the units of an office over time, as rows; people change them only through [`operations`].
//!
//! Verbs (administrator of the office): `import`, `create`, `rename`, `move_under`, `merge`, `split`, `dissolve`. What
//! may be done is decided by `domain::organisation`; the whole registry is kept in memory by [`crate::office::Office`].

pub mod clusters;
pub mod operations;
pub mod pages;
pub mod queries;
mod store;

#[cfg(test)]
mod tests;
