//! `/bieu/{period}/{form}/{unit}`: the form to be filled by the unit, judged by the office, read by both.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason,
    figures::catalogue::Severity,
    school_year::ReportingPeriod,
    submissions::{CellRemark, FormValues, PeriodState, SubmissionState, differences, printed},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
    school_year::calendar::{self, PeriodSheet},
    submissions::{
        Road, SubmissionKey,
        bulk::Incoming,
        check, operations,
        queries::{
            self, Compared,
            history::{self, History},
        },
        sheet::{Marks, Sheet},
        template,
    },
};

/// Changed cells shown between two revisions.
const DIFFERENCES_MAX: usize = 40;
/// Findings shown at once; a form with more has the same fault many times.
const FINDINGS_MAX: usize = 30;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    /// Part, from 0.
    phan: usize,
    /// Cells to be returned, by position.
    o: Vec<usize>,
    /// Shows entry fields to an officer as well.
    nhap: bool,
}

/// Everything about one submission that its pages need.
///
/// The school's unfinished draft is shown to those who fill the form and to nobody else: whoever judges or reads sees what
/// was sent or, once there is one, what was approved.
struct Desk {
    key: SubmissionKey,
    period: ReportingPeriod,
    /// Until when the form is due.
    due_on: Date,
    /// Whether the period takes changes.
    is_open: bool,
    unit_name: String,
    history: History,
    values: FormValues,
    previous: Option<FormValues>,
    draft_saved_at: String,
    /// Typed texts of the draft that are no values yet, by position.
    unread: BTreeMap<usize, String>,
    /// When the school kept a draft that is not shown here; empty where there is none.
    draft_elsewhere: String,
    /// The version in which the values were kept, where it is not the present one.
    older_version: Option<i64>,
}

impl Desk {
    /// `wants_entry`: somebody who judges has asked for the entry fields.
    async fn open(office: &Office, visitor: &Visitor, key: SubmissionKey, wants_entry: bool) -> Result<Self> {
        visitor.require(Right::ReadUnit, &key.unit)?;
        let form = operations::form(office, &key.form)?;
        let sheet = calendar::period(office, &key.period).await?;
        let is_open = sheet.state() == PeriodState::Open;
        let PeriodSheet { period, deadlines, .. } = sheet;
        let registry = office.registry().await?;
        let unit = registry.unit(&key.unit).ok_or_else(|| Error::NotFound(format!("đơn vị {}", key.unit)))?;
        operations::expected(form, &period, unit)?;
        let history = history::history(office, &key).await?;
        let previous = Compared::of(&period).approved_before(office, &[&key.unit]).await?;
        let previous = queries::of_unit(&previous, &key.unit).get(form.code.as_str()).map(|&values| values.clone());
        let unit_name = unit.name_on(period.as_of).to_owned();
        let mut desk = Self {
            key,
            period,
            due_on: deadlines.due_on(&form.code, &unit.code),
            is_open,
            unit_name,
            history,
            values: FormValues::empty(form),
            previous,
            draft_saved_at: String::new(),
            unread: BTreeMap::new(),
            draft_elsewhere: String::new(),
            older_version: None,
        };
        desk.take_values(office, visitor, wants_entry, form.version).await?;
        Ok(desk)
    }

    /// Takes the draft for those who fill; the approved revision, else the latest, for all others.
    async fn take_values(
        &mut self,
        office: &Office,
        visitor: &Visitor,
        wants_entry: bool,
        present_version: u32,
    ) -> Result<()> {
        let kept = match history::draft(office, &self.key).await? {
            Some(draft) if self.edits(visitor, wants_entry) => Some(draft),
            draft => {
                self.draft_elsewhere = draft.map(|draft| draft.saved_at).unwrap_or_default();
                history::revision(office, &self.key, self.shown_revision()).await?
            }
        };
        let Some(kept) = kept else { return Ok(()) };
        self.older_version = Some(kept.version).filter(|version| *version != i64::from(present_version));
        self.values = kept.values;
        self.unread = kept.unread;
        self.draft_saved_at = kept.saved_at;
        Ok(())
    }

