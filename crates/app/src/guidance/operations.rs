//! The verbs on the register.

use domain::{
    Reason, Refusal,
    guidance::{DocumentNumber, DocumentType, Link, Relation, citations::Citation, read_number},
    organisation::Validity,
    vietnamese::{normalise, unaccented},
};
use jiff::civil::Date;

use super::{
    queries::{self, Register, Row},
    store::{self, NO_END},
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

mod bases;
mod cited;
pub mod files;
mod issued;

pub use bases::{Warning, check_bases};
pub use cited::{Answer, Found, Known, read_paragraph, record_cited};
pub use issued::{Issued, record_issued, record_withdrawn};

/// The longest subject, in characters.
const SUBJECT_LENGTH_MAX: usize = 1_000;

/// A document as somebody types it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// `in` or `out`.
    pub direction: String,
    /// The number as typed, with or without its code; may be empty.
    pub number: String,
    /// The identifier of the kind; empty to take the one that the number names.
    pub document_type: String,
    /// The kind in other words (`Chương trình hành động`); usually empty.
    pub type_words: String,
    /// Who issued it.
    pub issuer: String,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// What it is about.
    pub subject: String,
    /// Who signed.
    pub signer: String,
    /// First day in force.
    pub valid_from: Option<Date>,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// The office's own note.
    pub note: String,
    /// Whether the number stands as it was typed, without being read: somebody said that it is meant so.
    pub keeps_number_as_typed: bool,
}

