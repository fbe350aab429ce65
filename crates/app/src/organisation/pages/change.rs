//! "Thay đổi từ ngày…": a form for each change of a unit, what it would do, then the deed.
//!
//! Every step is one plain form: what is filled in comes back with the faults, the preview carries it on, the
//! confirmation carries it out. Nothing is stored before that.

mod form;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Level, Ownership, Reason, Refusal,
    organisation::{
        Line, Registry, Unit, UnitKind,
        operations::{Change, Decision, Effect},
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    organisation::{
        operations,
        queries::{self, Brief},
    },
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

pub use form::ChangeForm;

/// So many things that a change does are shown; the rest is counted.
const EFFECTS_MAX: usize = 150;

/// So many units are offered for choice beside a field.
const CHOICES_MAX: usize = 150;

/// A change that the pages offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Create,
    Rename,
    Move,
    Merge,
    Split,
    Dissolve,
    School,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Rename, Self::Move, Self::Merge, Self::Split, Self::Dissolve, Self::School, Self::Create];

    /// The last part of its address.
    fn slug(self) -> &'static str {
        match self {
            Self::Create => "lap-moi",
            Self::Rename => "doi-ten",
            Self::Move => "chuyen",
            Self::Merge => "sap-nhap",
            Self::Split => "chia-tach",
            Self::Dissolve => "giai-the",
            Self::School => "truong",
        }
    }

    /// The end of the keys of its words.
    fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Dissolve => "dissolve",
            Self::School => "school",
        }
    }

    fn of(slug: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.slug() == slug);
        found.ok_or_else(|| Error::NotFound("loại thay đổi này".to_owned()))
    }

    /// Whether the change can be asked for at this unit. The country and what is gone only stay.
    fn suits(self, unit: &Unit) -> bool {
        match self {
            Self::School => unit.kind.is_school(),
            Self::Create => true,
            _ => unit.kind != UnitKind::Country,
        }
    }
}

async fn managed(office: &Office, visitor: &Visitor, code: &str) -> Result<Unit> {
    let registry = office.registry().await?;
    let unit = registry.unit(code).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {code}")))?;
    visitor.require(Right::ManageUnits, code)?;
    Ok(unit.clone())
}

fn under_unit(page: Page, visitor: &Visitor, unit: &Unit) -> Page {
    let name = unit.name_on(queries::nearest_day(unit.validity, visitor.today())).to_owned();
    let units = wording::text(visitor.language(), "units");
    page.crumb(units, "/don-vi").crumb(name, format!("/don-vi/{}", unit.code))
}

/// `GET /don-vi/{code}/thay-doi`: what may be changed, and what was.
pub async fn choose(State(office): State<Office>, visitor: Visitor, Path(code): Path<String>) -> Result<Page> {
    let unit = managed(&office, &visitor, &code).await?;
    let kinds: Vec<[&str; 2]> =
        Kind::ALL.into_iter().filter(|kind| kind.suits(&unit)).map(|kind| [kind.slug(), kind.word()]).collect();
    let changes = queries::changes_of(&office, &code).await?;
    let name = unit.name_on(queries::nearest_day(unit.validity, visitor.today())).to_owned();
    let values = context! { code, name, kinds, changes => Serde(&changes) };
    Ok(under_unit(Page::new("organisation/changes.html", visitor.clone(), values), &visitor, &unit))
}

/// A change to be taken back.
#[derive(Debug, Deserialize)]
pub struct Undo {
    #[serde(default)]
    number: String,
}

/// `POST /don-vi/{code}/thay-doi`: takes a change back.
pub async fn undo(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    CsrfForm(undo): CsrfForm<Undo>,
) -> Result<Response> {
    managed(&office, &visitor, &code).await?;
    let number = undo.number.parse().unwrap_or(0);
    let known = queries::changes_of(&office, &code).await?.into_iter().any(|change| change.id == number);
    if !known {
        return Err(Error::NotFound(format!("thay đổi số {}", undo.number)));
    }
    operations::undo(&office, &visitor.context(), number).await?;
    let still_there = office.registry().await?.unit(&code).is_some();
    Ok(Redirect::to(&if still_there { format!("/don-vi/{code}") } else { "/don-vi".to_owned() }).into_response())
}

