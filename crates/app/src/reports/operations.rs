//! The verbs of reports.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use documents::letters::{self, Boxed};
use domain::{
    Reason, Refusal,
    reports::{
        Document,
        summary::{self, SummaryFacts, SummaryPlan},
    },
};

use super::{
    gather,
    queries::{ReportKey, Target},
    store,
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, clock},
    school_year::calendar,
    shipped,
};

/// Sets the targets of a unit for a year, all or none.
///
/// # Errors
/// Refused with every indicator that the catalogue does not know and every value that is no number.
pub async fn set_targets(office: &Office, context: &Context, unit: &str, year: &str, targets: &[Target]) -> Result<()> {
    let unknown = targets.iter().filter(|target| office.catalogue().indicator(&target.indicator).is_none()).map(|t| {
        Reason::new("unknown_indicator", format!("Không có chỉ số «{}» trong danh mục.", t.indicator)).at(&t.indicator)
    });
    let no_number = targets
        .iter()
        .filter(|target| !target.value.is_finite())
        .map(|target| Reason::new("not_a_number", "Chỉ tiêu phải là một số.").at(&target.indicator));
    Refusal::unless_empty(unknown.chain(no_number).collect())?;
    let mut transaction = office.db().begin().await?;
    for target in targets {
        store::set_target(&mut transaction, context, unit, year, target).await?;
    }
    let detail = targets.iter().map(|t| format!("{}={}", t.indicator, t.value)).collect::<Vec<_>>().join(" ");
    audit::write(&mut transaction, context, "reports.set_targets", &format!("{unit}/{year}"), &detail).await?;
    transaction.commit().await?;
    Ok(())
}

/// The kind of the summary report on the command line.
pub const SUMMARY_REPORT: &str = "bao-cao-tong-ket";

/// A file format of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For editing on.
    Docx,
    /// PDF/A-2a and PDF/UA-1, for keeping.
    Pdf,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Docx, Self::Pdf];

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == name)
    }

    /// The file name's ending, also the name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// The summary report as it stands now: a draft without number and date.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known.
pub async fn summary_report(office: &Office, context: &Context, key: &ReportKey) -> Result<Document> {
    let gathered = gather::kept(office, context, key).await?;
    written(&gathered.facts(office))
}

/// The summary report from facts that are at hand.
pub(super) fn written(facts: &SummaryFacts<'_>) -> Result<Document> {
    Ok(summary::write(facts, plan()?))
}

/// The report's places alone, under their headings: neither sentences, tables nor charts.
pub(super) fn written_places(facts: &SummaryFacts<'_>) -> Result<Document> {
    static PLAN: OnceLock<SummaryPlan> = OnceLock::new();
    let whole = plan()?;
    Ok(summary::write(facts, PLAN.get_or_init(|| whole.places_alone())))
}

/// The codes of the places into which people type, in the report's order.
pub(super) fn places() -> Result<Vec<&'static str>> {
    Ok(plan()?.places())
}

/// The same report as pages and downloads ask for it: kept until something changes.
///
/// # Errors
/// As [`summary_report`].
pub async fn kept_report(office: &Office, context: &Context, key: &ReportKey) -> Result<Arc<Document>> {
    let asked = (key.clone(), context.today());
    office.kept().reports.get(office.db(), asked, summary_report(office, context, key)).await
}

/// The latest school year that the office has opened.
///
/// # Errors
/// `NotFound` where none is open yet.
pub async fn latest_year(office: &Office) -> Result<String> {
    let years = calendar::years(office).await?;
    let latest = years.into_iter().max().ok_or_else(|| Error::NotFound("năm học nào đã mở".to_owned()))?;
    Ok(latest.to_string())
}

/// The plan of the summary report, as shipped.
fn plan() -> Result<&'static SummaryPlan> {
    static PLAN: OnceLock<std::result::Result<SummaryPlan, String>> = OnceLock::new();
    let read = || {
        let text = shipped::text("reports/bao-cao-tong-ket.toml").map_err(|error| error.to_string())?;
        SummaryPlan::parse(text).map_err(|fault| fault.to_string())
    };
    PLAN.get_or_init(read).as_ref().map_err(|fault| Error::Inside(fault.clone()))
}

/// A document as bytes.
#[derive(Debug)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pages, where the format has them.
    pub page_count: Option<usize>,
}

/// Writes a document in a format, off the threads that serve.
pub async fn bytes(document: Arc<Document>, format: Format, context: &Context) -> Result<Written> {
    let made_at = clock::in_vietnam(context.now);
    let write = move || match format {
        Format::Docx => documents::docx::write(&document, made_at).map(|bytes| Written { bytes, page_count: None }),
        Format::Pdf => documents::pdf::write(&document, made_at)
            .map(|pdf| Written { bytes: pdf.bytes, page_count: Some(pdf.pages) }),
    };
    tokio::task::spawn_blocking(write).await.map_err(Error::inside)?.map_err(Error::inside)
}

/// The name of a report's file.
pub fn file_name(key: &ReportKey, format: Format) -> String {
    let level = if key.level.is_empty() { String::new() } else { format!("-{}", key.level) };
    format!("{SUMMARY_REPORT}-{}-{}{level}.{}", key.year, key.unit, format.extension())
}

/// A report written to files.
#[derive(Debug)]
pub struct Saved {
    /// The number of the document; none in a draft.
    pub number: Option<u32>,
    /// The files, in the order of the formats asked for.
    pub files: Vec<PathBuf>,
    /// Pages of the PDF, where one was asked for.
    pub page_count: Option<usize>,
    /// Numbers that are tied to figures.
    pub figure_count: usize,
    /// Lines with letters that a PDF shows as boxes.
    pub boxed_letters: Vec<Boxed>,
}

/// Writes the summary report into a folder, in every format at once.
///
/// # Errors
/// As [`summary_report`]; and where the folder cannot be written.
pub async fn save_summary_report(
    office: &Office,
    context: &Context,
    key: &ReportKey,
    formats: &[Format],
    folder: &Path,
) -> Result<Saved> {
    let document = Arc::new(summary_report(office, context, key).await?);
    let writing = formats.iter().map(|format| bytes(Arc::clone(&document), *format, context));
    let written = futures_util::future::try_join_all(writing).await?;
    std::fs::create_dir_all(folder)?;
    let mut saved = Saved {
        number: document.number,
        files: Vec::new(),
        page_count: None,
        figure_count: document.figures().count(),
        boxed_letters: letters::in_documents(std::slice::from_ref(&document)),
    };
    for (format, written) in formats.iter().zip(written) {
        let path = folder.join(file_name(key, *format));
        std::fs::write(&path, written.bytes)?;
        saved.files.push(path);
        saved.page_count = saved.page_count.or(written.page_count);
    }
    Ok(saved)
}
