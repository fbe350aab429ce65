//! `/bao-cao/{year}/doan/{place}`: one place of the report with its text, a live preview, numbers to put in and sentences
//! that the figures offer. Everything stands in one form, so that no button loses what is typed.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Level, Reason,
    reports::{Run, narrative::Draft},
};
use serde::Serialize;

use super::{ReportQuery, address, key, key_values};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
    reports::{
        desk::{self, FoundNumber, OfferedForm},
        queries::ReportKey,
        writing::{self, Offered},
    },
};

/// The fields of the form: `body`, `q`, one of the buttons `save`, `preview`, `find`, `insert`, `keep`, `drop`, `again`,
/// and for each offered sentence a field that is named after its finding.
type Fields = BTreeMap<String, String>;

/// A sentence that is offered.
#[derive(Debug, Serialize)]
struct Sentence<'a> {
    key: &'a str,
    tone: &'static str,
    text: &'a str,
    runs: &'a [Run],
    reason: &'a str,
}

impl<'a> Sentence<'a> {
    fn of(draft: &'a Draft) -> Self {
        let tone = match draft.tone {
            domain::reports::narrative::Tone::Good => "good",
            domain::reports::narrative::Tone::Bad => "bad",
            domain::reports::narrative::Tone::Plain => "plain",
        };
        Self { key: &draft.key, tone, text: &draft.text, runs: &draft.runs, reason: &draft.reason }
    }
}

/// A number that was looked for.
#[derive(Debug, Serialize)]
struct Number<'a> {
    label: &'a str,
    code: &'a str,
    measure: &'a str,
    /// In both languages.
    level: Option<(&'static str, &'static str)>,
    forms: &'a [OfferedForm],
}

impl<'a> Number<'a> {
    fn of(found: &'a FoundNumber) -> Self {
        let FoundNumber { label, code, measure, level, forms } = found;
        Self { label, code, measure, level: level.map(Level::label), forms }
    }
}

/// What a drawn page holds beside what is stored.
#[derive(Default)]
struct Typed<'a> {
    body: Option<&'a str>,
    words: &'a str,
    reasons: &'a [Reason],
    has_unsaved: bool,
}

/// The place as it is kept.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, place)): Path<(String, String)>,
    Query(query): Query<ReportQuery>,
) -> Result<Page> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    draw(&office, visitor, &key, &place, &Typed::default()).await
}

/// One of the buttons.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, place)): Path<(String, String)>,
    Query(query): Query<ReportQuery>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Response> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::WriteReport, &key.unit)?;
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let body = field("body").replace("\r\n", "\n");
    if ["preview", "find", "insert"].iter().any(|button| fields.contains_key(*button)) {
        let body = with_insertion(&body, field("insert"));
        let typed = Typed { body: Some(&body), words: field("q"), has_unsaved: true, ..Typed::default() };
        return Ok(draw(&office, visitor, &key, &place, &typed).await?.into_response());
    }
    match change(&office, &visitor, &key, &place, &body, &fields).await {
        Ok(()) => Ok(Redirect::to(&address(&key, &format!("/doan/{place}"))).into_response()),
        Err(Error::Refused(refusal)) => {
            let reasons = &refusal.reasons;
            let typed = Typed { body: Some(&body), words: field("q"), reasons, has_unsaved: true };
            let page = draw(&office, visitor, &key, &place, &typed).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn change(
    office: &Office,
    visitor: &Visitor,
    key: &ReportKey,
    place: &str,
    body: &str,
    fields: &Fields,
) -> Result<()> {
    let context = visitor.context();
    if let Some(finding) = fields.get("keep") {
        let sentence = fields.get(finding).map_or("", String::as_str);
        return writing::keep_sentence(office, &context, key, place, body, &Offered { finding, sentence }).await;
    }
    // The other buttons keep what is typed as well: leaving the page must not cost a paragraph.
    writing::write_text(office, &context, key, place, body).await?;
    match (fields.get("drop"), fields.contains_key("again")) {
        (Some(finding), _) => writing::drop_sentence(office, &context, key, place, finding).await,
        (None, true) => writing::offer_again(office, &context, key, place).await,
        (None, false) => Ok(()),
    }
}

/// The text with a reference at its end, apart from the last word.
fn with_insertion(body: &str, reference: &str) -> String {
    let space = if reference.is_empty() || body.is_empty() || body.ends_with(char::is_whitespace) { "" } else { " " };
    format!("{body}{space}{reference}")
}

async fn draw(office: &Office, visitor: Visitor, key: &ReportKey, place: &str, typed: &Typed<'_>) -> Result<Page> {
    let context = visitor.context();
    let desk = desk::place(office, &context, key, place, typed.body).await?;
    let found = desk::find_numbers(office, &context, key, typed.words).await?;
    let faults: Vec<String> = desk.faults.iter().map(ToString::to_string).collect();
    let values = context! {
        key => key_values(key),
        place => desk.code.clone(),
        title => desk.title.clone(),
        guidance => desk.guidance.clone(),
        body => desk.text.clone(),
        preview => Serde(&desk.preview),
        faults => Serde(&faults),
        reasons => Serde(typed.reasons),
        has_unsaved => typed.has_unsaved,
        sentences => Serde(desk.drafts.iter().map(Sentence::of).collect::<Vec<_>>()),
        settled_count => desk.settled_count,
        words => typed.words,
        found => Serde(found.iter().map(Number::of).collect::<Vec<_>>()),
        previous => desk.neighbours.0.clone(),
        next => desk.neighbours.1.clone(),
        may_write => visitor.may(Right::WriteReport, &key.unit),
    };
    let page = Page::new("reports/place.html", visitor, values);
    Ok(page.crumb(key.year.clone(), format!("/nam-hoc/{}", key.year)).crumb("Báo cáo", address(key, "")))
}
