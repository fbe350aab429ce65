//! The run sheet of awards.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::conference::Id;

/// Who receives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipient {
    /// The collective or the person.
    pub name: String,
    /// Code of the unit.
    pub unit_code: String,
    /// Who comes to the stage for a collective.
    pub represented_by: String,
}

/// An award to be handed over: one line of the run sheet, for one or many recipients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Award {
    /// The group in which it is called (`Cờ thi đua`).
    pub group: String,
    /// The place in the run sheet.
    pub order: u32,
    /// The form of commendation (`Bằng khen`); empty for a title.
    pub award_form: String,
    /// The emulation title (`Tập thể Lao động xuất sắc`); empty for a form.
    pub award_title: String,
    /// Who granted it, in words.
    pub granted_by: String,
    /// The granting body's unit, where it is one of ours.
    pub granted_by_unit_code: String,
    /// The decision's number.
    pub decision_number: String,
    /// The decision's day.
    pub decided_on: Option<Date>,
    /// Who receives; may be empty where nobody is named.
    pub recipients: Vec<Recipient>,
    /// Who is to hand it over.
    pub presenter: Option<Id>,
    /// Who is to hand it over, in words.
    pub presenter_words: String,
}

impl Award {
    /// Of whom it is (` của …`); nothing where its name says it already, or nobody is named.
    pub fn granted_words(&self) -> String {
        let is_said = self.granted_by.is_empty() || self.shown_name().contains(&self.granted_by);
        if is_said { String::new() } else { format!(" của {}", self.granted_by) }
    }

    /// Title or form, whichever it is.
    pub fn shown_name(&self) -> &str {
        if self.award_title.is_empty() { &self.award_form } else { &self.award_title }
    }
}
