//! Rounds and roads into the database; records are only ever inserted.

use domain::evaluation::{
    road::{Claim, Deadlines, NewRecord, RoadState, Sitting, Step},
    score::Mark,
};

use super::{
    Task,
    evidence::EvidenceRow,
    queries::{Assignment, Standing},
};
use crate::platform::{
    Context, Error, Result, Transaction,
    db::{Bound, insert_rows},
};

const OPEN: &str = "insert into evaluation_round (unit_code, year, set_code, set_version, set_hash, set_text, \
     limit_hundredths, sight, quorum_percent, agree_percent, opened_at, opened_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
     on conflict (year, set_code, unit_code) do nothing returning id";
const ROAD: &str = "insert into evaluation_road (round_id, unit_code, state)";
const STEP_ROWS: &str = "insert into evaluation_step (round_id, unit_code, number, state, taken_at, taken_by)";
const DEADLINE: &str = "insert into evaluation_deadline (round_id, stage, due_on)";
const DEADLINE_TAIL: &str = "on conflict (round_id, stage) do update set due_on = excluded.due_on";
const TAKE: &str = "update evaluation_road set state = $5, latest = $6 \
     where round_id = $1 and unit_code = $2 and state = $3 and latest = $4";
const KEEP_STEP: &str = "insert into evaluation_step (round_id, unit_code, number, state, reason, taken_at, taken_by) \
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 from evaluation_step \
     where round_id = $1 and unit_code = $2";
const RECORD: &str = "insert into evaluation_record (round_id, unit_code, number, stage, line, claim, value, comment, \
     evidence, of_unit, made_at, made_by)";
const CLEAR_REVIEWERS: &str = "delete from evaluation_reviewer where round_id = $1 and unit_code = $2";
const REVIEWER: &str = "insert into evaluation_reviewer (round_id, unit_code, reviewer_code, line)";
const NEXT_SITTING: &str =
    "update evaluation_round set sitting_count = sitting_count + 1 where id = $1 and sitting_count = $2";
const SITTING: &str = "insert into evaluation_sitting (round_id, number, held_on, members, present, recorded_at, \
     recorded_by) values ($1, $2, $3, $4, $5, $6, $7)";
const VOTE: &str = "insert into evaluation_vote (round_id, number, unit_code, agree, against, grade, reason)";
const GRADE: &str = "update evaluation_road set grade = $3 where round_id = $1 and unit_code = $2";
const NEXT_PUBLICATION: &str =
    "update evaluation_round set publication_count = publication_count + 1 where id = $1 and publication_count = $2";
const PUBLICATION: &str = "insert into evaluation_publication (round_id, number, reason, published_at, published_by) \
     values ($1, $2, $3, $4, $5)";
const RESULT: &str = "insert into evaluation_result (round_id, number, unit_code, content)";

const ATTACH: &str = "insert into evaluation_evidence (round_id, unit_code, line, sha256, name, media_type, byte_count, \
     attached_at, attached_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
     on conflict (round_id, unit_code, line, sha256) do nothing";

/// A round to be opened.
pub(super) struct NewRound<'a> {
    pub(super) unit: &'a str,
    pub(super) year: &'a str,
    pub(super) code: &'a str,
    pub(super) version: u32,
    pub(super) hash: &'a str,
    pub(super) text: &'a str,
    pub(super) limit_hundredths: i32,
    pub(super) sight: &'a str,
    pub(super) quorum_percent: u32,
    pub(super) agree_percent: u32,
}

/// Opens a round; none where this office has opened the set for the year before.
pub(super) async fn open(transaction: &mut Transaction, context: &Context, new: &NewRound<'_>) -> Result<Option<i64>> {
    let id: Option<(i64,)> = sqlx::query_as(OPEN)
        .bind(new.unit.to_owned())
        .bind(new.year.to_owned())
        .bind(new.code.to_owned())
        .bind(i64::from(new.version))
        .bind(new.hash.to_owned())
        .bind(new.text.to_owned())
        .bind(i64::from(new.limit_hundredths))
        .bind(new.sight.to_owned())
        .bind(i64::from(new.quorum_percent))
        .bind(i64::from(new.agree_percent))
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(id.map(|(id,)| id))
}

