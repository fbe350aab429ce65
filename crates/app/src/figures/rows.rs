//! Which units of a map need a row of their own when formulas run on columns.
//!
//! A country's register has fourteen thousand units, and an office of one ward has figures in a few dozen. A unit with a
//! reporter in it or beneath has its own row. Those without see nothing but their parent, so that the empty units of one
//! parent cannot differ in any formula: they share a row.

use std::collections::HashMap;

use domain::figures::rollup::Forest;

#[cfg(test)]
mod tests;

/// No row: above a root.
const NONE: u32 = u32::MAX;

/// The rows of a map; a row stands after the row of its parent.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// By position on the map.
    row_of: Vec<u32>,
    /// By row: the unit, the first of those that share it.
    units: Vec<u32>,
    /// By row: the row of the units' parent; `NONE` also where the parent has no figures but the unit's, so that a
    /// comparison with it would be of the unit with itself.
    parents: Vec<u32>,
}

impl Rows {
    /// Gives every unit of a map its row; `has_figures` tells whether figures come into the unit at a position.
    pub(super) fn of(forest: &Forest, has_figures: impl Fn(usize) -> bool) -> Self {
        let mut rows = Self { row_of: Vec::with_capacity(forest.len()), units: Vec::new(), parents: Vec::new() };
        let mut empty_under: HashMap<u32, u32> = HashMap::new();
        let mut giving = vec![0_u32; forest.len()];
        for parent in (0..forest.len()).filter(|&unit| has_figures(unit)).filter_map(|unit| forest.parent(unit)) {
            giving[parent] += 1;
        }
        for (position, unit) in (0..forest.len()).zip(0..) {
            let parent = forest.parent(position).map_or(NONE, |parent| rows.row_of[parent]);
            let is_alone = forest.parent(position).is_some_and(|parent| giving[parent] == 1);
            let row = match has_figures(position) {
                true => rows.add(unit, if is_alone { NONE } else { parent }),
                false => *empty_under.entry(parent).or_insert_with(|| rows.add(unit, parent)),
            };
            rows.row_of.push(row);
        }
        rows
    }

    fn add(&mut self, unit: u32, parent: u32) -> u32 {
        self.units.push(unit);
        self.parents.push(parent);
        u32::try_from(self.units.len() - 1).unwrap_or(NONE)
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The row of the unit at a position.
    pub(super) fn row(&self, position: usize) -> usize {
        self.row_of[position] as usize
    }

    /// By row: the position of its unit, the first of those that share it.
    pub(super) fn units(&self) -> impl Iterator<Item = usize> + '_ {
        self.units.iter().map(|&unit| unit as usize)
    }

    /// Whether the unit at a position has a parent with which it can be compared.
    pub(super) fn has_parent(&self, position: usize) -> bool {
        self.parents[self.row(position)] != NONE
    }

    /// By row: the row of its parent; none for a root and for the only one that gives figures to its parent.
    pub(super) fn parents(&self) -> impl Iterator<Item = Option<usize>> + '_ {
        self.parents.iter().map(|&parent| (parent != NONE).then_some(parent as usize))
    }
}
