//! The facts that a kind of paper asks for.

use serde::{Deserialize, Serialize};

use crate::Label;

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// One line of words.
    Text,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A number.
    Number,
    /// Lines of words, one thing each.
    Lines,
    /// Rows, one per line, cells parted by bars.
    Table,
}

/// A column of a table field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldColumn {
    /// By which the template names it.
    pub name: String,
    /// What people see.
    pub label: Label,
}

/// A field of a wording template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// By which the template names it.
    pub name: String,
    /// What people see.
    pub label: Label,
    /// What may be typed.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it must be filled.
    #[serde(default)]
    pub required: bool,
    /// What stands in it in a new paper: the usual wording, for the officer to keep or change.
    #[serde(default)]
    pub initial: String,
    /// Invented content, for the preview of a template.
    #[serde(default)]
    pub sample: String,
    /// Columns of a table.
    #[serde(default)]
    pub columns: Vec<FieldColumn>,
}

impl Field {
    /// What the preview of a template shows.
    pub fn shown_sample(&self) -> &str {
        if self.sample.is_empty() { &self.initial } else { &self.sample }
    }
}
