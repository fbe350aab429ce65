//! From characters to tokens (formula.md, sections 1 and 2). Tokens are read one at a time, so that the first fault from
//! the left is the one reported.

use super::{
    Value,
    error::{ErrorCode, FormulaError},
    expression::Binary,
    function, number,
};
use crate::figures::catalogue::ItemCode;

/// The smallest piece of a formula that means something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Literal(Value),
    Null,
    Item(ItemCode),
    Constant(String),
    /// A bare word: the name of a function, known or not.
    Name(String),
    Operator(Binary),
    Not,
    In,
    Open,
    Close,
    Comma,
    End,
}

type Lexed<T> = Result<T, FormulaError>;

pub(super) struct Lexer {
    characters: Vec<char>,
    position: usize,
}

impl Lexer {
    pub(super) fn new(text: &str) -> Self {
        Self { characters: text.chars().collect(), position: 0 }
    }

    /// The next token and where it begins.
    pub(super) fn next(&mut self) -> Lexed<(Token, usize)> {
        self.skip_blanks()?;
        let at = self.position;
        let Some(first) = self.peek(0) else { return Ok((Token::End, at)) };
        let token = match first {
            '0'..='9' => self.number()?,
            '.' if self.peek(1).is_some_and(|c| c.is_ascii_digit()) => self.number()?,
            '.' => return Err(self.modifier()),
            '\'' | '"' => self.text(first)?,
            '#' if self.peek(1) == Some('{') => self.item()?,
            '[' => return Err(self.bracket()),
            c if is_word_character(c) => self.word()?,
            _ => self.symbol()?,
        };
        Ok((token, at))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.position + ahead).copied()
    }

    fn starts_with(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c))
    }

    fn skip_blanks(&mut self) -> Lexed<()> {
        loop {
            match self.peek(0) {
                Some(' ' | '\t' | '\r' | '\n') => self.position += 1,
                Some('/') if self.peek(1) == Some('*') => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) -> Lexed<()> {
        let at = self.position;
        self.position += 2;
        while !self.starts_with("*/") {
            if self.peek(0).is_none() {
                return Err(FormulaError::syntax(at, "chú thích «/*» chưa đóng; thêm «*/»"));
            }
            self.position += 1;
        }
        self.position += 2;
        Ok(())
    }

    fn number(&mut self) -> Lexed<Token> {
        let at = self.position;
        let length = number::literal_length(&self.characters[at..]);
        self.position += length;
        let text: String = self.characters[at..self.position].iter().collect();
        text.parse().map(|number| Token::Literal(Value::Number(number))).map_err(|_| self.unexpected(at))
    }

    fn symbol(&mut self) -> Lexed<Token> {
        const SYMBOLS: [(&str, Token); 19] = [
            ("==", Token::Operator(Binary::Equal)),
            ("!=", Token::Operator(Binary::NotEqual)),
            ("<=", Token::Operator(Binary::LessOrEqual)),
            (">=", Token::Operator(Binary::GreaterOrEqual)),
            ("&&", Token::Operator(Binary::And)),
            ("||", Token::Operator(Binary::Or)),
            ("<", Token::Operator(Binary::Less)),
            (">", Token::Operator(Binary::Greater)),
            ("+", Token::Operator(Binary::Add)),
            ("-", Token::Operator(Binary::Subtract)),
            ("*", Token::Operator(Binary::Multiply)),
            ("/", Token::Operator(Binary::Divide)),
            ("%", Token::Operator(Binary::Remainder)),
            ("^", Token::Operator(Binary::Power)),
            ("!", Token::Not),
            ("(", Token::Open),
            (")", Token::Close),
            (",", Token::Comma),
            ("", Token::End),
        ];
        match SYMBOLS.into_iter().find(|(text, _)| self.starts_with(text)) {
            Some((text, token)) if !text.is_empty() => {
                self.position += text.len();
                Ok(token)
            }
            _ => Err(self.unexpected(self.position)),
        }
    }

    fn unexpected(&self, at: usize) -> FormulaError {
        let mend = match self.characters.get(at) {
            Some('=') => "; so sánh bằng viết «==»",
            Some('&') => "; «và» viết «&&» hoặc «and»",
            Some('|') => "; «hoặc» viết «||» hoặc «or»",
            Some('#') => "; chỉ tiêu viết «#{mã}»",
            _ => "",
        };
        let found = self.characters.get(at).copied().unwrap_or(' ');
        FormulaError::syntax(at, format!("ký tự «{}» không đúng chỗ{mend}", found.escape_debug()))
    }

    fn word_end(&self, from: usize) -> usize {
        let length = self.characters[from..].iter().take_while(|c| is_word_character(**c)).count();
        from + length
    }

    fn word(&mut self) -> Lexed<Token> {
        let at = self.position;
        self.position = self.word_end(at);
        let word: String = self.characters[at..self.position].iter().collect();
        Ok(match (word.as_str(), self.peek(0)) {
            ("true", _) => Token::Literal(Value::Boolean(true)),
            ("false", _) => Token::Literal(Value::Boolean(false)),
            ("null", _) => Token::Null,
            ("and", _) => Token::Operator(Binary::And),
            ("or", _) => Token::Operator(Binary::Or),
            ("not", _) => Token::Not,
            ("in", _) => Token::In,
            ("C", Some('{')) => self.constant(at)?,
            (kind, Some('{')) if function::is_foreign_item(kind) => return Err(self.foreign_item(at, kind)),
            ("d2", Some(':')) | ("orgUnit", Some('.')) if self.peek(1).is_some_and(is_word_character) => {
                let end = self.word_end(self.position + 1);
                let name: String = self.characters[at..end].iter().collect();
                return Err(FormulaError::unsupported(at, name));
            }
            _ => Token::Name(word),
        })
    }

    fn foreign_item(&self, at: usize, kind: &str) -> FormulaError {
        if self.characters[at..].contains(&'}') {
            FormulaError::unsupported(at, format_args!("{kind}{{}}"))
        } else {
            unclosed_brace(at)
        }
    }

    fn bracket(&self) -> FormulaError {
        if self.starts_with("[days]") {
            FormulaError::unsupported(self.position, "[days]")
        } else {
            self.unexpected(self.position)
        }
    }

    /// A point that does not begin a number: after an item DHIS2 writes modifiers there.
    fn modifier(&self) -> FormulaError {
        let from = self.position + 1;
        let name: String = self.characters[from..self.word_end(from)].iter().collect();
        if function::is_modifier(&name) {
            FormulaError::unsupported(self.position, format_args!(".{name}"))
        } else if name.is_empty() {
            self.unexpected(self.position)
        } else {
            FormulaError::new(
                ErrorCode::UnknownName,
                self.position,
                format!("không có «.{name}» trong ngôn ngữ công thức"),
            )
        }
    }

    fn item(&mut self) -> Lexed<Token> {
        let at = self.position;
        self.position += 1;
        let parts = self.braces(at, true)?;
        match parts.as_slice() {
            [_, _, _] => Err(FormulaError::unsupported(at, format_args!("#{{{}}}", parts.join(".")))),
            [_, _, _, _, ..] => Err(FormulaError::syntax(at, "mã chỉ tiêu có nhiều nhất hai phần «mã.phân_tổ»")),
            parts if parts.iter().any(|part| part == "*") => {
                Err(FormulaError::syntax(at, "không dùng «*» trong mã; ghi rõ «#{mã}» hoặc «#{mã.phân_tổ}»"))
            }
            [element] => Ok(Token::Item(ItemCode { element: element.clone(), option: None })),
            [element, option] => Ok(Token::Item(ItemCode { element: element.clone(), option: Some(option.clone()) })),
            [] => Err(empty_code(at)),
        }
    }

    fn constant(&mut self, at: usize) -> Lexed<Token> {
        let parts = self.braces(at, false)?;
        parts.into_iter().next().map(Token::Constant).ok_or_else(|| empty_code(at))
    }

    /// The codes between braces, separated by points where `many` are allowed; `position` is at the opening brace.
    fn braces(&mut self, at: usize, many: bool) -> Lexed<Vec<String>> {
        let mut parts = Vec::new();
        loop {
            self.position += 1;
            parts.push(self.code(many)?);
            match self.peek(0) {
                Some('}') => break,
                Some('.') if many => {}
                None => return Err(unclosed_brace(at)),
                Some(c) => {
                    let message = format!("ký tự «{}» không dùng được trong mã", c.escape_debug());
                    return Err(FormulaError::syntax(self.position, message));
                }
            }
        }
        self.position += 1;
        Ok(parts)
    }

    fn code(&mut self, many: bool) -> Lexed<String> {
        const LENGTH_MAX: usize = 64;
        let start = self.position;
        if many && self.peek(0) == Some('*') {
            self.position += 1;
            return Ok("*".to_owned());
        }
        while self.peek(0).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            self.position += 1;
        }
        let code: String = self.characters[start..self.position].iter().collect();
        if code.is_empty() && matches!(self.peek(0), Some('}' | '.')) {
            return Err(empty_code(start));
        }
        if code.starts_with(['_', '-']) {
            return Err(FormulaError::syntax(start, "mã phải bắt đầu bằng chữ cái không dấu hoặc chữ số"));
        }
        if code.len() > LENGTH_MAX {
            return Err(FormulaError::syntax(start, format!("mã dài quá {LENGTH_MAX} ký tự")));
        }
        Ok(code)
    }

    fn text(&mut self, quote: char) -> Lexed<Token> {
        let at = self.position;
        self.position += 1;
        let mut text = String::new();
        loop {
            match self.peek(0) {
                None | Some('\n' | '\r') => {
                    return Err(FormulaError::syntax(
                        at,
                        format!("chuỗi chữ chưa đóng; thêm dấu «{quote}» trên cùng dòng"),
                    ));
                }
                Some('\\') => text.push(self.escape()?),
                Some(c) => {
                    self.position += 1;
                    if c == quote {
                        return Ok(Token::Literal(Value::Text(text)));
                    }
                    text.push(c);
                }
            }
        }
    }

    fn escape(&mut self) -> Lexed<char> {
        let at = self.position;
        let escaped = self.peek(1);
        self.position += 2;
        match escaped {
            Some('b') => Ok('\u{8}'),
            Some('t') => Ok('\t'),
            Some('n') => Ok('\n'),
            Some('f') => Ok('\u{c}'),
            Some('r') => Ok('\r'),
            Some(c @ ('"' | '\'' | '\\')) => Ok(c),
            Some('0'..='7') => Ok(self.octal(at)),
            Some('u') => self.unicode(at),
            _ => Err(bad_escape(at)),
        }
    }

    /// One to three octal digits up to 377.
    fn octal(&mut self, at: usize) -> char {
        self.position = at + 1;
        let mut code = 0u8;
        while let Some(digit) = self.peek(0).and_then(|c| c.to_digit(8)).and_then(|digit| u8::try_from(digit).ok()) {
            match code.checked_mul(8).and_then(|code| code.checked_add(digit)) {
                Some(longer) if self.position - at <= 3 => code = longer,
                _ => break,
            }
            self.position += 1;
        }
        char::from(code)
    }

    fn unicode(&mut self, at: usize) -> Lexed<char> {
        let mut units = vec![self.hexadecimal(at)?];
        if (0xD800..0xDC00).contains(&units[0]) && self.starts_with("\\u") {
            self.position += 2;
            units.push(self.hexadecimal(at)?);
        }
        let mut decoded = char::decode_utf16(units);
        match (decoded.next(), decoded.next()) {
            (Some(Ok(c)), None) => Ok(c),
            _ => Err(bad_escape(at)),
        }
    }

    fn hexadecimal(&mut self, at: usize) -> Lexed<u16> {
        let digits: String = self.characters[self.position..].iter().take(4).collect();
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(bad_escape(at));
        }
        self.position += 4;
        u16::from_str_radix(&digits, 16).map_err(|_| bad_escape(at))
    }
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn bad_escape(at: usize) -> FormulaError {
    let message =
        "dấu «\\» phải đi với một trong b t n f r \" ' \\, số bát phân đến 377 hoặc uXXXX (cặp thay thế đủ hai nửa)";
    FormulaError::syntax(at, message)
}

fn empty_code(at: usize) -> FormulaError {
    FormulaError::syntax(at, "thiếu mã; viết «#{mã}» hoặc «C{mã}»")
}

fn unclosed_brace(at: usize) -> FormulaError {
    FormulaError::syntax(at, "ngoặc nhọn chưa đóng; thêm «}»")
}
