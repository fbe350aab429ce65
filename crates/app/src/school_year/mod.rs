//! When: school years with their semesters, reporting periods and deadlines, and the cycle that a year passes through.
//!
//! Verbs (leader or administrator of the office): `open`, `add_period`, `set_form_deadline`, `extend`, `close`,
//! `reopen`. A change of state is a record; what follows from what is decided by `domain::school_year`.

pub mod calendar;
pub mod cycle;
pub mod operations;
pub mod pages;
pub mod queries;
mod store;

#[cfg(test)]
mod tests;
