//! What a year and its conference rest on, as it was cited: also where number, day or issuer are only half known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Level, conference::Id};

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
