//! `/van-ban/moi` and `/van-ban/{document}/sua`: a document typed or changed, shown again with its faults.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Reason, Refusal, vietnamese::parse_date};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{keeper_unit, kinds, row};
use crate::{
    guidance::{Draft, operations, queries},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Typed {
    #[serde(default)]
    direction: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    document_type: String,
    #[serde(default)]
    type_words: String,
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    issued_on: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    signer: String,
    #[serde(default)]
    valid_from: String,
    #[serde(default)]
    valid_to: String,
    #[serde(default)]
    note: String,
}

impl Typed {
    fn draft(&self) -> Result<Draft, Refusal> {
        let mut reasons = Vec::new();
        let draft = Draft {
            direction: self.direction.clone(),
            number: self.number.clone(),
            document_type: self.document_type.clone(),
            type_words: self.type_words.clone(),
            issuer: self.issuer.clone(),
            issued_on: day("issued_on", &self.issued_on, &mut reasons),
            subject: self.subject.clone(),
            signer: self.signer.clone(),
            valid_from: day("valid_from", &self.valid_from, &mut reasons),
            valid_to: day("valid_to", &self.valid_to, &mut reasons),
            note: self.note.clone(),
            keeps_number_as_typed: false,
        };
        Refusal::unless_empty(reasons)?;
        Ok(draft)
    }

    fn of(row: &queries::Row) -> Self {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let validity = row.validity();
        Self {
            direction: row.direction.clone(),
            number: if row.number.is_empty() { row.number_raw.clone() } else { row.number.clone() },
            document_type: row.document_type.clone(),
            type_words: row.type_words.clone(),
            issuer: row.issuer.clone(),
            issued_on: row.issued_on.clone(),
            subject: row.subject.clone(),
            signer: row.signer.clone(),
            valid_from: day(validity.from),
            valid_to: day(validity.to),
            note: row.note.clone(),
        }
    }
}

/// A day as a browser sends it or as people type it.
pub(super) fn day(field: &str, text: &str, reasons: &mut Vec<Reason>) -> Option<Date> {
    if text.trim().is_empty() {
        return None;
    }
    let day = parse_date(text);
    if day.is_none() {
        reasons.push(Reason::new("no_day", format!("«{text}» không phải là ngày; hãy ghi dạng 26/7/2017.")).at(field));
    }
    day
}

fn draw(visitor: Visitor, typed: &Typed, slug: &str, name: &str, reasons: &[Reason]) -> Page {
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let label = wording::text(visitor.language(), "guidance");
    let values = context! {
        typed => Serde(typed), kinds => Serde(&kinds()), slug, name, reasons => Serde(reasons),
    };
    let page = Page::new("guidance/edit.html", visitor, values).status(status).crumb(label, "/van-ban");
    if slug.is_empty() { page } else { page.crumb(name, format!("/van-ban/{slug}")) }
}

/// The form again where a rule said no, else what was asked for.
fn again(done: Result<String>, (visitor, typed): (Visitor, &Typed), (slug, name): (&str, &str)) -> Result<Response> {
    match done {
        Ok(slug) => Ok(Redirect::to(&format!("/van-ban/{slug}")).into_response()),
        Err(Error::Refused(refusal)) => Ok(draw(visitor, typed, slug, name, &refusal.reasons).into_response()),
        Err(error) => Err(error),
    }
}

/// `GET /van-ban/moi`.
pub async fn new(visitor: Visitor) -> Result<Page> {
    keeper_unit(&visitor)?;
    let typed = Typed { direction: "in".to_owned(), ..Typed::default() };
    Ok(draw(visitor, &typed, "", "", &[]))
}

/// `POST /van-ban/moi`.
pub async fn create(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response> {
    let unit = keeper_unit(&visitor)?;
    visitor.require(Right::KeepRegister, &unit)?;
    let done = match typed.draft() {
        Ok(draft) => operations::record(&office, &visitor.context(), &unit, &draft).await,
        Err(refusal) => Err(refusal.into()),
    };
    again(done, (visitor, &typed), ("", ""))
}

/// `GET /van-ban/{document}/sua`.
pub async fn edit(State(office): State<Office>, visitor: Visitor, Path(slug): Path<String>) -> Result<Page> {
    let register = queries::register(&office).await?;
    let row = row(&register, &visitor, &slug)?;
    visitor.require(Right::KeepRegister, &row.unit_code)?;
    Ok(draw(visitor, &Typed::of(row), &slug, &row.name(), &[]))
}

/// `POST /van-ban/{document}/sua`.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path(slug): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response> {
    let register = queries::register(&office).await?;
    let row = row(&register, &visitor, &slug)?;
    visitor.require(Right::KeepRegister, &row.unit_code)?;
    let done = match typed.draft() {
        Ok(draft) => operations::change(&office, &visitor.context(), &slug, &draft).await.map(|()| slug.clone()),
        Err(refusal) => Err(refusal.into()),
    };
    again(done, (visitor, &typed), (&slug, &row.name()))
}
