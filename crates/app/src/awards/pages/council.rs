//! `/khen-thuong/{year}/hoi-dong` and `/khen-thuong/hoi-dong/{id}`: the councils of a year, one meeting from votes to decisions.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason, Refusal,
    awards::{
        council::{Ballot, Tally, Vote, tie_hint},
        dossier::AwardDossier,
    },
    vietnamese::parse_date,
};
use serde::{Deserialize, Serialize};

use super::{award_name, crumbs, list::state, office_of, year_of};
use crate::{
    awards::{
        operations::{
            council::{self as verbs, NewCouncil},
            decision::{self, Signed},
        },
        queries::{self, YearOfAwards, council::Sitting, honours},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// A council as it is typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Typed {
    #[serde(default)]
    held_on: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    ballot: String,
    #[serde(default)]
    quorum_percent: String,
    #[serde(default)]
    pass_percent: String,
    #[serde(default)]
    members: String,
    #[serde(default)]
    dossiers: Vec<i64>,
}

/// A dossier that may come before the council.
#[derive(Debug, Serialize)]
struct Waiting {
    id: i64,
    name: String,
    award: String,
    picked: bool,
}

/// `GET /khen-thuong/{year}/hoi-dong`.
pub async fn list(State(office): State<Office>, visitor: Visitor, Path(text): Path<String>) -> Result<Page> {
    let today = visitor.today().to_string();
    let typed = Typed { held_on: today, ballot: "open".to_owned(), ..Typed::default() };
    draw(&office, visitor, &text, &typed, &[]).await
}

async fn draw(office: &Office, visitor: Visitor, text: &str, typed: &Typed, reasons: &[Reason]) -> Result<Page> {
    let year = year_of(&visitor, text)?;
    let unit = office_of(office, &visitor).await?;
    visitor.require(Right::WriteReport, &unit)?;
    let all = queries::of_year(office, &unit, year).await?;
    let pack = queries::pack_on(visitor.today())?;
    let mut connection = office.db().pool().acquire().await?;
    let standings = queries::council::standings(&mut connection, &unit, text).await?;
    drop(connection);
    let is_waiting =
        |id: i64| standings.get(&id).is_none_or(|standing| standing.is_closed && standing.is_approved.is_none());
    let waiting: Vec<Waiting> = all
        .in_order(pack)
        .into_iter()
        .filter(|filed| state(filed, None) == "sent" && is_waiting(filed.dossier.id))
        .map(|filed| Waiting {
            id: filed.dossier.id,
            name: filed.dossier.nominee.name.clone(),
            award: award_name(&visitor, pack, &filed.dossier.award),
            picked: typed.dossiers.is_empty() || typed.dossiers.contains(&filed.dossier.id),
        })
        .collect();
    let councils = queries::council::of_year(office, &unit, text).await?;
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let values = context! {
        year => text, typed => Serde(typed), waiting => Serde(&waiting), councils => Serde(&councils),
        reasons => Serde(reasons), is_open => councils.iter().any(|council| council.closed_at.is_empty()),
    };
    let page = Page::new("awards/councils.html", visitor.clone(), values).status(status);
    Ok(crumbs(page, &visitor, year))
}

/// `POST /khen-thuong/{year}/hoi-dong`: opens a council, or shows the form again with its faults.
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    Path(text): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response> {
    let year = year_of(&visitor, &text)?;
    let unit = office_of(&office, &visitor).await?;
    visitor.require(Right::WriteReport, &unit)?;
    let mut reasons = Vec::new();
    let held_on = parse_date(&typed.held_on);
    if held_on.is_none() {
        reasons.push(Reason::new("no_day", "Hãy ghi ngày họp, dạng 26/7/2026.").at("held_on"));
    }
    let ballot = Ballot::parse(&typed.ballot);
    if ballot.is_none() {
        reasons.push(Reason::new("no_ballot", "Hãy chọn cách biểu quyết.").at("ballot"));
    }
    let quorum_percent = percent("quorum_percent", &typed.quorum_percent, &mut reasons);
    let pass_percent = percent("pass_percent", &typed.pass_percent, &mut reasons);
    let members = verbs::read_members(&typed.members).unwrap_or_else(|refusal| {
        reasons.extend(refusal.reasons);
        Vec::new()
    });
    let done = match (Refusal::unless_empty(reasons), held_on, ballot) {
        (Ok(()), Some(held_on), Some(ballot)) => {
            let (place, dossiers) = (typed.place.clone(), typed.dossiers.clone());
            let new =
                NewCouncil { unit, year, held_on, place, ballot, quorum_percent, pass_percent, members, dossiers };
            verbs::open(&office, &visitor.context(), &new).await
        }
        (Err(refusal), ..) => Err(refusal.into()),
        _ => Err(Error::inside("a council without faults has a day and a ballot")),
    };
    match done {
        Ok(id) => Ok(Redirect::to(&format!("/khen-thuong/hoi-dong/{id}")).into_response()),
        Err(Error::Refused(refusal)) => {
            Ok(draw(&office, visitor, &text, &typed, &refusal.reasons).await?.into_response())
        }
        Err(error) => Err(error),
    }
}

/// A share that the office may leave unset.
fn percent(at: &str, text: &str, reasons: &mut Vec<Reason>) -> Option<u8> {
    let text = text.trim().trim_end_matches('%').trim();
    if text.is_empty() {
        return None;
    }
    let number = text.parse().ok();
    if number.is_none() {
        let message = format!("«{text}» không phải là tỷ lệ từ 1 đến 100; chưa đặt thì để trống.");
        reasons.push(Reason::new("bad_percent", message).at(at));
    }
    number
}

/// A nomination before the council.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    name: String,
    award: String,
    passed: usize,
    missed: usize,
    open: usize,
    tally: Tally,
    result: String,
    is_met: Option<bool>,
    is_approved: Option<bool>,
    /// By member: `for`, `against`, `blank`, or empty; none in a secret vote.
    votes: Vec<(i64, String, &'static str)>,
}

/// `GET /khen-thuong/hoi-dong/{id}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let sitting = readable(&office, &visitor, id).await?;
    let language = visitor.language();
    let year = queries::year(&sitting.council.year)?;
    let all = queries::of_year(&office, &sitting.council.unit_code, year).await?;
    let lines = lines(&visitor, &sitting, &all)?;
    let decisions: Vec<_> = honours::decisions(&office, &sitting.council.unit_code, &sitting.council.year).await?;
    let decisions: Vec<_> = decisions.into_iter().filter(|decision| decision.council_id == id).collect();
    let pack = queries::pack_on(sitting.council.held_on.parse().unwrap_or(visitor.today()))?;
    let mut undecided: Vec<(String, String)> = Vec::new();
    for item in sitting.items.iter().filter(|item| item.is_approved == Some(true)) {
        let award = all.filed(item.dossier)?.dossier.award.clone();
        let is_known = decisions.iter().any(|decision| decision.award == award);
        if !is_known && !undecided.iter().any(|(code, _)| *code == award) {
            undecided.push((award.clone(), award_name(&visitor, pack, &award)));
        }
    }
    let named: Vec<_> = decisions
        .iter()
        .map(|one| context! { decision => Serde(one), name => award_name(&visitor, pack, &one.award) })
        .collect();
    let told = |label: &domain::Label| label.in_language(language.as_str()).to_owned();
    let values = context! {
        id, year => sitting.council.year.clone(), council => Serde(&sitting.council),
        members => Serde(&sitting.meeting.members), lines => Serde(&lines),
        quorum => told(&sitting.meeting.quorum().sentence), quorum_met => sitting.meeting.quorum().is_met,
        is_closed => sitting.meeting.is_closed, is_secret => sitting.meeting.ballot == Ballot::Secret,
        hints => hints(&visitor, &sitting, &all)?, decisions => named, undecided => Serde(&undecided),
        may_write => visitor.may(Right::WriteReport, &sitting.council.unit_code), today => visitor.today().to_string(),
        seats => Serde(sitting.meeting.members.iter().map(|one| seat(&visitor, one.place)).collect::<Vec<_>>()),
    };
    let page = Page::new("awards/council.html", visitor.clone(), values);
    let page = crumbs(page, &visitor, year);
    Ok(page.crumb(crate::platform::web::wording::text(language, "councils"), format!("/khen-thuong/{year}/hoi-dong")))
}

