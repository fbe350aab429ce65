//! What the catalogue says of a code: its name, its measure, how it is printed, which way is better.

use std::collections::BTreeMap;

use super::TARGET;
use crate::figures::catalogue::{Catalogue, Direction, ValueKind};
use crate::reports::figure::FigureForm;
use crate::reports::summary::EmulationFacts;
use crate::vietnamese::{fold, format_number};

/// What the catalogue says of a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Naming {
    /// Name, in Vietnamese.
    pub label: String,
    /// What it counts in.
    pub measure: String,
    /// Decimals in print.
    pub decimals: u8,
    /// Which way is better.
    pub direction: Direction,
    /// Whether it is a number at all.
    pub is_number: bool,
}

impl Naming {
    /// Whether it is a percentage: its differences are told in points.
    pub fn is_percent(&self) -> bool {
        self.measure == "%"
    }

    /// Whether it is an amount (people, rooms, money), not a ratio: only then a relative change means something.
    pub fn is_amount(&self) -> bool {
        self.is_number && !self.measure.contains(['%', '/']) && self.measure != "điểm"
    }

    /// A value as a sentence prints it: `8.493`, `69,6%`, `2,3 điểm %`.
    pub fn printed(&self, value: f64) -> String {
        let suffix = match self.measure.as_str() {
            "%" => "%",
            "điểm %" => " điểm %",
            _ => "",
        };
        format!("{}{suffix}", format_number(value, self.decimals))
    }

    /// A difference without its sign: `120`, `2,3 điểm %`.
    pub(super) fn printed_difference(&self, difference: f64) -> String {
        let points = if self.is_percent() { " điểm %" } else { "" };
        format!("{}{points}", format_number(difference.abs(), self.decimals))
    }

    /// Why this form of words does not fit; `Ok` where it does.
    ///
    /// # Errors
    /// The reason and the mend, in Vietnamese.
    pub fn fits(&self, form: FigureForm) -> Result<(), String> {
        let (label, measure) = (&self.label, &self.measure);
        match form {
            _ if !self.is_number => Err(format!("«{label}» không phải là số nên không đưa vào câu được")),
            FigureForm::PointChange if !self.is_percent() => Err(format!(
                "«điểm %» chỉ dùng cho tỉ lệ phần trăm; «{label}» tính bằng {measure}, hãy dùng «tăng giảm»"
            )),
            FigureForm::RelativeChange if !self.is_amount() => {
                Err(format!("«tăng giảm %» chỉ dùng cho số lượng; «{label}» tính bằng {measure}, hãy dùng «tăng giảm»"))
            }
            _ => Ok(()),
        }
    }
}

/// The names of every item and indicator of a catalogue.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    names: BTreeMap<String, Naming>,
}

impl Vocabulary {
    /// The names that a catalogue gives.
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut names = BTreeMap::new();
        for element in &catalogue.elements {
            let (decimals, is_number) = match element.value {
                ValueKind::Decimal { decimals, .. } => (decimals, true),
                ValueKind::Count { .. } => (0, true),
                _ => (0, false),
            };
            let measure = &element.measure.0;
            let naming = |label: String| Naming {
                label,
                measure: measure.clone(),
                decimals,
                direction: Direction::Neutral,
                is_number,
            };
            for option in &element.options {
                let label = format!("{}: {}", element.label.vi, option.label.vi);
                names.insert(format!("{}.{}", element.code, option.code), naming(label));
            }
            names.insert(element.code.clone(), naming(element.label.vi.clone()));
        }
        for indicator in &catalogue.indicators {
            let naming = Naming {
                label: indicator.label.vi.clone(),
                measure: indicator.measure.0.clone(),
                decimals: indicator.decimals,
                direction: indicator.direction,
                is_number: true,
            };
            names.insert(indicator.code.clone(), naming);
        }
        Self { names }
    }

    /// The same and the names of a report's own figures of emulation and honours.
    #[must_use]
    pub fn with(mut self, emulation: &EmulationFacts) -> Self {
        self.names.extend(emulation.figures.iter().map(|figure| (figure.code.clone(), figure.naming())));
        self
    }

    /// What is known of a code; a target is named as the figure that it is set for.
    pub fn get(&self, code: &str) -> Option<&Naming> {
        self.names.get(code.strip_prefix(TARGET).unwrap_or(code))
    }

    /// The same; a code that the catalogue does not know is its own label.
    pub fn naming(&self, code: &str) -> Naming {
        self.get(code).cloned().unwrap_or_else(|| Naming {
            label: code.to_owned(),
            measure: String::new(),
            decimals: 0,
            direction: Direction::Neutral,
            is_number: true,
        })
    }

    /// Every code with its naming, in the order of codes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Naming)> {
        self.names.iter().map(|(code, naming)| (code.as_str(), naming))
    }

    /// The numbers whose name or code holds every word that is looked for, with or without marks: the shortest names
    /// first, then by code.
    pub fn find(&self, words: &str) -> Vec<(&str, &Naming)> {
        let folded = fold(words);
        let words: Vec<&str> = folded.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let holds = |(code, naming): &(&str, &Naming)| {
            let text = format!("{} {code}", fold(&naming.label));
            naming.is_number && words.iter().all(|word| text.contains(word))
        };
        let mut found: Vec<(&str, &Naming)> = self.iter().filter(holds).collect();
        found.sort_by_key(|(code, naming)| (naming.label.chars().count(), code.to_owned()));
        found
    }

    /// The known code that a mistyped one most likely means: at most a third of its letters differ.
    pub fn nearest(&self, code: &str) -> Option<&str> {
        let allowed = (code.chars().count() / 3).clamp(1, 6);
        let near = self.names.keys().filter_map(|known| {
            let distance = distance(code, known, allowed)?;
            Some((distance, known.as_str()))
        });
        near.min().map(|(_, known)| known)
    }
}

/// How many letters must be put in, left out or exchanged; `None` where it is more than `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let exchanged = corner + usize::from(left != right);
            corner = row[j + 1];
            row[j + 1] = exchanged.min(corner + 1).min(row[j] + 1);
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}
