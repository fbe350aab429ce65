//! `kill -9` while all phones send their ballots; the phones send again what was not acknowledged, and some what was.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use serde::Serialize;

use super::{
    super::{
        line::Line,
        prepare::Prepared,
        server::Server,
        vote::{self, Receipt},
    },
    open_poll,
};
use crate::platform::{Result, secrets};

/// A ballot is sent at most so often before the round is given up.
const ATTEMPTS_MAX: usize = 6;

/// Each so manieth acknowledged ballot is sent a second time.
const SENT_AGAIN_EVERY: usize = 10;

/// What came of one killing.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Round {
    /// Acknowledged when the server was killed.
    pub acknowledged_before: usize,
    /// Sent and not acknowledged when it was killed.
    pub in_flight: usize,
    /// Acknowledged ballots that were sent once more afterwards.
    pub sent_again: usize,
    /// In the box at the end.
    pub counted: usize,
    /// Acknowledged and not in the box, or not as they were cast.
    pub lost: usize,
    /// In the box more often than there were voters.
    pub twice: usize,
    /// From the killing until the server answered again.
    pub restart_ms: u64,
}

/// One ballot of one phone, under its token until it is acknowledged.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub phone: usize,
    pub address: String,
    pub ballot: String,
}

/// A ballot for each phone.
pub(super) fn slips(prepared: &Prepared) -> Result<Vec<Slip>> {
    let slip =
        |(phone, address): (usize, &String)| Ok(Slip { phone, address: address.clone(), ballot: secrets::token()? });
    prepared.tokens.iter().enumerate().map(slip).collect()
}

/// Sends all at once; the receipts of those that are acknowledged, and what else came back.
pub(super) async fn send_all(
    address: SocketAddr,
    poll: usize,
    slips: &[Slip],
    acknowledged: &Arc<AtomicUsize>,
) -> Vec<Option<(u16, Option<Receipt>)>> {
    let send = |slip: &Slip| {
        let (slip, acknowledged) = (slip.clone(), Arc::clone(acknowledged));
        tokio::spawn(async move {
            let mut line = Line::open(address).await.ok()?;
            let choice = vote::choice_of(slip.phone);
            let answer = vote::send(&mut line, &slip.address, poll, choice, &slip.ballot).await.ok()?;
            let receipt = vote::receipt(&answer, choice);
            acknowledged.fetch_add(usize::from(receipt.is_some()), Relaxed);
            Some((answer.status, receipt))
        })
    };
    let sent: Vec<_> = slips.iter().map(send).collect();
    let mut answers = Vec::with_capacity(sent.len());
    for one in sent {
        answers.push(one.await.ok().flatten());
    }
    answers
}

/// Opens a poll, kills the server in the middle of it, starts it anew and lets the vote come to its end.
pub(super) async fn round(
    server: Server,
    folder: &Path,
    prepared: &Prepared,
    poll: usize,
    of: usize,
) -> Result<(Server, Round)> {
    open_poll(&server, prepared).await?;
    let (slips, acknowledged) = (slips(prepared)?, Arc::new(AtomicUsize::new(0)));
    let address = server.address();
    let sending = {
        let (slips, acknowledged) = (slips.clone(), Arc::clone(&acknowledged));
        tokio::spawn(async move { send_all(address, poll, &slips, &acknowledged).await })
    };
    // Each time at another moment of the vote.
    let until = (slips.len() * poll / (of + 1)).max(1);
    while acknowledged.load(Relaxed) < until && !sending.is_finished() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let killed = Instant::now();
    server.kill()?;
    let answers = sending.await.map_err(crate::platform::Error::inside)?;
    let mut receipts: Vec<Option<Receipt>> = answers.into_iter().map(|answer| answer?.1).collect();
    let before = receipts.iter().flatten().count();
    let server = Server::start(folder).await?;
    let address = server.address();
    let mut outcome = Round {
        acknowledged_before: before,
        in_flight: slips.len() - before,
        restart_ms: u64::try_from(killed.elapsed().as_millis()).unwrap_or(u64::MAX),
        ..Round::default()
    };
    let again: Vec<Slip> = acknowledged_slips(&slips, &receipts).step_by(SENT_AGAIN_EVERY).cloned().collect();
    outcome.sent_again = send_all(address, poll, &again, &acknowledged).await.iter().flatten().count();
    resend(address, poll, &slips, &mut receipts, &acknowledged).await;
    let desk = super::Desk::sign_in(&server, prepared.id).await?;
    desk.close_poll(poll).await?;
    let counted = vote::counted(&server, prepared, poll).await?;
    outcome.counted = counted.len();
    outcome.lost = receipts.iter().flatten().filter(|receipt| !counted.has(receipt)).count();
    outcome.twice = counted.len().saturating_sub(slips.len());
    Ok((server, outcome))
}

fn acknowledged_slips<'a>(slips: &'a [Slip], receipts: &'a [Option<Receipt>]) -> impl Iterator<Item = &'a Slip> {
    slips.iter().zip(receipts).filter(|(_, receipt)| receipt.is_some()).map(|(slip, _)| slip)
}

/// Sends what was not acknowledged until it is, as a phone does.
pub(super) async fn resend(
    address: SocketAddr,
    poll: usize,
    slips: &[Slip],
    receipts: &mut [Option<Receipt>],
    acknowledged: &Arc<AtomicUsize>,
) {
    for _ in 0..ATTEMPTS_MAX {
        let open: Vec<usize> = (0..slips.len()).filter(|place| receipts[*place].is_none()).collect();
        if open.is_empty() {
            return;
        }
        let waiting: Vec<Slip> = open.iter().map(|place| slips[*place].clone()).collect();
        let answers = send_all(address, poll, &waiting, acknowledged).await;
        for (place, answer) in open.into_iter().zip(answers) {
            receipts[place] = answer.and_then(|answer| answer.1);
        }
    }
}