impl Draft {
    /// The draft of a document that a paragraph cites.
    pub fn of_citation(citation: &Citation) -> Self {
        let words = DocumentType::of_identifier(citation.document_type).is_none_or(|k| k.name != citation.type_words);
        let number = citation.number_text();
        Self {
            direction: "in".to_owned(),
            number: if number.is_empty() { citation.number_raw().to_owned() } else { number },
            document_type: citation.document_type.to_owned(),
            type_words: if words { citation.type_words.clone() } else { String::new() },
            issuer: citation.issuer.as_ref().map(|issuer| issuer.text.clone()).unwrap_or_default(),
            issued_on: citation.issued_on,
            subject: citation.subject.as_ref().map(|subject| subject.text.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The draft as a row, or every reason why it cannot stand.
    fn row(&self, unit_code: &str) -> Result<Row, Refusal> {
        let mut reasons = Vec::new();
        let typed = self.number.trim();
        let is_bare = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = typed.is_empty() || is_bare || self.keeps_number_as_typed;
        let number = if is_plain { None } else { read(typed, &mut reasons) };
        let by_number = number.as_ref().and_then(DocumentNumber::document_type).map(|known| known.identifier);
        let kind = if self.document_type.is_empty() { by_number.unwrap_or("letter") } else { &self.document_type };
        if DocumentType::of_identifier(kind).is_none() && self.type_words.is_empty() {
            reasons.push(Reason::new("unknown_type", "Hãy chọn loại văn bản trong danh sách.").at("document_type"));
        }
        if self.subject.trim().is_empty() && typed.is_empty() && self.issuer.trim().is_empty() {
            let message = "Hãy ghi số, ký hiệu, hoặc trích yếu, để nhận ra văn bản.";
            reasons.push(Reason::new("nothing_to_know_it_by", message).at("number"));
        }
        if self.subject.chars().count() > SUBJECT_LENGTH_MAX {
            let message = format!("Trích yếu dài quá {SUBJECT_LENGTH_MAX} ký tự; hãy rút gọn.");
            reasons.push(Reason::new("subject_too_long", message).at("subject"));
        }
        if !(Validity { from: self.valid_from, to: self.valid_to }).is_ordered() {
            let message = "Ngày hết hiệu lực đứng trước ngày có hiệu lực; hãy kiểm tra hai ngày.";
            reasons.push(Reason::new("validity", message).at("valid_to"));
        }
        if !["in", "out"].contains(&self.direction.as_str()) {
            reasons.push(Reason::new("direction", "Hãy chọn văn bản đến hay văn bản đi.").at("direction"));
        }
        Refusal::unless_empty(reasons)?;
        let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
        Ok(Row {
            unit_code: unit_code.to_owned(),
            direction: self.direction.clone(),
            number: number.as_ref().map(ToString::to_string).unwrap_or_default(),
            number_raw: typed.to_owned(),
            document_type: kind.to_owned(),
            type_words: self.type_words.trim().to_owned(),
            issuer: normalise(&self.issuer),
            issued_on: day(self.issued_on, ""),
            subject: normalise(&self.subject),
            signer: normalise(&self.signer),
            valid_from: day(self.valid_from, ""),
            valid_to: day(self.valid_to, NO_END),
            note: self.note.trim().to_owned(),
            ..Row::default()
        })
    }
}

/// The number as it may be written; what only a person can decide becomes a reason.
fn read(typed: &str, reasons: &mut Vec<Reason>) -> Option<DocumentNumber> {
    match read_number(typed) {
        Ok(reading) => {
            let questions = reading.remarks.iter().filter(|remark| remark.asks && remark.code != "ambiguous_type");
            reasons.extend(questions.map(|question| {
                let message = format!("{} Nếu đúng, hãy ghi {}.", question.message, reading.number);
                Reason::new(&question.code, message).at("number")
            }));
            Some(reading.number)
        }
        Err(refusal) => {
            reasons.extend(refusal.reasons.into_iter().map(|reason| reason.at("number")));
            None
        }
    }
}

/// The key that a row would like to have: its number and year, or its kind and first words.
fn slug_of(row: &Row) -> String {
    let plain = |text: &str| {
        let text = unaccented(text);
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        parts.take(12).collect::<Vec<_>>().join("-")
    };
    let year = row.issued_on.get(..4).unwrap_or_default();
    let wanted = match (row.number.is_empty(), row.number_raw.is_empty()) {
        (false, _) if row.number.contains(&format!("/{year}/")) && !year.is_empty() => plain(&row.number),
        (false, _) => plain(&format!("{} {year}", row.number)),
        (true, false) => plain(&format!("{} {} {year}", row.document_type, row.number_raw)),
        (true, true) => plain(&format!("vb {} {} {year}", row.document_type, row.subject)),
    };
    if wanted.contains('-') { wanted } else { format!("vb-{wanted}") }
}

/// Puts a document into a unit's register; gives its key.
///
/// # Errors
/// Every reason why the draft cannot stand; `already_recorded` where number, day and issuer are known already.
pub async fn record(office: &Office, context: &Context, unit_code: &str, draft: &Draft) -> Result<String> {
    let row = draft.row(unit_code)?;
    let mut transaction = office.db().begin().await?;
    let register = queries::load(&mut transaction).await?;
    if let Some(known) = register.rows.iter().find(|known| is_same(known, &row)) {
        let message = format!("{} đã có trong sổ đăng ký; hãy mở văn bản đó và sửa.", known.name());
        return Err(Refusal::from(Reason::new("already_recorded", message).at("number")).into());
    }
    let slug = insert(&mut transaction, context, row).await?;
    transaction.commit().await?;
    Ok(slug)
}

fn is_same(known: &Row, new: &Row) -> bool {
    let is_numbered = !new.number.is_empty() && known.number == new.number;
    is_numbered && known.issued_on == new.issued_on && known.issuer == new.issuer && known.unit_code == new.unit_code
}

async fn insert(transaction: &mut Transaction, context: &Context, row: Row) -> Result<String> {
    let wanted = slug_of(&row);
    let (recorded_at, recorded_by) = (context.stamp(), context.actor.name().to_owned());
    let mut row = Row { recorded_at, recorded_by, ..row };
    loop {
        row.slug = store::free_slug(transaction, &wanted).await?;
        if store::insert(transaction, &row).await? {
            break;
        }
    }
    audit::write(transaction, context, "guidance.record", &row.slug, &row.name()).await?;
    Ok(row.slug)
}

/// Changes what is recorded of a document.
///
/// # Errors
/// As [`record`]; `shipped` for a text that comes with the program.
pub async fn change(office: &Office, context: &Context, slug: &str, draft: &Draft) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let register = queries::load(&mut transaction).await?;
    let known = own(&register, slug)?.clone();
    // A number that somebody kept as it was typed stays so while it is not touched.
    let is_kept = known.number.is_empty() && !known.number_raw.is_empty() && draft.number.trim() == known.number_raw;
    let row = Draft { keeps_number_as_typed: is_kept, ..draft.clone() }.row(&known.unit_code)?;
    let row = Row {
        slug: known.slug,
        issuer_unit: known.issuer_unit,
        source: known.source,
        confidence: known.confidence,
        recorded_at: known.recorded_at,
        recorded_by: known.recorded_by,
        ..row
    };
    store::save(&mut transaction, &row).await?;
    audit::write(&mut transaction, context, "guidance.change", slug, &row.name()).await?;
    Ok(transaction.commit().await?)
}

fn found<'a>(register: &'a Register, slug: &str) -> Result<&'a Row> {
    register.row(slug).ok_or_else(|| Error::NotFound(format!("văn bản {slug}")))
}

