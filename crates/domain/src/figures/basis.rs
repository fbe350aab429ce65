//! What an indicator rests on in the end, through the indicators that it reads, and what a share is a share of.

mod share;

use super::catalogue::{Catalogue, ItemCode};
use super::formula::Formula;

pub use share::{weight_of_share, whole_of_share};

/// The ground of one indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// Items of the year itself, each once, in the order of first mention.
    pub items: Vec<ItemCode>,
    /// Items of the year before.
    pub items_before: Vec<ItemCode>,
    /// Whether it only adds and takes off items of its own unit and year, so that a part of the reporters gives a part of
    /// the whole. All else compares, and must compare like with like ([`super::rollup::Alike`]).
    pub is_sum: bool,
    /// Whether some part of it is of the parent unit.
    pub reads_parent: bool,
}

/// The ground of every indicator, in the catalogue's order: none stands before what it reads. `formulas` are theirs.
///
/// The year before the year before is beyond what a formula can be given, so that nothing rests on it.
pub fn bases(catalogue: &Catalogue, formulas: &[Formula]) -> Vec<Basis> {
    let mut done: Vec<Basis> = Vec::with_capacity(formulas.len());
    for formula in formulas {
        let mut basis = Basis { is_sum: formula.is_sum(), ..Basis::default() };
        for reference in formula.references() {
            basis.reads_parent |= reference.parent;
            let known = |indicator: &super::catalogue::Indicator| indicator.code == reference.item.element;
            let inner = catalogue.indicators[..done.len()].iter().position(known);
            match inner.filter(|_| reference.item.option.is_none()).map(|number| &done[number]) {
                Some(inner) => {
                    basis.is_sum &= inner.is_sum;
                    basis.reads_parent |= inner.reads_parent;
                    let (now, before) = (inner.items.clone(), inner.items_before.clone());
                    basis.take(now, reference.previous);
                    if !reference.previous {
                        basis.take(before, true);
                    }
                }
                None => basis.take(vec![reference.item.clone()], reference.previous),
            }
        }
        done.push(basis);
    }
    done
}

impl Basis {
    fn take(&mut self, items: Vec<ItemCode>, before: bool) {
        let known = if before { &mut self.items_before } else { &mut self.items };
        for item in items {
            if !known.contains(&item) {
                known.push(item);
            }
        }
    }
}

#[cfg(test)]
mod tests;
