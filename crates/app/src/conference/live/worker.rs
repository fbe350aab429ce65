//! The one who writes: takes the commands that wait, decides them in order, writes them in one transaction, replies.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Refusal,
    conference::{Ballot, Command, Conference, Decision, Event, Id, Part, Recorded, SealedBallot, decide},
};
use tokio::{sync::mpsc, time::MissedTickBehavior};

use super::{Done, Hall, LOOK_EVERY, Request};
use crate::{
    audit,
    conference::{operations, queries, store},
    platform::{Db, Error, Result, Transaction},
};

/// So many commands go into one transaction.
const BATCH_MAX: usize = 512;

/// Begins the work for a hall. It ends when nobody holds the hall any more.
pub(super) fn begin(db: Db, hall: &Arc<Hall>, mut waiting: mpsc::Receiver<Request>) {
    let weak = Arc::downgrade(hall);
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                count = waiting.recv_many(&mut batch, BATCH_MAX) => {
                    let Some(hall) = weak.upgrade().filter(|_| count > 0) else { return };
                    work(&db, &hall, std::mem::take(&mut batch)).await;
                }
                _ = tick.tick() => {
                    let Some(hall) = weak.upgrade() else { return };
                    if hall.news.receiver_count() > 0
                        && let Err(fault) = hall.catch_up(&db).await
                    {
                        tracing::warn!(%fault, conference = hall.id, "the log could not be looked at");
                    }
                }
            }
        }
    });
}

async fn work(db: &Db, hall: &Hall, batch: Vec<Request>) {
    let mut state = hall.state.write().await;
    let before = state.seq;
    let (asked, replies): (Vec<_>, Vec<_>) =
        batch.into_iter().map(|request| ((request.context, request.command), request.reply)).unzip();
    let answers = match write(db, hall.id, &mut state, &asked).await {
        Ok(answers) => answers,
        Err(fault) => {
            let fault = fault.to_string();
            tracing::error!(fault, conference = hall.id, "commands could not be written");
            recover(db, hall.id, &mut state).await;
            asked.iter().map(|_| Err(Error::Inside(fault.clone()))).collect()
        }
    };
    if state.seq != before {
        let _ = hall.news.send(hall.news_of(&state));
    }
    drop(state);
    for (reply, answer) in replies.into_iter().zip(answers) {
        let _ = reply.send(answer);
    }
}

/// After a failed commit the state may hold what the log does not: it is read anew.
async fn recover(db: &Db, id: i64, state: &mut Conference) {
    *state = Conference::default();
    let read = async {
        let mut connection = db.pool().acquire().await?;
        queries::events_after(&mut connection, id, 0).await
    };
    match read.await {
        Ok(log) => *state = Conference::fold(&log),
        Err(fault) => tracing::error!(%fault, conference = id, "the log could not be read; the next look tries again"),
    }
}

async fn write(
    db: &Db,
    id: i64,
    state: &mut Conference,
    asked: &[(crate::platform::Context, Command)],
) -> Result<Vec<Result<Done>>> {
    let mut transaction = db.begin().await?;
    let latest = store::take(&mut transaction, id).await?;
    if latest > state.seq {
        let missed = queries::events_after(&mut transaction, id, state.seq).await?;
        missed.iter().for_each(|recorded| state.apply(recorded));
    }
    let (mut boxes, mut events, mut answers) = (Boxes::new(id), Vec::new(), Vec::new());
    for (context, command) in asked {
        let decided = boxes.decide(&mut transaction, state, command).await?;
        let decision = match decided {
            Ok(decision) => decision,
            Err(refusal) => {
                answers.push(Err(refusal.into()));
                continue;
            }
        };
        if let (Some(sealed), Command::Vote(ballot)) = (&decision.sealed, command) {
            boxes.seal(&mut transaction, ballot.poll, sealed).await?;
        }
        for event in &decision.events {
            let actor = context.actor.name().to_owned();
            let recorded = Recorded { seq: state.seq + 1, at: context.now, actor, event: event.clone() };
            state.apply(&recorded);
            events.push(recorded);
        }
        if decision.events.iter().any(|event| !event.is_of_a_delegate()) {
            let verb = operations::verb(command);
            audit::write(&mut transaction, context, verb, &id.to_string(), "").await?;
        }
        answers.push(Ok(Done { seq: state.seq, events: decision.events }));
    }
    store::append(&mut transaction, id, &events).await?;
    boxes.save(&mut transaction).await?;
    if events.iter().any(is_in_lists) {
        let head = &state.head;
        let held_on = head.held_on.map_or_else(String::new, |day| day.to_string());
        let year = head.review_year.or(head.next_year).map_or_else(String::new, |year| year.to_string());
        store::tell(&mut transaction, id, [&head.title, &held_on, &year, state.phase.as_str()]).await?;
    }
    transaction.commit().await?;
    Ok(answers)
}

