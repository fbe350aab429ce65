//! Sessions, accounts and roles as they are read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Right, Role, Visitor};
use crate::{office::Office, platform::Result};

const SESSION: &str = "select a.user_name, a.name, a.language, s.csrf_token from session s \
     join account a on a.user_name = s.user_name \
     where s.token_hash = $1 and s.expires_at > $2 and a.disabled_at = ''";

const ROLES_ON: &str = "select r.role, r.unit_code, coalesce(n.name, r.unit_code) as unit_name from account_role r \
     left join unit_name n on n.unit_code = r.unit_code and n.valid_from <= $2 and n.valid_to >= $2 \
     where r.user_name = $1 and r.valid_from <= $2 and r.valid_to > $2 order by r.role, r.unit_code";

const CREDENTIALS: &str = "select user_name, password_hash from account where user_name = $1 and disabled_at = ''";

const FAILURES_SINCE: &str =
    "select count(*) from sign_in_attempt where key = $1 and attempted_at > $2 and succeeded = 0";

const ACCOUNTS: &str = "select user_name, name, email, disabled_at from account order by user_name";

const ALL_ROLES: &str = "select r.user_name, r.role, r.unit_code, coalesce(n.name, r.unit_code) as unit_name, \
     r.valid_from, r.valid_to from account_role r \
     left join unit_name n on n.unit_code = r.unit_code and n.valid_from <= $1 and n.valid_to >= $1 \
     where r.valid_to > $1 order by r.user_name, r.role, r.unit_code, r.valid_from";

const ENDED_ROLES: &str = "select distinct r.user_name, r.unit_code from account_role r \
     join unit_name n on n.unit_code = r.unit_code and n.valid_from <= $1 and n.valid_to >= $1 where not exists \
     (select 1 from account_role running where running.user_name = r.user_name and running.valid_to > $1) \
     order by r.user_name, r.unit_code";

const TOKEN: &str = "select t.user_name, a.name, a.language, t.last_used_at from personal_token t \
     join account a on a.user_name = t.user_name \
     where t.token_hash = $1 and t.expires_at > $2 and t.revoked_at = '' and a.disabled_at = ''";

const TOKENS: &str = "select id, name, created_at, expires_at, revoked_at, last_used_at from personal_token \
     where user_name = $1 order by created_at desc, id";

const UNITS_WITH: &str = "select distinct r.unit_code from account_role r \
     join account a on a.user_name = r.user_name and a.disabled_at = '' \
     where r.role = $1 and r.valid_from <= $2 and r.valid_to > $2 order by r.unit_code";

const ACCOUNT_EXISTS: &str = "select count(*) from account where user_name = $1";

const UNIT_EXISTS: &str = "select count(*) from unit where code = $1";

/// A live session with its account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// The account.
    pub user_name: String,
    /// The person's name.
    pub name: String,
    /// The account's language.
    pub language: String,
    /// The token that the session's forms carry.
    pub csrf_token: String,
}

/// A role as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RoleRow {
    /// The role's identifier.
    pub role: String,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name on the day.
    pub unit_name: String,
}

/// An account as the list of accounts shows it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct AccountRow {
    /// The name typed at the door.
    pub user_name: String,
    /// The person's name.
    pub name: String,
    /// Where reminders go.
    pub email: String,
    /// Since when nobody may sign in with it; empty while one may.
    pub disabled_at: String,
}

/// Somebody's role with its dates.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct DatedRoleRow {
    /// Whose.
    pub user_name: String,
    /// The role's identifier.
    pub role: String,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name on the day.
    pub unit_name: String,
    /// First day.
    pub valid_from: String,
    /// The day after the last.
    pub valid_to: String,
}

/// A personal token that is good, with its account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TokenOwnerRow {
    /// The account.
    pub user_name: String,
    /// The person's name.
    pub name: String,
    /// The account's language.
    pub language: String,
    /// When it was used last, to some minutes; empty where it never was.
    pub last_used_at: String,
}

/// A personal token as its owner sees it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct TokenRow {
    /// Its number: names it without opening anything.
    pub id: String,
    /// What its owner called it.
    pub name: String,
    /// When it was made.
    pub created_at: String,
    /// When it ends by itself.
    pub expires_at: String,
    /// When it was revoked; empty where it was not.
    pub revoked_at: String,
    /// When it was used last, to some minutes; empty where it never was.
    pub last_used_at: String,
}

impl TokenRow {
    /// Whether a program may sign in with it at this moment.
    pub fn is_live(&self, now: &str) -> bool {
        self.revoked_at.is_empty() && self.expires_at.as_str() > now
    }
}

/// The account of the personal token with this hash, unless it has expired, was revoked or its account is disabled.
pub async fn token(office: &Office, token_hash: &str, now: &str) -> Result<Option<TokenOwnerRow>> {
    Ok(sqlx::query_as(TOKEN)
        .bind(token_hash.to_owned())
        .bind(now.to_owned())
        .fetch_optional(office.db().pool())
        .await?)
}

