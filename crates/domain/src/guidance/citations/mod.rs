//! Citations in running text: which documents a paragraph names, and what it says of each.
//!
//! A first citation gives kind, number and code, date, issuer and subject in full (Decree 30/2020/NĐ-CP, annex I, II.6);
//! laws and ordinances are named by kind and title alone; Party texts and guidance are often named without a number. All
//! of that is read as far as it is given, with the place of every part in the paragraph, and nothing is made up.

mod anchor;
mod links;
mod scan;
mod tail;
mod words;

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use super::{document_type::DocumentType, number::NumberReading, relations::Relation};

pub use links::{LegalBasis, split_bases};

#[cfg(test)]
mod tests;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its words, blanks made single.
    pub text: String,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

impl Span {
    fn of(paragraph: &str, range: Range<usize>) -> Self {
        let text = paragraph[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        Self { text, range }
    }
}

/// The number of a cited document, as far as it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CitedNumber {
    /// Number and code, as typed and as read.
    Full(NumberReading),
    /// A number without its code: `Chỉ thị số 07`.
    Bare(String),
    /// No number: `hướng dẫn của Sở …`, a law by its name.
    Missing,
}

/// What an issuer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// A state body.
    Body,
    /// The person who holds an office: `Chủ tịch UBND quận`.
    OfficeHolder,
    /// A Party body.
    Party,
}

/// A document that a paragraph cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Everything that belongs to it, in bytes.
    pub range: Range<usize>,
    /// The kind as it is named (`Chương trình hành động`); empty where only a number stands.
    pub type_words: String,
    /// The identifier of the kind; empty where the words name none (`các văn bản chỉ đạo`).
    pub document_type: &'static str,
    /// Whether several documents are meant at once (`các văn bản …`).
    pub is_plural: bool,
    /// The number.
    pub number: CitedNumber,
    /// The date of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<Span>,
    /// What the issuer is.
    pub issuer_kind: Option<IssuerKind>,
    /// What it is about, without `về`, `về việc`; of a law its name.
    pub subject: Option<Span>,
    /// The term or congress that is named: `XI` of `khóa XI`, `XXII` of `lần thứ XXII`.
    pub term: String,
    /// Of `năm thứ 2 thực hiện …`: 2.
    pub ordinal_year: Option<u32>,
    /// Which other citations of the paragraph it rests on, and how.
    pub links: Vec<(Relation, usize)>,
}

impl Citation {
    /// The number and code as it may be written; empty where it is not given in full.
    pub fn number_text(&self) -> String {
        match &self.number {
            CitedNumber::Full(reading) => reading.number.to_string(),
            CitedNumber::Bare(_) | CitedNumber::Missing => String::new(),
        }
    }

    /// The number as it was typed; empty where there is none.
    pub fn number_raw(&self) -> &str {
        match &self.number {
            CitedNumber::Full(reading) => &reading.raw,
            CitedNumber::Bare(raw) => raw,
            CitedNumber::Missing => "",
        }
    }

    /// Whether the words name one kind and the number another: `Kế hoạch số 12/QĐ-UBND`.
    pub fn kind_differs(&self) -> bool {
        let CitedNumber::Full(reading) = &self.number else { return false };
        let named = DocumentType::of_identifier(self.document_type);
        match (named, reading.number.document_type()) {
            (Some(named), Some(coded)) => !named.abbreviation.is_empty() && named != coded,
            _ => false,
        }
    }
}

/// Every citation of a paragraph, in the order of the text; nested ones after those that name them.
pub fn read(paragraph: &str) -> Vec<Citation> {
    let words = words::words(paragraph);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match anchor::at(paragraph, &words, at) {
            Some(anchor) => {
                let (citation, next) = tail::complete(paragraph, &words, &anchor);
                found.push(citation);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    links::link(paragraph, &mut found);
    found
}
