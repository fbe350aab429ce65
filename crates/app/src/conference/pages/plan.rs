//! `/hoi-nghi/{id}`: the plan — head, programme, papers, awards, targets, jobs, rules.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::{
    Level,
    conference::{
        Award, Clearance, Command, Conference, ConferencePaper, DayPart, Entry, EntryKind, Head, Id, PaperUse, Part,
        PlanDocument, Recipient, Rules, Target, Topic, Venue,
    },
};
use serde::Deserialize;

use super::{
    here,
    typed::{Fields, Typed, asked},
};
use crate::{
    conference::{RUN, operations},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi/{id}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let values = {
        let state = here.hall.state().await;
        values(&state)
    };
    Ok(here.page("conference/plan.html", "plan", visitor, values))
}

fn values(state: &Conference) -> Value {
    let slots = state.schedule();
    let items: Vec<Value> = state
        .programme()
        .zip(&slots)
        .map(|((id, item), slot)| {
            let presenter = item.presenter.and_then(|id| state.records.participations.get(id));
            let by = presenter.map_or(item.presenter_words.as_str(), |line| line.shown_name());
            context! {
                id, title => item.shown_title(), by, minutes => item.minutes, overlaps => slot.overlaps,
                starts_at => slot.starts_at.map(|at| at.strftime("%H:%M").to_string()),
                ends_at => slot.ends_at.map(|at| at.strftime("%H:%M").to_string()),
            }
        })
        .collect();
    let records = &state.records;
    let levels: Vec<(&str, &str, &str)> =
        Level::ALL.iter().map(|level| (level.as_str(), level.label().0, level.label().1)).collect();
    let papers: Vec<Value> = records.papers.iter().map(|(id, paper)| context! { id, paper => Serde(paper) }).collect();
    let awards: Vec<Value> = records
        .awards
        .iter()
        .map(|(id, award)| context! { id, name => award.shown_name(), award => Serde(award) })
        .collect();
    let named =
        |all: Vec<(Id, Value)>| -> Vec<Value> { all.into_iter().map(|(id, entry)| context! { id, entry }).collect() };
    let targets = named(records.targets.iter().map(|(id, target)| (id, Value::from(Serde(target)))).collect());
    let jobs = || records.jobs.iter().filter(|(_, job)| !job.what.is_empty());
    let jobs_done = jobs().filter(|(_, job)| job.done_on.is_some()).count();
    let places: u32 = records.quotas.iter().map(|(_, quota)| quota.delegate_count).sum();
    let venues = named(records.venues.iter().map(|(id, venue)| (id, Value::from(Serde(venue)))).collect());
    context! {
        head => Serde(&state.head), rules => Serde(&state.rules), lead_days => state.head.planning_lead_days(),
        phase => state.phase.as_str(), items, planned_minutes => state.planned_minutes(),
        levels => Serde(&levels), papers, awards, targets, venues, job_count => jobs().count(), jobs_done, places,
        unit_count => records.quotas.len(),
        count => Serde(state.count()),
        coming => state.answers.values().filter(|answer| answer.is_coming).count(),
    }
}

/// What is done to the plan.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Head {
        title: String,
        #[serde(default)]
        held_on: String,
        #[serde(default)]
        day_part: String,
        #[serde(default)]
        starts_at: String,
        #[serde(default)]
        place: String,
        #[serde(default)]
        level: String,
        #[serde(default)]
        plan_number: String,
        #[serde(default)]
        plan_issued_on: String,
        #[serde(default)]
        plan_issuer: String,
        #[serde(default)]
        co_organisers: Option<String>,
    },
    Move {
        item: Id,
        direction: String,
    },
    Remove {
        register: String,
        id: Id,
    },
    AddPaper {
        #[serde(default)]
        topic: String,
        #[serde(default)]
        level: String,
        #[serde(default)]
        unit_name: String,
        #[serde(default)]
        speaker_name: String,
        #[serde(default)]
        due_on: String,
    },
    JudgePaper {
        paper: Id,
        clearance: String,
        used: String,
        #[serde(default)]
        remark: String,
        #[serde(default)]
        title: Option<String>,
        #[serde(default)]
        text: Option<String>,
    },
    AddTarget {
        text: String,
        #[serde(default)]
        level: String,
    },
    AddAward {
        #[serde(default)]
        title: String,
        #[serde(default)]
        form: String,
        #[serde(default)]
        granted_by: String,
        #[serde(default)]
        recipients: String,
    },
    AddVenue {
        name: String,
        #[serde(default)]
        head: String,
    },
    Rules {
        #[serde(default)]
        speech_minutes: String,
        #[serde(default)]
        per_unit: String,
        #[serde(default)]
        quorum: String,
        #[serde(default)]
        majority: Option<String>,
        #[serde(default)]
        topics: String,
    },
}

/// `POST /hoi-nghi/{id}`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    let here = here(&office, &visitor, id, RUN).await?;
    let act: Act = asked(fields)?;
    let (command, part) = {
        let state = here.hall.state().await;
        command(&state, act)?
    };
    operations::command(&office, &visitor.context(), id, command).await?;
    Ok(Redirect::to(&format!("/hoi-nghi/{id}#{part}")))
}

