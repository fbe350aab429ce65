//! How a rule says no: every reason at once, in Vietnamese, with the place and the mend.

use serde::{Deserialize, Serialize};

/// One reason why something was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// A stable word that scripts and tests rely on (`wrong_unit`, `cycle`, …).
    pub code: String,
    /// What is wrong and how to mend it, in Vietnamese, for the person who sees it.
    pub message: String,
    /// Where: a row, a cell, a field; empty where the whole is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
}

impl Reason {
    /// A reason that concerns the whole.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), at: String::new() }
    }

    /// The same reason, at a place.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.at = place.into();
        self
    }
}

/// A refusal: never empty, every reason that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The reasons, in the order of the places they name.
    pub reasons: Vec<Reason>,
}

impl Refusal {
    /// A refusal for one reason.
    pub fn one(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { reasons: vec![Reason::new(code, message)] }
    }

    /// `Err` with all reasons, or `Ok` where there is none.
    pub fn unless_empty(reasons: Vec<Reason>) -> Result<(), Self> {
        if reasons.is_empty() { Ok(()) } else { Err(Self { reasons }) }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reasons: vec![reason] }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, reason) in self.reasons.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            if !reason.at.is_empty() {
                write!(f, "{}: ", reason.at)?;
            }
            f.write_str(&reason.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
