//! Labels in both languages, and where a fact comes from.

use serde::{Deserialize, Serialize};

/// How sure a fact is; the screen shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read in the cited document.
    Confirmed,
    /// Told by a news item or another system: shown with its source, never a blocking check.
    SecondHand,
    /// Working knowledge: "mặc định, cần đơn vị xác nhận".
    Default,
}

/// A name in Vietnamese (first) and English.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Label {
    /// The label in a language; anything but `en` is Vietnamese.
    pub fn in_language(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.vi }
    }
}

/// Where a fact comes from and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Document and article, or the form and its line.
    pub text: String,
    /// How sure.
    pub confidence: Confidence,
}