pub(super) async fn begin(
    transaction: &mut Transaction,
    context: &Context,
    round: i64,
    units: &[String],
) -> Result<()> {
    let (state, stamp, actor) = (RoadState::Opened.as_str(), context.stamp(), context.actor.name().to_owned());
    let rows: Vec<Vec<Bound<'_>>> =
        units.iter().map(|unit| vec![Bound::Whole(round), Bound::Text(unit), Bound::Text(state)]).collect();
    insert_rows(&mut **transaction, ROAD, &rows, "").await?;
    let steps: Vec<Vec<Bound<'_>>> = rows
        .into_iter()
        .map(|mut row| {
            row.insert(2, Bound::Whole(1));
            row.extend([Bound::Text(&stamp), Bound::Text(&actor)]);
            row
        })
        .collect();
    insert_rows(&mut **transaction, STEP_ROWS, &steps, "").await?;
    Ok(())
}

pub(super) async fn put_deadlines(transaction: &mut Transaction, round: i64, deadlines: &Deadlines) -> Result<()> {
    let days: Vec<(&str, String)> = deadlines.0.iter().map(|(stage, day)| (stage.as_str(), day.to_string())).collect();
    let rows: Vec<Vec<Bound<'_>>> =
        days.iter().map(|(stage, day)| vec![Bound::Whole(round), Bound::Text(stage), Bound::Text(day)]).collect();
    insert_rows(&mut **transaction, DEADLINE, &rows, DEADLINE_TAIL).await?;
    Ok(())
}

/// Takes a step, unless somebody else has taken one on this road meanwhile.
pub(super) async fn take(
    transaction: &mut Transaction,
    context: &Context,
    task: Task<'_>,
    from: &Standing,
    step: &Step,
    reason: &str,
) -> Result<()> {
    let added = i64::try_from(step.records.len()).map_err(Error::inside)?;
    let taken = sqlx::query(TAKE)
        .bind(task.round)
        .bind(task.unit.to_owned())
        .bind(from.state.as_str())
        .bind(from.latest)
        .bind(step.next.as_str())
        .bind(from.latest + added)
        .execute(&mut **transaction)
        .await?;
    if taken.rows_affected() == 0 {
        let message = "Phiếu chấm này vừa được người khác ghi. Hãy mở lại trang để xem nội dung mới rồi ghi tiếp.";
        return Err(Error::refused("changed_meanwhile", message));
    }
    if step.next != from.state || !reason.is_empty() {
        sqlx::query(KEEP_STEP)
            .bind(task.round)
            .bind(task.unit.to_owned())
            .bind(step.next.as_str())
            .bind(reason.to_owned())
            .bind(context.stamp())
            .bind(context.actor.name().to_owned())
            .execute(&mut **transaction)
            .await?;
    }
    append(transaction, context, task, from.latest, &step.records).await
}

async fn append(
    transaction: &mut Transaction,
    context: &Context,
    task: Task<'_>,
    latest: i64,
    records: &[NewRecord],
) -> Result<()> {
    let of_unit = task.units.first().map_or("", String::as_str);
    let (stamp, actor) = (context.stamp(), context.actor.name());
    let written: Vec<(&NewRecord, &str, String, String)> = records
        .iter()
        .map(|record| {
            let (kind, value) = columns(record.claim.as_ref());
            (record, kind, value, record.evidence.join(" "))
        })
        .collect();
    let rows: Vec<Vec<Bound<'_>>> = (latest + 1..)
        .zip(&written)
        .map(|(number, (record, kind, value, evidence))| {
            let is_own_word = !matches!(record.claim, Some(Claim::Computed(_)));
            let text = Bound::Text;
            let words = [record.stage.as_str(), &record.line, kind, value, &record.comment, evidence];
            let head = [Bound::Whole(task.round), text(task.unit), Bound::Whole(number)];
            let tail = [text(if is_own_word { of_unit } else { "" }), text(&stamp), text(actor)];
            head.into_iter().chain(words.map(text)).chain(tail).collect()
        })
        .collect();
    insert_rows(&mut **transaction, RECORD, &rows, "").await?;
    Ok(())
}

