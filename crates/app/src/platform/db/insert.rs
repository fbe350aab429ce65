//! Many rows in few statements: 100-row inserts are several times faster than single ones on either engine.
//!
//! The texts are written with `$1`, `$2` … here, because the engine-neutral query builder writes `?`, which PostgreSQL
//! does not read. Equal shapes give equal texts, so the engines prepare each of them once.

use std::fmt::Write as _;

use sqlx::{Any, AssertSqlSafe, Executor, any::AnyArguments, query::Query};

use crate::platform::Result;

/// One value of a row.
#[derive(Clone, Debug)]
pub enum Bound<'a> {
    /// Text, also dates and codes.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Packed figures.
    Bytes(&'a [u8]),
}

impl Bound<'_> {
    pub(super) fn bind_to<'q>(&self, query: Query<'q, Any, AnyArguments>) -> Query<'q, Any, AnyArguments> {
        match self {
            Self::Text(text) => query.bind((*text).to_owned()),
            Self::Whole(number) => query.bind(*number),
            Self::Number(number) => query.bind(*number),
            Self::Bytes(bytes) => query.bind(bytes.to_vec()),
        }
    }
}

/// Rows in one statement; more than about a hundred is slower again (measured, docs/benchmarks.md).
const ROW_COUNT_MAX: usize = 100;

/// Inserts rows of equal length: `head` is `insert into T (a, b)`, `tail` what follows the rows (`on conflict …`).
pub async fn insert_rows<'e, E>(
    executor: &mut E,
    head: &'static str,
    rows: &[Vec<Bound<'_>>],
    tail: &'static str,
) -> Result<u64>
where
    for<'c> &'c mut E: Executor<'c, Database = Any>,
{
    let mut inserted = 0;
    for chunk in rows.chunks(ROW_COUNT_MAX) {
        let width = chunk.first().map_or(0, Vec::len);
        let mut query = sqlx::query(AssertSqlSafe(statement(head, chunk.len(), width, tail)));
        for value in chunk.iter().flatten() {
            query = value.bind_to(query);
        }
        inserted += query.execute(&mut *executor).await?.rows_affected();
    }
    Ok(inserted)
}

fn statement(head: &str, row_count: usize, width: usize, tail: &str) -> String {
    let mut text = String::with_capacity(head.len() + row_count * width * 6 + tail.len() + 10);
    text.push_str(head);
    for row in 0..row_count {
        text.push_str(if row == 0 { " values (" } else { ", (" });
        for column in 0..width {
            // Writing to a string cannot fail.
            let _ = write!(text, "{}${}", if column == 0 { "" } else { ", " }, row * width + column + 1);
        }
        text.push(')');
    }
    text.push(' ');
    text.push_str(tail);
    text
}

/// Reads the rows of many keys, in questions of up to [`KEY_COUNT_MAX`] keys each: `head` ends with `where COLUMN in`,
/// each of `conditions` adds `and NAME = value`, `tail` orders the rows of one question.
pub async fn select_in<'e, E, R>(
    executor: &mut E,
    head: &'static str,
    keys: &[&str],
    conditions: &[(&'static str, &str)],
    tail: &'static str,
) -> Result<Vec<R>>
where
    for<'c> &'c mut E: Executor<'c, Database = Any>,
    R: for<'r> sqlx::FromRow<'r, sqlx::any::AnyRow> + Send + Unpin,
{
    let mut found = Vec::new();
    for chunk in keys.chunks(KEY_COUNT_MAX) {
        let places: Vec<String> = (1..=chunk.len()).map(|place| format!("${place}")).collect();
        let mut text = format!("{head} ({})", places.join(", "));
        for (position, (name, _)) in conditions.iter().enumerate() {
            let _ = write!(text, " and {name} = ${}", chunk.len() + position + 1);
        }
        let mut query = sqlx::query_as(AssertSqlSafe(format!("{text} {tail}")));
        for value in chunk.iter().copied().chain(conditions.iter().map(|(_, value)| *value)) {
            query = query.bind(value.to_owned());
        }
        found.extend(query.fetch_all(&mut *executor).await?);
    }
    Ok(found)
}

/// Keys in one question.
const KEY_COUNT_MAX: usize = 500;
