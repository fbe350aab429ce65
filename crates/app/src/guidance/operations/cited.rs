//! A pasted paragraph: what it cites, what the register knows of it, and all that is new recorded at once.

use std::collections::BTreeMap;

use domain::guidance::{
    Link, Relation,
    citations::{Citation, CitedNumber, read},
    matching::{self, Candidate, Match},
};
use serde::Serialize;

use super::{Draft, insert, own, save_link};
use crate::{
    guidance::queries::{self, Row},
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

/// What a person says of a number that may be meant otherwise than it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The number as it is suggested.
    Suggested,
    /// The number as it is typed.
    AsTyped,
}

/// Reads a pasted paragraph.
///
/// # Errors
/// `paragraph_too_long`.
pub async fn read_paragraph(office: &Office, paragraph: &str) -> Result<Vec<Found>> {
    let register = queries::register(office).await?;
    let candidates = register.candidates();
    let name = |slug: &str| register.row(slug).map(Row::name).unwrap_or_default();
    let known = |citation: &Citation| match matching::find(citation, &candidates) {
        Match::One(slug) => Known::Registered { name: name(&slug), slug },
        Match::Several(slugs) => Known::Several { slugs },
        Match::New => recorded(&register.rows, citation)
            .map_or(Known::New, |row| Known::Registered { name: row.name(), slug: row.slug.clone() }),
    };
    Ok(cited(paragraph)?.into_iter().map(|citation| Found { known: known(&citation), citation }).collect())
}

fn cited(paragraph: &str) -> Result<Vec<Citation>> {
    if paragraph.chars().count() > PARAGRAPH_LENGTH_MAX {
        let message = format!("Đoạn dán vào dài quá {PARAGRAPH_LENGTH_MAX} ký tự; hãy dán từng phần.");
        return Err(Error::refused("paragraph_too_long", message));
    }
    Ok(once(read(paragraph)))
}

/// Each document once, though the paragraph names it in the same words again; relations go to the one that is left.
fn once(citations: Vec<Citation>) -> Vec<Citation> {
    let mut left: Vec<Citation> = Vec::new();
    let mut places = Vec::with_capacity(citations.len());
    for citation in citations {
        let is_same = |known: &Citation| draft(known, Answer::Suggested) == draft(&citation, Answer::Suggested);
        match left.iter().position(is_same) {
            Some(at) => {
                left[at].links.extend(citation.links);
                places.push(at);
            }
            None => {
                places.push(left.len());
                left.push(citation);
            }
        }
    }
    for (at, citation) in left.iter_mut().enumerate() {
        citation.links.iter_mut().for_each(|(_, to)| *to = places[*to]);
        citation.links.retain(|(_, to)| *to != at);
        citation.links.dedup();
    }
    left
}

fn draft(citation: &Citation, answer: Answer) -> Draft {
    let draft = Draft::of_citation(citation);
    match answer {
        Answer::Suggested => draft,
        Answer::AsTyped => Draft { number: citation.number_raw().to_owned(), keeps_number_as_typed: true, ..draft },
    }
}

/// What was recorded of the same words before, whatever was answered of their number then.
fn recorded<'a>(rows: &'a [Row], citation: &Citation) -> Option<&'a Row> {
    let drafts = [Answer::Suggested, Answer::AsTyped].map(|answer| draft(citation, answer).row(""));
    drafts.iter().flatten().find_map(|row| rows.iter().find(|known| says_the_same(known, row)))
}

/// Whether a paragraph was recorded before: what it says of the document stands there word for word.
fn says_the_same(known: &Row, new: &Row) -> bool {
    let said = |row: &Row| {
        let texts = [
            &row.number,
            &row.number_raw,
            &row.document_type,
            &row.type_words,
            &row.issuer,
            &row.issued_on,
            &row.subject,
        ];
        texts.map(Clone::clone)
    };
    said(known) == said(new)
}

/// What is answered of a citation, where something is asked.
fn answered(citation: &Citation, answer: Option<Answer>) -> Result<Answer> {
    let CitedNumber::Full(reading) = &citation.number else { return Ok(Answer::Suggested) };
    let asked: Vec<&str> = reading
        .remarks
        .iter()
        .filter(|remark| remark.asks && remark.code != "ambiguous_type")
        .map(|remark| remark.message.as_str())
        .collect();
    match answer {
        Some(answer) => Ok(answer),
        None if asked.is_empty() => Ok(Answer::Suggested),
        None => {
            let message =
                format!("«{}»: {} Hãy chọn câu trả lời ở dòng đó rồi ghi lại.", reading.raw.trim(), asked.join(" "));
            Err(Error::refused("number_unanswered", message))
        }
    }
}

/// Records everything new that a paragraph cites, with the relations that it tells, all or nothing; and, where the
/// paragraph is the preamble of a registered document, that it rests on what it cites. `answers` by the place of a citation,
/// from 0. Gives how many were new.
///
/// # Errors
/// `number_unanswered` for a new document whose number may be meant otherwise; as [`super::record`] and [`super::relate`].
pub async fn record_cited(
    office: &Office,
    context: &Context,
    unit_code: &str,
    paragraph: &str,
    preamble_of: Option<&str>,
    answers: &BTreeMap<usize, Answer>,
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
    for (at, citation) in citations.iter().enumerate() {
        slugs.push(match matching::find(citation, &candidates) {
            Match::One(slug) => Some(slug),
            Match::Several(_) => None,
            Match::New => match recorded(&register.rows, citation) {
                Some(known) => Some(known.slug.clone()),
                None => {
                    let row = draft(citation, answered(citation, answers.get(&at).copied())?).row(unit_code)?;
                    let candidate = row.candidate();
                    let slug = insert(&mut transaction, context, row).await?;
                    candidates.push(Candidate { id: slug.clone(), ..candidate });
                    new_count += 1;
                    Some(slug)
                }
            },
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