/// A claim as its two columns.
fn columns(claim: Option<&Claim>) -> (&'static str, String) {
    match claim {
        None => ("", String::new()),
        Some(Claim::Value(value)) => ("value", value.normalize().to_string()),
        Some(Claim::NotApplicable) => ("not_applicable", String::new()),
        Some(Claim::Computed(Mark::Scored(points))) => ("computed", points.hundredths().to_string()),
        Some(Claim::Computed(Mark::NotApplicable)) => ("computed", "not_applicable".to_owned()),
        Some(Claim::Computed(Mark::None(why))) => ("computed", format!("none:{}", why.as_str())),
    }
}

/// Gives a unit other reviewers than before.
pub(super) async fn assign(
    transaction: &mut Transaction,
    round: i64,
    units: &[&str],
    assignments: &[Assignment],
) -> Result<()> {
    for unit in units {
        sqlx::query(CLEAR_REVIEWERS).bind(round).bind((*unit).to_owned()).execute(&mut **transaction).await?;
    }
    let text = Bound::Text;
    let rows: Vec<Vec<Bound<'_>>> = assignments
        .iter()
        .map(|one| vec![Bound::Whole(round), text(&one.unit_code), text(&one.reviewer_code), text(&one.line)])
        .collect();
    insert_rows(&mut **transaction, REVIEWER, &rows, "").await?;
    Ok(())
}

/// Records a sitting with its votes, unless another was recorded since its papers were made.
pub(super) async fn sit(transaction: &mut Transaction, context: &Context, round: i64, sitting: &Sitting) -> Result<()> {
    let seen = i64::from(sitting.seen);
    let next = sqlx::query(NEXT_SITTING).bind(round).bind(seen).execute(&mut **transaction).await?;
    if next.rows_affected() == 0 {
        let message = "Một phiên họp khác của hội đồng vừa được ghi. Hãy mở lại trang để xem kết quả rồi ghi tiếp.";
        return Err(Error::refused("another_council", message));
    }
    sqlx::query(SITTING)
        .bind(round)
        .bind(seen + 1)
        .bind(sitting.held_on.to_string())
        .bind(i64::from(sitting.members))
        .bind(i64::from(sitting.present))
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    let (whole, text) = (Bound::Whole, Bound::Text);
    let rows: Vec<Vec<Bound<'_>>> = sitting
        .votes
        .iter()
        .map(|vote| {
            let grade = vote.grade.as_deref().unwrap_or_default();
            let counts = [whole(i64::from(vote.agree)), whole(i64::from(vote.against))];
            let head = [whole(round), whole(seen + 1), text(&vote.unit)];
            head.into_iter().chain(counts).chain([text(grade), text(vote.reason.trim())]).collect()
        })
        .collect();
    insert_rows(&mut **transaction, VOTE, &rows, "").await?;
    for vote in &sitting.votes {
        let grade = vote.grade.clone().unwrap_or_default();
        sqlx::query(GRADE).bind(round).bind(vote.unit.clone()).bind(grade).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Publishes results, unless others were published meanwhile; gives the publication's number.
pub(super) async fn publish(
    transaction: &mut Transaction,
    context: &Context,
    (round, published): (i64, i64),
    reason: &str,
    results: &[(String, String)],
) -> Result<i64> {
    let next = sqlx::query(NEXT_PUBLICATION).bind(round).bind(published).execute(&mut **transaction).await?;
    if next.rows_affected() == 0 {
        let message = "Kết quả vừa được người khác công bố. Hãy mở lại trang để xem.";
        return Err(Error::refused("changed_meanwhile", message));
    }
    sqlx::query(PUBLICATION)
        .bind(round)
        .bind(published + 1)
        .bind(reason.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    let (whole, text) = (Bound::Whole, Bound::Text);
    let rows: Vec<Vec<Bound<'_>>> = results
        .iter()
        .map(|(unit, content)| vec![whole(round), whole(published + 1), text(unit), text(content)])
        .collect();
    insert_rows(&mut **transaction, RESULT, &rows, "").await?;
    Ok(published + 1)
}

/// Writes a file's line; whether the line of the sheet did not have it yet.
pub(super) async fn attach(transaction: &mut Transaction, task: Task<'_>, file: &EvidenceRow) -> Result<bool> {
    let done = sqlx::query(ATTACH)
        .bind(task.round)
        .bind(task.unit.to_owned())
        .bind(file.line.clone())
        .bind(file.sha256.clone())
        .bind(file.name.clone())
        .bind(file.media_type.clone())
        .bind(file.byte_count)
        .bind(file.attached_at.clone())
        .bind(file.attached_by.clone())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}
