//! What is counted, over the units of an office: approved figures of a year in columns, rolled up over the tree of a
//! date, with every indicator and what it is made of.
//!
//! Reading only ([`queries`]); figures come in through the room `submissions`. A year is read once ([`year`]), rolled up
//! once for each map that is asked for ([`view`]), and kept ([`warehouse`]); the audit lines tell when a unit's figures
//! changed, and then only the units above it are added up anew.

mod alike;
pub mod api;
pub mod pages;
pub mod plan;
pub mod queries;
mod rows;
mod store;
pub mod synthetic;
pub mod view;
pub mod warehouse;
pub mod year;

pub use view::YearView;
pub use warehouse::Warehouse;

#[cfg(test)]
mod tests;
