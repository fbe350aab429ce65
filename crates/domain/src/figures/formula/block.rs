//! A block of rows: what [`super::evaluate`] does to one value, done to a thousand.

use std::ops::Range;

use super::{
    Binary, Expression, Function, Kind, Link, NullReason, Unary, Value,
    columns::{Cell, ColumnOutcome, Gathered},
    evaluate::{self, Reads},
    number,
    value::{compare_numbers, number_to_boolean},
};
use crate::figures::catalogue::MissingStrategy;

/// What a block holds; booleans are 1 and 0.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Content {
    /// Nothing but null, which goes with either.
    Null,
    Number,
    Boolean,
}

impl Content {
    fn joined(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Null, content) | (content, Self::Null) => Some(content),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// The values of one part of the formula in every row of a block. Rows in which the part is not evaluated hold anything.
pub(super) struct Block {
    content: Content,
    values: Vec<f64>,
    /// Which rows are null; none where no row is.
    nulls: Option<Vec<bool>>,
}

impl Block {
    /// Whether nothing in the formula needs texts, and its tree is no deeper than so many levels: each level keeps blocks.
    pub(super) fn can_hold(expression: &Expression, levels: usize) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return false };
        match &expression.kind {
            Kind::Literal(value) => !matches!(value, Value::Text(_)),
            Kind::Null | Kind::Item(_) | Kind::Constant(_) => true,
            Kind::Unary(_, operand) => Self::can_hold(operand, levels),
            Kind::Chain(first, links) => {
                Self::can_hold(first, levels) && links.iter().all(|link| Self::can_hold(&link.operand, levels))
            }
            Kind::Call(Function::Prev | Function::Contains | Function::ContainsItems, _) => false,
            Kind::Call(_, arguments) => arguments.iter().all(|argument| Self::can_hold(argument, levels)),
        }
    }

    fn same(content: Content, value: f64, rows: usize) -> Self {
        let nulls = (content == Content::Null).then(|| vec![true; rows]);
        Self { content, values: vec![value; rows], nulls }
    }

    fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls[row])
    }

    /// The same block if it may stand where a number is wanted.
    fn number(self) -> Option<Self> {
        (self.content != Content::Boolean).then_some(self)
    }

    /// Null wherever either is null.
    fn spread_nulls(&mut self, other: &Self) {
        match (&mut self.nulls, &other.nulls) {
            (Some(nulls), Some(more)) => nulls.iter_mut().zip(more).for_each(|(null, more)| *null |= *more),
            (nulls @ None, Some(more)) => *nulls = Some(more.clone()),
            _ => {}
        }
    }

    fn map(mut self, content: Content, change: impl Fn(f64) -> f64) -> Self {
        self.values.iter_mut().for_each(|value| *value = change(*value));
        self.content = content;
        self
    }

    fn with(mut self, other: &Self, content: Content, combine: impl Fn(f64, f64) -> f64) -> Self {
        self.values.iter_mut().zip(&other.values).for_each(|(left, right)| *left = combine(*left, *right));
        self.spread_nulls(other);
        self.content = content;
        self
    }

    fn arithmetic(self, operator: Binary, other: &Self) -> Self {
        match operator {
            Binary::Add => self.with(other, Content::Number, number::add),
            Binary::Subtract => self.with(other, Content::Number, number::subtract),
            Binary::Multiply => self.with(other, Content::Number, number::multiply),
            Binary::Divide => self.with(other, Content::Number, number::divide),
            _ => self.with(other, Content::Number, |left, right| evaluate::arithmetic(operator, left, right)),
        }
    }

    /// The last step, as for one unit.
    pub(super) fn settle(self, reads: &[Reads], missing: MissingStrategy, outcome: &mut ColumnOutcome) {
        let cell = if self.content == Content::Boolean { Cell::Boolean } else { Cell::Number };
        let nulls = self.nulls.unwrap_or_else(|| vec![false; self.values.len()]);
        let settled = self.values.iter().zip(nulls).zip(reads).map(|((value, is_null), reads)| {
            if reads.leave_missing(missing) {
                Cell::Null(NullReason::Missing)
            } else if is_null {
                Cell::Null(NullReason::Undefined)
            } else if value.is_finite() {
                cell
            } else {
                Cell::Null(NullReason::NotFinite)
            }
        });
        outcome.extend(&self.values, settled);
    }
}

