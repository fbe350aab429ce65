//! The boxes of secret polls, as far as a batch of commands opens them: read with the poll's key, written anew sealed.

use std::collections::BTreeMap;

use domain::{
    Refusal,
    conference::{Command, Conference, Decision, Event, Id, Poll, SealedBallot, decide},
};

use super::{keys::Keys, sealing::Key};
use crate::{
    conference::store,
    platform::{Error, Result, Transaction},
};

/// A box that is open for one batch.
#[derive(Clone)]
struct Opened {
    key: Key,
    /// In the order of the tokens.
    ballots: Vec<SealedBallot>,
    is_changed: bool,
}

/// The boxes that a batch has opened.
#[derive(Clone)]
pub(super) struct Boxes {
    conference: i64,
    keys: Keys,
    open: BTreeMap<Id, Opened>,
    over: Vec<Id>,
}

impl Boxes {
    pub(super) fn new(conference: i64, keys: Keys) -> Self {
        Self { conference, keys, open: BTreeMap::new(), over: Vec::new() }
    }

    /// Decides a command; a secret poll gets its key with its opening, a closing is given what lies in the box, a secret
    /// ballot sent again is acknowledged again.
    pub(super) async fn decide(
        &mut self,
        transaction: &mut Transaction,
        state: &Conference,
        command: &Command,
    ) -> Result<Result<Decision, Refusal>> {
        let open = |poll: &Id| state.polls.get(poll).filter(|poll| poll.question.is_secret && poll.is_open());
        match command {
            Command::OpenPoll(question) if question.is_secret => {
                let decided = decide(state, command);
                let opened = decided.iter().flat_map(|decision| &decision.events).find_map(opened);
                opened.map_or(Ok(()), |poll| self.keys.make(poll))?;
                Ok(decided)
            }
            Command::ClosePoll(poll, _) if open(poll).is_some() => {
                let ballots = match self.opened(transaction, *poll).await? {
                    Ok(opened) => opened.ballots.clone(),
                    Err(lost) => return Ok(Err(lost)),
                };
                let decided = decide(state, &Command::ClosePoll(*poll, ballots));
                decided.iter().for_each(|_| self.end(*poll));
                Ok(decided)
            }
            Command::CancelPoll(poll, _) if open(poll).is_some() => {
                let decided = decide(state, command);
                decided.iter().for_each(|_| self.end(*poll));
                Ok(decided)
            }
            Command::Vote(ballot) => match open(&ballot.poll) {
                Some(poll) => self.vote(transaction, (state, poll), command).await,
                None => Ok(decide(state, command)),
            },
            command => Ok(decide(state, command)),
        }
    }

    async fn vote(
        &mut self,
        transaction: &mut Transaction,
        (state, poll): (&Conference, &Poll),
        command: &Command,
    ) -> Result<Result<Decision, Refusal>> {
        let Command::Vote(ballot) = command else { return Ok(decide(state, command)) };
        let decided = decide(state, command);
        let has_voted = poll.voted.contains(&ballot.participation);
        if decided.is_err() && !has_voted {
            return Ok(decided);
        }
        let opened = match self.opened(transaction, ballot.poll).await? {
            Ok(opened) => opened,
            Err(lost) => return Ok(Err(lost)),
        };
        Ok(match (decided, place(&opened.ballots, &ballot.token)) {
            (Err(_), Ok(_)) => Ok(Decision::default()),
            (Ok(_), Ok(_)) => Err(Refusal::one("token", "Mã phiếu này đã dùng; hãy tải lại trang.")),
            (decided, _) => decided,
        })
    }

    /// The box of an open poll, opened with its key.
    async fn opened(&mut self, transaction: &mut Transaction, poll: Id) -> Result<Result<&mut Opened, Refusal>> {
        if !self.open.contains_key(&poll) {
            let sealed = store::ballot_box(transaction, self.conference, poll).await?;
            let Some(opened) = self.keys.key(poll).and_then(|key| open(key, sealed)) else { return Ok(Err(lost())) };
            self.open.insert(poll, opened);
        }
        Ok(self.open.get_mut(&poll).ok_or_else(lost))
    }

    /// Lays a ballot into its box, at the place that its token gives it.
    pub(super) async fn seal(&mut self, transaction: &mut Transaction, poll: Id, sealed: &SealedBallot) -> Result<()> {
        let opened = self.opened(transaction, poll).await?.map_err(Error::from)?;
        let (Ok(place) | Err(place)) = place(&opened.ballots, &sealed.token);
        opened.ballots.insert(place, sealed.clone());
        opened.is_changed = true;
        Ok(())
    }

    fn end(&mut self, poll: Id) {
        self.open.remove(&poll);
        self.over.push(poll);
    }

    /// Writes the boxes that the batch has changed.
    pub(super) async fn save(&self, transaction: &mut Transaction) -> Result<()> {
        for (poll, opened) in self.open.iter().filter(|(_, opened)| opened.is_changed) {
            store::save_box(transaction, self.conference, *poll, &opened.key.seal(&opened.ballots)?).await?;
        }
        for poll in &self.over {
            store::empty_box(transaction, self.conference, *poll).await?;
        }
        Ok(())
    }

    /// Destroys the keys of the polls that are over, when that is written: from then on no older state of a box opens.
    pub(super) fn destroy_keys(&self) {
        for poll in &self.over {
            if let Err(fault) = self.keys.destroy(*poll) {
                tracing::error!(%fault, conference = self.conference, poll, "a key is left until the next start");
            }
        }
    }
}

fn opened(event: &Event) -> Option<Id> {
    match event {
        Event::PollOpened { poll, .. } => Some(*poll),
        _ => None,
    }
}

fn open(key: Key, sealed: Option<String>) -> Option<Opened> {
    let ballots = sealed.map_or_else(|| Some(Vec::new()), |sealed| key.open(&sealed))?;
    Some(Opened { key, ballots, is_changed: false })
}

/// What the hall is told when a box cannot be opened.
fn lost() -> Refusal {
    Refusal::one(
        "ballot_key_lost",
        "Khóa hòm phiếu của lượt biểu quyết kín này đã mất hoặc không đọc được trên máy chủ, nên không mở được các phiếu đã \
         bỏ. Hãy báo người quản trị; nếu không khôi phục được tệp khóa thì bàn điều hành hoặc bàn \
         chủ tọa hủy lượt này và biểu quyết lại.",
    )
}

/// Where a token stands in a box, or would stand.
fn place(ballots: &[SealedBallot], token: &str) -> Result<usize, usize> {
    ballots.binary_search_by(|sealed| sealed.token.as_str().cmp(token))
}
