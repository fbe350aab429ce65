//! Phones that slept while the conference went on: all of them come back at once, with the number of what they heard last.

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use serde::Serialize;

use super::{
    super::{
        figures::Times,
        line::{Line, find},
        prepare::Prepared,
        server::Server,
    },
    open_poll,
};
use crate::platform::{Error, Result};

/// So many phones fall asleep or wake up together, and so soon the next ones follow.
const BATCH: usize = 200;
const BETWEEN_BATCHES: Duration = Duration::from_millis(40);

/// So long a phone waits for its first message.
const PATIENCE: Duration = Duration::from_secs(60);

/// So many delegates ask for the floor while the others sleep.
const REQUESTS: usize = 10;

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Asleep {
    /// Phones that heard something before they fell asleep.
    pub slept: usize,
    /// So many events went by.
    pub missed: u64,
    /// Phones whose first message was the hall as it is: its last event, and the poll that is open.
    pub right: usize,
    /// Phones that may still vote by their page, of the first ten.
    pub may_vote: usize,
    /// From connecting to that message, at the 95th of a hundred, in milliseconds.
    pub p95_ms: f64,
}

/// The first message of a phone's stream.
#[derive(Debug)]
struct First {
    seq: u64,
    text: String,
    took: Duration,
}

/// Everybody listens, sleeps and comes back. The poll with this number is opened meanwhile, and closed at the end.
pub(super) async fn run(folder: &Path, prepared: &Prepared, poll: usize) -> Result<Asleep> {
    let server = Server::start(folder).await?;
    let before = first_of_all(&server, prepared, None).await;
    let last_heard = before.iter().flatten().map(|first| first.seq).max();
    let desk = open_poll(&server, prepared).await?;
    for token in &prepared.tokens[..REQUESTS.min(prepared.tokens.len())] {
        desk.as_delegate(token, &[("verb", "request"), ("topic", "Cơ sở vật chất")]).await?;
    }
    let now = first_message(server.address(), &prepared.tokens[0], None).await;
    let now = now.ok_or_else(|| Error::inside("nobody hears the hall"))?;
    let back = first_of_all(&server, prepared, last_heard).await;
    let is_open = format!("\"poll\":{{\"id\":{poll},\"text\":\"Bầu\",\"is_open\":true");
    let is_right = |first: &&First| first.seq == now.seq && first.text.contains(&is_open);
    let mut times = Times::default();
    back.iter().flatten().for_each(|first| times.add(first.took));
    let mut asleep = Asleep {
        slept: before.iter().flatten().count(),
        missed: now.seq - last_heard.unwrap_or(now.seq),
        right: back.iter().flatten().filter(is_right).count(),
        may_vote: 0,
        p95_ms: times.ms(0.95),
    };
    for token in prepared.tokens.iter().take(10) {
        let page = Line::open(server.address()).await?.get(&format!("/hn/{token}")).await?;
        asleep.may_vote += usize::from(page.body.contains("data-ballot"));
    }
    desk.close_poll(poll).await?;
    server.kill()?;
    Ok(asleep)
}

async fn first_of_all(server: &Server, prepared: &Prepared, seen: Option<u64>) -> Vec<Option<First>> {
    let address = server.address();
    let mut asked = Vec::with_capacity(prepared.tokens.len());
    for some in prepared.tokens.chunks(BATCH) {
        for token in some {
            let token = token.clone();
            asked.push(tokio::spawn(async move { first_message(address, &token, seen).await }));
        }
        tokio::time::sleep(BETWEEN_BATCHES).await;
    }
    let mut heard = Vec::with_capacity(asked.len());
    for one in asked {
        heard.push(one.await.ok().flatten());
    }
    heard
}

/// Connects, waits for the first message and hangs up.
async fn first_message(address: SocketAddr, token: &str, seen: Option<u64>) -> Option<First> {
    let began = Instant::now();
    let seen = seen.map_or_else(String::new, |seq| format!("last-event-id: {seq}\r\n"));
    let hears = async {
        let line = Line::open(address).await.ok()?;
        let asked = format!("GET /hn/{token}/truc-tiep HTTP/1.1\r\nhost: localhost\r\n{seen}\r\n");
        line.send(&asked).await.ok()?;
        let mut heard = Vec::new();
        loop {
            line.read(&mut heard).await.ok()?;
            let begins = find(&heard, b"id: ");
            if begins.is_some_and(|place| find(&heard[place..], b"\n\n").is_some()) {
                return Some(String::from_utf8_lossy(&heard).into_owned());
            }
        }
    };
    let text = tokio::time::timeout(PATIENCE, hears).await.ok().flatten()?;
    let seq = text.split("id: ").nth(1)?.lines().next()?.trim().parse().ok()?;
    Some(First { seq, text, took: began.elapsed() })
}
