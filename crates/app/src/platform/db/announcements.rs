//! Words that processes on one PostgreSQL database tell each other (LISTEN, NOTIFY). SQLite has none: its processes look.

use std::sync::Arc;

use sqlx::postgres::PgListener;

use super::{Db, Transaction};
use crate::platform::Result;

/// A database's address. It may hold a password, so it is never printed.
#[derive(Clone)]
pub(super) struct Address(pub(super) Arc<str>);

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Db {
    /// Whether processes on this database can tell each other something.
    pub fn has_announcements(&self) -> bool {
        self.engine.announcement().is_some()
    }

    /// Tells every process that listens to this channel, at the moment when the transaction is committed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn announce(&self, transaction: &mut Transaction, channel: &str, text: &str) -> Result<()> {
        if let Some(sql) = self.engine.announcement() {
            sqlx::query(sql).bind(channel.to_owned()).bind(text.to_owned()).execute(&mut **transaction).await?;
        }
        Ok(())
    }
}

/// An ear at a channel, with a connection of its own.
#[derive(Debug)]
pub struct Announcements(PgListener);

impl Announcements {
    /// Begins to listen; `None` where the engine has no announcements.
    ///
    /// # Errors
    /// Where the database cannot be reached.
    pub async fn listen(db: &Db, channel: &str) -> Result<Option<Self>> {
        if !db.has_announcements() {
            return Ok(None);
        }
        let mut listener = PgListener::connect(&db.address.0).await?;
        listener.listen(channel).await?;
        Ok(Some(Self(listener)))
    }

    /// The next announcement; `None` where the connection was lost, and announcements with it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn next(&mut self) -> Result<Option<String>> {
        Ok(self.0.try_recv().await?.map(|heard| heard.payload().to_owned()))
    }
}
