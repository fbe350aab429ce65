//! Who: administrative units, offices and schools over time; their names, their two lines of authority, the people and
//! posts in them, and what became of each when units merged, split or ended.
//!
//! Everything is dated and every question names a date. [`Registry`] answers; [`operations`] decide changes from a date
//! on; [`check`] refuses a whole registry with every bad row named; [`admin_units`] reads the national list of before
//! and after 1 July 2025; [`SearchIndex`] finds units as people type their names.

pub mod admin_units;
pub mod check;
pub mod operations;
pub mod people;
pub mod school_list;

mod kind;
mod lineage;
mod registry;
mod search;
mod succession;
mod unit;
mod validity;

#[cfg(test)]
mod tests;

pub use kind::{Tier, UnitKind};
pub use lineage::{Descent, Origin};
pub use registry::{Registry, Row};
pub use search::{Found, SearchIndex};
pub use succession::{Succession, SuccessionKind, read_share};
pub use unit::{DatedName, Line, NAME_LENGTH_MAX, ParentLink, SatelliteSite, SchoolFacts, Unit, UnitCode};
pub use validity::Validity;
