//! What a sentence claims that can be looked up in the record: numbers, dates, numbers of documents, people, posts, units.
//!
//! A sentence that was drafted stands on places of the record. What an editor adds to it must be said at those places; else
//! it is told, with the place of the record that does say it where there is one. A figure, a day or a document's number has
//! its place in the record and is put there first. A name may be kept with a reason: names are found by their capitals, and
//! capitals are not always names.

mod codes;
mod names;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Conference, EntryKind, Sentence, Source};
use crate::vietnamese::{Abbreviations, normalise, short_date};

/// What kind of claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// A number, a share (`13/13`), a range of years.
    Number,
    /// A day.
    Date,
    /// The number and code of a document.
    DocumentNumber,
    /// Somebody's name.
    Person,
    /// A post.
    Post,
    /// A unit, a place, another proper name.
    Unit,
}

impl ClaimKind {
    /// The glossary's identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::DocumentNumber => "document_number",
            Self::Person => "person",
            Self::Post => "post",
            Self::Unit => "unit",
        }
    }

    /// What it is called, in Vietnamese.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "số",
            Self::Date => "ngày",
            Self::DocumentNumber => "số, ký hiệu văn bản",
            Self::Person => "tên người",
            Self::Post => "chức vụ",
            Self::Unit => "tên đơn vị, địa danh",
        }
    }

    /// Whether an editor may keep it with a reason although the record does not hold it.
    pub fn may_be_kept(self) -> bool {
        matches!(self, Self::Person | Self::Post | Self::Unit)
    }
}

/// Something that a text claims.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Claim {
    /// What kind.
    pub kind: ClaimKind,
    /// The words, as they stand; a day as it is printed.
    pub text: String,
    /// The words by which it is looked up.
    #[serde(skip)]
    key: String,
}

/// A claim that is not said where its sentence stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrangeClaim {
    /// The claim.
    pub claim: Claim,
    /// Another place of the record that says it; none where the record does not know it.
    pub elsewhere: Option<Source>,
}

/// What a text claims, each once, in the order of kinds and words.
pub fn claims(text: &str, table: &Abbreviations) -> Vec<Claim> {
    let mut found = BTreeSet::new();
    let (codes, rest) = codes::codes(&normalise(text));
    found.extend(codes.into_iter().map(|code| Claim {
        kind: ClaimKind::DocumentNumber,
        text: code.clone(),
        key: code,
    }));
    let (days, rest) = codes::days(&rest);
    found.extend(days.into_iter().map(|day| Claim {
        kind: ClaimKind::Date,
        text: short_date(day),
        key: day.to_string(),
    }));
    found.extend(codes::numbers(&rest).into_iter().map(|number| Claim {
        kind: ClaimKind::Number,
        text: number.clone(),
        key: number,
    }));
    found.extend(names::names(&table.expand(&rest)));
    found.into_iter().collect()
}

/// What some texts of the record say.
#[derive(Clone, Debug, Default)]
struct Said {
    days: BTreeSet<Date>,
    codes: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// People's names, each from its end: an address may use the last part alone.
    people: Vec<String>,
    /// All words between blanks, in small letters.
    words: String,
}

impl Said {
    fn of<'a>(texts: impl IntoIterator<Item = &'a str>, table: &Abbreviations) -> Self {
        let mut said = Self { words: "| ".to_owned(), ..Self::default() };
        for text in texts {
            let (codes, rest) = codes::codes(&normalise(text));
            said.codes.extend(codes);
            let (days, rest) = codes::days(&rest);
            said.days.extend(days);
            said.numbers.extend(codes::numbers(&rest));
            let written_out = table.expand(&rest);
            let people = names::names(&written_out).into_iter().filter(|claim| claim.kind == ClaimKind::Person);
            said.people.extend(people.map(|claim| claim.key));
            said.words.push_str(&names::words(&written_out));
            said.words.push_str("| ");
        }
        said
    }

    fn says(&self, claim: &Claim) -> bool {
        let key = claim.key.as_str();
        match claim.kind {
            ClaimKind::Date => self.days.iter().any(|day| day.to_string() == key),
            ClaimKind::DocumentNumber => self.codes.contains(key),
            ClaimKind::Number => {
                let is_share = key.contains('/') && key.split('/').all(|part| self.numbers.contains(part));
                self.numbers.contains(key) || is_share || self.is_day_and_month(key)
            }
            // A field that is this name is one, also where its family name is not a usual one.
            ClaimKind::Person => {
                let is_known = |known: &String| known == key || known.ends_with(&format!(" {key}"));
                self.people.iter().any(is_known) || self.words.contains(&format!("| {key} | "))
            }
            ClaimKind::Post => self.says_post(key),
            ClaimKind::Unit => self.words.contains(&format!(" {key} ")),
        }
    }

    /// Whether a post is said, and not only that of the deputy, which ends in the same words.
    fn says_post(&self, key: &str) -> bool {
        let deputy = format!(" {} ", names::DEPUTY);
        self.words.match_indices(&format!("{key} ")).any(|(at, _)| {
            let before = &self.words[..at];
            before.ends_with(' ') && !before.ends_with(&deputy)
        })
    }

    /// `28/8` of a day that is said.
    fn is_day_and_month(&self, key: &str) -> bool {
        let written = |day: &Date| format!("{}/{}", day.day(), day.month());
        self.days.iter().any(|day| written(day) == key || day.year().to_string() == key)
    }
}

