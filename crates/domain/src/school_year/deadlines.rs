//! When a form is due from a unit: the period's day, the form's own, and extensions with their reasons.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ReportingPeriod;
use crate::organisation::UnitCode;
use crate::vietnamese::short_date;
use crate::{Reason, Refusal};

/// A form's own due date inside a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDeadline {
    /// The form.
    pub form: String,
    /// When it is due, instead of the period's day.
    pub due_on: Date,
}

/// More time, for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// For one form; for all where none.
    pub form: Option<String>,
    /// For one unit; for all where none.
    pub unit: Option<UnitCode>,
    /// The new last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub by: String,
    /// On which day.
    pub on: Date,
}

impl Extension {
    /// Whether it holds for this form of this unit; without a form (or unit) whether it holds for all of them.
    fn concerns(&self, form: Option<&str>, unit: Option<&UnitCode>) -> bool {
        (self.form.is_none() || self.form.as_deref() == form) && (self.unit.is_none() || self.unit.as_ref() == unit)
    }
}

/// All due dates of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadlines {
    /// The day that the figures describe: nothing is due before it.
    pub as_of: Date,
    /// The period's day.
    pub due_on: Date,
    /// Forms with another day.
    pub forms: Vec<FormDeadline>,
    /// Extensions, in the order in which they were given.
    pub extensions: Vec<Extension>,
}

impl Deadlines {
    /// Every form is due on the period's day.
    pub fn of(period: &ReportingPeriod) -> Self {
        Self { as_of: period.as_of, due_on: period.due_on, forms: Vec::new(), extensions: Vec::new() }
    }

    /// The day of a form before any extension.
    pub fn set_for(&self, form: &str) -> Date {
        self.forms.iter().find(|own| own.form == form).map_or(self.due_on, |own| own.due_on)
    }

    /// The last day on which the unit's form is in time.
    pub fn due_on(&self, form: &str, unit: &UnitCode) -> Date {
        self.extended_from(self.set_for(form), Some(form), Some(unit))
    }

    /// The last day for a unit's forms that have no day of their own; for everyone's where no unit is named.
    pub fn due_for(&self, unit: Option<&UnitCode>) -> Date {
        self.extended_from(self.due_on, None, unit)
    }

    /// The latest of a day and of the extensions that concern a form and a unit (or all of them, where none is named).
    fn extended_from(&self, day: Date, form: Option<&str>, unit: Option<&UnitCode>) -> Date {
        let given = self.extensions.iter().filter(|extension| extension.concerns(form, unit));
        given.map(|extension| extension.until).fold(day, Date::max)
    }

    /// Whether a form sent on that day (or not yet sent by it) is late.
    pub fn is_late(&self, form: &str, unit: &UnitCode, day: Date) -> bool {
        day > self.due_on(form, unit)
    }

    /// Gives a form its own day; a second day replaces the first.
    ///
    /// # Errors
    /// `due_before_as_of`.
    pub fn with_form(mut self, form: &str, due_on: Date) -> Result<Self, Refusal> {
        if due_on < self.as_of {
            let (due_on, as_of) = (short_date(due_on), short_date(self.as_of));
            let message = format!("Hạn nộp {due_on} của biểu {form} trước thời điểm số liệu {as_of}.");
            return Err(Reason::new("due_before_as_of", message).at("due_on").into());
        }
        self.forms.retain(|own| own.form != form);
        self.forms.push(FormDeadline { form: form.to_owned(), due_on });
        self.forms.sort_by(|left, right| left.form.cmp(&right.form));
        Ok(self)
    }

    /// Gives more time. An extension never shortens what holds already.
    ///
    /// # Errors
    /// `no_reason`, `no_actor`, `not_later`.
    pub fn extended(mut self, extension: Extension) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if extension.reason.trim().is_empty() {
            reasons.push(Reason::new("no_reason", "Gia hạn phải ghi lý do.").at("reason"));
        }
        if extension.by.trim().is_empty() {
            reasons.push(Reason::new("no_actor", "Gia hạn phải ghi người quyết định.").at("by"));
        }
        let holds = self.holding_for(&extension);
        if extension.until <= holds {
            let (until, holds) = (short_date(extension.until), short_date(holds));
            let message = format!("Hạn mới {until} không muộn hơn hạn đang có {holds}.");
            reasons.push(Reason::new("not_later", message).at("until"));
        }
        Refusal::unless_empty(reasons)?;
        self.extensions.push(extension);
        Ok(self)
    }

    /// What already holds for all that the extension concerns.
    fn holding_for(&self, extension: &Extension) -> Date {
        let set = match &extension.form {
            Some(form) => self.set_for(form),
            None => self.forms.iter().map(|own| own.due_on).fold(self.due_on, Date::min),
        };
        self.extended_from(set, extension.form.as_deref(), extension.unit.as_ref())
    }
}
