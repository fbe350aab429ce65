//! The order of Vietnamese lists: a ă â b c d đ e ê …, tones after letters, numbers by value.

use super::fold::normalise;
use super::syllable::{Letter, TONES, letters};

/// The alphabet with the four foreign letters in their usual places.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// A key whose byte order is the Vietnamese alphabetical order of texts.
///
/// Letters decide first over the whole text, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then the spelling itself,
/// so that two different texts never tie. Runs of digits compare by value (`Phường 2` before `Phường 10`);
/// punctuation counts as a blank.
pub fn sort_key(text: &str) -> String {
    let text = normalise(text);
    let mut key = ranked(&text);
    key.push('\u{1}');
    key.push_str(&text);
    key
}

/// A key for lists of people: by given name (the last word), then family and middle names.
pub fn person_sort_key(name: &str) -> String {
    let name = normalise(name);
    let (before, given) = name.rsplit_once(' ').unwrap_or(("", &name));
    format!("{}\u{1}{}\u{1}{name}", ranked(given), ranked(before))
}

/// Letters, then tones.
fn ranked(text: &str) -> String {
    let mut primary = String::with_capacity(text.len());
    let mut tones = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in letters(text) {
        if letter.base.is_ascii_digit() {
            digits.push(letter.base);
            continue;
        }
        push_number(&mut primary, &mut digits);
        match letter_rank(&letter) {
            Some(rank) => {
                primary.push(rank);
                tones.push(tone_rank(letter.tone));
            }
            None if primary.is_empty() || primary.ends_with(' ') => {}
            None => primary.push(' '),
        }
    }
    push_number(&mut primary, &mut digits);
    primary.truncate(primary.trim_end().len());
    primary.push('\u{1}');
    primary.push_str(&tones);
    primary
}

/// Numbers stand before letters, short ones before long ones: the count of digits leads.
fn push_number(primary: &mut String, digits: &mut String) {
    if digits.is_empty() {
        return;
    }
    let value = digits.trim_start_matches('0');
    let length = u8::try_from(value.len().min(9)).unwrap_or(9);
    primary.push('!');
    primary.push(char::from(b'0' + length));
    primary.push_str(value);
    digits.clear();
}

fn letter_rank(letter: &Letter) -> Option<char> {
    let shape = std::iter::once(letter.base).chain(letter.marks.iter().copied().filter(|c| is_shape(*c)));
    let composed = unicode_normalization::UnicodeNormalization::nfc(shape).next().unwrap_or(letter.base);
    let lower = composed.to_lowercase().next().unwrap_or(composed);
    match ALPHABET.chars().position(|c| c == lower) {
        Some(place) => u8::try_from(place).ok().map(|place| char::from(b'@' + place)),
        None => lower.is_alphabetic().then_some(lower),
    }
}

fn is_shape(mark: char) -> bool {
    matches!(mark, '\u{302}' | '\u{306}' | '\u{31b}')
}

fn tone_rank(tone: Option<char>) -> char {
    let rank = tone.and_then(|tone| TONES.iter().position(|&t| t == tone)).map_or(0, |place| place + 1);
    u8::try_from(rank).map_or('2', |rank| char::from(b'2' + rank))
}
