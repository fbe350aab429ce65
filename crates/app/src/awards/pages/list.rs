//! `/khen-thuong/{year}`: the nominations of a year with the room that quotas leave, and what the scores propose.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::{Refusal, awards::quota::Rounding, vietnamese::parse_number};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{award_name, office_of, year_of};
use crate::{
    awards::{
        operations,
        queries::{self, Filed, council::Standing, suggestions},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// So many proposals of the scores are listed.
const SUGGESTIONS_MAX: usize = 8;

/// A nomination in the list.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    name: String,
    post: String,
    unit: String,
    unit_name: String,
    award: String,
    award_name: String,
    occasion: &'static str,
    passed: usize,
    missed: usize,
    open: usize,
    /// What the dossier lacks before it is whole.
    lacks: usize,
    state: &'static str,
    council: i64,
}

/// How a dossier stands: the key of its word.
pub(super) fn state(filed: &Filed, standing: Option<&Standing>) -> &'static str {
    match (filed.dossier.accepted_on, standing) {
        _ if filed.dossier.hold().is_some() => "held",
        (None, _) => "draft",
        (Some(_), None) => "sent",
        (Some(_), Some(Standing { is_closed: false, .. })) => "council",
        (Some(_), Some(Standing { is_approved: Some(true), .. })) => "approved",
        (Some(_), Some(_)) => "declined",
    }
}

/// `GET /khen-thuong/{year}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(text): Path<String>) -> Result<Page> {
    let year = year_of(&visitor, &text)?;
    let unit = office_of(&office, &visitor).await?;
    let today = visitor.today();
    let all = queries::of_year(&office, &unit, year).await?;
    let pack = queries::pack_on(today)?;
    let registry = office.registry().await?;
    let mut connection = office.db().pool().acquire().await?;
    let standings = queries::council::standings(&mut connection, &unit, &text).await?;
    drop(connection);
    let mut lines = Vec::new();
    for filed in all.in_order(pack) {
        let (dossier, nominee) = (&filed.dossier, &filed.dossier.nominee);
        if !visitor.may(Right::ReadUnit, &nominee.unit) {
            continue;
        }
        let judged = all.judged(dossier, None, today)?;
        let [passed, missed, open] = judged.judgement.counts();
        let standing = standings.get(&dossier.id);
        lines.push(Line {
            id: dossier.id,
            name: nominee.name.clone(),
            post: nominee.post.clone(),
            unit: nominee.unit.clone(),
            unit_name: registry.unit(&nominee.unit).map_or("", |unit| unit.name_on(today)).to_owned(),
            award: dossier.award.clone(),
            award_name: award_name(&visitor, judged.pack, &dossier.award),
            occasion: domain::awards::pack::Choice::as_str(dossier.occasion),
            passed,
            missed,
            open,
            lacks: dossier.lacks(&judged.judgement).len(),
            state: state(filed, standing),
            council: standing.map_or(0, |standing| standing.council),
        });
    }
    let keeps = visitor.may(Right::WriteReport, &unit);
    let headroom = if visitor.may(Right::ReadUnit, &unit) { all.headroom(pack) } else { Vec::new() };
    let comparisons: Vec<_> = pack
        .quotas
        .iter()
        .filter(|quota| quota.is_comparison)
        .map(|quota| {
            context! { label => Serde(&quota.label), percent => quota.percent.to_string() }
        })
        .collect();
    let mut proposals = if keeps { suggestions::schools(&office, year, today).await? } else { Vec::new() };
    let is_new = |unit: &str| !all.filed.iter().any(|filed| filed.dossier.nominee.key == format!("unit:{unit}"));
    proposals.retain(|one| is_new(&one.unit) && visitor.may(Right::EnterFigures, &one.unit));
    proposals.truncate(SUGGESTIONS_MAX);
    let values = context! {
        year => text.clone(), lines => Serde(&lines), headroom => Serde(&headroom), comparisons, keeps,
        headroom_names => Serde(&headroom.iter().map(|one| award_name(&visitor, pack, &one.award)).collect::<Vec<_>>()),
        proposals => Serde(&proposals), pack => Serde(&pack.label), pack_confidence => Serde(pack.source.confidence),
        pack_source => pack.source.text.clone(), is_empty_matrix => pack.grantors.is_empty() && all.own_grantors.is_empty(),
        due_on => all.due_on.map(|day| day.to_string()), is_over => all.due_on.is_some_and(|day| day < today),
        may_nominate => visitor.require_somewhere(Right::EnterFigures).is_ok(),
    };
    let page = Page::new("awards/list.html", visitor.clone(), values);
    Ok(page.crumb(text.clone(), format!("/nam-hoc/{text}")))
}

/// What is set: a quota of the office's own, or until when dossiers are to be sent.
#[derive(Debug, Default, Deserialize)]
pub struct Settings {
    #[serde(default)]
    verb: String,
    #[serde(default)]
    due_on: String,
    #[serde(default)]
    award: String,
    #[serde(default)]
    percent: String,
    #[serde(default)]
    rounding: String,
    #[serde(default)]
    base: String,
}

/// `POST /khen-thuong/{year}`: the office's own quota, or its deadline.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(text): Path<String>,
    CsrfForm(form): CsrfForm<Settings>,
) -> Result<Redirect> {
    let year = year_of(&visitor, &text)?;
    let unit = office_of(&office, &visitor).await?;
    visitor.require(Right::WriteReport, &unit)?;
    if form.verb == "due" {
        let Ok(due_on) = form.due_on.parse() else {
            let reason = domain::Reason::new("no_day", "Hãy ghi hạn trình hồ sơ là một ngày.").at("due_on");
            return Err(Refusal::from(reason).into());
        };
        operations::settings::set_deadline(&office, &visitor.context(), (&unit, year), due_on).await?;
        return Ok(Redirect::to(&format!("/khen-thuong/{year}")));
    }
    let mut faults: BTreeMap<&str, &str> = BTreeMap::new();
    let percent = parse_number(&form.percent).ok().and_then(|number| Decimal::try_from(number).ok());
    if percent.is_none() {
        faults.insert("percent", "Tỷ lệ phải là một số, như 15 hoặc 12,5.");
    }
    let rounding = Rounding::parse(&form.rounding);
    if rounding.is_none() {
        faults.insert("rounding", "Hãy chọn cách làm tròn.");
    }
    let typed = form.base.trim();
    let base = if typed.is_empty() { None } else { typed.parse().ok() };
    if base.is_none() && !typed.is_empty() {
        faults.insert("base", "Số làm căn cứ phải là số nguyên.");
    }
    let reasons = faults.into_iter().map(|(at, message)| domain::Reason::new("bad_input", message).at(at)).collect();
    Refusal::unless_empty(reasons)?;
    let (Some(percent), Some(rounding)) = (percent, rounding) else { return Err(Error::Forbidden) };
    let context = visitor.context();
    operations::set_quota(&office, &context, (&unit, year, &form.award), (percent, rounding), base).await?;
    Ok(Redirect::to(&format!("/khen-thuong/{year}")))
}
