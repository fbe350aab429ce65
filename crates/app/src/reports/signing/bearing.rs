//! Papers that are written down here though another body issued them, or that bear their number already: whether they are
//! signed here, and with which number and day.

use domain::{Reason, guidance::DocumentNumber, reports::Document, vietnamese::short_date};

use super::operations::SigningTerms;
use crate::{
    guidance::numbers::{self, Number, Request},
    platform::{Context, Result, Transaction},
    reports::papers::{Issued, queries::Paper},
};

/// Another body's paper is told here, not signed.
///
/// # Errors
/// Where it cannot be read whose paper it is.
pub(super) fn not_ours(paper: &Paper) -> Result<Option<Reason>> {
    let issued = Issued::of(&paper.inputs)?;
    Ok(issued
        .filter(|issued| issued.unit_code != paper.unit)
        .map(|_| Reason::new("not_ours", "Văn bản này do cơ quan khác ban hành; ở đây chỉ chép lại, không trình ký.")))
}

/// Number and code that a document bears; none for one that takes its number at signing.
pub(super) fn number(document: &Document) -> Option<String> {
    document.number.map(|number| format!("{number:02}/{}", document.code))
}

/// No paper gets a second number: one that bears a number is signed with it, on the day that it bears.
pub(super) fn numbered_already(document: &Document, terms: &SigningTerms) -> Option<Reason> {
    let borne = number(document)?;
    let same = |typed: &str| DocumentNumber::parse(typed.trim()).ok() == DocumentNumber::parse(&borne).ok();
    let is_number = terms.outside_number.as_deref().is_some_and(same);
    if is_number && document.date.is_none_or(|day| day == terms.signed_on) {
        return None;
    }
    let day = document.date.map(|day| format!(" ngày {}", short_date(day))).unwrap_or_default();
    let message =
        format!("Văn bản đã mang số {borne}{day}. Hãy nhập đúng số đã cấp và ngày ký ấy; không cấp số thứ hai.");
    Some(Reason::new("numbered_already", message).at("outside_number"))
}

/// The number with which a paper is signed: the next one of the book, the one that was given outside, or the one that it bears
/// already, whose line may stand in the book since before there was a paper.
///
/// # Errors
/// Where the book refuses it.
pub(super) async fn take_number(
    transaction: &mut Transaction,
    context: &Context,
    (document, terms): (&Document, &SigningTerms),
    request: &Request<'_>,
) -> Result<Number> {
    let Some(printed) = &terms.outside_number else {
        return numbers::reserve(transaction, context, request).await;
    };
    if number(document).is_some()
        && let Some(taken) = numbers::take_up(transaction, context, printed, request).await?
    {
        return Ok(taken);
    }
    numbers::enter_outside(transaction, context, printed, request).await
}
