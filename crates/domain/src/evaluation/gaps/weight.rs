//! What stands behind a share: the item whose units it is a share of.

use crate::figures::{
    catalogue::{Catalogue, ItemCode},
    formula::{Expression, Formula, Function, Kind},
};

/// Indicators that rest on indicators are followed so far.
const DEPTH_MAX: usize = 8;

/// The item that an indicator's value is a share of: the mean of shares weighted by it is the share of the whole. None
/// where the formula is no share, or its parts are shares of different items.
pub fn weight_of(catalogue: &Catalogue, indicator: &str) -> Option<ItemCode> {
    followed(catalogue, indicator, DEPTH_MAX)
}

fn followed(catalogue: &Catalogue, indicator: &str, depth: usize) -> Option<ItemCode> {
    let indicator = catalogue.indicators.iter().find(|known| known.code == indicator)?;
    let formula = Formula::parse(&indicator.formula).ok()?;
    of(catalogue, &formula, formula.root(), depth.checked_sub(1)?)
}

fn of(catalogue: &Catalogue, formula: &Formula, part: &Expression, depth: usize) -> Option<ItemCode> {
    let item = |part: &Expression| match part.kind {
        Kind::Item(place) => {
            formula.references().get(place).filter(|one| !one.previous && !one.parent).map(|one| one.item.clone())
        }
        _ => None,
    };
    match &part.kind {
        Kind::Call(Function::Pct, arguments) => item(arguments.get(1)?),
        Kind::Call(Function::Round, arguments) => of(catalogue, formula, arguments.first()?, depth),
        Kind::Chain(first, links) => {
            let weight = of(catalogue, formula, first, depth)?;
            let is_same = |part: &Expression| of(catalogue, formula, part, depth).as_ref() == Some(&weight);
            links.iter().all(|link| is_same(&link.operand)).then_some(weight)
        }
        Kind::Item(_) => followed(catalogue, &item(part)?.element, depth),
        _ => None,
    }
}
