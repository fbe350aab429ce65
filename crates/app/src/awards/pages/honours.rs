//! `/khen-thuong/lich-su/{unit}` and `/khen-thuong/{year}/thong-ke`: the honours of a person or a unit, statistics of a year.

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::{
    Reason, Refusal,
    awards::pack::{Choice, Occasion},
    organisation::UnitKind,
    school_year::SchoolYear,
    vietnamese::parse_date,
};
use serde::{Deserialize, Serialize};

use super::{award_name, awards, choices, crumbs, office_of, year_of};
use crate::{
    awards::{
        operations::{
            Whom,
            decision::{self, Signed},
        },
        queries::{self, honours},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// Whose history.
#[derive(Debug, Default, Deserialize)]
pub struct HistoryQuery {
    /// A person's key; the unit and everyone in it where absent.
    #[serde(default, rename = "nguoi")]
    person: String,
}

/// An honour as the page shows it.
#[derive(Debug, Serialize)]
struct Line {
    year: String,
    name: String,
    key: String,
    is_person: bool,
    award: String,
    occasion: String,
    decision: String,
    signed_on: String,
    granted_by: String,
    dossier: i64,
}

/// `GET /khen-thuong/lich-su/{unit}?nguoi=`.
pub async fn history(
    State(office): State<Office>,
    visitor: Visitor,
    Path(unit): Path<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<Page> {
    visitor.require(Right::ReadUnit, &unit)?;
    let registry = office.registry().await?;
    let known = registry.unit(&unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?;
    let mut found = honours::of_unit(&office, &unit).await?;
    found.retain(|one| query.person.is_empty() || one.nominee_key == query.person);
    let pack = queries::pack_on(visitor.today())?;
    let line = |one: &honours::Honour| Line {
        year: one.year.clone(),
        name: one.nominee_name.clone(),
        key: one.nominee_key.clone(),
        is_person: one.is_person == 1,
        award: award_name(&visitor, pack, &one.award),
        occasion: one.occasion.clone(),
        decision: one.decision_number.clone(),
        signed_on: one.signed_on.clone(),
        granted_by: one.granted_by.clone(),
        dossier: one.dossier_id,
    };
    let lines: Vec<Line> = found.iter().map(line).collect();
    let person = lines.first().filter(|_| !query.person.is_empty()).map(|line| line.name.clone());
    let values = context! {
        unit => unit.clone(), unit_name => known.name_on(visitor.today()).to_owned(), person, lines => Serde(&lines),
        awards => Serde(&awards(&visitor, pack)), occasions => Serde(&choices::<Occasion>(&visitor)),
        may_write => visitor.may(Right::EnterFigures, &unit), is_person => !query.person.is_empty(),
    };
    let page = Page::new("awards/history.html", visitor.clone(), values);
    Ok(page.crumb(known.name_on(visitor.today()), format!("/don-vi/{unit}")))
}

/// An honour of an older decision, as it is typed.
#[derive(Debug, Default, Deserialize)]
pub struct Older {
    #[serde(default)]
    name: String,
    #[serde(default)]
    post: String,
    #[serde(default)]
    award: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    occasion: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    signed_on: String,
    #[serde(default)]
    granted_by: String,
}

/// `POST /khen-thuong/lich-su/{unit}`: records an honour of an older decision.
pub async fn record(
    State(office): State<Office>,
    visitor: Visitor,
    Path(unit): Path<String>,
    CsrfForm(typed): CsrfForm<Older>,
) -> Result<Redirect> {
    visitor.require(Right::EnterFigures, &unit)?;
    let mut reasons = Vec::new();
    let year = SchoolYear::parse(typed.year.trim());
    if year.is_none() {
        reasons.push(Reason::new("no_year", "Hãy ghi năm học, dạng 2023-2024.").at("year"));
    }
    let signed_on = parse_date(&typed.signed_on);
    if signed_on.is_none() {
        reasons.push(Reason::new("no_day", "Hãy ghi ngày ký quyết định.").at("signed_on"));
    }
    Refusal::unless_empty(reasons)?;
    let (Some(year), Some(signed_on)) = (year, signed_on) else { return Err(Error::Forbidden) };
    let whom = match typed.name.trim() {
        "" => Whom::Unit,
        name => Whom::Person { name: name.to_owned(), post: typed.post.clone() },
    };
    let occasion = Choice::parse(&typed.occasion).unwrap_or(Occasion::Annual);
    let signed = Signed { number: typed.number, signed_on, granted_by: typed.granted_by };
    let given = (typed.award.as_str(), year, occasion);
    decision::record_past(&office, &visitor.context(), (&unit, &whom), given, &signed).await?;
    Ok(Redirect::to(&format!("/khen-thuong/lich-su/{unit}")))
}

/// `GET /khen-thuong/{year}/thong-ke`.
pub async fn statistics(State(office): State<Office>, visitor: Visitor, Path(text): Path<String>) -> Result<Page> {
    let year = year_of(&visitor, &text)?;
    let unit = office_of(&office, &visitor).await?;
    visitor.require(Right::ReadUnit, &unit)?;
    let pack = queries::pack_on(visitor.today())?;
    let lines = honours::statistics(&office, &unit, &text, visitor.today()).await?;
    let is_english = visitor.language().as_str() == "en";
    let kind_name = |code: &str| {
        UnitKind::parse(code).map_or(code, |kind| if is_english { kind.label().1 } else { kind.label().0 }).to_owned()
    };
    let shown: Vec<_> = lines
        .iter()
        .map(|line| {
            let kinds: Vec<(String, u32)> =
                line.by_unit_kind.iter().map(|(kind, count)| (kind_name(kind), *count)).collect();
            context! { line => Serde(line), name => award_name(&visitor, pack, &line.award), kinds => Serde(kinds) }
        })
        .collect();
    let total = |part: fn(&domain::awards::statistics::Line) -> u32| lines.iter().map(part).sum::<u32>();
    let values = context! {
        year => text, lines => shown, total => total(|line| line.total), persons => total(|line| line.persons),
        collectives => total(|line| line.collectives), women => total(|line| line.women),
    };
    let page = Page::new("awards/statistics.html", visitor.clone(), values);
    Ok(crumbs(page, &visitor, year))
}
