//! Who conducts, writes, reads the report, leads through the programme: chosen from the list or from the posts of the
//! register, or typed. The papers of the conference and its desks read these roles.

use domain::{
    Reason, Refusal,
    conference::{Command, Conference, Entry, Id, Participation, ParticipationRole, PostTitle, Side},
    vietnamese::{fold, normalise},
};

use super::{command, delegates, live};
use crate::{
    conference::queries,
    office::Office,
    organisation::queries::{Holder, holders_on},
    platform::{Context, Error, Result},
};

/// The roles that are given here, in the order in which they are shown.
pub const ROLES: [ParticipationRole; 6] = [
    ParticipationRole::Chair,
    ParticipationRole::Presidium,
    ParticipationRole::Secretary,
    ParticipationRole::Presenter,
    ParticipationRole::MasterOfCeremonies,
    ParticipationRole::AwardPresenter,
];

/// Somebody who is to hold a role.
#[derive(Clone, Debug, Default)]
pub struct Officer {
    /// The name; of namesakes with the unit behind it (`Lê Văn A (Trường B)`).
    pub name: String,
    /// Posts, parted by commas; those that are known where nothing is typed.
    pub posts: String,
    /// What the person does.
    pub role: ParticipationRole,
}

/// Gives somebody a role. Who does not stand in the list yet is put into it on the host's side, with the posts that the
/// register knows of the name.
///
/// # Errors
/// `no_name`; `namesakes` where several of the list bear the name; what the conference refuses.
pub async fn appoint(office: &Office, context: &Context, id: i64, officer: &Officer) -> Result<()> {
    let name = normalise(&officer.name);
    if name.is_empty() {
        return Err(Refusal::from(Reason::new("no_name", "Hãy ghi họ và tên.").at("name")).into());
    }
    let typed = delegates::posts(&normalise(&officer.posts));
    let listed = {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        found(&state, &name)?.map(|(line, person)| (line, person.clone()))
    };
    let (line, person) = match listed {
        Some((line, person)) => (Some(line), person),
        None => (None, outside(office, context, id, &name).await?),
    };
    let posts = if typed.is_empty() { person.posts.clone() } else { typed };
    let person = Participation { role: officer.role, posts, ..person };
    command(office, context, id, Command::Put(line, Entry::Participation(person))).await.map(drop)
}

/// Takes the role from a line of the list; the person stays in it.
///
/// # Errors
/// `NotFound`; what the conference refuses.
pub async fn relieve(office: &Office, context: &Context, id: i64, line: Id) -> Result<()> {
    let hall = live::hall(office, id).await?;
    let person = hall.state().await.records.participations.get(line).cloned();
    let person = person.ok_or_else(|| Error::NotFound("người này trong danh sách".to_owned()))?;
    let role = if person.side == Side::Guest { ParticipationRole::Guest } else { ParticipationRole::Delegate };
    let person = Participation { role, ..person };
    command(office, context, id, Command::Put(Some(line), Entry::Participation(person))).await.map(drop)
}

/// Those of the organiser who hold a post today, whom the form offers.
///
/// # Errors
/// Where the register cannot be read.
pub async fn known(office: &Office, context: &Context, unit: &str) -> Result<Vec<Holder>> {
    match holders_on(office, unit, context.today()).await {
        Err(Error::NotFound(_)) => Ok(Vec::new()),
        holders => holders,
    }
}

/// The line of the list with this name, told from namesakes by the unit behind it.
fn found<'a>(state: &'a Conference, name: &str) -> Result<Option<(Id, &'a Participation)>, Refusal> {
    let wanted = fold(name);
    let people = || state.records.participations.iter().filter(|(_, line)| !line.is_group());
    let shown = |line: &Participation| format!("{} ({})", line.name, line.unit_name);
    if let Some(exact) = people().find(|(_, line)| fold(&shown(line)) == wanted) {
        return Ok(Some(exact));
    }
    let of_name: Vec<(Id, &Participation)> = people().filter(|(_, line)| fold(&line.name) == wanted).collect();
    match of_name.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let names: Vec<String> = several.iter().map(|(_, line)| format!("«{}»", shown(line))).collect();
            let message = format!("Danh sách có {} người tên này; hãy ghi rõ: {}.", several.len(), names.join(", "));
            Err(Reason::new("namesakes", message).at("name").into())
        }
    }
}

/// Somebody who is not in the list: with the posts that the register knows of the name at the organiser.
async fn outside(office: &Office, context: &Context, id: i64, name: &str) -> Result<Participation> {
    let unit = queries::one(office, id).await?.unit_code;
    let holders = known(office, context, &unit).await?;
    let posts = holders.iter().filter(|holder| fold(&holder.name) == fold(name));
    let posts = posts.map(|holder| PostTitle { body: holder.body, title: holder.title.clone() }).collect();
    let registry = office.registry().await?;
    let organiser = registry.unit(&unit);
    Ok(Participation {
        name: name.to_owned(),
        address_form: "đồng chí".to_owned(),
        posts,
        unit_name: organiser.map_or_else(String::new, |unit| unit.name_on(context.today()).to_owned()),
        unit_kind: organiser.map(|unit| unit.kind),
        unit_code: unit,
        side: Side::Host,
        ..Participation::default()
    })
}
