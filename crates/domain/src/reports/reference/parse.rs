//! Reads `[[code|form|unit|year]]` out of typed text. Every text can be read: what is wrong becomes a fault in its place.

use super::Reference;
use crate::reports::figure::FigureForm;
use crate::school_year::SchoolYear;

/// A piece of a typed text; the pieces stand in order and leave nothing out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A reference, and the characters before it.
    Reference(Reference, usize),
    /// What was meant as a reference and cannot be read, as typed.
    Fault(&'a str, ReferenceFault),
}

/// What is wrong with a reference, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Dòng {line}, ký tự {column}: {message}")]
pub struct ReferenceFault {
    /// A stable word for scripts and tests: `unclosed`, `no_code`, `unknown_code`, `unknown_form`, `wrong_form`,
    /// `unknown_unit`, `bad_year`, `too_many_parts`.
    pub kind: &'static str,
    /// Line of the text, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

impl ReferenceFault {
    /// A fault after so many characters of a text.
    pub(super) fn new(text: &str, at: usize, kind: &'static str, message: String) -> Self {
        let before: Vec<char> = text.chars().take(at).collect();
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
        Self { kind, line, column, message }
    }
}

const OPEN: &str = "[[";
const CLOSE: &str = "]]";

/// The pieces of a text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    while let Some(found) = text[done..].find(OPEN) {
        let start = done + found;
        if start > done {
            pieces.push(Piece::Words(&text[done..start]));
        }
        let (piece, end) = bracketed(text, start);
        pieces.push(piece);
        done = end;
    }
    if done < text.len() {
        pieces.push(Piece::Words(&text[done..]));
    }
    pieces
}

/// The piece that opens at this byte, and the byte after it. A reference stands on one line.
fn bracketed(text: &str, start: usize) -> (Piece<'_>, usize) {
    let inside = start + OPEN.len();
    let line_end = text[inside..].find('\n').map_or(text.len(), |at| inside + at);
    let next = text[inside..line_end].find(OPEN).map_or(line_end, |at| inside + at);
    let at = text[..start].chars().count();
    let Some(length) = text[inside..next].find(CLOSE) else {
        let message = "dấu «[[» chưa có «]]» đóng trên cùng dòng".to_owned();
        return (Piece::Fault(&text[start..inside], ReferenceFault::new(text, at, "unclosed", message)), inside);
    };
    let end = inside + length + CLOSE.len();
    let piece = match read(&text[inside..inside + length]) {
        Ok(reference) => Piece::Reference(reference, at),
        Err((kind, message)) => Piece::Fault(&text[start..end], ReferenceFault::new(text, at, kind, message)),
    };
    (piece, end)
}

fn read(inside: &str) -> Result<Reference, (&'static str, String)> {
    let mut parts = inside.split('|').map(str::trim);
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let (code, form, unit, year) = (next(), next(), next(), next());
    if parts.next().is_some() {
        let message = "tham chiếu có nhiều nhất bốn phần: [[mã|cách viết|đơn vị|năm học]]".to_owned();
        return Err(("too_many_parts", message));
    }
    let code = code.ok_or(("no_code", "tham chiếu thiếu mã số liệu, ví dụ [[pupil_total]]".to_owned()))?;
    let form = match form {
        None => FigureForm::Value,
        Some(word) => FigureForm::parse(word).ok_or_else(|| ("unknown_form", unknown_form(word)))?,
    };
    let year = year.map(SchoolYear::read).transpose().map_err(|reason| ("bad_year", reason.message))?;
    Ok(Reference { code: code.to_owned(), form, unit: unit.map(str::to_owned), year })
}

fn unknown_form(word: &str) -> String {
    let known: Vec<String> = FigureForm::ALL.iter().map(|form| format!("«{}»", form.words().0)).collect();
    format!("không có cách viết «{word}»; chọn một trong: {}", known.join(", "))
}