fn seat(visitor: &Visitor, seat: domain::awards::council::Seat) -> &'static str {
    let (vi, en) = seat.label();
    if visitor.language().as_str() == "en" { en } else { vi }
}

fn lines(visitor: &Visitor, sitting: &Sitting, all: &YearOfAwards) -> Result<Vec<Line>> {
    let language = visitor.language();
    let line = |item: &queries::council::Item| {
        let filed = all.filed(item.dossier)?;
        let judged = all.judged(&filed.dossier, None, visitor.today())?;
        let [passed, missed, open] = judged.judgement.counts();
        let told = sitting.meeting.result(item.tally);
        let present = sitting.meeting.members.iter().filter(|member| member.is_present);
        let vote =
            |member: i64| item.votes.iter().find(|(own, _)| *own == member).map_or("", |(_, vote)| vote.as_str());
        let votes = if sitting.meeting.ballot == Ballot::Open {
            present.map(|member| (member.number, member.name.clone(), vote(member.number))).collect()
        } else {
            Vec::new()
        };
        Ok(Line {
            id: item.dossier,
            name: filed.dossier.nominee.name.clone(),
            award: award_name(visitor, judged.pack, &filed.dossier.award),
            passed,
            missed,
            open,
            tally: item.tally,
            result: told.sentence.in_language(language.as_str()).to_owned(),
            is_met: told.is_met,
            is_approved: item.is_approved,
            votes,
        })
    };
    sitting.items.iter().map(line).collect()
}

