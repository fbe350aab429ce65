//! Commands to events, or a refusal with every reason. Pure: the same conference and command give the same answer.

mod attendance;
mod floor;
mod polls;
mod record;
mod session;

use super::{Command, Conference, Event, Phase, SealedBallot};
use crate::{Reason, Refusal};

/// What a command comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The events, in their order; none where the command was carried out before.
    pub events: Vec<Event>,
    /// A secret ballot for the box of its poll. It is kept apart from the log, in the same transaction.
    pub sealed: Option<SealedBallot>,
}

impl From<Event> for Decision {
    fn from(event: Event) -> Self {
        Self { events: vec![event], sealed: None }
    }
}

impl From<Vec<Event>> for Decision {
    fn from(events: Vec<Event>) -> Self {
        Self { events, sealed: None }
    }
}

/// Decides a command. No clock is asked: what happened first is said by the order of the log.
///
/// # Errors
/// Every reason why it cannot be carried out.
pub fn decide(conference: &Conference, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Set(part) => record::set(conference, part),
        Command::Put(id, entry) => record::put(conference, *id, entry),
        Command::Speak(speech, directives) => record::speak(conference, speech, directives),
        Command::Remove(kind, id) => record::remove(conference, *kind, *id),
        Command::Order(items) => record::order(conference, items),
        Command::HandAward { .. } => record::hand_award(conference, command),
        Command::Answer { participation, is_coming, note } => {
            attendance::answer(conference, *participation, *is_coming, note)
        }
        Command::CheckIn(arrival) => attendance::check_in(conference, arrival),
        Command::ReturnPlace(arrival) => attendance::return_place(conference, arrival),
        Command::Substitute { client_id, stead, name, posts, desk } => {
            attendance::substitute(conference, client_id, *stead, (name, posts), desk)
        }
        Command::Leave(participation) => attendance::leave(conference, *participation),
        Command::Open => session::open(conference),
        Command::Adjourn(reason) => session::adjourn(conference, reason),
        Command::Resume => session::resume(conference),
        Command::Close => session::close(conference),
        Command::RecordAfterwards(basis) => session::record_afterwards(conference, basis),
        Command::StartItem(item) => session::start(conference, *item),
        Command::Next => session::next(conference),
        Command::SkipItem(item, reason) => session::skip(conference, *item, reason),
        Command::RequestFloor { participation, topic, is_from_desk } => {
            floor::request(conference, *participation, topic, *is_from_desk)
        }
        Command::WithdrawRequest(request) => floor::withdraw(conference, *request),
        Command::CallSpeaker(request) => floor::call(conference, *request),
        Command::SkipSpeaker(request, reason) => floor::skip(conference, *request, reason),
        Command::EndSpeech => floor::end(conference),
        Command::OpenPoll(question) => polls::open(conference, question),
        Command::KeyHands(poll, block, counts) => polls::key_hands(conference, *poll, block, counts),
        Command::Vote(ballot) => polls::vote(conference, ballot),
        Command::ClosePoll(poll, ballots) => polls::close(conference, *poll, ballots),
        Command::CancelPoll(poll, reason) => polls::cancel(conference, *poll, reason),
        Command::TurnScreen { screen, subject } => session::turn_screen(conference, screen, subject),
        Command::Forget => session::forget(conference),
    }
}

/// What a conference that was written down afterwards says to whoever would hold it.
const RECORDED: &str = "Hội nghị đã diễn ra từ trước và được ghi lại sau nên không điều hành ở đây được.";

/// One reason as a refusal, where the condition does not hold.
fn must(holds: bool, code: &str, message: impl FnOnce() -> String) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::one(code, message())) }
}

fn must_be_open(conference: &Conference) -> Result<(), Refusal> {
    let message = match conference.phase {
        Phase::Open => return Ok(()),
        Phase::Planned => "Hội nghị chưa khai mạc; hãy bấm «Khai mạc» trước.",
        Phase::Adjourned => "Hội nghị đang tạm nghỉ; hãy bấm «Tiếp tục» trước.",
        Phase::Closed => "Hội nghị đã bế mạc.",
        Phase::Recorded => RECORDED,
    };
    Err(Refusal::one("not_open", message))
}

fn must_say(reason: &str, message: &str, field: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Reason::new("reason_needed", message).at(field).into()) } else { Ok(()) }
}
