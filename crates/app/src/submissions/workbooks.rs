//! Workbooks in: read and understood on all cores while earlier ones are checked and stored, with bounded memory.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use documents::workbook::{self, CellRef, Expectation, Forms, Limits, Problem, ProblemCode};
use domain::{Reason, figures::catalogue::Severity, submissions::FormValues};
use serde::Serialize;
use tokio::sync::mpsc;

use super::{
    Road, SubmissionKey,
    bulk::{BATCH_SIZE, Incoming, Intake, Keep, Verdict},
    check::{Finding, Rules},
    sources::{SentFile, Sources},
};
use crate::{
    office::Office,
    platform::{Context, Error, Result},
};

/// What became of one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Its name as sent.
    pub file: String,
    /// The unit; empty where it cannot be told.
    pub unit: String,
    /// The form; empty where it cannot be told.
    pub form: String,
    /// The period; empty where it cannot be told.
    pub period: String,
    /// Whether its values were taken (on a dry run: would be).
    pub accepted: bool,
    /// The revision that holds its values; 0 where refused or on a dry run.
    pub revision: u32,
    /// False where the same content had been sent before.
    pub is_new: bool,
    /// Cells with a value.
    pub cells: usize,
    /// Everything that is wrong, by sheet and cell.
    pub problems: Vec<Problem>,
    /// The copy with comments in the cells; empty where none was wanted or nothing is wrong.
    pub marked: String,
}

impl FileReport {
    /// Leaves of the marked copy's path the name alone: what a page may know.
    pub fn hide_folder(&mut self) {
        self.marked = short_name(&self.marked).to_owned();
    }
}

/// For which units the sender may send; `None` is for all.
pub type Permitted = Option<Arc<dyn Fn(&str) -> bool + Send + Sync>>;

/// How workbooks are taken in.
#[derive(Clone)]
pub struct Terms {
    /// Whether anything is stored.
    pub keep: Keep,
    /// Folder for copies with the problems as comments.
    pub mark_into: Option<PathBuf>,
    /// One reason for every warning.
    pub reason: String,
    /// For which units the sender may send.
    pub permitted: Permitted,
    /// The form that is being handed in, where the page knows it.
    pub expected: Option<SubmissionKey>,
}

impl Terms {
    /// Stored, no copies, no reason, from anybody.
    pub fn plain(keep: Keep) -> Self {
        Self { keep, mark_into: None, reason: String::new(), permitted: None, expected: None }
    }
}

