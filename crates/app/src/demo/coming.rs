//! The ward's next conference, a week ahead: planned as an officer plans it — schools invited, guests, committee, programme
//! with its owners, seats, a question put to those invited. Two schools have named their delegates.

use domain::{
    conference::{
        AgendaItem, Command, Consultation, DayPart, Entry, Head, Id, ItemKind, Part, SeatBlock, Side, Target, Venue,
    },
    school_year::SchoolYear,
};
use jiff::ToSpan;

use super::cast;
use crate::{
    conference::operations::{
        self, New,
        invite::{self, Invited, Named},
        put_id, seats,
    },
    office::Office,
    platform::{Context, Error, Result},
};

/// The programme: what, minutes, who of [`cast::people`], from 1.
const PROGRAMME: [(ItemKind, u16, Option<Id>); 8] = [
    (ItemKind::Reception, 30, None),
    (ItemKind::Introduction, 10, Some(2)),
    (ItemKind::Opening, 10, Some(1)),
    (ItemKind::Report, 30, Some(3)),
    (ItemKind::Discussion, 45, Some(1)),
    (ItemKind::DirectiveSpeech, 20, Some(4)),
    (ItemKind::Resolution, 15, Some(1)),
    (ItemKind::Closing, 5, Some(1)),
];

/// Plans it; gives its number.
pub(super) async fn plan(office: &Office, context: &Context, unit: &str, year: SchoolYear) -> Result<i64> {
    let next = SchoolYear::starting(year.first_calendar_year() + 1);
    let next_words = next.map_or_else(String::new, |next| next.to_string());
    let title = format!("Hội nghị triển khai nhiệm vụ năm học {next_words}");
    let new = New { unit_code: unit.to_owned(), title: title.clone(), year: year.to_string() };
    let id = operations::create(office, context, &new).await?;
    let day = context.today().saturating_add(7.days());
    let head = Head {
        title,
        kind: domain::conference::ConferenceKind::Launch,
        organiser_unit_code: unit.to_owned(),
        organiser_name: "Ủy ban nhân dân phường Long Biên".to_owned(),
        review_year: Some(year),
        next_year: next,
        held_on: Some(day),
        day_part: Some(DayPart::Morning),
        starts_at: jiff::civil::Time::new(7, 30, 0, 0).ok(),
        place: "Hội trường Ủy ban nhân dân phường".to_owned(),
        ..Head::default()
    };
    let mut commands = vec![Command::Set(Part::Head(Box::new(head)))];
    let entries = cast::people().map(Entry::Participation).chain(programme()).chain(cast::jobs(day)).chain(drafts(day));
    commands.extend(entries.map(|entry| Command::Put(None, entry)));
    operations::commands(office, context, id, commands).await?;
    invite_and_name(office, context, id).await?;
    seat(office, context, id).await?;
    Ok(id)
}

fn programme() -> impl Iterator<Item = Entry> {
    PROGRAMME.into_iter().map(|(kind, minutes, presenter)| {
        Entry::AgendaItem(AgendaItem { kind, minutes: Some(minutes), presenter, ..AgendaItem::default() })
    })
}

fn drafts(day: jiff::civil::Date) -> impl Iterator<Item = Entry> {
    let text = "100 % trường có phương án kiểm tra bếp ăn ba bước trước ngày khai giảng".to_owned();
    let target = Entry::Target(Target { text: text.clone(), ..Target::default() });
    let question = format!("Góp ý dự thảo chỉ tiêu: {text}.");
    let due_on = Some(day.saturating_sub(2.days()));
    [target, Entry::Consultation(Consultation { question, due_on, ..Consultation::default() })].into_iter()
}

async fn invite_and_name(office: &Office, context: &Context, id: i64) -> Result<()> {
    invite::invite_schools(office, context, id, &Invited { level: None, delegate_count: 2 }).await?;
    let invited: Vec<String> = {
        let hall = crate::conference::live::hall(office, id).await?;
        let state = hall.state().await;
        state.records.quotas.iter().take(2).map(|(_, quota)| quota.unit_code.clone()).collect()
    };
    for (place, unit) in invited.iter().enumerate() {
        let number = place + 1;
        let (name, posts) = cast::principal(office, unit, context.today()).await?;
        let named = Named { name, posts, email: format!("hieu-truong-{number}@vi-du.example"), ..Named::default() };
        invite::name(office, context, id, unit, &named).await?;
    }
    Ok(())
}

async fn seat(office: &Office, context: &Context, id: i64) -> Result<()> {
    let name = "Hội trường Ủy ban nhân dân phường".to_owned();
    let venue = Entry::Venue(Venue { name, is_main: true, ..Venue::default() });
    let done = operations::command(office, context, id, Command::Put(None, venue)).await?;
    let venue = put_id(&done).ok_or_else(|| Error::inside("a venue without a number"))?;
    let block = |name: &str, row_count, side| SeatBlock { name: name.to_owned(), row_count, seats_per_row: 12, side };
    let blocks = vec![block("A", 1, Some(Side::Guest)), block("B", 1, Some(Side::Host)), block("C", 10, None)];
    seats::give_badges(office, context, id).await?;
    seats::assign(office, context, id, venue, blocks).await?;
    Ok(())
}
