//! Accounts, roles, sessions and attempts into the database.

use crate::platform::{
    Result, Transaction,
    db::{Bound, execute},
};

const INSERT_ACCOUNT: &str = "insert into account (user_name, name, email, password_hash, language, created_at) \
     values ($1, $2, $3, $4, $5, $6)";
const SET_PASSWORD: &str = "update account set password_hash = $2 where user_name = $1";
const SET_LANGUAGE: &str = "update account set language = $2 where user_name = $1";
const SET_DISABLED: &str = "update account set disabled_at = $2 where user_name = $1";
const INSERT_ROLE: &str = "insert into account_role (user_name, role, unit_code, valid_from, valid_to) \
     values ($1, $2, $3, $4, $5) on conflict (user_name, role, unit_code, valid_from) do update set valid_to = excluded.valid_to";
const END_ROLE: &str = "update account_role set valid_to = $4 \
     where user_name = $1 and role = $2 and unit_code = $3 and valid_to > $4";
const INSERT_SESSION: &str = "insert into session (token_hash, user_name, csrf_token, created_at, expires_at) \
     values ($1, $2, $3, $4, $5)";
const DELETE_SESSION: &str = "delete from session where token_hash = $1";
const DELETE_SESSIONS_OF: &str = "delete from session where user_name = $1";
const DELETE_EXPIRED_SESSIONS: &str = "delete from session where expires_at <= $1";
const INSERT_TOKEN: &str = "insert into personal_token (id, user_name, name, token_hash, created_at, expires_at) \
     values ($1, $2, $3, $4, $5, $6)";
const REVOKE_TOKEN: &str = "update personal_token set revoked_at = $3 \
     where user_name = $1 and id = $2 and revoked_at = '' and expires_at > $3";
const NOTE_USE: &str = "update personal_token set last_used_at = $2 where token_hash = $1";
const INSERT_ATTEMPT: &str = "insert into sign_in_attempt (key, attempted_at, succeeded) values ($1, $2, $3)";
const DELETE_OLD_ATTEMPTS: &str = "delete from sign_in_attempt where attempted_at <= $1";
const FORGET_FAILURES: &str = "delete from sign_in_attempt where key = $1 and succeeded = 0";

/// Carries a statement with text parameters out; tells how many rows it touched.
async fn run<const N: usize>(transaction: &mut Transaction, sql: &'static str, values: [&str; N]) -> Result<u64> {
    execute(transaction, sql, &values.map(Bound::Text)).await
}

/// A new account's row.
pub(super) struct NewRow<'a> {
    pub(super) user_name: &'a str,
    pub(super) name: &'a str,
    pub(super) email: &'a str,
    pub(super) password_hash: &'a str,
    pub(super) language: &'a str,
    pub(super) created_at: &'a str,
}

pub(super) async fn insert_account(transaction: &mut Transaction, row: &NewRow<'_>) -> Result<()> {
    let values = [row.user_name, row.name, row.email, row.password_hash, row.language, row.created_at];
    run(transaction, INSERT_ACCOUNT, values).await.map(|_| ())
}

pub(super) async fn set_password(transaction: &mut Transaction, user_name: &str, hash: &str) -> Result<()> {
    run(transaction, SET_PASSWORD, [user_name, hash]).await?;
    run(transaction, DELETE_SESSIONS_OF, [user_name]).await.map(|_| ())
}

pub(super) async fn set_language(transaction: &mut Transaction, user_name: &str, language: &str) -> Result<()> {
    run(transaction, SET_LANGUAGE, [user_name, language]).await.map(|_| ())
}

/// `at` is empty to enable the account again. Its sessions end.
pub(super) async fn set_disabled(transaction: &mut Transaction, user_name: &str, at: &str) -> Result<u64> {
    run(transaction, DELETE_SESSIONS_OF, [user_name]).await?;
    run(transaction, SET_DISABLED, [user_name, at]).await
}

pub(super) async fn insert_role(
    transaction: &mut Transaction,
    [user_name, role, unit_code]: [&str; 3],
    [valid_from, valid_to]: [&str; 2],
) -> Result<()> {
    run(transaction, INSERT_ROLE, [user_name, role, unit_code, valid_from, valid_to]).await.map(|_| ())
}

pub(super) async fn end_role(transaction: &mut Transaction, key: [&str; 3], valid_to: &str) -> Result<u64> {
    let [user_name, role, unit_code] = key;
    run(transaction, END_ROLE, [user_name, role, unit_code, valid_to]).await
}

/// A new session's row; sessions that have expired go.
pub(super) async fn insert_session(
    transaction: &mut Transaction,
    [token_hash, user_name, csrf_token]: [&str; 3],
    [now, expires_at]: [&str; 2],
) -> Result<()> {
    run(transaction, DELETE_EXPIRED_SESSIONS, [now]).await?;
    run(transaction, INSERT_SESSION, [token_hash, user_name, csrf_token, now, expires_at]).await.map(|_| ())
}

pub(super) async fn delete_session(transaction: &mut Transaction, token_hash: &str) -> Result<()> {
    run(transaction, DELETE_SESSION, [token_hash]).await.map(|_| ())
}

/// A new personal token's row.
pub(super) async fn insert_token(
    transaction: &mut Transaction,
    [id, user_name, name, token_hash]: [&str; 4],
    [now, expires_at]: [&str; 2],
) -> Result<()> {
    run(transaction, INSERT_TOKEN, [id, user_name, name, token_hash, now, expires_at]).await.map(|_| ())
}

pub(super) async fn revoke_token(transaction: &mut Transaction, user_name: &str, id: &str, now: &str) -> Result<u64> {
    run(transaction, REVOKE_TOKEN, [user_name, id, now]).await
}

pub(super) async fn note_use(transaction: &mut Transaction, token_hash: &str, now: &str) -> Result<()> {
    run(transaction, NOTE_USE, [token_hash, now]).await.map(|_| ())
}

/// Records an attempt under each key and forgets those before `forget_before`. A success forgives the failures under
/// every key but the last, the address's: one's own success must not open it to guesses at others' passwords.
pub(super) async fn record_attempt(
    transaction: &mut Transaction,
    keys: &[String],
    now: &str,
    forget_before: &str,
    succeeded: bool,
) -> Result<()> {
    run(transaction, DELETE_OLD_ATTEMPTS, [forget_before]).await?;
    if let (true, Some((_, of_the_account))) = (succeeded, keys.split_last()) {
        for key in of_the_account {
            run(transaction, FORGET_FAILURES, [key]).await?;
        }
    }
    for key in keys {
        let values = [Bound::Text(key), Bound::Text(now), Bound::Whole(i64::from(succeeded))];
        execute(transaction, INSERT_ATTEMPT, &values).await?;
    }
    Ok(())
}
