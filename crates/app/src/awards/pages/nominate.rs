//! `/khen-thuong/{year}/de-nghi` and `/khen-thuong/ho-so/{id}/sua`: a nomination typed or amended, shown again with its faults.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason, Refusal,
    awards::{
        RulePack,
        dossier::Facts,
        entry::{self, RECORDED, Typed},
        pack::{Choice, Gender, Grantor, Occasion},
    },
    school_year::SchoolYear,
    vietnamese::{fold, sort_key},
};
use serde::Deserialize;

use super::{award_name, awards, choices, crumbs, dossier::readable, year_of};
use crate::{
    awards::{
        operations::{self, Nomination, Proposal, Whom},
        queries::{self, YearOfAwards, suggestions},
    },
    identity::{Right, Visitor},
    office::Office,
    organisation::queries as organisation,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// With which nominee the form begins.
#[derive(Debug, Default, Deserialize)]
pub struct Begin {
    /// The unit; the visitor's own where absent.
    #[serde(default, rename = "don-vi")]
    unit: String,
    /// `tap-the` for the unit itself.
    #[serde(default, rename = "doi-tuong")]
    whom: String,
    /// The award.
    #[serde(default, rename = "danh-hieu")]
    award: String,
    /// The grade that the unit's scores came to.
    #[serde(default, rename = "xep-loai")]
    grade: String,
}

/// What a form is about.
struct Asked<'a> {
    year: SchoolYear,
    /// The dossier that is amended; none for a new one.
    amended: Option<(&'a YearOfAwards, i64)>,
    reasons: &'a [Reason],
}

fn text<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", |text| text.trim())
}

fn code_in(pack: &'static RulePack) -> impl Fn(&str) -> Option<String> {
    move |text| {
        let typed = fold(text);
        let is_meant = |award: &&domain::awards::pack::AwardRule| award.code == text || fold(&award.label.vi) == typed;
        pack.awards.iter().find(is_meant).map(|award| award.code.clone())
    }
}

fn read(typed: &Typed, pack: &'static RulePack) -> Result<Proposal, Refusal> {
    let facts = entry::read(typed, &code_in(pack))?;
    let achievement = text(typed, "achievement").to_owned();
    Ok(Proposal { achievement, grantor: Choice::parse(text(typed, "grantor")), facts })
}

async fn draw(office: &Office, visitor: Visitor, typed: &Typed, asked: Asked<'_>) -> Result<Page> {
    let pack = queries::pack_on(visitor.today())?;
    let status = if asked.reasons.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let registry = office.registry().await?;
    let today = visitor.today();
    let mut units: Vec<(String, String)> = registry
        .units()
        .iter()
        .filter(|unit| unit.validity.contains(today) && (unit.school.is_some() || !unit.kind.is_territory()))
        .filter(|unit| visitor.may(Right::EnterFigures, unit.code.as_str()))
        .map(|unit| (unit.code.0.clone(), unit.name_on(today).to_owned()))
        .collect();
    units.sort_by_cached_key(|(code, name)| (sort_key(name), code.clone()));
    let facts: Vec<_> = pack
        .recorded_facts(text(typed, "award"))
        .into_iter()
        .map(|(fact, label)| {
            let name = format!("{RECORDED}{fact}");
            context! { label => Serde(label), typed => text(typed, &name).to_owned(), name }
        })
        .collect();
    let mut people: Vec<String> = Vec::new();
    if let Some((code, _)) = units.iter().find(|(code, _)| code == text(typed, "unit")) {
        people = organisation::holders_on(office, code, today).await?.into_iter().map(|one| one.name).collect();
        people.dedup();
    }
    let values = context! {
        typed => Serde(typed), units => Serde(&units), people, facts,
        awards => Serde(&awards(&visitor, pack)), grantors => Serde(&choices::<Grantor>(&visitor)),
        occasions => Serde(&choices::<Occasion>(&visitor)), genders => Serde(&choices::<Gender>(&visitor)),
        is_new => asked.amended.is_none(), id => asked.amended.map_or(0, |(_, id)| id),
        name => asked.amended.and_then(|(all, id)| Some(all.filed(id).ok()?.dossier.nominee.name.clone())),
        is_person => asked.amended.and_then(|(all, id)| Some(all.filed(id).ok()?.dossier.nominee.is_person)),
        year => asked.year.to_string(), reasons => Serde(asked.reasons), is_empty_matrix => pack.grantors.is_empty(),
    };
    let page = Page::new("awards/nominate.html", visitor.clone(), values).status(status);
    Ok(crumbs(page, &visitor, asked.year))
}

