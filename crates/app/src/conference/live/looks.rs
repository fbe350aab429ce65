//! Looks at the database that are shared: five thousand phones that ask at once cost two questions, not five thousand.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use tokio::sync::Mutex;

use crate::platform::Result;

/// Counts who asks; a look serves everybody who asked before it began.
#[derive(Debug, Default)]
pub(super) struct Looks {
    asked: AtomicU64,
    /// The last ticket that a finished look served.
    served: Mutex<u64>,
}

impl Looks {
    /// Waits for a look that began after this call: another's, or one's own.
    ///
    /// # Errors
    /// Those of the own look; when another's fails, an own one is made.
    pub(super) async fn look<F: Future<Output = Result<()>>>(&self, look: impl FnOnce() -> F) -> Result<()> {
        let ticket = self.asked.fetch_add(1, SeqCst) + 1;
        let mut served = self.served.lock().await;
        if *served >= ticket {
            return Ok(());
        }
        let latest = self.asked.load(SeqCst);
        look().await?;
        *served = latest;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
