//! Texts made comparable: one spelling for reading (`normalise`), one without accents for search (`fold`).

use unicode_normalization::UnicodeNormalization;

use super::syllable::{Letter, compose, letters, parts, settle_tone};

/// One spelling of a text: NFC, the tone where the older style puts it (`hoà` → `hòa`, `uỷ` → `ủy`), single blanks,
/// none at the ends, no invisible characters.
///
/// Case and accents stay; `lí` and `lý` stay two spellings (only [`fold`] joins them).
pub fn normalise(text: &str) -> String {
    rewrite_words(text, |word| {
        if word.is_ascii() {
            return word.to_owned();
        }
        let mut letters = letters(word);
        settle_tone(&mut letters);
        compose(&letters)
    })
}

/// A text for search: lower case, no accents, `đ` → `d`, single blanks; a final `y` right after the initial
/// consonants becomes `i`, so that `lý` = `lí`, `kỹ` = `kĩ`, `quý` = `quí` are found by one another.
///
/// Both the text and the query must be folded. For text that people read (addresses of pages) use [`unaccented`].
pub fn fold(text: &str) -> String {
    rewrite_words(text, |word| {
        let mut folded = bare(word);
        if folded.ends_with('y') && ends_in_lone_y(&letters(word)) {
            folded.pop();
            folded.push('i');
        }
        folded
    })
}

/// Lower case without accents, `đ` → `d`, single blanks; spelling is otherwise kept (`Quản lý` → `quan ly`).
pub fn unaccented(text: &str) -> String {
    rewrite_words(text, bare)
}

/// A name inside a sentence: the first letter small, unless the text opens with an abbreviation (`THCS`).
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

fn bare(word: &str) -> String {
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    let letters = word.nfd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase).filter(|c| !is_mark(c));
    letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

fn ends_in_lone_y(word: &[Letter]) -> bool {
    let Some(last) = word.last() else { return false };
    matches!(last.base, 'y' | 'Y')
        && parts(word).is_some_and(|parts| parts.vowels_from > 0 && parts.vowels_from + 1 == word.len())
}

/// Applies `rewrite` to every run of letters; blanks of any kind become one, invisible characters go.
fn rewrite_words(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut result = String::with_capacity(text.len());
    let mut word = String::new();
    let flush = |word: &mut String, result: &mut String| {
        if !word.is_empty() {
            result.push_str(&rewrite(word));
            word.clear();
        }
    };
    for c in text.chars().filter(|&c| !is_invisible(c)).nfc() {
        if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) {
            word.push(c);
            continue;
        }
        flush(&mut word, &mut result);
        if !c.is_whitespace() {
            result.push(c);
        } else if !result.is_empty() && !result.ends_with(' ') {
            result.push(' ');
        }
    }
    flush(&mut word, &mut result);
    result.truncate(result.trim_end().len());
    result
}

/// Soft hyphens, zero-width characters and byte-order marks, which copying from web pages and PDF leaves behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
