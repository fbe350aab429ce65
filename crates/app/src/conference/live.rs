//! Conferences in memory: each with its state, one worker that writes, and the screens that listen.
//!
//! Commands wait in a queue; the worker takes all that wait, decides them one after another and writes them in one
//! transaction (many ballots cost one commit), then tells the screens. Nothing is acknowledged before it is written. The
//! database stays the truth: the worker takes the conference's row first and folds in what another process wrote meanwhile,
//! and if a commit fails the state is read anew from the log.

mod worker;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, Ordering::Relaxed},
    },
    time::Duration,
};

use domain::conference::{Command, Conference, Event};
use tokio::sync::{RwLock, RwLockReadGuard, broadcast, mpsc, oneshot};

use super::{queries, view::LiveView};
use crate::{
    office::Office,
    platform::{Clock, Context, Db, Error, Result},
};

/// So many commands may wait; more wait at the door.
const WAITING_MAX: usize = 8_192;

/// So many messages a screen may lag behind before it is given the latest alone.
const NEWS_KEPT: usize = 64;

/// How often a hall with listeners looks for what another process wrote.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What a carried-out command came to.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The place of its last event; of the conference's last where it gave none.
    pub seq: u64,
    /// Its events.
    pub events: Vec<Event>,
}

/// News for the screens.
#[derive(Clone, Debug)]
pub struct News {
    /// The place of the last event in it.
    pub seq: u64,
    /// The state as every screen shows it, as JSON.
    pub text: Arc<str>,
}

struct Request {
    context: Context,
    command: Command,
    reply: oneshot::Sender<Result<Done>>,
}

/// A conference in memory.
pub struct Hall {
    id: i64,
    clock: Clock,
    state: RwLock<Conference>,
    requests: mpsc::Sender<Request>,
    news: broadcast::Sender<News>,
}

impl std::fmt::Debug for Hall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hall({})", self.id)
    }
}

impl Hall {
    /// The state for reading.
    pub async fn state(&self) -> RwLockReadGuard<'_, Conference> {
        self.state.read().await
    }

    fn news_of(&self, state: &Conference) -> News {
        let view = LiveView::of(state, self.clock.now());
        let text = serde_json::to_string(&view).unwrap_or_else(|_| "{}".to_owned());
        News { seq: state.seq, text: text.into() }
    }

    /// Folds in what the log has and the state has not; tells whether there was anything.
    async fn catch_up(&self, db: &Db) -> Result<bool> {
        let latest = {
            let mut connection = db.pool().acquire().await?;
            queries::latest_seq(&mut connection, self.id).await?
        };
        if latest <= self.state.read().await.seq {
            return Ok(false);
        }
        // First the state, then a connection, as the worker does: the other way round each could wait for the other.
        let mut state = self.state.write().await;
        let mut connection = db.pool().acquire().await?;
        let events = queries::events_after(&mut connection, self.id, state.seq).await?;
        events.iter().for_each(|recorded| state.apply(recorded));
        let _ = self.news.send(self.news_of(&state));
        Ok(true)
    }
}

/// The conferences that somebody has asked for since the process began.
#[derive(Debug, Default)]
pub struct Halls {
    halls: Mutex<BTreeMap<i64, Arc<Hall>>>,
    listeners: Arc<AtomicI64>,
    is_closed: AtomicBool,
}

impl Halls {
    /// How many screens are connected.
    pub fn listener_count(&self) -> i64 {
        self.listeners.load(Relaxed)
    }

    /// Lets every screen go, so that the server can stop; they connect again when it is back.
    pub fn close(&self) {
        self.is_closed.store(true, Relaxed);
        self.halls.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn known(&self, id: i64) -> Option<Arc<Hall>> {
        self.halls.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Puts a hall in, unless another has been put in meanwhile.
    fn put(&self, id: i64, made: Arc<Hall>) -> Arc<Hall> {
        let mut halls = self.halls.lock().unwrap_or_else(PoisonError::into_inner);
        let hall = halls.entry(id).or_insert_with(|| Arc::clone(&made)).clone();
        if self.is_closed.load(Relaxed) {
            halls.clear();
        }
        hall
    }
}

/// The hall of a conference, up to date with its log.
///
/// # Errors
/// `NotFound`; where the log cannot be read.
pub async fn hall(office: &Office, id: i64) -> Result<Arc<Hall>> {
    let hall = match office.halls().known(id) {
        Some(hall) => hall,
        None => {
            let (requests, waiting) = mpsc::channel(WAITING_MAX);
            let (news, _) = broadcast::channel(NEWS_KEPT);
            let clock = office.settings().clock;
            let made = Arc::new(Hall { id, clock, state: RwLock::default(), requests, news });
            made.catch_up(office.db()).await?;
            let hall = office.halls().put(id, Arc::clone(&made));
            if Arc::ptr_eq(&hall, &made) {
                worker::begin(office.db().clone(), &hall, waiting);
            }
            hall
        }
    };
    hall.catch_up(office.db()).await?;
    Ok(hall)
}

/// Hands a command to the conference's worker and waits until it is written or refused.
pub(super) async fn carry_out(office: &Office, context: &Context, id: i64, command: Command) -> Result<Done> {
    let hall = match office.halls().known(id) {
        Some(hall) => hall,
        None => hall(office, id).await?,
    };
    let (reply, answer) = oneshot::channel();
    let request = Request { context: context.clone(), command, reply };
    let stopping = |_| Error::refused("stopping", "Máy chủ đang dừng; hãy gửi lại sau ít giây.");
    hall.requests.send(request).await.map_err(|_| stopping(()))?;
    answer.await.map_err(|_| stopping(()))?
}

/// A screen's ear: what is new, one message after another.
#[derive(Debug)]
pub struct Listening {
    /// What is told at once.
    first: Option<News>,
    news: broadcast::Receiver<News>,
    /// The place of the last event that the screen knows.
    seen: Option<u64>,
    listeners: Arc<AtomicI64>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.listeners.fetch_sub(1, Relaxed);
    }
}

impl Listening {
    /// The next message; at first the state as it is, unless the screen knows it already. `None` when the server stops.
    pub async fn next(&mut self) -> Option<News> {
        if let Some(first) = self.first.take().filter(|first| self.seen != Some(first.seq)) {
            self.seen = Some(first.seq);
            return Some(first);
        }
        loop {
            match self.news.recv().await {
                Ok(news) if self.seen.is_some_and(|seen| news.seq <= seen) => {}
                Ok(news) => {
                    self.seen = Some(news.seq);
                    return Some(news);
                }
                // A slow screen missed some: each message is the whole state, so the next one makes up for them.
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

/// Begins to listen to a conference, where the screen knows everything up to `seen`.
///
/// # Errors
/// As [`hall`].
pub async fn listen(office: &Office, id: i64, seen: Option<u64>) -> Result<Listening> {
    let hall = hall(office, id).await?;
    let listeners = Arc::clone(&office.halls().listeners);
    listeners.fetch_add(1, Relaxed);
    let news = hall.news.subscribe();
    let first = Some(hall.news_of(&*hall.state.read().await));
    // The hall itself is not held: when the server lets it go, the screen is told.
    Ok(Listening { first, news, seen, listeners })
}
