//! Whether a formula is a plain sum of items.

use super::{Binary, Expression, Kind, Reference, Unary, Value};

/// Whether an expression only adds and takes off items of the unit and the year themselves, or such items times fixed
/// numbers.
pub(super) fn is_sum(expression: &Expression, references: &[Reference]) -> bool {
    match &expression.kind {
        Kind::Item(slot) => references.get(*slot).is_some_and(|read| !read.previous && !read.parent),
        Kind::Unary(Unary::Plus | Unary::Minus, operand) => is_sum(operand, references),
        Kind::Chain(first, links) => {
            let operands = || std::iter::once(first.as_ref()).chain(links.iter().map(|link| &link.operand));
            let only = |allowed: &[Binary]| links.iter().all(|link| allowed.contains(&link.operator));
            if only(&[Binary::Add, Binary::Subtract]) {
                operands().all(|operand| is_sum(operand, references))
            } else {
                let items = operands().filter(|operand| !is_fixed(operand)).count();
                let divisors = links.iter().filter(|link| link.operator == Binary::Divide);
                only(&[Binary::Multiply, Binary::Divide])
                    && items == 1
                    && divisors.map(|link| &link.operand).all(is_fixed)
                    && operands().filter(|operand| !is_fixed(operand)).all(|operand| is_sum(operand, references))
            }
        }
        _ => false,
    }
}

fn is_fixed(expression: &Expression) -> bool {
    matches!(expression.kind, Kind::Literal(Value::Number(_)) | Kind::Constant(_))
}
