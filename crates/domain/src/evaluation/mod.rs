//! How good: criteria sets as dated data, scores with the reason for every point, ranking, and the gaps between schools.
//!
//! [`criteria`] reads and checks the sets, [`score`] scores all units at once and explains one of them, [`rank`] orders
//! them inside groups, [`count`] makes the sentence "13/13 xuất sắc", [`what_if`] tells what one changed value would
//! change, [`road`] takes a score from the unit's own points to the published result, [`gaps`] measures how far schools are apart. A value that is missing is *no value* with its reason, never zero.

pub mod count;
pub mod criteria;
pub mod gaps;
pub mod points;
pub mod rank;
pub mod received;
pub mod road;
pub mod score;
pub mod what_if;

#[cfg(test)]
mod tests;

pub use points::Points;
