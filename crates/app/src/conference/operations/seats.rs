//! Seats and badges: drawn from the list, written back in one go.

use documents::pdf::{self, Badge, BadgeHead};
use domain::conference::{Command, Conference, Entry, Id, Participation, SeatBlock, Side, Venue};

use super::{command, commands, live};
use crate::{
    office::Office,
    platform::{Context, Error, Result, clock, secrets},
};

/// Sets the blocks of a venue and seats everybody anew; tells how many have a seat and for whom there is none.
///
/// # Errors
/// `NotFound` for a venue that is not there; what the conference refuses of the blocks.
pub async fn assign(
    office: &Office,
    context: &Context,
    id: i64,
    venue: Id,
    blocks: Vec<SeatBlock>,
) -> Result<(usize, usize)> {
    let hall = live::hall(office, id).await?;
    let known = hall.state().await.records.venues.get(venue).cloned();
    let known = known.ok_or_else(|| Error::NotFound("hội trường này".to_owned()))?;
    command(office, context, id, Command::Put(Some(venue), Entry::Venue(Venue { blocks, ..known }))).await?;
    let (changes, seated, standing) = {
        let state = hall.state().await;
        let plan = state.seat_plan(venue);
        (changed(&state, venue), plan.seated.len(), plan.standing.len())
    };
    commands(office, context, id, written_back(changes)).await?;
    Ok((seated, standing))
}

/// Lines whose seat the plan changes, with the new one.
fn changed(state: &Conference, venue: Id) -> Vec<(Id, Participation)> {
    let plan = state.seat_plan(venue);
    let is_main = state.records.venues.get(venue).is_some_and(|hall| hall.is_main);
    let lines = state.records.participations.iter();
    let of_venue = lines.filter(|(_, line)| line.venue.map_or(is_main, |of| of == venue));
    of_venue
        .filter_map(|(id, line)| {
            let seated = plan.seated.iter().find(|seated| seated.line == id);
            let (seat, block) = seated.map_or(("", ""), |seated| (&seated.seat, &seated.block));
            let (seat, block) = (seat.to_owned(), block.to_owned());
            (line.seat != seat || line.block != block).then(|| (id, Participation { seat, block, ..line.clone() }))
        })
        .collect()
}

/// Gives every named line without a badge a code that nobody guesses from another's; tells how many.
///
/// # Errors
/// What the conference refuses.
pub async fn give_badges(office: &Office, context: &Context, id: i64) -> Result<usize> {
    let hall = live::hall(office, id).await?;
    let without: Vec<(Id, Participation)> = {
        let state = hall.state().await;
        let lines = state.records.participations.iter();
        let bare = lines.filter(|(_, line)| !line.is_group() && line.badge.is_empty());
        let coded = |(line, who): (Id, &Participation)| -> Result<(Id, Participation)> {
            Ok((line, Participation { badge: secrets::badge()?, ..who.clone() }))
        };
        bare.map(coded).collect::<Result<_>>()?
    };
    let count = without.len();
    commands(office, context, id, written_back(without)).await?;
    Ok(count)
}

fn written_back(lines: Vec<(Id, Participation)>) -> Vec<Command> {
    lines.into_iter().map(|(line, who)| Command::Put(Some(line), Entry::Participation(who))).collect()
}

/// The badges of everybody who has a code, in protocol order.
pub fn badges(state: &Conference) -> Vec<Badge> {
    let side = |side: Side| match side {
        Side::Guest => "KHÁCH MỜI",
        Side::Host => "BAN TỔ CHỨC",
        Side::Delegate => "ĐẠI BIỂU",
    };
    let badge = |line: &Participation| Badge {
        name: line.name.clone(),
        post: line.posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>().join(", "),
        unit: line.unit_name.clone(),
        role: side(line.side).to_owned(),
        seat: if line.seat.is_empty() { String::new() } else { format!("Ghế {}", line.seat) },
        code: line.badge.clone(),
    };
    let list = state.protocol_list();
    list.into_iter().filter(|(_, line)| !line.badge.is_empty()).map(|(_, line)| badge(line)).collect()
}

/// The badges as one PDF, eight to a sheet.
///
/// # Errors
/// `no_badges` where nobody has a code.
pub async fn write_badges(office: &Office, context: &Context, id: i64) -> Result<Vec<u8>> {
    let hall = live::hall(office, id).await?;
    let (head, badges) = {
        let state = hall.state().await;
        let (organiser, occasion) = (state.head.organiser_name.clone(), state.head.title.clone());
        (BadgeHead { organiser, occasion }, badges(&state))
    };
    if badges.is_empty() {
        return Err(Error::refused("no_badges", "Chưa ai có mã thẻ; hãy bấm «Cấp mã thẻ» trước khi in."));
    }
    let made_at = clock::in_vietnam(context.now);
    let write = move || pdf::write_badges(&head, &badges, made_at);
    let pdf = tokio::task::spawn_blocking(write).await.map_err(Error::inside)?.map_err(Error::inside)?;
    Ok(pdf.bytes)
}
