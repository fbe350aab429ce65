//! The national list of administrative units before and after 1 July 2025, from its two CSV files.
//!
//! `units.csv`: `id,code,name,kind,parent_id,valid_from,valid_to`; `successors.csv`: `predecessor_id,successor_id,share`.
//! Provinces have no parent in the file and come under the country (`VN`). A unit may stand in several rows with
//! different periods (a new name, another parent); a share may be one of the file's words or a decimal that a decision
//! states. Source: data/admin-units/README.md, confidence second-hand.

use std::collections::HashMap;

use csv::StringRecord;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    DatedName, Line, ParentLink, Registry, Row, Succession, SuccessionKind, Unit, UnitCode, UnitKind, Validity, check,
};
use crate::{Reason, Refusal};

const UNIT_COLUMNS: [&str; 7] = ["id", "code", "name", "kind", "parent_id", "valid_from", "valid_to"];
const LINK_COLUMNS: [&str; 3] = ["predecessor_id", "successor_id", "share"];

/// Five special zones have no predecessor row: each continues an island district that had no communes. Read from the
/// names only, so it is no succession until an officer confirms it: (special zone, island district).
pub const ISLAND_ZONES: [(&str, &str); 5] =
    [("N11948", "L31.318"), ("N19742", "L45.471"), ("N20333", "L48.498"), ("N21548", "L51.536"), ("N26732", "L77.755")];

/// Reads both files into a registry under the country.
///
/// # Errors
/// Every bad row of both files (`bad_file`, `bad_header`, `bad_kind`, `bad_date`, `no_parent`, `bad_share`, and the
/// codes of [`check::registry`]); nothing is taken then.
pub fn read(units_csv: &str, successors_csv: &str) -> Result<Registry, Refusal> {
    let mut reasons = Vec::new();
    let unit_rows: Vec<Row<Period>> = rows(units_csv, "đơn vị", &UNIT_COLUMNS, &mut reasons, period);
    let link_rows: Vec<Row<Link>> = rows(successors_csv, "kế thừa", &LINK_COLUMNS, &mut reasons, link);
    let units = joined(unit_rows, &mut reasons);
    let successions = dated(link_rows, &units, &mut reasons);
    reasons.extend(check::registry(&units, &successions));
    Refusal::unless_empty(reasons)?;
    Ok(Registry::of_checked(units, successions))
}

/// One row of the units' file: a unit for a period.
struct Period {
    code: UnitCode,
    official_code: Option<String>,
    name: String,
    kind: UnitKind,
    parent: Option<UnitCode>,
    validity: Validity,
}

/// One row of the successors' file.
struct Link {
    predecessor: UnitCode,
    successor: UnitCode,
    kind: SuccessionKind,
    share: Option<Decimal>,
}

