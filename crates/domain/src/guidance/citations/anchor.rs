//! Where a citation begins: a kind with a number, a law with its name, a kind with its issuer, or a bare number.

use std::{ops::Range, sync::LazyLock};

use super::{
    CitedNumber,
    scan::number_span,
    words::{Word, stands},
};
use crate::guidance::{
    document_type::DocumentType,
    number::{Grammar, NumberReading, read_number},
};

/// Kinds under names that are not in the decree's table, and documents of no stated kind.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("chương trình hành động", "programme"),
    ("văn bản chỉ đạo", ""),
    ("văn bản hướng dẫn", ""),
    ("văn bản", ""),
    ("giấy uỷ quyền", "power_of_attorney"),
    ("bản thoả thuận", "agreement"),
];

/// Words between a kind and its number: `Nghị quyết Trung ương 8 khóa XI số 29-NQ/TW`.
const WORDS_BEFORE_NUMBER_MAX: usize = 12;

/// The head of a citation.
pub(super) struct Anchor {
    /// Its first word: the kind, `số`, or the number.
    pub(super) from: usize,
    /// The words that name the kind.
    pub(super) kind_words: Range<usize>,
    /// The kind's identifier.
    pub(super) document_type: &'static str,
    pub(super) number: CitedNumber,
    /// The first word after kind and number.
    pub(super) next: usize,
    pub(super) named: Named,
}

/// What stands in the place of a number.
pub(super) enum Named {
    /// Nothing.
    Nothing,
    /// The name of a law, in words; empty for a constitution.
    Law(Range<usize>),
    /// A congress or conference where the issuer stands.
    Meeting,
}

/// The citation that begins with this word, if one does.
pub(super) fn at(text: &str, words: &[Word<'_>], at: usize) -> Option<Anchor> {
    match kind(words, at) {
        Some((document_type, length)) => of_kind(text, words, at, document_type, length),
        None => of_number_alone(text, words, at),
    }
}

/// Every name of a kind in lower case, with its identifier.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let known = DocumentType::all().map(|known| (known.name.to_lowercase(), known.identifier));
    known.chain(OTHER_NAMES.map(|(name, kind)| (name.to_owned(), kind))).collect()
});

