//! The books of numbers into the database.

use domain::guidance::{NumberingRule, Origin};
use sqlx::{Any, AnyConnection, any::AnyArguments, query::Query};

use crate::{
    guidance::numbers::{Book, Entry, Request},
    platform::{Context, Error, Result, Transaction},
};

const RULE: &str =
    "select origin, series_groups, abbreviations from numbering_rule where unit_code = $1 and council = $2";
const SAVE_RULE: &str = "insert into numbering_rule (unit_code, council, origin, series_groups, abbreviations, set_at, \
     set_by) values ($1, $2, $3, $4, $5, $6, $7) on conflict (unit_code, council) do update set \
     origin = excluded.origin, series_groups = excluded.series_groups, abbreviations = excluded.abbreviations, \
     set_at = excluded.set_at, set_by = excluded.set_by";
const NEXT: &str = "insert into number_series (unit_code, council, series, year, last) values ($1, $2, $3, $4, 1) \
     on conflict (unit_code, council, series, year) do update set last = number_series.last + 1 returning last";
const REACH: &str = "insert into number_series (unit_code, council, series, year, last) values ($1, $2, $3, $4, $5) \
     on conflict (unit_code, council, series, year) do update set \
     last = case when excluded.last > number_series.last then excluded.last else number_series.last end";
const ENTER: &str = "insert into number_entry (unit_code, council, series, year, number, printed, document_type, \
     subject, signer, document_slug, signed_on, origin, entered_at, entered_by, note) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
     on conflict (unit_code, council, series, year, number) do nothing";
const CANCEL: &str = "update number_entry set cancelled_at = $6, cancelled_by = $7, cancel_reason = $8 \
     where unit_code = $1 and council = $2 and series = $3 and year = $4 and number = $5 and cancelled_at = ''";
const TAKE_UP: &str = "update number_entry set document_slug = $6, subject = $7, signer = $8 \
     where unit_code = $1 and council = $2 and series = $3 and year = $4 and number = $5 and printed = $9 \
     and signed_on = $10 and document_slug = '' and cancelled_at = ''";
const LINE: &str = "select printed, subject, document_slug, cancelled_at from number_entry \
     where unit_code = $1 and council = $2 and series = $3 and year = $4 and number = $5";
const LATEST_BEFORE: &str = "select printed, signed_on from number_entry \
     where unit_code = $1 and council = $2 and series = $3 and year = $4 and number < $5 \
     and cancelled_at = '' order by signed_on desc, number desc limit 1";
const LAST: &str = "insert into number_series (unit_code, council, series, year, last) values ($1, $2, $3, $4, 0) \
     on conflict (unit_code, council, series, year) do update set last = number_series.last returning last";
const OF_DOCUMENT: &str = "select council, series, year, number, printed from number_entry \
     where unit_code = $1 and document_slug = $2 and cancelled_at = '' order by council, series, year, number";

/// How an agency numbers, with the abbreviations of bodies that it uses; the usual rule where it has set none.
pub(in crate::guidance) async fn rule(
    connection: &mut AnyConnection,
    unit_code: &str,
    council: &str,
) -> Result<(NumberingRule, String)> {
    let row: Option<(String, String, String)> =
        sqlx::query_as(RULE).bind(unit_code.to_owned()).bind(council.to_owned()).fetch_optional(connection).await?;
    let Some((origin, groups, abbreviations)) = row else { return Ok((NumberingRule::default(), String::new())) };
    let origin = Origin::parse(&origin).ok_or_else(|| Error::inside(format!("origin of numbers {origin}")))?;
    Ok((NumberingRule::parse(origin, &groups).map_err(Error::inside)?, abbreviations))
}

