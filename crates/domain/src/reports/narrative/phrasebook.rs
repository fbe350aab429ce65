//! The wording of findings as data: thresholds, sentence patterns, subjects, and which findings suit which place.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::finding::{Finding, FindingKind, Tone};
use crate::figures::catalogue::{Catalogue, Direction};
use crate::reports::reference::Naming;
use crate::{Confidence, Level};

/// A fault of a phrasebook, told to the person who changes it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PhrasebookFault(pub String);

/// From which difference on a fact is worth a sentence.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Of percentages, in points.
    pub points: f64,
    /// Of amounts and ratios, in per cent of last year.
    pub relative: f64,
    /// Of places among the sibling units.
    pub places: f64,
    /// A share of fewer cases than this is told with a caution.
    pub few_cases: f64,
    /// Where fewer of the expected units have given their figures, in per cent, nothing is said.
    pub coverage: f64,
    /// Where the thresholds come from.
    pub source: String,
    /// How sure they are.
    pub confidence: Confidence,
}

/// What a figure counts in, as far as wording goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Measured {
    /// `%`.
    Percent,
    /// People, rooms, money.
    Amount,
    /// Everything else.
    Ratio,
}

impl Measured {
    fn of(naming: &Naming) -> Self {
        if naming.is_percent() {
            Self::Percent
        } else if naming.is_amount() {
            Self::Amount
        } else {
            Self::Ratio
        }
    }
}

/// Sentences for findings of one kind; empty lists mean every measure, either direction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    kind: FindingKind,
    #[serde(default)]
    measure: Vec<Measured>,
    #[serde(default)]
    direction: Vec<Direction>,
    sentences: Vec<String>,
}

/// Clauses that are put before a sentence's full stop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CautionWords {
    pub(super) few: String,
    pub(super) few_of_a_sum: String,
    pub(super) partial: String,
}

/// Which findings suit a place of the report; empty lists mean all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferedPlace {
    code: String,
    level: Option<Level>,
    #[serde(default)]
    tones: Vec<Tone>,
    #[serde(default)]
    groups: Vec<String>,
    /// At most so many are offered at once.
    #[serde(default = "eight")]
    pub(super) most: usize,
}

fn eight() -> usize {
    8
}

impl OfferedPlace {
    pub(super) fn suits(&self, finding: &Finding) -> bool {
        self.level.is_none_or(|level| finding.level == Some(level))
            && (self.tones.is_empty() || self.tones.contains(&finding.kind.tone()))
            && (self.groups.is_empty() || self.groups.contains(&finding.group))
    }
}

/// What may stand in braces.
pub(super) const BRACES: [&str; 12] = [
    "subject",
    "subject:lower",
    "measure",
    "value",
    "last",
    "change",
    "relative",
    "target",
    "result",
    "gap",
    "rank",
    "rank_change",
];

/// The wording of findings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrasebook {
    /// Thresholds.
    pub threshold: Thresholds,
    pub(super) caution: CautionWords,
    #[serde(rename = "pattern")]
    patterns: Vec<Pattern>,
    #[serde(rename = "place")]
    places: Vec<OfferedPlace>,
    #[serde(default, rename = "subject")]
    subjects: BTreeMap<String, String>,
}

impl Phrasebook {
    /// Reads a phrasebook from TOML.
    ///
    /// # Errors
    /// Where the text is none, with the line; a sentence has an unknown brace, a number of its own or no full stop; a
    /// threshold is not above zero.
    pub fn parse(text: &str) -> Result<Self, PhrasebookFault> {
        let book: Self = toml::from_str(text).map_err(|error| PhrasebookFault(error.to_string()))?;
        let Thresholds { points, relative, places, .. } = book.threshold;
        if [points, relative, places].iter().any(|least| !(least.is_finite() && *least > 0.0)) {
            return Err(PhrasebookFault("ngưỡng points, relative, places phải lớn hơn 0".to_owned()));
        }
        for sentence in book.patterns.iter().flat_map(|pattern| &pattern.sentences) {
            check(sentence).map_err(|fault| PhrasebookFault(format!("{fault}: «{sentence}»")))?;
        }
        Ok(book)
    }

    /// The sentences that suit a finding, in the order of the file.
    pub(super) fn sentences(&self, kind: FindingKind, naming: &Naming) -> Vec<&str> {
        let measured = Measured::of(naming);
        let suits = |pattern: &&Pattern| {
            pattern.kind == kind
                && (pattern.measure.is_empty() || pattern.measure.contains(&measured))
                && (pattern.direction.is_empty() || pattern.direction.contains(&naming.direction))
        };
        self.patterns.iter().filter(suits).flat_map(|pattern| &pattern.sentences).map(String::as_str).collect()
    }

    /// The place of the report with this code; none where nothing is offered.
    pub(super) fn place(&self, code: &str) -> Option<&OfferedPlace> {
        self.places.iter().find(|place| place.code == code)
    }

    /// The name of an indicator as a sentence's subject.
    pub(super) fn subject<'a>(&'a self, code: &str, naming: &'a Naming) -> &'a str {
        self.subjects.get(code).map_or(&naming.label, String::as_str)
    }

    /// Codes that subjects name and the catalogue does not know.
    pub fn unknown_codes(&self, catalogue: &Catalogue) -> Vec<&str> {
        let unknown = |code: &&str| catalogue.indicator(code).is_none();
        self.subjects.keys().map(String::as_str).filter(unknown).collect()
    }

    /// The codes of the places for which something is offered.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| place.code.as_str())
    }
}

/// A sentence states no number of its own, knows its braces, and ends.
fn check(sentence: &str) -> Result<(), String> {
    if !sentence.ends_with('.') {
        return Err("câu phải kết thúc bằng dấu chấm".to_owned());
    }
    let mut words = String::new();
    for (at, part) in sentence.split('{').enumerate() {
        if at == 0 {
            words.push_str(part);
            continue;
        }
        let (name, rest) = part.split_once('}').ok_or("câu có dấu ngoặc không khép")?;
        if !BRACES.contains(&name) {
            return Err(format!("không có «{{{name}}}»"));
        }
        words.push_str(rest);
    }
    if words.contains(|c: char| c.is_ascii_digit()) {
        return Err("câu có số gõ tay; số phải là tham chiếu".to_owned());
    }
    Ok(())
}
