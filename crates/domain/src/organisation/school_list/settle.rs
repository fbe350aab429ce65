//! Fits a list of schools to the units that are known already.

use std::collections::{HashMap, hash_map::Entry};

use jiff::civil::Date;

use super::{Reading, told};
use crate::organisation::{Line, ParentLink, Registry, Row, SatelliteSite, Unit, UnitCode};
use crate::vietnamese::fold;
use crate::{Reason, Refusal};

/// The schools of a list as they can be taken into the registry, or everything that is wrong with them: what was found in
/// reading, what the registry says of them, and codes given twice, by their lines.
///
/// # Errors
/// The faults of the reading; those of [`settle`]; `unknown_parent`, `wrong_kind`, `duplicate_code`.
pub fn fitted(reading: Reading, registry: &Registry) -> Result<Vec<Row<Unit>>, Refusal> {
    let Reading { rows, mut faults } = reading;
    faults.extend(rows.iter().flat_map(|row| against(row, registry)));
    faults.extend(given_twice(&rows));
    let (settled, otherwise) = settled(rows, registry);
    faults.extend(otherwise);
    Refusal::unless_empty(told(faults))?;
    Ok(settled)
}

/// What the registry says of a row's parents.
fn against(row: &Row<Unit>, registry: &Registry) -> Vec<Row<Reason>> {
    let (number, unit) = (row.number, &row.record);
    let fault = |link: &ParentLink| match registry.unit(link.parent.as_str()) {
        None => {
            let message = format!("Đơn vị cấp trên {} của {} không có trong danh mục.", link.parent, unit.code);
            Some(Reason::new("unknown_parent", message))
        }
        Some(parent) if !unit.kind.can_stand_under(parent.kind) => {
            let kind = parent.kind.label().0;
            let message = format!("{} không thể trực thuộc {} ({kind}).", unit.code, link.parent);
            Some(Reason::new("wrong_kind", message))
        }
        Some(_) => None,
    };
    unit.parents.iter().filter_map(fault).map(|record| Row { number, record }).collect()
}

fn given_twice(rows: &[Row<Unit>]) -> Vec<Row<Reason>> {
    let mut first: HashMap<&str, u64> = HashMap::new();
    let mut faults = Vec::new();
    for row in rows.iter().filter(|row| !row.record.code.as_str().is_empty()) {
        match first.entry(row.record.code.as_str()) {
            Entry::Vacant(entry) => {
                entry.insert(row.number);
            }
            Entry::Occupied(entry) => {
                let message = format!("Mã {} đã dùng ở dòng {}.", row.record.code, entry.get());
                faults.push(Row { number: row.number, record: Reason::new("duplicate_code", message) });
            }
        }
    }
    faults
}

/// The rows as they can be taken into the registry.
///
/// Where the list gives no first day, a school begins on the first day on which all parents that the row names exist: a
/// ward of two tiers begins on 1 July 2025, and what stood in its place before is not known from the list. A row that
/// names a previous parent makes the school older: it stood under that one until the present parent began. A school that
/// is known already keeps its history: the list may mend its levels, ownership, official code and sites, nothing else.
///
/// # Errors
/// `known_otherwise` for every row that would rewrite the name, kind, parents or dates of a school that is known;
/// `no_change_day` where a previous parent is named and the present one has no first day.
pub fn settle(rows: Vec<Row<Unit>>, registry: &Registry) -> Result<Vec<Row<Unit>>, Refusal> {
    let (settled, faults) = settled(rows, registry);
    Refusal::unless_empty(told(faults))?;
    Ok(settled)
}

/// As [`settle`], with the faults by their lines.
fn settled(rows: Vec<Row<Unit>>, registry: &Registry) -> (Vec<Row<Unit>>, Vec<Row<Reason>>) {
    let mut faults = Vec::new();
    let settled = rows.into_iter().map(|Row { number, record: mut unit }| {
        let (record, fault) = match registry.unit(unit.code.as_str()) {
            Some(known) => {
                let fault = rewritten(known, &unit);
                (mended(known, unit), fault)
            }
            None => {
                let fault = succeeded(&mut unit, registry);
                (begun(unit, registry), fault)
            }
        };
        faults.extend(fault.map(|record| Row { number, record }));
        Row { number, record }
    });
    (settled.collect(), faults)
}

