//! The report in the browser: read section by section, write the places that only people can fill, take it away.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Level,
    reports::{Block, Document, Printed},
};
use serde::{Deserialize, Serialize};

use super::{
    operations::{self, Format},
    queries::{self, ReportKey},
};
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Visitor, context},
    },
};

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

/// One text of the report, as typed.
#[derive(Debug, Deserialize)]
pub struct TextForm {
    unit: String,
    #[serde(default)]
    level: String,
    place: String,
    #[serde(default)]
    body: String,
}

/// A part of the report: what stands between two great headings.
#[derive(Debug, Serialize)]
struct Part<'a> {
    title: String,
    blocks: Vec<Printed<'a>>,
}

/// A place of the report with what was typed into it, references and all.
#[derive(Debug, Serialize)]
struct TypedPlace<'a> {
    code: &'a str,
    guidance: &'a str,
    text: &'a str,
}

/// A level that the report may be narrowed to.
#[derive(Debug, Serialize)]
struct LevelChoice {
    code: &'static str,
    vi: &'static str,
    en: &'static str,
}

/// The report: its parts to read, its places to write.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Result<Page> {
    let key = key(&visitor, year, &query)?;
    visitor.require(Right::ReadUnit, &key.unit)?;
    let may_write = visitor.may(Right::WriteReport, &key.unit);
    let document = operations::summary_report(&office, &visitor.context(), &key).await?;
    let texts = queries::texts(&office, &key).await?;
    let parts = parts(&document);
    let shown = query.part.filter(|part| *part < parts.len());
    let titles: Vec<String> = parts.iter().map(|part| part.title.clone()).collect();
    let values = context! {
        key => context! { unit => key.unit.clone(), year => key.year.clone(), level => key.level.clone() },
        subject => document.subject.clone(),
        titles,
        shown,
        part => shown.map(|at| Serde(&parts[at])),
        places => Serde(places(&document, &texts)),
        chart_count => chart_count(&document),
        figure_count => document.figures().count(),
        levels => Serde(Level::ALL.map(|level| { let (vi, en) = level.label(); LevelChoice { code: level.as_str(), vi, en } })),
        may_write,
    };
    Ok(Page::new("reports/summary.html", visitor, values).crumb(key.year.clone(), format!("/nam-hoc/{}", key.year)))
}

/// Keeps a typed text.
pub async fn write_text(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(form): CsrfForm<TextForm>,
) -> Result<Redirect> {
    visitor.require(Right::WriteReport, &form.unit)?;
    let key = ReportKey { unit: form.unit, year, level: form.level };
    operations::write_text(&office, &visitor.context(), &key, &form.place, &form.body).await?;
    let address = format!("/bao-cao/{}?don-vi={}&cap={}#place-{}", key.year, key.unit, key.level, form.place);
    Ok(Redirect::to(&address))
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
    let document = operations::summary_report(&office, &visitor.context(), &key).await?;
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
    let document = operations::summary_report(&office, &context, &key).await?;
    let written = operations::bytes(Arc::new(document), format, &context).await?;
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

/// The document cut at its great headings, so that a page stays small.
fn parts(document: &Document) -> Vec<Part<'_>> {
    let mut bodies = document.printed().into_iter();
    let mut parts = vec![Part { title: document.subject.clone(), blocks: Vec::new() }];
    for block in bodies.next().unwrap_or_default() {
        if let Printed::Heading { rank, label, title } = &block
            && *rank <= domain::reports::HeadingRank::Roman
        {
            parts.push(Part { title: format!("{label} {title}"), blocks: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.blocks.push(block);
        }
    }
    for (annex, blocks) in document.annexes.iter().zip(bodies) {
        parts.push(Part { title: annex.title.clone(), blocks });
    }
    parts
}

fn places<'a>(document: &'a Document, texts: &'a BTreeMap<String, String>) -> Vec<TypedPlace<'a>> {
    let places = document.body.iter().filter_map(|block| match block {
        Block::Place(place) => Some(place),
        _ => None,
    });
    let text = |code: &str| texts.get(code).map_or("", String::as_str);
    places.map(|place| TypedPlace { code: &place.code, guidance: &place.guidance, text: text(&place.code) }).collect()
}

fn chart_count(document: &Document) -> usize {
    document.bodies().flatten().filter(|block| matches!(block, Block::Chart(_))).count()
}
