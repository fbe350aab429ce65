//! The working of a value, in Vietnamese, as one would write it on paper: `100 × 612 (Nữ) ÷ (612 + 588 (Nam)) = 51`.

use super::{
    Binary, Expression, Formula, FormulaError, Function, Items, Kind, Link, NullReason, Outcome, Reference, Unary,
    Value,
    evaluate::{self, Evaluator},
    number,
};
use crate::{
    Level,
    figures::catalogue::{Catalogue, ItemCode, MissingStrategy},
    vietnamese::format_number,
};

/// What people call items and constants.
pub trait Labels {
    /// The name of an item; its code serves where there is none.
    fn item(&self, item: &ItemCode) -> Option<String>;

    /// What tells an item from another of the same name: its level of schooling.
    fn level(&self, item: &ItemCode) -> Option<Level>;

    /// The name of a constant; its code serves where there is none.
    fn constant(&self, code: &str) -> Option<String>;
}

impl Labels for Catalogue {
    fn item(&self, item: &ItemCode) -> Option<String> {
        self.item_label(item).map(|label| label.vi)
    }

    fn level(&self, item: &ItemCode) -> Option<Level> {
        match self.element(&item.element) {
            Some(element) => element.level,
            None => self.indicator(&item.element)?.level,
        }
    }

    fn constant(&self, code: &str) -> Option<String> {
        self.constants.get(code).map(|constant| constant.label.vi.clone())
    }
}

/// One item that the formula may read.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Which item, of which year and unit.
    pub reference: Reference,
    /// Its name, with the year and the unit where they are not the ones at hand.
    pub label: String,
    /// Its value; none if it is missing.
    pub value: Option<Value>,
}

/// How a value came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The formula in names: `100 × Nữ ÷ (Nữ + Nam)`.
    pub words: String,
    /// The formula in values, each named where it first stands, and the result.
    pub working: String,
    /// The same one operation at a time, innermost first; only what was evaluated.
    pub steps: Vec<String>,
    /// Everything that the formula may read, in the order of first mention.
    pub inputs: Vec<Input>,
    /// The result.
    pub outcome: Result<Outcome, FormulaError>,
}

/// Shows the working of a formula for one unit.
pub(super) fn explain(
    formula: &Formula,
    items: &impl Items,
    labels: &impl Labels,
    missing: MissingStrategy,
) -> Explanation {
    let outcome = evaluate::evaluate(formula, items, missing);
    let named: Vec<(&ItemCode, String)> =
        formula.references.iter().map(|reference| (&reference.item, item_name(&reference.item, labels))).collect();
    let input = |(reference, (item, name)): (&Reference, &(&ItemCode, String))| {
        let is_shared = named.iter().any(|(other, other_name)| other != item && other_name == name);
        let level = is_shared.then(|| labels.level(item)).flatten();
        Input { reference: reference.clone(), label: told_apart(name, level, reference), value: items.value(reference) }
    };
    let inputs: Vec<Input> = formula.references.iter().zip(&named).map(input).collect();
    let mut writer = Writer { formula, items, labels, inputs: &inputs, named: Vec::new(), style: Style::Words };
    let words = writer.text(&formula.root);
    writer.style = Style::Values;
    let working = format!("{} {}", writer.text(&formula.root), shown_result(&outcome));
    writer.style = Style::Results;
    let mut steps = Vec::new();
    writer.steps(&formula.root, false, &mut steps);
    Explanation { words, working, steps, inputs, outcome }
}

fn item_name(item: &ItemCode, labels: &impl Labels) -> String {
    labels.item(item).unwrap_or_else(|| item.to_string())
}

fn told_apart(name: &str, level: Option<Level>, reference: &Reference) -> String {
    let level = level.map(|level| format!(", {}", level.label().0)).unwrap_or_default();
    let parent = if reference.parent { ", đơn vị cấp trên" } else { "" };
    let previous = if reference.previous { ", năm học trước" } else { "" };
    format!("{name}{level}{parent}{previous}")
}

/// A value as a Vietnamese reader expects it.
fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_nan() => "không xác định".to_owned(),
        Value::Number(number) if number.is_infinite() => "vô cực".to_owned(),
        Value::Number(number) => {
            let text = number::to_text(*number);
            match (text.contains('e'), text.split_once('.').map_or(0, |(_, decimals)| decimals.len())) {
                (true, _) => text.replace('.', ","),
                (false, decimals) => format_number(*number, u8::try_from(decimals).unwrap_or(u8::MAX)),
            }
        }
        Value::Text(text) => format!("«{text}»"),
        Value::Boolean(true) => "đúng".to_owned(),
        Value::Boolean(false) => "sai".to_owned(),
    }
}

