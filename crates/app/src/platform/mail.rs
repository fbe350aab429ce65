//! Mail: letters wait in the database until an SMTP server takes them, so that none is lost with a broken line.
//!
//! The server is set by `TONGKET_SMTP_URL` (`smtp://user:password@host:587?tls=required`, `smtps://…`) and the sender by
//! `TONGKET_MAIL_FROM`; without them letters stay in the queue and the board says so.

mod store;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use super::{Context, Db, Error, Result, Transaction};

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
/// After so many tries a letter is left for a person to look at.
const TRY_COUNT_MAX: i64 = 8;

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
        for (id, letter) in store::waiting(db, TRY_COUNT_MAX, ROUND_SIZE).await? {
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

/// Puts letters into the queue, in the transaction of the verb that writes them.
pub async fn queue(transaction: &mut Transaction, context: &Context, letters: &[Letter]) -> Result<()> {
    store::insert(transaction, &context.stamp(), letters).await
}

#[cfg(test)]
mod tests;
