//! What the writer and the reader of a report see beside its text: sentences to keep, numbers to put in, what changed.

use std::sync::{Arc, OnceLock};

use documents::letters::{self, Boxed};
use domain::{
    Level,
    figures::catalogue::Catalogue,
    reports::{
        Block, Document, FigureForm, HeadingRank, Place, Run,
        narrative::{Draft, Phrasebook, drafts, findings},
        reference::{
            ChangedFigure, FlaggedFigure, Naming, Reference, ReferenceFault, TARGET, Teller, changed_among, check,
            flagged, paragraphs, runs,
        },
        summary::SummaryFacts,
    },
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    gather, operations,
    queries::{self, ReportKey},
    writing,
};
use crate::{
    office::Office,
    platform::{Context, Error, Result},
    shipped,
};

/// Most numbers that one search shows.
const FOUND_MAX: usize = 12;

/// One place of a report as its writer sees it.
#[derive(Debug)]
pub struct PlaceDesk {
    /// Which place.
    pub code: String,
    /// The heading under which it stands.
    pub title: String,
    /// What to write there.
    pub guidance: String,
    /// What is typed, references and all.
    pub text: String,
    /// The same as it is printed today.
    pub preview: Vec<Vec<Run>>,
    /// References that cannot be read, with their lines.
    pub faults: Vec<ReferenceFault>,
    /// Sentences that the figures offer.
    pub drafts: Vec<Draft>,
    /// How many sentences were kept or dropped here.
    pub settled_count: usize,
    /// The place before and the place after, in the report's order.
    pub neighbours: (Option<String>, Option<String>),
}

/// A number that may be put into a text, in every form that has a value today.
#[derive(Debug)]
pub struct FoundNumber {
    /// Item or indicator.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it counts in.
    pub measure: String,
    /// The level that it speaks of; none for the whole unit.
    pub level: Option<Level>,
    /// The plain value first.
    pub forms: Vec<OfferedForm>,
}

/// One form of a number.
#[derive(Debug, Serialize)]
pub struct OfferedForm {
    /// The reference that is put into the text.
    pub reference: String,
    /// What it prints today.
    pub printed: String,
    /// What the printed number does not say of itself: `last` year, the `target`, the `coverage`; else empty.
    pub note: &'static str,
}

/// One line of the outline: a place, what stands there, what is offered.
#[derive(Debug)]
pub struct PlaceLine {
    /// Which place.
    pub code: String,
    /// The heading under which it stands.
    pub title: String,
    /// What to write there.
    pub guidance: String,
    /// The paragraphs as printed; none while it is empty.
    pub paragraphs: Vec<Vec<Run>>,
    /// Sentences that are offered.
    pub draft_count: usize,
}

/// A report as a whole, with what its reader should know.
#[derive(Debug)]
pub struct Outline {
    /// The report as it stands.
    pub document: Arc<Document>,
    /// Its places in reading order.
    pub places: Vec<PlaceLine>,
    /// Figures that sentences state and that have no value.
    pub flagged: Vec<FlaggedFigure>,
    /// When the reader marked the report as read; none if never.
    pub read_at: Option<Timestamp>,
    /// Numbers that changed since then.
    pub changed: Vec<ChangedFigure>,
    /// Lines with letters that the PDF shows as boxes.
    pub boxed: Vec<Boxed>,
}

/// The report with its places, for `context.actor`.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known.
pub async fn outline(office: &Office, context: &Context, key: &ReportKey) -> Result<Outline> {
    let document = operations::kept_report(office, context, key).await?;
    let gathered = gather::kept(office, context, key).await?;
    let settled = queries::settled(office, key).await?;
    let reading = queries::last_reading(office, key, context.actor.name()).await?;
    let facts = gathered.facts(office);
    let offer = Offer::of(&facts)?;
    let is_settled = |place: &str, finding: &str| settled.contains(&(place.to_owned(), finding.to_owned()));
    let places = places(&document).into_iter().map(|(title, place)| PlaceLine {
        title,
        code: place.code.clone(),
        guidance: place.guidance.clone(),
        paragraphs: place.paragraphs.clone(),
        draft_count: offer.drafts(&place.code, &|finding| is_settled(&place.code, finding)).len(),
    });
    let changed = reading.as_ref().map(|reading| {
        let bodies = document.printed();
        changed_among(bodies.iter().flatten(), &reading.figures)
    });
    Ok(Outline {
        places: places.collect(),
        flagged: flagged(&document),
        read_at: reading.and_then(|reading| reading.read_at.parse().ok()),
        changed: changed.unwrap_or_default(),
        boxed: letters::in_documents(std::slice::from_ref(&document)),
        document,
    })
}

/// The same as its page asks for it: kept until something changes.
///
/// # Errors
/// As [`outline`].
pub async fn kept_outline(office: &Office, context: &Context, key: &ReportKey) -> Result<Arc<Outline>> {
    let asked = (key.clone(), context.today(), context.actor.name().to_owned());
    // On the heap: unoptimised, its frames together are larger than a thread's stack.
    office.kept().outlines.get(office.db(), asked, Box::pin(outline(office, context, key))).await
}

