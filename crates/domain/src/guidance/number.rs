//! The number and code of a document: what may be written, and how it is printed.
//!
//! ```text
//! state, typed        NUM "/" TYPE "-" BODY { "-" SUB }       136/KH-UBND
//! state, letter       NUM "/" BODY "-" DRAFTER                424/SGDĐT-TĐKT
//! normative           NUM "/" YEAR "/" TYPE "-" BODY          98/2023/NĐ-CP
//! National Assembly   NUM "/" YEAR "/QH" TERM                 06/2022/QH15
//! standing committee  NUM "/" TYPE "-UBTVQH" TERM, NUM "/" YEAR "/UBTVQH" TERM
//! Party               NUM "-" TYPE "/" PARTY_BODY             29-CTr/QU
//! ```
//!
//! Typed and letter are told apart by the table of abbreviations: a first group that stands in it means typed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::document_type::DocumentType;
use crate::refusal::{Reason, Refusal};

mod strict;
mod tolerant;

pub use tolerant::{NumberReading, Remark, read_number};

#[cfg(test)]
mod tests;

/// Which rule a number is built by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grammar {
    /// A named kind by a state body: `136/KH-UBND`.
    Typed,
    /// A letter (công văn): `424/SGDĐT-TĐKT`.
    Letter,
    /// A normative text: `98/2023/NĐ-CP`.
    Normative,
    /// A law or resolution of the National Assembly: `06/2022/QH15`.
    NationalAssembly,
    /// The National Assembly's standing committee: `1365/NQ-UBTVQH15`.
    StandingCommittee,
    /// A Party document: `29-CTr/QU`.
    Party,
}

/// A number and code in the form that may be written. Made only by the strict parser, so printing it and reading it
/// again gives the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    grammar: Grammar,
    number: u32,
    year: Option<u16>,
    document_type: Option<&'static DocumentType>,
    body: String,
    sub: Vec<String>,
    term: Option<u8>,
}

impl DocumentNumber {
    /// Reads a number exactly as it may be written: no blanks, plain hyphens, a leading zero under 10.
    ///
    /// # Errors
    /// Every fault with the mend; the codes are `not_a_number`, `number_zero`, `leading_zero`, `two_digit_year`,
    /// `separator`, `body`, `d_for_dd`, `party_body`, `state_body`, `a_date`, `blank`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        strict::parse(text)
    }

    /// The same, with every abbreviation of a body known to the office: by form alone any capitals would pass.
    ///
    /// # Errors
    /// As [`Self::parse`], and `unknown_body` for each abbreviation that the office does not use.
    pub fn parse_known(text: &str, bodies: &BTreeSet<String>) -> Result<Self, Refusal> {
        let number = Self::parse(text)?;
        let unknown = |body: &&String| !bodies.contains(*body);
        let reasons = std::iter::once(&number.body).chain(&number.sub).filter(unknown).map(|body| {
            let message = format!(
                "Chữ viết tắt «{body}» chưa có trong danh mục của cơ quan. Xin kiểm tra lại, hoặc thêm vào danh mục."
            );
            Reason::new("unknown_body", message)
        });
        Refusal::unless_empty(reasons.collect())?;
        Ok(number)
    }

    /// The rule that it is built by.
    pub fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// The running number.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The year inside the number, for normative texts only.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// The kind that the code names; a letter and a law name none.
    pub fn document_type(&self) -> Option<&'static DocumentType> {
        self.document_type
    }

    /// The body: `UBND`, `QH`, `TU`.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What follows the body: a body within it, or a letter's drafting unit.
    pub fn sub(&self) -> &[String] {
        &self.sub
    }

    /// The term of the National Assembly.
    pub fn term(&self) -> Option<u8> {
        self.term
    }

    /// The code after the number and its separator: `KH-UBND`, `CTr/QU`, `2023/NĐ-CP`.
    pub fn code(&self) -> String {
        let text = self.to_string();
        text.split_once(['/', '-']).map_or_else(String::new, |(_, code)| code.to_owned())
    }
}

impl std::fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code = self.document_type.map_or("", |known| known.abbreviation);
        let is_party = self.grammar == Grammar::Party;
        write!(f, "{:02}{}", self.number, if is_party { '-' } else { '/' })?;
        if let Some(year) = self.year {
            write!(f, "{year}/")?;
        }
        if !code.is_empty() {
            write!(f, "{code}{}", if is_party { '/' } else { '-' })?;
        }
        f.write_str(&self.body)?;
        if let Some(term) = self.term {
            write!(f, "{term}")?;
        }
        self.sub.iter().try_for_each(|sub| write!(f, "-{sub}"))
    }
}

impl std::str::FromStr for DocumentNumber {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::parse(text)
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)
    }
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.to_string()
    }
}

/// Whether this abbreviation is a Party committee's: `TW`, `TU`, `QU`, `HU`, `ĐU`, a block's committee (`ĐUK`), or a
/// committee's own board or office (`BTGTU`, `UBKTTW`, `VPTW`).
pub fn is_party_body(body: &str) -> bool {
    const COMMITTEES: [&str; 5] = ["TW", "TU", "QU", "HU", "ĐU"];
    const BOARDS: [&str; 7] = ["BTC", "BTG", "BTGDV", "BDV", "BNC", "UBKT", "VP"];
    let is_board = |committee: &&str| body.strip_suffix(*committee).is_some_and(|board| BOARDS.contains(&board));
    body == "ĐUK" || COMMITTEES.contains(&body) || COMMITTEES.iter().any(is_board)
}
