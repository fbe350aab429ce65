//! Slips of writing in an article that was found: offered for repair, never mended unasked.

use serde::{Deserialize, Serialize};

use crate::{Refusal, vietnamese::parse_date};

/// So many slips of one piece are offered at most: a piece with more is no text with slips.
const SLIP_COUNT_MAX: usize = 100;

/// A slip, and what it is likely to mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Slip {
    /// In which piece of the article, from 0.
    pub block: usize,
    /// The words as they stand.
    pub found: String,
    /// What is offered instead.
    pub offered: String,
    /// Whether somebody has mended it.
    pub is_mended: bool,
}

/// A slip that is known by its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlipWord {
    /// As it is written.
    pub found: String,
    /// What it means.
    pub offered: String,
}

/// The slips that are known by their words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlipWords {
    /// Each with what it means.
    pub slip: Vec<SlipWord>,
}

impl SlipWords {
    /// Reads the file of slips.
    ///
    /// # Errors
    /// `bad_slips` with the place of the fault.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        toml::from_str(text).map_err(|fault| Refusal::one("bad_slips", format!("Không đọc được bảng lỗi gõ: {fault}")))
    }

    /// The slips of one piece, in their order.
    pub(super) fn slips(&self, block: usize, text: &str) -> Vec<Slip> {
        let known = self.slip.iter().filter_map(|word| {
            let at = text.find(&word.found)?;
            Some((at, word.found.clone(), word.offered.clone()))
        });
        let mut found: Vec<(usize, String, String)> = known.chain(blanks(text)).chain(marks(text)).collect();
        found.sort();
        let slip = |(_, found, offered)| Slip { block, found, offered, is_mended: false };
        found.into_iter().take(SLIP_COUNT_MAX).map(slip).collect()
    }
}

/// A mark with a word right behind it: `;Chỉ`.
fn marks(text: &str) -> Vec<(usize, String, String)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let is_slip = |three: &&[(usize, char)]| {
        three[0].1.is_alphanumeric() && matches!(three[1].1, ';' | ',') && three[2].1.is_alphabetic()
    };
    let slip = |three: &[(usize, char)]| {
        let ((from, mark), word) = (three[1], &text[three[2].0..]);
        let word = &word[..word.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(word.len())];
        (from, format!("{mark}{word}"), format!("{mark} {word}"))
    };
    letters.windows(3).filter(is_slip).map(slip).collect()
}

/// Blanks inside a date (`26/ 7 /2017`), a range of years (`2024- 2025`) or a document's number (`136/KH –UBND`); a dash
/// with a blank on one side only.
fn blanks(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let words: Vec<(usize, &str)> = words(text);
    let mut place = 0;
    while place < words.len() {
        let taken = (2..=4).rev().find_map(|count| {
            let run = words.get(place..place + count)?;
            let (from, last) = (run[0].0, run[count - 1]);
            let piece = text[from..last.0 + last.1.len()].trim_end_matches(['.', ',', ';']);
            offered(piece).map(|offered| (count, (from, piece.to_owned(), offered)))
        });
        match taken {
            Some((count, slip)) => {
                found.push(slip);
                place += count;
            }
            None => place += 1,
        }
    }
    found
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut words = Vec::new();
    for word in text.split(' ') {
        if !word.is_empty() {
            words.push((at, word));
        }
        at += word.len() + 1;
    }
    words
}

/// The piece without its slip. No reader of numbers decides here: a slip is offered only where nothing but blanks and the
/// length of a dash is wrong, and where nothing is wrong there is no slip.
fn offered(piece: &str) -> Option<String> {
    let tight: String = piece.chars().filter(|letter| *letter != ' ').collect::<String>().replace(['–', '—'], "-");
    let digits_only = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_date =
        piece.contains('/') && piece.starts_with(|c: char| c.is_ascii_digit()) && parse_date(&tight).is_some();
    let is_range = tight.split_once('-').is_some_and(|(first, second)| {
        digits_only(first) && digits_only(second) && first.len() == 4 && second.len() == 4
    });
    // A range with blanks on both sides is a way of writing, not a slip.
    let is_even = piece.contains(" - ") || piece.contains(" – ");
    let is_code = piece.split(' ').count() == 2
        && tight.split_once('/').is_some_and(|(number, code)| {
            let is_letter = |c: char| c.is_uppercase() || c == '-' || c == '&';
            digits_only(number) && code.contains('-') && code.chars().all(is_letter)
        });
    if is_date || is_code || (is_range && !is_even) {
        return Some(tight);
    }
    let (first, second) = piece.split_once(' ').filter(|(_, second)| !second.contains(' '))?;
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '&');
    let is_dashed = |bare: Option<&str>| bare.is_some_and(|word| !word.is_empty() && is_word(word));
    let dashes = ['-', '–'];
    if is_dashed(second.strip_prefix(dashes)) && is_word(first) {
        return Some(format!("{first} - {}", second.trim_start_matches(dashes)));
    }
    None
}