    /// The revision that stands: the approved one, else the latest; 0 before the first.
    fn shown_revision(&self) -> u32 {
        let submission = self.history.submission;
        if submission.state.counts() { submission.approved_revision } else { submission.latest_revision }
    }

    fn address(&self) -> String {
        let SubmissionKey { period, form, unit } = &self.key;
        format!("/bieu/{period}/{form}/{unit}")
    }

    /// Whether the visitor may type: the period is open, the figures are not approved.
    fn takes_entries(&self, visitor: &Visitor) -> bool {
        self.is_open && !self.history.submission.state.counts() && visitor.may(Right::EnterFigures, &self.key.unit)
    }

    /// Whether the fields are shown: at once to those who only fill, on demand to those who judge as well.
    fn edits(&self, visitor: &Visitor, wants_entry: bool) -> bool {
        self.takes_entries(visitor) && (wants_entry || !visitor.may(Right::JudgeFigures, &self.key.unit))
    }

    fn takes_judgement(&self, visitor: &Visitor) -> bool {
        self.is_open
            && matches!(self.history.submission.state, SubmissionState::Submitted | SubmissionState::Approved)
            && visitor.may(Right::JudgeFigures, &self.key.unit)
    }

    /// The reasons on cells of the return that still stands.
    fn remarks(&self) -> BTreeMap<String, String> {
        let returned = self.history.submission.state == SubmissionState::Returned;
        let last = self.history.events.first().filter(|event| returned && event.kind == "returned");
        last.into_iter().flat_map(|event| &event.remarks).map(|r| (r.item.clone(), r.reason.clone())).collect()
    }
}

/// A fault of the summary, with the way to its field: at a cell the message names it.
#[derive(Serialize)]
struct Fault {
    code: String,
    message: String,
    part: usize,
    item: String,
}

/// A warning with the place for its reason.
#[derive(Serialize)]
struct Warning {
    key: String,
    message: String,
    part: usize,
    item: String,
}

/// A cell that differs between the last two revisions.
#[derive(Serialize)]
struct Changed {
    label: String,
    before: String,
    after: String,
}

/// `GET /bieu/{period}/{form}/{unit}`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((period, form, unit)): Path<(String, String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page> {
    let asked = asked_of(&asked);
    let desk = Desk::open(&office, &visitor, SubmissionKey::new(period, form, unit), asked.nhap).await?;
    draw(&office, visitor, &desk, &asked, &[]).await
}

fn asked_of(pairs: &[(String, String)]) -> Asked {
    let numbers = |name: &str| -> Vec<usize> {
        pairs.iter().filter(|(key, _)| key == name).filter_map(|(_, text)| text.parse().ok()).collect()
    };
    Asked {
        phan: numbers("phan").first().copied().unwrap_or(0),
        o: numbers("o"),
        nhap: pairs.iter().any(|(key, _)| key == "nhap"),
    }
}

