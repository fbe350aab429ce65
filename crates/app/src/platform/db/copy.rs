//! A consistent copy of the database while it serves.

use std::path::Path;

use crate::platform::{Db, Error, Result, dialect::Engine};

const COPY_INTO: &str = "vacuum into $1";
const INTEGRITY: &str = "pragma integrity_check";

impl Db {
    /// Writes a consistent copy of a SQLite database into a new file; readers and writers go on meanwhile.
    ///
    /// # Errors
    /// Refused on PostgreSQL, whose own `pg_dump` does this better.
    pub async fn copy_into(&self, file: &Path) -> Result<()> {
        if self.engine() == Engine::Postgres {
            let message = "Cơ sở dữ liệu PostgreSQL được sao lưu bằng pg_dump của chính nó; \
                           lệnh này chỉ sao lưu văn phòng dùng tệp SQLite.";
            return Err(Error::refused("postgres_backup", message));
        }
        sqlx::query(COPY_INTO).bind(file.display().to_string()).execute(self.pool()).await?;
        Ok(())
    }

    /// Whether a SQLite database is sound; tells the first fault where it is not.
    pub async fn integrity_fault(&self) -> Result<Option<String>> {
        if self.engine() == Engine::Postgres {
            return Ok(None);
        }
        let answer: String = sqlx::query_scalar(INTEGRITY).fetch_one(self.pool()).await?;
        Ok((answer != "ok").then_some(answer))
    }
}
