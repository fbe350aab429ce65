//! One value from one unit's items: the definition of what every operator and function does (formula.md, sections 4-9).

use super::{
    Binary, ErrorCode, Expression, Formula, FormulaError, Function, Items, Kind, Link, NullReason, Outcome, Unary,
    Value, number, value,
};
use crate::figures::catalogue::MissingStrategy;

/// What a part of a formula gives: a value, null or an error.
pub(super) type Evaluated = Result<Option<Value>, FormulaError>;

/// Evaluates the formula for one unit.
pub(super) fn evaluate(
    formula: &Formula,
    items: &impl Items,
    missing: MissingStrategy,
) -> Result<Outcome, FormulaError> {
    let mut evaluator = Evaluator::new(formula, items, false);
    let result = evaluator.evaluate(&formula.root)?;
    Ok(Outcome::settle(result, evaluator.reads.leave_missing(missing)))
}

impl Outcome {
    /// The last step: a missing value, an infinity or NaN never leaves as a value.
    fn settle(result: Option<Value>, missing: bool) -> Self {
        match result {
            _ if missing => Self::Null(NullReason::Missing),
            None => Self::Null(NullReason::Undefined),
            Some(Value::Number(number)) if !number.is_finite() => Self::Null(NullReason::NotFinite),
            // Minus zero leaves as 0.
            Some(Value::Number(number)) => Self::Value(Value::Number(number + 0.0)),
            Some(value) => Self::Value(value),
        }
    }
}

/// What was read in the normal way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reads {
    present: bool,
    absent: bool,
}

impl Reads {
    /// Counts one reading.
    #[inline]
    pub(super) fn note(&mut self, present: bool) {
        self.present |= present;
        self.absent |= !present;
    }

    /// Whether the result is missing under this strategy.
    pub(super) fn leave_missing(self, missing: MissingStrategy) -> bool {
        match missing {
            MissingStrategy::Any => self.absent,
            MissingStrategy::All => self.absent && !self.present,
            MissingStrategy::Never => false,
        }
    }
}

/// Walks the tree once for one unit.
pub(super) struct Evaluator<'a, I> {
    formula: &'a Formula,
    items: &'a I,
    /// Whether an item without a value is null here, and not counted.
    null_test: bool,
    reads: Reads,
}

impl<'a, I: Items> Evaluator<'a, I> {
    /// An evaluator that has read nothing yet; `null_test` where the part to be evaluated stands inside a null test.
    pub(super) fn new(formula: &'a Formula, items: &'a I, null_test: bool) -> Self {
        Self { formula, items, null_test, reads: Reads::default() }
    }

    /// The value of a part of the formula.
    pub(super) fn evaluate(&mut self, expression: &Expression) -> Evaluated {
        match &expression.kind {
            Kind::Literal(value) => Ok(Some(value.clone())),
            Kind::Null => Ok(None),
            Kind::Item(slot) => Ok(self.item(*slot)),
            Kind::Constant(slot) => self.constant(*slot, expression.at),
            Kind::Unary(operator, operand) => self.unary(*operator, operand),
            Kind::Chain(first, links) => self.chain(first, links),
            Kind::Call(function, arguments) => self.call(*function, arguments, expression.at),
        }
    }

    fn item(&mut self, slot: usize) -> Option<Value> {
        let value = self.items.value(&self.formula.references[slot]);
        if self.null_test {
            return value;
        }
        self.reads.note(value.is_some());
        value.or(Some(Value::Number(0.0)))
    }

    fn constant(&self, slot: usize, at: usize) -> Evaluated {
        let code = &self.formula.constants[slot];
        self.items.constant(code).map(Some).ok_or_else(|| {
            let message = format!("hằng số «C{{{code}}}» chưa được đặt giá trị; thêm vào danh mục hằng số");
            FormulaError::new(ErrorCode::UnknownConstant, at, message)
        })
    }

    fn unary(&mut self, operator: Unary, operand: &Expression) -> Evaluated {
        let Some(value) = self.evaluate(operand)? else { return Ok(None) };
        Ok(Some(match operator {
            Unary::Plus => Value::Number(number_of(&value, operand.at)?),
            Unary::Minus => Value::Number(-number_of(&value, operand.at)?),
            Unary::Not => Value::Boolean(!boolean_of(&value, operand.at)?),
        }))
    }

