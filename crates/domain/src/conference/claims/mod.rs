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

use std::{cell::OnceCell, collections::BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Conference, EntryKind, Sentence, Side, Source};
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
    /// Numbers, text by text: a share is said where both of its numbers stand in one.
    numbers: Vec<BTreeSet<String>>,
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
            said.numbers.push(codes::numbers(&rest).into_iter().collect());
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
                let is_share =
                    |numbers: &BTreeSet<String>| key.contains('/') && key.split('/').all(|part| numbers.contains(part));
                let is_said = self.numbers.iter().any(|numbers| numbers.contains(key) || is_share(numbers));
                is_said || self.is_day_and_month(key)
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

/// A record to look claims up in. All its places are read once, for the first claim that needs them.
#[derive(Debug)]
pub struct Lookup<'a> {
    record: &'a Conference,
    table: &'a Abbreviations,
    places: OnceCell<Vec<(Source, Said)>>,
}

impl Lookup<'_> {
    /// What edited words claim that the places under the drafted sentence do not say.
    pub fn strange_claims(&self, edited: &str, drafted: &Sentence) -> Vec<StrangeClaim> {
        if edited == drafted.text {
            return Vec::new();
        }
        let mut texts: Vec<String> = drafted.sources.iter().flat_map(|source| self.record.words_at(*source)).collect();
        texts.push(drafted.text.clone());
        let said = Said::of(texts.iter().map(String::as_str), self.table);
        let strange = claims(edited, self.table).into_iter().filter(|claim| !said.says(claim));
        strange.map(|claim| StrangeClaim { elsewhere: self.place_of(&claim), claim }).collect()
    }

    /// What a text claims that no place of the record says.
    pub fn unknown_claims(&self, text: &str) -> Vec<Claim> {
        claims(text, self.table).into_iter().filter(|claim| self.place_of(claim).is_none()).collect()
    }

    /// The first place of the record that says it.
    fn place_of(&self, claim: &Claim) -> Option<Source> {
        let read = |source| (source, Said::of(self.record.words_at(source).iter().map(String::as_str), self.table));
        let places = self.places.get_or_init(|| self.record.all_sources().into_iter().map(read).collect());
        places.iter().find(|(_, said)| said.says(claim)).map(|(source, _)| *source)
    }
}

impl Conference {
    /// The record to look claims up in, as it is now.
    pub fn lookup<'a>(&'a self, table: &'a Abbreviations) -> Lookup<'a> {
        Lookup { record: self, table, places: OnceCell::new() }
    }

    /// Every place of the record, in a stated order.
    fn all_sources(&self) -> Vec<Source> {
        let mut sources = vec![Source::Head, Source::Report, Source::Closing];
        sources.extend((!self.attendance.is_empty()).then_some(Source::Attendance));
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
            Source::Attendance => {
                let count = self.count();
                vec![format!("{} {} {}", count.present, count.expected, self.came(Side::Delegate))]
            }
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

/// Every text that a part of the record says; numbers that stand side by side («13», «13» of a score) are one text.
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
            let said = || all.iter().filter(|(field, _)| is_said(field)).map(|(_, one)| one);
            let numbers: Vec<String> = said().filter_map(toml::Value::as_integer).map(|one| one.to_string()).collect();
            words.extend((!numbers.is_empty()).then(|| numbers.join(" ")));
            said().filter(|one| !one.is_integer()).for_each(|one| collect(one, words));
        }
        other => words.push(other.to_string()),
    }
}
