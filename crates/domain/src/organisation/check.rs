//! Whether a whole registry is sound: every fault of every row at once, each with its row and code.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Line, Row, Succession, SuccessionKind, Unit, Validity};
use crate::Reason;
use crate::vietnamese::short_date;

type ByCode<'a> = HashMap<&'a str, &'a Row<Unit>>;

/// Every fault of units and successions taken together, in the order of the rows; empty where all is sound.
///
/// Codes: `bad_code`, `no_name`, `bad_validity`, `duplicate_code`, `overlapping_validity`, `outside_life`,
/// `unknown_parent`, `parent_not_valid`, `cycle`, `unknown_predecessor`, `unknown_successor`, `self_succession`,
/// `duplicate_succession`, `predecessor_not_ended`, `successor_not_valid`, `shares_not_one`, `main_heir`.
pub fn registry(units: &[Row<Unit>], successions: &[Row<Succession>]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut by_code: ByCode<'_> = HashMap::with_capacity(units.len());
    for row in units {
        if let Some(first) = by_code.insert(row.record.code.as_str(), row) {
            let message = format!("Mã {} đã dùng ở {}.", row.record.code, place(first));
            reasons.push(Reason::new("duplicate_code", message).at(place(row)));
        }
    }
    for row in units {
        own_life(row, &mut reasons);
        parents(row, &by_code, &mut reasons);
    }
    for line in Line::ALL {
        cycles(units, &by_code, line, &mut reasons);
    }
    for row in successions {
        succession(row, &by_code, &mut reasons);
    }
    shares(successions, &by_code, &mut reasons);
    reasons
}

fn place(row: &Row<Unit>) -> String {
    match row.number {
        0 => format!("đơn vị {}", row.record.code),
        number => format!("đơn vị, dòng {number} ({})", row.record.code),
    }
}

fn link_place(row: &Row<Succession>) -> String {
    let (predecessor, successor) = (&row.record.predecessor, &row.record.successor);
    match row.number {
        0 => format!("kế thừa {predecessor} → {successor}"),
        number => format!("kế thừa, dòng {number} ({predecessor} → {successor})"),
    }
}

fn own_life(row: &Row<Unit>, reasons: &mut Vec<Reason>) {
    let unit = &row.record;
    let mut add = |code: &str, message: String| reasons.push(Reason::new(code, message).at(place(row)));
    if !unit.code.is_well_formed() {
        let message = format!("Mã «{}» không hợp lệ; chỉ dùng chữ cái không dấu, chữ số và . - _", unit.code);
        add("bad_code", message);
    }
    if unit.names.iter().all(|name| name.name.trim().is_empty()) {
        add("no_name", format!("Đơn vị {} chưa có tên.", unit.code));
    }
    if !unit.validity.is_ordered() {
        add("bad_validity", format!("Ngày kết thúc của {} trước ngày bắt đầu ({}).", unit.code, unit.validity));
        return;
    }
    let names: Vec<Validity> = unit.names.iter().map(|name| name.validity).collect();
    let on_line = |line| unit.parents.iter().filter(move |link| link.line == line).map(|link| link.validity).collect();
    let spans: [(&str, Vec<Validity>); 3] = [
        ("tên", names),
        ("cấp trên quản lý", on_line(Line::Management)),
        ("cấp trên chuyên môn", on_line(Line::Professional)),
    ];
    for (what, spans) in spans {
        if let Some((left, right)) = overlap(&spans) {
            let message = format!("Đơn vị {} có hai {what} trong cùng thời gian: {left} và {right}.", unit.code);
            add("overlapping_validity", message);
        }
        if let Some(span) = spans.iter().find(|span| !span.is_ordered() || !unit.validity.covers(**span)) {
            let message =
                format!("Thời gian của {what} ({span}) nằm ngoài thời gian tồn tại của đơn vị {}.", unit.code);
            add("outside_life", message);
        }
    }
}

pub(super) fn overlap(spans: &[Validity]) -> Option<(Validity, Validity)> {
    let mut spans: Vec<Validity> = spans.to_vec();
    spans.sort_by_key(|span| span.from);
    spans.windows(2).find(|pair| pair[0].overlaps(pair[1])).map(|pair| (pair[0], pair[1]))
}