/// More decimals than these tell a reader nothing; the steps keep them all.
const WORKING_DECIMALS: u8 = 4;

/// `= 51`, or `≈ 58,6769` where the result has more decimals than a reader wants.
fn shown_result(outcome: &Result<Outcome, FormulaError>) -> String {
    match outcome {
        Ok(Outcome::Value(value)) => {
            let short = shortened(value);
            format!("{} {short}", if short == shown(value) { "=" } else { "≈" })
        }
        other => format!("= {}", shown_outcome(other)),
    }
}

/// A value without the decimals that tell a reader nothing; a number near zero keeps them.
fn shortened(value: &Value) -> String {
    let exact = shown(value);
    match value {
        Value::Number(number) if number.is_finite() && number.abs() >= 0.001 && !exact.contains('e') => {
            let rounded = format_number(*number, WORKING_DECIMALS);
            if rounded.len() < exact.len() { rounded } else { exact }
        }
        _ => exact,
    }
}

fn shown_outcome(outcome: &Result<Outcome, FormulaError>) -> String {
    match outcome {
        Ok(Outcome::Value(value)) => shown(value),
        Ok(Outcome::Null(NullReason::Missing)) => "không có giá trị: thiếu số liệu".to_owned(),
        Ok(Outcome::Null(NullReason::Undefined)) => "không có giá trị".to_owned(),
        Ok(Outcome::Null(NullReason::NotFinite)) => "không có giá trị: chia cho 0 hoặc vượt giới hạn tính".to_owned(),
        Err(error) => format!("lỗi: {}", error.message),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// Items by name.
    Words,
    /// Items by value, named where they first stand.
    Values,
    /// Items by value, and every operation below the first by its result.
    Results,
}

struct Writer<'a, I, L> {
    formula: &'a Formula,
    items: &'a I,
    labels: &'a L,
    inputs: &'a [Input],
    /// The items named so far.
    named: Vec<usize>,
    style: Style,
}