async fn draw(office: &Office, visitor: Visitor, desk: &Desk, asked: &Asked, reasons: &[Reason]) -> Result<Page> {
    let form = operations::form(office, &desk.key.form)?;
    let language = visitor.language().as_str();
    let sheet = Sheet::of(office.catalogue(), form, language);
    let part = asked.phan.min(sheet.part_count().saturating_sub(1));
    let judges = desk.takes_judgement(&visitor);
    let edits = desk.edits(&visitor, asked.nhap);
    let warnings = warnings(office, desk, &sheet).await?;
    let fault = |reason: &Reason| Fault {
        code: reason.code.clone(),
        message: reason.message.clone(),
        part: sheet.part_of(&reason.at),
        item: reason.at.clone(),
    };
    let marks = Marks {
        typed: desk.unread.clone(),
        wrong: reasons.iter().map(|reason| reason.at.clone()).collect(),
        remarks: desk.remarks(),
    };
    let chosen: Vec<(usize, &str)> = asked.o.iter().map(|position| (*position, sheet.label(*position))).collect();
    let submission = desk.history.submission;
    let values = context! {
        key => Serde(&desk.key),
        address => desk.address(),
        form_title => form.title.in_language(language),
        period_label => desk.period.label.in_language(language),
        year => desk.period.year.to_string(),
        previous_year => desk.period.year.previous().to_string(),
        due_on => desk.due_on.to_string(),
        as_of => desk.period.as_of.to_string(),
        unit_name => desk.unit_name.clone(),
        state => submission.state.as_str(),
        revision => desk.shown_revision(),
        latest_revision => submission.latest_revision,
        last_sent_at => desk.history.last_sent_at.clone(),
        draft_saved_at => desk.draft_saved_at.clone(),
        draft_elsewhere => desk.draft_elsewhere.clone(),
        may_enter => desk.takes_entries(&visitor),
        asks_entry => asked.nhap,
        older_version => desk.older_version,
        version => form.version,
        events => Serde(labelled(&desk.history, &sheet)),
        changed => Serde(changed(office, desk, &sheet).await?),
        sections => Serde(sheet.sections(part, &desk.values, desk.previous.as_ref(), &marks, language)),
        part_names => sheet.part_names(),
        part => part,
        faults => Serde(reasons.iter().take(FINDINGS_MAX).map(fault).collect::<Vec<_>>()),
        fault_count => reasons.len(),
        warnings => Serde(&warnings),
        chosen => Serde(&chosen),
        has_previous => desk.previous.is_some(),
        edits => edits,
        judges => judges,
    };
    let year = desk.period.year.to_string();
    Ok(Page::new("submissions/form.html", visitor, values)
        .crumb(year.clone(), format!("/nam-hoc/{year}"))
        .crumb(desk.unit_name.clone(), format!("/truong/{}", desk.key.unit)))
}

/// Warnings of values that exist; an empty form is not scolded.
async fn warnings(office: &Office, desk: &Desk, sheet: &Sheet<'_>) -> Result<Vec<Warning>> {
    if desk.values.filled_count() == 0 {
        return Ok(Vec::new());
    }
    let findings = operations::examine(office, &desk.key, &desk.values).await?;
    let warning = |finding: &check::Finding| {
        let item = check::first_item(finding);
        Warning {
            key: format!("w|{}|{item}", finding.check),
            message: finding.message.clone(),
            part: sheet.part_of(&item),
            item,
        }
    };
    let found = findings.iter().filter(|finding| finding.severity == Severity::Warning);
    Ok(found.take(FINDINGS_MAX).map(warning).collect())
}

/// The history with cells named as on paper.
fn labelled(history: &History, sheet: &Sheet<'_>) -> Vec<history::Event> {
    let mut events = history.events.clone();
    for remark in events.iter_mut().flat_map(|event| &mut event.remarks) {
        if let Some(position) = sheet.position(&remark.item) {
            remark.item = sheet.label(position).to_owned();
        }
    }
    events
}

/// What the latest revision changed against the one before.
async fn changed(office: &Office, desk: &Desk, sheet: &Sheet<'_>) -> Result<Vec<Changed>> {
    let latest = desk.history.submission.latest_revision;
    if latest < 2 {
        return Ok(Vec::new());
    }
    let before = history::revision(office, &desk.key, latest - 1).await?;
    let after = history::revision(office, &desk.key, latest).await?;
    let (Some(before), Some(after)) = (before, after) else { return Ok(Vec::new()) };
    let form = operations::form(office, &desk.key.form)?;
    let shown = |value: &Option<domain::submissions::Value>| value.as_ref().map_or("–".to_owned(), printed);
    let found = differences(form, &before.values, &after.values);
    Ok(found
        .iter()
        .take(DIFFERENCES_MAX)
        .map(|change| Changed {
            label: sheet.label(change.position).to_owned(),
            before: shown(&change.before),
            after: shown(&change.after),
        })
        .collect())
}

