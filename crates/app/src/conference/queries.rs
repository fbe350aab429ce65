//! What is asked about conferences: lists, logs, addresses of delegates.

pub mod around;
pub mod found;

use std::collections::BTreeMap;

use domain::conference::{Event, Id, Phase, Recorded};
use serde::Serialize;
use sqlx::AnyConnection;

use crate::{
    office::Office,
    platform::{Error, Result},
};

const LIST: &str = "select id, unit_code, year, title, held_on, phase from conference order by held_on desc, id desc";
const ONE: &str = "select id, unit_code, year, title, held_on, phase from conference where id = $1";
const SEQ: &str = "select seq from conference where id = $1";
const EVENTS: &str = "select seq, version, at, actor, body from conference_event \
     where conference_id = $1 and seq > $2 order by seq";
const OWNER: &str = "select conference_id, participation from conference_link where token = $1";
const LINKS: &str = "select participation, token from conference_link where conference_id = $1 order by participation";

/// A conference as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Listed {
    /// Its number.
    pub id: i64,
    /// The unit that organises it.
    pub unit_code: String,
    /// The school year that it reviews.
    pub year: String,
    /// Its title.
    pub title: String,
    /// The day as ISO text; empty where it is not set.
    pub held_on: String,
    /// How far it is.
    pub phase: String,
}

impl Listed {
    /// Whether it took place, here or before it was written down.
    pub fn is_over(&self) -> bool {
        [Phase::Closed, Phase::Recorded].iter().any(|phase| phase.as_str() == self.phase)
    }
}

/// Every conference, latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn list(office: &Office) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as(LIST).fetch_all(office.db().pool()).await?)
}

/// One conference.
///
/// # Errors
/// `NotFound`.
pub async fn one(office: &Office, id: i64) -> Result<Listed> {
    let row = sqlx::query_as(ONE).bind(id).fetch_optional(office.db().pool()).await?;
    row.ok_or_else(|| Error::NotFound(format!("hội nghị {id}")))
}

/// The place of a conference's last event.
pub(super) async fn latest_seq(connection: &mut AnyConnection, id: i64) -> Result<u64> {
    let row: Option<(i64,)> = sqlx::query_as(SEQ).bind(id).fetch_optional(connection).await?;
    let (seq,) = row.ok_or_else(|| Error::NotFound(format!("hội nghị {id}")))?;
    u64::try_from(seq).map_err(Error::inside)
}

#[derive(sqlx::FromRow)]
struct EventRow {
    seq: i64,
    version: i64,
    at: String,
    actor: String,
    body: String,
}

/// The events after this place, in their order.
///
/// # Errors
/// Where an event was written by a newer program, or cannot be read.
pub(super) async fn events_after(connection: &mut AnyConnection, id: i64, seq: u64) -> Result<Vec<Recorded>> {
    let seq = i64::try_from(seq).map_err(Error::inside)?;
    let rows: Vec<EventRow> = sqlx::query_as(EVENTS).bind(id).bind(seq).fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            if row.version > i64::from(Event::VERSION) {
                let message = format!(
                    "Nhật ký hội nghị {id} do một bản chương trình mới hơn ghi (dạng {}); hãy nâng cấp chương trình.",
                    row.version
                );
                return Err(Error::refused("newer_log", message));
            }
            let seq = u64::try_from(row.seq).map_err(Error::inside)?;
            let at = row.at.parse().map_err(Error::inside)?;
            let event = serde_json::from_str(&row.body).map_err(Error::inside)?;
            Ok(Recorded { seq, at, actor: row.actor, event })
        })
        .collect()
}

/// The whole log of a conference.
///
/// # Errors
/// As [`one`]; where the log cannot be read.
pub async fn log(office: &Office, id: i64) -> Result<Vec<Recorded>> {
    one(office, id).await?;
    let mut connection = office.db().pool().acquire().await?;
    events_after(&mut connection, id, 0).await
}

/// Whose address this is: the conference and the line of its list.
///
/// # Errors
/// `NotFound` where nobody's.
pub async fn owner(office: &Office, token: &str) -> Result<(i64, Id)> {
    if let Some(owner) = office.halls().link(token) {
        return Ok(owner);
    }
    let row: Option<(i64, i64)> =
        sqlx::query_as(OWNER).bind(token.to_owned()).fetch_optional(office.db().pool()).await?;
    let (id, participation) = row.ok_or_else(|| Error::NotFound("thư mời này".to_owned()))?;
    let owner = (id, Id::try_from(participation).map_err(Error::inside)?);
    office.halls().remember_link(token, owner);
    Ok(owner)
}

/// The delegates' addresses by line of the list.
///
/// # Errors
/// Where the database cannot be read.
pub async fn links(office: &Office, id: i64) -> Result<BTreeMap<Id, String>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(LINKS).bind(id).fetch_all(office.db().pool()).await?;
    rows.into_iter().map(|(line, token)| Ok((Id::try_from(line).map_err(Error::inside)?, token))).collect()
}
