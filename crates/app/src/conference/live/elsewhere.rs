//! What other processes write: PostgreSQL tells of it at once; where nobody tells, each hall with listeners looks now and then.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use tokio::time::MissedTickBehavior;

use super::Hall;
use crate::{
    office::Office,
    platform::{Db, Result, Transaction, db::Announcements},
};

/// How often a hall with listeners looks for what another process wrote, whether it is told or not.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How long to wait before a lost connection is tried again.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_secs(2);

const CHANNEL: &str = "tongket_conference";

/// Tells other processes, when the transaction is committed, that a conference has gone on.
pub(super) async fn announce(db: &Db, transaction: &mut Transaction, id: i64, seq: u64) -> Result<()> {
    db.announce(transaction, CHANNEL, &format!("{id} {seq}")).await
}

/// Begins to listen to other processes, once for all halls of this one.
pub(super) fn listen_once(office: &Office) {
    if !office.db().has_announcements() || office.halls().is_listening.swap(true, Relaxed) {
        return;
    }
    let office = office.clone();
    tokio::spawn(async move {
        while !office.halls().is_closed.load(Relaxed) {
            if let Err(fault) = hear(&office).await {
                tracing::warn!(%fault, "the announcements of other processes cannot be heard; looking instead");
            }
            tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
        }
    });
}

async fn hear(office: &Office) -> Result<()> {
    let Some(mut announcements) = Announcements::listen(office.db(), CHANNEL).await? else { return Ok(()) };
    // What was said before anybody listened, or while the connection was lost, is not said again.
    for hall in office.halls().all() {
        hall.catch_up(office.db()).await?;
    }
    while let Some(text) = announcements.next().await? {
        let mut numbers = text.split(' ').filter_map(|number| number.parse::<u64>().ok());
        let (Some(id), Some(seq)) = (numbers.next(), numbers.next()) else { continue };
        let Some(hall) = i64::try_from(id).ok().and_then(|id| office.halls().known(id)) else { continue };
        if hall.state.read().await.seq < seq {
            hall.catch_up(office.db()).await?;
        }
    }
    Ok(())
}

/// Looks for what another process wrote as long as somebody listens to the hall. It ends when nobody holds the hall.
pub(super) fn begin_looking(db: Db, hall: &Arc<Hall>) {
    let weak = Arc::downgrade(hall);
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            let Some(hall) = weak.upgrade() else { return };
            if hall.screens.has_listeners()
                && let Err(fault) = hall.catch_up(&db).await
            {
                tracing::warn!(%fault, conference = hall.id, "the log could not be looked at");
            }
        }
    });
}
