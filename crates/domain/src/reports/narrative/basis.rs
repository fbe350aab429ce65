//! What an indicator is to a sentence: whether it measures one unit and year, and the cases that a share is taken of.

use crate::figures::catalogue::{Catalogue, Indicator};
use crate::figures::formula::{Binary, Expression, Formula, Function, Kind};

/// Indicators refer to each other in no circle (the packs are checked); this bounds the walk all the same.
const DEPTH_MAX: u8 = 8;

/// Whether the indicator is a plain measure of one unit and year: it reads no other year or unit and no norm, so that a
/// change of it means what it says.
pub(super) fn is_plain(indicator: &Indicator) -> bool {
    let plain = |formula: &Formula| {
        formula.constants().is_empty() && formula.references().iter().all(|read| !read.previous && !read.parent)
    };
    indicator.measure.0 != "điểm %" && Formula::parse(&indicator.formula).is_ok_and(|formula| plain(&formula))
}

/// The codes whose sum is the whole of a share: `pct(part, whole)`, or the whole of the first share of a sum of shares.
pub(super) fn whole(indicator: &Indicator, catalogue: &Catalogue) -> Option<Vec<String>> {
    whole_within(indicator, catalogue, 0)
}

fn whole_within(indicator: &Indicator, catalogue: &Catalogue, depth: u8) -> Option<Vec<String>> {
    let formula = Formula::parse(&indicator.formula).ok()?;
    match &formula.root().kind {
        Kind::Call(Function::Pct, arguments) => summands(arguments.get(1)?, &formula),
        _ if indicator.measure.0 == "%" && depth < DEPTH_MAX => {
            let first = formula.items().first()?.to_string();
            whole_within(catalogue.indicator(&first)?, catalogue, depth + 1)
        }
        _ => None,
    }
}

/// The items of a plain sum; nothing for any other expression.
fn summands(expression: &Expression, formula: &Formula) -> Option<Vec<String>> {
    match &expression.kind {
        Kind::Item(slot) => Some(vec![formula.references().get(*slot)?.item.to_string()]),
        Kind::Chain(first, links) => {
            let mut codes = summands(first, formula)?;
            for link in links {
                if link.operator != Binary::Add {
                    return None;
                }
                codes.extend(summands(&link.operand, formula)?);
            }
            Some(codes)
        }
        _ => None,
    }
}
