//! Whom the office invites: quotas of units, the people that units name, who comes in whose stead.

use std::collections::BTreeMap;

use domain::{
    Level, Reason, Refusal,
    conference::{Allotment, Command, Conference, Entry, EntryKind, Id, Participation, Phase, Quota, Side},
    organisation::{Line, Registry, Unit},
    vietnamese::{fold, normalise},
};

use super::{
    Done, command, commands,
    delegates::{post, units_by_name},
    live, pasted, put_id,
};
use crate::{
    office::Office,
    platform::{Context, Error, Result},
};

/// Quotas for every school of a level.
#[derive(Clone, Debug, Default)]
pub struct Invited {
    /// Schools of this level; every school where absent.
    pub level: Option<Level>,
    /// So many delegates each.
    pub delegate_count: u32,
}

/// Invites every school beneath the organiser that teaches a level, as [`invite`] does. A school of two levels is invited
/// once, by the level that was asked first: a place for its other level is given to it by hand. Tells how many were invited
/// or changed.
///
/// # Errors
/// `no_such_schools`; what the conference refuses.
pub async fn invite_schools(office: &Office, context: &Context, id: i64, invited: &Invited) -> Result<usize> {
    let registry = office.registry().await?;
    let organiser = live::hall(office, id).await?.state().await.head.organiser_unit_code.clone();
    let today = context.today();
    let is_beneath = |unit: &Unit| {
        let code = unit.code.as_str();
        [Line::Management, Line::Professional].into_iter().any(|line| {
            registry.ancestors_on(code, line, today).into_iter().any(|above| above.code.as_str() == organiser)
        })
    };
    let levels = |unit: &Unit| unit.school.as_ref().map_or_else(Vec::new, |school| school.levels.clone());
    let is_wanted = |unit: &&Unit| {
        let teaches = invited.level.is_none_or(|level| levels(unit).contains(&level));
        unit.kind.is_school() && unit.validity.contains(today) && teaches && is_beneath(unit)
    };
    let quota = |school: &Unit| Quota {
        unit_code: school.code.as_str().to_owned(),
        unit_name: school.name_on(today).to_owned(),
        // A school of one level needs no mark.
        level: invited.level.filter(|_| levels(school).len() > 1),
        delegate_count: invited.delegate_count,
        venue: None,
    };
    let quotas: Vec<Quota> = registry.units().iter().filter(is_wanted).map(quota).collect();
    if quotas.is_empty() {
        let message = "Không có trường nào của cấp học này thuộc đơn vị tổ chức.";
        return Err(Refusal::from(Reason::new("no_such_schools", message).at("level")).into());
    }
    let state = live::hall(office, id).await?.state().await.clone();
    let is_asked_otherwise = |quota: &Quota| {
        let mut known = state.records.quotas.iter().map(|(_, known)| known);
        known.any(|known| known.unit_code == quota.unit_code && known.level != quota.level)
    };
    let quotas = quotas.into_iter().filter(|quota| !is_asked_otherwise(quota)).collect();
    invite(office, context, id, quotas).await
}

/// Reads a pasted list of units: unit | number of delegates | level. A unit that bears the name of one in the register is
/// that one.
///
/// # Errors
/// Every line that cannot be read, with its number; where the database fails.
pub async fn read(office: &Office, context: &Context, typed: &str) -> Result<Vec<Quota>> {
    let units = units_by_name(office, context).await?;
    let quota = |cells: &[String]| {
        let cell = |place: usize| cells.get(place).map_or("", String::as_str);
        if cells.len() > 3 || cell(0).is_empty() {
            return Err(format!("có {} ô; cần đơn vị | số đại biểu | cấp học.", cells.len()));
        }
        let count = if cell(1).is_empty() { Ok(1) } else { cell(1).parse() };
        let delegate_count = count.map_err(|_| format!("«{}» không phải số đại biểu; hãy ghi như 2.", cell(1)))?;
        Ok(Quota {
            unit_code: units.get(&fold(cell(0))).cloned().flatten().unwrap_or_default(),
            unit_name: cell(0).to_owned(),
            level: pasted::level(cell(2))?,
            delegate_count,
            venue: None,
        })
    };
    Ok(pasted::lines(typed, &["don vi", "ten don vi", "truong", "unit"], quota)?)
}

