//! `/van-ban/{document}`: a document, what it rests on, what rests on it, whether it is still in force.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::{
    Refusal,
    guidance::{Link, Relation},
};
use serde::{Deserialize, Serialize};

use super::{edit::day, lapse, may_read, resolve, row};
use crate::{
    guidance::{
        operations,
        queries::{self, Register},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// A relation as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct Related {
    relation: &'static str,
    slug: String,
    name: String,
    subject: String,
    effective_on: String,
    source: String,
    lapsed: bool,
}

/// `GET /van-ban/{document}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(slug): Path<String>) -> Result<Page> {
    let register = queries::register(&office).await?;
    let row = row(&register, &visitor, &slug)?;
    let today = visitor.today();
    let keeps = visitor.require_somewhere(Right::KeepRegister).is_ok();
    let keeps_this = !row.unit_code.is_empty() && visitor.may(Right::KeepRegister, &row.unit_code);
    let label = wording::text(visitor.language(), "guidance");
    let values = context! {
        row => Serde(row),
        name => row.name(),
        kind => domain::guidance::DocumentType::of_identifier(&row.document_type).map_or("", |known| known.name),
        has_end => row.validity().to.is_some(),
        lapsed => Serde(&lapse(&register, &slug, today)),
        earlier => Serde(&related(&register, &visitor, &slug, true)),
        later => Serde(&related(&register, &visitor, &slug, false)),
        relations => Relation::ALL.map(Relation::as_str).to_vec(),
        files => Serde(&queries::files::of_document(&office, &slug).await?),
        keeps, keeps_this,
    };
    Ok(Page::new("guidance/document.html", visitor, values).crumb(label, "/van-ban"))
}

pub(super) fn related(register: &Register, visitor: &Visitor, slug: &str, is_earlier: bool) -> Vec<Related> {
    let today = visitor.today();
    let links = if is_earlier { register.network.earlier(slug) } else { register.network.later(slug) };
    let shown = |link: &Link| {
        let other = if is_earlier { &link.to } else { &link.from };
        let row = register.row(other).filter(|row| may_read(visitor, row))?;
        let source = register.relations.iter().find(|known| known.from_slug == link.from && known.to_slug == link.to);
        Some(Related {
            relation: link.relation.as_str(),
            slug: other.clone(),
            name: row.name(),
            subject: row.subject.clone(),
            effective_on: link.effective_on.map_or_else(String::new, |day| day.to_string()),
            source: source.map(|known| known.source.clone()).unwrap_or_default(),
            lapsed: register.network.lapsed_on(other, today).is_some(),
        })
    };
    links.iter().filter_map(shown).collect()
}

/// What is done to a document.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Act {
    /// Says how it stands to another; `inverse:` before the relation where the other is the later one.
    Relate {
        /// The relation.
        relation: String,
        /// The other document: key, number or citation.
        other: String,
        /// From which day; may be empty.
        #[serde(default)]
        effective_on: String,
    },
    /// Takes a relation back.
    Unrelate {
        /// The relation.
        relation: String,
        /// The earlier document.
        other: String,
    },
    /// Takes a file away that was attached by mistake.
    Detach {
        /// The hash of its content.
        file: String,
    },
    /// Records that it was repealed.
    Repeal {
        /// Its last day in force.
        last_day: String,
        /// By which document; may be empty.
        #[serde(default)]
        by: String,
    },
}

/// `POST /van-ban/{document}`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(slug): Path<String>,
    CsrfForm(act): CsrfForm<Act>,
) -> Result<Redirect> {
    visitor.require_somewhere(Right::KeepRegister)?;
    let register = queries::register(&office).await?;
    let known = row(&register, &visitor, &slug)?;
    let context = visitor.context();
    match act {
        Act::Relate { relation, other, effective_on } => {
            if !known.unit_code.is_empty() {
                visitor.require(Right::KeepRegister, &known.unit_code)?;
            }
            let mut reasons = Vec::new();
            let effective_on = day("effective_on", &effective_on, &mut reasons);
            Refusal::unless_empty(reasons)?;
            let other = resolve(&register, &visitor, &other)?;
            let (is_inverse, name) = match relation.strip_prefix("inverse:") {
                Some(name) => (true, name),
                None => (false, relation.as_str()),
            };
            let (from, to) = if is_inverse { (other, slug.clone()) } else { (slug.clone(), other) };
            let link = Link { from, to, relation: known_relation(name)?, effective_on };
            operations::relate(&office, &context, &link).await?;
        }
        Act::Unrelate { relation, other } => {
            visitor.require(Right::KeepRegister, &known.unit_code)?;
            operations::unrelate(&office, &context, &slug, &other, known_relation(&relation)?).await?;
        }
        Act::Detach { file } => {
            visitor.require(Right::KeepRegister, &known.unit_code)?;
            operations::files::detach(&office, &context, &slug, &file).await?;
        }
        Act::Repeal { last_day, by } => {
            visitor.require(Right::KeepRegister, &known.unit_code)?;
            let mut reasons = Vec::new();
            let last_day = day("last_day", &last_day, &mut reasons);
            Refusal::unless_empty(reasons)?;
            let last_day = last_day.ok_or_else(|| Error::refused("no_day", "Hãy ghi ngày cuối cùng còn hiệu lực."))?;
            let by = if by.trim().is_empty() { None } else { Some(resolve(&register, &visitor, &by)?) };
            operations::repeal(&office, &context, &slug, last_day, by.as_deref()).await?;
        }
    }
    Ok(Redirect::to(&format!("/van-ban/{slug}")))
}

fn known_relation(name: &str) -> Result<Relation> {
    Relation::parse(name).ok_or_else(|| Error::refused("unknown_relation", "Hãy chọn quan hệ trong danh sách."))
}
