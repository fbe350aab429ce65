//! A wording template as data.

use serde::{Deserialize, Serialize};

use super::field::{Field, FieldType};
use crate::reports::kind::DocumentKind;
use crate::{Label, Source};

/// Most characters of a template's body.
pub const BODY_LENGTH_MAX: usize = 60_000;

/// A fault of a wording file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WordingFault(pub String);

/// How a kind of paper is worded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Our name of the kind: `conference_plan`.
    pub identifier: String,
    /// Its name in addresses and on the command line: `ke-hoach`.
    pub slug: String,
    /// Its place in lists.
    pub order: u16,
    /// The decree's kind; none for words on a preprinted sheet.
    #[serde(default)]
    pub document: Option<DocumentKind>,
    /// What people see.
    pub label: Label,
    /// Where the order of parts and the words come from.
    pub source: Source,
    /// The table field of whose rows each gets a paper of its own; the template names the row `guest`.
    #[serde(default)]
    pub merge: Option<String>,
    /// Whether it is read aloud in a hall: its page then tells how long that takes.
    #[serde(default)]
    pub read_aloud: bool,
    /// The facts asked for, in the order of the form.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    /// The template: minijinja that writes [`crate::reports::markup`].
    pub body: String,
}

impl Wording {
    /// Reads a wording file.
    ///
    /// # Errors
    /// Where the text is no wording, with the line; or it does not hold together.
    pub fn parse(text: &str) -> Result<Self, WordingFault> {
        let wording: Self = toml::from_str(text).map_err(|fault| WordingFault(fault.to_string()))?;
        match wording.faults().into_iter().next() {
            None => Ok(wording),
            Some(fault) => Err(WordingFault(format!("{}: {fault}", wording.slug))),
        }
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (at, field) in self.fields.iter().enumerate() {
            if self.fields[..at].iter().any(|other| other.name == field.name) {
                faults.push(format!("field {} stands twice", field.name));
            }
            if (field.kind == FieldType::Table) == field.columns.is_empty() {
                faults.push(format!("field {}: a table has columns and nothing else has", field.name));
            }
            if field.required && field.shown_sample().is_empty() {
                faults.push(format!("field {}: a required field has a sample", field.name));
            }
        }
        if let Some(merge) = &self.merge
            && self.field(merge).is_none_or(|field| field.kind != FieldType::Table)
        {
            faults.push(format!("merge: {merge} is no table field"));
        }
        faults
    }
}
