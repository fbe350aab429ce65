//! The door works on SQLite; `tests/it` runs the same rooms on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[tokio::test]
async fn migrates_twice_and_round_trips_every_kind_of_value() {
    let db = Db::open("sqlite::memory:").await.unwrap();
    drop(db);
    let folder = std::env::temp_dir().join(format!("tongket-db-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let db = Db::open_folder(&folder).await.unwrap();
    db.migrate().await.unwrap();
    db.migrate().await.unwrap();
    let mut transaction = db.begin().await.unwrap();
    insert_rows(
        &mut *transaction,
        "insert into unit (code, kind)",
        &[vec![Bound::Text("VN"), Bound::Text("country")], vec![Bound::Text("N01"), Bound::Text("province")]],
        "on conflict (code) do nothing",
    )
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    let rows: Vec<(String, i64)> =
        sqlx::query_as("select code, count(*) over () from unit where valid_to > $1 order by code")
            .bind("2025-01-01")
            .fetch_all(db.pool())
            .await
            .unwrap();
    assert_eq!(rows, [("N01".to_owned(), 2), ("VN".to_owned(), 2)]);
    let mut connection = db.pool().acquire().await.unwrap();
    let found: Vec<(String,)> = select_in(
        &mut *connection,
        "select code from unit where code in",
        &["N01", "N02", "VN"],
        &[("kind", "province")],
        "order by code",
    )
    .await
    .unwrap();
    drop(connection);
    assert_eq!(found, [("N01".to_owned(),)]);
    db.prepare("select code from unit where code = $1").await.unwrap();
    assert!(db.prepare("select nonsense from unit").await.is_err());
    db.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}
