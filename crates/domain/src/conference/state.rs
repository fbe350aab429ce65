//! A conference as it stands: the fold of its log.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Closing, Event, Happened, Head, Id, Part, Poll, PollState, Progress, Recorded, Records, ReportFacts, Rules,
};

/// How far a conference is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It is prepared.
    #[default]
    Planned,
    /// It is being held.
    Open,
    /// It is being held, with a break.
    Adjourned,
    /// It is over.
    Closed,
    /// It took place without this program and was written down afterwards; nothing of it was seen here.
    Recorded,
}

impl Phase {
    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Adjourned => "adjourned",
            Self::Closed => "closed",
            Self::Recorded => "recorded",
        }
    }

    /// Whether it took place, here or before it was written down.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Recorded)
    }
}

/// A conference that was written down after it took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// From what (`Tin bài đăng ngày 08/09/2017`).
    pub basis: String,
    /// When it was written down here; when the conference began and ended is not known.
    pub at: Timestamp,
}

/// How an arrival was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Road {
    /// The code of the badge, by camera or typed.
    Badge,
    /// The name.
    Name,
    /// A tick in the list.
    List,
}

/// Somebody's being here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// When they were first taken.
    pub at: Timestamp,
    /// Where.
    pub desk: String,
    /// At which venue.
    pub venue: Option<Id>,
    /// How.
    pub road: Road,
    /// How many people the line stands for.
    pub heads: u32,
    /// When the device took it by its own clock, where it was not connected.
    #[serde(default)]
    pub scanned_at: Option<Timestamp>,
    /// When they left.
    pub left_at: Option<Timestamp>,
}

impl Presence {
    /// Whether they are here now.
    pub fn is_here(&self) -> bool {
        self.left_at.is_none()
    }
}

/// Whether a guest comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether.
    pub is_coming: bool,
    /// In the guest's words.
    pub note: String,
    /// When it was said.
    pub at: Timestamp,
}

/// How far a request for the floor is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FloorState {
    /// In the queue.
    Waiting,
    /// At the microphone.
    Speaking {
        /// Since when.
        since: Timestamp,
    },
    /// Has spoken.
    Spoken {
        /// From when.
        since: Timestamp,
        /// To when.
        until: Timestamp,
    },
    /// Was passed over.
    Skipped {
        /// Why.
        reason: String,
    },
    /// Took the request back.
    Withdrawn,
}

impl FloorState {
    /// Whether it counts against the budgets.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Waiting | Self::Speaking { .. } | Self::Spoken { .. })
    }

    /// Whether the person speaks or has spoken.
    pub fn has_spoken(&self) -> bool {
        matches!(self, Self::Speaking { .. } | Self::Spoken { .. })
    }
}

/// A place in the queue of speakers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorRequest {
    /// Who.
    pub participation: Id,
    /// On what.
    pub topic: String,
    /// Whether the desk put it down.
    pub is_from_desk: bool,
    /// When.
    pub at: Timestamp,
    /// How far it is.
    pub state: FloorState,
}

/// An award that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handing {
    /// Which recipient, from 0; the whole line where absent.
    pub recipient: Option<u32>,
    /// By whom.
    pub handed_by: String,
    /// To whom.
    pub received_by: String,
    /// Whether somebody else took it than was named.
    pub is_substitute: bool,
    /// When.
    pub at: Timestamp,
}

/// A conference: the fold of its events. It can be written down (a snapshot) and folded on from there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conference {
    /// The place of the last event folded in; 0 before the first.
    pub seq: u64,
    /// The head.
    pub head: Head,
    /// The rules of the hall.
    pub rules: Rules,
    /// What the report said.
    pub report: ReportFacts,
    /// How it closed.
    pub closing: Closing,
    /// Everything that stands in numbers.
    pub records: Records,
    /// The items in the order of the programme.
    pub order: Vec<Id>,
    /// How far it is.
    pub phase: Phase,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// From what it was written down, where it was not held here.
    pub recording: Option<Recording>,
    /// Breaks: from, to, why.
    pub breaks: Vec<(Timestamp, Option<Timestamp>, String)>,
    /// Who comes, by participation.
    pub answers: BTreeMap<Id, Answer>,
    /// Who was taken, by participation.
    pub attendance: BTreeMap<Id, Presence>,
    /// The numbers of all scans, so that a scan sent again changes nothing.
    pub scans: BTreeMap<String, Id>,
    /// The item that runs.
    pub current_item: Option<Id>,
    /// How far the items are.
    pub progress: BTreeMap<Id, Progress>,
    /// The queue of speakers, by number of the request.
    pub floor: BTreeMap<Id, FloorRequest>,
    /// The polls.
    pub polls: BTreeMap<Id, Poll>,
    /// Awards handed over, by award.
    pub handed: BTreeMap<Id, Vec<Handing>>,
    /// What the minutes tell, in the order of the log.
    pub happened: Vec<Happened>,
    /// What the desk has turned the screens to, by name of the screen; a screen that follows by itself is not here.
    pub screens: BTreeMap<String, String>,
}