/// Invites units, whatever their number, in one transaction: all of them or none. Units that are invited already are left
/// as they are, unless nobody was named yet: then the number of delegates changes and nothing else. Tells how many were invited or changed.
///
/// # Errors
/// Everything that the conference refuses.
pub async fn invite(office: &Office, context: &Context, id: i64, quotas: Vec<Quota>) -> Result<usize> {
    let asked = {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        let allotments = state.allotments();
        let known: BTreeMap<(&str, Option<Level>), (&Allotment, &Quota)> = allotments
            .iter()
            .filter_map(|of| {
                let quota = state.records.quotas.get(of.quota)?;
                Some(((quota.unit_key(), quota.level), (of, quota)))
            })
            .collect();
        let asked = |quota: Quota| match known.get(&(quota.unit_key(), quota.level)) {
            Some((of, known)) if !of.named.is_empty() || known.delegate_count == quota.delegate_count => None,
            Some((of, known)) => {
                let changed = Quota { delegate_count: quota.delegate_count, ..(*known).clone() };
                Some(Command::Put(Some(of.quota), Entry::Quota(changed)))
            }
            None => Some(Command::Put(None, Entry::Quota(quota))),
        };
        quotas.into_iter().filter_map(asked).collect::<Vec<_>>()
    };
    let count = asked.len();
    commands(office, context, id, asked).await?;
    Ok(count)
}

/// Somebody whom a unit names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Full name.
    pub name: String,
    /// Posts, parted by commas.
    pub posts: String,
    /// Mail.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Level, where the unit is invited by level.
    pub level: Option<Level>,
    /// In whose stead.
    pub substitute_for: Option<Id>,
}

/// A unit names a delegate under its quota, or somebody in a delegate's stead.
///
/// # Errors
/// `no_name`, `bad_email`, `not_planned`, `not_invited`; `over_quota` and what else the conference refuses.
pub async fn name(office: &Office, context: &Context, id: i64, unit: &str, named: &Named) -> Result<Id> {
    faults(named)?;
    let line = {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        must_be_planned(state.phase)?;
        must_have_a_day(&state)?;
        let quota = state.records.quotas.iter().find(|(_, quota)| quota.unit_code == unit);
        let (_, quota) = quota.ok_or_else(|| not_invited(unit))?;
        if let Some(stead) = named.substitute_for {
            must_be_of(&state, stead, unit)?;
        }
        let stead = named.substitute_for.and_then(|stead| state.records.participations.get(stead));
        let registry = office.registry().await?;
        let level = named.level.or(stead.and_then(|line| line.level)).or_else(|| level_of(&state, &registry, unit));
        Participation {
            unit_code: unit.to_owned(),
            unit_name: quota.unit_name.clone(),
            unit_kind: registry.unit(unit).map(|unit| unit.kind),
            level,
            venue: quota.venue,
            side: Side::Delegate,
            may_vote: stead.is_none_or(|line| line.may_vote),
            ..person(named)
        }
    };
    number(&command(office, context, id, Command::Put(None, Entry::Participation(line))).await?)
}

/// The level for which somebody of a unit comes where nobody says so: that of the invitation, else the school's first.
pub(super) fn level_of(state: &Conference, registry: &Registry, unit: &str) -> Option<Level> {
    let invited = state.records.quotas.iter().find(|(_, quota)| quota.unit_code == unit);
    let taught = || registry.unit(unit).and_then(|unit| unit.school.as_ref()?.levels.first().copied());
    invited.and_then(|(_, quota)| quota.level).or_else(taught)
}

/// Somebody comes in the stead of a line of the list: the line is told as not coming, the other one stands in the list.
///
/// # Errors
/// As [`name`].
pub async fn send_in_stead(office: &Office, context: &Context, id: i64, stead: Id, named: &Named) -> Result<Id> {
    faults(named)?;
    let line = {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        must_be_planned(state.phase)?;
        let invited = state.records.participations.get(stead);
        let invited = invited.ok_or_else(|| Error::NotFound("đại biểu này".to_owned()))?;
        let own = person(named);
        Participation {
            name: own.name,
            posts: own.posts,
            email: own.email,
            phone: own.phone,
            substitute_for: Some(stead),
            badge: String::new(),
            seat: String::new(),
            ..invited.clone()
        }
    };
    let note = format!("Cử {} đi thay", normalise(&named.name));
    let put = Command::Put(None, Entry::Participation(line));
    let answer = Command::Answer { participation: stead, is_coming: false, note };
    number(&commands(office, context, id, vec![put, answer]).await?)
}

/// An invited person says whether they come; whoever comes after all takes the substitute back.
///
/// # Errors
/// What the conference refuses.
pub async fn answer(
    office: &Office,
    context: &Context,
    id: i64,
    participation: Id,
    (is_coming, note): (bool, String),
) -> Result<()> {
    let substitute = {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        state.substitute_of(participation).map(|(line, _)| line).filter(|_| is_coming && state.phase == Phase::Planned)
    };
    let taken_back = substitute.map(|line| Command::Remove(EntryKind::Participation, line));
    let answer = Command::Answer { participation, is_coming, note };
    commands(office, context, id, taken_back.into_iter().chain([answer]).collect()).await?;
    Ok(())
}

