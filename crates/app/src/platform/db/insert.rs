//! Many rows in few statements: 100-row inserts are several times faster than single ones on either engine.

use sqlx::{Any, Executor, QueryBuilder};

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
        let mut builder = QueryBuilder::<Any>::new(head);
        builder.push_values(chunk, |mut line, row| {
            for value in row {
                match value {
                    Bound::Text(text) => line.push_bind((*text).to_owned()),
                    Bound::Whole(number) => line.push_bind(*number),
                    Bound::Number(number) => line.push_bind(*number),
                    Bound::Bytes(bytes) => line.push_bind(bytes.to_vec()),
                };
            }
        });
        builder.push(" ").push(tail);
        inserted += builder.build().execute(&mut *executor).await?.rows_affected();
    }
    Ok(inserted)
}
