//! The mark of an item, and which number it is made from.

use super::{NoValue, Points, Quantity};
use crate::{
    evaluation::criteria::{Item, Measured, Test},
    figures::catalogue::ItemCode,
};

/// What an item gave a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// So many points.
    Scored(Points),
    /// The item leaves score and maximum.
    NotApplicable,
    /// No value: neither points nor zero.
    None(NoValue),
}

/// The one number that an item is scored from; none for a ratio, which has two.
pub fn read_by(item: &Item) -> Option<Quantity> {
    match &item.test {
        Test::Measured { measured, .. } => quantity(item, measured, false),
        Test::YesNo { item: code } | Test::Level { item: code, .. } => Some(entered_or(item, code.as_ref())),
        Test::Evidence => Some(Quantity::Entered(item.code.clone())),
    }
}

/// What a yes/no or level test reads.
pub(super) fn entered_or(item: &Item, code: Option<&ItemCode>) -> Quantity {
    match code {
        Some(code) => Quantity::Item { item: code.clone(), previous: false },
        None => Quantity::Entered(item.code.clone()),
    }
}

/// What a measured test reads directly; none for a ratio, which is a formula.
pub(super) fn quantity(item: &Item, measured: &Measured, previous: bool) -> Option<Quantity> {
    match measured {
        Measured::Indicator(code) => Some(Quantity::Indicator { code: code.clone(), previous }),
        Measured::Ratio { .. } => None,
        Measured::Count(Some(code)) => Some(Quantity::Item { item: code.clone(), previous }),
        Measured::Count(None) => Some(Quantity::Entered(item.code.clone())),
        Measured::Timeliness => Some(Quantity::Timeliness),
        Measured::Completeness => Some(Quantity::Completeness),
    }
}
