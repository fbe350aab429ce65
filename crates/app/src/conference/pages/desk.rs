//! `/hoi-nghi/{id}/dieu-hanh`: the desk of the hall; and the same by who sits there: the chair (`chu-toa`), the secretary
//! (`thu-ky`), whoever reads the awards (`trao-thuong`). Each page sends its forms to its own address.

use axum::{
    extract::{OriginalUri, Path, State},
    http::Uri,
    response::Redirect,
};
use domain::{
    Reason, Refusal,
    conference::{
        Arrival, Command, Conclusion, Conference, Entry, FoundBy, Id, Opinion, Outcome, Participation, PollKind,
        Question, Resolution, Road, Speech, SpeechKind, Target,
    },
    vietnamese::fold,
};
use serde::Deserialize;

use super::{
    DESKS, desk_view, here, plan, projector,
    typed::{Fields, Typed, asked},
};
use crate::{
    conference::operations,
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result, secrets,
        web::{CsrfForm, Page, context},
    },
};

/// What a list of choices sends where nothing is chosen.
const NOTHING: Id = 0;

/// The desk of an address, with the right that it takes.
fn desk_of(uri: &Uri) -> (&'static str, Right) {
    DESKS.into_iter().find(|(desk, _)| uri.path().ends_with(desk)).unwrap_or(DESKS[0])
}

/// The parts of the page that belong to a desk: who sits there does nothing else. The first desk has all.
fn has_part(desk: &str, part: &str) -> bool {
    match desk {
        "chu-toa" => ["session", "programme", "floor", "poll", "screens"].contains(&part),
        "thu-ky" => ["notes", "conclusions"].contains(&part),
        "trao-thuong" => part == "awards",
        _ => true,
    }
}

/// `GET /hoi-nghi/{id}/dieu-hanh`, `…/chu-toa`, `…/thu-ky`, `…/trao-thuong`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    OriginalUri(uri): OriginalUri,
) -> Result<Page> {
    let (desk, right) = desk_of(&uri);
    let here = here(&office, &visitor, id, right).await?;
    let values = desk_view::values(&*here.hall.state().await, visitor.context().now);
    let page = context! { back => desk, scan => secrets::request_code(), ..values };
    Ok(here.page("conference/desk.html", "desk", visitor, page))
}

/// What is done at the desk.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Open {},
    Adjourn {
        #[serde(default)]
        reason: String,
    },
    Resume {},
    Close {},
    Next {},
    Start {
        item: Id,
    },
    MoveUp {
        item: Id,
    },
    MoveDown {
        item: Id,
    },
    Skip {
        item: Id,
        #[serde(default)]
        reason: String,
    },
    CheckIn {
        who: String,
        scan: String,
    },
    Ask {
        who: String,
        #[serde(default)]
        topic: String,
    },
    Call {
        request: Id,
    },
    Pass {
        request: Id,
        #[serde(default)]
        reason: String,
    },
    EndSpeech {},
    Note {
        #[serde(default)]
        request: Option<Id>,
        #[serde(default)]
        unit_name: String,
        #[serde(default)]
        topic: String,
        #[serde(default)]
        summary: String,
        #[serde(default)]
        text: String,
        #[serde(default)]
        speaker_name: String,
        #[serde(default)]
        is_of_partner: Option<String>,
    },
    Answer {
        id: Id,
        #[serde(default)]
        answered_by: String,
        #[serde(default)]
        answer: String,
    },
    Screen {
        screen: String,
        subject: String,
    },
    OpenPoll {
        text: String,
        #[serde(default)]
        by_hands: Option<String>,
        #[serde(default)]
        by_devices: Option<String>,
        #[serde(default)]
        is_secret: Option<String>,
        #[serde(default)]
        options: String,
        #[serde(default)]
        choice_count_max: String,
        #[serde(default)]
        target: Option<Id>,
    },
    Hands {
        poll: Id,
        #[serde(default)]
        block: String,
        #[serde(default)]
        count: Vec<String>,
    },
    ClosePoll {
        poll: Id,
    },
    CancelPoll {
        poll: Id,
        #[serde(default)]
        reason: String,
    },
    Resolve {
        subject: String,
        outcome: String,
        #[serde(default)]
        poll: Option<Id>,
    },
    Speech {
        kind: String,
        who: String,
        #[serde(default)]
        acknowledgement: String,
        #[serde(default)]
        text: String,
        #[serde(default)]
        directives: String,
    },
    Conclude {
        what: String,
        #[serde(default)]
        lead: String,
        #[serde(default)]
        partners: String,
        #[serde(default)]
        due_on: String,
        #[serde(default)]
        due_words: String,
        #[serde(default)]
        directive: Option<Id>,
    },
    Hand {
        award: Id,
        #[serde(default)]
        recipient: Option<u32>,
        #[serde(default)]
        handed_by: String,
        #[serde(default)]
        received_by: String,
    },
}

