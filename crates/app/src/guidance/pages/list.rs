//! `/van-ban`: the register, to be searched and filtered.

use axum::extract::{Query, State};
use domain::vietnamese::fold;
use serde::Deserialize;

use super::{kinds, listed, may_read};
use crate::{
    guidance::queries::{self, Row},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Serde, context},
    },
};

/// So many documents stand on a page.
const ROW_COUNT_MAX: usize = 30;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize)]
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
    fn finds(&self, row: &Row) -> bool {
        (self.loai.is_empty() || row.document_type == self.loai)
            && (self.chieu.is_empty() || row.direction == self.chieu)
            && self.words().iter().all(|word| folded(row).contains(word))
    }

    fn words(&self) -> Vec<String> {
        fold(&self.tim).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }
}

fn folded(row: &Row) -> String {
    fold(&format!("{} {} {} {} {}", row.name(), row.number_raw, row.issuer, row.subject, row.signer))
}

/// `GET /van-ban`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    let register = queries::register(&office).await?;
    let found: Vec<&Row> = register.rows.iter().filter(|row| may_read(&visitor, row) && asked.finds(row)).collect();
    let page_count = found.len().div_ceil(ROW_COUNT_MAX).max(1);
    let page = asked.trang.clamp(1, page_count);
    let today = visitor.today();
    let shown = found.iter().skip((page - 1) * ROW_COUNT_MAX).take(ROW_COUNT_MAX);
    let rows: Vec<_> = shown.map(|row| listed(&register, row, today)).collect();
    let keeps = visitor.require_somewhere(Right::KeepRegister).is_ok();
    let values = context! {
        asked => Serde(&asked), kinds => Serde(&kinds()), rows => Serde(&rows), found_count => found.len(), page, page_count, keeps,
    };
    Ok(Page::new("guidance/list.html", visitor, values))
}
