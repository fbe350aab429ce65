//! Reminders: one mail for each person who answers for a late school's figures, in that person's language, with the way
//! to each form that is owed; put into the queue.

use std::collections::BTreeSet;

use domain::{organisation::UnitCode, vietnamese::short_date};
use fluent_bundle::FluentArgs;

use super::queries::{
    self,
    board::{FormCell, SchoolRow},
};
use crate::{
    audit,
    office::Office,
    platform::{
        Context, Language, Result,
        mail::{self, Letter},
        web::wording,
    },
    school_year::calendar::{self, PeriodSheet},
};

/// Queues a reminder to the people of these units who may enter figures, for what the unit has not sent yet; gives how
/// many letters that were. `origin` is the address of the office, without a slash at its end.
pub async fn remind(office: &Office, context: &Context, period: &str, units: &[String], origin: &str) -> Result<usize> {
    let sheet = calendar::period(office, period).await?;
    let wanted: BTreeSet<&str> = units.iter().map(String::as_str).collect();
    let board = queries::board::board(office, &sheet, context.today(), |unit| wanted.contains(unit)).await?;
    let mut letters = Vec::new();
    for row in board.rows.iter().filter(|row| row.sent < row.forms.len()) {
        for (recipient, language) in queries::recipients(office, &row.code, &context.today().to_string()).await? {
            letters.push(letter(office, &sheet, row, recipient, language, origin));
        }
    }
    let mut transaction = office.db().begin().await?;
    mail::queue(&mut transaction, context, &letters).await?;
    let detail = format!("{} thư đến {} đơn vị", letters.len(), units.len());
    audit::write(&mut transaction, context, "submissions.remind", &sheet.period.code, &detail).await?;
    transaction.commit().await?;
    Ok(letters.len())
}

fn letter(
    office: &Office,
    sheet: &PeriodSheet,
    row: &SchoolRow,
    recipient: String,
    language: Language,
    origin: &str,
) -> Letter {
    let unit = UnitCode::from(row.code.as_str());
    let said = |key: &str, words: &[(&str, &str)]| {
        let mut arguments = FluentArgs::new();
        words.iter().for_each(|(name, text)| arguments.set((*name).to_owned(), (*text).to_owned()));
        wording::message(language, key, Some(&arguments)).unwrap_or_else(|| key.to_owned())
    };
    let label = sheet.period.label.in_language(language.as_str());
    let owed = row.forms.iter().filter(|form| !matches!(form.state, "submitted" | "approved" | "locked"));
    let line = |form: &FormCell| {
        let title = office.catalogue().form(&form.form).map_or("", |known| known.title.in_language(language.as_str()));
        let due = short_date(sheet.deadlines.due_on(&form.form, &unit));
        let url = format!("{origin}/bieu/{}/{}/{}", sheet.period.code, form.form, row.code);
        let key = if form.state == "returned" { "letter-remind-returned" } else { "letter-remind-form" };
        said(key, &[("form", &form.form), ("title", title), ("due", &due), ("url", &url)])
    };
    let forms: Vec<String> = owed.map(line).collect();
    let school = format!("{origin}/truong/{}", row.code);
    let body = [
        said("letter-remind-greeting", &[("school", &row.name)]),
        said("letter-remind-owed", &[("period", label)]),
        forms.join("\n"),
        said("letter-remind-how", &[("url", &school)]),
    ];
    Letter { recipient, subject: said("letter-remind-subject", &[("period", label)]), body: body.join("\n\n") + "\n" }
}
