//! Statistics of awards: by title, by kind of unit, by gender.

use std::collections::BTreeMap;

use serde::Serialize;

use super::pack::Gender;

/// An award that was given, as statistics count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given<'a> {
    /// Which.
    pub award: &'a str,
    /// The kind of the recipient's unit.
    pub unit_kind: &'a str,
    /// Whether the recipient is a person.
    pub is_person: bool,
    /// The person's gender; none for a collective, or where not known.
    pub gender: Option<Gender>,
}

/// One line: an award and how it is spread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Which.
    pub award: String,
    /// All of them.
    pub total: u32,
    /// To persons.
    pub persons: u32,
    /// To collectives.
    pub collectives: u32,
    /// To women.
    pub women: u32,
    /// To men.
    pub men: u32,
    /// To persons whose gender is not known.
    pub gender_unknown: u32,
    /// By the kind of the recipient's unit.
    pub by_unit_kind: BTreeMap<String, u32>,
}

/// Counts awards, in the order of `awards` (the pack's), those that it does not name after them by code.
pub fn count<'a>(awards: &[&str], given: impl IntoIterator<Item = Given<'a>>) -> Vec<Line> {
    let mut lines: BTreeMap<(usize, &'a str), Line> = BTreeMap::new();
    for one in given {
        let place = awards.iter().position(|award| *award == one.award).unwrap_or(usize::MAX);
        let line =
            lines.entry((place, one.award)).or_insert_with(|| Line { award: one.award.to_owned(), ..Line::default() });
        line.total += 1;
        *line.by_unit_kind.entry(one.unit_kind.to_owned()).or_default() += 1;
        match (one.is_person, one.gender) {
            (false, _) => line.collectives += 1,
            (true, gender) => {
                line.persons += 1;
                match gender {
                    Some(Gender::Female) => line.women += 1,
                    Some(Gender::Male) => line.men += 1,
                    None => line.gender_unknown += 1,
                }
            }
        }
    }
    lines.into_values().collect()
}
