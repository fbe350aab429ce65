//! `/van-ban`: the register, to be searched and filtered.

use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::{Listed, kinds, listed, may_read};
use crate::{
    guidance::{
        queries::{self, Row},
        search,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Paged, Serde, context},
    },
};

/// So many documents stand on a page.
const ROW_COUNT_MAX: usize = 30;

/// The longest question, in characters.
const QUESTION_LENGTH_MAX: usize = 200;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    chieu: String,
    #[serde(default)]
    trang: usize,
}

impl Asked {
    fn admits(&self, row: &Row) -> bool {
        (self.loai.is_empty() || row.document_type == self.loai)
            && (self.chieu.is_empty() || row.direction == self.chieu)
    }
}

/// A document with the line of its files that answers the question.
#[derive(Debug, Serialize)]
struct Hit {
    document: Listed,
    line: String,
}

/// `GET /van-ban`: latest first; for a question, best first.
pub async fn show(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    let register = queries::register(&office).await?;
    let question: String = asked.tim.chars().take(QUESTION_LENGTH_MAX).collect();
    let is_asked = !question.trim().is_empty();
    let rows =
        if is_asked { search::rows(&office, &register, &question).await? } else { register.rows.iter().collect() };
    let found: Vec<&Row> = rows.into_iter().filter(|row| may_read(&visitor, row) && asked.admits(row)).collect();
    let Paged { rows, page, page_count } = Paged::of(&found, asked.trang, ROW_COUNT_MAX);
    let today = visitor.today();
    let mut hits = Vec::new();
    for row in rows {
        let line = match is_asked {
            true => search::line(&queries::files::words_of(&office, &row.slug).await?, &question),
            false => String::new(),
        };
        hits.push(Hit { document: listed(&register, row, today), line });
    }
    let keeps = visitor.require_somewhere(Right::KeepRegister).is_ok();
    let values = context! {
        asked => Serde(&asked), kinds => Serde(&kinds()), hits => Serde(&hits), found_count => found.len(),
        page, page_count, keeps,
    };
    Ok(Page::new("guidance/list.html", visitor, values))
}
