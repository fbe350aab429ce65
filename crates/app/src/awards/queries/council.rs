//! Councils: their members, the nominations before them, votes and conclusions.

use domain::awards::council::{Ballot, Meeting, Member, Seat, Tally, Vote};
use serde::Serialize;
use sqlx::AnyConnection;

use crate::{
    office::Office,
    platform::{Error, Result},
};

const ONE: &str = "select id, unit_code, year, held_on, place, ballot, quorum_percent, pass_percent, closed_at, \
     adjourned, minutes_paper from award_council where id = $1";

const OF_YEAR: &str = "select id, unit_code, year, held_on, place, ballot, quorum_percent, pass_percent, closed_at, \
     adjourned, minutes_paper from award_council where unit_code = $1 and year = $2 order by id desc";

const MEMBERS: &str = "select number, name, post, seat, is_present from award_council_member where council_id = $1 \
     order by number";

const ITEMS: &str = "select dossier_id, conclusion, approving, opposing, blank from award_council_item \
     where council_id = $1 order by dossier_id";

const VOTES: &str = "select dossier_id, member, vote from award_vote where council_id = $1 order by dossier_id, member";

const BEFORE: &str = "select item.dossier_id, council.id, council.closed_at, item.conclusion from award_council_item item \
     join award_council council on council.id = item.council_id where council.unit_code = $1 and council.year = $2 \
     order by council.id, item.dossier_id";

/// A council as its row tells.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, Serialize)]
pub struct Council {
    /// Its number.
    pub id: i64,
    /// The office.
    pub unit_code: String,
    /// The school year.
    pub year: String,
    /// The day on which it meets.
    pub held_on: String,
    /// Where it meets.
    pub place: String,
    /// `open` or `secret`.
    pub ballot: String,
    /// Per cent of the members who must attend; 0 while the office has not set it.
    pub quorum_percent: i64,
    /// Per cent of those who attend that a nomination needs; 0 while the office has not set it.
    pub pass_percent: i64,
    /// When it was closed; empty while it sits.
    pub closed_at: String,
    /// Why it ended without conclusions; empty where it did not.
    pub adjourned: String,
    /// The draft of the minutes among the papers; 0 while there is none.
    pub minutes_paper: i64,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    number: i64,
    name: String,
    post: String,
    seat: String,
    is_present: i64,
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    dossier_id: i64,
    conclusion: String,
    approving: i64,
    opposing: i64,
    blank: i64,
}

/// A nomination before a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The dossier.
    pub dossier: i64,
    /// The count: of the open votes, or of the secret ones as the tellers told it.
    pub tally: Tally,
    /// Open votes by member; empty in a secret vote.
    pub votes: Vec<(i64, Vote)>,
    /// What the council concluded; none while it has not.
    pub is_approved: Option<bool>,
}

/// A council with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// Its row.
    pub council: Council,
    /// Members and rules of voting.
    pub meeting: Meeting,
    /// The nominations by number.
    pub items: Vec<Item>,
}

/// Where a dossier stands before the councils.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The council, the latest one.
    pub council: i64,
    /// Whether it is over.
    pub is_closed: bool,
    /// What it concluded.
    pub is_approved: Option<bool>,
}

/// The councils of an office in a year, the latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_year(office: &Office, unit: &str, year: &str) -> Result<Vec<Council>> {
    let question = sqlx::query_as(OF_YEAR).bind(unit.to_owned()).bind(year.to_owned());
    Ok(question.fetch_all(office.db().pool()).await?)
}

/// Where the dossiers of an office and a year stand before its councils, by dossier; of several councils the latest.
///
/// # Errors
/// Where the database cannot be read.
pub async fn standings(
    connection: &mut AnyConnection,
    unit: &str,
    year: &str,
) -> Result<std::collections::BTreeMap<i64, Standing>> {
    let question = sqlx::query_as(BEFORE).bind(unit.to_owned()).bind(year.to_owned());
    let rows: Vec<(i64, i64, String, String)> = question.fetch_all(connection).await?;
    let standing = |(dossier, council, closed_at, conclusion): (i64, i64, String, String)| {
        let is_approved = concluded(&conclusion);
        (dossier, Standing { council, is_closed: !closed_at.is_empty(), is_approved })
    };
    Ok(rows.into_iter().map(standing).collect())
}

fn concluded(word: &str) -> Option<bool> {
    match word {
        "approved" => Some(true),
        "declined" => Some(false),
        _ => None,
    }
}

/// A council with its members, nominations and votes.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn sitting(office: &Office, id: i64) -> Result<Sitting> {
    let mut connection = office.db().pool().acquire().await?;
    load(&mut connection, id).await
}

/// The same inside a transaction.
pub(in crate::awards) async fn load(connection: &mut AnyConnection, id: i64) -> Result<Sitting> {
    let council: Option<Council> = sqlx::query_as(ONE).bind(id).fetch_optional(&mut *connection).await?;
    let council = council.ok_or_else(|| Error::NotFound(format!("phiên họp Hội đồng số {id}")))?;
    let members: Vec<MemberRow> = sqlx::query_as(MEMBERS).bind(id).fetch_all(&mut *connection).await?;
    let items: Vec<ItemRow> = sqlx::query_as(ITEMS).bind(id).fetch_all(&mut *connection).await?;
    let votes: Vec<(i64, i64, String)> = sqlx::query_as(VOTES).bind(id).fetch_all(connection).await?;
    let inside = |what: &str| Error::inside(format!("council {id}: {what}"));
    let ballot = Ballot::parse(&council.ballot).ok_or_else(|| inside("ballot"))?;
    let percent = |value: i64| u8::try_from(value).ok().filter(|percent| *percent > 0);
    let member = |row: MemberRow| {
        Ok(Member {
            number: row.number,
            name: row.name,
            post: row.post,
            place: Seat::read(&row.seat).ok_or_else(|| inside("seat"))?,
            is_present: row.is_present == 1,
        })
    };
    let meeting = Meeting {
        members: members.into_iter().map(member).collect::<Result<_>>()?,
        ballot,
        quorum_percent: percent(council.quorum_percent),
        pass_percent: percent(council.pass_percent),
        is_closed: !council.closed_at.is_empty(),
    };
    let item = |row: ItemRow| {
        let own = votes.iter().filter(|(dossier, ..)| *dossier == row.dossier_id);
        let votes: Vec<(i64, Vote)> = own.filter_map(|(_, member, vote)| Some((*member, Vote::parse(vote)?))).collect();
        let whole = |value: i64| u32::try_from(value).unwrap_or(0);
        let tally = match ballot {
            Ballot::Open => Tally::of(votes.iter().map(|(_, vote)| *vote)),
            Ballot::Secret => {
                Tally { approving: whole(row.approving), opposing: whole(row.opposing), blank: whole(row.blank) }
            }
        };
        Item { dossier: row.dossier_id, tally, votes, is_approved: concluded(&row.conclusion) }
    };
    Ok(Sitting { council, meeting, items: items.into_iter().map(item).collect() })
}
