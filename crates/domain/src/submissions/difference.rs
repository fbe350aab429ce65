//! What changed between two revisions of a form.

use super::{FormValues, Value};
use crate::figures::catalogue::{ItemCode, StatisticalForm};

/// One cell that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Position in the form's cell order.
    pub position: usize,
    /// What the cell holds.
    pub item: ItemCode,
    /// The earlier value.
    pub before: Option<Value>,
    /// The later value.
    pub after: Option<Value>,
}

/// The cells that differ, in the form's order.
pub fn differences(form: &StatisticalForm, before: &FormValues, after: &FormValues) -> Vec<Difference> {
    let changed = |position: &usize| before.get(*position) != after.get(*position);
    form.cells()
        .enumerate()
        .filter(|(position, _)| changed(position))
        .map(|(position, cell)| Difference {
            position,
            item: cell.item.clone(),
            before: before.get(position).cloned(),
            after: after.get(position).cloned(),
        })
        .collect()
}
