//! Units, names, parents, sites and successions: rows into a registry and back.

mod changes;
mod people;

use std::collections::HashMap;

use domain::{
    Level, Ownership,
    organisation::{
        DatedName, Line, ParentLink, Registry, SatelliteSite, SchoolFacts, Succession, SuccessionKind, Unit, UnitKind,
        Validity,
    },
};
use jiff::civil::Date;
use sqlx::AnyConnection;

use crate::platform::{
    Error, Result, Transaction,
    db::{Bound, insert_rows},
};

// Each of these is one row with everything in it, fields parted by $1 and records by $2: the driver hands rows over one at
// a time between two threads, which for the units of a country takes longer than all the rest of a command.
const UNITS: &str = "select string_agg(code || cast($1 as text) || kind || cast($1 as text) || official_code || \
     cast($1 as text) || levels || cast($1 as text) || ownership || cast($1 as text) || valid_from || cast($1 as text) || \
     valid_to, cast($2 as text) order by list_order, code) from unit";
const NAMES: &str = "select string_agg(unit_code || cast($1 as text) || name || cast($1 as text) || valid_from || \
     cast($1 as text) || valid_to, cast($2 as text) order by unit_code, valid_from) from unit_name";
const ALIASES: &str = "select string_agg(unit_code || cast($1 as text) || alias, cast($2 as text) \
     order by unit_code, alias) from unit_alias";
const PARENTS: &str = "select string_agg(unit_code || cast($1 as text) || line || cast($1 as text) || parent_code || \
     cast($1 as text) || valid_from || cast($1 as text) || valid_to, cast($2 as text) \
     order by unit_code, line, valid_from) from unit_parent";
const SITES: &str = "select string_agg(unit_code || cast($1 as text) || name || cast($1 as text) || valid_from || \
     cast($1 as text) || valid_to, cast($2 as text) order by unit_code, name, valid_from) from satellite_site";
const SUCCESSIONS: &str = "select string_agg(predecessor_code || cast($1 as text) || successor_code || cast($1 as text) || \
     kind || cast($1 as text) || share || cast($1 as text) || effective_on, cast($2 as text) \
     order by effective_on, predecessor_code, successor_code) from unit_succession";
const CLEAR: [&str; 4] = [
    "delete from unit_name where unit_code = $1",
    "delete from unit_alias where unit_code = $1",
    "delete from unit_parent where unit_code = $1",
    "delete from satellite_site where unit_code = $1",
];

const FORGET: [&str; 2] = ["delete from unit_change_unit where unit_code = $1", "delete from unit where code = $1"];
const CLEAR_SUCCESSION: &str = "delete from unit_succession where predecessor_code = $1 and successor_code = $2";

pub(super) use changes::{insert_change, load_change, mark_undone};
pub(super) use people::{end_terms, load_person, load_staffing, next_code, person_named, rename_person, save_staffing};

/// An open end, stored so that one comparison of texts serves both ends.
const OPEN_END: &str = "9999-12-31";

// Between fields and between records; nobody can type them.
const FIELD_END: char = '\u{1f}';
const RECORD_END: char = '\u{1e}';

/// Reads everything.
///
/// # Errors
/// An inside fault for rows that no longer make a sound registry.
pub(super) async fn load(connection: &mut AnyConnection) -> Result<Registry> {
    let mut units = records(&whole(connection, UNITS).await?, unit)?;
    let places: HashMap<String, usize> =
        units.iter().enumerate().map(|(place, unit)| (unit.code.0.clone(), place)).collect();
    let place = |code: &str| places.get(code).copied().ok_or_else(|| damaged("unit", code));
    records(&whole(connection, NAMES).await?, |[unit, name, from, to]| {
        units[place(unit)?].names.push(DatedName { name: name.to_owned(), validity: validity(from, to)? });
        Ok(())
    })?;
    records(&whole(connection, ALIASES).await?, |[unit, alias]| {
        units[place(unit)?].aliases.push(alias.to_owned());
        Ok(())
    })?;
    records(&whole(connection, PARENTS).await?, |[unit, line, parent, from, to]| {
        let line = Line::parse(line).ok_or_else(|| damaged("line", line))?;
        let link = ParentLink { line, parent: parent.into(), validity: validity(from, to)? };
        units[place(unit)?].parents.push(link);
        Ok(())
    })?;
    records(&whole(connection, SITES).await?, |[unit, name, from, to]| {
        let site = SatelliteSite { name: name.to_owned(), validity: validity(from, to)? };
        units[place(unit)?].school.get_or_insert_default().sites.push(site);
        Ok(())
    })?;
    let successions = records(&whole(connection, SUCCESSIONS).await?, succession)?;
    Registry::from_records(units, successions).map_err(Error::inside)
}

