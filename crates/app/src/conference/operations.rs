//! The verbs: make a conference, carry out a command, give delegates their addresses, write the papers that follow.

pub mod archive;
pub mod article;
pub mod claims;
pub mod delegates;
pub mod forget;
pub mod found;
pub mod honours;
pub mod invite;
pub mod letters;
pub mod officers;
pub mod packet;
pub mod papers;
mod pasted;
pub mod recording;
pub mod seats;
pub mod tables;

use domain::{
    Reason, Refusal,
    conference::{Command, Event, Id, Part},
};

pub use super::live::Done;
use super::{live, queries, store};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, secrets},
};

/// A conference to be made.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// The unit that organises it.
    pub unit_code: String,
    /// Its title.
    pub title: String,
    /// The school year that it reviews.
    pub year: String,
}

/// Makes a conference with nothing in it but its head; tells its number.
///
/// # Errors
/// `not_a_school_year`; unknown unit; what the domain refuses of the head.
pub async fn create(office: &Office, context: &Context, new: &New) -> Result<i64> {
    let registry = office.registry().await?;
    let unit = registry.unit(&new.unit_code);
    let unit = unit.ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {}", new.unit_code)))?;
    let review_year =
        domain::school_year::SchoolYear::read(&new.year).map_err(|reason| Refusal::from(reason.at("year")))?;
    if new.title.trim().is_empty() {
        return Err(Refusal::from(Reason::new("no_title", "Hãy ghi tên hội nghị.").at("title")).into());
    }
    let head = domain::conference::Head {
        title: new.title.trim().to_owned(),
        organiser_unit_code: new.unit_code.clone(),
        organiser_name: unit.name_on(context.today()).to_owned(),
        review_year: Some(review_year),
        next_year: domain::school_year::SchoolYear::starting(review_year.first_calendar_year() + 1),
        ..domain::conference::Head::default()
    };
    let mut transaction = office.db().begin().await?;
    let id = store::insert(&mut transaction, context, &new.unit_code, &review_year.to_string(), &head.title).await?;
    audit::write(&mut transaction, context, "conference.create", &id.to_string(), &head.title).await?;
    transaction.commit().await?;
    command(office, context, id, Command::Set(Part::Head(Box::new(head)))).await?;
    Ok(id)
}

/// Carries a command out: its events are written when this returns.
///
/// # Errors
/// Every reason why the conference refuses; `NotFound`.
pub async fn command(office: &Office, context: &Context, id: i64, command: Command) -> Result<Done> {
    live::carry_out(office, context, id, vec![command]).await
}

/// Carries commands out in their order and in one transaction: all of them, or none where one is refused. Each is decided
/// on what those before it made.
///
/// # Errors
/// Every reason of every command that is refused; `NotFound`.
pub async fn commands(office: &Office, context: &Context, id: i64, all: Vec<Command>) -> Result<Done> {
    if all.is_empty() {
        return Ok(Done::default());
    }
    live::carry_out(office, context, id, all).await
}

/// The number that an entry just put was given.
pub fn put_id(done: &Done) -> Option<Id> {
    done.events.iter().find_map(|event| match event {
        Event::EntryPut { id, .. } => Some(*id),
        _ => None,
    })
}

/// The delegate's own address, made when it is first asked for.
///
/// # Errors
/// `NotFound` where the list has no such line.
pub async fn link(office: &Office, context: &Context, id: i64, participation: Id) -> Result<String> {
    let links = make_links(office, context, id, &[participation]).await?;
    links.get(&participation).cloned().ok_or_else(|| Error::NotFound("đại biểu này".to_owned()))
}

/// Addresses for these lines of the list that have none yet; gives all of the conference.
///
/// # Errors
/// Where the database fails.
pub async fn make_links(
    office: &Office,
    context: &Context,
    id: i64,
    lines: &[Id],
) -> Result<std::collections::BTreeMap<Id, String>> {
    let known = queries::links(office, id).await?;
    let hall = live::hall(office, id).await?;
    let wanted: Vec<Id> = {
        let state = hall.state().await;
        let is_wanted = |line: &&Id| !known.contains_key(*line) && state.records.participations.has(**line);
        lines.iter().filter(is_wanted).copied().collect()
    };
    if wanted.is_empty() {
        return Ok(known);
    }
    let mut transaction = office.db().begin().await?;
    let links: Vec<(Id, String)> = wanted.iter().map(|line| Ok((*line, secrets::token()?))).collect::<Result<_>>()?;
    store::save_links(&mut transaction, context, id, &links).await?;
    audit::write(&mut transaction, context, "conference.make_links", &id.to_string(), &wanted.len().to_string())
        .await?;
    transaction.commit().await?;
    queries::links(office, id).await
}

/// The verb of a command as the audit names it.
pub(super) fn verb(command: &Command) -> &'static str {
    match command {
        Command::Set(_) => "conference.set",
        Command::Put(..) => "conference.put",
        Command::Speak(..) => "conference.speak",
        Command::Remove(..) => "conference.remove",
        Command::Order(_) => "conference.order",
        Command::Answer { .. } => "conference.answer",
        Command::CheckIn(_) => "conference.check_in",
        Command::ReturnPlace(_) => "conference.return_place",
        Command::Substitute { .. } => "conference.substitute",
        Command::Leave(_) => "conference.leave",
        Command::Open => "conference.open",
        Command::Adjourn(_) => "conference.adjourn",
        Command::Resume => "conference.resume",
        Command::Close => "conference.close",
        Command::RecordAfterwards(_) => "conference.record_afterwards",
        Command::StartItem(_) => "conference.start_item",
        Command::Next => "conference.next",
        Command::SkipItem(..) => "conference.skip_item",
        Command::RequestFloor { .. } => "conference.request_floor",
        Command::WithdrawRequest(_) => "conference.withdraw_request",
        Command::CallSpeaker(_) => "conference.call_speaker",
        Command::SkipSpeaker(..) => "conference.skip_speaker",
        Command::EndSpeech => "conference.end_speech",
        Command::OpenPoll(_) => "conference.open_poll",
        Command::KeyHands(..) => "conference.key_hands",
        Command::Vote(_) => "conference.vote",
        Command::ClosePoll(..) => "conference.close_poll",
        Command::CancelPoll(..) => "conference.cancel_poll",
        Command::HandAward { .. } => "conference.hand_award",
        Command::TurnScreen { .. } => "conference.turn_screen",
        Command::Forget => "conference.forget_contacts",
    }
}