impl Conference {
    /// The fold of a log.
    pub fn fold<'a>(log: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut conference = Self::default();
        log.into_iter().for_each(|recorded| conference.apply(recorded));
        conference
    }

    /// The conference as it stood after the event at this place.
    pub fn fold_until<'a>(log: impl IntoIterator<Item = &'a Recorded>, seq: u64) -> Self {
        Self::fold(log.into_iter().take_while(|recorded| recorded.seq <= seq))
    }

    /// The request that is at the microphone.
    pub fn speaking(&self) -> Option<(Id, &FloorRequest)> {
        let found = self.floor.iter().find(|(_, request)| matches!(request.state, FloorState::Speaking { .. }));
        found.map(|(id, request)| (*id, request))
    }

    /// The requests that wait, first come first.
    pub fn waiting(&self) -> impl Iterator<Item = (Id, &FloorRequest)> {
        let waits = |request: &FloorRequest| request.state == FloorState::Waiting;
        self.floor.iter().filter(move |(_, request)| waits(request)).map(|(id, request)| (*id, request))
    }

    /// The poll that is open.
    pub fn open_poll(&self) -> Option<(Id, &Poll)> {
        self.polls.iter().find(|(_, poll)| poll.is_open()).map(|(id, poll)| (*id, poll))
    }

    /// Folds one event in. An event that was folded in already changes nothing; no event makes it fail.
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.seq <= self.seq {
            return;
        }
        self.seq = recorded.seq;
        let at = recorded.at;
        self.note_place(&recorded.event);
        match &recorded.event {
            Event::PartSet { part } => self.set(part),
            Event::EntryPut { .. } | Event::EntryRemoved { .. } | Event::Ordered { .. } => {
                self.apply_entry(&recorded.event);
            }
            Event::Answered { participation, is_coming, note } => {
                self.answers.insert(*participation, Answer { is_coming: *is_coming, note: note.clone(), at });
            }
            Event::CheckedIn { .. } | Event::Left { .. } => self.apply_attendance(&recorded.event, at),
            Event::Opened => (self.phase, self.opened_at) = (Phase::Open, Some(at)),
            Event::Closed => (self.phase, self.closed_at) = (Phase::Closed, Some(at)),
            Event::RecordedAfterwards { basis } => {
                (self.phase, self.recording) = (Phase::Recorded, Some(Recording { basis: basis.clone(), at }));
            }
            Event::Adjourned { reason } => {
                self.phase = Phase::Adjourned;
                self.breaks.push((at, None, reason.clone()));
            }
            Event::Resumed => {
                self.phase = Phase::Open;
                self.breaks.iter_mut().filter(|pause| pause.1.is_none()).for_each(|pause| pause.1 = Some(at));
            }
            Event::ItemStarted { .. } | Event::ItemEnded { .. } | Event::ItemSkipped { .. } => {
                self.apply_programme(&recorded.event, at);
            }
            Event::AwardHanded { award, recipient, handed_by, received_by, is_substitute } => {
                let (handed_by, received_by) = (handed_by.clone(), received_by.clone());
                let handing =
                    Handing { recipient: *recipient, handed_by, received_by, is_substitute: *is_substitute, at };
                self.handed.entry(*award).or_default().push(handing);
            }
            Event::ScreenTurned { screen, subject } if subject.is_empty() => drop(self.screens.remove(screen)),
            Event::ScreenTurned { screen, subject } => drop(self.screens.insert(screen.clone(), subject.clone())),
            Event::Forgotten => self.forget(),
            event => {
                self.apply_floor(event, at);
                self.apply_poll(event, at);
            }
        }
    }

    fn set(&mut self, part: &Part) {
        match part {
            Part::Head(head) => self.head = (**head).clone(),
            Part::Rules(rules) => self.rules = rules.clone(),
            Part::Report(report) => self.report = report.clone(),
            Part::Closing(closing) => self.closing = closing.clone(),
        }
    }

    fn apply_entry(&mut self, event: &Event) {
        match event {
            Event::EntryPut { id, content } => {
                if content.kind() == super::EntryKind::AgendaItem && !self.order.contains(id) {
                    self.order.push(*id);
                }
                self.records.put(*id, content.clone());
            }
            Event::EntryRemoved { register, id } => {
                if *register == super::EntryKind::AgendaItem {
                    self.order.retain(|item| item != id);
                }
                self.records.remove(*register, *id);
            }
            Event::Ordered { items } => self.order.clone_from(items),
            _ => {}
        }
    }

    fn apply_attendance(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::CheckedIn { participation, client_id, road, desk, venue, heads, scanned_at } => {
                self.scans.insert(client_id.clone(), *participation);
                let (road, desk, venue, heads, scanned_at) = (*road, desk.clone(), *venue, *heads, *scanned_at);
                let presence = Presence { at, desk, venue, road, heads, scanned_at, left_at: None };
                self.attendance.insert(*participation, presence);
                self.enrol(*participation, heads);
            }
            Event::Left { participation } => {
                if let Some(presence) = self.attendance.get_mut(participation) {
                    presence.left_at = Some(at);
                }
            }
            _ => {}
        }
    }

    /// Puts who arrives on the rolls of open polls. A place that several share stands there once: for who came last, unless
    /// another has voted for it.
    fn enrol(&mut self, participation: Id, heads: u32) {
        // Who shares a place is found by a walk through the whole list: only where a poll asks for it.
        if self.open_poll().is_none() {
            return;
        }
        if !self.records.participations.get(participation).is_some_and(|line| line.may_vote) {
            return;
        }
        let sharers = self.place_sharers(participation);
        for poll in self.polls.values_mut().filter(|poll| poll.is_open()) {
            if poll.voted.iter().any(|voter| sharers.contains(voter)) {
                continue;
            }
            poll.roll.retain(|line, _| !sharers.contains(line));
            let seat = poll.roll.entry(participation).or_insert(heads);
            *seat = (*seat).max(heads);
        }
    }

    fn apply_floor(&mut self, event: &Event, at: Timestamp) {
        let (request, state) = match event {
            Event::FloorRequested { request, participation, topic, is_from_desk } => {
                let (participation, topic, is_from_desk) = (*participation, topic.clone(), *is_from_desk);
                let asked = FloorRequest { participation, topic, is_from_desk, at, state: FloorState::Waiting };
                self.floor.insert(*request, asked);
                return;
            }
            Event::RequestWithdrawn { request } => (request, FloorState::Withdrawn),
            Event::SpeakerCalled { request } => (request, FloorState::Speaking { since: at }),
            Event::SpeakerSkipped { request, reason } => (request, FloorState::Skipped { reason: reason.clone() }),
            Event::SpeechEnded { request } => {
                let since = match self.floor.get(request).map(|asked| &asked.state) {
                    Some(FloorState::Speaking { since }) => *since,
                    _ => at,
                };
                (request, FloorState::Spoken { since, until: at })
            }
            _ => return,
        };
        if let Some(asked) = self.floor.get_mut(request) {
            asked.state = state;
        }
    }

    fn apply_poll(&mut self, event: &Event, at: Timestamp) {
        if let Event::PollOpened { poll, question } = event {
            let opened = Poll::open(question.clone(), at, self.roll());
            self.polls.insert(*poll, opened);
            return;
        }
        let (Event::HandsKeyed { poll, .. }
        | Event::BallotCast { poll, .. }
        | Event::SecretBallotMarked { poll, .. }
        | Event::PollClosed { poll, .. }
        | Event::PollCancelled { poll, .. }) = event
        else {
            return;
        };
        let Some(poll) = self.polls.get_mut(poll) else { return };
        match event {
            Event::HandsKeyed { block, counts, .. } => drop(poll.hands.insert(block.clone(), counts.clone())),
            Event::BallotCast { participation, choices, .. } => {
                poll.voted.insert(*participation);
                poll.cast.insert(*participation, choices.clone());
            }
            Event::SecretBallotMarked { participation, .. } => drop(poll.voted.insert(*participation)),
            Event::PollClosed { ballots, .. } => {
                (poll.state, poll.closed_at) = (PollState::Closed, Some(at));
                poll.opened_box.clone_from(ballots);
            }
            Event::PollCancelled { .. } => (poll.state, poll.closed_at) = (PollState::Cancelled, Some(at)),
            _ => {}
        }
    }

    /// Who is here and may vote, with the heads of each line; who is replaced leaves the place to the substitute.
    pub fn roll(&self) -> BTreeMap<Id, u32> {
        let here = self.attendance.iter().filter(|(_, presence)| presence.is_here() && presence.heads > 0);
        let entitled: BTreeSet<Id> =
            self.records.participations.iter().filter(|(_, line)| line.may_vote).map(|(id, _)| id).collect();
        let replaced = self.replaced();
        let votes = |id: &Id| entitled.contains(id) && !replaced.contains(id);
        here.filter(|(id, _)| votes(id)).map(|(id, presence)| (*id, presence.heads)).collect()
    }
}