/// A document that the office itself recorded.
fn own<'a>(register: &'a Register, slug: &str) -> Result<&'a Row> {
    let row = found(register, slug)?;
    if row.unit_code.is_empty() {
        let message = format!(
            "{} là văn bản đi kèm chương trình nên không sửa tại đây; hãy ghi văn bản mới hoặc thêm quan hệ.",
            row.name()
        );
        return Err(Error::refused("shipped", message));
    }
    Ok(row)
}

/// Says how a later document stands to an earlier one.
///
/// # Errors
/// `link_cycle`, `self_link`; unknown documents.
pub async fn relate(office: &Office, context: &Context, link: &Link) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let mut register = queries::load(&mut transaction).await?;
    found(&register, &link.from)?;
    found(&register, &link.to)?;
    register.network.add(link.clone())?;
    save_link(&mut transaction, context, link).await?;
    Ok(transaction.commit().await?)
}

async fn save_link(transaction: &mut Transaction, context: &Context, link: &Link) -> Result<()> {
    store::save_relation(transaction, context, link, "").await?;
    let detail = format!("{} {}", link.relation.as_str(), link.to);
    audit::write(transaction, context, "guidance.relate", &link.from, &detail).await
}

/// Takes back a relation that was recorded by mistake.
///
/// # Errors
/// `NotFound` where it does not stand.
pub async fn unrelate(office: &Office, context: &Context, from: &str, to: &str, relation: Relation) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    if !store::delete_relation(&mut transaction, from, to, relation).await? {
        return Err(Error::NotFound("quan hệ này".to_owned()));
    }
    let detail = format!("{} {to}", relation.as_str());
    audit::write(&mut transaction, context, "guidance.unrelate", from, &detail).await?;
    Ok(transaction.commit().await?)
}

/// Records that a document was repealed: its last day in force, and the text that repealed it, if one is known.
///
/// # Errors
/// `validity` where it would end before it began; `shipped`, for which [`relate`] says it; as [`relate`].
pub async fn repeal(office: &Office, context: &Context, slug: &str, last_day: Date, by: Option<&str>) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let mut register = queries::load(&mut transaction).await?;
    let row = own(&register, slug)?.clone();
    let ended = Validity { to: Some(last_day), ..row.validity() };
    if !ended.is_ordered() {
        let message = "Ngày hết hiệu lực đứng trước ngày có hiệu lực; hãy kiểm tra hai ngày.";
        return Err(Refusal::from(Reason::new("validity", message).at("last_day")).into());
    }
    if let Some(by) = by {
        found(&register, by)?;
        let link = Link {
            from: by.to_owned(),
            to: slug.to_owned(),
            relation: Relation::Repeals,
            effective_on: last_day.tomorrow().ok(),
        };
        register.network.add(link.clone())?;
        save_link(&mut transaction, context, &link).await?;
    }
    store::save(&mut transaction, &Row { valid_to: last_day.to_string(), ..row }).await?;
    audit::write(&mut transaction, context, "guidance.repeal", slug, &last_day.to_string()).await?;
    Ok(transaction.commit().await?)
}