/// A table in one text.
async fn whole(connection: &mut AnyConnection, query: &'static str) -> Result<String> {
    let bound = sqlx::query_as(query).bind(FIELD_END.to_string()).bind(RECORD_END.to_string());
    let (text,): (Option<String>,) = bound.fetch_one(connection).await?;
    Ok(text.unwrap_or_default())
}

/// What each record of such a text says.
fn records<const N: usize, T>(text: &str, mut read: impl FnMut([&str; N]) -> Result<T>) -> Result<Vec<T>> {
    let filled = text.split(RECORD_END).filter(|record| !record.is_empty());
    filled.map(|record| read(fields(record)?)).collect()
}

fn fields<const N: usize>(record: &str) -> Result<[&str; N]> {
    let mut parts = record.split(FIELD_END);
    let found = std::array::from_fn(|_| parts.next());
    if parts.next().is_some() || found.contains(&None) {
        return Err(damaged("record", record));
    }
    Ok(found.map(Option::unwrap_or_default))
}

fn unit([code, kind, official_code, levels, ownership, from, to]: [&str; 7]) -> Result<Unit> {
    let kind = UnitKind::parse(kind).ok_or_else(|| damaged("kind", kind))?;
    let school = kind.is_school().then(|| SchoolFacts {
        levels: levels.split(' ').filter_map(Level::parse).collect(),
        ownership: Ownership::parse(ownership),
        sites: Vec::new(),
    });
    Ok(Unit {
        code: code.into(),
        official_code: Some(official_code).filter(|code| !code.is_empty()).map(str::to_owned),
        kind,
        validity: validity(from, to)?,
        names: Vec::new(),
        aliases: Vec::new(),
        parents: Vec::new(),
        school,
    })
}

fn succession([predecessor, successor, kind, share, on]: [&str; 5]) -> Result<Succession> {
    Ok(Succession {
        predecessor: predecessor.into(),
        successor: successor.into(),
        kind: SuccessionKind::parse(kind).ok_or_else(|| damaged("succession", kind))?,
        share: share.parse().ok(),
        on: on.parse().map_err(|_| damaged("date", on))?,
    })
}

/// Writes whole units with their places in lists; those that are known already are replaced.
pub(super) async fn save(transaction: &mut Transaction, units: &[(usize, &Unit)], known: &Registry) -> Result<()> {
    for (_, unit) in units.iter().filter(|(_, unit)| known.unit(unit.code.as_str()).is_some()) {
        for statement in CLEAR {
            sqlx::query(statement).bind(unit.code.0.clone()).execute(&mut **transaction).await?;
        }
    }
    save_units(transaction, units).await?;
    let all = || units.iter().flat_map(|(_, unit)| unit.names.iter().map(move |name| (unit, name)));
    let rows = all().map(|(unit, name)| texts([unit.code.as_str(), &name.name], name.validity)).collect();
    write(transaction, "insert into unit_name (unit_code, name, valid_from, valid_to)", rows).await?;
    let aliases = units.iter().flat_map(|(_, unit)| unit.aliases.iter().map(move |alias| (unit, alias)));
    let rows = aliases.map(|(unit, alias)| vec![unit.code.0.clone(), alias.clone()]).collect();
    write(transaction, "insert into unit_alias (unit_code, alias)", rows).await?;
    let links = units.iter().flat_map(|(_, unit)| unit.parents.iter().map(move |link| (unit, link)));
    let text = |(unit, link): (&&Unit, &ParentLink)| {
        texts([unit.code.as_str(), link.line.as_str(), link.parent.as_str()], link.validity)
    };
    let rows = links.map(text).collect();
    write(transaction, "insert into unit_parent (unit_code, line, parent_code, valid_from, valid_to)", rows).await?;
    let sites = units.iter().flat_map(|(_, unit)| unit.school.iter().map(move |school| (unit, school)));
    let sites = sites.flat_map(|(unit, school)| school.sites.iter().map(move |site| (unit, site)));
    let rows = sites.map(|(unit, site)| texts([unit.code.as_str(), &site.name], site.validity)).collect();
    write(transaction, "insert into satellite_site (unit_code, name, valid_from, valid_to)", rows).await
}

