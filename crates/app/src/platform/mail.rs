//! Mail: letters wait in the database until an SMTP server takes them, so that none is lost with a broken line.
//!
//! The server is set by `TONGKET_SMTP_URL` (`smtp://user:password@host:587?tls=required`, `smtps://…`) and the sender by
//! `TONGKET_MAIL_FROM`; without them letters stay in the queue and the board says so.

mod store;

use std::{future::Future, pin::Pin};

use jiff::SignedDuration;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use super::{
    Actor, Context, Db, Error, Result, Transaction,
    jobs::{Job, Outcome},
};
use crate::office::Office;

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Mail address.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// How letters leave the house.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// What became of the letters that were waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Taken by the server.
    pub sent: usize,
    /// Kept for another try.
    pub failed: usize,
}

/// Letters looked at in one round.
const ROUND_SIZE: i64 = 100;
/// After so many tries, a day and a half, a letter is left for a person to look at.
const TRY_COUNT_MAX: i64 = 12;
/// The kind of the job that sends what is waiting.
pub const DELIVER: &str = "mail.deliver";

impl Post {
    /// The post office at this address.
    ///
    /// # Errors
    /// Refused where the address or the sender cannot be read.
    pub fn at(url: &str, from: &str) -> Result<Self> {
        let unreadable = |fault: String| Error::refused("mail_settings", format!("Cấu hình thư điện tử sai: {fault}"));
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| unreadable(e.to_string()))?;
        let from = from.parse().map_err(|fault: lettre::address::AddressError| unreadable(fault.to_string()))?;
        Ok(Self { transport: transport.build(), from })
    }

    /// The post office that the environment names; `None` where it names none.
    ///
    /// # Errors
    /// As [`Self::at`].
    pub fn from_environment() -> Result<Option<Self>> {
        match std::env::var("TONGKET_SMTP_URL") {
            Ok(url) if !url.is_empty() => {
                let from = std::env::var("TONGKET_MAIL_FROM").unwrap_or_else(|_| "tongket@localhost".to_owned());
                Self::at(&url, &from).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Sends what is waiting, oldest first. A letter that fails waits for the next round with what the server said.
    pub async fn deliver(&self, db: &Db, context: &Context) -> Result<Delivery> {
        let mut delivery = Delivery::default();
        for (id, tries, letter) in store::waiting(db, TRY_COUNT_MAX, &context.stamp(), ROUND_SIZE).await? {
            let next_try_at = (context.now + pause(tries)).to_string();
            if !store::claim(db, id, tries, &next_try_at).await? {
                continue;
            }
            match self.send(&letter).await {
                Ok(()) => {
                    store::mark_sent(db, id, &context.stamp()).await?;
                    delivery.sent += 1;
                }
                Err(fault) => {
                    store::mark_failed(db, id, &fault).await?;
                    delivery.failed += 1;
                }
            }
        }
        Ok(delivery)
    }

    async fn send(&self, letter: &Letter) -> Result<(), String> {
        let recipient: Mailbox = letter.recipient.parse().map_err(|fault| format!("{fault}"))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(recipient)
            .subject(letter.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|fault| fault.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|fault| fault.to_string())
    }
}

/// The pause after a try: a minute, doubled each time, at most six hours.
fn pause(tries: i64) -> SignedDuration {
    let doublings = u32::try_from(tries.clamp(0, 9)).unwrap_or(0);
    SignedDuration::from_mins((1_i64 << doublings).min(360))
}

/// Whether the environment names a post office.
pub fn is_configured() -> bool {
    std::env::var("TONGKET_SMTP_URL").is_ok_and(|url| !url.is_empty())
}

/// The job that sends what is waiting.
pub fn deliver(office: Office, job: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async move {
        let Some(post) = Post::from_environment()? else { return Ok(serde_json::Value::Null) };
        let context = Context { actor: Actor::Job(DELIVER), ..job.context(&office) };
        let delivery = post.deliver(office.db(), &context).await?;
        Ok(serde_json::json!({ "sent": delivery.sent, "failed": delivery.failed }))
    })
}

/// How the queue of letters fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Letters that wait.
    pub waiting: i64,
    /// Letters that no server took and that are tried no more.
    pub given_up: i64,
}

/// How the queue of letters fares.
///
/// # Errors
/// Where the database fails.
pub async fn queue_of(db: &Db) -> Result<Queue> {
    store::counts(db, TRY_COUNT_MAX).await
}

/// Puts letters into the queue, in the transaction of the verb that writes them.
pub async fn queue(transaction: &mut Transaction, context: &Context, letters: &[Letter]) -> Result<()> {
    store::insert(transaction, &context.stamp(), letters).await
}

/// A letter as it was put into the queue.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Queued {
    /// Mail address.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// When it was put into the queue.
    pub queued_at: String,
}

/// Forgets letters, whether they went out or still wait: what waits is not sent any more.
pub async fn forget(transaction: &mut Transaction, letters: &[Queued]) -> Result<()> {
    for letter in letters {
        store::forget(transaction, letter).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