    fn chain(&mut self, first: &Expression, links: &[Link]) -> Evaluated {
        match links.first().map(|link| link.operator) {
            Some(Binary::And) => self.and(first, links),
            Some(Binary::Or) => self.or(first, links),
            _ => {
                let mut left = self.evaluate(first)?;
                for link in links {
                    let right = self.evaluate(&link.operand)?;
                    left = match (left, right) {
                        (Some(left), Some(right)) => {
                            Some(binary(link.operator, (&left, first.at), (&right, link.operand.at))?)
                        }
                        _ => None,
                    };
                }
                Ok(left)
            }
        }
    }

    fn boolean(&mut self, expression: &Expression) -> Result<Option<bool>, FormulaError> {
        self.evaluate(expression)?.map(|value| boolean_of(&value, expression.at)).transpose()
    }

    fn and(&mut self, first: &Expression, links: &[Link]) -> Evaluated {
        let mut result = self.boolean(first)?;
        for link in links {
            if result != Some(true) {
                break;
            }
            result = self.boolean(&link.operand)?;
        }
        Ok(result.map(Value::Boolean))
    }

    fn or(&mut self, first: &Expression, links: &[Link]) -> Evaluated {
        let mut result = self.boolean(first)?;
        for link in links {
            result = match result {
                Some(true) => break,
                Some(false) => self.boolean(&link.operand)?,
                None => self.boolean(&link.operand)?.filter(|right| *right),
            };
        }
        Ok(result.map(Value::Boolean))
    }

    fn call(&mut self, function: Function, arguments: &[Expression], at: usize) -> Evaluated {
        match function {
            Function::If => self.branch(arguments),
            Function::Parent => self.evaluate(&arguments[0]),
            Function::Prev => Err(type_error(at, "hàm «prev» chỉ nhận đúng một chỉ tiêu: prev(#{mã})")),
            _ => {
                let outside = self.null_test;
                self.null_test |= function.tests_null();
                let values: Result<Vec<_>, _> = arguments.iter().map(|argument| self.evaluate(argument)).collect();
                self.null_test = outside;
                apply(function, &Arguments { values: values?, expressions: arguments })
            }
        }
    }

    fn branch(&mut self, arguments: &[Expression]) -> Evaluated {
        match self.boolean(&arguments[0])? {
            Some(true) => self.evaluate(&arguments[1]),
            Some(false) => self.evaluate(&arguments[2]),
            None => Ok(None),
        }
    }
}

/// The values of a call's arguments, with the places where they stand.
struct Arguments<'a> {
    values: Vec<Option<Value>>,
    expressions: &'a [Expression],
}

impl Arguments<'_> {
    fn any_null(&self) -> bool {
        self.values.iter().any(Option::is_none)
    }

    /// The arguments that are not null, as numbers.
    fn numbers(&self) -> Result<Vec<f64>, FormulaError> {
        let placed = self.values.iter().zip(self.expressions);
        placed.filter_map(|(value, e)| value.as_ref().map(|value| number_of(value, e.at))).collect()
    }

    /// The arguments that are not null, as texts.
    fn texts(&self) -> Vec<String> {
        self.values.iter().flatten().map(Value::to_text).collect()
    }
}

/// The value of a function that evaluates all of its arguments.
fn apply(function: Function, arguments: &Arguments<'_>) -> Evaluated {
    let first = arguments.values.first().and_then(Option::as_ref);
    match function {
        Function::IsNull => return Ok(Some(Value::Boolean(first.is_none()))),
        Function::IsNotNull => return Ok(Some(Value::Boolean(first.is_some()))),
        Function::FirstNonNull => return Ok(arguments.values.iter().flatten().next().cloned()),
        Function::Greatest => return Ok(extreme(&arguments.numbers()?, f64::max)),
        Function::Least => return Ok(extreme(&arguments.numbers()?, f64::min)),
        Function::Is => return member(arguments).map(|member| Some(Value::Boolean(member))),
        Function::RemoveZeros => return Ok(first.filter(|value| **value != Value::Number(0.0)).cloned()),
        _ if arguments.any_null() => return Ok(None),
        _ => {}
    }
    match function {
        Function::Contains | Function::ContainsItems => {
            let texts = arguments.texts();
            let (searched, sought) = texts.split_first().map_or(("", [].as_slice()), |(first, rest)| (first, rest));
            let holds = |text: &String| match function {
                Function::Contains => searched.contains(text.as_str()),
                _ => searched.split(',').any(|entry| entry == text),
            };
            Ok(Some(Value::Boolean(sought.iter().all(holds))))
        }
        _ => Ok(numeric(function, &arguments.numbers()?, arguments.expressions)?.map(Value::Number)),
    }
}