impl Act {
    /// The part of the page to come back to.
    fn part(&self) -> &'static str {
        match self {
            Self::Open {} | Self::Adjourn { .. } | Self::Resume {} | Self::Close {} => "session",
            Self::Next {} | Self::Start { .. } | Self::Skip { .. } | Self::MoveUp { .. } | Self::MoveDown { .. } => {
                "programme"
            }
            Self::CheckIn { .. } => "presence",
            Self::Ask { .. } | Self::Call { .. } | Self::Pass { .. } | Self::EndSpeech {} => "floor",
            Self::Note { .. } | Self::Answer { .. } => "notes",
            Self::Screen { .. } => "screens",
            Self::OpenPoll { .. } | Self::Hands { .. } | Self::ClosePoll { .. } | Self::CancelPoll { .. } => "poll",
            Self::Resolve { .. } | Self::Speech { .. } | Self::Conclude { .. } => "conclusions",
            Self::Hand { .. } => "awards",
        }
    }
}

/// `POST /hoi-nghi/{id}/dieu-hanh`, and of the other desks.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    OriginalUri(uri): OriginalUri,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    let (desk, right) = desk_of(&uri);
    let here = here(&office, &visitor, id, right).await?;
    let act: Act = asked(fields)?;
    let part = act.part();
    if !here.runs && !has_part(desk, part) {
        return Err(Error::Forbidden);
    }
    let context = visitor.context();
    let command = command(&*here.hall.state().await, act)?;
    operations::command(&office, &context, id, command).await?;
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/{desk}#{part}")))
}

fn command(state: &Conference, act: Act) -> Result<Command> {
    let words = |text: &str| Typed::words(text);
    Ok(match act {
        Act::Open {} => Command::Open,
        Act::Adjourn { reason } => Command::Adjourn(reason),
        Act::Resume {} => Command::Resume,
        Act::Close {} => Command::Close,
        Act::Next {} => Command::Next,
        Act::Start { item } => Command::StartItem(item),
        Act::Skip { item, reason } => Command::SkipItem(item, words(&reason)),
        Act::MoveUp { item } => Command::Order(plan::moved(&state.order, item, "up")),
        Act::MoveDown { item } => Command::Order(plan::moved(&state.order, item, "down")),
        Act::CheckIn { who, scan } => check_in(state, who, scan),
        Act::Ask { who, topic } => {
            Command::RequestFloor { participation: found(state, &who)?, topic: words(&topic), is_from_desk: true }
        }
        Act::Call { request } => Command::CallSpeaker(request),
        Act::Pass { request, reason } => Command::SkipSpeaker(request, words(&reason)),
        Act::EndSpeech {} => Command::EndSpeech,
        Act::Note { .. } => note(state, act)?,
        Act::Answer { id, answered_by, answer } => answered(state, id, &answered_by, &answer)?,
        Act::Screen { screen, subject } => {
            let subject = if subject == projector::BY_ITSELF { String::new() } else { subject };
            Command::TurnScreen { screen: words(&screen), subject }
        }
        Act::OpenPoll { .. } => Command::OpenPoll(question(act)?),
        Act::Hands { poll, block, count } => Command::KeyHands(poll, words(&block), counts(&count)?),
        Act::ClosePoll { poll } => Command::ClosePoll(poll, Vec::new()),
        Act::CancelPoll { poll, reason } => Command::CancelPoll(poll, words(&reason)),
        Act::Resolve { subject, outcome, poll } => {
            let outcome = Outcome::parse(&outcome).unwrap_or_default();
            let (subjects, poll) = (Typed::lines(&subject), poll.filter(|poll| *poll != NOTHING));
            let target = poll.and_then(|poll| state.polls.get(&poll)).and_then(|poll| poll.question.target);
            Command::Put(None, Entry::Resolution(Resolution { subjects, outcome, poll, target, words: String::new() }))
        }
        Act::Conclude { what, lead, partners, due_on, due_words, directive } => {
            let mut typed = Typed::default();
            let due_on = typed.day("due_on", &due_on);
            typed.done()?;
            let partners = partners.split([',', ';']).map(words).filter(|name| !name.is_empty()).collect();
            let (what, lead, due_words) = (words(&what), words(&lead), words(&due_words));
            let conclusion = Conclusion { directive, what, lead, partners, due_on, due_words, ..Conclusion::default() };
            Command::Put(None, Entry::Conclusion(conclusion))
        }
        Act::Hand { award, recipient, handed_by, received_by } => hand(state, award, recipient, handed_by, received_by),
        Act::Speech { .. } => speech(state, act)?,
    })
}