fn parents(row: &Row<Unit>, by_code: &ByCode<'_>, reasons: &mut Vec<Reason>) {
    let unit = &row.record;
    for link in &unit.parents {
        let Some(parent) = by_code.get(link.parent.as_str()) else {
            let message = format!("Đơn vị cấp trên {} của {} không có trong danh mục.", link.parent, unit.code);
            reasons.push(Reason::new("unknown_parent", message).at(place(row)));
            continue;
        };
        let life = parent.record.validity;
        if link.validity.is_ordered() && !life.covers(link.validity) {
            let message = format!(
                "Đơn vị cấp trên {} chỉ tồn tại {life}, không đủ cho thời gian trực thuộc của {} ({}).",
                link.parent, unit.code, link.validity
            );
            reasons.push(Reason::new("parent_not_valid", message).at(place(row)));
        }
    }
}

/// A cycle is one only if all its links hold on a same day; the undated graph tells cheaply where to look.
fn cycles(units: &[Row<Unit>], by_code: &ByCode<'_>, line: Line, reasons: &mut Vec<Reason>) {
    let suspects = never_grounded(units, line);
    let links = || {
        let rows = units.iter().filter(|row| suspects.contains(row.record.code.as_str()));
        rows.flat_map(|row| row.record.parents.iter().filter(|link| link.line == line))
    };
    let days: BTreeSet<Date> = links().map(|link| link.validity.from.unwrap_or(Date::MIN)).collect();
    let mut named = BTreeSet::new();
    for row in units.iter().filter(|row| suspects.contains(row.record.code.as_str())) {
        let code = row.record.code.as_str();
        let parent_of = |unit: &str, day| Some(by_code.get(unit)?.record.parent_on(line, day)?.parent.as_str());
        let returns = |day: &&Date| {
            let chain = std::iter::successors(parent_of(code, **day), |unit| parent_of(unit, **day));
            chain.take(suspects.len()).any(|unit| unit == code)
        };
        if let Some(day) = days.iter().find(returns).filter(|_| named.insert(code)) {
            let day = if *day == Date::MIN { "từ đầu".to_owned() } else { format!("ngày {}", short_date(*day)) };
            let message = format!("Chuỗi cấp trên ({}) của {code} đi thành vòng tròn {day}.", line.label());
            reasons.push(Reason::new("cycle", message).at(place(row)));
        }
    }
}

/// The units from which some way up, over all dates, never ends.
fn never_grounded(units: &[Row<Unit>], line: Line) -> BTreeSet<&str> {
    let mut waiting: HashMap<&str, usize> = HashMap::with_capacity(units.len());
    let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
    for unit in units.iter().map(|row| &row.record) {
        // A code given twice is a fault of its own; here it counts once.
        if waiting.contains_key(unit.code.as_str()) {
            continue;
        }
        let parents: BTreeSet<&str> =
            unit.parents.iter().filter(|link| link.line == line).map(|link| link.parent.as_str()).collect();
        waiting.insert(unit.code.as_str(), parents.len());
        for parent in parents {
            children.entry(parent).or_default().push(unit.code.as_str());
        }
    }
    let unknown: Vec<&str> = children.keys().copied().filter(|parent| !waiting.contains_key(parent)).collect();
    let grounded = waiting.iter().filter(|(_, parents)| **parents == 0).map(|(unit, _)| *unit);
    let mut open: Vec<&str> = grounded.chain(unknown).collect();
    while let Some(unit) = open.pop() {
        waiting.remove(unit);
        for child in children.remove(unit).unwrap_or_default() {
            if let Some(parents) = waiting.get_mut(child) {
                *parents -= 1;
                if *parents == 0 {
                    open.push(child);
                }
            }
        }
    }
    waiting.into_keys().collect()
}

fn succession(row: &Row<Succession>, by_code: &ByCode<'_>, reasons: &mut Vec<Reason>) {
    let link = &row.record;
    let mut add = |code: &str, message: String| reasons.push(Reason::new(code, message).at(link_place(row)));
    if link.predecessor == link.successor {
        add("self_succession", format!("Đơn vị {} không thể kế thừa chính mình.", link.predecessor));
    }
    match by_code.get(link.predecessor.as_str()) {
        None => add("unknown_predecessor", format!("Đơn vị trước {} không có trong danh mục.", link.predecessor)),
        Some(unit) if !ends_in_time(unit.record.validity, link) => {
            let message = format!(
                "Đơn vị trước {} tồn tại {}, không khớp với ngày chuyển giao {}.",
                link.predecessor,
                unit.record.validity,
                short_date(link.on)
            );
            add("predecessor_not_ended", message);
        }
        Some(_) => {}
    }
    match by_code.get(link.successor.as_str()) {
        None => add("unknown_successor", format!("Đơn vị kế thừa {} không có trong danh mục.", link.successor)),
        Some(unit) if !unit.record.validity.contains(link.on) => {
            let message = format!(
                "Đơn vị kế thừa {} tồn tại {}, không có vào ngày chuyển giao {}.",
                link.successor,
                unit.record.validity,
                short_date(link.on)
            );
            add("successor_not_valid", message);
        }
        Some(_) => {}
    }
}

