//! The boxes of secret polls, as far as a batch of commands opens them.

use std::collections::BTreeMap;

use domain::{
    Refusal,
    conference::{Command, Conference, Decision, Id, SealedBallot, decide},
};

use crate::{
    conference::store,
    platform::{Result, Transaction},
};

/// The boxes that a batch has opened; each lies in the order of the tokens.
#[derive(Clone)]
pub(super) struct Boxes {
    conference: i64,
    open: BTreeMap<Id, Vec<SealedBallot>>,
    changed: Vec<Id>,
    emptied: Vec<Id>,
}

impl Boxes {
    pub(super) fn new(conference: i64) -> Self {
        Self { conference, open: BTreeMap::new(), changed: Vec::new(), emptied: Vec::new() }
    }

    /// Decides a command; a closing is given what lies in the box, a secret ballot sent again is acknowledged again.
    pub(super) async fn decide(
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
                let place = place(self.ballots(transaction, ballot.poll).await?, &ballot.token);
                let has_voted = state
                    .polls
                    .get(&ballot.poll)
                    .is_some_and(|poll| poll.is_open() && poll.voted.contains(&ballot.participation));
                match (decided, place) {
                    (Err(_), Ok(_)) if has_voted => Ok(Ok(Decision::default())),
                    (Ok(_), Ok(_)) => Ok(Err(Refusal::one("token", "Mã phiếu này đã dùng; hãy tải lại trang."))),
                    (decided, _) => Ok(decided),
                }
            }
            command => Ok(decide(state, command)),
        }
    }

    async fn ballots(&mut self, transaction: &mut Transaction, poll: Id) -> Result<&mut Vec<SealedBallot>> {
        if !self.open.contains_key(&poll) {
            let mut ballots = store::ballot_box(transaction, self.conference, poll).await?;
            ballots.sort();
            self.open.insert(poll, ballots);
        }
        Ok(self.open.entry(poll).or_default())
    }

    /// Lays a ballot into its box, at the place that its token gives it.
    pub(super) async fn seal(&mut self, transaction: &mut Transaction, poll: Id, sealed: &SealedBallot) -> Result<()> {
        let ballots = self.ballots(transaction, poll).await?;
        let (Ok(place) | Err(place)) = place(ballots, &sealed.token);
        ballots.insert(place, sealed.clone());
        if !self.changed.contains(&poll) {
            self.changed.push(poll);
        }
        Ok(())
    }

    fn empty(&mut self, poll: Id) {
        self.open.remove(&poll);
        self.changed.retain(|changed| *changed != poll);
        self.emptied.push(poll);
    }

    /// Writes the boxes that the batch has changed.
    pub(super) async fn save(&self, transaction: &mut Transaction) -> Result<()> {
        for poll in &self.changed {
            if let Some(ballots) = self.open.get(poll) {
                store::save_box(transaction, self.conference, *poll, ballots).await?;
            }
        }
        for poll in &self.emptied {
            store::empty_box(transaction, self.conference, *poll).await?;
        }
        Ok(())
    }
}

/// Where a token stands in a box, or would stand.
fn place(ballots: &[SealedBallot], token: &str) -> Result<usize, usize> {
    ballots.binary_search_by(|sealed| sealed.token.as_str().cmp(token))
}
