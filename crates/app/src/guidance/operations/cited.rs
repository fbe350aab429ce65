//! A pasted paragraph: what it cites, what the register knows of it, and all that is new recorded at once.

use domain::guidance::{
    Link, Relation,
    citations::{Citation, read},
    matching::{self, Candidate, Match},
};
use serde::Serialize;

use super::{Draft, insert, own, save_link};
use crate::{
    guidance::queries,
    office::Office,
    platform::{Context, Error, Result},
};

/// The longest paragraph that is read at once, in characters.
const PARAGRAPH_LENGTH_MAX: usize = 100_000;

/// What the register knows of a citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Known {
    /// This document.
    Registered {
        /// Its key.
        slug: String,
        /// Its name.
        name: String,
    },
    /// One of these; a person chooses by completing date and issuer.
    Several {
        /// Their keys.
        slugs: Vec<String>,
    },
    /// None yet.
    New,
}

/// A citation with what the register knows of it.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// What the paragraph says.
    pub citation: Citation,
    /// What the register says.
    pub known: Known,
}

/// Reads a pasted paragraph.
///
/// # Errors
/// `paragraph_too_long`.
pub async fn read_paragraph(office: &Office, paragraph: &str) -> Result<Vec<Found>> {
    let register = queries::register(office).await?;
    let candidates = register.candidates();
    let name = |slug: &str| register.row(slug).map(queries::Row::name).unwrap_or_default();
    let known = |citation: &Citation| match matching::find(citation, &candidates) {
        Match::One(slug) => Known::Registered { name: name(&slug), slug },
        Match::Several(slugs) => Known::Several { slugs },
        Match::New => Known::New,
    };
    Ok(cited(paragraph)?.into_iter().map(|citation| Found { known: known(&citation), citation }).collect())
}

fn cited(paragraph: &str) -> Result<Vec<Citation>> {
    if paragraph.chars().count() > PARAGRAPH_LENGTH_MAX {
        let message = format!("Đoạn dán vào dài quá {PARAGRAPH_LENGTH_MAX} ký tự; hãy dán từng phần.");
        return Err(Error::refused("paragraph_too_long", message));
    }
    Ok(read(paragraph))
}

/// Records everything new that a paragraph cites, with the relations that it tells, all or nothing; and, where the
/// paragraph is the preamble of a registered document, that it rests on what it cites. Gives how many were new.
///
/// # Errors
/// As [`super::record`] and [`super::relate`].
pub async fn record_cited(
    office: &Office,
    context: &Context,
    unit_code: &str,
    paragraph: &str,
    preamble_of: Option<&str>,
) -> Result<usize> {
    let citations = cited(paragraph)?;
    let mut transaction = office.db().begin().await?;
    let register = queries::load(&mut transaction).await?;
    if let Some(slug) = preamble_of {
        own(&register, slug)?;
    }
    let mut candidates = register.candidates();
    let mut slugs: Vec<Option<String>> = Vec::with_capacity(citations.len());
    let mut new_count = 0;
    for citation in &citations {
        slugs.push(match matching::find(citation, &candidates) {
            Match::One(slug) => Some(slug),
            Match::Several(_) => None,
            Match::New => {
                let row = Draft::of_citation(citation).row(unit_code)?;
                let candidate = row.candidate();
                let slug = insert(&mut transaction, context, row).await?;
                candidates.push(Candidate { id: slug.clone(), ..candidate });
                new_count += 1;
                Some(slug)
            }
        });
    }
    let mut network = queries::load(&mut transaction).await?.network;
    for link in links(&citations, &slugs, preamble_of) {
        if network.later(&link.to).contains(&link) {
            continue;
        }
        network.add(link.clone())?;
        save_link(&mut transaction, context, &link).await?;
    }
    transaction.commit().await?;
    Ok(new_count)
}

fn links(citations: &[Citation], slugs: &[Option<String>], preamble_of: Option<&str>) -> Vec<Link> {
    let link = |from: &str, relation, to: &str| Link {
        from: from.to_owned(),
        to: to.to_owned(),
        relation,
        effective_on: None,
    };
    let mut links = Vec::new();
    let mut nested = vec![false; citations.len()];
    for (from, citation) in slugs.iter().zip(citations) {
        for (relation, to) in &citation.links {
            nested[*to] = true;
            if let (Some(from), Some(to)) = (from, &slugs[*to]) {
                links.push(link(from, *relation, to));
            }
        }
    }
    if let Some(document) = preamble_of {
        let direct =
            slugs.iter().zip(nested).filter(|(_, is_nested)| !is_nested).filter_map(|(slug, _)| slug.as_deref());
        links.extend(direct.filter(|slug| *slug != document).map(|slug| link(document, Relation::BasedOn, slug)));
    }
    links.sort();
    links.dedup();
    links
}