pub(in crate::guidance) async fn save_rule(
    transaction: &mut Transaction,
    context: &Context,
    [unit_code, council]: [&str; 2],
    rule: &NumberingRule,
    abbreviations: &str,
) -> Result<()> {
    let groups = rule.groups_text();
    let stamp = context.stamp();
    let texts = [unit_code, council, rule.origin.as_str(), &groups, abbreviations, &stamp, context.actor.name()];
    let query = texts.into_iter().fold(sqlx::query(SAVE_RULE), |query, text| query.bind(text.to_owned()));
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// Takes the next number of a book. The row stays locked until the transaction ends, so that a number given up with its
/// transaction is the next one's.
pub(in crate::guidance) async fn next(transaction: &mut Transaction, book: &Book) -> Result<u32> {
    let (number,): (i64,) = sqlx::query_as(NEXT)
        .bind(book.unit_code.clone())
        .bind(book.council.clone())
        .bind(book.series.clone())
        .bind(i64::from(book.year))
        .fetch_one(&mut **transaction)
        .await?;
    u32::try_from(number).map_err(Error::inside)
}

/// A statement whose first five values name a line of a book.
fn on_line(sql: &'static str, book: &Book, number: u32) -> Query<'static, Any, AnyArguments> {
    sqlx::query(sql)
        .bind(book.unit_code.clone())
        .bind(book.council.clone())
        .bind(book.series.clone())
        .bind(i64::from(book.year))
        .bind(i64::from(number))
}

/// Lets a book go on after this number, which somebody else has given.
pub(in crate::guidance) async fn reach(transaction: &mut Transaction, book: &Book, number: u32) -> Result<()> {
    on_line(REACH, book, number).execute(&mut **transaction).await?;
    Ok(())
}

/// Writes a line into a book; whether its number was free.
pub(in crate::guidance) async fn enter(
    transaction: &mut Transaction,
    context: &Context,
    entry: &Entry,
) -> Result<bool> {
    let done = on_line(ENTER, &entry.book, entry.number)
        .bind(entry.printed.clone())
        .bind(entry.document_type.clone())
        .bind(entry.subject.clone())
        .bind(entry.signer.clone())
        .bind(entry.document.clone())
        .bind(entry.signed_on.to_string())
        .bind(entry.origin.as_str().to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .bind(entry.note.clone())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Writes a paper on the line of the number and code that it bears; whether that stood for its day and for no paper.
pub(in crate::guidance) async fn take_up(
    transaction: &mut Transaction,
    book: &Book,
    (number, printed): (u32, &str),
    request: &Request<'_>,
) -> Result<bool> {
    let done = on_line(TAKE_UP, book, number)
        .bind(request.document.to_owned())
        .bind(request.subject.trim().to_owned())
        .bind(request.signer.trim().to_owned())
        .bind(printed.to_owned())
        .bind(request.signed_on.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Marks a line as cancelled; whether it stood uncancelled.
pub(in crate::guidance) async fn cancel(
    transaction: &mut Transaction,
    context: &Context,
    book: &Book,
    number: u32,
    reason: &str,
) -> Result<bool> {
    let done = on_line(CANCEL, book, number)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .bind(reason.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What the book says of a number.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::guidance) struct KnownLine {
    pub(in crate::guidance) printed: String,
    pub(in crate::guidance) subject: String,
    pub(in crate::guidance) document_slug: String,
    pub(in crate::guidance) cancelled_at: String,
}

/// The line of a number, where it was given.
pub(in crate::guidance) async fn line(
    transaction: &mut Transaction,
    book: &Book,
    number: u32,
) -> Result<Option<KnownLine>> {
    let query = sqlx::query_as(LINE)
        .bind(book.unit_code.clone())
        .bind(book.council.clone())
        .bind(book.series.clone())
        .bind(i64::from(book.year))
        .bind(i64::from(number));
    Ok(query.fetch_optional(&mut **transaction).await?)
}

/// The latest day among the numbers before this one that stand, with the number that has it.
pub(in crate::guidance) async fn latest_before(
    transaction: &mut Transaction,
    book: &Book,
    number: u32,
) -> Result<Option<(String, String)>> {
    let query = sqlx::query_as(LATEST_BEFORE)
        .bind(book.unit_code.clone())
        .bind(book.council.clone())
        .bind(book.series.clone())
        .bind(i64::from(book.year))
        .bind(i64::from(number));
    Ok(query.fetch_optional(&mut **transaction).await?)
}

/// The last number of a book, 0 for a new one; the row stays locked until the transaction ends.
pub(in crate::guidance) async fn last(transaction: &mut Transaction, book: &Book) -> Result<u32> {
    let (last,): (i64,) = sqlx::query_as(LAST)
        .bind(book.unit_code.clone())
        .bind(book.council.clone())
        .bind(book.series.clone())
        .bind(i64::from(book.year))
        .fetch_one(&mut **transaction)
        .await?;
    u32::try_from(last).map_err(Error::inside)
}

/// The lines that were written for a document and stand uncancelled: book, number, number and code.
pub(in crate::guidance) async fn of_document(
    transaction: &mut Transaction,
    unit_code: &str,
    document: &str,
) -> Result<Vec<(Book, u32, String)>> {
    let query = sqlx::query_as(OF_DOCUMENT).bind(unit_code.to_owned()).bind(document.to_owned());
    let rows: Vec<(String, String, i64, i64, String)> = query.fetch_all(&mut **transaction).await?;
    let line = |(council, series, year, number, printed)| {
        let year = i16::try_from(year).map_err(Error::inside)?;
        let book = Book { unit_code: unit_code.to_owned(), council, series, year };
        Ok((book, u32::try_from(number).map_err(Error::inside)?, printed))
    };
    rows.into_iter().map(line).collect()
}
