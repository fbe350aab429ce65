//! The verbs of writing: a place's text with its references, sentences kept and dropped, a reading marked.

use domain::{
    Reason, Refusal,
    organisation::{Line, Registry},
    reports::reference::{Reading, Vocabulary, check},
    school_year::SchoolYear,
};
use jiff::civil::Date;

use super::{emulation, gather, operations, queries::ReportKey, store};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result},
};

/// The greatest length of one typed text, in characters.
pub const TEXT_LENGTH_MAX: usize = 20_000;

/// Keeps the text of one place of a report; an empty text empties the place. Numbers are kept as references, never as
/// they are printed.
///
/// # Errors
/// `NotFound` for a place that the report does not have; refused where the text is longer than [`TEXT_LENGTH_MAX`] or a
/// reference cannot be read, with every reference and its line.
pub async fn write_text(office: &Office, context: &Context, key: &ReportKey, place: &str, body: &str) -> Result<()> {
    check_text(office, context, key, place, body).await?;
    let mut transaction = office.db().begin().await?;
    store::write_text(&mut transaction, context, key, place, body.trim()).await?;
    audit::write(&mut transaction, context, "reports.write_text", &object(key, place), "").await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes an offered sentence, as it is or as it was edited, behind the text of its place.
///
/// # Errors
/// As [`write_text`]; refused where the sentence is empty.
pub async fn keep_sentence(
    office: &Office,
    context: &Context,
    key: &ReportKey,
    place: &str,
    body: &str,
    offered: &Offered<'_>,
) -> Result<()> {
    let sentence = offered.sentence.trim();
    if sentence.is_empty() {
        return Err(Error::refused("sentence_empty", "Câu được giữ đang trống. Hãy viết câu hoặc chọn «Bỏ»."));
    }
    let body = format!("{}\n{sentence}", body.trim_end());
    check_text(office, context, key, place, &body).await?;
    let mut transaction = office.db().begin().await?;
    store::write_text(&mut transaction, context, key, place, body.trim()).await?;
    store::settle_draft(&mut transaction, context, key, place, offered.finding, "kept").await?;
    audit::write(&mut transaction, context, "reports.keep_sentence", &object(key, place), offered.finding).await?;
    transaction.commit().await?;
    Ok(())
}

/// An offered sentence as it comes back from the page.
#[derive(Clone, Copy, Debug)]
pub struct Offered<'a> {
    /// The finding's name.
    pub finding: &'a str,
    /// The sentence, edited or not.
    pub sentence: &'a str,
}

/// Drops an offered sentence: it is not offered again at this place.
///
/// # Errors
/// `NotFound` for a place that the report does not have.
pub async fn drop_sentence(
    office: &Office,
    context: &Context,
    key: &ReportKey,
    place: &str,
    finding: &str,
) -> Result<()> {
    check_text(office, context, key, place, "").await?;
    let mut transaction = office.db().begin().await?;
    store::settle_draft(&mut transaction, context, key, place, finding, "dropped").await?;
    audit::write(&mut transaction, context, "reports.drop_sentence", &object(key, place), finding).await?;
    transaction.commit().await?;
    Ok(())
}

/// Offers again what was kept or dropped at a place.
///
/// # Errors
/// A failing database.
pub async fn offer_again(office: &Office, context: &Context, key: &ReportKey, place: &str) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let count = store::offer_again(&mut transaction, key, place).await?;
    audit::write(&mut transaction, context, "reports.offer_again", &object(key, place), &count.to_string()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Marks the report as read by the actor: from now on the page tells which numbers changed since.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known.
pub async fn mark_read(office: &Office, context: &Context, key: &ReportKey) -> Result<()> {
    let document = operations::summary_report(office, context, key).await?;
    let figures = serde_json::to_string(&Reading::of(&document)).map_err(Error::inside)?;
    let mut transaction = office.db().begin().await?;
    store::keep_reading(&mut transaction, context, key, &figures).await?;
    let object = format!("{}/{}", key.unit, key.year);
    audit::write(&mut transaction, context, "reports.mark_read", &object, &key.level).await?;
    transaction.commit().await?;
    Ok(())
}

fn object(key: &ReportKey, place: &str) -> String {
    format!("{}/{}/{place}", key.unit, key.year)
}

async fn check_text(office: &Office, context: &Context, key: &ReportKey, place: &str, body: &str) -> Result<()> {
    if !operations::places()?.contains(&place) {
        return Err(Error::NotFound(format!("đoạn «{place}» của báo cáo")));
    }
    let length = body.chars().count();
    if length > TEXT_LENGTH_MAX {
        let message =
            format!("Đoạn này dài {length} ký tự; tối đa {TEXT_LENGTH_MAX}. Xin rút gọn hoặc chuyển sang phụ lục.");
        return Err(Refusal::from(Reason::new("text_too_long", message).at("body")).into());
    }
    let registry = office.registry().await?;
    let day = gather::day(&registry, key, context.today())?;
    let knows = |unit: &str| is_inside(&registry, unit, &key.unit, day);
    let mut vocabulary = Vocabulary::of(office.catalogue());
    if body.contains("[[")
        && let Some(year) = SchoolYear::parse(&key.year)
    {
        vocabulary = vocabulary.with(&emulation::gather(office, &key.unit, year, context.today()).await?);
    }
    let faults = check(body, &vocabulary, &knows);
    let reasons = faults.into_iter().map(|fault| Reason::new(fault.kind, fault.to_string()).at("body"));
    Ok(Refusal::unless_empty(reasons.collect())?)
}

/// A report tells figures of its own unit and of units under it, which whoever reads the report may see.
pub(super) fn is_inside(registry: &Registry, unit: &str, office: &str, day: Date) -> bool {
    unit == office
        || registry.ancestors_on(unit, Line::Management, day).iter().any(|above| above.code.as_str() == office)
}
