//! Conferences, their logs, the boxes of secret polls and the delegates' addresses into the database.

pub(super) mod around;
pub(super) mod found;

use domain::conference::{Event, Id, Recorded};

use crate::platform::{
    Context, Error, Result, Transaction,
    db::{
        Bound::{self, Text, Whole},
        execute, insert_rows,
    },
};

const INSERT: &str = "insert into conference (unit_code, year, title, created_at, created_by) \
     values ($1, $2, $3, $4, $5) returning id";
/// Takes the row: another writer waits here until this transaction ends.
const TAKE: &str = "update conference set seq = seq where id = $1 returning seq";
const ADVANCE: &str = "update conference set seq = $2 where id = $1";
const TELL: &str = "update conference set title = $2, held_on = $3, year = $4, phase = $5 where id = $1";
const EVENTS_HEAD: &str = "insert into conference_event (conference_id, seq, version, at, actor, kind, body)";
const BOX: &str = "select ballots from conference_ballot_box where conference_id = $1 and poll = $2";
const SAVE_BOX: &str = "insert into conference_ballot_box (conference_id, poll, ballots) values ($1, $2, $3) \
     on conflict (conference_id, poll) do update set ballots = excluded.ballots";
const EMPTY_BOX: &str = "delete from conference_ballot_box where conference_id = $1 and poll = $2";
const LINKS_HEAD: &str = "insert into conference_link (token, conference_id, participation, made_at)";
const UNLESS_LINKED: &str = "on conflict (conference_id, participation) do nothing";

/// Makes an empty conference; tells its number.
pub(super) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    unit: &str,
    year: &str,
    title: &str,
) -> Result<i64> {
    let (id,): (i64,) = sqlx::query_as(INSERT)
        .bind(unit.to_owned())
        .bind(year.to_owned())
        .bind(title.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_one(&mut **transaction)
        .await?;
    Ok(id)
}

/// Takes the conference for writing; tells the place of its last event.
pub(super) async fn take(transaction: &mut Transaction, id: i64) -> Result<u64> {
    let row: Option<(i64,)> = sqlx::query_as(TAKE).bind(id).fetch_optional(&mut **transaction).await?;
    let (seq,) = row.ok_or_else(|| Error::NotFound(format!("hội nghị {id}")))?;
    u64::try_from(seq).map_err(Error::inside)
}

/// Appends events, in their places.
pub(super) async fn append(transaction: &mut Transaction, id: i64, events: &[Recorded]) -> Result<()> {
    let Some(last) = events.last() else { return Ok(()) };
    let texts: Vec<(String, String)> = events
        .iter()
        .map(|recorded| Ok((recorded.at.to_string(), serde_json::to_string(&recorded.event).map_err(Error::inside)?)))
        .collect::<Result<_>>()?;
    let rows: Vec<Vec<Bound<'_>>> = events
        .iter()
        .zip(&texts)
        .map(|(recorded, (at, body))| {
            vec![
                Whole(id),
                Whole(i64::try_from(recorded.seq).unwrap_or(i64::MAX)),
                Whole(i64::from(Event::VERSION)),
                Text(at),
                Text(&recorded.actor),
                Text(recorded.event.kind()),
                Text(body),
            ]
        })
        .collect();
    insert_rows(&mut **transaction, EVENTS_HEAD, &rows, "").await?;
    let seq = i64::try_from(last.seq).map_err(Error::inside)?;
    execute(transaction, ADVANCE, &[Whole(id), Whole(seq)]).await?;
    Ok(())
}

/// Copies title, day, year and phase to where lists read them.
pub(super) async fn tell(
    transaction: &mut Transaction,
    id: i64,
    [title, held_on, year, phase]: [&str; 4],
) -> Result<()> {
    execute(transaction, TELL, &[Whole(id), Text(title), Text(held_on), Text(year), Text(phase)]).await?;
    Ok(())
}

/// The sealed box of a secret poll; none before the first ballot.
pub(super) async fn ballot_box(transaction: &mut Transaction, id: i64, poll: Id) -> Result<Option<String>> {
    let row: Option<(String,)> =
        sqlx::query_as(BOX).bind(id).bind(i64::from(poll)).fetch_optional(&mut **transaction).await?;
    Ok(row.map(|(sealed,)| sealed))
}

/// Writes a box anew as a whole.
pub(super) async fn save_box(transaction: &mut Transaction, id: i64, poll: Id, sealed: &str) -> Result<()> {
    execute(transaction, SAVE_BOX, &[Whole(id), Whole(i64::from(poll)), Text(sealed)]).await?;
    Ok(())
}

/// Throws the ballots of a poll away: it was given up, or its box was opened into the log.
pub(super) async fn empty_box(transaction: &mut Transaction, id: i64, poll: Id) -> Result<()> {
    execute(transaction, EMPTY_BOX, &[Whole(id), Whole(i64::from(poll))]).await?;
    Ok(())
}

/// Gives delegates their addresses, unless they have one.
pub(super) async fn save_links(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    links: &[(Id, String)],
) -> Result<()> {
    let stamp = context.stamp();
    let rows: Vec<Vec<Bound<'_>>> =
        links.iter().map(|(line, token)| vec![Text(token), Whole(id), Whole(i64::from(*line)), Text(&stamp)]).collect();
    insert_rows(&mut **transaction, LINKS_HEAD, &rows, UNLESS_LINKED).await?;
    Ok(())
}
