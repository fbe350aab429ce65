//! The verbs of the emulation council: open, vote, count, conclude, close, write the minutes.

use domain::{
    Reason, Refusal,
    awards::council::{Ballot, Meeting, Member, Seat, Tally, Vote},
    reports::paper::Inputs,
    school_year::SchoolYear,
    vietnamese::normalise,
};
use jiff::civil::Date;

use crate::{
    audit,
    awards::{
        queries::{self, council::Sitting},
        store::council as store,
    },
    office::Office,
    platform::{Context, Error, Result, Transaction},
    reports::papers::{
        self,
        operations::{self as papers_operations, NewPaper},
    },
};

/// A council that is to meet.
#[derive(Clone, Debug)]
pub struct NewCouncil {
    /// The office.
    pub unit: String,
    /// The school year.
    pub year: SchoolYear,
    /// On which day.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// How it votes.
    pub ballot: Ballot,
    /// Per cent of the members who must attend, where the office says so.
    pub quorum_percent: Option<u8>,
    /// Per cent of those who attend that a nomination needs, where the office says so.
    pub pass_percent: Option<u8>,
    /// The members.
    pub members: Vec<Member>,
    /// The dossiers.
    pub dossiers: Vec<i64>,
}

/// Reads members from lines `name | post | place in the council | absent`; only the name must be there.
///
/// # Errors
/// Every line that cannot be read.
pub fn read_members(text: &str) -> Result<Vec<Member>, Refusal> {
    let (mut members, mut reasons) = (Vec::new(), Vec::new());
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (number, line) in (1..).zip(lines) {
        let mut cells = line.split('|').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        let (name, post, seat, absence) = (normalise(cell()), normalise(cell()), cell(), cell());
        let place = if seat.is_empty() { Some(Seat::Member) } else { Seat::read(seat) };
        match place {
            Some(place) if !name.is_empty() => {
                members.push(Member { number, name, post, place, is_present: absence.is_empty() });
            }
            _ => {
                let message = format!(
                    "Dòng {number} «{line}» chưa đọc được; ghi: họ tên | chức vụ | Chủ tịch Hội đồng, Phó Chủ tịch Hội đồng, \
                     Ủy viên, thư ký hoặc Ủy viên | vắng (nếu vắng)."
                );
                reasons.push(Reason::new("bad_line", message).at("members"));
            }
        }
    }
    Refusal::unless_empty(reasons)?;
    Ok(members)
}

