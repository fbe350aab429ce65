//! Papers in the browser: the papers of a year, a new one by its kind, its sheet as it will be printed, its files.

pub mod wording;

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use documents::letters;
use domain::{
    Reason,
    reports::{
        AnnexOpening, Closing, Document, Form, Opening, Printed,
        paper::{FieldType, Inputs, PaperContent, Wording, missing},
        reading_time,
        signing::PaperState,
    },
};
use serde::{Deserialize, Serialize};

use super::{
    Bundle, draw,
    frame::{self, Choices},
    operations::{self, NewPaper},
    queries::{self, Paper},
    wordings,
};
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Visitor, context},
    },
};

/// Whose papers.
#[derive(Debug, Default, Deserialize)]
pub struct UnitQuery {
    /// The unit; the visitor's own office where absent.
    #[serde(default, rename = "don-vi")]
    unit: String,
    /// Which of several letters is shown, from 1.
    #[serde(default, rename = "to")]
    sheet: usize,
    /// The level of the summary report that is adopted.
    #[serde(default, rename = "cap")]
    level: String,
}

/// A field of a form with what was typed.
#[derive(Debug, Serialize)]
struct FieldView<'a> {
    name: &'a str,
    vi: &'a str,
    en: &'a str,
    kind: FieldType,
    required: bool,
    typed: &'a str,
    rows: usize,
    columns: Vec<(&'a str, &'a str)>,
}

/// A field with a few choices.
#[derive(Debug, Serialize)]
struct ChoiceView<'a> {
    name: &'static str,
    chosen: &'a str,
    choices: Choices,
}

/// A document as the page draws it: the same opening, flow and closing that DOCX and PDF are written from.
#[derive(Debug, Serialize)]
pub(super) struct SheetView<'a> {
    opening: Opening,
    part: BlocksView<'a>,
    closing: Option<Closing>,
    annexes: Vec<AnnexView<'a>>,
    notices: &'a [String],
}

#[derive(Debug, Serialize)]
struct BlocksView<'a> {
    blocks: Vec<Printed<'a>>,
}

#[derive(Debug, Serialize)]
struct AnnexView<'a> {
    opening: Option<AnnexOpening>,
    part: BlocksView<'a>,
}

impl<'a> SheetView<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let mut bodies = document.printed().into_iter().map(|blocks| BlocksView { blocks });
        let part = bodies.next().unwrap_or(BlocksView { blocks: Vec::new() });
        let annexes = bodies.enumerate().map(|(at, part)| AnnexView { opening: document.annex_opening(at), part });
        Self {
            opening: document.opening(),
            part,
            annexes: annexes.collect(),
            closing: document.closing(),
            notices: &document.notices,
        }
    }
}

/// The papers of a year and the kinds that may be written.
pub async fn list(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(query): Query<UnitQuery>,
) -> Result<Page> {
    let unit = unit(&visitor, &query)?;
    visitor.require(Right::ReadUnit, &unit)?;
    let papers = queries::list(&office, &unit, &year).await?;
    let labelled: Vec<_> = papers
        .iter()
        .map(|paper| {
            let label = wordings::find(&paper.kind).map(|wording| wording.label.clone()).ok();
            context! { paper => Serde(paper), label => Serde(label), state => state(&paper.state) }
        })
        .collect();
    let values = context! {
        year => year.clone(),
        unit => unit.clone(),
        papers => labelled,
        has_volume => papers.iter().any(|paper| paper.kind == operations::CONFERENCE_PAPER),
        kinds => Serde(wordings::shipped()?),
        may_write => visitor.may(Right::WriteReport, &unit),
    };
    Ok(Page::new("papers/list.html", visitor, values).crumb(year.clone(), format!("/nam-hoc/{year}")))
}

/// The form of a new paper, with the usual wordings in it.
pub async fn new_form(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, kind)): Path<(String, String)>,
    Query(query): Query<UnitQuery>,
) -> Result<Page> {
    let unit = unit(&visitor, &query)?;
    visitor.require(Right::WriteReport, &unit)?;
    let wording = wordings::current(&office, &unit, &kind).await?.wording;
    let mut inputs = operations::initial(&office, &visitor.context(), &unit, &year, &wording).await?;
    inputs.insert(frame::LEVEL.to_owned(), query.level);
    let address = format!("/van-kien/{year}/moi/{kind}");
    let asked = Asked { year: &year, unit: &unit, address: &address, revision: 0, is_from_word: false };
    Ok(form(visitor, &wording, &inputs, asked, &[]))
}