/// Reads a file's rows; a row with a fault adds its reasons and is left out.
fn rows<T>(
    text: &str,
    file: &str,
    columns: &[&str],
    reasons: &mut Vec<Reason>,
    read: impl Fn(&StringRecord, &mut Vec<(&'static str, String)>) -> Option<T>,
) -> Vec<Row<T>> {
    // The reader counts lines by '\n' and would be one behind on CRLF.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header_fits = reader.headers().is_ok_and(|header| header.iter().eq(columns.iter().copied()));
    if !header_fits {
        let message = format!("Dòng tiêu đề của tệp {file} phải là: {}", columns.join(","));
        reasons.push(Reason::new("bad_header", message).at(format!("{file}, dòng 1")));
        return Vec::new();
    }
    let mut taken = Vec::new();
    for (index, record) in (0_u64..).zip(reader.records()) {
        let number = match &record {
            Ok(record) => record.position().map_or(index + 2, csv::Position::line),
            Err(error) => error.position().map_or(index + 2, csv::Position::line),
        };
        let mut faults = Vec::new();
        match record {
            Ok(record) => taken.extend(read(&record, &mut faults).map(|record| Row { number, record })),
            Err(_) => faults.push(("bad_file", format!("Dòng này không đọc được: cần đúng {} cột.", columns.len()))),
        }
        let place = format!("{file}, dòng {number}");
        reasons.extend(faults.into_iter().map(|(code, message)| Reason::new(code, message).at(place.as_str())));
    }
    taken
}

fn period(record: &StringRecord, faults: &mut Vec<(&'static str, String)>) -> Option<Period> {
    let field = |column: usize| record.get(column).unwrap_or_default();
    let kind = UnitKind::parse(field(3));
    if kind.is_none() {
        faults.push(("bad_kind", format!("Loại đơn vị «{}» của {} không có trong danh mục.", field(3), field(0))));
    }
    let mut day = |column: usize| -> Option<Date> {
        let text = field(column);
        let day = text.parse().ok();
        if day.is_none() && !text.is_empty() {
            faults.push(("bad_date", format!("Ngày «{text}» của {} phải có dạng 2025-07-01.", field(0))));
        }
        day
    };
    let validity = Validity { from: day(5), to: day(6) };
    let kind = kind?;
    let parent = match (field(4), kind) {
        ("", UnitKind::Country) => None,
        ("", UnitKind::Province) => Some(UnitCode::from(UnitCode::COUNTRY)),
        ("", _) => {
            faults.push(("no_parent", format!("Đơn vị {} chưa có đơn vị cấp trên.", field(0))));
            return None;
        }
        (parent, _) => Some(parent.into()),
    };
    Some(Period {
        code: field(0).into(),
        official_code: Some(field(1).to_owned()).filter(|code| !code.is_empty()),
        name: crate::vietnamese::normalise(field(2)),
        kind,
        parent,
        validity,
    })
}

fn link(record: &StringRecord, faults: &mut Vec<(&'static str, String)>) -> Option<Link> {
    let field = |column: usize| record.get(column).unwrap_or_default();
    let share = field(2);
    let stated = share.parse::<Decimal>().ok().filter(|share| *share > Decimal::ZERO && *share <= Decimal::ONE);
    let kind = SuccessionKind::parse(share).or_else(|| {
        stated.map(|share| if share == Decimal::ONE { SuccessionKind::Whole } else { SuccessionKind::Part })
    });
    if kind.is_none() {
        let message = format!(
            "Phần kế thừa «{share}» không hợp lệ; ghi whole, part_main, part hoặc tỉ lệ từ 0 đến 1 (ví dụ 0.4)."
        );
        faults.push(("bad_share", message));
    }
    Some(Link { predecessor: field(0).into(), successor: field(1).into(), kind: kind?, share: stated })
}

/// Rows of the same unit joined to one unit with dated names and parents, in the order of first appearance.
fn joined(rows: Vec<Row<Period>>, reasons: &mut Vec<Reason>) -> Vec<Row<Unit>> {
    let mut order: Vec<Vec<Row<Period>>> = Vec::with_capacity(rows.len());
    let mut place_of: HashMap<UnitCode, usize> = HashMap::with_capacity(rows.len());
    for row in rows {
        match place_of.get(&row.record.code) {
            Some(&place) => order[place].push(row),
            None => {
                place_of.insert(row.record.code.clone(), order.len());
                order.push(vec![row]);
            }
        }
    }
    let mut units = Vec::with_capacity(order.len() + 1);
    if !place_of.contains_key(UnitCode::COUNTRY) {
        let country = Unit::new(UnitCode::COUNTRY, UnitKind::Country, "Cả nước", Validity::ALWAYS);
        units.push(Row::unnumbered(country));
    }
    units.extend(order.into_iter().map(|periods| one_unit(periods, reasons)));
    units
}

fn one_unit(mut periods: Vec<Row<Period>>, reasons: &mut Vec<Reason>) -> Row<Unit> {
    periods.sort_by_key(|row| row.record.validity.from);
    for pair in periods.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        let at = format!("đơn vị, dòng {} và {} ({})", first.number, second.number, first.record.code);
        if first.record.validity.overlaps(second.record.validity) {
            let message = format!(
                "Hai dòng của {} trùng thời gian: {} và {}.",
                first.record.code, first.record.validity, second.record.validity
            );
            reasons.push(Reason::new("overlapping_validity", message).at(at.as_str()));
        }
        if first.record.kind != second.record.kind {
            let message = format!("Mã {} được dùng cho hai loại đơn vị khác nhau.", first.record.code);
            reasons.push(Reason::new("duplicate_code", message).at(at));
        }
    }
    let (first, last) = (&periods[0], &periods[periods.len() - 1]);
    let life = Validity { from: first.record.validity.from, to: last.record.validity.to };
    let name = |period: &Period| DatedName { name: period.name.clone(), validity: period.validity };
    let parent = |period: &Period| {
        let parent = period.parent.clone()?;
        Some(ParentLink { line: Line::Management, parent, validity: period.validity })
    };
    let clean = check::overlap(&periods.iter().map(|row| row.record.validity).collect::<Vec<_>>()).is_none();
    let kept = if clean { &periods[..] } else { &periods[..1] };
    let unit = Unit {
        code: first.record.code.clone(),
        official_code: last.record.official_code.clone(),
        kind: first.record.kind,
        validity: if clean { life } else { first.record.validity },
        names: kept.iter().map(|row| name(&row.record)).collect(),
        aliases: Vec::new(),
        parents: kept.iter().filter_map(|row| parent(&row.record)).collect(),
        school: None,
    };
    Row { number: first.number, record: unit }
}

/// The file names no day: a successor stands from the day after its predecessor's last.
fn dated(rows: Vec<Row<Link>>, units: &[Row<Unit>], reasons: &mut Vec<Reason>) -> Vec<Row<Succession>> {
    let ends: HashMap<&UnitCode, Option<Date>> =
        units.iter().map(|row| (&row.record.code, row.record.validity.to)).collect();
    let mut successions = Vec::with_capacity(rows.len());
    for row in rows {
        let Link { predecessor, successor, kind, share } = row.record;
        let at = format!("kế thừa, dòng {} ({predecessor} → {successor})", row.number);
        match ends.get(&predecessor).map(|end| end.and_then(|end| end.tomorrow().ok())) {
            None => {
                let message = format!("Đơn vị trước {predecessor} không có trong danh mục.");
                reasons.push(Reason::new("unknown_predecessor", message).at(at));
            }
            Some(None) => {
                let message = format!("Đơn vị trước {predecessor} chưa có ngày kết thúc (valid_to).");
                reasons.push(Reason::new("predecessor_not_ended", message).at(at));
            }
            Some(Some(on)) => {
                let record = Succession { predecessor, successor, kind, share, on };
                successions.push(Row { number: row.number, record });
            }
        }
    }
    successions
}