/// Walks the tree once for a block of rows. Every step gives nothing where a row must be looked at by itself.
pub(super) struct BlockEvaluator<'a> {
    columns: &'a Gathered<'a>,
    rows: Range<usize>,
    null_test: bool,
    /// The rows in which the part at hand is evaluated; none where it is all of them.
    active: Option<Vec<bool>>,
    reads: Vec<Reads>,
}

impl<'a> BlockEvaluator<'a> {
    /// The values of the formula in these rows, and what was read in each.
    pub(super) fn evaluate_rows(
        root: &Expression,
        columns: &'a Gathered<'a>,
        rows: Range<usize>,
    ) -> Option<(Block, Vec<Reads>)> {
        let reads = vec![Reads::default(); rows.len()];
        let mut evaluator = Self { columns, rows, null_test: false, active: None, reads };
        let block = evaluator.evaluate(root)?;
        Some((block, evaluator.reads))
    }

    fn is_active(&self, row: usize) -> bool {
        self.active.as_ref().is_none_or(|active| active[row])
    }

    fn evaluate(&mut self, expression: &Expression) -> Option<Block> {
        let rows = self.rows.len();
        match &expression.kind {
            Kind::Literal(Value::Number(number)) => Some(Block::same(Content::Number, *number, rows)),
            Kind::Literal(Value::Boolean(boolean)) => Some(Block::same(Content::Boolean, from_boolean(*boolean), rows)),
            Kind::Literal(Value::Text(_)) => None,
            Kind::Null => Some(Block::same(Content::Null, 0.0, rows)),
            Kind::Item(slot) => Some(self.item(*slot)),
            Kind::Constant(slot) => Some(Block::same(Content::Number, self.columns.constants[*slot]?, rows)),
            Kind::Unary(operator, operand) => self.unary(*operator, operand),
            Kind::Chain(first, links) => self.chain(first, links),
            Kind::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn item(&mut self, slot: usize) -> Block {
        let rows = self.rows.len();
        let mut values = match &self.columns.items[slot] {
            Some(column) => column[self.rows.clone()].to_vec(),
            None => vec![f64::NAN; rows],
        };
        if self.null_test {
            let nulls = values.iter().map(|value| value.is_nan()).collect();
            return Block { content: Content::Number, values, nulls: Some(nulls) };
        }
        match &self.active {
            None => values.iter().zip(&mut self.reads).for_each(|(value, reads)| reads.note(!value.is_nan())),
            Some(active) => {
                for ((value, reads), _) in values.iter().zip(&mut self.reads).zip(active).filter(|(_, active)| **active)
                {
                    reads.note(!value.is_nan());
                }
            }
        }
        values.iter_mut().for_each(|value| *value = if value.is_nan() { 0.0 } else { *value });
        Block { content: Content::Number, values, nulls: None }
    }

    fn unary(&mut self, operator: Unary, operand: &Expression) -> Option<Block> {
        Some(match operator {
            Unary::Plus => self.evaluate(operand)?.number()?.map(Content::Number, |value| value),
            Unary::Minus => self.evaluate(operand)?.number()?.map(Content::Number, |value| -value),
            Unary::Not => self.boolean(operand)?.map(Content::Boolean, |value| 1.0 - value),
        })
    }

    /// A part as a boolean; nothing where an evaluated row holds a number that does not convert.
    fn boolean(&mut self, expression: &Expression) -> Option<Block> {
        let mut block = self.evaluate(expression)?;
        if block.content == Content::Number {
            for row in 0..self.rows.len() {
                if self.is_active(row) && !block.is_null(row) {
                    block.values[row] = from_boolean(number_to_boolean(block.values[row])?);
                }
            }
        }
        block.content = Content::Boolean;
        Some(block)
    }

    fn chain(&mut self, first: &Expression, links: &[Link]) -> Option<Block> {
        let operator = links.first()?.operator;
        if matches!(operator, Binary::And | Binary::Or) {
            return self.logic(operator, first, links);
        }
        let mut left = self.evaluate(first)?;
        for Link { operator, operand } in links {
            let right = self.evaluate(operand)?;
            left = if operator.compares() {
                left.content.joined(right.content)?;
                left.with(&right, Content::Boolean, |left, right| from_boolean(compare_numbers(*operator, left, right)))
            } else {
                left.number()?.arithmetic(*operator, &right.number()?)
            };
        }
        Some(left)
    }

    /// Evaluates only in those of the active rows that `choose` takes.
    fn only<T>(&mut self, choose: impl Fn(usize) -> bool, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let chosen = (0..self.rows.len()).map(|row| self.is_active(row) && choose(row)).collect();
        let outside = self.active.replace(chosen);
        let result = evaluate(self);
        self.active = outside;
        result
    }

    fn logic(&mut self, operator: Binary, first: &Expression, links: &[Link]) -> Option<Block> {
        let mut left = self.boolean(first)?;
        for Link { operand, .. } in links {
            let goes_on = |row: usize| match operator {
                Binary::And => !left.is_null(row) && left.values[row] != 0.0,
                _ => left.is_null(row) || left.values[row] == 0.0,
            };
            let right = self.only(goes_on, |evaluator| evaluator.boolean(operand))?;
            let rows = self.rows.len();
            let (mut values, mut nulls) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
            for row in 0..rows {
                // `null or b` is true where b is, else null.
                let right_wins =
                    goes_on(row) && !(left.is_null(row) && right.values[row] == 0.0 && !right.is_null(row));
                values.push(if right_wins { right.values[row] } else { left.values[row] });
                nulls.push(if right_wins { right.is_null(row) } else { left.is_null(row) });
            }
            left = Block { content: Content::Boolean, values, nulls: Some(nulls) };
        }
        Some(left)
    }

    fn call(&mut self, function: Function, arguments: &[Expression]) -> Option<Block> {
        match (function, arguments) {
            (Function::Parent, [argument]) => return self.evaluate(argument),
            (Function::If, [condition, yes, no]) => return self.branch(condition, yes, no),
            _ => {}
        }
        let outside = self.null_test;
        self.null_test |= function.tests_null();
        let blocks: Option<Vec<Block>> = arguments.iter().map(|argument| self.evaluate(argument)).collect();
        self.null_test = outside;
        let mut blocks = blocks?.into_iter();
        let first = blocks.next()?;
        Some(match function {
            Function::IsNull => self.null_tested(&first, true),
            Function::IsNotNull => self.null_tested(&first, false),
            Function::FirstNonNull => blocks.try_fold(first, Self::or_else)?,
            Function::Greatest => blocks.try_fold(first.number()?, |so_far, next| extreme(so_far, next, f64::max))?,
            Function::Least => blocks.try_fold(first.number()?, |so_far, next| extreme(so_far, next, f64::min))?,
            Function::Is => member(&first, blocks)?,
            Function::RemoveZeros => remove_zeros(first),
            Function::Pct => percentage(first.number()?, &blocks.next()?.number()?),
            Function::Log => match blocks.next() {
                Some(base) => first.number()?.with(&base.number()?, Content::Number, |x, base| x.ln() / base.ln()),
                None => first.number()?.map(Content::Number, f64::ln),
            },
            Function::Log10 => first.number()?.map(Content::Number, f64::log10),
            Function::Round => self.round(first.number()?, arguments.get(1))?,
            _ => return None,
        })
    }

    fn branch(&mut self, condition: &Expression, yes: &Expression, no: &Expression) -> Option<Block> {
        let condition = self.boolean(condition)?;
        let holds = |row: usize| !condition.is_null(row) && condition.values[row] != 0.0;
        let fails = |row: usize| !condition.is_null(row) && condition.values[row] == 0.0;
        let yes = self.only(holds, |evaluator| evaluator.evaluate(yes))?;
        let no = self.only(fails, |evaluator| evaluator.evaluate(no))?;
        let rows = 0..self.rows.len();
        Some(Block {
            content: yes.content.joined(no.content)?,
            values: rows.clone().map(|row| if holds(row) { yes.values[row] } else { no.values[row] }).collect(),
            nulls: Some(
                rows.map(|row| if holds(row) { yes.is_null(row) } else { !fails(row) || no.is_null(row) }).collect(),
            ),
        })
    }

    fn null_tested(&self, block: &Block, wanted: bool) -> Block {
        let values = (0..self.rows.len()).map(|row| from_boolean(block.is_null(row) == wanted)).collect();
        Block { content: Content::Boolean, values, nulls: None }
    }

    fn or_else(mut first: Block, second: Block) -> Option<Block> {
        first.content = first.content.joined(second.content)?;
        let Some(nulls) = &mut first.nulls else { return Some(first) };
        for (row, null) in nulls.iter_mut().enumerate().filter(|(_, null)| **null) {
            first.values[row] = second.values[row];
            *null = second.is_null(row);
        }
        Some(first)
    }

    /// Rounds to a number of decimals that stands in the formula; a computed one is left to the rows.
    fn round(&self, block: Block, decimals: Option<&Expression>) -> Option<Block> {
        let decimals = match decimals.map(|decimals| &decimals.kind) {
            None => 0,
            Some(Kind::Literal(Value::Number(decimals))) => evaluate::decimals_of(*decimals, 0).ok()?,
            Some(_) => return None,
        };
        Some(block.map(Content::Number, |value| number::round(value, decimals)))
    }
}

fn from_boolean(boolean: bool) -> f64 {
    if boolean { 1.0 } else { 0.0 }
}

fn extreme(mut so_far: Block, next: Block, choose: fn(f64, f64) -> f64) -> Option<Block> {
    let next = next.number()?;
    for row in 0..so_far.values.len() {
        if next.is_null(row) {
            continue;
        }
        let (best, other) = (so_far.values[row], next.values[row]);
        so_far.values[row] = if so_far.is_null(row) { other } else { evaluate::of_two(choose, best, other) };
        if let Some(nulls) = &mut so_far.nulls {
            nulls[row] = false;
        }
    }
    so_far.content = Content::Number;
    Some(so_far)
}

fn member(tested: &Block, candidates: impl Iterator<Item = Block>) -> Option<Block> {
    let mut found = vec![0.0; tested.values.len()];
    for candidate in candidates {
        tested.content.joined(candidate.content)?;
        for (row, found) in found.iter_mut().enumerate() {
            if tested.values[row] == candidate.values[row] && !tested.is_null(row) && !candidate.is_null(row) {
                *found = 1.0;
            }
        }
    }
    Some(Block { content: Content::Boolean, values: found, nulls: None })
}

fn remove_zeros(mut block: Block) -> Block {
    if block.content == Content::Number {
        let nulls = (0..block.values.len()).map(|row| block.is_null(row) || block.values[row] == 0.0).collect();
        block.nulls = Some(nulls);
    }
    block
}

fn percentage(mut part: Block, whole: &Block) -> Block {
    part.spread_nulls(whole);
    let mut nulls = part.nulls.take().unwrap_or_else(|| vec![false; part.values.len()]);
    for ((part, whole), null) in part.values.iter_mut().zip(&whole.values).zip(&mut nulls) {
        let share = number::percentage(*part, *whole);
        *null |= share.is_none();
        *part = share.unwrap_or(0.0);
    }
    Block { content: Content::Number, nulls: Some(nulls), ..part }
}
