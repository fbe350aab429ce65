//! Conferences in memory: each with its state, one worker that writes, and the screens that listen.
//!
//! Commands wait in a queue; the worker takes all that wait, decides them one after another on a state of its own, writes
//! them in one transaction (many ballots cost one commit), then folds them into the state that everybody reads and tells the
//! screens. Nothing is acknowledged or shown before it is written, and nobody who reads waits for the disk. The database
//! stays the truth: the worker takes the conference's row first and folds in what another process wrote meanwhile.

mod boxes;
mod elsewhere;
mod keys;
mod looks;
mod news;
mod sealing;
mod worker;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, Ordering::Relaxed},
    },
};

use domain::conference::{Command, Conference, Event, Id};
use tokio::sync::{RwLock, RwLockReadGuard, mpsc, oneshot};

use super::queries;
use crate::{
    office::Office,
    platform::{Clock, Context, Db, Error, Result},
};

pub use news::{Audience, Listening, News};

/// So many commands may wait; more wait at the door.
const WAITING_MAX: usize = 8_192;

/// So many addresses of delegates are remembered, so that a phone costs no question to the database.
const LINKS_KEPT_MAX: usize = 100_000;

/// What a carried-out command came to.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The place of its last event; of the conference's last where it gave none.
    pub seq: u64,
    /// Its events.
    pub events: Vec<Event>,
}

struct Request {
    context: Context,
    /// All of them are carried out, or none.
    commands: Vec<Command>,
    reply: oneshot::Sender<Result<Done>>,
}

/// A conference in memory.
pub struct Hall {
    id: i64,
    clock: Clock,
    state: RwLock<Conference>,
    requests: mpsc::Sender<Request>,
    looks: looks::Looks,
    screens: news::Screens,
    /// The last attempt to write failed.
    is_failing: AtomicBool,
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

    /// Folds in what the log has and the state has not.
    async fn catch_up(&self, db: &Db) -> Result<()> {
        let latest = {
            let mut connection = db.pool().acquire().await?;
            queries::latest_seq(&mut connection, self.id).await?
        };
        let known = self.state.read().await.seq;
        if latest <= known {
            return Ok(());
        }
        let events = {
            let mut connection = db.pool().acquire().await?;
            queries::events_after(&mut connection, self.id, known).await?
        };
        // Those that somebody folded in meanwhile change nothing.
        let mut state = self.state.write().await;
        events.iter().for_each(|recorded| state.apply(recorded));
        drop(state);
        self.screens.wake();
        Ok(())
    }

    /// Sees to it that the state has everything that was written before this was asked. Those who ask at once share a look.
    async fn refresh(&self, db: &Db) -> Result<()> {
        self.looks.look(|| self.catch_up(db)).await
    }
}

/// The conferences that somebody has asked for since the process began.
#[derive(Debug, Default)]
pub struct Halls {
    halls: Mutex<BTreeMap<i64, Arc<Hall>>>,
    /// Held while a hall is read from its log: thousands who come at once, as after a restart, read it once.
    making: tokio::sync::Mutex<()>,
    links: Mutex<BTreeMap<String, (i64, Id)>>,
    listeners: Arc<AtomicI64>,
    is_closed: AtomicBool,
    is_listening: AtomicBool,
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

    /// Whose address this is, where it was asked before. When a conference is over its addresses may be withdrawn, so then
    /// the database is asked.
    pub(super) fn link(&self, token: &str) -> Option<(i64, Id)> {
        let owner = self.links.lock().unwrap_or_else(PoisonError::into_inner).get(token).copied()?;
        let hall = self.known(owner.0)?;
        let state = hall.state.try_read().ok()?;
        (!state.phase.is_over()).then_some(owner)
    }

    pub(super) fn remember_link(&self, token: &str, owner: (i64, Id)) {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        if links.len() >= LINKS_KEPT_MAX {
            links.clear();
        }
        links.insert(token.to_owned(), owner);
    }

    fn known(&self, id: i64) -> Option<Arc<Hall>> {
        self.halls.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    fn all(&self) -> Vec<Arc<Hall>> {
        self.halls.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
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
    let hall = known_hall(office, id).await?;
    hall.refresh(office.db()).await?;
    Ok(hall)
}

/// The hall of a conference as this process knows it; at most [`elsewhere::LOOK_EVERY`] behind what another one wrote.
pub(super) async fn known_hall(office: &Office, id: i64) -> Result<Arc<Hall>> {
    if let Some(hall) = office.halls().known(id) {
        return Ok(hall);
    }
    let _making = office.halls().making.lock().await;
    if let Some(hall) = office.halls().known(id) {
        return Ok(hall);
    }
    let (requests, waiting) = mpsc::channel(WAITING_MAX);
    let (screens, woken) = news::Screens::new();
    let made = Arc::new(Hall {
        id,
        clock: office.settings().clock,
        state: RwLock::default(),
        requests,
        looks: looks::Looks::default(),
        screens,
        is_failing: AtomicBool::new(false),
    });
    elsewhere::listen_once(office);
    made.catch_up(office.db()).await?;
    made.tell().await;
    let hall = office.halls().put(id, Arc::clone(&made));
    if Arc::ptr_eq(&hall, &made) {
        let state = hall.state.read().await.clone();
        let keys = keys::Keys::of(office.folder(), id);
        worker::begin((office.db().clone(), keys), &hall, state, waiting);
        news::begin(&hall, woken);
        elsewhere::begin_looking(office.db().clone(), &hall);
    }
    Ok(hall)
}

/// Destroys the keys of secret polls that are over: those that a killed process has left behind.
///
/// # Errors
/// Where a log or the folder of the keys cannot be read.
pub async fn destroy_leftover_keys(office: &Office) -> Result<()> {
    for (conference, poll) in keys::all(office.folder())? {
        let hall = match hall(office, conference).await {
            Ok(hall) => hall,
            // Nobody knows what it is of: it stays.
            Err(Error::NotFound(_)) => continue,
            Err(fault) => return Err(fault),
        };
        let is_over = hall.state().await.polls.get(&poll).is_some_and(|poll| !poll.is_open());
        if is_over {
            keys::Keys::of(office.folder(), conference).destroy(poll)?;
        }
    }
    Ok(())
}

/// Hands commands to the conference's worker and waits until all are written, or refused together.
pub(super) async fn carry_out(office: &Office, context: &Context, id: i64, commands: Vec<Command>) -> Result<Done> {
    let hall = known_hall(office, id).await?;
    let (reply, answer) = oneshot::channel();
    let request = Request { context: context.clone(), commands, reply };
    let stopping = |_| Error::refused("stopping", "Máy chủ đang dừng; hãy gửi lại sau ít giây.");
    hall.requests.send(request).await.map_err(|_| stopping(()))?;
    answer.await.map_err(|_| stopping(()))?
}

/// Begins to listen to a conference, where the screen knows everything up to `seen`.
///
/// # Errors
/// As [`hall`].
pub async fn listen(office: &Office, id: i64, audience: Audience, seen: Option<u64>) -> Result<Listening> {
    let hall = hall(office, id).await?;
    if hall.screens.is_behind(hall.state.read().await.seq) {
        hall.tell().await;
    }
    // The hall itself is not held: when the server lets it go, the screen is told.
    Ok(hall.screens.listen(audience, seen, Arc::clone(&office.halls().listeners)))
}