/// Takes workbooks in; `progress` hears how many are done. The reports stand in the order of the sources.
///
/// # Errors
/// Inside faults only. What is stored by then stays; sending everything again goes on where it stopped.
pub async fn import(
    office: &Office,
    context: &Context,
    sources: Sources,
    terms: &Terms,
    progress: impl Fn(usize),
) -> Result<Vec<FileReport>> {
    let mut read_files = start_readers(office, sources, terms);
    let mut intake = Intake::new(office, context);
    let mut reports: Vec<(usize, FileReport)> = Vec::new();
    let mut batch = Vec::with_capacity(BATCH_SIZE);
    loop {
        let room = BATCH_SIZE - batch.len();
        let received = read_files.recv_many(&mut batch, room).await;
        if batch.len() == BATCH_SIZE || (received == 0 && !batch.is_empty()) {
            reports.extend(take(&mut intake, std::mem::take(&mut batch), terms).await?);
            progress(reports.len());
        } else if received == 0 {
            break;
        }
    }
    reports.sort_by_key(|(position, _)| *position);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

/// A workbook that was read and understood, or not.
struct ReadFile {
    position: usize,
    report: FileReport,
    values: Option<FormValues>,
    places: Vec<Option<CellRef>>,
    sheet_names: Vec<String>,
    /// Kept where a marked copy may be wanted.
    bytes: Vec<u8>,
}

/// One reader for each core; they wait when the storing side falls behind.
fn start_readers(office: &Office, sources: Sources, terms: &Terms) -> mpsc::Receiver<ReadFile> {
    let (sender, receiver) = mpsc::channel(BATCH_SIZE);
    let sources = Arc::new(Mutex::new(sources.enumerate()));
    for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
        let (sources, sender, office, terms) = (sources.clone(), sender.clone(), office.clone(), terms.clone());
        tokio::task::spawn_blocking(move || {
            let forms = Forms::new(office.catalogue());
            loop {
                let next = sources.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((position, file)) = next else { break };
                if sender.blocking_send(read(position, file, &forms, &terms)).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

fn read(position: usize, file: SentFile, forms: &Forms<'_>, terms: &Terms) -> ReadFile {
    let mut read = ReadFile {
        position,
        report: FileReport {
            file: file.name,
            unit: String::new(),
            form: String::new(),
            period: String::new(),
            accepted: false,
            revision: 0,
            is_new: false,
            cells: 0,
            problems: Vec::new(),
            marked: String::new(),
        },
        values: None,
        places: Vec::new(),
        sheet_names: Vec::new(),
        bytes: Vec::new(),
    };
    match file.content {
        Err(problem) => read.report.problems.push(problem),
        Ok(bytes) => {
            match workbook::read(&bytes, short_name(&read.report.file), &Limits::default()) {
                Err(problems) => read.report.problems = problems,
                Ok(found) => understand(&mut read, &found, forms, terms),
            }
            if terms.mark_into.is_some() {
                read.bytes = bytes;
            }
        }
    }
    read
}

fn understand(read: &mut ReadFile, found: &workbook::ReadWorkbook, forms: &Forms<'_>, terms: &Terms) {
    let expected = terms.expected.as_ref().map_or_else(Expectation::default, |key| Expectation {
        form: Some(&key.form),
        unit: Some(&key.unit),
        period: Some(&key.period),
    });
    let understood = workbook::interpret(found, forms, &expected);
    let report = &mut read.report;
    if let Some(identity) = understood.identity {
        (report.unit, report.form, report.period) = (identity.unit, identity.form, identity.period);
        let forbidden = terms.permitted.as_ref().is_some_and(|permitted| !permitted(&report.unit));
        if forbidden {
            let message = format!("Bạn không được giao nộp số liệu cho đơn vị «{}».", report.unit);
            report.problems.push(Problem::error(ProblemCode::WrongUnit, message));
        } else if !understood.values.is_empty() {
            read.values = Some(FormValues::from_cells(understood.values));
        }
    }
    report.cells = read.values.as_ref().map_or(0, FormValues::filled_count);
    report.problems.extend(understood.problems);
    (read.places, read.sheet_names) = (understood.places, understood.sheet_names);
}

/// Checks and stores one batch and completes its reports.
async fn take(intake: &mut Intake<'_>, batch: Vec<ReadFile>, terms: &Terms) -> Result<Vec<(usize, FileReport)>> {
    let (mut understood, mut done): (Vec<ReadFile>, Vec<ReadFile>) =
        batch.into_iter().partition(|file| file.values.is_some());
    understood.sort_by_key(|file| file.position);
    let incoming = understood.iter_mut().filter_map(|file| incoming(file, terms)).collect();
    let verdicts = intake.accept(incoming, terms.keep).await?;
    let rules = intake.rules()?;
    for (file, verdict) in understood.iter_mut().zip(verdicts) {
        complete(&rules, file, verdict);
    }
    done.append(&mut understood);
    let marked = terms.mark_into.clone();
    let finish = move || done.into_iter().map(|file| finish(file, marked.as_deref())).collect::<Result<Vec<_>>>();
    tokio::task::spawn_blocking(finish).await.map_err(Error::inside)?
}

/// The code of a reason that only says that the workbook has problems of its own.
const HAS_PROBLEMS: &str = "has_problems";

fn incoming(file: &mut ReadFile, terms: &Terms) -> Option<Incoming> {
    let report = &file.report;
    let has_errors = report.problems.iter().any(Problem::is_error);
    Some(Incoming {
        key: SubmissionKey::new(&report.period, &report.form, &report.unit),
        values: file.values.take()?,
        road: Road::Workbook,
        file_name: short_name(&report.file).to_owned(),
        explanations: Vec::new(),
        reason: terms.reason.clone(),
        faults: if has_errors { vec![Reason::new(HAS_PROBLEMS, "")] } else { Vec::new() },
    })
}

/// Adds the verdict to the report: what the checks found at its cell, what else was said at the file.
fn complete(rules: &Rules, file: &mut ReadFile, verdict: Verdict) {
    for finding in &verdict.findings {
        let problem = at_its_cell(rules, file, &verdict.key, finding);
        // What is in the cell was refused already; it is not missing as well.
        let is_same = |known: &Problem| {
            known.code == problem.code || (known.severity == Severity::Error && problem.code == "missing_value")
        };
        let is_known = |known: &Problem| known.sheet == problem.sheet && known.cell == problem.cell && is_same(known);
        if problem.cell.is_empty() || !file.report.problems.iter().any(is_known) {
            file.report.problems.push(problem);
        }
    }
    match verdict.outcome {
        Ok(accepted) => {
            file.report.accepted = true;
            (file.report.revision, file.report.is_new) = (accepted.revision, accepted.is_new);
        }
        Err(refusal) => {
            let of_file =
                refusal.reasons.into_iter().filter(|reason| reason.at.is_empty() && reason.code != HAS_PROBLEMS);
            file.report.problems.extend(of_file.map(|reason| Problem {
                sheet: String::new(),
                cell: String::new(),
                code: reason.code,
                severity: Severity::Error,
                message: reason.message,
            }));
        }
    }
}

fn at_its_cell(rules: &Rules, file: &ReadFile, key: &SubmissionKey, finding: &Finding) -> Problem {
    let position = finding.items.first().and_then(|item| rules.position(&key.form, item));
    let place = position.and_then(|position| file.places.get(position).copied().flatten());
    let (sheet, cell) = place.map_or_else(Default::default, |place| {
        let sheet = file.sheet_names.get(usize::from(place.sheet)).cloned().unwrap_or_default();
        (sheet, place.a1())
    });
    Problem {
        sheet,
        cell,
        code: problem_code(finding.code).to_owned(),
        severity: finding.severity,
        message: finding.message.clone(),
    }
}

/// The word of a workbook's problem for what the checks found: one word for one fault on every road.
pub fn problem_code(finding: &str) -> &str {
    match finding {
        "required" => "missing_value",
        "not_yes_no" => "not_a_choice",
        "too_long" => "text_too_long",
        other => other,
    }
}

fn finish(mut file: ReadFile, mark_into: Option<&Path>) -> Result<(usize, FileReport)> {
    if let Some(folder) = mark_into.filter(|_| !file.report.problems.is_empty() && !file.bytes.is_empty()) {
        file.report.marked = write_marked(folder, &file)?;
    }
    Ok((file.position, file.report))
}

/// Writes the copy with comments, under the sent file's last name and its position, so that names never collide and
/// never leave the folder. What cannot be opened cannot be marked.
fn write_marked(folder: &Path, file: &ReadFile) -> Result<String> {
    let Ok(marked) = workbook::mark(&file.bytes, &file.report.problems) else { return Ok(String::new()) };
    let stem = Path::new(short_name(&file.report.file)).file_stem().and_then(|stem| stem.to_str()).unwrap_or("tep");
    let safe: String = stem.chars().filter(|c| c.is_alphanumeric() || "-_. ".contains(*c)).take(80).collect();
    let path = folder.join(format!("{safe}-{}.xlsx", file.position + 1));
    std::fs::create_dir_all(folder)?;
    std::fs::write(&path, marked)?;
    Ok(path.display().to_string())
}

fn short_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
