//! The state as every screen shows it: small, the same for all, nothing of one person's.

use domain::conference::{Conference, Count, Id, Poll, PollState, introduction};
use jiff::Timestamp;
use serde::Serialize;

/// What a screen is told at every change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct LiveView {
    /// The place of the last event.
    pub seq: u64,
    /// How far the conference is.
    pub phase: String,
    /// So many are here.
    pub present: u32,
    /// So many are expected.
    pub expected: u32,
    /// The item that runs.
    pub item: Option<ItemView>,
    /// The item after it.
    pub next_item: String,
    /// How late the hall is, in minutes.
    pub drift: Option<i64>,
    /// Who speaks.
    pub speaker: Option<SpeakerView>,
    /// So many wait for the floor.
    pub waiting_count: usize,
    /// The poll that is open, else the latest closed one.
    pub poll: Option<PollView>,
    /// Who is here by level and by venue, in their order.
    pub levels: Vec<CountView>,
    pub venues: Vec<CountView>,
    /// What was done last could not be written.
    pub is_failing: bool,
    /// What each part of a page stands on: a part is drawn anew when its text here changes.
    pub parts: Parts,
}

/// Here and expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CountView {
    pub name: String,
    pub present: u32,
    pub expected: u32,
}

impl CountView {
    fn of(name: &str, count: Count) -> Self {
        Self { name: name.to_owned(), present: count.present, expected: count.expected }
    }
}

/// What a phone is told: nothing that changes with every ballot and every arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct PhoneView {
    pub phase: String,
    pub item: Option<ItemView>,
    pub next_item: String,
    pub speaker: Option<SpeakerView>,
    /// Request and line of the list of who speaks.
    pub speaking: Option<(Id, Id)>,
    /// Request and line of those who wait, first come first: a phone finds its own place.
    pub queue: Vec<(Id, Id)>,
    pub poll: Option<PollView>,
    pub is_failing: bool,
    pub parts: PhoneParts,
}

/// The parts of a phone's page. Its place in the queue and the result of a poll need no new drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct PhoneParts {
    pub programme: String,
    pub poll: String,
}

impl PhoneView {
    /// What phones are told of this view.
    pub(super) fn of(live: &LiveView, conference: &Conference) -> Self {
        let mut poll = live.poll.clone();
        // How many have voted so far changes with every ballot.
        poll.iter_mut().filter(|poll| poll.is_open).for_each(|poll| poll.voted = 0);
        Self {
            phase: live.phase.clone(),
            item: live.item.clone(),
            next_item: live.next_item.clone(),
            speaker: live.speaker.clone(),
            speaking: conference.speaking().map(|(id, request)| (id, request.participation)),
            queue: conference.waiting().map(|(id, request)| (id, request.participation)).collect(),
            poll,
            is_failing: live.is_failing,
            parts: PhoneParts {
                programme: format!("{}/{}", live.phase, live.item.is_some()),
                poll: live.parts.poll.clone(),
            },
        }
    }
}

/// The item that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ItemView {
    pub id: Id,
    pub title: String,
    pub by: String,
    /// When it began, for a clock on the screen.
    pub since: String,
    pub minutes: Option<u16>,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct SpeakerView {
    pub name: String,
    pub unit: String,
    pub topic: String,
    pub since: String,
    pub seconds_max: Option<u32>,
}

/// A poll as everybody may see it: of a secret one only how many voted, until it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct PollView {
    pub id: Id,
    pub text: String,
    pub is_open: bool,
    pub is_secret: bool,
    pub by_hands: bool,
    pub by_devices: bool,
    pub voted: u32,
    pub present: u32,
    pub options: Vec<OptionView>,
    pub sentence: String,
}

/// An option with its count; empty while the poll is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct OptionView {
    pub text: String,
    pub total: Option<u32>,
    pub by_hands: Option<u32>,
    pub by_devices: Option<u32>,
    /// Share of those present in tenths of a percent.
    pub tenths: u32,
    /// The same as it is printed (`92,9 %`).
    pub share: String,
}

/// Changes of these texts say which parts of a page are out of date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Parts {
    pub programme: String,
    pub floor: String,
    pub poll: String,
    pub votes: String,
    pub presence: String,
    pub record: String,
    pub screens: String,
}

impl LiveView {
    /// The view of a conference at a moment.
    pub(super) fn of(conference: &Conference, now: Timestamp) -> Self {
        let count = conference.count();
        let next = conference.next_item().and_then(|id| conference.records.items.get(id));
        Self {
            seq: conference.seq,
            phase: conference.phase.as_str().to_owned(),
            present: count.present,
            expected: count.expected,
            item: item(conference),
            next_item: next.map_or_else(String::new, |item| item.shown_title().to_owned()),
            drift: conference.drift_minutes(now),
            speaker: speaker(conference),
            waiting_count: conference.waiting().count(),
            poll: shown_poll(conference).map(|(id, poll)| poll_view(id, poll)),
            levels: levels(conference),
            venues: venues(conference),
            is_failing: false,
            parts: parts(conference, count.present),
        }
    }
}