/// `GET /don-vi/{code}/thay-doi/{change}`: the form.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((code, change)): Path<(String, String)>,
) -> Result<Page> {
    let unit = managed(&office, &visitor, &code).await?;
    let kind = suited(&unit, &change)?;
    let registry = office.registry().await?;
    let form = ChangeForm::first(kind, &unit, &registry, visitor.today());
    draw(&office, &visitor, &unit, kind, &form, &[]).await
}

fn suited(unit: &Unit, slug: &str) -> Result<Kind> {
    let kind = Kind::of(slug)?;
    if kind.suits(unit) {
        Ok(kind)
    } else {
        Err(Error::NotFound("thay đổi này cho loại đơn vị này".to_owned()))
    }
}

/// `POST /don-vi/{code}/thay-doi/{change}`: one more line, the preview, the form again, or the deed.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((code, change)): Path<(String, String)>,
    CsrfForm(mut form): CsrfForm<ChangeForm>,
) -> Result<Response> {
    let unit = managed(&office, &visitor, &code).await?;
    let kind = suited(&unit, &change)?;
    let registry = office.registry().await?;
    form.tidy();
    match form.step.as_str() {
        "more" => form.add_part(),
        "edit" => {}
        step => match decided(&office, &visitor, &registry, &unit, kind, &form).await {
            Ok(asked) if step == "confirm" || kind == Kind::School => {
                operations::apply(&office, &visitor.context(), &asked.decision, asked.change.on, &form.basis).await?;
                return Ok(Redirect::to(&after(&asked, &code)).into_response());
            }
            Ok(asked) => return Ok(preview(&visitor, &unit, kind, &form, &asked).into_response()),
            Err(Error::Refused(refusal)) => {
                let page = draw(&office, &visitor, &unit, kind, &form, &refusal.reasons).await?;
                return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
            }
            Err(error) => return Err(error),
        },
    }
    Ok(draw(&office, &visitor, &unit, kind, &form, &[]).await?.into_response())
}

/// A change that the form asks for and that the rules allow.
struct Asked {
    decision: Decision,
    change: Change,
    effects: Vec<Effect>,
}

async fn decided(
    office: &Office,
    visitor: &Visitor,
    registry: &Registry,
    unit: &Unit,
    kind: Kind,
    form: &ChangeForm,
) -> Result<Asked> {
    let (decision, on) = form.decision(kind, unit, registry)?;
    let (change, effects) = operations::preview(office, &decision, on).await?;
    Refusal::unless_empty(not_ours(visitor, registry, &change))?;
    Ok(Asked { decision, change, effects })
}

/// Units that the change touches and the visitor may not change: those that exist, and managing parents of new ones.
fn not_ours(visitor: &Visitor, registry: &Registry, change: &Change) -> Vec<Reason> {
    let mut codes: Vec<&str> = Vec::new();
    for unit in &change.units {
        codes.extend(registry.unit(unit.code.as_str()).map(|unit| unit.code.as_str()));
        let fresh = unit.parents.iter().filter(|link| link.line == Line::Management);
        codes.extend(fresh.filter(|link| link.validity.from == Some(change.on)).map(|link| link.parent.as_str()));
    }
    codes.extend(change.successions.iter().map(|link| link.successor.as_str()));
    codes.retain(|code| registry.unit(code).is_some() && !visitor.may(Right::ManageUnits, code));
    codes.sort_unstable();
    codes.dedup();
    let reason = |code: &str| {
        let name = registry.unit(code).map_or(code, |unit| unit.latest_name());
        let message = format!("Bạn chưa được giao quyền thay đổi {name} ({code}); việc này do cơ quan cấp trên làm.");
        Reason::new("not_yours", message)
    };
    codes.into_iter().map(reason).collect()
}

/// Where one looks after the deed: the new unit, the school's page of facts, or the unit.
fn after(asked: &Asked, code: &str) -> String {
    match &asked.decision {
        Decision::Create { unit } => format!("/don-vi/{}", unit.code),
        Decision::DescribeSchool { .. } | Decision::OpenSite { .. } | Decision::CloseSite { .. } => {
            format!("/don-vi/{code}/thay-doi/truong")
        }
        _ => format!("/don-vi/{code}"),
    }
}

