//! The verbs on the books of numbers: what is given is given once, without gap, whoever signs at the same moment.
//!
//! [`reserve`] runs inside the signer's own transaction: if the signing fails, the number was never given. Where the
//! office's records system gives the numbers, they are brought in and never given a second time.

use std::collections::BTreeSet;

use domain::{
    Reason, Refusal,
    guidance::{DocumentNumber, DocumentType, Grammar, NumberingRule, Origin},
};
use jiff::civil::Date;

mod order;

use super::store::numbers as store;
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

/// A book: one series of one agency in one year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Book {
    /// The agency.
    pub unit_code: String,
    /// The council that uses the agency's seal; empty for the agency itself.
    pub council: String,
    /// The series: an abbreviation of a kind, `CV` for letters, or a name that the office chose for several.
    pub series: String,
    /// The calendar year.
    pub year: i16,
}

/// What a number is wanted for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The agency.
    pub unit_code: &'a str,
    /// The council that uses its seal; empty for the agency itself.
    pub council: &'a str,
    /// The kind; none for a letter (công văn).
    pub document_type: Option<&'static DocumentType>,
    /// Whether it is a normative text, whose number carries the year.
    pub is_normative: bool,
    /// The abbreviations after the kind, joined by hyphens: `UBND`, `SGDĐT-TĐKT`.
    pub body: &'a str,
    /// The day of signing.
    pub signed_on: Date,
    /// What the paper is about.
    pub subject: &'a str,
    /// Who signs.
    pub signer: &'a str,
    /// The paper's key in the register or in another room; may be empty.
    pub document: &'a str,
    /// Why its day or number is out of the book's order, to stand in the book; empty where it is in order.
    pub out_of_order: &'a str,
}

/// A number as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number and code.
    pub value: DocumentNumber,
    /// The book in which it stands.
    pub book: Book,
}

/// A line of a book as it is written.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) book: Book,
    pub(super) number: u32,
    pub(super) printed: String,
    pub(super) document_type: String,
    pub(super) subject: String,
    pub(super) signer: String,
    pub(super) document: String,
    pub(super) signed_on: Date,
    pub(super) origin: Origin,
    pub(super) note: String,
}

/// Sets how an agency, or a council with its seal, numbers its papers. `groups` as [`NumberingRule::parse`] reads them;
/// `abbreviations` are the bodies that its codes may name, parted by commas, none to allow any.
///
/// # Errors
/// Every fault of the groups and abbreviations.
pub async fn set_rule(
    office: &Office,
    context: &Context,
    [unit_code, council]: [&str; 2],
    origin: Origin,
    groups: &str,
    abbreviations: &str,
) -> Result<()> {
    let rule = NumberingRule::parse(origin, groups)?;
    let known = abbreviation_set(abbreviations);
    let faults = known.iter().filter(|body| DocumentNumber::parse(&format!("01/BC-{body}")).is_err()).map(|body| {
        Reason::new("body", format!("«{body}» không phải chữ viết tắt của cơ quan: viết hoa, liền nhau.")).at("codes")
    });
    Refusal::unless_empty(faults.collect())?;
    let abbreviations = known.into_iter().collect::<Vec<_>>().join(", ");
    let mut transaction = office.db().begin().await?;
    store::save_rule(&mut transaction, context, [unit_code, council], &rule, &abbreviations).await?;
    let detail = format!("{} {} {abbreviations}", origin.as_str(), rule.groups_text());
    audit::write(&mut transaction, context, "guidance.set_rule", &place(unit_code, council), &detail).await?;
    Ok(transaction.commit().await?)
}

fn abbreviation_set(text: &str) -> BTreeSet<String> {
    text.split([',', ';', ' ', '\n']).map(str::trim).filter(|body| !body.is_empty()).map(str::to_owned).collect()
}

fn place(unit_code: &str, council: &str) -> String {
    if council.is_empty() { unit_code.to_owned() } else { format!("{unit_code}/{council}") }
}

