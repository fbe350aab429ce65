//! Abbreviations of the sector: several spellings of one meaning, written out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Confidence, Refusal};

/// An abbreviation with its spellings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviation {
    /// Its spellings (`PGĐ`, `Phó GĐ`).
    pub short: Vec<String>,
    /// Written out.
    pub long: String,
    /// In English.
    pub en: String,
    /// Of what.
    pub kind: AbbreviationKind,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What an abbreviation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbbreviationKind {
    /// A form of address.
    Address,
    /// A person's post.
    Post,
    /// A council, a committee.
    Body,
    /// An office and what it is in charge of.
    Office,
    /// A level of education.
    Level,
    /// Another matter that is spoken of.
    Subject,
    /// A title or an award.
    Award,
}

/// The table of abbreviations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviations {
    /// Each with its spellings.
    pub abbreviation: Vec<Abbreviation>,
}

impl Abbreviations {
    /// Reads the table.
    ///
    /// # Errors
    /// `bad_abbreviations` with the place of the fault.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        toml::from_str(text)
            .map_err(|fault| Refusal::one("bad_abbreviations", format!("Không đọc được bảng chữ viết tắt: {fault}")))
    }

    /// The text with every abbreviation written out. Case and accents decide: `PGĐ` is no `PGD`.
    pub fn expand(&self, text: &str) -> String {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let begun = if expanded.ends_with(is_inside) { None } else { self.at(rest) };
            match begun {
                Some((short, known)) => {
                    expanded.push_str(&known.long);
                    rest = &rest[short.len()..];
                }
                None => {
                    expanded.push(letter);
                    rest = &rest[letter.len_utf8()..];
                }
            }
        }
        expanded
    }

    /// The abbreviations that a text uses, in the order of the table, each in the spellings that stand there.
    pub fn used_in(&self, text: &str) -> Vec<(Vec<&str>, &Abbreviation)> {
        let begins = text.char_indices().filter(|(at, _)| !text[..*at].ends_with(is_inside));
        let used: BTreeSet<&str> = begins.filter_map(|(at, _)| self.at(&text[at..])).map(|(short, _)| short).collect();
        let known = self.abbreviation.iter().map(|known| {
            let spelt = known.short.iter().map(String::as_str).filter(|short| used.contains(short));
            (spelt.collect::<Vec<_>>(), known)
        });
        known.filter(|(spelt, _)| !spelt.is_empty()).collect()
    }

    /// The longest abbreviation with which the text begins.
    fn at(&self, text: &str) -> Option<(&str, &Abbreviation)> {
        let spellings = self.abbreviation.iter().flat_map(|known| known.short.iter().map(move |short| (short, known)));
        let begun = spellings
            .filter(|(short, _)| text.strip_prefix(short.as_str()).is_some_and(|rest| !rest.starts_with(is_inside)));
        begun.max_by_key(|(short, _)| short.len()).map(|(short, known)| (short.as_str(), known))
    }
}

/// Whether a letter belongs to the word beside it.
fn is_inside(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '&'
}
