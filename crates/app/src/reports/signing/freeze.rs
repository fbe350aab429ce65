//! What is frozen at signing: the content as printed, its figures, the revisions behind them, the rules that made it.

use std::sync::OnceLock;

use domain::{
    organisation::{Line, Registry},
    reports::{FigureReference, paper::PaperContent},
    school_year::SchoolYear,
};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    guidance::numbers::Number,
    office::Office,
    platform::{Error, Result, secrets},
    reports::papers::{operations::content_hash, queries::Paper},
    shipped, submissions,
};

/// A paper as it was signed, ready to be stored.
#[derive(Debug)]
pub(super) struct Frozen {
    pub(super) paper: i64,
    pub(super) check_code: String,
    pub(super) printed_number: String,
    pub(super) book: String,
    pub(super) signed_on: Date,
    pub(super) signer: String,
    pub(super) content: String,
    pub(super) content_hash: String,
    pub(super) figures: String,
    pub(super) sources: String,
    pub(super) rules: String,
}

/// The approved revision of one form behind the figures of a year.
#[derive(Clone, Debug, Serialize)]
struct Source {
    unit: String,
    form: String,
    period: String,
    revision: u32,
}

/// By what the content was made.
#[derive(Debug, Serialize)]
struct Rules {
    /// Version of the program.
    program: &'static str,
    /// SHA-256 over all data that ship with it (forms, indicators, checks, wordings) and the office's own packs.
    packs: String,
    /// Kind of the wording.
    wording: String,
    /// The office's version of the wording; 0 for the shipped one.
    wording_version: i64,
}

/// What stands behind a paper's figures, gathered before the transaction begins.
pub(super) struct Behind {
    figures: String,
    sources: String,
    rules: String,
}

/// Gathers the figures of a paper and the revisions behind them, as of the day of signing.
///
/// # Errors
/// Where the database cannot be read.
pub(super) async fn behind(office: &Office, paper: &Paper, day: Date) -> Result<Behind> {
    let figures: Vec<&FigureReference> = paper.content.figures().collect();
    let mut years: Vec<SchoolYear> = figures.iter().map(|figure| figure.year).collect();
    years.sort();
    years.dedup();
    let registry = office.registry().await?;
    let schools = schools_under(&registry, &paper.unit, day);
    let mut sources = Vec::new();
    for year in years {
        let approved = submissions::queries::approved_revisions(office, year, &schools).await?;
        let source = |(key, revision): (submissions::SubmissionKey, u32)| Source {
            unit: key.unit,
            form: key.form,
            period: key.period,
            revision,
        };
        sources.extend(approved.into_iter().map(source));
    }
    let rules = Rules {
        program: env!("CARGO_PKG_VERSION"),
        packs: packs_of(office),
        wording: paper.kind.clone(),
        wording_version: paper.wording_version,
    };
    Ok(Behind { figures: json(&figures)?, sources: json(&sources)?, rules: json(&rules)? })
}

/// The content with its number, date and address, and all that stands behind it.
pub(super) fn freeze(
    paper: &Paper,
    behind: Behind,
    number: &Number,
    signed_on: Date,
    public_address: Option<&str>,
) -> Result<Frozen> {
    let check_code = secrets::password()?;
    let check_url = public_address.map(|address| format!("{}/kiem-tra/{check_code}", address.trim_end_matches('/')));
    let mut content = paper.content.clone();
    if let PaperContent::Documents(documents) = &mut content {
        for document in documents {
            document.number = Some(number.value.number());
            document.date = Some(signed_on);
            document.check_url.clone_from(&check_url);
        }
    }
    let signer = content.documents().first().map(|document| document.signature.name.clone()).unwrap_or_default();
    let content = json(&content)?;
    Ok(Frozen {
        paper: paper.id,
        check_code,
        printed_number: number.value.to_string(),
        book: format!("{} {}", number.book.series, number.book.year),
        signed_on,
        signer,
        content_hash: content_hash(&content),
        content,
        figures: behind.figures,
        sources: behind.sources,
        rules: behind.rules,
    })
}

fn schools_under<'a>(registry: &'a Registry, unit: &'a str, day: Date) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut waiting: Vec<_> = registry.unit(unit).into_iter().collect();
    while let Some(unit) = waiting.pop() {
        if unit.school.is_some() {
            found.push(unit.code.as_str());
        }
        waiting.extend(registry.children_on(unit.code.as_str(), Line::Management, day));
    }
    found.sort_unstable();
    found
}

/// The hash of the shipped data, or of it and the office's own packs.
fn packs_of(office: &Office) -> String {
    let shipped = packs_hash();
    if office.own_packs().is_empty() {
        return shipped.to_owned();
    }
    let mut digest = Sha256::new();
    digest.update(shipped);
    for file in office.own_packs() {
        digest.update(&file.place);
        digest.update([0]);
        digest.update(&file.text);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn packs_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let mut digest = Sha256::new();
        for (path, bytes) in shipped::all() {
            digest.update(path.as_bytes());
            digest.update([0]);
            digest.update(bytes);
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    })
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::inside)
}
