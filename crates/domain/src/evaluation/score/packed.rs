//! Marks of all items and units in four bytes each, a block of units at a time.

use super::{Mark, NoValue, Points};

/// So many units of all items are scored together: a block of one column stays in the nearest cache.
pub(super) const BLOCK_UNITS: usize = 1024;

/// A mark in four bytes: hundredths of points, or one of a few numbers that no score comes near.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Code(pub(super) i32);

const REASONS: [NoValue; 6] = [
    NoValue::Missing,
    NoValue::Undefined,
    NoValue::NotFinite,
    NoValue::NotEntered,
    NoValue::NoLastYear,
    NoValue::NoPeers,
];

impl Code {
    /// The item leaves score and maximum.
    pub(super) const NOT_APPLICABLE: Self = Self(i32::MIN);
    /// Not on any step or level.
    pub(super) const UNDEFINED: Self = Self::none(NoValue::Undefined);
    /// Nobody to compare with.
    pub(super) const NO_PEERS: Self = Self::none(NoValue::NoPeers);
    /// The least number that is points.
    const FIRST_POINTS: i32 = i32::MIN + 1 + REASONS.len() as i32;

    pub(super) const fn points(points: Points) -> Self {
        Self(points.hundredths())
    }

    pub(super) const fn none(reason: NoValue) -> Self {
        Self(i32::MIN + 1 + reason as i32)
    }

    /// Whether the item applies and has a value.
    pub(super) const fn is_points(self) -> bool {
        self.0 >= Self::FIRST_POINTS
    }

    pub(super) fn mark(self) -> Mark {
        match usize::try_from(self.0.wrapping_sub(i32::MIN + 1)).ok().and_then(|place| REASONS.get(place)) {
            Some(reason) => Mark::None(*reason),
            None if self == Self::NOT_APPLICABLE => Mark::NotApplicable,
            None => Mark::Scored(Points::of_hundredths(self.0)),
        }
    }
}

impl From<Mark> for Code {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::Scored(points) => Self::points(points),
            Mark::NotApplicable => Self::NOT_APPLICABLE,
            Mark::None(reason) => Self::none(reason),
        }
    }
}

/// Block after block; inside a block item after item.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    unit_count: usize,
    blocks: Vec<Vec<Code>>,
}

impl Marks {
    /// Marks still to be made.
    pub(super) fn new(unit_count: usize) -> Self {
        Self { unit_count, blocks: vec![Vec::new(); unit_count.div_ceil(BLOCK_UNITS)] }
    }

    /// The blocks in the order of units.
    pub(super) fn blocks(&self) -> &[Vec<Code>] {
        &self.blocks
    }

    /// The blocks to be filled.
    pub(super) fn blocks_mut(&mut self) -> &mut [Vec<Code>] {
        &mut self.blocks
    }

    pub(super) fn mark(&self, item: usize, unit: usize) -> Mark {
        self.blocks[unit / BLOCK_UNITS][self.place(item, unit)].mark()
    }

    pub(super) fn set(&mut self, item: usize, unit: usize, mark: Mark) {
        let place = self.place(item, unit);
        self.blocks[unit / BLOCK_UNITS][place] = mark.into();
    }

    /// Where in its block.
    fn place(&self, item: usize, unit: usize) -> usize {
        let inside = unit % BLOCK_UNITS;
        let width = BLOCK_UNITS.min(self.unit_count - (unit - inside));
        item * width + inside
    }
}
