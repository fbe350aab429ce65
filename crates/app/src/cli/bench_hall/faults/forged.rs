//! Ballots and arrivals that nobody may count: of strangers, cast twice, sent again, under another's token or name, of people
//! who are not here. Everybody has voted and the poll is still open, so that each could be counted if the hall were careless.

use std::{net::SocketAddr, path::Path, sync::Arc};

use futures_util::{StreamExt, stream};
use serde::Serialize;

use super::{
    super::{desk::Desk, line::Line, prepare::Prepared, server::Server, vote},
    event_count, kills, open_poll,
};
use crate::platform::{Result, secrets};

/// So many come at once.
const AT_ONCE: usize = 16;

/// What was tried, and what came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Forged {
    /// By kind, in the order of [`KINDS`].
    pub tried: [usize; KINDS.len()],
    /// Answered as if they had been taken, though they must not be.
    pub taken: usize,
    /// In the log more than before.
    pub events: usize,
    /// In the box when it was opened.
    pub counted: usize,
    /// Honest ballots that were acknowledged and do not lie in the box as they were cast.
    pub lost: usize,
}

/// The kinds, each tried as often as the others.
pub(super) const KINDS: [&str; 10] = [
    "ballot from an address that nobody has",
    "second ballot of somebody who has voted",
    "acknowledged ballot sent again",
    "ballot under another's token",
    "ballot of somebody who is not here",
    "ballot of somebody who is not here, under a token that was used",
    "ballot into a poll that is closed or was never opened",
    "arrival sent without a session",
    "arrival under the number of a scan that was taken, for somebody else",
    "arrival of a badge that nobody wears",
];

/// Lets everybody vote, tries so many in all while the poll is open, and opens the box.
pub(super) async fn run(folder: &Path, prepared: &Prepared, poll: usize, count: usize) -> Result<Forged> {
    let server = Server::start(folder).await?;
    open_poll(&server, prepared).await?;
    let (slips, acknowledged) = (kills::slips(prepared)?, Arc::default());
    let mut receipts = vec![None; slips.len()];
    kills::resend(server.address(), poll, &slips, &mut receipts, &acknowledged).await;
    server.kill()?;
    let before = event_count(folder, prepared.id).await?;
    let server = Server::start(folder).await?;
    let forger =
        Forger { desk: Desk::sign_in(&server, prepared.id).await?, address: server.address(), poll, prepared, slips };
    let mut answers = stream::iter(0..count).map(|number| forger.attempt(number)).buffer_unordered(AT_ONCE);
    let mut forged = Forged::default();
    while let Some(answer) = answers.next().await {
        let (kind, is_taken) = answer?;
        forged.tried[kind] += 1;
        forged.taken += usize::from(is_taken);
    }
    drop(answers);
    server.kill()?;
    forged.events = event_count(folder, prepared.id).await?.abs_diff(before);
    let server = Server::start(folder).await?;
    Desk::sign_in(&server, prepared.id).await?.close_poll(poll).await?;
    let counted = vote::counted(&server, prepared, poll).await?;
    forged.counted = counted.len();
    forged.lost = receipts.iter().filter(|one| one.as_ref().is_none_or(|receipt| !counted.has(receipt))).count();
    server.kill()?;
    Ok(forged)
}

/// Somebody who knows how the hall is spoken to.
struct Forger<'a> {
    desk: Desk,
    address: SocketAddr,
    poll: usize,
    prepared: &'a Prepared,
    /// The ballots that were cast, with their tokens.
    slips: Vec<kills::Slip>,
}

impl Forger<'_> {
    /// Tries one; its kind, and whether the answer looks as if it had been taken. Where an honest phone is acknowledged
    /// again, the answer says nothing: there log and box tell.
    async fn attempt(&self, number: usize) -> Result<(usize, bool)> {
        let kind = number % KINDS.len();
        let (own, late) =
            (&self.slips[number % self.slips.len()], &self.prepared.late[number % self.prepared.late.len()].1);
        let other = &self.slips[(number + 1) % self.slips.len()].ballot;
        let fresh = secrets::token()?;
        let choice = number % 3;
        let is_taken = match kind {
            0 => self.ballot(&secrets::token()?, self.poll, choice, &fresh).await? == 200,
            1 => self.ballot(&own.address, self.poll, choice, &fresh).await? == 200,
            2 => self.ballot(&own.address, self.poll, vote::choice_of(own.phone), &own.ballot).await? != 200,
            3 => self.ballot(&own.address, self.poll, choice, other).await? >= 500,
            4 => self.ballot(late, self.poll, choice, &fresh).await? == 200,
            5 => self.ballot(late, self.poll, choice, other).await? == 200,
            6 => self.ballot(&own.address, self.poll - 1 + number / KINDS.len() % 2 * 2, choice, &fresh).await? == 200,
            7 => {
                let status = self.desk.forge("diem-danh", &arrival(&self.badge_of_late(number), &fresh)).await?;
                !(400..500).contains(&status) && status != 303
            }
            8 => {
                // A scan's number is its desk's; the badge is of somebody who is still to come.
                let scan = format!("early-{}", number % self.slips.len() + 1);
                self.desk.post("diem-danh", &arrival(&self.badge_of_late(number), &scan)).await?.status >= 500
            }
            _ => self.desk.post("diem-danh", &arrival(&format!("X{number}"), &fresh)).await?.status >= 500,
        };
        Ok((kind, is_taken))
    }

    async fn ballot(&self, address: &str, poll: usize, choice: usize, token: &str) -> Result<u16> {
        let mut line = Line::open(self.address).await?;
        Ok(vote::send(&mut line, address, poll, choice, token).await?.status)
    }

    fn badge_of_late(&self, number: usize) -> String {
        let here = self.prepared.tokens.len();
        self.prepared.badges[here + number % self.prepared.late.len()].clone()
    }
}

fn arrival<'a>(badge: &'a str, scan: &'a str) -> [(&'a str, &'a str); 3] {
    [("verb", "check_in"), ("who", badge), ("scan", scan)]
}
