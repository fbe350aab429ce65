//! The desk as its page draws it.

use domain::conference::{
    Conference, FloorRequest, Handing, Id, Opinion, Outcome, Participation, PollState, introduction, time_of_day,
};
use jiff::Timestamp;

use super::{desk::target_text, projector};
use crate::{
    conference::view::{self, LiveView},
    platform::web::{Serde, Value, context},
};

/// So many rows of each list stand on the desk.
const ROW_COUNT_MAX: usize = 25;

/// Names of screens that are offered before the desk has named any.
const USUAL_SCREENS: [&str; 2] = ["Chính", "Bên cánh"];

pub(super) fn values(state: &Conference, now: Timestamp) -> Value {
    context! {
        live => Serde(LiveView::of(state, now)), programme => programme(state), floor => floor(state),
        spoken => spoken(state), notes => notes(state), polls => polls(state), screens => screens(state),
        subjects => projector::SUBJECTS, rules => Serde(&state.rules),
        targets => targets(state), directives => directives(state), conclusions => conclusions(state),
        blocks => blocks(state), opened_at => state.opened_at.map(time_of_day), closed_at => state.closed_at.map(time_of_day),
        topics => state.rules.topics.iter().map(|topic| topic.name.clone()).collect::<Vec<_>>(),
        outcomes => Outcome::ALL.map(Outcome::as_str), count => Serde(state.count()),
        silent_count => state.silent_units().len(),
        resolutions => Serde(state.records.resolutions.iter().map(|(_, made)| made).collect::<Vec<_>>()),
        voices => voices(state), voice_count => state.voices().len(), lag => warnings(state), ..awards(state)
    }
}

fn programme(state: &Conference) -> Vec<Value> {
    let slots = state.schedule();
    state
        .programme()
        .zip(&slots)
        .map(|((id, item), slot)| {
            let progress = state.progress.get(&id);
            let presenter = item.presenter.and_then(|id| state.records.participations.get(id));
            context! {
                id, title => item.shown_title(), is_now => state.current_item == Some(id),
                by => presenter.map_or_else(|| item.presenter_words.clone(), introduction),
                is_over => progress.is_some_and(|progress| progress.is_over()),
                skipped => progress.and_then(|progress| progress.skipped.clone()),
                planned => slot.starts_at.map(|at| at.strftime("%H:%M").to_string()),
                minutes => item.minutes,
                started => progress.and_then(|progress| progress.started_at).map(time_of_day),
            }
        })
        .collect()
}

fn floor(state: &Conference) -> Vec<Value> {
    state
        .waiting()
        .take(ROW_COUNT_MAX)
        .map(|(id, request)| request_values(state, id, request.participation, &request.topic))
        .collect()
}

fn request_values(state: &Conference, id: Id, participation: Id, topic: &str) -> Value {
    let line = state.records.participations.get(participation);
    let unit_key = line.map_or("", Participation::unit_key);
    let of_unit = |other: &&FloorRequest| {
        let other = state.records.participations.get(other.participation);
        !unit_key.is_empty() && other.is_some_and(|other| other.unit_key() == unit_key)
    };
    context! {
        id, topic, name => line.map_or("", |line| line.shown_name()),
        spoken_count => state.spoken_count(participation), unit_max => state.rules.speech_count_per_unit_max,
        unit_count => state.floor.values().filter(|other| other.state.counts()).filter(of_unit).count(),
        unit => line.map_or("", |line| line.unit_name.as_str()),
        is_here => state.heads_here(participation) > 0,
    }
}

/// Those who have spoken and of whom nothing is noted yet, the latest first.
fn spoken(state: &Conference) -> Vec<Value> {
    let is_noted = |id: Id| state.records.opinions.iter().any(|(_, opinion)| opinion.request == Some(id));
    let spoken = state.floor.iter().rev().filter(|(id, request)| request.state.has_spoken() && !is_noted(**id));
    spoken.take(5).map(|(id, request)| request_values(state, *id, request.participation, &request.topic)).collect()
}

/// What was noted, the latest first.
fn notes(state: &Conference) -> Vec<Value> {
    let noted = state.records.opinions.iter().rev().take(ROW_COUNT_MAX);
    noted.map(|(id, opinion)| context! { id, who => speaker_of(state, opinion), ..note_values(opinion) }).collect()
}

fn speaker_of<'a>(state: &'a Conference, opinion: &'a Opinion) -> &'a str {
    let line = opinion.speaker.and_then(|id| state.records.participations.get(id));
    line.map_or(opinion.speaker_name.as_str(), Participation::shown_name)
}

