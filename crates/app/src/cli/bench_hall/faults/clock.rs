//! A clock set back an hour in the middle of a vote: what comes later is earlier by the clock, and nothing else changes.
//! The server reads the machine's clock, which is not ours to turn, so the commands are given their time here.

use std::path::Path;

use domain::conference::{Ballot, Command, Conference, Id};
use jiff::SignedDuration;
use serde::Serialize;

use super::{
    super::{desk::Desk, prepare, prepare::Prepared, server::Server, vote},
    log,
};
use crate::{
    conference::live,
    office::Office,
    platform::{Context, Error, Result},
};

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SetBack {
    /// Ballots cast, half of them before the clock was set back.
    pub cast: usize,
    /// Ballots in the result for the option for which they were cast.
    pub counted: u32,
    /// Places of the log at which the clock goes back.
    pub steps_back: usize,
    /// Places of the log that do not follow the one before.
    pub out_of_order: usize,
    /// The hall in memory is what the log says.
    pub is_the_same: bool,
}

/// Everybody votes openly in the poll with this number, which is opened now.
pub(super) async fn run(folder: &Path, prepared: &Prepared, poll: usize) -> Result<SetBack> {
    let server = Server::start(folder).await?;
    let desk = Desk::sign_in(&server, prepared.id).await?;
    desk.act(&[("verb", "open_poll"), ("text", "Thông qua"), ("by_devices", "1")]).await?;
    server.kill()?;
    let office = Office::open(folder, None).await?;
    let now = Context::command_line();
    let an_hour_ago = Context { now: now.now - SignedDuration::from_hours(1), ..now.clone() };
    let poll = Id::try_from(poll).map_err(Error::inside)?;
    let ballot = |(phone, line): (usize, &Id)| {
        let choices = vec![u8::try_from(vote::choice_of(phone)).unwrap_or_default()];
        Command::Vote(Ballot { poll, participation: *line, choices, token: String::new() })
    };
    let mut first: Vec<Command> = prepared.lines.iter().enumerate().map(ballot).collect();
    let second = first.split_off(first.len() / 2);
    prepare::all(&office, &now, prepared.id, first).await?;
    prepare::all(&office, &an_hour_ago, prepared.id, second).await?;
    prepare::all(&office, &an_hour_ago, prepared.id, vec![Command::ClosePoll(poll, Vec::new())]).await?;
    let state = live::hall(&office, prepared.id).await?.state().await.clone();
    office.db().close().await;
    let log = log(folder, prepared.id).await?;
    let pairs = || log.iter().zip(log.iter().skip(1));
    Ok(SetBack {
        cast: prepared.lines.len(),
        counted: counted(&state, poll, prepared.lines.len()),
        steps_back: pairs().filter(|(one, next)| next.at < one.at).count(),
        out_of_order: pairs().filter(|(one, next)| next.seq != one.seq + 1).count(),
        is_the_same: Conference::fold(&log) == state,
    })
}

/// Ballots that the result has for the option for which they were cast.
fn counted(state: &Conference, poll: Id, count: usize) -> u32 {
    let Some(poll) = state.polls.get(&poll) else { return 0 };
    let cast_for = |option: usize| (0..count).filter(|phone| vote::choice_of(*phone) == option).count();
    let options = poll.tally().options;
    let of_option = |(option, count): (usize, u32)| count.min(u32::try_from(cast_for(option)).unwrap_or(u32::MAX));
    options.iter().map(|option| option.total()).enumerate().map(of_option).sum()
}
