//! `/van-ban/doc-can-cu`: a paragraph pasted, what it cites, all that is new recorded with one click.

use std::collections::BTreeMap;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{keeper_unit, row};
use crate::{
    guidance::{
        operations::{self, Answer, Found, Known},
        queries,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// Whose preamble is pasted, and what was done a moment ago.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The document whose preamble it is; may be empty.
    #[serde(default, rename = "cho")]
    document: String,
    /// How many documents were recorded.
    #[serde(default, rename = "xong")]
    done: Option<usize>,
}

/// A pasted paragraph.
#[derive(Clone, Debug, Deserialize)]
pub struct Pasted {
    #[serde(default)]
    paragraph: String,
    #[serde(default)]
    document: String,
    /// `read` or `add`.
    #[serde(default)]
    verb: String,
    /// `3:suggested` or `3:typed`: what the number of the fourth citation is; empty where nothing was chosen.
    #[serde(default)]
    answer: Vec<String>,
}

/// The answers that were given, by the place of the citation.
fn answers(given: &[String]) -> BTreeMap<usize, Answer> {
    let answer = |text: &String| {
        let (place, word) = text.split_once(':')?;
        let answer = match word {
            "suggested" => Answer::Suggested,
            "typed" => Answer::AsTyped,
            _ => return None,
        };
        Some((place.parse().ok()?, answer))
    };
    given.iter().filter_map(answer).collect()
}

/// `GET /van-ban/doc-can-cu`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    keeper_unit(&visitor)?;
    draw(&office, visitor, &asked.document, "", &[], asked.done).await
}

async fn draw(
    office: &Office,
    visitor: Visitor,
    document: &str,
    paragraph: &str,
    found: &[Found],
    done: Option<usize>,
) -> Result<Page> {
    let name = if document.is_empty() {
        String::new()
    } else {
        row(&queries::register(office).await?, &visitor, document)?.name()
    };
    let new_count = found.iter().filter(|found| matches!(found.known, Known::New)).count();
    let label = wording::text(visitor.language(), "guidance");
    let values = context! {
        document, name => name.clone(), paragraph, found => Serde(found), is_read => !paragraph.is_empty(), new_count, done,
    };
    let page = Page::new("guidance/paste.html", visitor, values).crumb(label, "/van-ban");
    Ok(if name.is_empty() { page } else { page.crumb(name, format!("/van-ban/{document}")) })
}

/// `POST /van-ban/doc-can-cu`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(pasted): CsrfForm<Pasted>,
) -> Result<Response> {
    let unit = keeper_unit(&visitor)?;
    let document = pasted.document.trim();
    if pasted.verb != "add" {
        let found = operations::read_paragraph(&office, &pasted.paragraph).await?;
        return Ok(draw(&office, visitor, document, &pasted.paragraph, &found, None).await?.into_response());
    }
    let of = if document.is_empty() { None } else { Some(document) };
    if let Some(slug) = of {
        let register = queries::register(&office).await?;
        visitor.require(Right::KeepRegister, &row(&register, &visitor, slug)?.unit_code)?;
    }
    let added =
        operations::record_cited(&office, &visitor.context(), &unit, &pasted.paragraph, of, &answers(&pasted.answer))
            .await?;
    let address = match of {
        Some(slug) => format!("/van-ban/{slug}/can-cu"),
        None => format!("/van-ban/doc-can-cu?xong={added}"),
    };
    Ok(Redirect::to(&address).into_response())
}
