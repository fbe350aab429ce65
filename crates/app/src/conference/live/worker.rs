//! The one who writes: takes the commands that wait, decides them in order, writes them in one transaction, replies.

use std::{
    collections::BTreeMap,
    sync::{Arc, Weak, atomic::Ordering::Relaxed},
};

use domain::{
    Refusal,
    conference::{Command, Conference, Event, Part, Recorded},
};
use tokio::sync::mpsc;

use super::{Done, Hall, Request, boxes::Boxes, elsewhere, keys::Keys};
use crate::{
    audit,
    conference::{operations, queries, store},
    platform::{Context, Db, Error, Result, Transaction},
};

/// So many of those who wait go into one transaction.
const BATCH_MAX: usize = 512;

/// Begins the work for a hall. It ends when nobody holds the hall any more.
pub(super) fn begin((db, keys): (Db, Keys), hall: &Arc<Hall>, state: Conference, mut waiting: mpsc::Receiver<Request>) {
    let mut worker = Worker { db, keys, id: hall.id, state, fresh: Vec::new(), hall: Arc::downgrade(hall) };
    tokio::spawn(async move {
        let mut batch = Vec::new();
        while waiting.recv_many(&mut batch, BATCH_MAX).await > 0 {
            if worker.work(std::mem::take(&mut batch)).await.is_none() {
                return;
            }
        }
    });
}

/// Decides on a state of its own, which may be ahead of what is written; readers never see it.
struct Worker {
    db: Db,
    keys: Keys,
    id: i64,
    state: Conference,
    /// What the batch at hand has added to the state: of other processes, then its own.
    fresh: Vec<Recorded>,
    hall: Weak<Hall>,
}

impl Worker {
    /// Carries a batch out; `None` where the hall is gone.
    async fn work(&mut self, batch: Vec<Request>) -> Option<()> {
        let hall = self.hall.upgrade()?;
        let (asked, replies): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|request| ((request.context, request.commands), request.reply)).unzip();
        self.fresh.clear();
        let written = self.write(&asked).await;
        let was_failing = hall.is_failing.swap(written.is_err(), Relaxed);
        let answers = match written {
            Ok(answers) => {
                let mut shared = hall.state.write().await;
                self.fresh.iter().for_each(|recorded| shared.apply(recorded));
                drop(shared);
                answers
            }
            Err(fault) => {
                tracing::error!(%fault, conference = self.id, "commands could not be written");
                // The own state may hold what the log does not. Was the commit carried out all the same, then the
                // conference's row tells so at the next batch.
                self.state = hall.state.read().await.clone();
                asked.iter().map(|_| Err(unwritten())).collect()
            }
        };
        if !self.fresh.is_empty() || was_failing != hall.is_failing.load(Relaxed) {
            hall.screens.wake();
        }
        for (reply, answer) in replies.into_iter().zip(answers) {
            let _ = reply.send(answer);
        }
        Some(())
    }

    async fn write(&mut self, asked: &[(Context, Vec<Command>)]) -> Result<Vec<Result<Done>>> {
        let id = self.id;
        let mut transaction = self.db.begin().await?;
        let latest = store::take(&mut transaction, id).await?;
        if latest > self.state.seq {
            self.fresh = queries::events_after(&mut transaction, id, self.state.seq).await?;
            self.fresh.iter().for_each(|recorded| self.state.apply(recorded));
        }
        let missed = self.fresh.len();
        let (mut boxes, mut answers) = (Boxes::new(id, self.keys.clone()), Vec::with_capacity(asked.len()));
        for (context, commands) in asked {
            let answer = self.carry_out(&mut transaction, &mut boxes, context, commands).await?;
            answers.push(answer.map_err(Error::from));
        }
        let events = &self.fresh[missed..];
        store::append(&mut transaction, id, events).await?;
        boxes.save(&mut transaction).await?;
        if events.iter().any(is_in_lists) {
            let (head, phase) = (&self.state.head, self.state.phase);
            let held_on = head.held_on.map_or_else(String::new, |day| day.to_string());
            let year = head.review_year.or(head.next_year).map_or_else(String::new, |year| year.to_string());
            store::tell(&mut transaction, id, [&head.title, &held_on, &year, phase.as_str()]).await?;
        }
        if !events.is_empty() {
            elsewhere::announce(&self.db, &mut transaction, id, self.state.seq).await?;
        }
        transaction.commit().await?;
        boxes.destroy_keys();
        Ok(answers)
    }

    /// Carries out what was asked together: all of it, or nothing and every reason.
    async fn carry_out(
        &mut self,
        transaction: &mut Transaction,
        boxes: &mut Boxes,
        context: &Context,
        commands: &[Command],
    ) -> Result<Result<Done, Refusal>> {
        let before = (commands.len() > 1).then(|| (self.state.clone(), boxes.clone(), self.fresh.len()));
        let (mut done, mut reasons, mut verbs) = (Vec::new(), Vec::new(), BTreeMap::new());
        for command in commands {
            let decision = match boxes.decide(transaction, &self.state, command).await? {
                Ok(decision) => decision,
                Err(refusal) => {
                    reasons.extend(refusal.reasons);
                    continue;
                }
            };
            if let (Some(sealed), Command::Vote(ballot)) = (&decision.sealed, command) {
                boxes.seal(transaction, ballot.poll, sealed).await?;
            }
            decision.events.iter().for_each(|event| self.add(context, event));
            if decision.events.iter().any(|event| !event.is_of_a_delegate()) {
                *verbs.entry(operations::verb(command)).or_insert(0_usize) += 1;
            }
            done.extend(decision.events);
        }
        if !reasons.is_empty() {
            if let Some((state, known_boxes, fresh)) = before {
                (self.state, *boxes) = (state, known_boxes);
                self.fresh.truncate(fresh);
            }
            return Ok(Err(Refusal { reasons }));
        }
        for (verb, count) in verbs {
            let detail = if count == 1 { String::new() } else { count.to_string() };
            audit::write(transaction, context, verb, &self.id.to_string(), &detail).await?;
        }
        Ok(Ok(Done { seq: self.state.seq, events: done }))
    }

    fn add(&mut self, context: &Context, event: &Event) {
        let actor = context.actor.name().to_owned();
        let recorded = Recorded { seq: self.state.seq + 1, at: context.now, actor, event: event.clone() };
        self.state.apply(&recorded);
        self.fresh.push(recorded);
    }
}

/// What the hall is told when nothing can be written: the reason is in the log of the program.
fn unwritten() -> Error {
    Error::refused(
        "not_written",
        "Máy chủ chưa ghi được (có thể ổ đĩa đã đầy), nên việc vừa gửi CHƯA được ghi nhận. Những gì đã ghi nhận trước đó vẫn \
         còn nguyên. Hãy báo người quản trị giải phóng ổ đĩa rồi gửi lại.",
    )
}

/// Whether lists of conferences show something of it.
fn is_in_lists(recorded: &Recorded) -> bool {
    matches!(
        recorded.event,
        Event::PartSet { part: Part::Head(_) }
            | Event::Opened
            | Event::Closed
            | Event::RecordedAfterwards { .. }
            | Event::Adjourned { .. }
            | Event::Resumed
    )
}
