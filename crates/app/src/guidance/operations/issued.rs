//! A paper that this office has just signed comes into the register, with what it rests on.

use domain::guidance::{DocumentType, Link, Relation, citations, matching};
use jiff::civil::Date;

use super::{found, insert, save_link};
use crate::{
    audit,
    guidance::{
        queries,
        store::{self, NO_END, Row},
    },
    platform::{Context, Result, Transaction},
};

/// A paper as it was signed.
#[derive(Clone, Copy, Debug)]
pub struct Issued<'a> {
    /// Whose paper it is.
    pub unit_code: &'a str,
    /// Number and code as printed.
    pub number: &'a str,
    /// The kind; none for a letter.
    pub document_type: Option<&'static DocumentType>,
    /// The issuer as it stands in a sentence.
    pub issuer: &'a str,
    /// The day of signing.
    pub issued_on: Date,
    /// What it is about.
    pub subject: &'a str,
    /// Who signed.
    pub signer: &'a str,
    /// Its legal bases, one each.
    pub bases: &'a [String],
}

/// Records a signed paper inside the signer's own transaction; bases that the register knows are tied to it. Gives its key.
///
/// # Errors
/// Where the database fails.
pub async fn record_issued(transaction: &mut Transaction, context: &Context, issued: &Issued<'_>) -> Result<String> {
    let slug = insert(transaction, context, row(issued)).await?;
    let mut register = queries::load(transaction).await?;
    let candidates = register.candidates();
    for citation in issued.bases.iter().flat_map(|basis| citations::read(basis)) {
        let matching::Match::One(basis) = matching::find(&citation, &candidates) else { continue };
        let link = Link { from: slug.clone(), to: basis, relation: Relation::BasedOn, effective_on: None };
        // A basis cited twice, or one that rests on this very number in another year's register, is no reason not to sign.
        if link.to != slug && register.network.add(link.clone()).is_ok() {
            save_link(transaction, context, &link).await?;
        }
    }
    Ok(slug)
}

/// Records inside the caller's transaction that a signed paper was taken back: from today on it is no basis for another.
///
/// # Errors
/// Where the database fails; `NotFound` for an unknown document.
pub async fn record_withdrawn(
    transaction: &mut Transaction,
    context: &Context,
    slug: &str,
    reason: &str,
) -> Result<()> {
    let register = queries::load(transaction).await?;
    let row = found(&register, slug)?.clone();
    let today = context.today();
    let yesterday = today.yesterday().unwrap_or(today);
    // Taken back on the day of its signing, it was in force on that day.
    let last_day = row.validity().from.map_or(yesterday, |first| first.max(yesterday));
    let told = format!("Đã thu hồi: {reason}");
    let note = if row.note.is_empty() { told } else { format!("{}\n{told}", row.note) };
    store::save(transaction, &Row { valid_to: last_day.to_string(), note, ..row }).await?;
    audit::write(transaction, context, "guidance.withdraw", slug, reason).await
}

fn row(issued: &Issued<'_>) -> Row {
    Row {
        unit_code: issued.unit_code.to_owned(),
        direction: "out".to_owned(),
        number: issued.number.to_owned(),
        number_raw: issued.number.to_owned(),
        document_type: issued.document_type.map_or("letter", |known| known.identifier).to_owned(),
        issuer: issued.issuer.to_owned(),
        issuer_unit: issued.unit_code.to_owned(),
        issued_on: issued.issued_on.to_string(),
        subject: issued.subject.to_owned(),
        signer: issued.signer.to_owned(),
        valid_from: issued.issued_on.to_string(),
        valid_to: NO_END.to_owned(),
        ..Row::default()
    }
}
