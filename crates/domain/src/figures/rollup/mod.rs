//! The roll-up: one year's figures added up over a tree of units.
//!
//! Units stand in pre-order ([`Forest`]), so every subtree is a contiguous run. Who reported what is a matrix with one
//! column per element ([`Columns`], NaN = missing), and a [`Layout`] seats its rows in the tree: each where it was
//! reported ("as reported then"), or where its heirs are on another day's map ("on today's map", [`Heirs`]). [`RollUp`]
//! adds every column into every unit in one pass at about the speed of memory, and mends only the ancestors of a unit
//! whose figures change. Every result says what it is made of ([`Made`]).
//!
//! Three things are never done: a ratio or a list is never added, a share of a divided unit is never invented, and two
//! items are never set against each other over different reporters ([`Alike`]).

mod accumulate;
mod alike;
mod columns;
mod forest;
mod heirs;
mod layout;
mod made;
mod periods;

#[cfg(test)]
mod tests;

pub use accumulate::RollUp;
pub use alike::{Alike, Part};
pub use columns::Columns;
pub use forest::Forest;
pub use heirs::{Heir, Heirs};
pub use layout::{Layout, Seat};
pub use made::{Expectations, Figure, Made, NoFigure};
pub use periods::over_periods;