/// Opens a council on dossiers that were sent.
///
/// # Errors
/// `council_open` while another one of the office sits; those of [`Meeting::may_open`]; `no_dossiers`, `not_sent`, `on_hold`,
/// `concluded_already` for a dossier that another council has concluded on.
pub async fn open(office: &Office, context: &Context, new: &NewCouncil) -> Result<i64> {
    let meeting = Meeting {
        members: new.members.clone(),
        ballot: new.ballot,
        quorum_percent: new.quorum_percent,
        pass_percent: new.pass_percent,
        is_closed: false,
    };
    let year = new.year.to_string();
    let mut reasons = meeting.may_open().err().map(|refusal| refusal.reasons).unwrap_or_default();
    let mut transaction = office.db().begin().await?;
    if let Some(sits) =
        queries::council::of_year(office, &new.unit, &year).await?.iter().find(|known| known.closed_at.is_empty())
    {
        let message = format!("Phiên họp số {} chưa kết thúc; mỗi lúc chỉ một phiên họp Hội đồng.", sits.id);
        reasons.push(Reason::new("council_open", message));
    }
    let all = queries::load(office, &mut transaction, &new.unit, new.year).await?;
    let standings = queries::council::standings(&mut transaction, &new.unit, &year).await?;
    if new.dossiers.is_empty() {
        reasons.push(Reason::new("no_dossiers", "Hãy chọn ít nhất một hồ sơ đã trình.").at("dossiers"));
    }
    for id in &new.dossiers {
        let filed = all.filed(*id)?;
        let name = &filed.dossier.nominee.name;
        let mut add = |code: &str, message: String| reasons.push(Reason::new(code, message).at("dossiers"));
        if filed.dossier.accepted_on.is_none() {
            add("not_sent", format!("Hồ sơ {id} ({name}) chưa trình."));
        }
        if filed.dossier.hold().is_some() {
            add("on_hold", format!("Hồ sơ {id} ({name}) đang tạm dừng xét."));
        }
        if standings.get(id).is_some_and(|standing| standing.is_closed && standing.is_approved.is_some()) {
            add("concluded_already", format!("Hồ sơ {id} ({name}) đã có kết luận của Hội đồng."));
        }
    }
    Refusal::unless_empty(reasons)?;
    let session = store::Session { unit: &new.unit, year: &year, held_on: new.held_on, place: &normalise(&new.place) };
    let opened = store::insert(&mut transaction, context, session, &meeting, &new.dossiers).await?;
    let id = opened.ok_or_else(|| {
        Error::refused("council_open", "Một phiên họp Hội đồng vừa được mở ở bàn khác; mỗi lúc chỉ một phiên họp.")
    })?;
    let detail = format!("{} dossiers, {}", new.dossiers.len(), new.ballot.as_str());
    audit::write(&mut transaction, context, "awards.open_council", &object(id), &detail).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Keeps a member's open vote; the latest one counts.
///
/// # Errors
/// Those of [`Meeting::may_vote`]; `NotFound` for a dossier that is not before the council.
pub async fn vote(
    office: &Office,
    context: &Context,
    (id, dossier): (i64, i64),
    member: i64,
    vote: Vote,
) -> Result<()> {
    let (mut transaction, sitting) = sitting_with(office, id, dossier).await?;
    sitting.meeting.may_vote(member)?;
    store::vote(&mut transaction, (id, dossier), member, vote).await?;
    let detail = format!("dossier {dossier}, member {member}: {}", vote.as_str());
    audit::write(&mut transaction, context, "awards.vote", &object(id), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Keeps the count of a secret vote, as the tellers tell it: no member's choice is written anywhere.
///
/// # Errors
/// Those of [`Meeting::may_count`]; `NotFound` for a dossier that is not before the council.
pub async fn count(office: &Office, context: &Context, (id, dossier): (i64, i64), tally: Tally) -> Result<()> {
    let (mut transaction, sitting) = sitting_with(office, id, dossier).await?;
    sitting.meeting.may_count(tally)?;
    store::count(&mut transaction, (id, dossier), tally).await?;
    let detail = format!("dossier {dossier}: {}/{}/{}", tally.approving, tally.opposing, tally.blank);
    audit::write(&mut transaction, context, "awards.count", &object(id), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Keeps what the council concluded on a nomination; the program concludes nothing.
///
/// # Errors
/// `closed`; `NotFound` for a dossier that is not before the council.
pub async fn conclude(office: &Office, context: &Context, (id, dossier): (i64, i64), is_approved: bool) -> Result<()> {
    let (mut transaction, sitting) = sitting_with(office, id, dossier).await?;
    if sitting.meeting.is_closed {
        return Err(Error::refused("closed", "Phiên họp đã kết thúc; kết quả không đổi nữa."));
    }
    store::conclude(&mut transaction, (id, dossier), is_approved).await?;
    let detail = format!("dossier {dossier}: {}", if is_approved { "approved" } else { "declined" });
    audit::write(&mut transaction, context, "awards.conclude", &object(id), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Closes a meeting; nothing of it changes any more.
///
/// # Errors
/// Those of [`Meeting::may_close`].
pub async fn close(office: &Office, context: &Context, id: i64) -> Result<()> {
    let (mut transaction, sitting) = held(office, id).await?;
    let items: Vec<_> = sitting.items.iter().map(|item| (item.dossier, item.tally, item.is_approved)).collect();
    sitting.meeting.may_close(&items)?;
    store::close(&mut transaction, context, id).await?;
    audit::write(&mut transaction, context, "awards.close_council", &object(id), "").await?;
    Ok(transaction.commit().await?)
}

/// Sets right whether a member attends a meeting that has not ended.
///
/// # Errors
/// Those of [`Meeting::may_attend`].
pub async fn attend(office: &Office, context: &Context, (id, member): (i64, i64), is_present: bool) -> Result<()> {
    let (mut transaction, sitting) = held(office, id).await?;
    let has_voted = sitting.items.iter().flat_map(|item| &item.votes).any(|(number, _)| *number == member);
    let counted = sitting.items.iter().map(|item| item.tally.total()).max().unwrap_or(0);
    sitting.meeting.may_attend(member, is_present, has_voted, counted)?;
    store::attend(&mut transaction, (id, member), is_present).await?;
    let detail = format!("member {member}: {}", if is_present { "present" } else { "absent" });
    audit::write(&mut transaction, context, "awards.attend_council", &object(id), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Ends a meeting without conclusions; its nominations may come before another one.
///
/// # Errors
/// Those of [`Meeting::may_adjourn`].
pub async fn adjourn(office: &Office, context: &Context, id: i64, reason: &str) -> Result<()> {
    let (mut transaction, sitting) = held(office, id).await?;
    sitting.meeting.may_adjourn(reason)?;
    let reason = normalise(reason);
    store::adjourn(&mut transaction, context, id, &reason).await?;
    audit::write(&mut transaction, context, "awards.adjourn_council", &object(id), &reason).await?;
    Ok(transaction.commit().await?)
}

/// A council as it stands, and as it stays until the transaction ends: what one desk decides on, no other changes meanwhile.
async fn held(office: &Office, id: i64) -> Result<(Transaction, Sitting)> {
    let mut transaction = office.db().begin().await?;
    store::hold(&mut transaction, id).await?;
    let sitting = queries::council::load(&mut transaction, id).await?;
    Ok((transaction, sitting))
}

async fn sitting_with(office: &Office, id: i64, dossier: i64) -> Result<(Transaction, Sitting)> {
    let (transaction, sitting) = held(office, id).await?;
    if !sitting.items.iter().any(|item| item.dossier == dossier) {
        return Err(Error::NotFound(format!("hồ sơ {dossier} trong phiên họp {id}")));
    }
    Ok((transaction, sitting))
}

/// Drafts the minutes of a closed meeting among the papers; gives the paper's number.
///
/// # Errors
/// `still_open`; `adjourned`; `has_minutes`; what the paper refuses.
pub async fn write_minutes(office: &Office, context: &Context, id: i64, [start, end]: [&str; 2]) -> Result<i64> {
    let sitting = queries::council::sitting(office, id).await?;
    if !sitting.meeting.is_closed {
        return Err(Error::refused("still_open", "Hãy kết thúc phiên họp rồi lập biên bản."));
    }
    if !sitting.council.adjourned.is_empty() {
        let message = "Phiên họp đã hoãn, không có kết luận; biên bản xét khen thưởng lập ở phiên họp sau.";
        return Err(Error::refused("adjourned", message));
    }
    if sitting.council.minutes_paper > 0 {
        return Err(has_minutes());
    }
    let inputs = minutes_inputs(office, context, &sitting, [start, end]).await?;
    let (unit, year) = (sitting.council.unit_code.clone(), sitting.council.year.clone());
    let new = NewPaper { unit, year, kind: "bien-ban".to_owned(), inputs };
    let ready = papers_operations::ready(office, context, &new).await?;
    let mut transaction = office.db().begin().await?;
    let paper = papers_operations::create_within(&mut transaction, context, &ready).await?;
    if !store::keep_minutes(&mut transaction, id, paper).await? {
        return Err(has_minutes());
    }
    audit::write(&mut transaction, context, "awards.write_minutes", &object(id), &format!("paper {paper}")).await?;
    transaction.commit().await?;
    Ok(paper)
}

fn has_minutes() -> Error {
    Error::refused("has_minutes", "Phiên họp đã có biên bản; hãy mở biên bản đó.")
}

async fn minutes_inputs(
    office: &Office,
    context: &Context,
    sitting: &Sitting,
    [start, end]: [&str; 2],
) -> Result<Inputs> {
    let council = &sitting.council;
    let all = queries::of_year(office, &council.unit_code, queries::year(&council.year)?).await?;
    let pack = queries::pack_on(council.held_on.parse().unwrap_or(context.today()))?;
    let items: Vec<(String, Tally, bool)> = sitting
        .items
        .iter()
        .filter_map(|item| {
            let dossier = &all.filed(item.dossier).ok()?.dossier;
            let award = pack.award(&dossier.award).map_or(dossier.award.as_str(), |award| award.label.vi.as_str());
            Some((format!("{} ({award})", dossier.nominee.name), item.tally, item.is_approved?))
        })
        .collect();
    let members = &sitting.meeting.members;
    let of = |seat: Seat| members.iter().find(|member| member.place == seat);
    let name = |seat: Seat| of(seat).map(|member| member.name.clone()).unwrap_or_default();
    let titled =
        |seat: Seat| of(seat).map_or_else(String::new, |member| format!("{}, {}", member.name, seat.label().0));
    let people = members.iter().map(|member| {
        let absent = if member.is_present { "" } else { " (vắng)" };
        let post = if member.post.is_empty() { String::new() } else { format!(", {}", member.post) };
        format!("{}{post}, {}{absent}", member.name, member.place.label().0)
    });
    let wording = papers::find("bien-ban")?;
    let mut inputs = papers_operations::initial(office, context, &council.unit_code, &council.year, wording).await?;
    let secretary = if of(Seat::Secretary).is_some() { Seat::Secretary } else { Seat::Chair };
    inputs.extend([
        ("subject".to_owned(), format!("Họp Hội đồng Thi đua - Khen thưởng xét khen thưởng năm học {}", council.year)),
        ("day".to_owned(), council.held_on.clone()),
        ("start".to_owned(), start.to_owned()),
        ("end".to_owned(), end.to_owned()),
        ("place".to_owned(), council.place.clone()),
        ("people".to_owned(), people.collect::<Vec<_>>().join("\n")),
        ("chair".to_owned(), titled(Seat::Chair)),
        ("secretary".to_owned(), titled(secretary)),
        ("course".to_owned(), sitting.meeting.minutes(&items).join("\n")),
        ("chair_name".to_owned(), name(Seat::Chair)),
        ("secretary_name".to_owned(), name(secretary)),
    ]);
    Ok(inputs)
}

fn object(id: i64) -> String {
    format!("award-council/{id}")
}