/// A unit takes somebody off its list.
///
/// # Errors
/// `not_planned`; `Forbidden` for a line of another unit; what the conference refuses.
pub async fn take_off(office: &Office, context: &Context, id: i64, unit: &str, line: Id) -> Result<()> {
    {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        must_be_planned(state.phase)?;
        must_be_of(&state, line, unit)?;
    }
    command(office, context, id, Command::Remove(EntryKind::Participation, line)).await?;
    Ok(())
}

/// The number that the line just put was given.
fn number(done: &Done) -> Result<Id> {
    put_id(done).ok_or_else(|| Error::inside("an entry without a number"))
}

fn person(named: &Named) -> Participation {
    let posts = named.posts.split(',').map(normalise).filter(|title| !title.is_empty());
    Participation {
        name: normalise(&named.name),
        address_form: "đồng chí".to_owned(),
        posts: posts.map(|title| post(&title)).collect(),
        email: named.email.trim().to_owned(),
        phone: normalise(&named.phone),
        substitute_for: named.substitute_for,
        ..Participation::default()
    }
}

fn faults(named: &Named) -> Result<()> {
    let mut reasons = Vec::new();
    if named.name.trim().is_empty() {
        reasons.push(Reason::new("no_name", "Hãy ghi họ tên người dự.").at("name"));
    }
    reasons.extend(email_fault(named.email.trim()));
    Ok(Refusal::unless_empty(reasons)?)
}

fn email_fault(email: &str) -> Option<Reason> {
    let is_bad = !email.is_empty() && email.parse::<lettre::Address>().is_err();
    is_bad.then(|| {
        let message =
            format!("«{email}» không phải địa chỉ thư điện tử; hãy ghi như ten@truong.edu.vn, hoặc để trống.");
        Reason::new("bad_email", message).at("email")
    })
}

/// The office invites a guest.
///
/// # Errors
/// `bad_email`; `guest_twice` where somebody of that name and unit, or with that address, stands in the list; what the
/// conference refuses.
pub async fn add_guest(office: &Office, context: &Context, id: i64, guest: Participation) -> Result<Id> {
    let mut reasons: Vec<Reason> = email_fault(&guest.email).into_iter().collect();
    {
        let hall = live::hall(office, id).await?;
        let state = hall.state().await;
        let is_same = |line: &Participation| {
            let has_name = fold(&line.name) == fold(&guest.name) && fold(&line.unit_name) == fold(&guest.unit_name);
            let has_address = !guest.email.is_empty() && line.email.eq_ignore_ascii_case(&guest.email);
            !guest.name.is_empty() && (has_name || has_address)
        };
        if let Some((_, line)) = state.records.participations.iter().find(|(_, line)| is_same(line)) {
            let message = format!(
                "{} đã có trong danh sách (cùng họ tên và đơn vị, hoặc cùng địa chỉ thư); nếu là người khác, hãy ghi rõ đơn \
                 vị hoặc địa chỉ thư khác.",
                line.shown_name()
            );
            reasons.push(Reason::new("guest_twice", message).at("name"));
        }
    }
    Refusal::unless_empty(reasons)?;
    number(&command(office, context, id, Command::Put(None, Entry::Participation(guest))).await?)
}

fn must_be_planned(phase: Phase) -> Result<()> {
    let message = "Hội nghị đã khai mạc nên danh sách cử người đã đóng; người đi thay đăng ký tại bàn đón tiếp.";
    if phase == Phase::Planned { Ok(()) } else { Err(Error::refused("not_planned", message)) }
}

/// A conference cloned from last year's keeps its invited units; they are asked when there is a day to come on.
fn must_have_a_day(state: &Conference) -> Result<()> {
    let message = "Đơn vị tổ chức chưa định ngày hội nghị nên chưa mở cử đại biểu; xin chờ giấy mời.";
    if has_a_day(state) { Ok(()) } else { Err(Error::refused("conference_without_day", message)) }
}

/// Whether units are asked already: a conference without a day is still being prepared.
pub fn has_a_day(state: &Conference) -> bool {
    state.head.held_on.is_some()
}

fn must_be_of(state: &domain::conference::Conference, line: Id, unit: &str) -> Result<()> {
    let known = state.records.participations.get(line).ok_or_else(|| Error::NotFound("đại biểu này".to_owned()))?;
    if known.unit_code == unit { Ok(()) } else { Err(Error::Forbidden) }
}

/// A unit that is not invited may not know of the conference.
pub fn not_invited(unit: &str) -> Error {
    Error::NotFound(format!("giấy mời của đơn vị {unit}"))
}
