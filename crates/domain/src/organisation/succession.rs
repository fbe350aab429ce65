//! What became of a unit.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::UnitCode;
use crate::Reason;

/// How a unit passed on. A kind, never a percentage: pupils and population must not be split by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionKind {
    /// The whole unit went to this one.
    Whole,
    /// It was divided and this is the default heir.
    PartMain,
    /// It was divided and this is another heir.
    Part,
    /// It went whole into a new unit together with others.
    Merge,
    /// The same unit under a new key.
    Rename,
}

impl SuccessionKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Whole, Self::PartMain, Self::Part, Self::Merge, Self::Rename];

    /// The word used in files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::PartMain => "part_main",
            Self::Part => "part",
            Self::Merge => "merge",
            Self::Rename => "rename",
        }
    }

    /// The kind with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether the whole unit passed on.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::Merge | Self::Rename)
    }
}

/// A predecessor, a successor, and how and when the one passed into the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// Who ended or was divided.
    pub predecessor: UnitCode,
    /// Who took over.
    pub successor: UnitCode,
    /// How.
    pub kind: SuccessionKind,
    /// The share that a decision states, from 0 to 1; none where nothing is stated.
    pub share: Option<Decimal>,
    /// The first day on which the successor stands in the predecessor's place.
    pub on: Date,
}

/// A share as a decision states it and people type it: `0,6`, `0.6`, `60%`, `60 %`; none where nothing is typed.
///
/// # Errors
/// `bad_share` for what is no number over 0 and up to 1.
pub fn read_share(text: &str) -> Result<Option<Decimal>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (number, scale) = match text.strip_suffix('%') {
        Some(number) => (number.trim(), Decimal::ONE_HUNDRED),
        None => (text, Decimal::ONE),
    };
    let share = number.replace(',', ".").parse::<Decimal>().ok().map(|number| (number / scale).normalize());
    let share = share.filter(|share| *share > Decimal::ZERO && *share <= Decimal::ONE);
    let message = || format!("Tỉ lệ «{text}» không hợp lệ; ghi số lớn hơn 0 và không quá 1, ví dụ 0,6 hoặc 60%.");
    share.map(Some).ok_or_else(|| Reason::new("bad_share", message()))
}