/// A part may leave a unit that lives on; all else needs a unit that ended the day before.
fn ends_in_time(life: Validity, link: &Succession) -> bool {
    let Ok(eve) = link.on.yesterday() else { return false };
    life.to == Some(eve) || (link.kind == SuccessionKind::Part && life.contains(eve))
}

fn shares(successions: &[Row<Succession>], by_code: &ByCode<'_>, reasons: &mut Vec<Reason>) {
    let mut groups: BTreeMap<(&str, Date), Vec<&Row<Succession>>> = BTreeMap::new();
    for row in successions {
        groups.entry((row.record.predecessor.as_str(), row.record.on)).or_default().push(row);
    }
    let mut found: Vec<(u64, Reason)> = Vec::new();
    for ((predecessor, on), rows) in groups {
        let lives_on = by_code.get(predecessor).is_some_and(|unit| unit.record.validity.contains(on));
        let reason = repeated(&rows).or_else(|| if lives_on { None } else { division(predecessor, &rows) });
        found.extend(reason.map(|reason| (rows[0].number, reason)));
    }
    found.sort_by_key(|(number, _)| *number);
    reasons.extend(found.into_iter().map(|(_, reason)| reason));
}

fn repeated(rows: &[&Row<Succession>]) -> Option<Reason> {
    let mut heirs = BTreeSet::new();
    let row = rows.iter().find(|row| !heirs.insert(&row.record.successor))?;
    let (predecessor, successor) = (&row.record.predecessor, &row.record.successor);
    let message = format!("{predecessor} → {successor} được ghi hơn một lần.");
    Some(Reason::new("duplicate_succession", message).at(link_place(row)))
}

/// The heirs of a unit that ended: one whole heir, or stated shares that add up to 1, or one main heir and others.
pub(super) fn division(predecessor: &str, rows: &[&Row<Succession>]) -> Option<Reason> {
    let links = || rows.iter().map(|row| &row.record);
    let stated =
        |link: &Succession| if link.kind.is_whole() { Some(link.share.unwrap_or(Decimal::ONE)) } else { link.share };
    let numbers: Vec<String> = rows.iter().map(|row| row.number.to_string()).collect();
    let at = match rows {
        [only] => link_place(only),
        _ if rows[0].number == 0 => format!("kế thừa của {predecessor}"),
        _ => format!("kế thừa, dòng {} ({predecessor})", numbers.join(", ")),
    };
    if links().any(|link| stated(link).is_some()) {
        let shares: Vec<Option<Decimal>> = links().map(stated).collect();
        let sum: Decimal = shares.iter().flatten().copied().sum();
        let sound = shares.iter().all(|share| share.is_some_and(|share| share > Decimal::ZERO)) && sum == Decimal::ONE;
        let message = || {
            let sum = sum.normalize().to_string().replace('.', ",");
            let blank = shares.iter().filter(|share| share.is_none()).count();
            let blank =
                if blank > 0 { format!(", còn {blank} đơn vị chưa ghi tỉ lệ") } else { String::new() };
            format!(
                "Tổng tỉ lệ các đơn vị kế thừa của {predecessor} là {sum}{blank}; tổng phải bằng 1 và mọi tỉ lệ phải lớn hơn 0."
            )
        };
        return (!sound).then(|| Reason::new("shares_not_one", message()).at(at));
    }
    let mains = links().filter(|link| link.kind == SuccessionKind::PartMain).count();
    let sound = mains == 1 && rows.len() > 1;
    let message = format!(
        "{predecessor} được chia mà không ghi tỉ lệ: cần đúng một đơn vị kế thừa chính (part_main) và ít nhất một đơn vị khác (part)."
    );
    (!sound).then(|| Reason::new("main_heir", message).at(at))
}
