//! Rows <-> clusters.

use super::Members;
use crate::platform::{
    Db, Result, Transaction,
    db::{Bound, insert_rows},
};

const MEMBERS: &str = "select unit_code, cluster from cluster_member where year = $1 order by unit_code";
const UPSERT: &str = "insert into cluster_member (year, unit_code, cluster)";
const UPSERT_TAIL: &str = "on conflict (year, unit_code) do update set cluster = excluded.cluster";
const DELETE: &str = "delete from cluster_member where year = $1 and unit_code = $2";

pub(super) async fn members(db: &Db, year: &str) -> Result<Members> {
    let rows: Vec<(String, String)> = sqlx::query_as(MEMBERS).bind(year.to_owned()).fetch_all(db.pool()).await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn save(transaction: &mut Transaction, year: &str, entries: &[&(String, String)]) -> Result<()> {
    let is_gone = |entry: &&&(String, String)| entry.1.is_empty();
    let kept = entries.iter().filter(|entry| !is_gone(entry));
    let text = Bound::Text;
    let rows: Vec<Vec<Bound<'_>>> = kept.map(|(unit, cluster)| vec![text(year), text(unit), text(cluster)]).collect();
    insert_rows(&mut **transaction, UPSERT, &rows, UPSERT_TAIL).await?;
    for (unit, _) in entries.iter().filter(is_gone) {
        sqlx::query(DELETE).bind(year.to_owned()).bind(unit.clone()).execute(&mut **transaction).await?;
    }
    Ok(())
}