/// The command that a form asks for, and the part of the page to come back to.
fn command(state: &Conference, act: Act) -> Result<(Command, &'static str)> {
    let mut typed = Typed::default();
    let words = |text: &str| Typed::words(text);
    let put = |entry: Entry| Command::Put(None, entry);
    let command = match act {
        Act::Head { .. } => (head(state, act, &mut typed), "head"),
        Act::Move { item, direction } => (Command::Order(moved(&state.order, item, &direction)), "programme"),
        Act::Remove { register, id } => {
            let kind = typed.chosen("register", &register, EntryKind::parse).unwrap_or(EntryKind::AgendaItem);
            (Command::Remove(kind, id), "main")
        }
        Act::AddPaper { topic, level, unit_name, speaker_name, due_on } => {
            let paper = ConferencePaper {
                topic: words(&topic),
                level: typed.level("level", &level),
                unit_name: words(&unit_name),
                speaker_name: words(&speaker_name),
                due_on: typed.day("due_on", &due_on),
                ..ConferencePaper::default()
            };
            (put(Entry::ConferencePaper(paper)), "papers")
        }
        Act::JudgePaper { .. } => (judged(state, act, &mut typed), "papers"),
        Act::AddTarget { text, level } => {
            let level = typed.level("level", &level);
            (put(Entry::Target(Target { text: words(&text), level, ..Target::default() })), "targets")
        }
        Act::AddAward { title, form, granted_by, recipients } => {
            let recipients = Typed::lines(&recipients).into_iter();
            let recipients = recipients.map(|name| Recipient { name, ..Recipient::default() }).collect();
            let order = u32::try_from(state.records.awards.len() + 1).unwrap_or(u32::MAX);
            let (award_title, award_form, granted_by) = (words(&title), words(&form), words(&granted_by));
            let award = Award { order, award_title, award_form, granted_by, recipients, ..Award::default() };
            (put(Entry::Award(award)), "awards")
        }
        Act::AddVenue { name, head } => {
            let is_main = state.records.venues.is_empty();
            let venue = Venue { name: words(&name), head: words(&head), is_main, ..Venue::default() };
            (put(Entry::Venue(venue)), "venues")
        }
        Act::Rules { .. } => (rules(state, act, &mut typed), "rules"),
    };
    typed.done()?;
    Ok(command)
}

fn judged(state: &Conference, act: Act, typed: &mut Typed) -> Command {
    let Act::JudgePaper { paper, clearance, used, remark, title, text } = act else {
        return Command::Set(Part::Head(Box::new(state.head.clone())));
    };
    let known = state.records.papers.get(paper).cloned().unwrap_or_default();
    let judged = ConferencePaper {
        clearance: typed.chosen("clearance", &clearance, clearance_of).unwrap_or_default(),
        used: typed.chosen("used", &used, use_of).unwrap_or_default(),
        remark: Typed::words(&remark),
        title: title.map_or_else(|| known.title.clone(), |title| Typed::words(&title)),
        text: text.map_or_else(|| known.text.clone(), |text| text.replace("\r\n", "\n").trim().to_owned()),
        ..known
    };
    Command::Put(Some(paper), Entry::ConferencePaper(judged))
}

fn head(state: &Conference, act: Act, typed: &mut Typed) -> Command {
    let Act::Head {
        title,
        held_on,
        day_part,
        starts_at,
        place,
        level,
        plan_number,
        plan_issued_on,
        plan_issuer,
        co_organisers,
    } = act
    else {
        return Command::Set(Part::Head(Box::new(state.head.clone())));
    };
    let plan = PlanDocument {
        issued_on: typed.day("plan_issued_on", &plan_issued_on),
        issuer: Typed::words(&plan_issuer),
        ..typed.taken(state.head.plan.clone().numbered(&plan_number))
    };
    let co_organisers = co_organisers.map_or_else(|| state.head.co_organisers.clone(), |lines| Typed::lines(&lines));
    Command::Set(Part::Head(Box::new(Head {
        title: Typed::words(&title),
        held_on: typed.day("held_on", &held_on),
        day_part: typed.chosen("day_part", &day_part, DayPart::parse),
        starts_at: typed.time("starts_at", &starts_at),
        place: Typed::words(&place),
        level: typed.level("level", &level),
        plan,
        co_organisers,
        ..state.head.clone()
    })))
}

fn rules(state: &Conference, act: Act, typed: &mut Typed) -> Command {
    let Act::Rules { speech_minutes, per_unit, quorum, majority, topics } = act else {
        return Command::Set(Part::Rules(state.rules.clone()));
    };
    let minutes: Option<u32> = typed.number("speech_minutes", &speech_minutes);
    let topic = |line: String| {
        let (name, most) = line.split_once('|').unwrap_or((&line, ""));
        Topic { name: Typed::words(name), speaker_count_max: most.trim().parse().ok() }
    };
    Command::Set(Part::Rules(Rules {
        speech_seconds_max: minutes.map(|minutes| minutes.saturating_mul(60)),
        speech_count_per_unit_max: typed.number("per_unit", &per_unit),
        quorum_percent: typed.number("quorum", &quorum),
        majority_percent: majority.map_or(state.rules.majority_percent, |majority| typed.number("majority", &majority)),
        topics: Typed::lines(&topics).into_iter().map(topic).collect(),
    }))
}

/// The programme with one item a place up or down.
pub(super) fn moved(order: &[Id], item: Id, direction: &str) -> Vec<Id> {
    let mut order = order.to_vec();
    if let Some(place) = order.iter().position(|id| *id == item) {
        let other = if direction == "up" { place.checked_sub(1) } else { Some(place + 1) };
        if let Some(other) = other.filter(|other| *other < order.len()) {
            order.swap(place, other);
        }
    }
    order
}

fn clearance_of(text: &str) -> Option<Clearance> {
    match text {
        "assigned" => Some(Clearance::Assigned),
        "received" => Some(Clearance::Received),
        "returned" => Some(Clearance::Returned),
        "cleared" => Some(Clearance::Cleared),
        _ => None,
    }
}

fn use_of(text: &str) -> Option<PaperUse> {
    match text {
        "undecided" => Some(PaperUse::Undecided),
        "read" => Some(PaperUse::Read),
        "enclosed" => Some(PaperUse::Enclosed),
        _ => None,
    }
}
