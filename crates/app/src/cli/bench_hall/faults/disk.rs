//! A full disk in the middle of a vote: when half have voted, the server can write its files no more. Who sends is told that nothing was
//! written, the screens are told, and when there is room again the hall goes on without a new start.

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};

use serde::Serialize;

use super::{
    super::{line::Line, prepare::Prepared, server::Server, vote},
    kills, open_poll,
};
use crate::platform::Result;

/// So far the files of a full disk can still be written, in bytes: not one of a hall is so small.
const ROOM: u64 = 64 << 10;

/// The ballots come in so many groups, as they do.
const GROUP_COUNT: usize = 40;

/// So long a screen waits to be told.
const PATIENCE: Duration = Duration::from_secs(600);

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Full {
    /// Acknowledged before the disk was full.
    pub acknowledged_before: usize,
    /// So many senders were told that nothing was written.
    pub told: usize,
    /// A screen that listens was told too.
    pub screen_is_told: bool,
    /// In the box at the end.
    pub counted: usize,
    /// Acknowledged and not in the box.
    pub lost: usize,
}

pub(super) async fn run(folder: &Path, prepared: &Prepared, poll: usize) -> Result<Full> {
    let server = Server::start(folder).await?;
    let desk = open_poll(&server, prepared).await?;
    let screen = tokio::spawn(is_told(server.address(), format!("/hn/{}/truc-tiep", prepared.tokens[0])));
    let (slips, acknowledged) = (kills::slips(prepared)?, Arc::new(AtomicUsize::new(0)));
    let mut full = Full::default();
    let mut receipts = Vec::with_capacity(slips.len());
    for (group, some) in slips.chunks(slips.len().div_ceil(GROUP_COUNT)).enumerate() {
        if group == GROUP_COUNT / 2 {
            server.fill_the_disk(ROOM)?;
        }
        let answers = kills::send_all(server.address(), poll, some, &acknowledged).await;
        full.told += answers.iter().flatten().filter(|(status, receipt)| *status == 422 && receipt.is_none()).count();
        receipts.extend(answers.into_iter().map(|answer| answer.and_then(|answer| answer.1)));
    }
    full.acknowledged_before = receipts.iter().flatten().count();
    full.screen_is_told = screen.await.unwrap_or(false);
    server.free_the_disk()?;
    kills::resend(server.address(), poll, &slips, &mut receipts, &acknowledged).await;
    desk.close_poll(poll).await?;
    let counted = vote::counted(&server, prepared, poll).await?;
    full.counted = counted.len();
    full.lost = receipts.iter().flatten().filter(|receipt| !counted.has(receipt)).count();
    Ok(full)
}

/// Whether a screen hears that something could not be written.
async fn is_told(address: std::net::SocketAddr, path: String) -> bool {
    let Ok(line) = Line::open(address).await else { return false };
    if line.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await.is_err() {
        return false;
    }
    let mut heard = Vec::new();
    let hears = async {
        while line.read(&mut heard).await.is_ok() {
            if String::from_utf8_lossy(&heard).contains("\"is_failing\":true") {
                return true;
            }
        }
        false
    };
    tokio::time::timeout(PATIENCE, hears).await.unwrap_or(false)
}
