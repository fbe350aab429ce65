//! The phones that listen, and two projectors: who has seen what, and when.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinHandle;

use super::{
    desk::Desk,
    figures::Times,
    line::{Line, find},
    prepare::Prepared,
    server::Server,
};
use crate::platform::Result;

/// So many connections are made at once, and so long anybody waits for news.
const CONNECT_BATCH: usize = 200;
const PATIENCE: Duration = Duration::from_secs(20);

/// Screens that draw the result from the page that they ask for.
const PROJECTORS: usize = 2;

/// Words that the screens look for.
#[derive(Debug)]
pub(super) struct Mark {
    number: usize,
    /// In the messages to phones, and in those to desks and projectors.
    words: [Vec<u8>; 2],
    since: Instant,
    seen: Mutex<Vec<Duration>>,
}

impl Mark {
    fn hit(&self) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(self.since.elapsed());
    }

    fn count(&self) -> usize {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Waits until everybody has seen it; who has not when patience ends is counted with that time.
    pub(super) async fn everybody(&self, count: usize) -> Times {
        while self.count() < count && self.since.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let mut times = Times::default();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().for_each(|took| times.add(*took));
        (seen.len()..count).for_each(|_| times.add(PATIENCE));
        times
    }
}

/// What all look for at the moment.
#[derive(Debug)]
struct Board(RwLock<Arc<Mark>>);

impl Board {
    fn now(&self) -> Arc<Mark> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, number: usize, words: [&str; 2]) -> Arc<Mark> {
        let words = words.map(|words| words.as_bytes().to_vec());
        let mark = Arc::new(Mark { number, words, since: Instant::now(), seen: Mutex::default() });
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&mark);
        mark
    }
}

/// Everybody who listens.
#[derive(Debug)]
pub(super) struct Phones {
    board: Arc<Board>,
    first: Arc<Mark>,
    number: AtomicUsize,
    listening: Vec<JoinHandle<()>>,
    count: usize,
}

impl Drop for Phones {
    fn drop(&mut self) {
        self.listening.iter().for_each(JoinHandle::abort);
    }
}

/// How a message tells of this poll.
pub(super) fn poll_mark(poll: usize, is_open: bool) -> String {
    format!("\"poll\":{{\"id\":{poll},\"text\":\"Thông qua chỉ tiêu\",\"is_open\":{is_open}")
}

impl Phones {
    /// Connects every phone of the prepared conference, and the projectors.
    pub(super) async fn connect(server: &Server, prepared: &Prepared, desk: &Desk) -> Result<Self> {
        let first = Mark {
            number: 0,
            words: [(); 2].map(|()| b"\"phase\"".to_vec()),
            since: Instant::now(),
            seen: Mutex::default(),
        };
        let first = Arc::new(first);
        let board = Arc::new(Board(RwLock::new(Arc::clone(&first))));
        let mut listening = Vec::new();
        let address = server.address();
        for batch in prepared.tokens.chunks(CONNECT_BATCH) {
            for token in batch {
                let (board, path) = (Arc::clone(&board), format!("/hn/{token}/truc-tiep"));
                listening.push(tokio::spawn(listen(address, path, None, board)));
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        for _ in 0..PROJECTORS {
            let path = format!("/hoi-nghi/{}/truc-tiep", desk.id());
            listening.push(tokio::spawn(listen(address, path, Some(desk.clone()), Arc::clone(&board))));
        }
        let count = prepared.tokens.len() + PROJECTORS;
        Ok(Self { board, first, number: AtomicUsize::new(0), listening, count })
    }

    /// So many screens there should be.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Waits until everybody is connected and has heard the first message; how many phones have.
    pub(super) async fn connected(&self) -> usize {
        self.first.everybody(self.count).await;
        self.first.count().saturating_sub(PROJECTORS)
    }

    /// From now on all look for these words: phones for the first, projectors for the second.
    pub(super) fn look_for(&self, words: [&str; 2]) -> Arc<Mark> {
        self.board.set(self.number.fetch_add(1, Relaxed) + 1, words)
    }

    /// Waits until everybody has been told of a poll, from the moment of asking.
    pub(super) async fn wait_for_poll(&self, poll: usize, is_open: bool) -> Times {
        let words = poll_mark(poll, is_open);
        let mark = self.look_for([&words, &words]);
        mark.everybody(self.count).await
    }
}

/// Listens. For a projector, which is signed in, a sight counts when it has been given the page that it then shows.
async fn listen(address: SocketAddr, path: String, projector: Option<Desk>, board: Arc<Board>) {
    let Ok(line) = Line::open(address).await else { return };
    let cookie = projector.as_ref().map_or_else(String::new, |desk| format!("cookie: {}\r\n", desk.cookies()));
    let asked = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{cookie}\r\n");
    if line.send(&asked).await.is_err() {
        return;
    }
    let (mut heard, mut last) = (Vec::new(), usize::MAX);
    while line.read(&mut heard).await.is_ok() {
        let mark = board.now();
        if mark.number != last && find(&heard, &mark.words[usize::from(projector.is_some())]).is_some() {
            if let Some(desk) = &projector
                && !desk.sees_the_projector().await
            {
                continue;
            }
            mark.hit();
            last = mark.number;
        }
        // The last message stays: what is looked for next may be in it already.
        if heard.ends_with(b"\n\n\r\n") {
            let place = heard.windows(4).rposition(|window| window == b"id: ").unwrap_or(0);
            heard.drain(..place);
        }
    }
}