fn preview(visitor: &Visitor, unit: &Unit, kind: Kind, form: &ChangeForm, asked: &Asked) -> Page {
    let count = asked.effects.len();
    let values = context! {
        change => kind.word(),
        on => asked.change.on.to_string(),
        basis => form.basis.as_str(),
        effects => Serde(&asked.effects[..count.min(EFFECTS_MAX)]),
        more => count.saturating_sub(EFFECTS_MAX),
        fields => form.fields(),
    };
    under_unit(Page::new("organisation/change_preview.html", visitor.clone(), values), visitor, unit)
}

/// A unit below that a division has to place.
#[derive(Debug, Serialize)]
struct Placed {
    code: String,
    name: String,
    heir: String,
}

async fn draw(
    office: &Office,
    visitor: &Visitor,
    unit: &Unit,
    kind: Kind,
    form: &ChangeForm,
    reasons: &[Reason],
) -> Result<Page> {
    let registry = office.registry().await?;
    let day = form.day().unwrap_or_else(|| queries::nearest_day(unit.validity, visitor.today()));
    let children = if kind == Kind::Split { registry.children_from(unit.code.as_str(), day) } else { Vec::new() };
    let children: Vec<Placed> = children
        .into_iter()
        .map(|child| Placed {
            code: child.code.0.clone(),
            name: child.name_on(day).to_owned(),
            heir: form.heir_of(child.code.as_str()).to_owned(),
        })
        .collect();
    let reasons: Vec<Reason> = reasons.iter().map(form::at_field).collect();
    let kinds: Vec<[&str; 3]> = UnitKind::ALL
        .iter()
        .filter(|kind| !kind.is_territory() || visitor.may(Right::ManageUnits, unit.code.as_str()))
        .filter(|kind| **kind != UnitKind::Country)
        .map(|kind| [kind.as_str(), kind.label().0, kind.label().1])
        .collect();
    let sites = unit.school.as_ref().map_or(&[][..], |school| &school.sites);
    let values = context! {
        change => kind.word(),
        code => unit.code.as_str(),
        name => unit.name_on(queries::nearest_day(unit.validity, visitor.today())),
        kind_name => [unit.kind.label().0, unit.kind.label().1],
        is_school => unit.kind.is_school(),
        form => Serde(form),
        parts => Serde(&form.parts(kind)),
        children => Serde(&children),
        choices => Serde(&choices(&registry, unit, kind, day)),
        kinds,
        levels => Level::ALL.map(Level::as_str),
        ownerships => Ownership::ALL.map(Ownership::as_str),
        sites => Serde(sites),
        reasons => Serde(&reasons),
        bad => reasons.iter().map(|reason| reason.at.clone()).collect::<Vec<_>>(),
    };
    Ok(under_unit(Page::new("organisation/change.html", visitor.clone(), values), visitor, unit))
}

/// Units that are likely meant: for a move the sisters of the present parents, else the unit's own sisters.
fn choices(registry: &Registry, unit: &Unit, kind: Kind, day: jiff::civil::Date) -> Vec<Brief> {
    let sisters = |code: &str, line| -> Vec<&Unit> {
        let parent = registry.parent_on(code, line, day);
        parent.map_or_else(Vec::new, |parent| registry.children_on(parent.code.as_str(), line, day))
    };
    let code = unit.code.as_str();
    let found: Vec<&Unit> = match kind {
        Kind::Move | Kind::Create => {
            let parent = registry.parent_on(code, Line::Management, day).map_or(code, |parent| parent.code.as_str());
            let guide = registry.parent_on(code, Line::Professional, day);
            let offices = registry.children_on(parent, Line::Management, day).into_iter();
            let offices = offices.filter(|unit| !unit.kind.is_school());
            sisters(parent, Line::Management).into_iter().chain(guide).chain(offices).collect()
        }
        _ => sisters(code, Line::Management).into_iter().filter(|sister| sister.kind == unit.kind).collect(),
    };
    let mut seen = std::collections::BTreeSet::new();
    let fresh = found.into_iter().filter(|found| found.code != unit.code && seen.insert(found.code.clone()));
    fresh.take(CHOICES_MAX).map(|unit| queries::brief(unit, day)).collect()
}
