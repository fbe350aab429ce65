//! What the register holds: its rows, its relations as a network, its candidates for citations, its books.

use domain::{
    guidance::{DocumentType, Link, Network, Relation, Text, matching::Candidate},
    organisation::Validity,
};
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::store::NO_END;
pub use super::store::Row;
use crate::{
    office::Office,
    platform::{Error, Result},
};

pub mod books;
pub mod files;

const ROWS: &str = "select slug, unit_code, direction, number, number_raw, document_type, type_words, issuer, \
     issuer_unit, issued_on, subject, signer, valid_from, valid_to, source, confidence, note, recorded_at, recorded_by \
     from guidance_document order by issued_on desc, number, slug";
const COUNT: &str = "select count(*) from guidance_document";
const RELATIONS: &str = "select from_slug, to_slug, relation, effective_on, source from guidance_relation \
     order by from_slug, relation, to_slug";

/// A relation as a row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct RelationRow {
    /// The later text.
    pub from_slug: String,
    /// The earlier text.
    pub to_slug: String,
    /// The relation's identifier.
    pub relation: String,
    /// From which day; empty where it is the day on which the later text enters into force.
    pub effective_on: String,
    /// Where that is read.
    pub source: String,
}

/// The register as it stands.
#[derive(Clone, Debug)]
pub struct Register {
    /// The documents: latest first, those without a date last.
    pub rows: Vec<Row>,
    /// What stands to what.
    pub relations: Vec<RelationRow>,
    /// The same as a network, to be asked what rests on what and what has lapsed.
    pub network: Network,
}

impl Row {
    /// How people name it: `Kế hoạch số 136/KH-UBND`, or kind and subject where it has no number.
    pub fn name(&self) -> String {
        let kind = DocumentType::of_identifier(&self.document_type).map_or("Văn bản", |known| known.name);
        let kind = if self.type_words.is_empty() { kind } else { &self.type_words };
        let number = if self.number.is_empty() { &self.number_raw } else { &self.number };
        match (number.is_empty(), self.subject.is_empty()) {
            (false, _) => format!("{kind} số {number}"),
            (true, false) => format!("{kind} {}", self.subject),
            (true, true) => format!("{kind} của {}", self.issuer),
        }
    }

    /// When it is in force.
    pub fn validity(&self) -> Validity {
        Validity { from: self.valid_from.parse().ok(), to: day_before_open(&self.valid_to) }
    }

    fn text(&self) -> Text {
        let issued_on = self.issued_on.parse().ok();
        Text { id: self.slug.clone(), name: self.name(), issued_on, validity: self.validity() }
    }

    /// The row as citations are matched to it.
    pub fn candidate(&self) -> Candidate {
        Candidate {
            id: self.slug.clone(),
            number: self.number.clone(),
            number_raw: self.number_raw.clone(),
            document_type: self.document_type.clone(),
            issuer: self.issuer.clone(),
            issued_on: self.issued_on.parse().ok(),
            subject: self.subject.clone(),
        }
    }
}

fn day_before_open(text: &str) -> Option<Date> {
    if text == NO_END { None } else { text.parse().ok() }
}

impl Register {
    /// The document with this key.
    pub fn row(&self, slug: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.slug == slug)
    }

    /// Every document as a candidate for citations.
    pub fn candidates(&self) -> Vec<Candidate> {
        self.rows.iter().map(Row::candidate).collect()
    }
}

/// How many documents the register holds.
///
/// # Errors
/// Where the database cannot be read.
pub async fn count(office: &Office) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(COUNT).fetch_one(office.db().pool()).await?;
    Ok(count)
}

/// The whole register.
///
/// # Errors
/// Where the database cannot be read or holds relations that cannot stand.
pub async fn register(office: &Office) -> Result<Register> {
    let mut connection = office.db().pool().acquire().await?;
    load(&mut connection).await
}

/// The same inside a transaction.
pub(super) async fn load(connection: &mut AnyConnection) -> Result<Register> {
    // Relations first: between the two somebody may sign, and a relation of a document that was not read yet stands nowhere.
    // A document that a relation names is never deleted, so the rows read afterwards have them all.
    let relations: Vec<RelationRow> = sqlx::query_as(RELATIONS).fetch_all(&mut *connection).await?;
    let rows: Vec<Row> = sqlx::query_as(ROWS).fetch_all(connection).await?;
    let links = relations.iter().map(link).collect::<Result<_>>()?;
    let network = Network::new(rows.iter().map(Row::text).collect(), links).map_err(Error::inside)?;
    Ok(Register { rows, relations, network })
}

fn link(row: &RelationRow) -> Result<Link> {
    let relation = Relation::parse(&row.relation).ok_or_else(|| Error::inside(format!("relation {}", row.relation)))?;
    Ok(Link {
        from: row.from_slug.clone(),
        to: row.to_slug.clone(),
        relation,
        effective_on: row.effective_on.parse().ok(),
    })
}
