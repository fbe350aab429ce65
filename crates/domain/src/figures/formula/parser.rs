//! From tokens to the tree, by the grammar of formula.md, section 11, with every check that needs no values.

use super::{
    Binary, Expression, Formula, Function, Kind, Link, Reference, Unary,
    error::{ErrorCode, FormulaError},
    expression::UNARY,
    function,
    lexer::{Lexer, Token},
};

/// How deep brackets, calls, prefixes and exponents may nest.
pub const DEPTH_MAX: usize = 200;

type Parsed<T> = Result<T, FormulaError>;

pub(super) fn parse(text: &str) -> Parsed<Formula> {
    let mut parser = Parser::new(text)?;
    let root = parser.expression()?;
    if parser.token != Token::End {
        return Err(parser.unexpected());
    }
    Ok(Formula { root, references: parser.references, constants: parser.constants })
}

struct Parser {
    lexer: Lexer,
    /// The token not yet consumed, and where it begins.
    token: Token,
    at: usize,
    depth: usize,
    inside_parent: bool,
    references: Vec<Reference>,
    constants: Vec<String>,
}

impl Parser {
    fn new(text: &str) -> Parsed<Self> {
        let mut lexer = Lexer::new(text);
        let (token, at) = lexer.next()?;
        let (references, constants) = (Vec::new(), Vec::new());
        Ok(Self { lexer, token, at, depth: 0, inside_parent: false, references, constants })
    }