/// Gives the next number, inside the caller's transaction: nothing is given unless that is committed.
///
/// # Errors
/// `numbered_outside` where the records system gives the numbers; `unknown_body` and every fault of the code;
/// `day_out_of_order` where the day is before that of an earlier number and no reason is given.
pub async fn reserve(transaction: &mut Transaction, context: &Context, request: &Request<'_>) -> Result<Number> {
    let (rule, abbreviations) = store::rule(transaction, request.unit_code, request.council).await?;
    if rule.origin == Origin::Outside {
        let message = "Cơ quan lấy số từ phần mềm quản lý văn bản. Hãy nhập số đã được cấp, không cấp số lần thứ hai.";
        return Err(Error::refused("numbered_outside", message));
    }
    // The code is judged before a number is taken, so that a refusal takes none.
    written(request, 1, &abbreviations)?;
    let book = Book {
        unit_code: request.unit_code.to_owned(),
        council: request.council.to_owned(),
        series: rule.series(request.document_type, request.is_normative),
        year: request.signed_on.year(),
    };
    let number = store::next(transaction, &book).await?;
    let value = written(request, number, &abbreviations)?;
    order::check_day(transaction, &book, number, request).await?;
    let entry = Entry {
        book: book.clone(),
        number,
        printed: value.to_string(),
        document_type: request.document_type.map_or("letter", |known| known.identifier).to_owned(),
        subject: request.subject.trim().to_owned(),
        signer: request.signer.trim().to_owned(),
        document: request.document.to_owned(),
        signed_on: request.signed_on,
        origin: Origin::Own,
        note: request.out_of_order.trim().to_owned(),
    };
    if !store::enter(transaction, context, &entry).await? {
        return Err(Error::inside(format!("number {value} of {book:?} stands in the book already")));
    }
    audit::write(transaction, context, "guidance.reserve", &place(request.unit_code, request.council), &entry.printed)
        .await?;
    Ok(Number { value, book })
}

fn written(request: &Request<'_>, number: u32, abbreviations: &str) -> Result<DocumentNumber, Refusal> {
    let (year, body) = (request.signed_on.year(), request.body);
    let text = match (request.document_type, request.is_normative) {
        (Some(known), true) => format!("{number:02}/{year}/{}-{body}", known.abbreviation),
        (Some(known), false) => format!("{number:02}/{}-{body}", known.abbreviation),
        (None, _) => format!("{number:02}/{body}"),
    };
    match abbreviation_set(abbreviations) {
        known if known.is_empty() => DocumentNumber::parse(&text),
        known => DocumentNumber::parse_known(&text, &known),
    }
}

/// Cancels a number with the reason; the line stays and the number is never given again.
///
/// # Errors
/// `no_reason`; `already_cancelled`; `number_of_paper` where a paper that was signed here carries it: taking the paper back
/// cancels its number; `NotFound` where the number was never given.
pub async fn cancel(office: &Office, context: &Context, book: &Book, number: u32, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        let message = "Hãy ghi lý do hủy số; số đã hủy vẫn nằm trong sổ.";
        return Err(Refusal::from(Reason::new("no_reason", message).at("reason")).into());
    }
    let mut transaction = office.db().begin().await?;
    let line = store::line(&mut transaction, book, number).await?;
    let line = line.ok_or_else(|| Error::NotFound(format!("số {number:02} trong sổ {} {}", book.series, book.year)))?;
    let printed = line.printed;
    if !line.document_slug.is_empty() && line.cancelled_at.is_empty() {
        let message = format!(
            "Số {printed} nằm trên văn bản đã ký «{}». Hãy mở văn bản đó, mục Duyệt và ký, rồi thu hồi văn bản: số được hủy \
             cùng lúc với lý do thu hồi.",
            line.subject
        );
        return Err(Refusal::from(Reason::new("number_of_paper", message).at("number")).into());
    }
    if !cancel_line(&mut transaction, context, (book, number, &printed), reason).await? {
        return Err(Error::refused("already_cancelled", format!("Số {printed} đã được hủy trước đây.")));
    }
    Ok(transaction.commit().await?)
}

/// Cancels the number of a paper that is taken back, inside the caller's transaction; one that is cancelled already stays
/// as it is.
///
/// # Errors
/// Where the database fails.
pub async fn cancel_of(
    transaction: &mut Transaction,
    context: &Context,
    [unit_code, document]: [&str; 2],
    reason: &str,
) -> Result<()> {
    for (book, number, printed) in store::of_document(transaction, unit_code, document).await? {
        cancel_line(transaction, context, (&book, number, &printed), reason).await?;
    }
    Ok(())
}

