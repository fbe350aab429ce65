//! A paragraph as words and marks, each with its place.

use std::ops::Range;

use crate::vietnamese::normalise;

/// A word, or one mark.
#[derive(Debug)]
pub(super) struct Word<'a> {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// As it stands.
    pub(super) text: &'a str,
    /// In lower case and one spelling, to be compared.
    pub(super) key: String,
}

impl Word<'_> {
    /// Whether it begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// The words of a paragraph in order. Letters and figures make words (`PGD&ĐT` is one); every other mark stands alone.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let is_inside = |c: char| c.is_alphanumeric() || c == '&' || unicode_normalization::char::is_combining_mark(c);
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if is_inside(c) {
            while let Some((at, next)) = rest.next_if(|(_, next)| is_inside(*next)) {
                end = at + next.len_utf8();
            }
        }
        let word = &text[start..end];
        words.push(Word { range: start..end, text: word, key: normalise(word).to_lowercase() });
    }
    words
}

/// Whether the words from here on are these (`chương trình hành động`).
pub(super) fn stands(words: &[Word<'_>], at: usize, phrase: &str) -> Option<usize> {
    let mut length = 0;
    for wanted in phrase.split(' ') {
        if words.get(at + length)?.key != wanted {
            return None;
        }
        length += 1;
    }
    Some(length)
}
