//! Audit lines into the database.

use crate::platform::{Context, Db, Result, Transaction};

const INSERT: &str =
    "insert into audit_line (recorded_at, actor, request, verb, object, detail) values ($1, $2, $3, $4, $5, $6)";

/// Writes one line: `verb` is the room's verb (`submissions.approve`), `object` what it was done to.
pub async fn write(
    transaction: &mut Transaction,
    context: &Context,
    verb: &str,
    object: &str,
    detail: &str,
) -> Result<()> {
    sqlx::query(INSERT)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .bind(context.request.clone())
        .bind(verb.to_owned())
        .bind(object.to_owned())
        .bind(detail.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

const LATEST: &str = "select coalesce(max(id), 0) from audit_line";
const SINCE: &str = "select id, verb, object from audit_line where id > $1 order by id";

/// The number of the latest line; every change, by whatever process, makes it grow.
///
/// # Errors
/// Where the database cannot be read.
pub async fn latest(db: &Db) -> Result<i64> {
    let (id,): (i64,) = sqlx::query_as(LATEST).fetch_one(db.pool()).await?;
    Ok(id)
}

const LINES_NOT_BY: &str = "select count(*) from (select id from audit_line where actor <> $1 limit 1) as found";

/// Whether anyone but this actor ever changed anything.
///
/// # Errors
/// Where the database cannot be read.
pub async fn has_line_not_by(db: &Db, actor: &str) -> Result<bool> {
    let (count,): (i64,) = sqlx::query_as(LINES_NOT_BY).bind(actor.to_owned()).fetch_one(db.pool()).await?;
    Ok(count > 0)
}

const LATEST_AT: &str = "select coalesce(max(recorded_at), '') from audit_line";

/// When the latest line was written; empty in an office where nothing was ever done.
///
/// # Errors
/// Where the database cannot be read.
pub async fn latest_at(db: &Db) -> Result<String> {
    let (at,): (String,) = sqlx::query_as(LATEST_AT).fetch_one(db.pool()).await?;
    Ok(at)
}

/// A line as the administrator reads it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct AuditRow {
    /// When (RFC 3339 in UTC).
    pub recorded_at: String,
    /// Who: a user name, `command-line`, or a job.
    pub actor: String,
    /// The room's verb (`submissions.approve`).
    pub verb: String,
    /// To what it was done.
    pub object: String,
    /// What else there is to know.
    pub detail: String,
}

/// Which lines are wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Whose; everybody's where empty.
    pub actor: &'a str,
    /// A word that their object names, in capitals or not; any where empty.
    pub word: &'a str,
    /// Only lines of these people; of everybody where none.
    pub among: Option<Vec<String>>,
}

impl Wanted<'_> {
    /// The user names, each between blanks, of which none has one; empty for everybody.
    fn names(&self) -> String {
        self.among.as_ref().map_or_else(String::new, |names| format!(" {} ", names.join(" ")))
    }
}

const LINES: &str = "select recorded_at, actor, verb, object, detail from audit_line \
    where ($1 = '' or actor = $1) and lower(object) like lower($2) escape '!' \
    and ($3 = '' or replace($3, ' ' || actor || ' ', '') <> $3) order by id desc limit $4 offset $5";
const COUNT: &str = "select count(*) from audit_line \
    where ($1 = '' or actor = $1) and lower(object) like lower($2) escape '!' \
    and ($3 = '' or replace($3, ' ' || actor || ' ', '') <> $3)";

/// How many lines are wanted.
///
/// # Errors
/// Where the database cannot be read.
pub async fn count(db: &Db, wanted: &Wanted<'_>) -> Result<i64> {
    let query = sqlx::query_as(COUNT).bind(wanted.actor.to_owned()).bind(naming(wanted.word)).bind(wanted.names());
    let (count,): (i64,) = query.fetch_one(db.pool()).await?;
    Ok(count)
}

/// Those lines, newest first: at most `limit` after the first `offset`.
///
/// # Errors
/// Where the database cannot be read.
pub async fn lines(db: &Db, wanted: &Wanted<'_>, [limit, offset]: [i64; 2]) -> Result<Vec<AuditRow>> {
    let query = sqlx::query_as(LINES).bind(wanted.actor.to_owned()).bind(naming(wanted.word)).bind(wanted.names());
    Ok(query.bind(limit).bind(offset).fetch_all(db.pool()).await?)
}

/// The pattern of all texts that name a word; what people type is no pattern itself.
fn naming(word: &str) -> String {
    let is_special = |letter| matches!(letter, '!' | '%' | '_');
    let literal = |letter| is_special(letter).then_some('!').into_iter().chain([letter]);
    format!("%{}%", word.chars().flat_map(literal).collect::<String>())
}

/// The verbs and objects of all lines after this one, oldest first: what a memory of the database has to catch up with.
///
/// # Errors
/// Where the database cannot be read.
pub async fn since(db: &Db, id: i64) -> Result<Vec<(i64, String, String)>> {
    Ok(sqlx::query_as(SINCE).bind(id).fetch_all(db.pool()).await?)
}
