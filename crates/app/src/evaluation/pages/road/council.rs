//! The council: units before it with points and proposed grades, the votes, publication.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::{
    Reason, Refusal,
    evaluation::road::{RoadState, Sitting, Vote},
};
use serde::Serialize;

use super::{crumbs, lines::Sent, require_running};
use crate::{
    evaluation::{
        queries::{UnitResult, evaluate},
        road::{operations, queries},
    },
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// Units before the council on one page; the others follow when these are decided.
const UNITS_MAX: usize = 30;

/// `GET /cham-diem/{id}/hoi-dong`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let round = queries::round(&office, id).await?;
    require_running(&office, &visitor, &round).await?;
    let standings = queries::standings(office.db(), id).await?;
    let found = evaluate(&office, &round.row.set_code, round.year, visitor.today()).await?;
    let in_state = |state: RoadState| standings.iter().filter(move |one| one.state == state);
    let mut waiting: Vec<UnitResult> =
        in_state(RoadState::Finalised).filter_map(|one| found.row(&one.unit)).map(|row| found.result(row)).collect();
    waiting.sort_by_key(|result| (result.group.clone(), result.rank.unwrap_or(u32::MAX), result.unit.clone()));
    let more = waiting.len().saturating_sub(UNITS_MAX);
    waiting.truncate(UNITS_MAX);
    let grades: Vec<(String, String)> = round
        .set
        .scale
        .grades
        .iter()
        .map(|grade| (grade.code.clone(), grade.label.in_language(visitor.language().as_str()).to_owned()))
        .collect();
    let rules = round.rules();
    let values = context! {
        id, label => Serde(&round.set.label), year => round.row.year.clone(), set => round.row.set_code.clone(),
        waiting => Serde(&waiting), more, grades => Serde(&grades),
        seen => round.row.sitting_count, quorum => rules.quorum_percent, agree => rules.agree_percent,
        today => visitor.today().to_string(), sittings => Serde(queries::sittings(&office, id).await?),
        votes => Serde(votes(&office, &visitor, &round).await?), decided => in_state(RoadState::Decided).count(),
        undecided => standings.iter().filter(|one| one.state < RoadState::Decided).count(),
        publications => Serde(queries::publications(&office, id).await?),
    };
    let language = visitor.language();
    Ok(crumbs(Page::new("evaluation/council.html", visitor, values), language, &round, false))
}

/// A vote as it is shown.
#[derive(Debug, Serialize)]
struct ShownVote {
    #[serde(flatten)]
    row: queries::VoteRow,
    /// The unit's name today; its code where it is not known.
    unit_name: String,
    /// The other grade's name; empty for none.
    grade_label: String,
}

/// The votes with the names of their units and grades.
async fn votes(office: &Office, visitor: &Visitor, round: &queries::Round) -> Result<Vec<ShownVote>> {
    let (registry, language) = (office.registry().await?, visitor.language());
    let shown = |row: queries::VoteRow| {
        let unit = registry.unit(&row.unit_code).map(|unit| unit.name_on(visitor.today()));
        let grade = round.set.scale.grades.iter().find(|grade| grade.code == row.grade);
        let grade = grade.map(|grade| grade.label.in_language(language.as_str()));
        let unit_name = unit.unwrap_or(&row.unit_code).to_owned();
        let grade_label = grade.unwrap_or(&row.grade).to_owned();
        ShownVote { unit_name, grade_label, row }
    };
    Ok(queries::votes(office, round.row.id).await?.into_iter().map(shown).collect())
}

/// `POST /cham-diem/{id}/hoi-dong`: records a sitting, or publishes.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(pairs): CsrfForm<Vec<(String, String)>>,
) -> Result<Redirect> {
    let round = queries::round(&office, id).await?;
    require_running(&office, &visitor, &round).await?;
    let units: Vec<String> = pairs.iter().filter(|(name, _)| name == "unit").map(|(_, unit)| unit.clone()).collect();
    let (sent, context) = (Sent::of(pairs), visitor.context());
    match sent.field("verb") {
        "decide" => {
            let sitting = sitting(&sent, units)?;
            operations::council_decide(&office, &context, id, &sitting).await?;
            Ok(Redirect::to(&format!("/cham-diem/{id}/hoi-dong")))
        }
        "publish" => {
            operations::publish(&office, &context, id).await?;
            Ok(Redirect::to(&format!("/cham-diem/{id}/ket-qua")))
        }
        verb => Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    }
}

/// The sitting as the form tells it: `a_unit` votes for, `b_unit` against, `g_unit` another grade, `r_unit` why.
fn sitting(sent: &Sent, units: Vec<String>) -> Result<Sitting, Refusal> {
    let mut reasons = Vec::new();
    let mut whole = |name: &str, what: &str| match sent.field(name) {
        "" => 0,
        text => text.parse::<u32>().unwrap_or_else(|_| {
            reasons.push(Reason::new("not_a_number", format!("{what}: «{text}» không phải số nguyên.")).at(name));
            0
        }),
    };
    let (members, present) = (whole("members", "Số thành viên"), whole("present", "Số người có mặt"));
    let seen = whole("seen", "Số phiên họp");
    let votes = units
        .into_iter()
        .map(|unit| Vote {
            agree: whole(&format!("a_{unit}"), "Số phiếu đồng ý"),
            against: whole(&format!("b_{unit}"), "Số phiếu không đồng ý"),
            grade: Some(sent.field(&format!("g_{unit}")).to_owned()).filter(|grade| !grade.is_empty()),
            reason: sent.field(&format!("r_{unit}")).to_owned(),
            unit,
        })
        .collect();
    let held_on = sent.field("held_on").parse().map_err(|_| {
        reasons.push(Reason::new("not_a_date", "Ngày họp không phải ngày; hãy chọn lại.").at("held_on"));
    });
    Refusal::unless_empty(reasons)?;
    let held_on = held_on.map_err(|()| Refusal::one("not_a_date", "Ngày họp không phải ngày; hãy chọn lại."))?;
    Ok(Sitting { held_on, members, present, seen, votes })
}