impl Conference {
    /// What edited words claim that the places under the drafted sentence do not say.
    pub fn strange_claims(&self, edited: &str, drafted: &Sentence, table: &Abbreviations) -> Vec<StrangeClaim> {
        if edited == drafted.text {
            return Vec::new();
        }
        let mut texts: Vec<String> = drafted.sources.iter().flat_map(|source| self.words_at(*source)).collect();
        texts.push(drafted.text.clone());
        self.not_said(edited, &Said::of(texts.iter().map(String::as_str), table), table)
    }

    /// What a text claims that no place of the record says.
    pub fn unknown_claims(&self, text: &str, table: &Abbreviations) -> Vec<Claim> {
        let texts: Vec<String> = self.all_sources().into_iter().flat_map(|source| self.words_at(source)).collect();
        let said = Said::of(texts.iter().map(String::as_str), table);
        claims(text, table).into_iter().filter(|claim| !said.says(claim)).collect()
    }

    fn not_said(&self, text: &str, said: &Said, table: &Abbreviations) -> Vec<StrangeClaim> {
        let strange: Vec<Claim> = claims(text, table).into_iter().filter(|claim| !said.says(claim)).collect();
        if strange.is_empty() {
            return Vec::new();
        }
        let places: Vec<(Source, Said)> = self
            .all_sources()
            .into_iter()
            .map(|source| (source, Said::of(self.words_at(source).iter().map(String::as_str), table)))
            .collect();
        let place_of = |claim: &Claim| places.iter().find(|(_, said)| said.says(claim)).map(|(source, _)| *source);
        strange.into_iter().map(|claim| StrangeClaim { elsewhere: place_of(&claim), claim }).collect()
    }

    /// Every place of the record, in a stated order.
    fn all_sources(&self) -> Vec<Source> {
        let mut sources = vec![Source::Head, Source::Report, Source::Closing];
        for register in EntryKind::ALL {
            let ids = 1..self.records.next_id(*register);
            let held = ids.filter(|id| self.records.has(*register, *id));
            sources.extend(held.map(|id| Source::Entry { register: *register, id }));
        }
        sources.extend(self.polls.keys().map(|poll| Source::Poll { poll: *poll }));
        sources.extend(self.handed.keys().map(|award| Source::Handed { award: *award }));
        sources
    }

    /// What the record says at a place, field by field.
    pub fn words_at(&self, source: Source) -> Vec<String> {
        match source {
            Source::Head => words_of(&self.head),
            Source::Report => words_of(&self.report),
            Source::Closing => words_of(&self.closing),
            Source::Attendance => vec![self.count().present.to_string(), self.count().expected.to_string()],
            Source::Entry { register, id } => {
                let entry = self.records.entry(register, id);
                let entry = entry.map(|entry| entry.without_personal_data().unwrap_or(entry));
                entry.iter().flat_map(words_of).collect()
            }
            Source::Poll { poll } => self.polls.get(&poll).and_then(super::Poll::sentence).into_iter().collect(),
            Source::Handed { award } => {
                let handed = self.handed.get(&award).into_iter().flatten();
                handed.flat_map(|handing| [handing.handed_by.clone(), handing.received_by.clone()]).collect()
            }
        }
    }
}

/// Fields that say nothing: the number of another entry, a place in a list, a code, a file. Codes of units end in
/// `unit_code` and are known by that.
const SILENT: [&str; 24] = [
    "address",
    "badge",
    "consultation",
    "directive",
    "document",
    "entry",
    "file_name",
    "implements",
    "indicator",
    "item",
    "list_order",
    "media_type",
    "order",
    "paper",
    "person",
    "poll",
    "presenter",
    "request",
    "sha256",
    "speaker",
    "speech",
    "substitute_for",
    "target",
    "venue",
];

fn is_said(field: &str) -> bool {
    !field.ends_with("unit_code") && !SILENT.contains(&field)
}

/// Every text and number that a part of the record says.
fn words_of<T: Serialize>(part: &T) -> Vec<String> {
    let mut words = Vec::new();
    if let Ok(value) = toml::Value::try_from(part) {
        collect(&value, &mut words);
    }
    words
}

fn collect(value: &toml::Value, words: &mut Vec<String>) {
    match value {
        toml::Value::String(text) if text.is_empty() => {}
        toml::Value::String(text) => words.push(text.clone()),
        toml::Value::Integer(number) => words.push(number.to_string()),
        toml::Value::Array(all) => all.iter().for_each(|one| collect(one, words)),
        toml::Value::Table(all) => {
            all.iter().filter(|(field, _)| is_said(field)).for_each(|(_, one)| collect(one, words));
        }
        other => words.push(other.to_string()),
    }
}
