//! What pages and commands ask about units: one unit with its neighbours in place and time, and search.

mod changes;
mod people;

use domain::organisation::{Found, Line, Registry, SearchIndex, Unit, UnitKind, Validity};
use jiff::civil::Date;
use serde::Serialize;

use super::store;
use crate::{
    office::Office,
    platform::{Error, Result},
};

pub use changes::{DecidedChange, changes_of};
pub use people::{
    Holder, head_on, holders_after, holders_before, holders_ever, holders_on, people, posts_of, signers_on,
};

/// Reads the whole registry from the database; callers want [`Office::registry`], which remembers it.
pub(crate) async fn load(office: &Office) -> Result<Registry> {
    let mut connection = office.db().pool().acquire().await?;
    store::load(&mut connection).await
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Code.
    pub code: String,
    /// Name on the day asked for.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
}

/// A unit that came before or after, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Code.
    pub code: String,
    /// Its name when the one passed into the other.
    pub name: String,
    /// `whole`, `part_main`, `part`, `merge`, `rename`; `through_children` where only the units below passed on.
    pub relation: &'static str,
    /// The share that a decision states; empty where nothing is stated.
    pub share: String,
    /// The first day of the successor in the predecessor's place.
    pub on: Date,
}

/// One line of a unit's history: a name or a parent and when it was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dated {
    /// What was so.
    pub text: String,
    /// Code of the unit meant, where one is.
    pub code: String,
    /// First day; none where open.
    pub from: Option<Date>,
    /// Last day; none where open.
    pub to: Option<Date>,
}

/// A unit on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitSheet {
    /// Code.
    pub code: String,
    /// Name on the day.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Code of the statistics office or the Ministry.
    pub official_code: Option<String>,
    /// The day that the sheet speaks of.
    pub on: Date,
    /// First day of the unit's life.
    pub valid_from: Option<Date>,
    /// Last day of the unit's life.
    pub valid_to: Option<Date>,
    /// Levels taught, for schools.
    pub levels: Vec<&'static str>,
    /// Ownership, for schools.
    pub ownership: Option<&'static str>,
    /// The parent on the line asked for.
    pub parent: Option<Brief>,
    /// The units below on that line and day.
    pub children: Vec<Brief>,
    /// Who took over.
    pub successors: Vec<Related>,
    /// From whom it took over.
    pub predecessors: Vec<Related>,
    /// All names, oldest first.
    pub names: Vec<Dated>,
}

/// A unit on a day, seen along one line. Without a day: today where it exists then, else its last day.
///
/// # Errors
/// `NotFound` for a code that no unit ever had.
pub async fn unit_sheet(office: &Office, code: &str, line: Line, on: Option<Date>, today: Date) -> Result<UnitSheet> {
    let registry = office.registry().await?;
    let unit = registry.unit(code).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {code}")))?;
    let on = on.unwrap_or_else(|| nearest_day(unit.validity, today));
    let school = unit.school.as_ref();
    Ok(UnitSheet {
        code: unit.code.0.clone(),
        name: unit.name_on(on).to_owned(),
        kind: unit.kind,
        official_code: unit.official_code.clone(),
        on,
        valid_from: unit.validity.from,
        valid_to: unit.validity.to,
        levels: school.map_or_else(Vec::new, |school| school.levels.iter().map(|level| level.as_str()).collect()),
        ownership: school.and_then(|school| school.ownership).map(|ownership| ownership.as_str()),
        parent: registry.parent_on(code, line, on).map(|unit| brief(unit, on)),
        children: registry.children_on(code, line, on).into_iter().map(|unit| brief(unit, on)).collect(),
        successors: successors(&registry, unit),
        predecessors: predecessors(&registry, unit),
        names: unit.names.iter().map(|name| dated(name.name.clone(), String::new(), name.validity)).collect(),
    })
}

/// The parents that a unit ever had on a line, oldest first.
pub fn parents_over_time(registry: &Registry, unit: &Unit, line: Line) -> Vec<Dated> {
    let links = unit.parents.iter().filter(|link| link.line == line);
    let name = |code: &str, day: Option<Date>| {
        let parent = registry.unit(code);
        parent
            .map_or_else(|| code.to_owned(), |unit| day.map_or(unit.latest_name(), |day| unit.name_on(day)).to_owned())
    };
    links
        .map(|link| {
            let code = link.parent.as_str();
            dated(name(code, link.validity.from.or(link.validity.to)), code.to_owned(), link.validity)
        })
        .collect()
}

fn dated(text: String, code: String, validity: Validity) -> Dated {
    Dated { text, code, from: validity.from, to: validity.to }
}

/// Today where the unit exists then, else the nearest day of its life.
pub(crate) fn nearest_day(life: Validity, today: Date) -> Date {
    match (life.from, life.to) {
        _ if life.contains(today) => today,
        (Some(from), _) if today < from => from,
        (_, Some(to)) => to,
        _ => today,
    }
}

/// A unit as lists show it.
pub fn brief(unit: &Unit, on: Date) -> Brief {
    Brief { code: unit.code.0.clone(), name: unit.name_on(on).to_owned(), kind: unit.kind }
}

fn successors(registry: &Registry, unit: &Unit) -> Vec<Related> {
    let direct: Vec<Related> = registry
        .successors(unit.code.as_str())
        .map(|link| Related {
            code: link.successor.0.clone(),
            name: registry.unit(link.successor.as_str()).map_or("", |unit| unit.name_on(link.on)).to_owned(),
            relation: link.kind.as_str(),
            share: link.share.map(|share| share.to_string()).unwrap_or_default(),
            on: link.on,
        })
        .collect();
    let after = unit.validity.to.and_then(|to| to.tomorrow().ok());
    match after.filter(|_| direct.is_empty()) {
        None => direct,
        Some(on) => registry
            .heirs_on(unit.code.as_str(), on)
            .into_iter()
            .map(|heir| Related {
                name: registry.unit(heir.unit.as_str()).map_or("", |unit| unit.name_on(on)).to_owned(),
                code: heir.unit.0,
                relation: "through_children",
                share: String::new(),
                on,
            })
            .collect(),
    }
}

fn predecessors(registry: &Registry, unit: &Unit) -> Vec<Related> {
    let name = |code: &str, on: Date| {
        let eve = on.yesterday().unwrap_or(on);
        registry.unit(code).map_or("", |unit| unit.name_on(eve)).to_owned()
    };
    registry
        .predecessors(unit.code.as_str())
        .map(|link| Related {
            code: link.predecessor.0.clone(),
            name: name(link.predecessor.as_str(), link.on),
            relation: link.kind.as_str(),
            share: link.share.map(|share| share.to_string()).unwrap_or_default(),
            on: link.on,
        })
        .collect()
}

/// At most `limit` units found by code or by any name they ever had, best first.
///
/// # Errors
/// Where the registry cannot be read.
pub async fn search(office: &Office, query: &str, on: Date, limit: usize) -> Result<Vec<Found>> {
    let index: std::sync::Arc<SearchIndex> = office.unit_search().await?;
    Ok(index.search(query, on, limit))
}
