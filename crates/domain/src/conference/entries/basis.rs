//! What a year and its conference rest on, as it was cited: also where number, day or issuer are only half known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Level,
    conference::Id,
    vietnamese::{long_date, lower_first, short_date},
};

/// What kind of issuer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// A body of the state.
    #[default]
    Body,
    /// A person's office (`Chủ tịch UBND quận`), not the body.
    OfficeHolder,
    /// A committee of the Party.
    PartyBody,
}

/// A document that the conference rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LegalBasis {
    /// The kind in the words used (`Chương trình hành động`).
    pub type_words: String,
    /// Number and code in the form that may be written; empty where not known in full.
    pub document_number: String,
    /// The number as it was typed (`số 07`).
    pub document_number_raw: String,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it, in words.
    pub issuer: String,
    /// The issuer's unit, where it is one of ours.
    pub issuer_unit_code: String,
    /// What kind of issuer.
    pub issuer_kind: IssuerKind,
    /// What it is about.
    pub subject_line: String,
    /// Levels that it is for.
    pub sectors: Vec<Level>,
    /// The document that it carries out.
    pub implements: Option<Id>,
    /// The term of a committee or the number of a congress (`XI`, `XXII`).
    pub term: String,
    /// Which year of carrying it out the reviewed year is.
    pub ordinal_year: Option<u8>,
    /// Whether several papers are meant without being named.
    pub is_several: bool,
    /// Its key in the register of documents.
    pub document: String,
}

impl LegalBasis {
    /// Kind and number, as far as they are known: `Chương trình hành động số 34-CTr/TU`.
    fn name(&self) -> String {
        let number = match (self.document_number.as_str(), self.document_number_raw.as_str()) {
            ("", "") => String::new(),
            ("", raw) if raw.starts_with("số") => format!(" {raw}"),
            ("", raw) => format!(" số {raw}"),
            (number, _) => format!(" số {number}"),
        };
        format!("{}{number}", self.type_words)
    }

    /// How it is cited, as far as it is known: `Chương trình hành động số 34-CTr/TU ngày 04/02/2015 của Ban Thường vụ Thành
    /// ủy về …`.
    pub fn words(&self) -> String {
        self.cited(|day| format!("ngày {}", short_date(day)))
    }

    /// How a paper cites it among its bases, with what it carries out: the day is written in full.
    pub(in crate::conference) fn official_words(&self, carried_out: Option<&Self>) -> String {
        format!("{}{}", self.cited(long_date), carrying_out(carried_out))
    }

    fn cited(&self, written: impl Fn(Date) -> String) -> String {
        let day = self.issued_on.map_or_else(String::new, |day| format!(" {}", written(day)));
        let is_said = self.issuer.is_empty() || self.type_words.contains(&self.issuer);
        let issuer = if is_said { String::new() } else { format!(" của {}", self.issuer) };
        let term = match self.term.as_str() {
            "" => String::new(),
            // A congress is counted, a committee has a term.
            term if self.type_words.contains("Đại hội") => format!(" lần thứ {term}"),
            term => format!(" khóa {term}"),
        };
        // A subject line as it stands on the document says «Về việc …» already.
        let subject = match self.subject_line.trim() {
            "" => String::new(),
            line if line.split(' ').next().is_some_and(|word| word.to_lowercase() == "về") => {
                format!(" {}", lower_first(line))
            }
            line => format!(" về {line}"),
        };
        format!("{}{day}{issuer}{term}{subject}", self.name())
    }

    /// The same with the document that it carries out, and which year of carrying it out the reviewed year is.
    pub(in crate::conference) fn words_in_full(&self, carried_out: Option<&Self>) -> String {
        let year = self.ordinal_year.map_or_else(String::new, |year| format!(" (năm thứ {year} thực hiện)"));
        format!("{}{}{year}", self.words(), carrying_out(carried_out))
    }
}

fn carrying_out(other: Option<&LegalBasis>) -> String {
    other.map_or_else(String::new, |other| format!(" thực hiện {}", other.name()))
}
