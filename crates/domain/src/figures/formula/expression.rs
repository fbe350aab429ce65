//! The tree of a formula and its canonical text.
//!
//! A run of operators of one level is one flat [`Kind::Chain`]: the tree is only ever as deep as the brackets are nested
//! (at most [`super::DEPTH_MAX`] levels), so walking and dropping it by recursion is safe for any formula.

use std::fmt::{self, Display, Formatter, Write};

use super::{Function, Reference, Value, number};

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are the operators' own
pub enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

impl Binary {
    /// How tightly it binds: 0 is the loosest.
    pub(super) fn level(self) -> u8 {
        match self {
            Self::Or => 0,
            Self::And => 1,
            Self::Equal | Self::NotEqual => 2,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 3,
            Self::Add | Self::Subtract => 4,
            Self::Multiply | Self::Divide | Self::Remainder => 5,
            Self::Power => POWER,
        }
    }

    /// As written in a formula.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Power => "^",
        }
    }

    /// Whether it compares.
    pub(super) fn compares(self) -> bool {
        matches!(self.level(), 2 | 3)
    }
}

/// Level of unary operators: tighter than every chain but power.
pub(super) const UNARY: u8 = 6;
const POWER: u8 = 7;
const PRIMARY: u8 = 8;

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are the operators' own
pub enum Unary {
    Plus,
    Minus,
    Not,
}

impl Unary {
    fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Not => "not ",
        }
    }
}

/// A part of a formula, with the place where it begins.
#[derive(Clone, Debug)]
pub struct Expression {
    /// Characters before it.
    pub at: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a part of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number, a text, `true` or `false`.
    Literal(Value),
    /// `null`.
    Null,
    /// An item, by its place in the formula's list of references.
    Item(usize),
    /// A constant, by its place in the formula's list of constants.
    Constant(usize),
    /// `operator operand`.
    Unary(Unary, Box<Expression>),
    /// `first operator operand operator operand …`, all operators of one level, grouped to the left.
    Chain(Box<Expression>, Vec<Link>),
    /// `function(arguments)`.
    Call(Function, Vec<Expression>),
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What is done …
    pub operator: Binary,
    /// … with what.
    pub operand: Expression,
}

/// Two parts are the same if they say the same; where they stand does not matter.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Expression {
    fn level(&self) -> u8 {
        match &self.kind {
            Kind::Chain(_, links) => links.first().map_or(PRIMARY, |link| link.operator.level()),
            Kind::Unary(..) => UNARY,
            _ => PRIMARY,
        }
    }
}

/// Writes an expression so that parsing the text gives the same expression.
pub(super) struct Printed<'a> {
    pub(super) expression: &'a Expression,
    pub(super) references: &'a [Reference],
    pub(super) constants: &'a [String],
}

impl Printed<'_> {
    fn child(&self, expression: &Expression, level_least: u8, f: &mut Formatter<'_>) -> fmt::Result {
        let printed = Printed { expression, ..*self };
        if expression.level() < level_least { write!(f, "({printed})") } else { write!(f, "{printed}") }
    }

    fn chain(&self, first: &Expression, links: &[Link], f: &mut Formatter<'_>) -> fmt::Result {
        let level = self.expression.level();
        let (first_least, rest_least) = if level == POWER { (PRIMARY, UNARY) } else { (level + 1, level + 1) };
        self.child(first, first_least, f)?;
        for link in links {
            write!(f, " {} ", link.operator.symbol())?;
            self.child(&link.operand, rest_least, f)?;
        }
        Ok(())
    }

    fn call(&self, function: Function, arguments: &[Expression], f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", function.name())?;
        for (position, argument) in arguments.iter().enumerate() {
            f.write_str(match position {
                0 => "",
                1 if function == Function::Is => " in ",
                _ => ", ",
            })?;
            self.child(argument, 0, f)?;
        }
        f.write_char(')')
    }
}

impl Display for Printed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.expression.kind {
            Kind::Literal(Value::Text(text)) => write_quoted(text, f),
            Kind::Literal(Value::Number(number)) if number.is_infinite() => f.write_str("1e999"),
            Kind::Literal(Value::Number(number)) => f.write_str(&number::to_text(*number)),
            Kind::Literal(Value::Boolean(boolean)) => write!(f, "{boolean}"),
            Kind::Null => f.write_str("null"),
            Kind::Item(slot) => match &self.references[*slot] {
                Reference { item, previous: true, .. } => write!(f, "prev(#{{{item}}})"),
                Reference { item, .. } => write!(f, "#{{{item}}}"),
            },
            Kind::Constant(slot) => write!(f, "C{{{}}}", self.constants[*slot]),
            Kind::Unary(operator, operand) => {
                f.write_str(operator.symbol())?;
                self.child(operand, UNARY, f)
            }
            Kind::Chain(first, links) => self.chain(first, links, f),
            Kind::Call(function, arguments) => self.call(*function, arguments, f),
        }
    }
}

fn write_quoted(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_char('\'')?;
    for c in text.chars() {
        match c {
            '\'' => f.write_str("\\'")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('\'')
}
