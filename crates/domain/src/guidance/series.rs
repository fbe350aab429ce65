//! Number series: which register a document is numbered in, and whether a register is whole.
//!
//! Decree 30/2020/NĐ-CP, articles 15, 16 and 18: numbers run from 01 on 1 January to 31 December; the head of the agency
//! sets the series of administrative papers; each kind of normative text has its own; advisory bodies that use the
//! agency's seal have their own; a number is never given twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::document_type::DocumentType;
use crate::refusal::{Reason, Refusal};

#[cfg(test)]
mod tests;

/// Who gives the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// This register.
    #[default]
    Own,
    /// The office's records system; its numbers are brought in, never given a second time.
    Outside,
}

impl Origin {
    /// The identifier in data and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Outside => "outside",
        }
    }

    /// The origin with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Own, Self::Outside].into_iter().find(|origin| origin.as_str() == text)
    }
}

/// How an agency (or a council that uses its seal) numbers its papers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberingRule {
    /// Who gives the numbers.
    pub origin: Origin,
    /// Abbreviations of kinds that share a series, each with the name of that series; a kind left out has its own.
    pub groups: BTreeMap<String, String>,
}

/// The series of letters, which have no abbreviation.
const LETTERS: &str = "CV";

impl NumberingRule {
    /// Reads the shared series as an office writes them: `VB = BC, KH, TB; QĐ = QĐ, QyĐ`. Letters are `CV`.
    ///
    /// # Errors
    /// `group_form`, `unknown_type`, `type_twice`, each at its part.
    pub fn parse(origin: Origin, text: &str) -> Result<Self, Refusal> {
        let mut rule = Self { origin, ..Self::default() };
        let mut reasons = Vec::new();
        for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let Some((name, kinds)) = part.split_once('=').map(|(name, kinds)| (name.trim(), kinds)) else {
                reasons.push(Reason::new("group_form", format!("«{part}» phải viết theo mẫu: VB = BC, KH, TB.")));
                continue;
            };
            for kind in kinds.split(',').map(str::trim).filter(|kind| !kind.is_empty()) {
                if kind != LETTERS && DocumentType::of_abbreviation(kind).is_none() {
                    let message = format!("«{kind}» không có trong bảng chữ viết tắt; công văn viết là CV.");
                    reasons.push(Reason::new("unknown_type", message).at(name));
                } else if rule.groups.insert(kind.to_owned(), name.to_owned()).is_some() {
                    reasons.push(Reason::new("type_twice", format!("Loại {kind} đứng trong hai sổ.")).at(name));
                }
            }
        }
        Refusal::unless_empty(reasons)?;
        Ok(rule)
    }

    /// The shared series as [`Self::parse`] reads them.
    pub fn groups_text(&self) -> String {
        let mut series: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        self.groups.iter().for_each(|(kind, name)| series.entry(name).or_default().push(kind));
        let parts: Vec<String> = series.iter().map(|(name, kinds)| format!("{name} = {}", kinds.join(", "))).collect();
        parts.join("; ")
    }

    /// The series in which a paper of this kind is numbered; a letter has no kind. A normative text's series is its own.
    pub fn series(&self, document_type: Option<&DocumentType>, is_normative: bool) -> String {
        let kind = document_type.map_or(LETTERS, |known| known.abbreviation);
        if is_normative {
            return format!("{kind} QPPL");
        }
        self.groups.get(kind).cloned().unwrap_or_else(|| kind.to_owned())
    }
}

/// A line of a register, as far as its wholeness is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookLine {
    /// The number.
    pub number: u32,
    /// Whether it was cancelled; it stays all the same.
    pub is_cancelled: bool,
}

/// What is wrong with a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesFault {
    /// No line has this number, though a later one is taken.
    Gap(u32),
    /// More than one line has this number.
    Twice(u32),
}

/// Whether a register runs from 1 to its last number without gap or repetition.
pub fn series_faults(lines: &[BookLine]) -> Vec<SeriesFault> {
    let mut numbers: Vec<u32> = lines.iter().map(|line| line.number).collect();
    numbers.sort_unstable();
    let mut faults = Vec::new();
    let mut expected = 1;
    for number in numbers {
        if number < expected {
            faults.push(SeriesFault::Twice(number));
            continue;
        }
        faults.extend((expected..number).map(SeriesFault::Gap));
        expected = number + 1;
    }
    faults
}
