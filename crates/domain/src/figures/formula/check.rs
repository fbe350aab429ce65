//! Checks a formula against a catalogue: codes that do not exist, types that cannot fit, measures that do not mix.
//!
//! Adding or comparing pupils and classes is a fault; dividing one by the other is how an indicator is made.

use super::{Binary, ErrorCode, Expression, Formula, FormulaError, Function, Kind, Unary, Value, evaluate};
use crate::figures::catalogue::{Catalogue, ItemCode, Measure, ValueKind};

/// What a formula may name.
pub trait Vocabulary {
    /// What an item holds; none if there is no such item.
    fn item(&self, item: &ItemCode) -> Option<ItemNature>;

    /// Whether a constant is defined.
    fn has_constant(&self, code: &str) -> bool;
}

/// What an item holds.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemNature {
    /// Numbers that count in this.
    Number(Measure),
    /// Yes or no.
    Boolean,
    /// Texts.
    Text,
}

impl Vocabulary for Catalogue {
    /// Elements with their options, and indicators by their bare code.
    fn item(&self, item: &ItemCode) -> Option<ItemNature> {
        let Some(element) = self.element(&item.element) else {
            let indicator = self.indicator(&item.element).filter(|_| item.option.is_none())?;
            return Some(ItemNature::Number(indicator.measure.clone()));
        };
        if let Some(option) = &item.option {
            element.options.iter().find(|known| known.code == *option)?;
        }
        Some(match &element.value {
            ValueKind::Count { .. } | ValueKind::Decimal { .. } => ItemNature::Number(element.measure.clone()),
            ValueKind::YesNo => ItemNature::Boolean,
            ValueKind::Choice { .. } | ValueKind::Text { .. } => ItemNature::Text,
        })
    }

    fn has_constant(&self, code: &str) -> bool {
        self.constants.contains_key(code)
    }
}

/// Every fault of a formula against a vocabulary, in the order of the places where they stand.
pub(super) fn check(formula: &Formula, vocabulary: &impl Vocabulary) -> Vec<FormulaError> {
    let mut checker = Checker { formula, vocabulary, faults: Vec::new() };
    checker.nature(&formula.root);
    let mut faults = checker.faults;
    faults.sort_by_key(|fault| fault.at);
    faults
}

/// What is known of a part without its values.
#[derive(Clone, Debug, PartialEq)]
enum Nature {
    /// A number that counts in something.
    Counted(Measure),
    /// A number that goes with any measure: written in the formula, a ratio, or unknown.
    Number,
    Boolean,
    Text,
    /// Null, or something faulty that has been reported.
    Any,
}

struct Checker<'a, V> {
    formula: &'a Formula,
    vocabulary: &'a V,
    faults: Vec<FormulaError>,
}