async fn save_units(transaction: &mut Transaction, units: &[(usize, &Unit)]) -> Result<()> {
    let text = |unit: &Unit| {
        let school = unit.school.clone().unwrap_or_default();
        let levels: Vec<&str> = school.levels.iter().map(|level| level.as_str()).collect();
        let official_code = unit.official_code.as_deref().unwrap_or("");
        let ownership = school.ownership.map_or("", Ownership::as_str);
        texts([unit.code.as_str(), unit.kind.as_str(), official_code, &levels.join(" "), ownership], unit.validity)
    };
    let written: Vec<Vec<String>> = units.iter().map(|(_, unit)| text(unit)).collect();
    let mut rows = bound(&written);
    for (row, (order, _)) in rows.iter_mut().zip(units) {
        row.push(Bound::Whole(i64::try_from(*order).unwrap_or(i64::MAX)));
    }
    insert_rows(
        &mut **transaction,
        "insert into unit (code, kind, official_code, levels, ownership, valid_from, valid_to, list_order)",
        &rows,
        "on conflict (code) do update set kind = excluded.kind, official_code = excluded.official_code,
            levels = excluded.levels, ownership = excluded.ownership, valid_from = excluded.valid_from,
            valid_to = excluded.valid_to, list_order = excluded.list_order",
    )
    .await?;
    Ok(())
}

/// Removes units that a change had created. Whoever has come to refer to one keeps it from going.
pub(super) async fn forget(transaction: &mut Transaction, codes: &[&str]) -> Result<()> {
    for code in codes {
        for statement in CLEAR.into_iter().chain(FORGET) {
            let done = sqlx::query(statement).bind((*code).to_owned()).execute(&mut **transaction).await;
            done.map_err(|error| in_use(error, code))?;
        }
    }
    Ok(())
}

fn in_use(error: sqlx::Error, code: &str) -> Error {
    let is_kept = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation);
    if !is_kept {
        return error.into();
    }
    let message =
        format!("Đơn vị {code} đã có số liệu, tài khoản, báo cáo hoặc chức vụ; không thể hủy việc lập đơn vị này.");
    Error::refused("in_use", message)
}

/// Removes successions that a change had written.
pub(super) async fn remove_successions(transaction: &mut Transaction, successions: &[Succession]) -> Result<()> {
    for link in successions {
        let (predecessor, successor) = (link.predecessor.0.clone(), link.successor.0.clone());
        sqlx::query(CLEAR_SUCCESSION).bind(predecessor).bind(successor).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Writes successions that are not there yet.
pub(super) async fn save_successions(transaction: &mut Transaction, successions: &[&Succession]) -> Result<()> {
    let text = |link: &&Succession| {
        let share = link.share.map(|share| share.to_string()).unwrap_or_default();
        let (predecessor, successor) = (link.predecessor.0.clone(), link.successor.0.clone());
        vec![predecessor, successor, link.kind.as_str().to_owned(), share, link.on.to_string()]
    };
    let head = "insert into unit_succession (predecessor_code, successor_code, kind, share, effective_on)";
    write(transaction, head, successions.iter().map(text).collect()).await
}

async fn write(transaction: &mut Transaction, head: &'static str, rows: Vec<Vec<String>>) -> Result<()> {
    insert_rows(&mut **transaction, head, &bound(&rows), "").await?;
    Ok(())
}

fn bound(rows: &[Vec<String>]) -> Vec<Vec<Bound<'_>>> {
    rows.iter().map(|row| row.iter().map(|text| Bound::Text(text)).collect()).collect()
}

/// A row of texts that ends with the two dates of its validity.
fn texts<const N: usize>(fields: [&str; N], validity: Validity) -> Vec<String> {
    let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
    let dates = [day(validity.from, ""), day(validity.to, OPEN_END)];
    fields.into_iter().map(ToOwned::to_owned).chain(dates).collect()
}

fn validity(from: &str, to: &str) -> Result<Validity> {
    let day = |text: &str, open: &str| match text {
        text if text == open => Ok(None),
        text => text.parse().map(Some).map_err(|_| damaged("date", text)),
    };
    Ok(Validity { from: day(from, "")?, to: day(to, OPEN_END)? })
}

fn damaged(what: &str, text: &str) -> Error {
    Error::Inside(format!("damaged {what} in the unit register: {text}"))
}
