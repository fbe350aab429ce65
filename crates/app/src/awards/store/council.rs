//! Councils, votes and conclusions into the database.

use domain::awards::council::{Meeting, Member, Tally, Vote};
use jiff::civil::Date;

use crate::platform::{
    Context, Result, Transaction,
    db::{
        Bound::{self, Text, Whole},
        execute, insert_rows,
    },
};

const INSERT: &str = "insert into award_council (unit_code, year, held_on, place, ballot, quorum_percent, pass_percent, \
     opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
     on conflict (unit_code, year) where closed_at = '' do nothing returning id";

const HOLD: &str = "update award_council set closed_at = closed_at where id = $1";

const VOTE: &str = "insert into award_vote (council_id, dossier_id, member, vote) values ($1, $2, $3, $4) \
     on conflict (council_id, dossier_id, member) do update set vote = excluded.vote";

const COUNT: &str = "update award_council_item set approving = $3, opposing = $4, blank = $5 \
     where council_id = $1 and dossier_id = $2";

const CONCLUDE: &str = "update award_council_item set conclusion = $3 where council_id = $1 and dossier_id = $2";

const CLOSE: &str = "update award_council set closed_at = $2, closed_by = $3 where id = $1";

const ADJOURN: &str = "update award_council set closed_at = $2, closed_by = $3, adjourned = $4 where id = $1";

const UNCONCLUDE: &str = "update award_council_item set conclusion = '' where council_id = $1";

const ATTEND: &str = "update award_council_member set is_present = $3 where council_id = $1 and number = $2";

const MINUTES: &str = "update award_council set minutes_paper = $2 where id = $1 and minutes_paper = 0";

/// Where and when a council meets.
#[derive(Clone, Copy, Debug)]
pub(in crate::awards) struct Session<'a> {
    pub(in crate::awards) unit: &'a str,
    pub(in crate::awards) year: &'a str,
    pub(in crate::awards) held_on: Date,
    pub(in crate::awards) place: &'a str,
}

/// Writes a council with its members and nominations; gives its number, none where another one of the year still sits.
pub(in crate::awards) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    session: Session<'_>,
    meeting: &Meeting,
    dossiers: &[i64],
) -> Result<Option<i64>> {
    let percent = |percent: Option<u8>| i64::from(percent.unwrap_or(0));
    let opened: Option<(i64,)> = sqlx::query_as(INSERT)
        .bind(session.unit.to_owned())
        .bind(session.year.to_owned())
        .bind(session.held_on.to_string())
        .bind(session.place.to_owned())
        .bind(meeting.ballot.as_str().to_owned())
        .bind(percent(meeting.quorum_percent))
        .bind(percent(meeting.pass_percent))
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_optional(&mut **transaction)
        .await?;
    let Some((id,)) = opened else { return Ok(None) };
    let member = |one: &'_ Member| (one.number, one.name.clone(), one.post.clone(), one.place.as_str(), one.is_present);
    let members: Vec<_> = meeting.members.iter().map(member).collect();
    let rows: Vec<Vec<Bound<'_>>> = members
        .iter()
        .map(|(number, name, post, seat, is_present)| {
            let (number, is_present) = (Bound::Whole(*number), Bound::Whole(i64::from(*is_present)));
            vec![Bound::Whole(id), number, Bound::Text(name), Bound::Text(post), Bound::Text(seat), is_present]
        })
        .collect();
    let head = "insert into award_council_member (council_id, number, name, post, seat, is_present)";
    insert_rows(&mut **transaction, head, &rows, "").await?;
    let rows: Vec<Vec<Bound<'_>>> =
        dossiers.iter().map(|dossier| vec![Bound::Whole(id), Bound::Whole(*dossier)]).collect();
    insert_rows(&mut **transaction, "insert into award_council_item (council_id, dossier_id)", &rows, "").await?;
    Ok(Some(id))
}

/// Holds a council until the transaction ends, on either engine: what is read of it from now on changes by nobody else.
pub(in crate::awards) async fn hold(transaction: &mut Transaction, council: i64) -> Result<()> {
    execute(transaction, HOLD, &[Whole(council)]).await?;
    Ok(())
}

/// Keeps a member's open vote on a nomination, the latest one.
pub(in crate::awards) async fn vote(
    transaction: &mut Transaction,
    (council, dossier): (i64, i64),
    member: i64,
    vote: Vote,
) -> Result<()> {
    sqlx::query(VOTE)
        .bind(council)
        .bind(dossier)
        .bind(member)
        .bind(vote.as_str().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Keeps the count of a secret vote.
pub(in crate::awards) async fn count(
    transaction: &mut Transaction,
    (council, dossier): (i64, i64),
    tally: Tally,
) -> Result<()> {
    sqlx::query(COUNT)
        .bind(council)
        .bind(dossier)
        .bind(i64::from(tally.approving))
        .bind(i64::from(tally.opposing))
        .bind(i64::from(tally.blank))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Keeps what the council concluded on a nomination.
pub(in crate::awards) async fn conclude(
    transaction: &mut Transaction,
    (council, dossier): (i64, i64),
    is_approved: bool,
) -> Result<()> {
    let word = if is_approved { "approved" } else { "declined" };
    sqlx::query(CONCLUDE).bind(council).bind(dossier).bind(word.to_owned()).execute(&mut **transaction).await?;
    Ok(())
}

/// Closes a meeting that is held.
pub(in crate::awards) async fn close(transaction: &mut Transaction, context: &Context, council: i64) -> Result<()> {
    let stamp = context.stamp();
    execute(transaction, CLOSE, &[Whole(council), Text(&stamp), Text(context.actor.name())]).await?;
    Ok(())
}

/// Ends a meeting that is held without conclusions.
pub(in crate::awards) async fn adjourn(
    transaction: &mut Transaction,
    context: &Context,
    council: i64,
    reason: &str,
) -> Result<()> {
    let stamp = context.stamp();
    execute(transaction, ADJOURN, &[Whole(council), Text(&stamp), Text(context.actor.name()), Text(reason)]).await?;
    execute(transaction, UNCONCLUDE, &[Whole(council)]).await?;
    Ok(())
}

/// Sets right whether a member attends.
pub(in crate::awards) async fn attend(
    transaction: &mut Transaction,
    (council, member): (i64, i64),
    is_present: bool,
) -> Result<()> {
    sqlx::query(ATTEND).bind(council).bind(member).bind(i64::from(is_present)).execute(&mut **transaction).await?;
    Ok(())
}

/// Ties the draft of the minutes to the meeting; whether it had none.
pub(in crate::awards) async fn keep_minutes(transaction: &mut Transaction, council: i64, paper: i64) -> Result<bool> {
    let done = sqlx::query(MINUTES).bind(council).bind(paper).execute(&mut **transaction).await?;
    Ok(done.rows_affected() > 0)
}
