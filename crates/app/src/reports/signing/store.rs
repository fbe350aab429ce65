//! Steps, comments and frozen papers into the database.

use domain::reports::signing::PaperState;

use super::freeze::Frozen;
use crate::platform::{Context, Error, Result, Transaction};

const TAKE_STEP: &str = "update paper set state = $4 where id = $1 and state = $2 and content_hash = $3";

const KEEP_STEP: &str = "insert into paper_step (paper_id, number, step, content_hash, reason, taken_at, taken_by) \
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from paper_step where paper_id = $1";

const COMMENT: &str = "insert into paper_comment (paper_id, number, body, block, quoted, words, made_at, made_by) \
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7 from paper_comment where paper_id = $1";

const SETTLE: &str = "update paper_comment set settled_at = $3, settled_by = $4 \
     where paper_id = $1 and number = $2 and settled_at = ''";

const FREEZE: &str = "insert into paper_frozen (paper_id, check_code, printed_number, book, signed_on, signer, content, \
     content_hash, figures, sources, rules, frozen_at, frozen_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

const PUT_CONTENT: &str = "update paper set content = $2, content_hash = $3 where id = $1";

const WITHDRAW: &str = "update paper_frozen set withdrawn_at = $2, withdrawn_by = $3, withdraw_reason = $4 \
     where paper_id = $1 and withdrawn_at = ''";

/// A step of a paper: from a state to the next, with the content that it was about.
pub(super) struct Step<'a> {
    pub(super) paper: i64,
    pub(super) from: PaperState,
    pub(super) to: PaperState,
    pub(super) verb: &'static str,
    pub(super) content_hash: &'a str,
    pub(super) reason: &'a str,
}

/// Takes a step, unless somebody else has taken one or changed the content meanwhile.
pub(super) async fn take(transaction: &mut Transaction, context: &Context, step: &Step<'_>) -> Result<()> {
    let taken = sqlx::query(TAKE_STEP)
        .bind(step.paper)
        .bind(step.from.as_str())
        .bind(step.content_hash.to_owned())
        .bind(step.to.as_str())
        .execute(&mut **transaction)
        .await?;
    if taken.rows_affected() == 0 {
        let message = "Văn bản vừa được người khác xử lý. Hãy mở lại để xem trạng thái mới.";
        return Err(Error::refused("changed_meanwhile", message));
    }
    sqlx::query(KEEP_STEP)
        .bind(step.paper)
        .bind(step.verb)
        .bind(step.content_hash.to_owned())
        .bind(step.reason.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// What a reviewer says of a block (`block` -1: of the whole).
pub(super) struct NewComment<'a> {
    pub(super) body: i64,
    pub(super) block: i64,
    pub(super) quoted: &'a str,
    pub(super) words: &'a str,
}

pub(super) async fn comment(
    transaction: &mut Transaction,
    context: &Context,
    paper: i64,
    comment: &NewComment<'_>,
) -> Result<()> {
    sqlx::query(COMMENT)
        .bind(paper)
        .bind(comment.body)
        .bind(comment.block)
        .bind(comment.quoted.to_owned())
        .bind(comment.words.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Marks a comment as settled; tells whether it was open.
pub(super) async fn settle(transaction: &mut Transaction, context: &Context, paper: i64, number: i64) -> Result<bool> {
    let settled = sqlx::query(SETTLE)
        .bind(paper)
        .bind(number)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(settled.rows_affected() == 1)
}

pub(super) async fn freeze(transaction: &mut Transaction, context: &Context, frozen: &Frozen) -> Result<()> {
    sqlx::query(FREEZE)
        .bind(frozen.paper)
        .bind(frozen.check_code.clone())
        .bind(frozen.printed_number.clone())
        .bind(frozen.book.clone())
        .bind(frozen.signed_on.to_string())
        .bind(frozen.signer.clone())
        .bind(frozen.content.clone())
        .bind(frozen.content_hash.clone())
        .bind(frozen.figures.clone())
        .bind(frozen.sources.clone())
        .bind(frozen.rules.clone())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// From now on the paper shows what was signed: number, date and address are in its content.
pub(super) async fn put_content(transaction: &mut Transaction, paper: i64, frozen: &Frozen) -> Result<()> {
    sqlx::query(PUT_CONTENT)
        .bind(paper)
        .bind(frozen.content.clone())
        .bind(frozen.content_hash.clone())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn withdraw(transaction: &mut Transaction, context: &Context, paper: i64, reason: &str) -> Result<()> {
    sqlx::query(WITHDRAW)
        .bind(paper)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .bind(reason.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