/// Where the row names two parents on a line, the first gives way on the day on which the second begins; a line with
/// one parent only begins with it.
fn succeeded(unit: &mut Unit, registry: &Registry) -> Option<Reason> {
    let start = |code: &UnitCode| registry.unit(code.as_str()).and_then(|unit| unit.validity.from);
    let has_two = |line| unit.parents.iter().filter(|link| link.line == line).count() == 2;
    let two: Vec<Line> = Line::ALL.into_iter().filter(|line| has_two(*line)).collect();
    if two.is_empty() {
        return None;
    }
    let mut cut: Option<(Line, Date)> = None;
    for link in unit.parents.iter_mut().rev() {
        match cut.filter(|(line, _)| *line == link.line) {
            Some((_, day)) => link.validity = link.validity.until(day),
            None => match start(&link.parent) {
                Some(day) => {
                    link.validity.from = link.validity.from.max(Some(day));
                    cut = Some((link.line, day));
                }
                None if two.contains(&link.line) => {
                    let message = format!(
                        "Đơn vị cấp trên {} không có ngày bắt đầu, nên không biết trường thôi trực thuộc đơn vị trước đây từ ngày nào.",
                        link.parent
                    );
                    return Some(Reason::new("no_change_day", message));
                }
                None => {}
            },
        }
    }
    None
}

/// A new school with a first day.
fn begun(mut unit: Unit, registry: &Registry) -> Unit {
    let since = |link: &ParentLink| registry.unit(link.parent.as_str()).and_then(|parent| parent.validity.from);
    let has_ended = unit.parents.iter().any(|link| link.validity.to.is_some() && link.validity.to != unit.validity.to);
    if has_ended {
        return unit;
    }
    let first: Option<Date> = unit.parents.iter().filter_map(since).max();
    if unit.validity.from.is_some() || first.is_none() {
        return unit;
    }
    let names = unit.names.iter_mut().map(|name| &mut name.validity);
    let links = unit.parents.iter_mut().map(|link| &mut link.validity);
    let sites = unit.school.iter_mut().flat_map(|school| &mut school.sites).map(|site| &mut site.validity);
    for validity in names.chain(links).chain(sites).chain([&mut unit.validity]) {
        validity.from = first;
    }
    unit
}

/// What the row says otherwise about a known school and cannot change.
fn rewritten(known: &Unit, given: &Unit) -> Option<Reason> {
    let mut differences = Vec::new();
    if given.latest_name() != known.latest_name() {
        differences.push(format!("tên là «{}»", known.latest_name()));
    }
    if given.kind != known.kind {
        differences.push(format!("loại là {}", known.kind.label().0));
    }
    for line in Line::ALL {
        let latest = |unit: &Unit| -> Option<UnitCode> {
            unit.parents.iter().rfind(|link| link.line == line).map(|link| link.parent.clone())
        };
        if let (Some(given), Some(known)) = (latest(given), latest(known))
            && given != known
        {
            differences.push(format!("đơn vị {} là {known}", line.label()));
        }
    }
    let dates = [
        ("ngày bắt đầu", given.validity.from, known.validity.from),
        ("ngày kết thúc", given.validity.to, known.validity.to),
    ];
    for (what, given, known) in dates {
        if given.is_some() && given != known {
            let known = known.map_or_else(|| "để trống".to_owned(), crate::vietnamese::short_date);
            differences.push(format!("{what} là {known}"));
        }
    }
    let message = format!(
        "Trường {} đã có trong danh mục, với {}. Danh sách không viết lại lịch sử; hãy dùng «Thay đổi từ ngày» ở trang của trường.",
        known.code,
        differences.join(", ")
    );
    (!differences.is_empty()).then(|| Reason::new("known_otherwise", message))
}

/// The known school with the facts that the row gives.
fn mended(known: &Unit, given: Unit) -> Unit {
    let mut unit = known.clone();
    unit.official_code = given.official_code.or(unit.official_code);
    if let Some(facts) = given.school {
        let school = unit.school.get_or_insert_default();
        school.levels = facts.levels;
        school.ownership = facts.ownership.or(school.ownership);
        for site in facts.sites {
            if !school.sites.iter().any(|known| fold(&known.name) == fold(&site.name)) {
                school.sites.push(SatelliteSite { name: site.name, validity: known.validity });
            }
        }
        school.sites.sort_by(|left, right| (&left.name, left.validity.from).cmp(&(&right.name, right.validity.from)));
    }
    unit
}
