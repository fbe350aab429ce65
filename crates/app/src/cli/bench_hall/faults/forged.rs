//! Ballots and arrivals that nobody may count: of strangers, sent again, changed, under another's name, after the closing.

use std::path::Path;

use serde::Serialize;

use super::super::{desk::Desk, line::Line, prepare::Prepared, server::Server, vote};
use crate::platform::{Error, Result, secrets};

/// What was tried, and how it was answered.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Forged {
    /// Addresses that nobody has.
    pub of_strangers: usize,
    /// Ballots into a poll that is closed or was never opened.
    pub of_closed_polls: usize,
    /// Arrivals sent by somebody who is not signed in.
    pub without_session: usize,
    /// Arrivals sent again under the number of a scan that was taken.
    pub sent_again: usize,
    /// Arrivals of badges that nobody wears.
    pub unknown_badges: usize,
    /// Answered as if they had been taken, though they must not be.
    pub taken: usize,
}

/// Tries so many in all; every fifth of them of another kind.
pub(super) async fn run(folder: &Path, prepared: &Prepared, closed_poll: usize, count: usize) -> Result<Forged> {
    let server = Server::start(folder, 0).await?;
    let desk = Desk::sign_in(&server, prepared.id).await?;
    let mut forged = Forged::default();
    let mut line = Line::open(server.address()).await?;
    for number in 0..count {
        let phone = number % prepared.tokens.len();
        let (own, ballot) = (&prepared.tokens[phone], secrets::token()?);
        match number % 5 {
            0 => {
                forged.of_strangers += 1;
                let answer = vote::send(&mut line, &secrets::token()?, closed_poll, 0, &ballot).await?;
                forged.taken += usize::from(answer.status != 404);
            }
            1 => {
                forged.of_closed_polls += 1;
                let poll = closed_poll + number % 2;
                let answer = vote::send(&mut line, own, poll, number % 3, &ballot).await?;
                forged.taken += usize::from(answer.status != 422);
            }
            2 => {
                forged.without_session += 1;
                let status = desk.forge("diem-danh", &arrival(&prepared.badges[phone], &format!("f-{number}"))).await?;
                forged.taken += usize::from(!(400..500).contains(&status) && status != 303);
            }
            3 => {
                forged.sent_again += 1;
                // The number of a scan that was taken at the beginning, with the badge that it was taken with.
                let scan = format!("early-{}", phone + 1);
                let answer = desk.post("diem-danh", &arrival(&prepared.badges[phone], &scan)).await?;
                forged.taken += usize::from(answer.status >= 500);
            }
            _ => {
                forged.unknown_badges += 1;
                let answer = desk.post("diem-danh", &arrival(&format!("X{number}"), &format!("x-{number}"))).await?;
                forged.taken += usize::from(answer.status >= 500);
            }
        }
    }
    server.kill().map_err(Error::from)?;
    Ok(forged)
}

fn arrival<'a>(badge: &'a str, scan: &'a str) -> [(&'a str, &'a str); 3] {
    [("verb", "check_in"), ("who", badge), ("scan", scan)]
}