/// The value of a function of numbers none of which is null.
fn numeric(function: Function, numbers: &[f64], expressions: &[Expression]) -> Result<Option<f64>, FormulaError> {
    Ok(match (function, numbers) {
        (Function::Log, [x]) => Some(x.ln()),
        (Function::Log, [x, base]) => Some(x.ln() / base.ln()),
        (Function::Log10, [x]) => Some(x.log10()),
        (Function::Round, [x]) => Some(number::round(*x, 0)),
        (Function::Round, [x, decimals]) => Some(number::round(*x, decimals_of(*decimals, expressions[1].at)?)),
        (Function::Pct, [a, b]) => number::percentage(*a, *b),
        _ => None,
    })
}

/// The greatest or least of the numbers; NaN if one is NaN; null where there is none.
fn extreme(numbers: &[f64], choose: fn(f64, f64) -> f64) -> Option<Value> {
    numbers.iter().copied().reduce(|a, b| of_two(choose, a, b)).map(Value::Number)
}

/// The greater or less of two numbers; NaN if one is NaN.
#[inline]
pub(super) fn of_two(choose: fn(f64, f64) -> f64, a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { choose(a, b) }
}

/// Whether the first argument equals one of the others; null equals nothing.
fn member(arguments: &Arguments<'_>) -> Result<bool, FormulaError> {
    let Some((Some(tested), candidates)) = arguments.values.split_first() else { return Ok(false) };
    let mut found = false;
    for (candidate, expression) in candidates.iter().zip(&arguments.expressions[1..]) {
        if let Some(candidate) = candidate {
            let equal = value::compare(Binary::Equal, tested, candidate);
            found |= equal.ok_or_else(|| incomparable(expression.at))?;
        }
    }
    Ok(found)
}

/// Applies an operator to two values that are not null.
fn binary(operator: Binary, left: (&Value, usize), right: (&Value, usize)) -> Result<Value, FormulaError> {
    if operator.compares() {
        let result = value::compare(operator, left.0, right.0);
        return result.map(Value::Boolean).ok_or_else(|| incomparable(left.1));
    }
    let (left, right) = (number_of(left.0, left.1)?, number_of(right.0, right.1)?);
    Ok(Value::Number(arithmetic(operator, left, right)))
}

/// Applies an operator of arithmetic; the one definition for single values and for columns.
#[inline]
pub(super) fn arithmetic(operator: Binary, left: f64, right: f64) -> f64 {
    match operator {
        Binary::Add => number::add(left, right),
        Binary::Subtract => number::subtract(left, right),
        Binary::Multiply => number::multiply(left, right),
        Binary::Divide => number::divide(left, right),
        Binary::Remainder => number::remainder(left, right),
        _ => left.powf(right),
    }
}

/// The second argument of `round`.
pub(super) fn decimals_of(decimals: f64, at: usize) -> Result<i32, FormulaError> {
    if number::is_whole(decimals) && decimals.abs() <= 10.0 {
        return Ok(decimals as i32);
    }
    let message = "số chữ số thập phân của «round» phải là số nguyên từ -10 đến 10";
    Err(FormulaError::new(ErrorCode::Range, at, message))
}

fn number_of(value: &Value, at: usize) -> Result<f64, FormulaError> {
    value.to_number().ok_or_else(|| type_error(at, format!("cần một số, nhưng ở đây là {}", described(value))))
}

fn boolean_of(value: &Value, at: usize) -> Result<bool, FormulaError> {
    value.to_boolean().ok_or_else(|| {
        type_error(at, format!("cần đúng/sai (true, false hoặc số nguyên), nhưng ở đây là {}", described(value)))
    })
}

fn described(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("số {}", number::to_text(*number)),
        Value::Text(text) => format!("chữ «{text}»"),
        Value::Boolean(boolean) => format!("giá trị đúng/sai «{boolean}»"),
    }
}

fn incomparable(at: usize) -> FormulaError {
    type_error(at, "không so sánh được số lẻ với giá trị đúng/sai; đổi một vế cho cùng kiểu")
}

fn type_error(at: usize, message: impl Into<String>) -> FormulaError {
    FormulaError::new(ErrorCode::Type, at, message)
}
