//! `/quan-tri/nhat-ky`: who did what, when, for the administrator of an office: of those whose accounts the administrator may
//! manage, and whoever may manage all of them reads every line.

use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::{AuditRow, Wanted};
use crate::{
    identity::{
        Visitor,
        queries::{accounts, managed_by},
    },
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Serde, Value, context, wording},
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

/// `GET /quan-tri/nhat-ky`; a page beyond the last shows the last.
pub async fn show(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    if !visitor.reads_audit() {
        return Err(Error::Forbidden);
    }
    let (actor, word) = (asked.nguoi.trim(), asked.doi_tuong.trim());
    let wanted = Wanted { actor, word, among: among(&office, &visitor).await? };
    let count = super::count(office.db(), &wanted).await?;
    let page_count = ((count + PAGE_SIZE - 1) / PAGE_SIZE).max(1);
    let page = asked.trang.parse().unwrap_or(1).clamp(1, page_count);
    let rows = super::lines(office.db(), &wanted, [PAGE_SIZE, (page - 1) * PAGE_SIZE]).await?;
    let query = serde_html_form::to_string([("nguoi", actor), ("doi_tuong", word)]).unwrap_or_default();
    let rows = told(&office, &visitor, &rows).await?;
    let values = context! { rows, count, page, page_count, query, asked => Serde(&asked) };
    Ok(Page::new("audit/lines.html", visitor, values))
}

/// The lines with what they were done to in people's words: units by name, and of what a number is.
async fn told(office: &Office, visitor: &Visitor, rows: &[AuditRow]) -> Result<Vec<Value>> {
    let registry = office.registry().await?;
    let word = |part: &str| match registry.unit(part) {
        Some(unit) => unit.name_on(visitor.today()).to_owned(),
        None => {
            wording::message(visitor.language(), &format!("audited-{part}"), None).unwrap_or_else(|| part.to_owned())
        }
    };
    let about = |object: &str| object.split('/').map(word).collect::<Vec<_>>().join(" · ");
    let line = |row: &AuditRow| {
        context! {
            about => about(&row.object), object => row.object.as_str(), verb => row.verb.as_str(),
            recorded_at => row.recorded_at.as_str(), actor => row.actor.as_str(), detail => row.detail.as_str(),
        }
    };
    Ok(rows.iter().map(line).collect())
}

/// Whose lines the visitor reads; everybody's, the machine's among them, where no account is out of reach.
async fn among(office: &Office, visitor: &Visitor) -> Result<Option<Vec<String>>> {
    let managed: Vec<String> =
        managed_by(office, visitor).await?.into_iter().map(|managed| managed.account.user_name).collect();
    Ok((managed.len() < accounts(office).await?.len()).then_some(managed))
}