impl<V: Vocabulary> Checker<'_, V> {
    fn fault(&mut self, code: ErrorCode, at: usize, message: impl Into<String>) -> Nature {
        self.faults.push(FormulaError::new(code, at, message));
        Nature::Any
    }

    fn nature(&mut self, expression: &Expression) -> Nature {
        match &expression.kind {
            Kind::Literal(Value::Number(_)) => Nature::Number,
            Kind::Literal(Value::Text(_)) => Nature::Text,
            Kind::Literal(Value::Boolean(_)) => Nature::Boolean,
            Kind::Null => Nature::Any,
            Kind::Item(slot) => self.item(*slot, expression.at),
            Kind::Constant(slot) => self.constant(*slot, expression.at),
            Kind::Unary(Unary::Not, operand) => {
                self.boolean(operand);
                Nature::Boolean
            }
            Kind::Unary(_, operand) => self.number(operand),
            Kind::Chain(first, links) => {
                let operator = links.first().map_or(Binary::Add, |link| link.operator);
                let operands = std::iter::once(first.as_ref()).chain(links.iter().map(|link| &link.operand));
                match operator {
                    Binary::And | Binary::Or => {
                        operands.for_each(|operand| self.boolean(operand));
                        Nature::Boolean
                    }
                    _ if operator.compares() => self.comparison(operands),
                    Binary::Add | Binary::Subtract => self.same_measure(operands),
                    _ => self.product(first, links),
                }
            }
            Kind::Call(function, arguments) => self.call(*function, arguments, expression.at),
        }
    }

    fn item(&mut self, slot: usize, at: usize) -> Nature {
        let item = &self.formula.references[slot].item;
        match self.vocabulary.item(item) {
            Some(ItemNature::Number(measure)) => Nature::Counted(measure),
            Some(ItemNature::Boolean) => Nature::Boolean,
            Some(ItemNature::Text) => Nature::Text,
            None => {
                let message = format!("không có chỉ tiêu «{item}» trong danh mục; xem lại mã");
                self.fault(ErrorCode::UnknownItem, at, message)
            }
        }
    }

    fn constant(&mut self, slot: usize, at: usize) -> Nature {
        let code = &self.formula.constants[slot];
        if self.vocabulary.has_constant(code) {
            return Nature::Number;
        }
        let message = format!("không có hằng số «{code}» trong danh mục; xem lại mã");
        self.fault(ErrorCode::UnknownConstant, at, message)
    }

    /// A part that must be a number.
    fn number(&mut self, expression: &Expression) -> Nature {
        match self.nature(expression) {
            Nature::Boolean => self.fault(ErrorCode::Type, expression.at, "cần một số, nhưng ở đây là đúng/sai"),
            Nature::Text if literal(expression).is_some_and(|value| value.to_number().is_some()) => Nature::Number,
            Nature::Text => self.fault(ErrorCode::Type, expression.at, "cần một số, nhưng ở đây là chữ"),
            nature => nature,
        }
    }

    /// A part that must be a boolean; a number may turn out whole, and a text item may hold `true`.
    fn boolean(&mut self, expression: &Expression) {
        self.nature(expression);
        if literal(expression).is_some_and(|value| value.to_boolean().is_none()) {
            self.fault(ErrorCode::Type, expression.at, "cần đúng/sai (true, false hoặc số nguyên)");
        }
    }

    /// Numbers of one measure, or of none.
    fn same_measure<'e>(&mut self, operands: impl Iterator<Item = &'e Expression>) -> Nature {
        let mut common = Nature::Number;
        for operand in operands {
            let nature = self.number(operand);
            common = self.joined(common, nature, operand.at);
        }
        common
    }

    fn joined(&mut self, common: Nature, next: Nature, at: usize) -> Nature {
        match (&common, &next) {
            (Nature::Counted(left), Nature::Counted(right)) if left != right => {
                let message = format!(
                    "không cộng, trừ hay so sánh «{}» với «{}» được; chỉ chia cho nhau khi tính tỷ lệ",
                    left.0, right.0
                );
                self.fault(ErrorCode::Measure, at, message)
            }
            (Nature::Counted(_), _) => common,
            (_, Nature::Counted(_)) => next,
            (Nature::Number, _) => common,
            _ => next,
        }
    }

    /// A product or quotient keeps a measure only against plain numbers.
    fn product(&mut self, first: &Expression, links: &[super::Link]) -> Nature {
        let mut product = self.number(first);
        for link in links {
            let next = self.number(&link.operand);
            product = match (link.operator, product, next) {
                (_, Nature::Counted(measure), Nature::Number) if link.operator != Binary::Power => {
                    Nature::Counted(measure)
                }
                (Binary::Multiply, Nature::Number, Nature::Counted(measure)) => Nature::Counted(measure),
                _ => Nature::Number,
            };
        }
        product
    }

    fn comparison<'e>(&mut self, operands: impl Iterator<Item = &'e Expression>) -> Nature {
        let mut common = Nature::Number;
        for operand in operands {
            let nature = self.nature(operand);
            common = self.joined(common, nature, operand.at);
        }
        Nature::Boolean
    }

    fn call(&mut self, function: Function, arguments: &[Expression], at: usize) -> Nature {
        match (function, arguments) {
            (Function::If, [condition, yes, no]) => {
                self.boolean(condition);
                self.either([yes, no].into_iter())
            }
            (Function::Parent | Function::RemoveZeros, [argument]) => self.nature(argument),
            (Function::FirstNonNull, _) => self.either(arguments.iter()),
            (Function::Greatest | Function::Least, _) => self.same_measure(arguments.iter()),
            (Function::Is, _) => self.comparison(arguments.iter()),
            (Function::Round, _) => self.round(arguments),
            (Function::Prev, _) => {
                self.fault(ErrorCode::Type, at, "hàm «prev» chỉ nhận đúng một chỉ tiêu: prev(#{mã})")
            }
            (Function::Log | Function::Log10 | Function::Pct, _) => {
                arguments.iter().for_each(|argument| drop(self.number(argument)));
                Nature::Number
            }
            _ => {
                arguments.iter().for_each(|argument| drop(self.nature(argument)));
                Nature::Boolean
            }
        }
    }

    /// One of several; only numbers must agree in their measure.
    fn either<'e>(&mut self, choices: impl Iterator<Item = &'e Expression>) -> Nature {
        let mut common = Nature::Any;
        for choice in choices {
            let nature = self.nature(choice);
            common = match (&common, &nature) {
                (Nature::Counted(_) | Nature::Number, Nature::Counted(_) | Nature::Number) => {
                    self.joined(common, nature, choice.at)
                }
                (Nature::Any, _) => nature,
                (left, right) if left == right => nature,
                _ => Nature::Any,
            };
        }
        common
    }

    fn round(&mut self, arguments: &[Expression]) -> Nature {
        if let [_, decimals] = arguments {
            let literal = literal(decimals).and_then(Value::to_number);
            if let Some(Err(fault)) = literal.map(|literal| evaluate::decimals_of(literal, decimals.at)) {
                self.faults.push(fault);
            }
            self.number(decimals);
        }
        arguments.first().map_or(Nature::Any, |rounded| self.number(rounded))
    }
}

fn literal(expression: &Expression) -> Option<&Value> {
    match &expression.kind {
        Kind::Literal(value) => Some(value),
        _ => None,
    }
}
