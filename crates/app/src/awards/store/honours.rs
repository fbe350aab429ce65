//! Decisions and honours into the database.

use crate::{
    awards::queries::honours::Honour,
    platform::{
        Context, Result, Transaction,
        db::{Bound, insert_rows},
    },
};

const INSERT_DECISION: &str = "insert into award_decision (unit_code, year, council_id, award, paper_id, decided_at, \
     decided_by) values ($1, $2, $3, $4, $5, $6, $7) on conflict (council_id, award) do nothing returning id";

const SIGNED: &str = "update award_decision set number = $2, signed_on = $3, granted_by = $4 \
     where id = $1 and number = ''";

/// Ties the draft of a decision to its council and award; gives the decision's number here, none
/// where the council had decided on the award already.
pub(in crate::awards) async fn insert_decision(
    transaction: &mut Transaction,
    context: &Context,
    (unit, year): (&str, &str),
    (council, award): (i64, &str),
    paper: i64,
) -> Result<Option<i64>> {
    let written: Option<(i64,)> = sqlx::query_as(INSERT_DECISION)
        .bind(unit.to_owned())
        .bind(year.to_owned())
        .bind(council)
        .bind(award.to_owned())
        .bind(paper)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(written.map(|(id,)| id))
}

/// Keeps number, day and grantor of the signed decision; whether they were still open.
pub(in crate::awards) async fn sign(
    transaction: &mut Transaction,
    decision: i64,
    [number, signed_on, granted_by]: [&str; 3],
) -> Result<bool> {
    let done = sqlx::query(SIGNED)
        .bind(decision)
        .bind(number.to_owned())
        .bind(signed_on.to_owned())
        .bind(granted_by.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Writes honours given.
pub(in crate::awards) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    unit: &str,
    honours: &[Honour],
) -> Result<()> {
    let stamp = context.stamp();
    let rows: Vec<Vec<Bound<'_>>> = honours
        .iter()
        .map(|one| {
            vec![
                Bound::Text(unit),
                Bound::Text(&one.year),
                Bound::Text(&one.nominee_key),
                Bound::Whole(one.is_person),
                Bound::Text(&one.nominee_name),
                Bound::Text(&one.nominee_post),
                Bound::Text(&one.nominee_unit),
                Bound::Text(&one.gender),
                Bound::Text(&one.award),
                Bound::Text(&one.occasion),
                Bound::Text(&one.decision_number),
                Bound::Text(&one.signed_on),
                Bound::Text(&one.granted_by),
                Bound::Whole(one.dossier_id),
                Bound::Text(&stamp),
                Bound::Text(context.actor.name()),
            ]
        })
        .collect();
    let head = "insert into award (unit_code, year, nominee_key, is_person, nominee_name, nominee_post, nominee_unit, \
                gender, award, occasion, decision_number, signed_on, granted_by, dossier_id, recorded_at, recorded_by)";
    insert_rows(&mut **transaction, head, &rows, "").await?;
    Ok(())
}
