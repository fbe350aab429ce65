//! The queue of speakers with the budgets of topics and units. One queue serves all venues.

use super::{Decision, must, must_be_open, must_say};
use crate::{
    Reason, Refusal,
    conference::{Conference, Event, FloorRequest, FloorState, Id},
};

pub(super) fn request(
    conference: &Conference,
    participation: Id,
    topic: &str,
    is_from_desk: bool,
) -> Result<Decision, Refusal> {
    let Some(line) = conference.records.participations.get(participation) else {
        return Err(Refusal::one("unknown_delegate", "Không có người này trong danh sách đại biểu."));
    };
    let topic = topic.trim();
    let mut reasons = Vec::new();
    if conference.phase.is_over() {
        reasons.push(Reason::new("closed", "Hội nghị đã bế mạc."));
    }
    let counting = || conference.floor.values().filter(|request| request.state.counts());
    let is_waiting = |request: &FloorRequest| {
        request.participation == participation && !matches!(request.state, FloorState::Spoken { .. })
    };
    if counting().any(is_waiting) {
        let message = format!("{} đang có tên trong danh sách chờ phát biểu.", line.shown_name());
        reasons.push(Reason::new("already_waiting", message));
    }
    let unit_key = line.unit_key();
    if let Some(most) = conference.rules.speech_count_per_unit_max.filter(|_| !unit_key.is_empty()) {
        let of_unit = |request: &&FloorRequest| {
            let other = conference.records.participations.get(request.participation);
            other.is_some_and(|other| other.unit_key() == unit_key)
        };
        if counting().filter(of_unit).count() >= usize::try_from(most).unwrap_or(usize::MAX) {
            let message = format!("{} đã có đủ {most} lượt phát biểu theo quy định.", line.unit_name);
            reasons.push(Reason::new("unit_budget", message));
        }
    }
    reasons.extend(topic_fault(conference, topic));
    Refusal::unless_empty(reasons)?;
    let request = conference.floor.keys().next_back().map_or(1, |latest| latest.saturating_add(1));
    Ok(Event::FloorRequested { request, participation, topic: topic.to_owned(), is_from_desk }.into())
}

fn topic_fault(conference: &Conference, topic: &str) -> Option<Reason> {
    if conference.rules.topics.is_empty() || topic.is_empty() {
        return None;
    }
    let Some(known) = conference.rules.topic(topic) else {
        return Some(Reason::new("unknown_topic", "Hãy chọn một chủ đề trong danh sách.").at("topic"));
    };
    let most = known.speaker_count_max?;
    let taken = conference.floor.values().filter(|request| request.state.counts() && request.topic == topic).count();
    (taken >= usize::try_from(most).unwrap_or(usize::MAX)).then(|| {
        let message = format!("Chủ đề «{topic}» đã đủ {most} lượt; hãy chọn chủ đề khác hoặc gửi ý kiến bằng văn bản.");
        Reason::new("topic_budget", message).at("topic")
    })
}

fn found(conference: &Conference, request: Id) -> Result<&FloorRequest, Refusal> {
    let known = conference.floor.get(&request);
    known.ok_or_else(|| Refusal::one("unknown_request", "Không có lượt đăng ký này; hãy tải lại trang."))
}

fn must_wait(known: &FloorRequest) -> Result<(), Refusal> {
    must(known.state == FloorState::Waiting, "not_waiting", || {
        "Lượt đăng ký này không còn chờ: đã mời, đã bỏ qua hoặc đã rút.".to_owned()
    })
}

pub(super) fn withdraw(conference: &Conference, request: Id) -> Result<Decision, Refusal> {
    let known = found(conference, request)?;
    if known.state == FloorState::Withdrawn {
        return Ok(Decision::default());
    }
    must_wait(known)?;
    Ok(Event::RequestWithdrawn { request }.into())
}

pub(super) fn call(conference: &Conference, request: Id) -> Result<Decision, Refusal> {
    must_be_open(conference)?;
    must_wait(found(conference, request)?)?;
    let current = conference.speaking().map(|(request, _)| Event::SpeechEnded { request });
    Ok(current.into_iter().chain([Event::SpeakerCalled { request }]).collect::<Vec<_>>().into())
}

pub(super) fn skip(conference: &Conference, request: Id, reason: &str) -> Result<Decision, Refusal> {
    must_wait(found(conference, request)?)?;
    must_say(reason, "Hãy ghi lý do chưa mời phát biểu.", "reason")?;
    Ok(Event::SpeakerSkipped { request, reason: reason.trim().to_owned() }.into())
}

pub(super) fn end(conference: &Conference) -> Result<Decision, Refusal> {
    let Some((request, _)) = conference.speaking() else {
        return Err(Refusal::one("nobody_speaks", "Không có ai đang phát biểu."));
    };
    Ok(Event::SpeechEnded { request }.into())
}