/// Every token that the account ever made, the latest first.
pub async fn tokens(office: &Office, user_name: &str) -> Result<Vec<TokenRow>> {
    Ok(sqlx::query_as(TOKENS).bind(user_name.to_owned()).fetch_all(office.db().pool()).await?)
}

/// The session with this token hash, unless it has expired or its account is disabled.
pub async fn session(office: &Office, token_hash: &str, now: &str) -> Result<Option<SessionRow>> {
    Ok(sqlx::query_as(SESSION)
        .bind(token_hash.to_owned())
        .bind(now.to_owned())
        .fetch_optional(office.db().pool())
        .await?)
}

/// The account's roles valid on this day, by role and unit.
pub async fn roles_on(office: &Office, user_name: &str, day: &str) -> Result<Vec<RoleRow>> {
    Ok(sqlx::query_as(ROLES_ON).bind(user_name.to_owned()).bind(day.to_owned()).fetch_all(office.db().pool()).await?)
}

/// User name and password hash of an account that may sign in.
pub async fn credentials(office: &Office, user_name: &str) -> Result<Option<(String, String)>> {
    Ok(sqlx::query_as(CREDENTIALS).bind(user_name.to_owned()).fetch_optional(office.db().pool()).await?)
}

/// How many attempts failed for this key since this time.
pub async fn failures_since(office: &Office, key: &str, since: &str) -> Result<i64> {
    let (count,) = sqlx::query_as(FAILURES_SINCE)
        .bind(key.to_owned())
        .bind(since.to_owned())
        .fetch_one(office.db().pool())
        .await?;
    Ok(count)
}

/// Every account, by user name.
pub async fn accounts(office: &Office) -> Result<Vec<AccountRow>> {
    Ok(sqlx::query_as(ACCOUNTS).fetch_all(office.db().pool()).await?)
}

/// An account with what it may do.
#[derive(Clone, Debug, serde::Serialize)]
pub struct AccountWithRoles {
    /// The account.
    #[serde(flatten)]
    pub account: AccountRow,
    /// Its roles that have not ended.
    pub roles: Vec<DatedRoleRow>,
}

/// The accounts that the visitor may manage, by user name: those all of whose roles lie within reach. Where none runs any
/// more, those that ended at units which still stand tell whose the account is: nobody below takes over a colleague's above.
pub async fn managed_by(office: &Office, visitor: &Visitor) -> Result<Vec<AccountWithRoles>> {
    let today = visitor.today().to_string();
    let mut roles: BTreeMap<String, Vec<DatedRoleRow>> = BTreeMap::new();
    for role in all_roles(office, &today).await? {
        roles.entry(role.user_name.clone()).or_default().push(role);
    }
    let ended: Vec<(String, String)> = sqlx::query_as(ENDED_ROLES).bind(today).fetch_all(office.db().pool()).await?;
    let running = roles.values().flatten().map(|role| (&role.user_name, &role.unit_code));
    let everywhere = running.chain(ended.iter().map(|(user, unit)| (user, unit)));
    let foreign = everywhere.filter(|(_, unit)| !visitor.may(Right::ManageAccounts, unit));
    let foreign: BTreeSet<String> = foreign.map(|(user, _)| user.clone()).collect();
    let accounts = accounts(office).await?.into_iter().filter(|account| !foreign.contains(&account.user_name));
    let with_roles = |account: AccountRow| {
        let roles = roles.remove(&account.user_name).unwrap_or_default();
        AccountWithRoles { account, roles }
    };
    Ok(accounts.map(with_roles).collect())
}

/// Every role that has not ended on this day, by user name, role and unit.
pub async fn all_roles(office: &Office, day: &str) -> Result<Vec<DatedRoleRow>> {
    Ok(sqlx::query_as(ALL_ROLES).bind(day.to_owned()).fetch_all(office.db().pool()).await?)
}

/// The units at which somebody who may sign in holds this role on this day, by code.
pub async fn units_with(office: &Office, role: Role, day: Date) -> Result<Vec<String>> {
    let query = sqlx::query_as(UNITS_WITH).bind(role.as_str().to_owned()).bind(day.to_string());
    let rows: Vec<(String,)> = query.fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(code,)| code).collect())
}

/// Whether there is an account of this name, disabled or not.
pub async fn account_exists(office: &Office, user_name: &str) -> Result<bool> {
    exists(office, ACCOUNT_EXISTS, user_name).await
}

/// Whether there is or was a unit with this code.
pub async fn unit_exists(office: &Office, unit_code: &str) -> Result<bool> {
    exists(office, UNIT_EXISTS, unit_code).await
}

async fn exists(office: &Office, sql: &'static str, key: &str) -> Result<bool> {
    let (count,): (i64,) = sqlx::query_as(sql).bind(key.to_owned()).fetch_one(office.db().pool()).await?;
    Ok(count > 0)
}
