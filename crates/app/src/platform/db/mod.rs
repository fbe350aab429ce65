//! One database behind one door: open, migrate, read, write in a transaction, insert many rows.
//!
//! Every statement is one text in the dialect common to both engines (`$1`, `returning`, `on conflict`); see
//! [`super::dialect`] for what differs. Dates and times are ISO text, whole numbers `bigint`, packed figures bytes.

mod announcements;
mod copy;
mod execute;
mod insert;
mod setting;

use std::{path::Path, time::Duration};

use sqlx::{AnyConnection, AnyPool, Connection, Executor, any::AnyPoolOptions, migrate::Migrator};

use super::{Error, Result, dialect::Engine};

pub use announcements::Announcements;
pub use execute::execute;
pub use insert::{Bound, insert_rows, select_in};
pub use setting::{set_setting, setting};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

const PING: &str = "select 1";
const SCHEMA: &str = "select cast(coalesce(max(version), 0) as bigint) from _sqlx_migrations";

/// A writing transaction; dropped without `commit`, nothing has happened.
pub type Transaction = sqlx::Transaction<'static, sqlx::Any>;

/// The office's database.
#[derive(Clone, Debug)]
pub struct Db {
    pool: AnyPool,
    engine: Engine,
    address: announcements::Address,
}

impl Db {
    /// Opens the database at this address (`sqlite:PATH` or `postgres://…`), making a SQLite file where there is none.
    pub async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of_url(url).ok_or_else(|| {
            Error::refused(
                "database_url",
                format!("Địa chỉ cơ sở dữ liệu «{url}» phải bắt đầu bằng sqlite: hoặc postgres://."),
            )
        })?;
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(60))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    for statement in engine.connection_setup() {
                        connection.execute(*statement).await?;
                    }
                    Ok(())
                })
            })
            // When the disk is full SQLite ends a transaction by itself, and the driver goes on believing in it: such a
            // connection would refuse every further write, so it is given up.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect(url)
            .await?;
        Ok(Self { pool, engine, address: announcements::Address(url.into()) })
    }

    /// Opens the SQLite file of an office's folder.
    pub async fn open_folder(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Self::open(&format!("sqlite:{}?mode=rwc", folder.join("tongket.sqlite").display())).await
    }

    /// Brings the schema up to date; doing it again changes nothing.
    pub async fn migrate(&self) -> Result<()> {
        let migrator = match self.engine {
            Engine::Sqlite => &SQLITE,
            Engine::Postgres => &POSTGRES,
        };
        migrator.run(&self.pool).await.map_err(Error::inside)
    }

    /// The schema that this program ships, by the number of its latest part.
    pub fn shipped_schema(&self) -> i64 {
        let migrator = match self.engine {
            Engine::Sqlite => &SQLITE,
            Engine::Postgres => &POSTGRES,
        };
        migrator.iter().map(|part| part.version).max().unwrap_or(0)
    }

    /// The schema that the database has.
    ///
    /// # Errors
    /// Where the database was never migrated.
    pub async fn schema(&self) -> Result<i64> {
        let (version,): (i64,) = sqlx::query_as(SCHEMA).fetch_one(&self.pool).await?;
        Ok(version)
    }

    /// For reading outside a transaction.
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Begins a writing transaction.
    pub async fn begin(&self) -> Result<Transaction> {
        Ok(self.pool.begin_with(self.engine.begin_writing()).await?)
    }

    /// Whether the engine accepts this text, without running it.
    pub async fn prepare(&self, sql: &'static str) -> Result<()> {
        use sqlx::SqlStr;
        let mut connection = self.pool.acquire().await?;
        let connection: &mut AnyConnection = &mut connection;
        connection.prepare(SqlStr::from_static(sql)).await?;
        Ok(())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query(PING).execute(&self.pool).await?;
        Ok(())
    }

    /// Waits until every connection is closed.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests;