fn note_values(opinion: &Opinion) -> Value {
    context! {
        unit => opinion.unit_name.as_str(), topic => opinion.topic.as_str(), summary => opinion.summary.as_str(),
        text => opinion.text.as_str(), is_of_partner => opinion.is_of_partner, answer => opinion.answer.as_str(),
        answered_by => opinion.answered_by.as_str(),
    }
}

/// The units by how often they were heard; those never heard stand first.
fn voices(state: &Conference) -> Vec<Value> {
    state.voices().iter().take(ROW_COUNT_MAX).map(|unit| Value::from(Serde(unit))).collect()
}

/// The screens that the desk has turned, and those that a hall usually has.
fn screens(state: &Conference) -> Vec<Value> {
    let usual = USUAL_SCREENS.into_iter().filter(|name| !state.screens.contains_key(*name));
    let usual = usual.map(|name| (name, projector::BY_ITSELF));
    let turned = state.screens.iter().map(|(name, subject)| (name.as_str(), subject.as_str()));
    turned.chain(usual).map(|(name, subject)| context! { name, subject }).collect()
}

fn polls(state: &Conference) -> Vec<Value> {
    let shown = state.polls.iter().rev().filter(|(_, poll)| poll.state != PollState::Cancelled).take(4);
    shown
        .map(|(id, poll)| {
            context! {
                view => Serde(view::poll_view(*id, poll)), hands => Serde(&poll.hands), device_count => poll.device_count(),
                hand_count => poll.hand_count(), is_unanimous => poll.state == PollState::Closed && poll.tally().is_unanimous(),
            }
        })
        .collect()
}

/// The blocks of seats in which hands are counted.
fn blocks(state: &Conference) -> Vec<String> {
    let mut blocks: Vec<String> = state
        .records
        .participations
        .iter()
        .map(|(_, line)| line.block.clone())
        .filter(|block| !block.is_empty())
        .collect();
    blocks.sort();
    blocks.dedup();
    blocks
}

/// The run sheet by group, with what was handed over and by whom.
fn awards(state: &Conference) -> Value {
    let mut awards: Vec<_> = state.records.awards.iter().collect();
    awards.sort_by_key(|(id, award)| (award.order, *id));
    let to_hand = awards.iter().map(|(_, award)| award.recipients.len().max(1)).sum::<usize>();
    let handed = state.handed.values().map(Vec::len).sum::<usize>();
    let row = |(id, award): (Id, &domain::conference::Award)| {
        let handed = state.handed.get(&id).map_or(&[][..], Vec::as_slice);
        let handing = |place: Option<u32>| handed.iter().find(|one| one.recipient == place).map(handing_values);
        let recipients: Vec<Value> = (0_u32..)
            .zip(&award.recipients)
            .map(|(place, to)| {
                let represented_by = to.represented_by.as_str();
                context! { place, represented_by, name => to.name.as_str(), handing => handing(Some(place)) }
            })
            .collect();
        let presenter = award.presenter.and_then(|id| state.records.participations.get(id));
        context! {
            id, recipients, name => award.shown_name(), granted_by => award.granted_by.as_str(),
            group => award.group.as_str(), handing => handing(None),
            presenter => presenter.map_or(award.presenter_words.as_str(), Participation::shown_name),
        }
    };
    let rows: Vec<Value> = awards.into_iter().take(ROW_COUNT_MAX).map(row).collect();
    context! { awards => rows, handed_count => handed, to_hand_count => to_hand }
}

fn handing_values(handing: &Handing) -> Value {
    context! {
        at => time_of_day(handing.at), handed_by => handing.handed_by.as_str(),
        received_by => handing.received_by.as_str(), is_substitute => handing.is_substitute,
    }
}

fn targets(state: &Conference) -> Vec<Value> {
    state.records.targets.iter().map(|(id, target)| context! { id, text => target_text(target) }).collect()
}

fn directives(state: &Conference) -> Vec<Value> {
    let is_task = |id: Id| state.records.conclusions.iter().any(|(_, task)| task.directive == Some(id));
    let open = state.records.directives.iter().filter(|(id, _)| !is_task(*id));
    open.map(|(id, directive)| context! { id, text => directive.text.as_str() }).collect()
}

fn conclusions(state: &Conference) -> Vec<Value> {
    let tasks = state.records.conclusions.iter();
    tasks
        .map(|(id, task)| {
            context! {
                id, what => task.what.as_str(), lead => task.lead.as_str(), partners => task.partners.join(", "),
                due => task.due_on.map(|day| day.to_string()),
            }
        })
        .collect()
}

/// What the desk should know and nothing forbids: a speaker who is not in the list of guests.
fn warnings(state: &Conference) -> Vec<String> {
    state.unlisted_speakers().map(str::to_owned).collect()
}
