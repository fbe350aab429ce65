//! Steps, comments, frozen papers and files that came back into the database.

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
     content_hash, figures, sources, rules, frozen_at, frozen_by, register_slug) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

const PUT_CONTENT: &str = "update paper set content = $2, content_hash = $3 where id = $1";

const WITHDRAW: &str = "update paper_frozen set withdrawn_at = $2, withdrawn_by = $3, withdraw_reason = $4 \
     where paper_id = $1 and withdrawn_at = ''";

const KEEP_SIGNED_FILE: &str = "insert into paper_signed_file (paper_id, sha256, name, byte_count, findings, attached_at, \
     attached_by) values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (paper_id, sha256) do update set findings = excluded.findings";

const KEEP_WORD_FILE: &str = "insert into paper_word_file (paper_id, sha256, name, byte_count, compared_revision, \
     received_at, received_by) values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (paper_id, sha256) do update set compared_revision = excluded.compared_revision";

const MARK_TAKEN_OVER: &str = "update paper_word_file set became_revision = $3 where paper_id = $1 and sha256 = $2";

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
    keep_step(transaction, context, (step.paper, step.verb), step.content_hash, step.reason).await
}

/// Writes down that something was done with a paper.
pub(super) async fn keep_step(
    transaction: &mut Transaction,
    context: &Context,
    (paper, verb): (i64, &str),
    content_hash: &str,
    reason: &str,
) -> Result<()> {
    sqlx::query(KEEP_STEP)
        .bind(paper)
        .bind(verb.to_owned())
        .bind(content_hash.to_owned())
        .bind(reason.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// A file that came back.
pub(super) struct CameBack<'a> {
    pub(super) paper: i64,
    pub(super) sha256: &'a str,
    pub(super) name: &'a str,
    pub(super) byte_count: i64,
}

/// Keeps a signed file with what was found of its signatures; the same file sent again is judged again.
pub(super) async fn keep_signed_file(
    transaction: &mut Transaction,
    context: &Context,
    file: &CameBack<'_>,
    findings: &str,
) -> Result<()> {
    sqlx::query(KEEP_SIGNED_FILE)
        .bind(file.paper)
        .bind(file.sha256.to_owned())
        .bind(file.name.to_owned())
        .bind(file.byte_count)
        .bind(findings.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Keeps an edited Word file with the revision with which it was compared.
pub(super) async fn keep_word_file(
    transaction: &mut Transaction,
    context: &Context,
    file: &CameBack<'_>,
    compared_revision: i64,
) -> Result<()> {
    sqlx::query(KEEP_WORD_FILE)
        .bind(file.paper)
        .bind(file.sha256.to_owned())
        .bind(file.name.to_owned())
        .bind(file.byte_count)
        .bind(compared_revision)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Marks a Word file with the revision that it became.
pub(super) async fn mark_taken_over(
    transaction: &mut Transaction,
    paper: i64,
    sha256: &str,
    became_revision: i64,
) -> Result<()> {
    sqlx::query(MARK_TAKEN_OVER)
        .bind(paper)
        .bind(sha256.to_owned())
        .bind(became_revision)
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

/// Keeps what was signed, with its key in the register.
pub(super) async fn freeze(
    transaction: &mut Transaction,
    context: &Context,
    frozen: &Frozen,
    register_slug: &str,
) -> Result<()> {
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
        .bind(register_slug.to_owned())
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
