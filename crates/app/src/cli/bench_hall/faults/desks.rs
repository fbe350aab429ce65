//! Two desks that open a poll in the same moment, again and again: one opens it, the other is told.

use std::path::Path;

use domain::conference::Event;
use serde::Serialize;

use super::{
    super::{desk::Desk, prepare::Prepared, server::Server},
    log,
};
use crate::platform::Result;

/// So often they try.
const ROUNDS: usize = 20;

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct TwoDesks {
    /// So often both tried at once.
    pub rounds: usize,
    /// Rounds in which one was let and the other one told.
    pub one_was_told: usize,
    /// Polls that were opened, by the log.
    pub opened: usize,
}

/// The first poll that is opened has this number; afterwards all are closed.
pub(super) async fn run(folder: &Path, prepared: &Prepared, poll: usize) -> Result<TwoDesks> {
    let server = Server::start(folder).await?;
    let (one, other) = (Desk::sign_in(&server, prepared.id).await?, Desk::sign_in(&server, prepared.id).await?);
    let before = opened(folder, prepared).await?;
    let mut met = TwoDesks { rounds: ROUNDS, ..TwoDesks::default() };
    for round in 0..ROUNDS {
        let form = [("verb", "open_poll"), ("text", "Thông qua"), ("by_devices", "1")];
        let (first, second) = tokio::join!(one.post("dieu-hanh", &form), other.post("dieu-hanh", &form));
        let mut answers = [first?.status, second?.status];
        answers.sort_unstable();
        met.one_was_told += usize::from(answers == [303, 422]);
        one.close_poll(poll + round).await?;
    }
    server.kill()?;
    met.opened = opened(folder, prepared).await? - before;
    Ok(met)
}

async fn opened(folder: &Path, prepared: &Prepared) -> Result<usize> {
    let log = log(folder, prepared.id).await?;
    Ok(log.iter().filter(|recorded| matches!(recorded.event, Event::PollOpened { .. })).count())
}
