//! `/quan-tri/nhat-ky`: who did what, when, for the administrator of an office.

use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Serde, context},
    },
};

/// Lines on one page: the HTML stays under 30 KB.
const PAGE_SIZE: i64 = 50;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// User name; everybody where empty.
    nguoi: String,
    /// A unit's code, or another word of what was changed; everything where empty.
    doi_tuong: String,
    /// Page, from 1.
    trang: String,
}

/// `GET /quan-tri/nhat-ky`: an installation is one office's, so whoever administers a school alone does not read it.
pub async fn show(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    let registry = office.registry().await?;
    let is_office = |code: &&str| registry.unit(code).is_none_or(|unit| !unit.kind.is_school());
    if !visitor.units_with(Right::ManageAccounts).iter().any(is_office) {
        return Err(Error::Forbidden);
    }
    let page: i64 = asked.trang.parse().unwrap_or(1).max(1);
    let (actor, word) = (asked.nguoi.trim(), asked.doi_tuong.trim());
    let (rows, count) = super::page(office.db(), actor, word, [PAGE_SIZE, (page - 1) * PAGE_SIZE]).await?;
    let page_count = (count + PAGE_SIZE - 1) / PAGE_SIZE;
    let query = serde_html_form::to_string([("nguoi", actor), ("doi_tuong", word)]).unwrap_or_default();
    let values = context! { rows => Serde(&rows), count, page, page_count, query, asked => Serde(&asked) };
    Ok(Page::new("audit/lines.html", visitor, values))
}
