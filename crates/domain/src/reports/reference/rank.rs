//! The place of a unit among its siblings: units of one kind under one parent in one year.

use super::words::round;
use crate::figures::catalogue::Direction;

/// A place; equal printed values share the better place, the next one is left out (1, 2, 2, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rank {
    /// The place; 1 is the best, or the greatest where neither way is better.
    pub place: u32,
    /// How many units have a value, this one among them.
    pub of: u32,
}

impl Rank {
    /// The place of `own` among the values of all siblings, itself among them, as they are printed.
    ///
    /// `None` with fewer than two values: a place among one is none.
    pub fn among(
        own: f64,
        siblings: impl IntoIterator<Item = f64>,
        direction: Direction,
        decimals: u8,
    ) -> Option<Self> {
        let own = round(own, decimals);
        let (mut better, mut of) = (0, 0);
        for value in siblings.into_iter().filter(|value| value.is_finite()) {
            let value = round(value, decimals);
            of += 1;
            better += u32::from(if direction == Direction::Down { value < own } else { value > own });
        }
        (of >= 2 && better < of).then_some(Self { place: better + 1, of })
    }
}
