//! What a share is a share of.

use crate::figures::catalogue::{Catalogue, ItemCode};
use crate::figures::formula::{Binary, Expression, Formula, Function, Kind, Link};

/// Indicators refer to each other in no circle (the packs are checked); this bounds the walk all the same.
const DEPTH_MAX: usize = 8;

/// The item that an indicator's value is a share of: the mean of shares weighted by it is the share of the whole. None
/// where [`whole_of_share`] is none or the sum of several items.
pub fn weight_of_share(catalogue: &Catalogue, indicator: &str) -> Option<ItemCode> {
    match whole_of_share(catalogue, indicator)?.as_slice() {
        [whole] => Some(whole.clone()),
        _ => None,
    }
}

/// The items whose sum is the whole that an indicator's value is a share of: of `pct(part, whole)`, and of sums and
/// differences of shares of one whole. None where the formula is no share: a product or a quotient of shares is none.
pub fn whole_of_share(catalogue: &Catalogue, indicator: &str) -> Option<Vec<ItemCode>> {
    followed(catalogue, indicator, DEPTH_MAX)
}

fn followed(catalogue: &Catalogue, indicator: &str, depth: usize) -> Option<Vec<ItemCode>> {
    let formula = Formula::parse(&catalogue.indicator(indicator)?.formula).ok()?;
    whole(catalogue, &formula, formula.root(), depth.checked_sub(1)?)
}

fn whole(catalogue: &Catalogue, formula: &Formula, part: &Expression, depth: usize) -> Option<Vec<ItemCode>> {
    match &part.kind {
        Kind::Call(Function::Pct, arguments) => summands(formula, arguments.get(1)?),
        Kind::Call(Function::Round, arguments) => whole(catalogue, formula, arguments.first()?, depth),
        Kind::Chain(first, links) => {
            let first = whole(catalogue, formula, first, depth)?;
            let is_of_it = |link: &Link| {
                matches!(link.operator, Binary::Add | Binary::Subtract)
                    && whole(catalogue, formula, &link.operand, depth).as_ref() == Some(&first)
            };
            links.iter().all(is_of_it).then_some(first)
        }
        Kind::Item(place) => followed(catalogue, &item(formula, *place)?.element, depth),
        _ => None,
    }
}

/// The items of a plain sum; nothing for any other expression.
fn summands(formula: &Formula, part: &Expression) -> Option<Vec<ItemCode>> {
    match &part.kind {
        Kind::Item(place) => Some(vec![item(formula, *place)?]),
        Kind::Chain(first, links) => {
            let mut items = summands(formula, first)?;
            for link in links {
                if link.operator != Binary::Add {
                    return None;
                }
                items.extend(summands(formula, &link.operand)?);
            }
            Some(items)
        }
        _ => None,
    }
}

/// An item of the year and the unit themselves.
fn item(formula: &Formula, place: usize) -> Option<ItemCode> {
    let read = formula.references().get(place).filter(|one| !one.previous && !one.parent)?;
    Some(read.item.clone())
}
