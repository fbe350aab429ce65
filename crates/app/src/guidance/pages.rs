//! The register in the browser: list, document, form, pasted paragraphs, what rests on what, the books of numbers.

pub mod books;
pub mod document;
mod drawing;
pub mod edit;
pub mod files;
pub mod foundations;
pub mod list;
pub mod paste;

use domain::guidance::{DocumentType, Manner, citations, matching};
use jiff::civil::Date;
use serde::Serialize;

use super::queries::{Register, Row};
use crate::{
    identity::{Right, Visitor},
    platform::{Error, Result},
};

/// Whether a visitor may see a document: texts of law are everyone's, others their unit's.
fn may_read(visitor: &Visitor, row: &Row) -> bool {
    row.unit_code.is_empty() || visitor.may(Right::ReadUnit, &row.unit_code)
}

/// The document with this key, if the visitor may see it.
fn row<'a>(register: &'a Register, visitor: &Visitor, slug: &str) -> Result<&'a Row> {
    let row = register.row(slug).filter(|row| may_read(visitor, row));
    row.ok_or_else(|| Error::NotFound(format!("văn bản {slug}")))
}

/// The unit in whose register the visitor writes.
fn keeper_unit(visitor: &Visitor) -> Result<String> {
    visitor.signed_in()?;
    let unit = visitor.units_with(Right::KeepRegister).first().map(|unit| (*unit).to_owned());
    unit.ok_or(Error::Forbidden)
}

/// A kind to choose.
#[derive(Debug, Serialize)]
struct KindChoice {
    identifier: &'static str,
    name: &'static str,
}

fn kinds() -> Vec<KindChoice> {
    DocumentType::all().map(|known| KindChoice { identifier: known.identifier, name: known.name }).collect()
}

/// A document as lists show it.
#[derive(Debug, Serialize)]
struct Listed {
    slug: String,
    name: String,
    issuer: String,
    issued_on: String,
    subject: String,
    direction: String,
    confidence: String,
    /// Its last day in force, where it has lapsed.
    lapsed: Option<LapseShown>,
}

/// That a document has lapsed.
#[derive(Debug, Serialize)]
struct LapseShown {
    manner: Manner,
    last_day: String,
    successor: String,
    successor_name: String,
}

fn listed(register: &Register, row: &Row, day: Date) -> Listed {
    Listed {
        slug: row.slug.clone(),
        name: row.name(),
        issuer: row.issuer.clone(),
        issued_on: row.issued_on.clone(),
        subject: row.subject.clone(),
        direction: row.direction.clone(),
        confidence: row.confidence.clone(),
        lapsed: lapse(register, &row.slug, day),
    }
}

fn lapse(register: &Register, slug: &str, day: Date) -> Option<LapseShown> {
    let lapse = register.network.lapsed_on(slug, day)?;
    let successor = lapse.successor.unwrap_or_default();
    let successor_name = register.row(&successor).map(Row::name).unwrap_or_default();
    let last_day = lapse.last_day.map_or_else(String::new, |day| day.to_string());
    Some(LapseShown { manner: lapse.manner, last_day, successor, successor_name })
}

/// The document that a person means by a key, a number or a whole citation.
fn resolve(register: &Register, visitor: &Visitor, typed: &str) -> Result<String> {
    let typed = typed.trim();
    if let Ok(row) = row(register, visitor, typed) {
        return Ok(row.slug.clone());
    }
    let rows: Vec<&Row> = register.rows.iter().filter(|row| may_read(visitor, row)).collect();
    let candidates: Vec<_> = rows.iter().map(|row| row.candidate()).collect();
    let found = citations::read(typed).first().map(|citation| matching::find(citation, &candidates));
    match found {
        Some(matching::Match::One(slug)) => Ok(slug),
        Some(matching::Match::Several(slugs)) => {
            let names = slugs.join(", ");
            let message = format!("«{typed}» là nhiều văn bản trong sổ: {names}. Hãy ghi đúng một mã trong số đó.");
            Err(Error::refused("several", message))
        }
        _ => {
            let message = format!("«{typed}» chưa có trong sổ đăng ký. Hãy ghi văn bản đó vào sổ trước.");
            Err(Error::refused("unregistered", message))
        }
    }
}
