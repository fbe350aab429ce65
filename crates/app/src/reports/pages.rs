//! The report in the browser: read section by section, see what changed, take it away; [`editor`] writes its places.

pub mod editor;

mod parts;

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Level,
    reports::{Block, Document, Run, signing::PaperState},
};
use serde::{Deserialize, Serialize};

use super::{
    desk::{self, PlaceLine},
    operations::{self, Format},
    papers,
    queries::ReportKey,
    writing,
};
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Value, Visitor, context},
    },
};

/// Changed numbers shown at once.
const SHOWN_MAX: usize = 60;

/// Which report, and which part of it.
#[derive(Debug, Default, Deserialize)]
pub struct ReportQuery {
    /// The unit; the visitor's own office where absent.
    #[serde(default, rename = "don-vi")]
    unit: String,
    /// The level; the whole sector where absent.
    #[serde(default, rename = "cap")]
    level: String,
    /// The part shown, counted from 0; the texts to write where absent.
    #[serde(rename = "phan")]
    part: Option<usize>,
}

/// A level that the report may be narrowed to.
#[derive(Debug, Serialize)]
struct LevelChoice {
    code: &'static str,
    vi: &'static str,
    en: &'static str,
}

/// A place in the outline.
#[derive(Debug, Serialize)]
struct Line<'a> {
    code: &'a str,
    title: &'a str,
    guidance: &'a str,
    paragraphs: &'a [Vec<Run>],
    draft_count: usize,
}

impl<'a> Line<'a> {
    fn of(place: &'a PlaceLine) -> Self {
        let PlaceLine { code, title, guidance, paragraphs, draft_count } = place;
        Self { code, title, guidance, paragraphs, draft_count: *draft_count }
    }
}

/// The report: its parts to read, its places to write, what changed since the visitor read it last.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Result<Page> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    let outline = desk::kept_outline(&office, &visitor.context(), &key).await?;
    let document = &outline.document;
    let parts = parts::parts(document);
    let shown = query.part.filter(|part| *part < parts.len());
    let adopted = papers::queries::adopted(&office, &key).await?;
    let adopted = adopted.map(|paper| {
        let state = PaperState::parse(&paper.state).unwrap_or_default();
        context! { id => paper.id, state => Serde(state.label()), is_over => state == PaperState::Withdrawn }
    });
    let values = context! {
        key => key_values(&key),
        subject => document.subject.clone(),
        entries => Serde(parts::entries(&parts, shown)),
        shown,
        part => shown.map(|at| Serde(&parts[at])),
        places => Serde(outline.places.iter().map(Line::of).collect::<Vec<_>>()),
        flagged_count => outline.flagged.len(),
        changed_count => outline.changed.len(),
        boxed => Serde(&outline.boxed),
        read_at => outline.read_at.map(|at| at.to_string()),
        chart_count => chart_count(document),
        figure_count => document.figures().count(),
        levels => Serde(Level::ALL.map(|level| { let (vi, en) = level.label(); LevelChoice { code: level.as_str(), vi, en } })),
        adopted,
        may_write => visitor.may(Right::WriteReport, &key.unit),
    };
    Ok(Page::new("reports/summary.html", visitor, values).crumb(key.year.clone(), format!("/nam-hoc/{}", key.year)))
}

/// What changed since the visitor read the report last, and what vanished.
pub async fn changes(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Result<Page> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    let outline = desk::kept_outline(&office, &visitor.context(), &key).await?;
    let values = context! {
        key => key_values(&key),
        subject => outline.document.subject.clone(),
        read_at => outline.read_at.map(|at| at.to_string()),
        changed => Serde(outline.changed.iter().take(SHOWN_MAX).collect::<Vec<_>>()),
        further => outline.changed.len().saturating_sub(SHOWN_MAX),
        flagged => Serde(&outline.flagged),
    };
    let page = Page::new("reports/changes.html", visitor, values);
    Ok(page.crumb(key.year.clone(), format!("/nam-hoc/{}", key.year)).crumb("Báo cáo", address(&key, "")))
}

/// Marks the report as read.
pub async fn mark_read(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(query): Query<ReportQuery>,
    CsrfForm(_): CsrfForm<BTreeMap<String, String>>,
) -> Result<Redirect> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    writing::mark_read(&office, &visitor.context(), &key).await?;
    Ok(Redirect::to(&address(&key, "/thay-doi")))
}

/// A chart of the report as a picture.
pub async fn chart(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, number)): Path<(String, u32)>,
    Query(query): Query<ReportQuery>,
) -> Result<Response> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    let document = operations::kept_report(&office, &visitor.context(), &key).await?;
    let charts = document.bodies().flatten().filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let at = usize::try_from(number).unwrap_or(0).checked_sub(1);
    let chart =
        at.and_then(|at| charts.into_iter().nth(at)).ok_or_else(|| Error::NotFound(format!("biểu đồ {number}")))?;
    let svg = documents::chart::svg(chart);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "private, max-age=60")], svg).into_response())
}

/// The report as a file.
pub async fn download(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, format)): Path<(String, String)>,
    Query(query): Query<ReportQuery>,
) -> Result<Response> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    let format = Format::parse(&format).ok_or_else(|| Error::NotFound(format!("định dạng «{format}»")))?;
    let context = visitor.context();
    let document = operations::kept_report(&office, &context, &key).await?;
    let written = operations::bytes(document, format, &context).await?;
    let name = format!("attachment; filename=\"{}\"", operations::file_name(&key, format));
    Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], written.bytes)
        .into_response())
}

fn key(visitor: &Visitor, year: String, query: &ReportQuery) -> Result<ReportKey> {
    let unit = match query.unit.as_str() {
        "" => visitor.units_with(Right::ReadUnit).first().map(|unit| (*unit).to_owned()).ok_or(Error::Forbidden)?,
        unit => unit.to_owned(),
    };
    Ok(ReportKey { unit, year, level: query.level.clone() })
}

/// Which report a page is about, as templates read it.
fn key_values(key: &ReportKey) -> Value {
    context! { unit => key.unit.clone(), year => key.year.clone(), level => key.level.clone() }
}

/// The address of a page of the report.
fn address(key: &ReportKey, rest: &str) -> String {
    format!("/bao-cao/{}{rest}?don-vi={}&cap={}", key.year, key.unit, key.level)
}

fn chart_count(document: &Document) -> usize {
    document.bodies().flatten().filter(|block| matches!(block, Block::Chart(_))).count()
}