fn check_in(state: &Conference, who: String, client_id: String) -> Command {
    let badge = state.records.participations.iter().any(|(_, line)| line.badge.eq_ignore_ascii_case(who.trim()));
    let (found_by, road) = if badge { (FoundBy::Badge(who), Road::Badge) } else { (FoundBy::Name(who), Road::Name) };
    let desk = "Bàn thư ký".to_owned();
    Command::CheckIn(Arrival { client_id, found_by, road, desk, venue: None, heads: None, scanned_at: None })
}

/// The line of the list that a name or a badge means; of several the one that is here.
fn found(state: &Conference, who: &str) -> Result<Id, Refusal> {
    let wanted = fold(who);
    let is_meant = |line: &Participation| {
        let has_badge = !line.badge.is_empty() && line.badge.eq_ignore_ascii_case(who.trim());
        !wanted.is_empty() && (has_badge || fold(line.shown_name()) == wanted)
    };
    let mut meant: Vec<Id> =
        state.records.participations.iter().filter(|(_, line)| is_meant(line)).map(|(id, _)| id).collect();
    if meant.len() > 1 {
        meant.retain(|id| state.heads_here(*id) > 0);
    }
    match meant[..] {
        [id] => Ok(id),
        [] => {
            let message = format!("Không có ai tên hoặc mang thẻ «{}» trong danh sách.", who.trim());
            Err(Reason::new("unknown_name", message).at("who").into())
        }
        _ => {
            let message = format!("Có nhiều người tên «{}»; hãy ghi mã thẻ.", who.trim());
            Err(Reason::new("several_of_that_name", message).at("who").into())
        }
    }
}

fn note(state: &Conference, act: Act) -> Result<Command, Refusal> {
    let Act::Note { request, unit_name, topic, summary, text, speaker_name, is_of_partner } = act else {
        return Err(Refusal::one("verb", "Không rõ việc cần làm; hãy tải lại trang."));
    };
    let asked = request.and_then(|request| state.floor.get(&request));
    let line = asked.and_then(|asked| state.records.participations.get(asked.participation));
    let opinion = Opinion {
        request,
        speaker: asked.map(|asked| asked.participation),
        speaker_name: Typed::words(&speaker_name),
        is_of_partner: is_of_partner.is_some(),
        text: text.trim().to_owned(),
        unit_code: line.map_or_else(String::new, |line| line.unit_code.clone()),
        unit_name: line.map_or_else(|| Typed::words(&unit_name), |line| line.unit_name.clone()),
        unit_kind: line.and_then(|line| line.unit_kind),
        level: line.and_then(|line| line.level),
        topic: asked
            .map(|asked| asked.topic.clone())
            .filter(|topic| !topic.is_empty())
            .unwrap_or_else(|| Typed::words(&topic)),
        summary: Typed::words(&summary),
        ..Opinion::default()
    };
    Ok(Command::Put(None, Entry::Opinion(opinion)))
}

