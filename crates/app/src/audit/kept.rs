//! Answers that are dear to work out, kept until the audit lines tell that something they rest on has changed.
//!
//! Every change writes an audit line in its own transaction, so whatever process made it, the next question here sees
//! it. What changes without a line (a draft that is typed on) lets its keeper forget by [`Kept::forget`].

use std::sync::Arc;

use tokio::sync::Mutex;

use super::{latest, since};
use crate::platform::{Db, Result};

/// Answers by question, the one asked for longest ago gone first.
#[derive(Debug)]
pub struct Kept<K, V> {
    inside: Mutex<Inside<K, V>>,
    entry_count_max: usize,
}

#[derive(Debug)]
struct Inside<K, V> {
    /// The latest audit line that was looked at.
    seen: i64,
    /// The latest asked for last.
    entries: Vec<(K, Arc<V>)>,
}

impl<K: PartialEq, V> Kept<K, V> {
    /// Keeps so many answers at most.
    pub fn new(entry_count_max: usize) -> Self {
        Self { inside: Mutex::new(Inside { seen: 0, entries: Vec::new() }), entry_count_max }
    }

    /// The kept answer, or the one that `find` works out. Only who signed in or out leaves answers standing.
    ///
    /// # Errors
    /// Where the audit lines cannot be read, and those of `find`.
    pub async fn get(&self, db: &Db, key: K, find: impl Future<Output = Result<V>>) -> Result<Arc<V>> {
        let mut inside = self.inside.lock().await;
        inside.catch_up(db).await?;
        if let Some(place) = inside.entries.iter().position(|(known, _)| *known == key) {
            let entry = inside.entries.remove(place);
            let answer = Arc::clone(&entry.1);
            inside.entries.push(entry);
            return Ok(answer);
        }
        // On the heap: an answer may ask for others that are kept, and polls nest.
        let answer = Arc::new(Box::pin(find).await?);
        if inside.entries.len() == self.entry_count_max {
            inside.entries.remove(0);
        }
        inside.entries.push((key, Arc::clone(&answer)));
        Ok(answer)
    }

    /// Drops every answer.
    pub async fn forget(&self) {
        self.inside.lock().await.entries.clear();
    }
}

impl<K, V> Inside<K, V> {
    async fn catch_up(&mut self, db: &Db) -> Result<()> {
        let latest = latest(db).await?;
        if latest != self.seen && !self.entries.is_empty() {
            let lines = since(db, self.seen).await?;
            if lines.iter().any(|(_, verb, _)| !leaves_standing(verb)) {
                self.entries.clear();
            }
        }
        self.seen = latest;
        Ok(())
    }
}

/// What happens in a hall changes no figure, report or score; twenty arrivals a second must not drop them.
fn leaves_standing(verb: &str) -> bool {
    LEAVES_STANDING.contains(&verb) || verb.starts_with("conference.")
}

/// Other verbs after which every answer is what it was.
const LEAVES_STANDING: [&str; 5] = [
    "identity.sign_in",
    "identity.sign_out",
    "identity.choose_language",
    "identity.create_token",
    "identity.revoke_token",
];