impl<I: Items, L: Labels> Writer<'_, I, L> {
    fn text(&mut self, expression: &Expression) -> String {
        match &expression.kind {
            Kind::Literal(value) => shown(value),
            Kind::Null => "không có giá trị".to_owned(),
            Kind::Item(slot) => self.item(*slot),
            Kind::Constant(slot) => self.constant(*slot),
            Kind::Unary(operator, operand) => {
                let symbol = match operator {
                    Unary::Plus => "+",
                    Unary::Minus => "−",
                    Unary::Not => "không phải ",
                };
                format!("{symbol}{}", self.operand(operand, matches!(operand.kind, Kind::Chain(..))))
            }
            Kind::Chain(first, links) => self.chain(first, links),
            Kind::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn item(&mut self, slot: usize) -> String {
        let input = &self.inputs[slot];
        if self.style == Style::Words {
            return input.label.clone();
        }
        let told = if self.style == Style::Results { shown } else { shortened };
        let value = input.value.as_ref().map_or("chưa có số".to_owned(), told);
        if self.style == Style::Results || self.named.contains(&slot) {
            return value;
        }
        self.named.push(slot);
        format!("{value} ({})", input.label)
    }

    fn constant(&self, slot: usize) -> String {
        let code = &self.formula.constants[slot];
        let label = self.labels.constant(code).unwrap_or_else(|| code.clone());
        match (self.style, self.items.constant(code)) {
            (Style::Words, _) => label,
            (Style::Results, Some(value)) => shown(&value),
            (_, Some(value)) => format!("{} ({label})", shown(&value)),
            (_, None) => format!("chưa đặt ({label})"),
        }
    }

    fn chain(&mut self, first: &Expression, links: &[Link]) -> String {
        let own = links.first().map_or(0, |link| link.operator.level());
        let mut text = self.operand(first, level(first) <= own);
        for link in links {
            let operand = self.operand(&link.operand, level(&link.operand) <= own);
            text.push_str(&format!(" {} {operand}", symbol(link.operator)));
        }
        text
    }

    fn operand(&mut self, operand: &Expression, bracketed: bool) -> String {
        let text = self.part(operand);
        if bracketed && !(self.style == Style::Results && is_operation(operand)) { format!("({text})") } else { text }
    }

    fn part(&mut self, expression: &Expression) -> String {
        if self.style == Style::Results && is_operation(expression) {
            return self.result(expression, false);
        }
        self.text(expression)
    }

    fn call(&mut self, function: Function, arguments: &[Expression]) -> String {
        let texts: Vec<String> = arguments
            .iter()
            .map(|argument| match function {
                // Written as the division that it is.
                Function::Pct => self.operand(argument, level(argument) <= Binary::Divide.level()),
                _ => self.part(argument),
            })
            .collect();
        match (function, texts.as_slice()) {
            (Function::Parent, [argument]) => argument.clone(),
            (Function::If, [condition, yes, no]) => format!("nếu {condition} thì {yes}, nếu không thì {no}"),
            (Function::Pct, [part, whole]) => format!("{part} ÷ {whole} × 100"),
            (Function::Is, [tested, candidates @ ..]) => format!("{tested} thuộc ({})", candidates.join("; ")),
            _ => format!("{}({})", in_words(function), texts.join("; ")),
        }
    }

    /// The result of a part by itself.
    fn result(&self, expression: &Expression, null_test: bool) -> String {
        let result = Evaluator::new(self.formula, self.items, null_test).evaluate(expression);
        match result {
            Ok(Some(value)) => shown(&value),
            Ok(None) => "không có giá trị".to_owned(),
            Err(_) => "lỗi".to_owned(),
        }
    }

    /// The operations of a part, innermost first. Where `if` chose a branch, the other is passed over.
    fn steps(&mut self, expression: &Expression, null_test: bool, steps: &mut Vec<String>) {
        match &expression.kind {
            Kind::Unary(_, operand) => self.steps(operand, null_test, steps),
            Kind::Chain(first, links) => {
                self.steps(first, null_test, steps);
                links.iter().for_each(|link| self.steps(&link.operand, null_test, steps));
            }
            Kind::Call(Function::If, arguments) => {
                if let [condition, yes, no] = arguments.as_slice() {
                    self.steps(condition, null_test, steps);
                    let chosen = Evaluator::new(self.formula, self.items, null_test).evaluate(condition);
                    match chosen.ok().flatten().and_then(|value| value.to_boolean()) {
                        Some(true) => self.steps(yes, null_test, steps),
                        Some(false) => self.steps(no, null_test, steps),
                        None => {}
                    }
                }
            }
            Kind::Call(function, arguments) => {
                let null_test = null_test || function.tests_null();
                arguments.iter().for_each(|argument| self.steps(argument, null_test, steps));
            }
            _ => {}
        }
        if is_operation(expression) && !matches!(expression.kind, Kind::Call(Function::Parent, _)) {
            steps.push(format!("{} = {}", self.text(expression), self.result(expression, null_test)));
        }
    }
}

/// How tightly the outermost operation of a part binds.
fn level(expression: &Expression) -> u8 {
    match &expression.kind {
        Kind::Chain(_, links) => links.first().map_or(u8::MAX, |link| link.operator.level()),
        Kind::Call(Function::Pct, _) => Binary::Divide.level(),
        _ => u8::MAX,
    }
}

fn is_operation(expression: &Expression) -> bool {
    matches!(expression.kind, Kind::Chain(..) | Kind::Call(..))
}

fn symbol(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => "hoặc",
        Binary::And => "và",
        Binary::Equal => "=",
        Binary::NotEqual => "≠",
        Binary::LessOrEqual => "≤",
        Binary::GreaterOrEqual => "≥",
        Binary::Subtract => "−",
        Binary::Multiply => "×",
        Binary::Divide => "÷",
        Binary::Remainder => "chia lấy dư",
        Binary::Less | Binary::Greater | Binary::Add | Binary::Power => operator.symbol(),
    }
}

fn in_words(function: Function) -> &'static str {
    match function {
        Function::IsNull => "chưa có số",
        Function::IsNotNull => "đã có số",
        Function::FirstNonNull => "giá trị đầu tiên có",
        Function::Greatest => "lớn nhất",
        Function::Least => "nhỏ nhất",
        Function::RemoveZeros => "bỏ nếu bằng 0",
        Function::Contains => "chứa",
        Function::ContainsItems => "gồm các mục",
        Function::Prev => "năm học trước",
        Function::Round => "làm tròn",
        Function::If | Function::Is | Function::Parent | Function::Log | Function::Log10 | Function::Pct => {
            function.name()
        }
    }
}