/// What was answered to a note.
fn answered(state: &Conference, id: Id, answered_by: &str, answer: &str) -> Result<Command, Refusal> {
    let known = state.records.opinions.get(id);
    let known = known.ok_or_else(|| Refusal::one("unknown_entry", "Không có ý kiến này; hãy tải lại trang."))?;
    let (answered_by, answer) = (Typed::words(answered_by), Typed::words(answer));
    Ok(Command::Put(Some(id), Entry::Opinion(Opinion { answered_by, answer, ..known.clone() })))
}

fn question(act: Act) -> Result<Question, Refusal> {
    let Act::OpenPoll { text, by_hands, by_devices, is_secret, options, choice_count_max, target } = act else {
        return Err(Refusal::one("verb", "Không rõ việc cần làm; hãy tải lại trang."));
    };
    let options = Typed::lines(&options);
    let mut typed = Typed::default();
    let most = typed.number("choice_count_max", &choice_count_max).unwrap_or(1);
    typed.done()?;
    let kind =
        if options.is_empty() { PollKind::YesNoOther } else { PollKind::Choices { options, choice_count_max: most } };
    Ok(Question {
        text: Typed::words(&text),
        kind,
        by_hands: by_hands.is_some(),
        by_devices: by_devices.is_some(),
        is_secret: is_secret.is_some(),
        target: target.filter(|target| *target != NOTHING),
    })
}

/// Hands as they were keyed; an empty field is nobody.
fn counts(typed: &[String]) -> Result<Vec<u32>, Refusal> {
    let mut read = Typed::default();
    let counts = typed.iter().map(|count| read.number("count", count).unwrap_or(0)).collect();
    read.done()?;
    Ok(counts)
}

fn speech(state: &Conference, act: Act) -> Result<Command, Refusal> {
    let Act::Speech { kind, who, acknowledgement, text, directives } = act else {
        return Err(Refusal::one("verb", "Không rõ việc cần làm; hãy tải lại trang."));
    };
    // A speaker who is not in the list may speak: the name is kept as it was typed.
    let speaker = found(state, &who).ok();
    let posts = speaker.and_then(|id| state.records.participations.get(id)).map(|line| line.posts.clone());
    let kind = match kind.as_str() {
        "opening" => SpeechKind::Opening,
        "response" => SpeechKind::Response,
        "closing" => SpeechKind::Closing,
        _ => SpeechKind::Directive,
    };
    let speech = Speech {
        kind,
        speaker,
        speaker_name: if speaker.is_some() { String::new() } else { Typed::words(&who) },
        posts: posts.unwrap_or_default(),
        order: u32::try_from(state.records.speeches.len() + 1).unwrap_or(u32::MAX),
        acknowledgement: Typed::words(&acknowledgement),
        text: Typed::words(&text),
    };
    Ok(Command::Speak(speech, Typed::lines(&directives)))
}

fn hand(state: &Conference, award: Id, recipient: Option<u32>, handed_by: String, received_by: String) -> Command {
    let named = state.records.awards.get(award).and_then(|award| {
        let recipient = award.recipients.get(usize::try_from(recipient?).ok()?)?;
        Some(if recipient.represented_by.is_empty() { &recipient.name } else { &recipient.represented_by })
    });
    let is_substitute = !received_by.trim().is_empty() && named.is_some_and(|named| fold(named) != fold(&received_by));
    let received_by = if received_by.trim().is_empty() { named.cloned().unwrap_or_default() } else { received_by };
    Command::HandAward { award, recipient, handed_by, received_by, is_substitute }
}

/// The target of which a poll is asked, as the question's text.
pub(super) fn target_text(target: &Target) -> String {
    let level = target.level.map_or_else(String::new, |level| format!("{}: ", level.label().0));
    format!("{level}{}", target.text)
}