/// Cancels a line; whether it stood uncancelled.
async fn cancel_line(
    transaction: &mut Transaction,
    context: &Context,
    (book, number, printed): (&Book, u32, &str),
    reason: &str,
) -> Result<bool> {
    let is_done = store::cancel(transaction, context, book, number, reason).await?;
    if is_done {
        let (place, detail) = (place(&book.unit_code, &book.council), format!("{printed}: {reason}"));
        audit::write(transaction, context, "guidance.cancel_number", &place, &detail).await?;
    }
    Ok(is_done)
}

/// Brings in a number that the office's records system has given.
///
/// # Errors
/// Every fault of the number; `number_taken`; `body` for a Party number, which is not given here; where the numbers are
/// given here, `numbers_skipped` and `day_out_of_order` unless a reason is given.
pub async fn bring_in(office: &Office, context: &Context, printed: &str, request: &Request<'_>) -> Result<Number> {
    let mut transaction = office.db().begin().await?;
    let number = enter_outside(&mut transaction, context, printed, request).await?;
    transaction.commit().await?;
    Ok(number)
}

/// As [`bring_in`], inside the caller's transaction: at signing.
///
/// # Errors
/// As [`bring_in`].
pub async fn enter_outside(
    transaction: &mut Transaction,
    context: &Context,
    printed: &str,
    request: &Request<'_>,
) -> Result<Number> {
    let value = DocumentNumber::parse(printed.trim())?;
    if !matches!(value.grammar(), Grammar::Typed | Grammar::Letter | Grammar::Normative) {
        return Err(Error::refused("body", "Sổ này chỉ nhận số của văn bản do cơ quan mình ban hành."));
    }
    let (rule, _) = store::rule(transaction, request.unit_code, request.council).await?;
    let book = book_of(&rule, &value, request);
    let entry = Entry {
        book: book.clone(),
        number: value.number(),
        printed: value.to_string(),
        document_type: value.document_type().map_or("letter", |known| known.identifier).to_owned(),
        subject: request.subject.trim().to_owned(),
        signer: request.signer.trim().to_owned(),
        document: request.document.to_owned(),
        signed_on: request.signed_on,
        origin: Origin::Outside,
        note: request.out_of_order.trim().to_owned(),
    };
    if rule.origin == Origin::Own {
        order::check_day(transaction, &book, value.number(), request).await?;
        order::explain_skipped(transaction, context, &entry, request).await?;
    }
    if !store::enter(transaction, context, &entry).await? {
        let message = format!("Số {value} của năm {} đã có trong sổ {}; hãy kiểm tra lại số.", book.year, book.series);
        return Err(Refusal::from(Reason::new("number_taken", message).at("number")).into());
    }
    store::reach(transaction, &book, value.number()).await?;
    let place = place(request.unit_code, request.council);
    audit::write(transaction, context, "guidance.bring_in", &place, &entry.printed).await?;
    Ok(Number { value, book })
}

/// Puts the paper that bears a number on its line, inside the caller's transaction, where the number stands in the book for
/// that day and for no paper; none where it does not.
///
/// # Errors
/// Every fault of the number.
pub async fn take_up(
    transaction: &mut Transaction,
    context: &Context,
    printed: &str,
    request: &Request<'_>,
) -> Result<Option<Number>> {
    let value = DocumentNumber::parse(printed.trim())?;
    let (rule, _) = store::rule(transaction, request.unit_code, request.council).await?;
    let book = book_of(&rule, &value, request);
    let printed = value.to_string();
    if !store::take_up(transaction, &book, (value.number(), &printed), request).await? {
        return Ok(None);
    }
    let detail = format!("{printed}: {}", request.document);
    audit::write(transaction, context, "guidance.take_up", &place(&book.unit_code, &book.council), &detail).await?;
    Ok(Some(Number { value, book }))
}

/// The book in which a number from elsewhere stands.
fn book_of(rule: &NumberingRule, value: &DocumentNumber, request: &Request<'_>) -> Book {
    let year = value.year().and_then(|year| i16::try_from(year).ok());
    Book {
        unit_code: request.unit_code.to_owned(),
        council: request.council.to_owned(),
        series: rule.series(value.document_type(), value.grammar() == Grammar::Normative),
        year: year.unwrap_or(request.signed_on.year()),
    }
}