/// Whether lists of conferences show something of it.
fn is_in_lists(recorded: &Recorded) -> bool {
    matches!(
        recorded.event,
        Event::PartSet { part: Part::Head(_) }
            | Event::Opened
            | Event::Closed
            | Event::Adjourned { .. }
            | Event::Resumed
    )
}

/// The boxes of secret polls, as far as a batch opens them.
struct Boxes {
    conference: i64,
    open: BTreeMap<Id, Vec<SealedBallot>>,
    emptied: Vec<Id>,
}

impl Boxes {
    fn new(conference: i64) -> Self {
        Self { conference, open: BTreeMap::new(), emptied: Vec::new() }
    }

    /// Decides a command; a closing is given what lies in the box, a secret ballot sent again is acknowledged again.
    async fn decide(
        &mut self,
        transaction: &mut Transaction,
        state: &Conference,
        command: &Command,
    ) -> Result<Result<Decision, Refusal>> {
        let is_secret = |poll: &Id| state.polls.get(poll).is_some_and(|poll| poll.question.is_secret);
        match command {
            Command::ClosePoll(poll, _) if is_secret(poll) => {
                let ballots = self.ballots(transaction, *poll).await?.clone();
                let decided = decide(state, &Command::ClosePoll(*poll, ballots));
                if decided.is_ok() {
                    self.empty(*poll);
                }
                Ok(decided)
            }
            Command::CancelPoll(poll, _) if is_secret(poll) => {
                let decided = decide(state, command);
                if decided.is_ok() {
                    self.empty(*poll);
                }
                Ok(decided)
            }
            Command::Vote(ballot) if is_secret(&ballot.poll) => {
                let decided = decide(state, command);
                let is_known = self.is_in_box(transaction, ballot).await?;
                let has_voted = state
                    .polls
                    .get(&ballot.poll)
                    .is_some_and(|poll| poll.is_open() && poll.voted.contains(&ballot.participation));
                match (decided, is_known) {
                    (Err(_), true) if has_voted => Ok(Ok(Decision::default())),
                    (Ok(_), true) => Ok(Err(Refusal::one("token", "Mã phiếu này đã dùng; hãy tải lại trang."))),
                    (decided, _) => Ok(decided),
                }
            }
            command => Ok(decide(state, command)),
        }
    }

    async fn is_in_box(&mut self, transaction: &mut Transaction, ballot: &Ballot) -> Result<bool> {
        let ballots = self.ballots(transaction, ballot.poll).await?;
        Ok(ballots.iter().any(|sealed| sealed.token == ballot.token))
    }

    async fn ballots(&mut self, transaction: &mut Transaction, poll: Id) -> Result<&mut Vec<SealedBallot>> {
        if !self.open.contains_key(&poll) {
            let ballots = store::ballot_box(transaction, self.conference, poll).await?;
            self.open.insert(poll, ballots);
        }
        Ok(self.open.entry(poll).or_default())
    }

    async fn seal(&mut self, transaction: &mut Transaction, poll: Id, sealed: &SealedBallot) -> Result<()> {
        self.ballots(transaction, poll).await?.push(sealed.clone());
        Ok(())
    }

    fn empty(&mut self, poll: Id) {
        self.open.remove(&poll);
        self.emptied.push(poll);
    }

    async fn save(&self, transaction: &mut Transaction) -> Result<()> {
        for (poll, ballots) in &self.open {
            store::save_box(transaction, self.conference, *poll, ballots).await?;
        }
        for poll in &self.emptied {
            store::empty_box(transaction, self.conference, *poll).await?;
        }
        Ok(())
    }
}