/// The kind that is named here and how many words name it; the longest name wins.
fn kind(words: &[Word<'_>], at: usize) -> Option<(&'static str, usize)> {
    let named = NAMES.iter().filter_map(|(name, kind)| Some((*kind, stands(words, at, name)?)));
    named.max_by_key(|(_, length)| *length)
}

/// Whether a citation seems to begin with this word; looks no further than its head.
pub(super) fn begins(text: &str, words: &[Word<'_>], at: usize) -> bool {
    let Some((kind, length)) = kind(words, at) else { return of_number_alone(text, words, at).is_some() };
    let after = at + length;
    let is_capital = |at: usize| words.get(at).is_some_and(Word::is_capital);
    let is_law = DocumentType::of_identifier(kind).is_some_and(DocumentType::is_cited_by_name);
    number_after(text, words, after).is_some()
        || is_law && is_capital(at) && is_capital(after)
        || is_capital(after) && is_meeting(words, after)
        || words.get(after).is_some_and(|word| word.key == "của") && is_capital(after + 1)
}

fn of_kind(text: &str, words: &[Word<'_>], at: usize, kind: &'static str, length: usize) -> Option<Anchor> {
    let after = at + length;
    let anchor =
        |number, next, named| Anchor { from: at, kind_words: at..after, document_type: kind, number, next, named };
    if let Some((number, next)) = number_after(text, words, after) {
        return Some(anchor(number, next, Named::Nothing));
    }
    let known = DocumentType::of_identifier(kind);
    if known.is_some_and(DocumentType::is_cited_by_name) {
        let end = name_end(text, words, at, after)?;
        let (number, next) = match words.get(end).filter(|word| word.key == "số") {
            Some(_) => number_after(text, words, end).unwrap_or((CitedNumber::Missing, end)),
            None => (CitedNumber::Missing, end),
        };
        return Some(anchor(number, next, Named::Law(after..end)));
    }
    let is_capital = |at: usize| words.get(at).is_some_and(Word::is_capital);
    if kind == "resolution_individual" && is_capital(after) && is_meeting(words, after) {
        if let Some((number, next)) = number_later(text, words, after) {
            return Some(anchor(number, next, Named::Nothing));
        }
        return Some(anchor(CitedNumber::Missing, after, Named::Meeting));
    }
    if words.get(after).is_some_and(|word| word.key == "của") && is_capital(after + 1) {
        return Some(anchor(CitedNumber::Missing, after, Named::Nothing));
    }
    None
}

/// A congress or conference that gave a resolution.
fn is_meeting(words: &[Word<'_>], at: usize) -> bool {
    ["đại hội", "hội nghị", "trung ương"].iter().any(|name| stands(words, at, name).is_some())
}

/// `số 07`, `số: 136/KH –UBND`, or a number and code right here.
fn number_after(text: &str, words: &[Word<'_>], at: usize) -> Option<(CitedNumber, usize)> {
    let is_said = words.get(at)?.key == "số";
    let mut first = at + usize::from(is_said);
    if is_said && words.get(first).is_some_and(|word| word.text == ":") {
        first += 1;
    }
    let span = number_span(text, words.get(first)?.range.start)?;
    let next = words.partition_point(|word| word.range.start < span.end);
    match read_number(&text[span.clone()]) {
        Ok(reading) => Some((CitedNumber::Full(reading), next)),
        Err(_) if is_said => {
            let figures = words[first].text;
            let is_plain = figures.bytes().all(|byte| byte.is_ascii_digit());
            is_plain.then(|| (CitedNumber::Bare(figures.to_owned()), first + 1))
        }
        Err(_) => None,
    }
}

/// A full number and code a few words on, with `số` before it and no stop between.
fn number_later(text: &str, words: &[Word<'_>], from: usize) -> Option<(CitedNumber, usize)> {
    for at in from..words.len().min(from + WORDS_BEFORE_NUMBER_MAX) {
        let word = &words[at];
        if [";", ".", "của", "về"].contains(&word.key.as_str()) {
            return None;
        }
        if word.key == "số" {
            return number_after(text, words, at).filter(|(number, _)| matches!(number, CitedNumber::Full(_)));
        }
    }
    None
}

/// Where the name of a law ends; `None` where no law is named (`theo luật định`).
fn name_end(text: &str, words: &[Word<'_>], at: usize, after: usize) -> Option<usize> {
    const STOPS: [&str; 19] = [
        ";", ".", "(", ":", "số", "ngày", "năm", "của", "theo", "được", "đã", "có", "là", "để", "thì", "tại", "quy",
        "căn", "và",
    ];
    let opens = words.get(after)?;
    let is_named = opens.is_capital() || opens.key == "sửa" || (opens.key == "năm" && words[at].key == "hiến");
    if !words[at].is_capital() || !is_named {
        return None;
    }
    let is_amending = opens.key == "sửa";
    let mut end = after;
    while let Some(word) = words.get(end) {
        let key = word.key.as_str();
        let next_begins = || begins(text, words, end + 1);
        let stops = match key {
            "," => next_begins() || words.get(end + 1).is_none_or(|next| next.is_capital() && !is_amending),
            "của" => !is_amending,
            "và" => {
                next_begins()
                    || words.get(end + 1).is_none_or(|next| ["tình", "các", "đề"].contains(&next.key.as_str()))
            }
            key => STOPS.contains(&key),
        };
        if stops {
            break;
        }
        end += 1;
    }
    Some(end)
}

/// A number and code with no kind before it; the kind is the one that it names.
fn of_number_alone(text: &str, words: &[Word<'_>], at: usize) -> Option<Anchor> {
    let first = if words.get(at)?.key == "số" { at + 1 } else { at };
    if !words.get(first)?.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match number_after(text, words, at)? {
        (CitedNumber::Full(reading), next) => {
            let document_type = kind_of(&reading);
            let number = CitedNumber::Full(reading);
            Some(Anchor { from: at, kind_words: at..at, document_type, number, next, named: Named::Nothing })
        }
        _ => None,
    }
}

fn kind_of(reading: &NumberReading) -> &'static str {
    match (reading.number.document_type(), reading.number.grammar()) {
        (Some(known), _) => known.identifier,
        (None, Grammar::Letter) => "letter",
        (None, _) => "",
    }
}