/// `POST /bieu/{period}/{form}/{unit}`: save, submit, return, approve or reopen.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((period, form, unit)): Path<(String, String, String)>,
    CsrfForm(fields): CsrfForm<Vec<(String, String)>>,
) -> Result<Response> {
    let fields: BTreeMap<String, String> = fields.into_iter().collect();
    let mut desk = Desk::open(&office, &visitor, SubmissionKey::new(period, form, unit), true).await?;
    let verb = fields.get("verb").map_or("save", String::as_str);
    let asked = Asked {
        phan: fields.get("phan").and_then(|p| p.parse().ok()).unwrap_or(0),
        nhap: fields.contains_key("nhap"),
        ..Asked::default()
    };
    match verb {
        "return" | "approve" | "reopen" => judge(&office, &visitor, &desk, verb, &fields).await?,
        _ => {
            visitor.require(Right::EnterFigures, &desk.key.unit)?;
            let unread = keep(&office, &visitor, &mut desk, &fields).await?;
            let reasons = match (verb, unread.is_empty()) {
                ("submit", true) => submit(&office, &visitor, &desk, &fields).await?,
                ("submit", false) => all_problems(&office, &desk, &fields, unread).await?,
                _ => of_part(&office, &desk, unread, asked.phan)?,
            };
            if !reasons.is_empty() {
                let page = draw(&office, visitor, &desk, &asked, &reasons).await?;
                return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
            }
        }
    }
    let part = asked.phan + usize::from(verb == "next");
    let again = if asked.nhap && verb != "submit" { "&nhap=1" } else { "" };
    Ok(Redirect::to(&format!("{}?phan={part}{again}", desk.address())).into_response())
}

/// Reads the fields into the draft and keeps it, with what cannot be read as it was typed; the reasons against that.
async fn keep(
    office: &Office,
    visitor: &Visitor,
    desk: &mut Desk,
    fields: &BTreeMap<String, String>,
) -> Result<Vec<Reason>> {
    let form = operations::form(office, &desk.key.form)?;
    let sheet = Sheet::of(office.catalogue(), form, visitor.language().as_str());
    let reasons = sheet.read(fields, &mut desk.values, &mut desk.unread);
    operations::save_draft(office, &visitor.context(), &desk.key, &desk.values, &desk.unread).await?;
    Ok(reasons)
}

/// The reasons against cells of one part: whoever fills another one is not held up by them.
fn of_part(office: &Office, desk: &Desk, mut reasons: Vec<Reason>, part: usize) -> Result<Vec<Reason>> {
    let sheet = Sheet::of(office.catalogue(), operations::form(office, &desk.key.form)?, "vi");
    reasons.retain(|reason| sheet.part_of(&reason.at) == part);
    Ok(reasons)
}

/// Everything against sending, where some cells cannot be read: those, the errors and the warnings without a reason.
async fn all_problems(
    office: &Office,
    desk: &Desk,
    fields: &BTreeMap<String, String>,
    unread: Vec<Reason>,
) -> Result<Vec<Reason>> {
    let findings = operations::examine(office, &desk.key, &desk.values).await?;
    let mut found = check::errors(&findings);
    found.extend(check::unexplained(&findings, &explanations(fields)));
    // An unreadable cell is not also an empty one.
    found.retain(|reason| unread.iter().all(|known| known.at != reason.at));
    Ok(unread.into_iter().chain(found).collect())
}

