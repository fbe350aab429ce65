//! The wording of a kind: its template beside a preview filled in with the sample, and the versions kept so far.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason,
    reports::paper::{PaperContent, Wording},
};
use serde::Deserialize;

use super::{SheetView, UnitQuery, unit};
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Visitor, context, wording},
    },
    reports::papers::{
        boxed_letters,
        operations::{self, NewPaper},
        queries,
        wordings::{self, CurrentWording},
    },
};

/// A template as typed.
#[derive(Debug, Deserialize)]
pub struct WordingForm {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    note: String,
    /// `preview`, or empty to keep it.
    #[serde(default)]
    verb: String,
}

/// Whose template, and which of its versions.
#[derive(Debug, Default, Deserialize)]
pub struct VersionQuery {
    /// The unit; the visitor's own office where absent.
    #[serde(default, rename = "don-vi")]
    unit: String,
    /// A version that was kept, 0 for the one that ships; the one in use where absent.
    #[serde(default, rename = "phien-ban")]
    version: Option<i64>,
}

/// The template as the office uses it now, or an earlier version to be read and taken up again.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, kind)): Path<(String, String)>,
    Query(query): Query<VersionQuery>,
) -> Result<Page> {
    let unit = unit(&visitor, &UnitQuery { unit: query.unit, ..UnitQuery::default() })?;
    visitor.require(Right::ReadUnit, &unit)?;
    let current = wordings::editable(&office, &unit, &kind).await?;
    let (body, note) = match query.version {
        None => (current.wording.body.clone(), String::new()),
        Some(0) => (wordings::find(&kind)?.body.clone(), "Dùng lại mẫu kèm theo phần mềm".to_owned()),
        Some(version) => {
            let body = queries::wording_body(&office, &unit, &kind, version).await?;
            (body, format!("Dùng lại phiên bản {version}"))
        }
    };
    let shown_version = query.version.filter(|version| *version != current.version);
    page(&office, visitor, Desk { unit, year, current, body, note, shown_version }, Vec::new()).await
}

/// Keeps a new version; shows the preview or every fault where it cannot be kept.
pub async fn write(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, kind)): Path<(String, String)>,
    CsrfForm(form): CsrfForm<WordingForm>,
) -> Result<Response> {
    let unit = match form.unit.as_str() {
        "" => self::unit(&visitor, &UnitQuery::default())?,
        unit => unit.to_owned(),
    };
    visitor.require(Right::WriteReport, &unit)?;
    let current = wordings::editable(&office, &unit, &kind).await?;
    let mut refused = Vec::new();
    if form.verb != "preview" {
        let kept =
            operations::rewrite_wording(&office, &visitor.context(), (&unit, &year, &kind), &form.body, &form.note)
                .await;
        match kept {
            Ok(_) => return Ok(Redirect::to(&format!("/van-kien/{year}/mau/{kind}")).into_response()),
            Err(Error::Refused(refusal)) => refused = refusal.reasons,
            Err(error) => return Err(error),
        }
    }
    let desk =
        Desk { unit, year, current, body: form.body.replace("\r\n", "\n"), note: form.note, shown_version: None };
    Ok(page(&office, visitor, desk, refused).await?.into_response())
}

/// The preview alone, while somebody types.
pub async fn preview(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, kind)): Path<(String, String)>,
    CsrfForm(form): CsrfForm<WordingForm>,
) -> Result<Page> {
    let unit = match form.unit.as_str() {
        "" => self::unit(&visitor, &UnitQuery::default())?,
        unit => unit.to_owned(),
    };
    visitor.require(Right::WriteReport, &unit)?;
    let current = wordings::editable(&office, &unit, &kind).await?;
    let desk =
        Desk { unit, year, current, body: form.body.replace("\r\n", "\n"), note: String::new(), shown_version: None };
    let (content, faults) = filled(&office, &visitor, &desk).await?;
    let values = context! { faults => Serde(faults), ..drawn(content.as_ref()) };
    Ok(Page::new("papers/preview.html", visitor, values))
}

/// What stands on the page: a template being written.
struct Desk {
    unit: String,
    year: String,
    current: CurrentWording,
    body: String,
    note: String,
    /// The version whose words are shown, where that is not the one in use.
    shown_version: Option<i64>,
}

async fn page(office: &Office, visitor: Visitor, desk: Desk, refused: Vec<Reason>) -> Result<Page> {
    let (content, faults) = filled(office, &visitor, &desk).await?;
    // What the preview finds says more than that it was not kept.
    let faults = if faults.is_empty() { refused } else { faults };
    let papers = wording::text(visitor.language(), "papers-title");
    let Desk { unit, year, current, body, note, shown_version } = desk;
    let kind = current.wording.slug.clone();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let values = context! {
        year => year.clone(),
        kind => kind.clone(),
        version => current.version,
        label => Serde(&current.wording.label),
        source => Serde(&current.wording.source),
        fields => Serde(&current.wording.fields),
        body,
        note,
        shown_version,
        history => Serde(queries::wording_history(office, &unit, &kind).await?),
        may_write => visitor.may(Right::WriteReport, &unit),
        unit,
        faults => Serde(faults),
        ..drawn(content.as_ref())
    };
    Ok(Page::new("papers/wording.html", visitor, values)
        .status(status)
        .crumb(year.clone(), format!("/nam-hoc/{year}"))
        .crumb(papers, format!("/van-kien/{year}")))
}

/// The sample in the template, or every fault of the template.
async fn filled(office: &Office, visitor: &Visitor, desk: &Desk) -> Result<(Option<PaperContent>, Vec<Reason>)> {
    if let Err(refusal) = wordings::not_empty(&desk.body) {
        return Ok((None, refusal.reasons));
    }
    let context = visitor.context();
    let wording = Wording { body: desk.body.clone(), ..desk.current.wording.clone() };
    let inputs = operations::sample(office, &context, &desk.unit, &desk.year, &wording).await?;
    let new = NewPaper { unit: desk.unit.clone(), year: desk.year.clone(), kind: wording.slug.clone(), inputs };
    match operations::compose(office, &context, &new, &wording).await {
        Ok(content) => Ok((Some(content), Vec::new())),
        Err(Error::Refused(refusal)) => Ok((None, refusal.reasons)),
        Err(error) => Err(error),
    }
}

fn drawn(content: Option<&PaperContent>) -> minijinja::Value {
    let first = content.and_then(|content| content.documents().first());
    let certificates = match content {
        Some(PaperContent::Certificates(sheets)) => sheets.get(..1).unwrap_or_default(),
        _ => &[],
    };
    context! {
        sheet => first.map(|document| Serde(SheetView::of(document))),
        certificates => Serde(certificates),
        boxed => Serde(content.map(boxed_letters).unwrap_or_default()),
    }
}