    fn advance(&mut self) -> Parsed<Token> {
        let (token, at) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn expect(&mut self, token: &Token, mend: &str) -> Parsed<()> {
        if self.token == *token {
            self.advance().map(drop)
        } else {
            Err(FormulaError::syntax(self.at, format!("{}; {mend}", self.found())))
        }
    }

    fn found(&self) -> String {
        match &self.token {
            Token::End => "công thức kết thúc dở dang".to_owned(),
            Token::Name(name) => format!("từ «{name}» không đúng chỗ"),
            Token::Item(item) => format!("«#{{{item}}}» không đúng chỗ"),
            Token::Constant(code) => format!("«C{{{code}}}» không đúng chỗ"),
            Token::Literal(value) => format!("giá trị «{}» không đúng chỗ", value.to_text()),
            Token::Operator(operator) => format!("phép «{}» không đúng chỗ", operator.symbol()),
            Token::Null => "«null» không đúng chỗ".to_owned(),
            Token::Not => "«not» không đúng chỗ".to_owned(),
            Token::In => "«in» không đúng chỗ".to_owned(),
            Token::Open => "dấu «(» không đúng chỗ".to_owned(),
            Token::Close => "dấu «)» không đúng chỗ".to_owned(),
            Token::Comma => "dấu «,» không đúng chỗ".to_owned(),
        }
    }

    fn unexpected(&self) -> FormulaError {
        FormulaError::syntax(self.at, self.found())
    }

    /// Parses one level deeper, or refuses.
    fn nested<T>(&mut self, at: usize, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEPTH_MAX {
            let message = format!("công thức lồng nhau quá {DEPTH_MAX} lớp; hãy tách thành nhiều chỉ số");
            return Err(FormulaError::new(ErrorCode::TooDeep, at, message));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// Operands and the operators between them. Chains not yet finished wait on a list of their own, loosest first, so that
    /// the levels of operators cost no recursion.
    fn expression(&mut self) -> Parsed<Expression> {
        let mut waiting: Vec<OpenChain> = Vec::new();
        let mut operand = self.unary()?;
        while let Token::Operator(operator) = self.token
            && operator.level() < UNARY
        {
            while let Some(tighter) = waiting.pop_if(|chain| chain.operator.level() > operator.level()) {
                operand = tighter.close(operand);
            }
            match waiting.last_mut() {
                Some(chain) if chain.operator.level() == operator.level() => chain.grow(operand, operator),
                _ => waiting.push(OpenChain { first: operand, links: Vec::new(), operator }),
            }
            self.advance()?;
            operand = self.unary()?;
        }
        Ok(waiting.into_iter().rev().fold(operand, |operand, chain| chain.close(operand)))
    }

    fn unary(&mut self) -> Parsed<Expression> {
        let operator = match self.token {
            Token::Operator(Binary::Add) => Unary::Plus,
            Token::Operator(Binary::Subtract) => Unary::Minus,
            Token::Not => Unary::Not,
            _ => return self.power(),
        };
        let at = self.at;
        self.advance()?;
        let operand = self.nested(at, Self::unary)?;
        Ok(Expression { at, kind: Kind::Unary(operator, Box::new(operand)) })
    }

    fn power(&mut self) -> Parsed<Expression> {
        let base = self.primary()?;
        let at = self.at;
        if self.token != Token::Operator(Binary::Power) {
            return Ok(base);
        }
        self.advance()?;
        let operand = self.nested(at, Self::unary)?;
        Ok(OpenChain { first: base, links: Vec::new(), operator: Binary::Power }.close(operand))
    }

    fn primary(&mut self) -> Parsed<Expression> {
        let at = self.at;
        if let Token::Name(name) = &self.token {
            let name = name.clone();
            return self.call(at, &name);
        }
        if self.token == Token::Open {
            return self.nested(at, Self::bracketed).map(|inner| Expression { at, ..inner });
        }
        if !matches!(self.token, Token::Literal(_) | Token::Null | Token::Item(_) | Token::Constant(_)) {
            return Err(FormulaError::syntax(at, format!("{}; ở đây cần một giá trị", self.found())));
        }
        let kind = match self.advance()? {
            Token::Literal(value) => Kind::Literal(value),
            Token::Item(item) => {
                let reference = Reference { item, previous: false, parent: self.inside_parent };
                Kind::Item(slot_of(&mut self.references, reference))
            }
            Token::Constant(code) => Kind::Constant(slot_of(&mut self.constants, code)),
            _ => Kind::Null,
        };
        Ok(Expression { at, kind })
    }

    fn bracketed(&mut self) -> Parsed<Expression> {
        self.advance()?;
        let inner = self.expression()?;
        self.expect(&Token::Close, "thiếu dấu «)»")?;
        Ok(inner)
    }

    fn call(&mut self, at: usize, name: &str) -> Parsed<Expression> {
        self.advance()?;
        if self.token != Token::Open {
            let message =
                format!("từ «{name}» không đứng một mình được; hàm viết «{name}(…)», chữ viết trong dấu nháy");
            return Err(FormulaError::syntax(at, message));
        }
        if function::is_unsupported(name) {
            return Err(FormulaError::unsupported(at, name));
        }
        let function = Function::named(name).ok_or_else(|| unknown_name(at, name))?;
        if function == Function::Parent && self.inside_parent {
            let message = "«parent» không đặt trong «parent» được; bỏ bớt một lớp";
            return Err(FormulaError::new(ErrorCode::Unsupported, at, message));
        }
        let outside = self.inside_parent;
        self.inside_parent |= function == Function::Parent;
        let references_before = self.references.len();
        let arguments = self.nested(at, |parser| match function {
            Function::Is => parser.membership_arguments(),
            _ => parser.arguments(),
        });
        self.inside_parent = outside;
        let arguments = arguments?;
        Self::check_arity(at, function, &arguments)?;
        let kind = match function {
            Function::Prev => self.previous(arguments, references_before),
            _ => Kind::Call(function, arguments),
        };
        Ok(Expression { at, kind })
    }

    fn check_arity(at: usize, function: Function, arguments: &[Expression]) -> Parsed<()> {
        if function.arity().contains(&arguments.len()) {
            return Ok(());
        }
        let (name, needed) = (function.name(), function.arity_in_words());
        let message = format!("hàm «{name}» cần {needed} đối số, đang có {}", arguments.len());
        Err(FormulaError::new(ErrorCode::Arity, at, message))
    }

    /// `prev(#{item})` is a reference of its own; `prev` of anything else stays a call, which fails when it is evaluated.
    fn previous(&mut self, arguments: Vec<Expression>, references_before: usize) -> Kind {
        match arguments.as_slice() {
            [Expression { kind: Kind::Item(slot), .. }] if !self.references[*slot].previous => {
                let item = self.references[*slot].item.clone();
                self.references.truncate(references_before);
                Kind::Item(slot_of(
                    &mut self.references,
                    Reference { item, previous: true, parent: self.inside_parent },
                ))
            }
            _ => Kind::Call(Function::Prev, arguments),
        }
    }

    fn arguments(&mut self) -> Parsed<Vec<Expression>> {
        self.advance()?;
        if self.token == Token::Close {
            self.advance()?;
            return Ok(Vec::new());
        }
        let first = self.expression()?;
        self.more_arguments(first)
    }

    fn membership_arguments(&mut self) -> Parsed<Vec<Expression>> {
        self.advance()?;
        let tested = self.expression()?;
        self.expect(&Token::In, "hàm «is» viết «is(x in a, b, …)»")?;
        let first = self.expression()?;
        let mut arguments = self.more_arguments(first)?;
        arguments.insert(0, tested);
        Ok(arguments)
    }

    fn more_arguments(&mut self, first: Expression) -> Parsed<Vec<Expression>> {
        let mut arguments = vec![first];
        while self.token == Token::Comma {
            self.advance()?;
            arguments.push(self.expression()?);
        }
        self.expect(&Token::Close, "thiếu dấu «)» hoặc «,»")?;
        Ok(arguments)
    }
}

/// A chain whose last operator still waits for its right operand.
struct OpenChain {
    first: Expression,
    links: Vec<Link>,
    operator: Binary,
}

impl OpenChain {
    fn grow(&mut self, operand: Expression, next: Binary) {
        let operator = std::mem::replace(&mut self.operator, next);
        self.links.push(Link { operator, operand });
    }

    fn close(mut self, operand: Expression) -> Expression {
        self.links.push(Link { operator: self.operator, operand });
        Expression { at: self.first.at, kind: Kind::Chain(Box::new(self.first), self.links) }
    }
}

/// The place of a thing in a list, added at the end if it is new.
fn slot_of<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter().position(|known| *known == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    })
}

fn unknown_name(at: usize, name: &str) -> FormulaError {
    let alike = Function::ALL.into_iter().find(|function| function.name().eq_ignore_ascii_case(name));
    let mend = alike.map_or(String::new(), |function| format!("; có phải «{}» không?", function.name()));
    FormulaError::new(ErrorCode::UnknownName, at, format!("không có hàm «{name}»{mend}"))
}