/// The presence of each level, by its abbreviation.
fn levels(conference: &Conference) -> Vec<CountView> {
    let counts = conference.count_by_level().into_iter();
    counts.filter_map(|level| Some(CountView::of(level.of?.abbreviation(), level.count))).collect()
}

/// The presence of each venue, by its name; of one hall there is nothing to tell apart.
fn venues(conference: &Conference) -> Vec<CountView> {
    if conference.records.venues.is_empty() {
        return Vec::new();
    }
    let name = |id: Option<Id>| match id.and_then(|id| conference.records.venues.get(id)) {
        Some(venue) => venue.name.clone(),
        None => String::new(),
    };
    let counts = conference.count_by_venue().into_iter();
    counts.map(|venue| CountView::of(&name(venue.of), venue.count)).collect()
}

fn item(conference: &Conference) -> Option<ItemView> {
    let id = conference.current_item?;
    let item = conference.records.items.get(id)?;
    let presenter = item.presenter.and_then(|id| conference.records.participations.get(id));
    let since = conference.progress.get(&id).and_then(|progress| progress.started_at);
    Some(ItemView {
        id,
        title: item.shown_title().to_owned(),
        by: presenter.map_or_else(|| item.presenter_words.clone(), introduction),
        since: since.map_or_else(String::new, |at| at.to_string()),
        minutes: item.minutes,
    })
}

fn speaker(conference: &Conference) -> Option<SpeakerView> {
    let (_, request) = conference.speaking()?;
    let line = conference.records.participations.get(request.participation)?;
    let since = match &request.state {
        domain::conference::FloorState::Speaking { since } => since.to_string(),
        _ => String::new(),
    };
    Some(SpeakerView {
        name: line.shown_name().to_owned(),
        unit: line.unit_name.clone(),
        topic: request.topic.clone(),
        since,
        seconds_max: conference.rules.speech_seconds_max,
    })
}

/// The poll on the screens: the open one, else the latest that was closed in the running conference.
pub(super) fn shown_poll(conference: &Conference) -> Option<(Id, &Poll)> {
    let closed = || {
        let mut latest = conference.polls.iter().rev().filter(|(_, poll)| poll.state == PollState::Closed);
        latest.next().map(|(id, poll)| (*id, poll))
    };
    conference.open_poll().or_else(|| if conference.phase.is_over() { None } else { closed() })
}

pub(super) fn poll_view(id: Id, poll: &Poll) -> PollView {
    let tally = poll.tally();
    let is_counted = poll.state == PollState::Closed;
    let option = |(place, count): (usize, &domain::conference::OptionCount)| OptionView {
        text: count.option.clone(),
        total: is_counted.then(|| count.total()),
        by_hands: (is_counted && poll.question.by_hands).then_some(count.by_hands),
        by_devices: (is_counted && poll.question.by_devices).then_some(count.by_devices),
        tenths: if is_counted { tally.share(place).tenths() } else { 0 },
        share: if is_counted { tally.share(place).to_string() } else { String::new() },
    };
    PollView {
        id,
        text: poll.question.text.clone(),
        is_open: poll.is_open(),
        is_secret: poll.question.is_secret,
        by_hands: poll.question.by_hands,
        by_devices: poll.question.by_devices,
        voted: tally.voted,
        present: tally.present,
        options: tally.options.iter().enumerate().map(option).collect(),
        sentence: poll.sentence().unwrap_or_default(),
    }
}

fn parts(conference: &Conference, present: u32) -> Parts {
    let polls: Vec<String> = conference.polls.iter().map(|(id, poll)| format!("{id}{:?}", poll.state)).collect();
    let votes = conference.open_poll().map_or(0, |(_, poll)| poll.tally().voted);
    let over = conference.progress.values().filter(|progress| progress.is_over()).count();
    let floor = conference.waiting().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(",");
    let records = &conference.records;
    let noted = [
        records.opinions.next_id(),
        records.speeches.next_id(),
        records.directives.next_id(),
        records.conclusions.next_id(),
        records.resolutions.next_id(),
    ];
    let answered = records.opinions.iter().filter(|(_, opinion)| !opinion.answer.is_empty()).count();
    let handed: usize = conference.handed.values().map(Vec::len).sum();
    Parts {
        programme: format!("{:?}/{:?}/{over}/{:?}", conference.phase, conference.current_item, conference.order),
        floor: format!("{floor}/{:?}", conference.speaking().map(|(id, _)| id)),
        poll: polls.join(","),
        votes: votes.to_string(),
        presence: present.to_string(),
        record: format!("{noted:?}/{answered}/{handed}"),
        screens: format!("{:?}", conference.screens),
    }
}