/// Fields that the form reads even where nothing was typed, so that every one can be shown.
fn with_all_fields(mut typed: Typed) -> Typed {
    let fields = ["unit", "whom", "name", "post", "award", "occasion", "achievement", "grantor", "revision"];
    let all = entry::written(&Facts::default(), &|code| code.to_owned());
    for name in fields.into_iter().map(str::to_owned).chain(all.into_keys()) {
        typed.entry(name).or_default();
    }
    typed
}

/// `GET /khen-thuong/{year}/de-nghi`.
pub async fn new(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(begin): Query<Begin>,
) -> Result<Page> {
    let year = year_of(&visitor, &year)?;
    let own = visitor.units_with(Right::EnterFigures).first().map(|unit| (*unit).to_owned());
    let unit = if begin.unit.is_empty() { own.unwrap_or_default() } else { begin.unit.clone() };
    visitor.require(Right::EnterFigures, &unit)?;
    let is_unit = begin.whom == "tap-the";
    let mut facts = Facts::default();
    if is_unit {
        facts = suggestions::known_facts(&office, &format!("unit:{unit}")).await?;
        facts.grades.extend(suggestions::staff_grade(&begin.grade).map(|grade| (year, grade)));
    }
    let pack = queries::pack_on(visitor.today())?;
    let mut typed = entry::written(&facts, &|code| award_name(&visitor, pack, code));
    typed.extend([
        ("unit".to_owned(), unit),
        ("whom".to_owned(), if is_unit { "unit" } else { "person" }.to_owned()),
        ("award".to_owned(), begin.award),
        ("occasion".to_owned(), Occasion::Annual.as_str().to_owned()),
    ]);
    let asked = Asked { year, amended: None, reasons: &[] };
    draw(&office, visitor, &with_all_fields(typed), asked).await
}

/// `POST /khen-thuong/{year}/de-nghi`.
pub async fn create(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response> {
    let year = year_of(&visitor, &year)?;
    let typed = with_all_fields(typed);
    visitor.require(Right::EnterFigures, text(&typed, "unit"))?;
    let pack = queries::pack_on(visitor.today())?;
    let whom = match text(&typed, "whom") {
        "unit" => Whom::Unit,
        _ => Whom::Person { name: text(&typed, "name").to_owned(), post: text(&typed, "post").to_owned() },
    };
    let done = match read(&typed, pack) {
        Ok(proposal) => {
            let nomination = Nomination {
                unit: text(&typed, "unit").to_owned(),
                whom,
                award: text(&typed, "award").to_owned(),
                year,
                occasion: Choice::parse(text(&typed, "occasion")).unwrap_or(Occasion::Annual),
                proposal,
            };
            operations::nominate(&office, &visitor.context(), &nomination).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(id) => Ok(Redirect::to(&format!("/khen-thuong/ho-so/{id}")).into_response()),
        Err(Error::Refused(refusal)) => {
            let asked = Asked { year, amended: None, reasons: &refusal.reasons };
            Ok(draw(&office, visitor, &typed, asked).await?.into_response())
        }
        Err(error) => Err(error),
    }
}

/// `GET /khen-thuong/ho-so/{id}/sua`.
pub async fn edit(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let (all, filed) = readable(&office, &visitor, id).await?;
    visitor.require(Right::EnterFigures, &filed.dossier.nominee.unit)?;
    let pack = queries::pack_on(visitor.today())?;
    let dossier = &filed.dossier;
    let mut typed = entry::written(&filed.typed, &|code| award_name(&visitor, pack, code));
    typed.extend([
        ("award".to_owned(), dossier.award.clone()),
        ("achievement".to_owned(), dossier.achievement.clone()),
        ("grantor".to_owned(), dossier.grantor.map_or("", Choice::as_str).to_owned()),
        ("revision".to_owned(), filed.revision.to_string()),
    ]);
    let asked = Asked { year: all.year, amended: Some((&all, id)), reasons: &[] };
    draw(&office, visitor, &with_all_fields(typed), asked).await
}

/// `POST /khen-thuong/ho-so/{id}/sua`.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response> {
    let (all, filed) = readable(&office, &visitor, id).await?;
    visitor.require(Right::EnterFigures, &filed.dossier.nominee.unit)?;
    let mut typed = with_all_fields(typed);
    typed.insert("award".to_owned(), filed.dossier.award.clone());
    let pack = queries::pack_on(visitor.today())?;
    let revision = text(&typed, "revision").parse().unwrap_or(0);
    let done = match read(&typed, pack) {
        Ok(proposal) => operations::amend(&office, &visitor.context(), id, revision, &proposal).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/khen-thuong/ho-so/{id}")).into_response()),
        Err(Error::Refused(refusal)) => {
            let asked = Asked { year: all.year, amended: Some((&all, id)), reasons: &refusal.reasons };
            Ok(draw(&office, visitor, &typed, asked).await?.into_response())
        }
        Err(error) => Err(error),
    }
}
