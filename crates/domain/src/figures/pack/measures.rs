//! Finds sums and differences of things that count in different units: pupils and rooms do not add up.

use super::formulas::Vocabulary;
use crate::figures::formula::{Binary, Expression, Formula, Function, Kind, Link};

/// What a part of a formula counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted<'a> {
    /// In this measure.
    In(&'a str),
    /// A bare number, which takes the measure of what stands beside it.
    Bare,
    /// Something derived, such as a quotient, or no number at all: never objected to.
    Derived,
}

/// Two measures that a formula adds or subtracts, where it does.
pub(super) fn mixed<'a>(formula: &Formula, vocabulary: &'a Vocabulary<'a>) -> Option<(&'a str, &'a str)> {
    let mut reader = Reader { formula, vocabulary, mixed: None };
    reader.counted(formula.root());
    reader.mixed
}

struct Reader<'a, 'f> {
    formula: &'f Formula,
    vocabulary: &'a Vocabulary<'a>,
    mixed: Option<(&'a str, &'a str)>,
}

impl<'a> Reader<'a, '_> {
    fn counted(&mut self, expression: &Expression) -> Counted<'a> {
        match &expression.kind {
            Kind::Literal(_) | Kind::Null | Kind::Constant(_) => Counted::Bare,
            Kind::Item(slot) => {
                let reference = self.formula.references().get(*slot);
                let measure = reference.and_then(|reference| self.vocabulary.measure(&reference.item));
                measure.map_or(Counted::Derived, Counted::In)
            }
            Kind::Unary(_, operand) => self.counted(operand),
            Kind::Chain(first, links) => self.chain(first, links),
            Kind::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn chain(&mut self, first: &Expression, links: &[Link]) -> Counted<'a> {
        let mut left = self.counted(first);
        for link in links {
            let right = self.counted(&link.operand);
            left = match link.operator {
                Binary::Add | Binary::Subtract => self.added(left, right),
                Binary::Multiply if left == Counted::Bare => right,
                Binary::Multiply | Binary::Divide if right == Counted::Bare => left,
                _ => Counted::Derived,
            };
        }
        left
    }

    fn added(&mut self, left: Counted<'a>, right: Counted<'a>) -> Counted<'a> {
        match (left, right) {
            (Counted::In(one), Counted::In(other)) if one != other => {
                self.mixed.get_or_insert((one, other));
                Counted::Derived
            }
            (Counted::Bare, counted) | (counted, Counted::Bare) => counted,
            (Counted::In(_), Counted::In(_)) => left,
            _ => Counted::Derived,
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expression]) -> Counted<'a> {
        let counted: Vec<Counted<'a>> = arguments.iter().map(|argument| self.counted(argument)).collect();
        let first = counted.first().copied().unwrap_or(Counted::Derived);
        match function {
            Function::Prev | Function::Parent | Function::Round | Function::RemoveZeros => first,
            Function::FirstNonNull | Function::Greatest | Function::Least => {
                counted.into_iter().reduce(|left, right| self.added(left, right)).unwrap_or(Counted::Derived)
            }
            Function::If => counted.get(1).copied().unwrap_or(Counted::Derived),
            Function::Pct => Counted::In("%"),
            _ => Counted::Derived,
        }
    }
}
