//! The record field by field, under the names of the glossary: what is known of a conference, each fact in its own place, and
//! nothing where nothing is known. The archive tells all entries, the page the first of each register.

use domain::{
    Level,
    conference::{Conference, EntryKind, Id, ItemKind, ParticipationRole},
    organisation::UnitKind,
    vietnamese::short_date,
};
use serde::Serialize;
use serde_json::Value;

use crate::platform::{Error, Language, Result, web::wording};

/// A fact in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The place: part or register, number, field (`participation/1/posts/0/title`).
    pub at: String,
    /// What the field is called.
    pub label: String,
    /// What it holds, for people.
    pub value: String,
}

/// The facts of a part or of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactGroup {
    /// What it is.
    pub name: String,
    /// Its facts, in the order of its fields.
    pub facts: Vec<Fact>,
    /// So many entries of its register come after it and are not told.
    pub more: usize,
}

/// Everything that the record holds, of each register so many entries at most. Telephone and mail are no facts of the
/// conference.
///
/// # Errors
/// Where a part cannot be written down.
pub fn facts(state: &Conference, language: Language, entry_count_max: usize) -> Result<Vec<FactGroup>> {
    let teller = Teller { state, language };
    let mut groups = Vec::new();
    for (part, value) in [
        ("head", serde_json::to_value(&state.head)),
        ("report", serde_json::to_value(&state.report)),
        ("closing", serde_json::to_value(&state.closing)),
    ] {
        let name = teller.word("part", part);
        groups.push(FactGroup { name, facts: teller.told(part, &value.map_err(Error::inside)?), more: 0 });
    }
    for register in EntryKind::ALL {
        let ids = (1..state.records.next_id(*register)).filter(|id| state.records.has(*register, *id));
        let ids: Vec<Id> = ids.collect();
        for (left, id) in (0..ids.len()).rev().zip(&ids).take(entry_count_max) {
            let Some(entry) = state.records.entry(*register, *id) else { continue };
            let entry = entry.without_personal_data().unwrap_or(entry);
            let value = serde_json::to_value(entry).map_err(Error::inside)?;
            let name = format!("{} {id}", register.name());
            let is_last = ids.len() - left == entry_count_max;
            let facts = teller.told(&format!("{}/{id}", register.as_str()), &value);
            groups.push(FactGroup { name, facts, more: if is_last { left } else { 0 } });
        }
    }
    groups.retain(|group| !group.facts.is_empty());
    Ok(groups)
}

struct Teller<'a> {
    state: &'a Conference,
    language: Language,
}

impl Teller<'_> {
    fn told(&self, place: &str, value: &Value) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.collect(place, "", value, &mut facts);
        facts
    }

    fn collect(&self, at: &str, field: &str, value: &Value, facts: &mut Vec<Fact>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields.iter().filter(|(name, _)| *name != "entry") {
                    self.collect(&format!("{at}/{name}"), name, value, facts);
                }
            }
            Value::Array(all) => {
                for (place, value) in all.iter().enumerate() {
                    self.collect(&format!("{at}/{place}"), field, value, facts);
                }
            }
            value => {
                let value = self.shown(at, field, value);
                if !value.is_empty() {
                    facts.push(Fact { at: at.to_owned(), label: self.word("field", field), value });
                }
            }
        }
    }

    /// A value for people; nothing for what is empty.
    fn shown(&self, at: &str, field: &str, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.word("value", "yes"),
            Value::Number(number) => self.named(field, number.as_u64()).unwrap_or_else(|| number.to_string()),
            Value::String(text) if text.is_empty() => String::new(),
            Value::String(text) => self.in_words(at, field, text),
            _ => String::new(),
        }
    }

    /// Of a number that names a line of the list, the line.
    fn named(&self, field: &str, number: Option<u64>) -> Option<String> {
        let is_line = matches!(field, "presenter" | "speaker" | "person" | "substitute_for");
        let id = Id::try_from(number.filter(|_| is_line)?).ok()?;
        self.state.records.participations.get(id).map(|line| line.shown_name().to_owned())
    }

    fn in_words(&self, at: &str, field: &str, text: &str) -> String {
        let ours = |label: (&'static str, &'static str)| match self.language {
            Language::Vietnamese => label.0.to_owned(),
            Language::English => label.1.to_owned(),
        };
        let known = match field {
            "level" | "addressee_level" | "sectors" => Level::parse(text).map(|level| ours(level.label())),
            "unit_kind" => UnitKind::parse(text).map(|kind| ours(kind.label())),
            "kind" if at.starts_with("agenda_item") => ItemKind::parse(text).map(|kind| ours(kind.label())),
            "role" => ParticipationRole::parse(text).map(|role| role.name().to_owned()),
            "held_on" | "issued_on" | "due_on" | "decided_on" => text.parse().ok().map(short_date),
            "kind" | "day_part" | "overall_result" | "side" | "body" | "issuer_kind" | "clearance" | "used"
            | "outcome" | "section" => Some(self.word("value", text)),
            _ => None,
        };
        known.unwrap_or_else(|| text.to_owned())
    }

    /// The word for a field or a value; the glossary's own where the language has none.
    fn word(&self, of: &str, name: &str) -> String {
        let known = wording::message(self.language, &format!("fact-{of}-{name}"), None);
        known.unwrap_or_else(|| name.replace('_', " "))
    }
}
