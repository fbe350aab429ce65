//! What is filled in on the page of the periods: one deed at a time, kept as typed while it is refused.

use domain::{
    Label, Reason, Refusal,
    school_year::{ReportingPeriod, SchoolYear},
    vietnamese::parse_date,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    identity::Visitor,
    office::Office,
    platform::{Error, Result},
    school_year::{
        cycle, operations,
        queries::{self, Scope},
    },
    submissions,
};

/// One deed on the periods of a year.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PeriodForm {
    /// `close`, `reopen`, `extend`, `deadline` or `add`.
    verb: String,
    /// The period; empty for one to be added.
    period: String,
    /// Why.
    reason: String,
    /// More time: the new last day.
    until: String,
    /// Which form; empty for all.
    form: String,
    /// Which school, by code; empty for all.
    unit: String,
    /// The last part of a new period's code.
    slug: String,
    /// A new period's name.
    label: String,
    /// The day that its figures describe.
    as_of: String,
    /// The day by which figures are due.
    due_on: String,
    /// The forms that a new period gathers.
    forms: Vec<String>,
}

impl PeriodForm {
    /// Does what the form asks for.
    ///
    /// # Errors
    /// Every reason of the verb; a day that cannot be read.
    pub(super) async fn carry_out(&self, office: &Office, visitor: &Visitor, year: SchoolYear) -> Result<()> {
        let (context, period) = (visitor.context(), self.period.as_str());
        match self.verb.as_str() {
            "close" => {
                let pending = pending_count(office, visitor, year, period).await?;
                submissions::operations::close_period(office, &context, period, pending, &self.reason).await?;
            }
            "reopen" => {
                submissions::operations::reopen_period(office, &context, period, &self.reason).await?;
            }
            "extend" => {
                let until = day(&self.until, "until")?;
                let concerned = [&self.form, &self.unit].map(|code| Some(code.trim()).filter(|code| !code.is_empty()));
                operations::extend(office, &context, period, concerned, until, &self.reason).await?;
            }
            "deadline" => {
                let due_on = day(&self.due_on, "due_on")?;
                operations::set_form_deadline(office, &context, period, &self.form, due_on).await?;
            }
            "add" => operations::add_period(office, &context, &self.new_period(year)?).await?,
            _ => return Err(Error::refused("unknown_verb", "Xin chọn một việc trên trang này.")),
        }
        Ok(())
    }

    /// Every fault of a new period at once, days that cannot be read among them.
    fn new_period(&self, year: SchoolYear) -> Result<ReportingPeriod, Refusal> {
        let mut unread = Vec::new();
        let mut read =
            |text: &str, field: &'static str| day(text, field).map_err(|refusal| unread.extend(refusal.reasons)).ok();
        let (as_of, due_on) = (read(&self.as_of, "as_of"), read(&self.due_on, "due_on"));
        // A day that cannot be read is told as such; the other stands for it while the rest is examined.
        let usual = ReportingPeriod::end_of_year(year).as_of;
        let as_of_or = as_of.or(due_on).unwrap_or(usual);
        let days = [as_of_or, due_on.unwrap_or(as_of_or)];
        let name = self.label.trim().to_owned();
        let label = Label { vi: name.clone(), en: name };
        match ReportingPeriod::custom(year, self.slug.trim(), label, days, self.forms.clone()) {
            Ok(period) => Refusal::unless_empty(unread).map(|()| period),
            Err(mut refusal) => {
                let is_read = |reason: &Reason| unread.iter().all(|fault| fault.at != reason.at);
                refusal.reasons.retain(is_read);
                refusal.reasons.extend(unread);
                Err(refusal)
            }
        }
    }

    /// The reason with its place on the page, where every period has the same fields.
    pub(super) fn at_field(&self, reason: &Reason) -> Reason {
        let at = if reason.at.is_empty() { "verb" } else { reason.at.as_str() };
        Reason { at: format!("{}-{}-{at}", self.verb, self.period), ..reason.clone() }
    }
}

fn day(text: &str, field: &str) -> Result<Date, Refusal> {
    let missing = || Reason::new("bad_date", "Hãy ghi ngày có trong lịch, ví dụ 15/01/2026.").at(field);
    parse_date(text).ok_or_else(|| missing().into())
}

/// Forms of the period that are still to come, of every school here: closing locks it for all of them.
async fn pending_count(office: &Office, visitor: &Visitor, year: SchoolYear, code: &str) -> Result<usize> {
    let periods = queries::periods(office, &year.to_string()).await?;
    let period = periods.into_iter().find(|period| period.code == code);
    let period = period.ok_or_else(|| Error::NotFound(format!("kỳ báo cáo {code}")))?;
    let progress = cycle::progress_of(office, Scope::Everything, period, visitor.today()).await?;
    Ok(usize::try_from(progress.pending_count()).unwrap_or(0))
}
