//! What the screens are told. A message is the whole public state, written down once as bytes that all screens share; a
//! screen that lags is given the latest alone. Desks are told everything, phones only what a phone shows, so that five
//! thousand ballots do not become five thousand messages to five thousand phones.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    time::Duration,
};

use axum::body::Bytes;
use domain::conference::Conference;
use serde::Serialize;
use tokio::sync::{Mutex, watch};

use super::Hall;
use crate::conference::view::{LiveView, PhoneView};

/// Messages follow one another after this time at the earliest; the first is sent at once.
const PAUSE: Duration = Duration::from_millis(60);

/// How long a screen waits before it connects again, in milliseconds.
const RETRY_MS: u64 = 800;

/// Phones that draw a part anew do so over this time for each phone, in microseconds, so that they do not all come at once.
const SPREAD_US_OF_PHONE: i64 = 700;
const SPREAD_MS_MIN: i64 = 300;
const SPREAD_MS_MAX: i64 = 8_000;

/// For whom a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Desks and projectors: every count.
    Desk,
    /// Delegates' phones.
    Phone,
}

/// A message.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// The place of the last event in it.
    pub seq: u64,
    /// The message as it goes over the wire.
    pub frame: Bytes,
}

impl News {
    fn new(seq: u64, body: &impl Serialize) -> Self {
        let text = serde_json::to_string(body).unwrap_or_else(|_| "{}".to_owned());
        Self { seq, frame: format!("id: {seq}\nretry: {RETRY_MS}\ndata: {text}\n\n").into() }
    }
}

/// What a phone is told: what it shows, and beside it what is told along but is no reason to tell it.
#[derive(Serialize)]
struct ToPhones<'a> {
    seq: u64,
    present: u32,
    expected: u32,
    spread_ms: i64,
    #[serde(flatten)]
    view: &'a PhoneView,
}

/// The screens of a hall.
pub(super) struct Screens {
    desks: watch::Sender<News>,
    phones: watch::Sender<News>,
    /// What desks and phones were told last.
    told: Mutex<(LiveView, PhoneView)>,
    changed: watch::Sender<()>,
}

impl Screens {
    /// Screens that have been told nothing, and the ear of the one who tells them.
    pub(super) fn new() -> (Self, watch::Receiver<()>) {
        let (changed, woken) = watch::channel(());
        let (desks, phones) = (watch::Sender::new(News::default()), watch::Sender::new(News::default()));
        (Self { desks, phones, told: Mutex::default(), changed }, woken)
    }

    /// Something has changed: whoever listens is told soon.
    pub(super) fn wake(&self) {
        self.changed.send_replace(());
    }

    pub(super) fn has_listeners(&self) -> bool {
        self.desks.receiver_count() + self.phones.receiver_count() > 0
    }

    /// Whether the latest message does not tell of the event at this place.
    pub(super) fn is_behind(&self, seq: u64) -> bool {
        self.desks.borrow().seq < seq
    }

    pub(super) fn listen(&self, audience: Audience, seen: Option<u64>, listeners: Arc<AtomicI64>) -> Listening {
        let mut news = match audience {
            Audience::Desk => self.desks.subscribe(),
            Audience::Phone => self.phones.subscribe(),
        };
        // What there is counts as new, unless the screen knows it.
        if seen == Some(news.borrow().seq) {
            news.mark_unchanged();
        } else {
            news.mark_changed();
        }
        listeners.fetch_add(1, Relaxed);
        Listening { news, listeners }
    }

    async fn tell(&self, state: &Conference, now: jiff::Timestamp, is_failing: bool) {
        let live = LiveView { is_failing, ..LiveView::of(state, now) };
        let mut told = self.told.lock().await;
        let view = PhoneView::of(&live, state);
        let spread_ms = self.phones.receiver_count() as i64 * SPREAD_US_OF_PHONE / 1_000;
        let spread_ms = spread_ms.clamp(SPREAD_MS_MIN, SPREAD_MS_MAX);
        let (seq, present, expected) = (live.seq, live.present, live.expected);
        let to_phones = News::new(seq, &ToPhones { seq, present, expected, spread_ms, view: &view });
        let to_desks = News::new(seq, &live);
        let (is_new_to_desks, is_new_to_phones) = (told.0 != live, told.1 != view);
        let send = |screens: &watch::Sender<News>, told: News, is_new: bool| {
            screens.send_if_modified(|news| {
                *news = told;
                is_new
            })
        };
        send(&self.desks, to_desks, is_new_to_desks);
        send(&self.phones, to_phones, is_new_to_phones);
        *told = (live, view);
    }
}

impl Hall {
    /// Tells the screens how the hall stands.
    pub(super) async fn tell(&self) {
        let state = self.state.read().await;
        self.screens.tell(&state, self.clock.now(), self.is_failing.load(Relaxed)).await;
    }
}

/// Begins to tell a hall's screens. It ends when nobody holds the hall any more.
pub(super) fn begin(hall: &Arc<Hall>, mut woken: watch::Receiver<()>) {
    let weak = Arc::downgrade(hall);
    tokio::spawn(async move {
        while woken.changed().await.is_ok() {
            let Some(hall) = weak.upgrade() else { return };
            hall.tell().await;
            drop(hall);
            tokio::time::sleep(PAUSE).await;
        }
    });
}

/// A screen's ear: what is new, one message after another.
#[derive(Debug)]
pub struct Listening {
    news: watch::Receiver<News>,
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
        self.news.changed().await.ok()?;
        Some(self.news.borrow_and_update().clone())
    }
}