/// One place of a report, with `typed` in place of what is kept if something is typed.
///
/// # Errors
/// `NotFound` for a unit, a year or a place that is not known.
pub async fn place(
    office: &Office,
    context: &Context,
    key: &ReportKey,
    code: &str,
    typed: Option<&str>,
) -> Result<PlaceDesk> {
    let gathered = gather::kept(office, context, key).await?;
    let settled = queries::settled(office, key).await?;
    let registry = office.registry().await?;
    let facts = gathered.facts(office);
    let document = operations::written_places(&facts)?;
    let order = places(&document);
    let unknown = || Error::NotFound(format!("đoạn «{code}» của báo cáo"));
    let at = order.iter().position(|(_, place)| place.code == code).ok_or_else(unknown)?;
    let here = |finding: &str| settled.contains(&(code.to_owned(), finding.to_owned()));
    let offer = Offer::of(&facts)?;
    let text = typed.or(facts.texts.get(code).map(String::as_str)).unwrap_or_default();
    let day = gather::day(&registry, key, context.today())?;
    let knows = |unit: &str| writing::is_inside(&registry, unit, &key.unit, day);
    let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|(_, place)| place.code.clone());
    let (title, here_place) = &order[at];
    Ok(PlaceDesk {
        code: code.to_owned(),
        title: title.clone(),
        guidance: here_place.guidance.clone(),
        preview: paragraphs(text, &offer.teller),
        faults: check(text, offer.teller.vocabulary(), &knows),
        text: text.to_owned(),
        drafts: offer.drafts(code, &here),
        settled_count: settled.iter().filter(|(place, _)| place == code).count(),
        neighbours: (neighbour(at.checked_sub(1)), neighbour(Some(at + 1))),
    })
}

/// Numbers by words of their name or code, each in the forms that have a value today.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known.
pub async fn find_numbers(
    office: &Office,
    context: &Context,
    key: &ReportKey,
    words: &str,
) -> Result<Vec<FoundNumber>> {
    let gathered = gather::kept(office, context, key).await?;
    let facts = gathered.facts(office);
    let teller = Teller::of(&facts);
    let found = teller.vocabulary().find(words);
    let number = |(code, naming)| found_number(code, naming, &teller, office.catalogue());
    Ok(found.into_iter().take(FOUND_MAX).map(number).collect())
}

fn found_number(code: &str, naming: &Naming, teller: &Teller<'_>, catalogue: &Catalogue) -> FoundNumber {
    // A change of a percentage is in points under either word: one is offered.
    let offered = FigureForm::ALL
        .into_iter()
        .filter(|form| naming.fits(*form).is_ok() && (*form != FigureForm::Change || !naming.is_percent()));
    let own = offered.map(|form| {
        let note = if form == FigureForm::Coverage { "coverage" } else { "" };
        (Reference::own(code, form), note)
    });
    let last = Reference { year: Some(teller.year().previous()), ..Reference::own(code, FigureForm::Value) };
    let target = Reference::own(format!("{TARGET}{code}"), FigureForm::Value);
    let forms = own.chain([(last, "last"), (target, "target")]).filter_map(|(reference, note)| {
        let reference = reference.to_string();
        match runs(&reference, teller).as_slice() {
            [run] if !run.is_flagged() => {
                let printed = run.printed().to_owned();
                Some(OfferedForm { reference, printed, note })
            }
            _ => None,
        }
    });
    let element = code.split('.').next().unwrap_or(code);
    let of_indicator = catalogue.indicator(code).and_then(|indicator| indicator.level);
    FoundNumber {
        code: code.to_owned(),
        label: naming.label.clone(),
        measure: naming.measure.clone(),
        level: of_indicator.or_else(|| catalogue.element(element)?.level),
        forms: forms.collect(),
    }
}

/// What the figures of a report say by themselves.
struct Offer<'a> {
    teller: Teller<'a>,
    findings: Vec<domain::reports::narrative::Finding>,
    book: &'static Phrasebook,
}

impl<'a> Offer<'a> {
    fn of(facts: &'a SummaryFacts<'a>) -> Result<Self> {
        let (teller, book) = (Teller::of(facts), phrasebook()?);
        let findings = findings(facts, &teller, book);
        Ok(Self { teller, findings, book })
    }

    fn drafts(&self, place: &str, is_settled: &dyn Fn(&str) -> bool) -> Vec<Draft> {
        drafts(place, &self.findings, &self.teller, self.book, is_settled)
    }
}

/// The wording of sentences, as shipped.
fn phrasebook() -> Result<&'static Phrasebook> {
    static BOOK: OnceLock<std::result::Result<Phrasebook, String>> = OnceLock::new();
    let read = || {
        let text = shipped::text("reports/narrative.toml").map_err(|error| error.to_string())?;
        Phrasebook::parse(text).map_err(|fault| fault.to_string())
    };
    BOOK.get_or_init(read).as_ref().map_err(|fault| Error::Inside(fault.clone()))
}

/// The places in reading order, each with the heading under which it stands; a point carries its clause's before it.
fn places(document: &Document) -> Vec<(String, &Place)> {
    let (mut clause, mut title, mut places) = (String::new(), String::new(), Vec::new());
    for block in document.bodies().flatten() {
        match block {
            Block::Heading(heading) if heading.rank == HeadingRank::Point => {
                title = format!("{clause} · {}", heading.title);
            }
            Block::Heading(heading) => {
                clause.clone_from(&heading.title);
                title.clone_from(&heading.title);
            }
            Block::Place(place) => places.push((title.clone(), place)),
            _ => {}
        }
    }
    places
}