/// Hints of the law on nominations for the same award that got the same count.
fn hints(visitor: &Visitor, sitting: &Sitting, all: &YearOfAwards) -> Result<Vec<String>> {
    let pack = queries::pack_on(sitting.council.held_on.parse().unwrap_or(visitor.today()))?;
    let mut found = Vec::new();
    for (at, one) in sitting.items.iter().enumerate() {
        for other in sitting.items[..at].iter().filter(|other| other.tally == one.tally && one.tally.total() > 0) {
            let dossier = |id: i64| -> Result<&AwardDossier> { Ok(&all.filed(id)?.dossier) };
            let (one, other) = (dossier(one.dossier)?, dossier(other.dossier)?);
            let hint = if one.award == other.award { tie_hint(pack, one, other) } else { None };
            found.extend(hint.map(|hint| hint.in_language(visitor.language().as_str()).to_owned()));
        }
    }
    Ok(found)
}

async fn readable(office: &Office, visitor: &Visitor, id: i64) -> Result<Sitting> {
    let sitting = queries::council::sitting(office, id).await?;
    visitor.require(Right::ReadUnit, &sitting.council.unit_code)?;
    Ok(sitting)
}

/// What is done in a meeting or after it.
#[derive(Debug, Default, Deserialize)]
pub struct Act {
    #[serde(default)]
    verb: String,
    #[serde(default)]
    dossier: i64,
    /// Open votes as `NUMBER:VOTE`, one for each member who attends.
    #[serde(default)]
    vote: Vec<String>,
    #[serde(default)]
    approving: String,
    #[serde(default)]
    opposing: String,
    #[serde(default)]
    blank: String,
    #[serde(default)]
    conclusion: String,
    #[serde(default)]
    start: String,
    #[serde(default)]
    end: String,
    #[serde(default)]
    award: String,
    #[serde(default)]
    decision: i64,
    #[serde(default)]
    number: String,
    #[serde(default)]
    signed_on: String,
    #[serde(default)]
    granted_by: String,
    #[serde(default)]
    member: i64,
    /// `1` where the member attends.
    #[serde(default)]
    is_present: String,
    #[serde(default)]
    reason: String,
}

/// `POST /khen-thuong/hoi-dong/{id}`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(act): CsrfForm<Act>,
) -> Result<Redirect> {
    let sitting = readable(&office, &visitor, id).await?;
    visitor.require(Right::WriteReport, &sitting.council.unit_code)?;
    let context = visitor.context();
    match act.verb.as_str() {
        "vote" => {
            for one in &act.vote {
                let read =
                    one.split_once(':').and_then(|(member, vote)| Some((member.parse().ok()?, Vote::parse(vote)?)));
                if let Some((member, vote)) = read {
                    verbs::vote(&office, &context, (id, act.dossier), member, vote).await?;
                }
            }
        }
        "count" => verbs::count(&office, &context, (id, act.dossier), tally(&act)?).await?,
        "conclude" => {
            let is_approved = match act.conclusion.as_str() {
                "approved" => true,
                "declined" => false,
                _ => return Err(Error::refused("no_conclusion", "Hãy chọn kết luận của Hội đồng.")),
            };
            verbs::conclude(&office, &context, (id, act.dossier), is_approved).await?;
        }
        "close" => verbs::close(&office, &context, id).await?,
        "attend" => verbs::attend(&office, &context, (id, act.member), act.is_present == "1").await?,
        "adjourn" => verbs::adjourn(&office, &context, id, &act.reason).await?,
        "minutes" => {
            let paper = verbs::write_minutes(&office, &context, id, [&act.start, &act.end]).await?;
            return Ok(Redirect::to(&format!("/van-kien/{}/{paper}", sitting.council.year)));
        }
        "decide" => {
            let decision = decision::decide(&office, &context, id, &act.award).await?;
            let paper = honours::decision(&office, decision).await?.paper_id;
            return Ok(Redirect::to(&format!("/van-kien/{}/{paper}", sitting.council.year)));
        }
        "record" => {
            let signed_on = parse_date(&act.signed_on).ok_or_else(|| {
                Error::from(Refusal::from(Reason::new("no_day", "Hãy ghi ngày ký quyết định.").at("signed_on")))
            })?;
            let signed = Signed { number: act.number.clone(), signed_on, granted_by: act.granted_by.clone() };
            decision::record_honours(&office, &context, act.decision, &signed).await?;
        }
        _ => return Err(Error::refused("unknown_verb", "Không rõ việc cần làm; hãy mở lại trang phiên họp.")),
    }
    Ok(Redirect::to(&format!("/khen-thuong/hoi-dong/{id}")))
}

fn tally(act: &Act) -> Result<Tally, Refusal> {
    let mut reasons = Vec::new();
    let mut whole = |at: &str, text: &str| {
        let text = text.trim();
        let number = if text.is_empty() { Some(0) } else { text.parse().ok() };
        if number.is_none() {
            reasons.push(Reason::new("not_a_number", format!("«{text}» không phải là số phiếu.")).at(at));
        }
        number.unwrap_or(0)
    };
    let tally = Tally {
        approving: whole("approving", &act.approving),
        opposing: whole("opposing", &act.opposing),
        blank: whole("blank", &act.blank),
    };
    Refusal::unless_empty(reasons)?;
    Ok(tally)
}