/// Writes a new paper, or shows the form again with every fault.
pub async fn create(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, kind)): Path<(String, String)>,
    CsrfForm(mut inputs): CsrfForm<Inputs>,
) -> Result<Response> {
    let unit = take(&mut inputs, "unit");
    let unit = if unit.is_empty() { self::unit(&visitor, &UnitQuery::default())? } else { unit };
    visitor.require(Right::WriteReport, &unit)?;
    let context = visitor.context();
    let new = NewPaper { unit, year, kind, inputs: cleaned(inputs) };
    match operations::create(&office, &context, &new).await {
        Ok(id) => Ok(Redirect::to(&format!("/van-kien/{}/{id}", new.year)).into_response()),
        Err(Error::Refused(refusal)) => {
            let wording = wordings::current(&office, &new.unit, &new.kind).await?.wording;
            let address = format!("/van-kien/{}/moi/{}", new.year, new.kind);
            let asked = Asked { year: &new.year, unit: &new.unit, address: &address, revision: 0, is_from_word: false };
            Ok(form(visitor, &wording, &new.inputs, asked, &refusal.reasons).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The sheet as it will be printed.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
    Query(query): Query<UnitQuery>,
) -> Result<Page> {
    let paper = paper(&office, &visitor, &year, id, Right::ReadUnit).await?;
    let wording = wordings::find(&paper.kind)?;
    let documents = paper.content.documents();
    let at = query.sheet.clamp(1, documents.len().max(1));
    let certificates = match &paper.content {
        PaperContent::Certificates(sheets) => sheets.as_slice(),
        PaperContent::Documents(_) => &[],
    };
    let boxed = match documents.get(at - 1) {
        Some(document) => letters::in_documents(std::slice::from_ref(document)),
        None => letters::in_certificates(certificates),
    };
    let gaps = missing(&wording.fields, &paper.inputs);
    let gaps: Vec<_> =
        gaps.iter().map(|field| (field.name.as_str(), field.label.vi.as_str(), field.label.en.as_str())).collect();
    let values = context! {
        year => year.clone(),
        id,
        gaps => if is_open(&paper) { gaps } else { Vec::new() },
        subject => paper.subject.clone(),
        label => Serde(&wording.label),
        state => state(&paper.state),
        changed_at => paper.changed_at.clone(),
        sheet => documents.get(at - 1).map(|document| Serde(SheetView::of(document))),
        certificates => Serde(certificates.get(..certificates.len().min(3)).unwrap_or_default()),
        certificate_count => certificates.len(),
        boxed => Serde(boxed),
        at,
        count => documents.len(),
        minutes => documents.get(at - 1).filter(|_| wording.read_aloud).map(reading_time::minutes),
        rate => reading_time::SYLLABLES_A_MINUTE,
        may_change => visitor.may(Right::WriteReport, &paper.unit) && is_open(&paper),
    };
    Ok(Page::new("papers/show.html", visitor, values)
        .crumb(year.clone(), format!("/nam-hoc/{year}"))
        .crumb(wording.label.vi.clone(), format!("/van-kien/{year}")))
}

/// The form of a paper that is with its writer.
pub async fn change_form(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
) -> Result<Page> {
    let paper = paper(&office, &visitor, &year, id, Right::WriteReport).await?;
    let wording = wordings::current(&office, &paper.unit, &paper.kind).await?.wording;
    let address = format!("/van-kien/{year}/{id}/sua");
    let is_from_word = queries::is_from_word(&office, &paper).await?;
    let asked = Asked { year: &year, unit: &paper.unit, address: &address, revision: paper.revision, is_from_word };
    Ok(form(visitor, &wording, &paper.inputs, asked, &[]))
}

/// Writes a paper anew, or shows the form again with every fault.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
    CsrfForm(mut inputs): CsrfForm<Inputs>,
) -> Result<Response> {
    let paper = paper(&office, &visitor, &year, id, Right::WriteReport).await?;
    let revision = take(&mut inputs, "revision").parse().unwrap_or(0);
    let inputs = cleaned(inputs);
    match operations::change(&office, &visitor.context(), id, revision, inputs.clone()).await {
        Ok(()) => Ok(Redirect::to(&format!("/van-kien/{year}/{id}")).into_response()),
        Err(Error::Refused(refusal)) => {
            let wording = wordings::current(&office, &paper.unit, &paper.kind).await?.wording;
            let address = format!("/van-kien/{year}/{id}/sua");
            let is_from_word = queries::is_from_word(&office, &paper).await?;
            let asked = Asked { year: &year, unit: &paper.unit, address: &address, revision, is_from_word };
            Ok(form(visitor, &wording, &inputs, asked, &refusal.reasons).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The paper as a file.
pub async fn download(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id, format)): Path<(String, i64, String)>,
) -> Result<Response> {
    let paper = paper(&office, &visitor, &year, id, Right::ReadUnit).await?;
    let bundle = Bundle::parse(&format).ok_or_else(|| Error::NotFound(format!("định dạng «{format}»")))?;
    let name = format!("attachment; filename=\"{}\"", operations::file_name(&paper, bundle));
    let written = draw::write(Arc::new(paper), bundle, &visitor.context()).await?;
    Ok(([(header::CONTENT_TYPE, bundle.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], written.bytes)
        .into_response())
}

/// The conference papers of the year, bound with a contents.
pub async fn volume(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(query): Query<UnitQuery>,
) -> Result<Response> {
    let unit = unit(&visitor, &query)?;
    visitor.require(Right::ReadUnit, &unit)?;
    let written = operations::volume(&office, &visitor.context(), &unit, &year).await?;
    let name = format!("attachment; filename=\"tap-tham-luan-{year}-{unit}.pdf\"");
    Ok((
        [(header::CONTENT_TYPE, Bundle::Pdf.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)],
        written.bytes,
    )
        .into_response())
}

/// The paper, where the visitor has the right at its unit.
async fn paper(office: &Office, visitor: &Visitor, year: &str, id: i64, right: Right) -> Result<Paper> {
    let paper = queries::paper(office, id).await?;
    visitor.require(right, &paper.unit)?;
    if paper.year != year {
        return Err(Error::NotFound(format!("văn bản số {id} của năm học {year}")));
    }
    Ok(paper)
}

pub(super) fn unit(visitor: &Visitor, query: &UnitQuery) -> Result<String> {
    match query.unit.as_str() {
        "" => visitor.units_with(Right::ReadUnit).first().map(|unit| (*unit).to_owned()).ok_or(Error::Forbidden),
        unit => Ok(unit.to_owned()),
    }
}

fn is_open(paper: &Paper) -> bool {
    PaperState::parse(&paper.state).is_some_and(PaperState::is_open)
}

fn state(word: &str) -> Serde<(&'static str, &'static str)> {
    Serde(PaperState::parse(word).unwrap_or_default().label())
}

/// Where a form leads and what it is about.
struct Asked<'a> {
    year: &'a str,
    unit: &'a str,
    address: &'a str,
    revision: i64,
    /// Whether the paper carries words that were edited in Word, which the form does not know.
    is_from_word: bool,
}

fn form(visitor: Visitor, wording: &Wording, inputs: &Inputs, asked: Asked<'_>, faults: &[Reason]) -> Page {
    let typed = |name: &str| inputs.get(name).map_or("", String::as_str);
    let fields: Vec<FieldView<'_>> = wording
        .fields
        .iter()
        .map(|field| FieldView {
            name: &field.name,
            vi: &field.label.vi,
            en: &field.label.en,
            kind: field.kind,
            // A draft with gaps is saved as far as it is filled.
            required: field.required && (asked.revision == 0 || !typed(&field.name).trim().is_empty()),
            typed: typed(&field.name),
            rows: typed(&field.name).lines().count().clamp(3, 14) + 1,
            columns: field.columns.iter().map(|c| (c.label.vi.as_str(), c.label.en.as_str())).collect(),
        })
        .collect();
    let choice = |name, choices| ChoiceView { name, chosen: typed(name), choices };
    let is_adopted = wording.body.is_empty();
    let level = is_adopted.then(|| choice(frame::LEVEL, frame::levels()));
    let of_frame = match wording.document.map(domain::reports::DocumentKind::form) {
        Some(Form::Titled | Form::Letter | Form::Decision) => vec![
            choice(frame::CAPACITY, frame::capacities()),
            choice(frame::URGENCY, frame::urgencies()),
            choice(frame::CIRCULATION, frame::circulations()),
        ],
        _ => Vec::new(),
    };
    let choices: Vec<ChoiceView<'_>> = level.into_iter().chain(of_frame).collect();
    let values = context! {
        year => asked.year,
        unit => asked.unit,
        address => asked.address,
        revision => asked.revision,
        slug => wording.slug.clone(),
        is_adopted,
        is_from_word => asked.is_from_word,
        label => Serde(&wording.label),
        source => Serde(&wording.source),
        fields => Serde(fields),
        choices => Serde(choices),
        signer => typed(frame::SIGNER),
        signer_title => typed(frame::SIGNER_TITLE),
        faults => Serde(faults),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let papers = crate::platform::web::wording::text(visitor.language(), "papers-title");
    Page::new("papers/form.html", visitor, values)
        .status(status)
        .crumb(asked.year, format!("/nam-hoc/{}", asked.year))
        .crumb(papers, format!("/van-kien/{}", asked.year))
}

fn take(inputs: &mut Inputs, name: &str) -> String {
    inputs.remove(name).unwrap_or_default()
}

/// The inputs without what belongs to the form itself; lines end as files do.
pub(super) fn cleaned(mut inputs: Inputs) -> Inputs {
    ["csrf", "unit", "revision", super::issued::ISSUED].into_iter().for_each(|name| drop(inputs.remove(name)));
    inputs.into_iter().map(|(name, typed)| (name, typed.replace("\r\n", "\n"))).collect()
}