/// The reasons that were written beside warnings.
fn explanations(fields: &BTreeMap<String, String>) -> Vec<CellRemark> {
    let explanation = |(name, reason): (&String, &String)| {
        let (check, item) = name.strip_prefix("w|")?.split_once('|')?;
        Some(CellRemark { item: item.to_owned(), check: check.to_owned(), reason: reason.trim().to_owned() })
    };
    fields.iter().filter_map(explanation).collect()
}

/// Sends the draft; the reasons against it, if there are any.
async fn submit(
    office: &Office,
    visitor: &Visitor,
    desk: &Desk,
    fields: &BTreeMap<String, String>,
) -> Result<Vec<Reason>> {
    let incoming = Incoming {
        key: desk.key.clone(),
        values: desk.values.clone(),
        road: Road::Web,
        file_name: String::new(),
        explanations: explanations(fields),
        reason: String::new(),
        faults: Vec::new(),
    };
    match operations::submit(office, &visitor.context(), incoming).await {
        Ok(_) => Ok(Vec::new()),
        Err(Error::Refused(refusal)) => Ok(refusal.reasons),
        Err(fault) => Err(fault),
    }
}

async fn judge(
    office: &Office,
    visitor: &Visitor,
    desk: &Desk,
    verb: &str,
    fields: &BTreeMap<String, String>,
) -> Result<()> {
    visitor.require(Right::JudgeFigures, &desk.key.unit)?;
    let context = visitor.context();
    let reason = fields.get("reason").map_or("", String::as_str);
    match verb {
        "approve" => operations::approve(office, &context, &desk.key, reason).await?,
        "reopen" => operations::reopen(office, &context, &desk.key, reason).await?,
        _ => {
            let form = operations::form(office, &desk.key.form)?;
            let sheet = Sheet::of(office.catalogue(), form, "vi");
            let cell = |(name, reason): (&String, &String)| {
                let position = name.strip_prefix('r')?.parse().ok()?;
                let reason = reason.trim().to_owned();
                Some(CellRemark { item: sheet.item(position), check: String::new(), reason })
            };
            let cells: Vec<CellRemark> = fields.iter().filter_map(cell).collect();
            operations::return_for_correction(office, &context, &desk.key, reason, &cells).await?
        }
    };
    Ok(())
}

/// `POST /bieu/{period}/{form}/{unit}/nhap`: keeps what is being typed; answers with a small piece of the page.
pub async fn autosave(
    State(office): State<Office>,
    visitor: Visitor,
    Path((period, form, unit)): Path<(String, String, String)>,
    CsrfForm(fields): CsrfForm<Vec<(String, String)>>,
) -> Result<Page> {
    visitor.require(Right::EnterFigures, &unit)?;
    let fields: BTreeMap<String, String> = fields.into_iter().collect();
    let mut desk = Desk::open(&office, &visitor, SubmissionKey::new(period, form, unit), true).await?;
    let unread = keep(&office, &visitor, &mut desk, &fields).await?;
    let form = operations::form(&office, &desk.key.form)?;
    let sheet = Sheet::of(office.catalogue(), form, visitor.language().as_str());
    let part = fields.get("phan").and_then(|part| part.parse().ok()).unwrap_or(0);
    let reasons = of_part(&office, &desk, unread, part)?;
    let values = context! {
        saved_at => visitor.context().stamp(),
        totals => Serde(sheet.totals(part, &desk.values)),
        faults => Serde(&reasons),
    };
    Ok(Page::new("submissions/saved.html", visitor, values))
}

/// `GET /bieu/{period}/{form}/{unit}/mau.xlsx`.
pub async fn workbook(
    State(office): State<Office>,
    visitor: Visitor,
    Path((period, form, unit)): Path<(String, String, String)>,
) -> Result<Response> {
    visitor.require(Right::ReadUnit, &unit)?;
    let key = SubmissionKey::new(period, form, unit);
    let bytes = template::workbook_for(&office, &key).await?;
    Ok(super::download(&format!("{}-{}-{}.xlsx", key.form, key.unit, key.period), bytes))
}
