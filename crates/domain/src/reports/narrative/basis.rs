//! What an indicator stands on: the items behind its formula, and the cases that a share is taken of.

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

/// The items behind an indicator, through the indicators that it reads; each once, in the order of first mention.
pub(super) fn items(indicator: &Indicator, catalogue: &Catalogue) -> Vec<String> {
    let mut items = Vec::new();
    push_items(&mut items, indicator, catalogue, 0);
    items
}

fn push_items(items: &mut Vec<String>, indicator: &Indicator, catalogue: &Catalogue, depth: u8) {
    let Ok(formula) = Formula::parse(&indicator.formula) else { return };
    for item in formula.items() {
        let code = item.to_string();
        match catalogue.indicator(&code) {
            Some(inner) if depth < DEPTH_MAX => push_items(items, inner, catalogue, depth + 1),
            _ if !items.contains(&code) => items.push(code),
            _ => {}
        }
    }
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
