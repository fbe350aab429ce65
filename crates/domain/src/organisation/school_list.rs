//! A list of schools from a CSV file, as an office keeps it.
//!
//! The header names the columns, in any order: `code`, `name`, `parent` must be there; `professional_parent`, `kind`
//! (default `school`), `levels` (`primary;lower_secondary` or `TH;THCS`), `ownership`, `official_code`, `sites`,
//! `valid_from`, `valid_to` may be. Vietnamese heads (`Mã`, `Tên trường`, `Cấp trên`, `Cấp học`, `Loại hình` …) are read
//! as well.

use csv::StringRecord;
use jiff::civil::Date;

use super::{Line, ParentLink, SatelliteSite, SchoolFacts, Unit, UnitKind, Validity};
use crate::vietnamese::{fold, normalise};
use crate::{Level, Ownership, Reason, Refusal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Code,
    Name,
    Parent,
    ProfessionalParent,
    Kind,
    Levels,
    Ownership,
    OfficialCode,
    Sites,
    ValidFrom,
    ValidTo,
}

/// Heads without accents, in lower case.
const HEADS: &[(Column, &[&str])] = &[
    (Column::Code, &["code", "ma", "ma truong", "ma don vi"]),
    (Column::Name, &["name", "ten", "ten truong", "ten don vi"]),
    (Column::Parent, &["parent", "cap tren", "don vi quan ly", "truc thuoc"]),
    (Column::ProfessionalParent, &["professional_parent", "don vi chi dao chuyen mon", "cap tren chuyen mon"]),
    (Column::Kind, &["kind", "loai don vi"]),
    (Column::Levels, &["levels", "cap hoc"]),
    (Column::Ownership, &["ownership", "loai hinh"]),
    (Column::OfficialCode, &["official_code", "ma dinh danh"]),
    (Column::Sites, &["sites", "diem truong"]),
    (Column::ValidFrom, &["valid_from", "tu ngay"]),
    (Column::ValidTo, &["valid_to", "den ngay"]),
];

fn columns(header: &StringRecord) -> Vec<Option<Column>> {
    let column = |head: &str| {
        let head = fold(head);
        HEADS.iter().find(|(_, names)| names.contains(&head.as_str())).map(|(column, _)| *column)
    };
    header.iter().map(column).collect()
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes())
}

/// Whether the first line is the header of a list of schools.
pub fn is_header(text: &str) -> bool {
    reader(text).headers().is_ok_and(|header| {
        let columns = columns(header);
        [Column::Code, Column::Name, Column::Parent].iter().all(|column| columns.contains(&Some(*column)))
    })
}

/// Reads the schools of a list.
///
/// # Errors
/// Every bad row (`bad_file`, `bad_kind`, `bad_level`, `bad_ownership`, `bad_date`, `no_code`, `no_name`, `no_parent`)
/// with its line. Whether the schools fit a registry is decided when they are taken into it.
pub fn read(text: &str) -> Result<Vec<Unit>, Refusal> {
    let mut reader = reader(text);
    let columns = reader.headers().map(columns).unwrap_or_default();
    let (mut units, mut reasons) = (Vec::new(), Vec::new());
    for (number, record) in (2_u64..).zip(reader.records()) {
        let Ok(record) = record else {
            reasons.push(Reason::new("bad_file", "Dòng này không đọc được.").at(format!("dòng {number}")));
            continue;
        };
        let line = record.position().map_or(number, csv::Position::line);
        let mut row = RowOfList { columns: &columns, record: &record, faults: Vec::new() };
        let unit = row.unit();
        let place = format!("dòng {line}");
        reasons.extend(row.faults.into_iter().map(|(code, message)| Reason::new(code, message).at(place.as_str())));
        units.push(unit);
    }
    Refusal::unless_empty(reasons)?;
    Ok(units)
}

struct RowOfList<'a> {
    columns: &'a [Option<Column>],
    record: &'a StringRecord,
    faults: Vec<(&'static str, String)>,
}

impl<'a> RowOfList<'a> {
    fn field(&self, wanted: Column) -> &'a str {
        let place = self.columns.iter().position(|column| *column == Some(wanted));
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    fn unit(&mut self) -> Unit {
        for (column, code, what) in [
            (Column::Code, "no_code", "mã"),
            (Column::Name, "no_name", "tên"),
            (Column::Parent, "no_parent", "cấp trên"),
        ] {
            if self.field(column).is_empty() {
                self.faults.push((code, format!("Dòng này chưa ghi {what} của đơn vị.")));
            }
        }
        let validity = Validity { from: self.day(Column::ValidFrom), to: self.day(Column::ValidTo) };
        let (kind, school) = (self.kind(), self.school(validity));
        let parents = [(Line::Management, Column::Parent), (Line::Professional, Column::ProfessionalParent)];
        let links = parents.iter().map(|(line, column)| (*line, self.field(*column)));
        let links = links.filter(|(_, parent)| !parent.is_empty());
        let link = |(line, parent): (Line, &str)| ParentLink { line, parent: parent.into(), validity };
        Unit {
            official_code: Some(self.field(Column::OfficialCode).to_owned()).filter(|code| !code.is_empty()),
            parents: links.map(link).collect(),
            school: Some(school),
            ..Unit::new(self.field(Column::Code), kind, &normalise(self.field(Column::Name)), validity)
        }
    }

    fn kind(&mut self) -> UnitKind {
        match self.field(Column::Kind) {
            "" => UnitKind::School,
            text => UnitKind::parse(text).filter(|kind| kind.is_school()).unwrap_or_else(|| {
                let message = format!("Loại đơn vị «{text}» không phải là trường hoặc cơ sở giáo dục.");
                self.faults.push(("bad_kind", message));
                UnitKind::School
            }),
        }
    }

    fn school(&mut self, validity: Validity) -> SchoolFacts {
        let text = self.field(Column::Levels);
        let parts = text.split([';', '|', '+']).map(str::trim).filter(|part| !part.is_empty());
        let level = |part: &str| {
            let is_meant = |level: &Level| {
                level.as_str() == part || level.abbreviation() == part || fold(level.label().0) == fold(part)
            };
            Level::ALL.into_iter().find(is_meant)
        };
        let mut levels: Vec<Level> = parts.map(level).collect::<Option<_>>().unwrap_or_default();
        if levels.is_empty() {
            let message =
                format!("Cấp học «{text}» không hợp lệ; ghi MN, TH, THCS, THPT, GDTX, nhiều cấp cách nhau bằng dấu ;");
            self.faults.push(("bad_level", message));
        }
        levels.sort_unstable();
        levels.dedup();
        let sites = self.field(Column::Sites).split(';').map(normalise).filter(|name| !name.is_empty());
        let sites = sites.map(|name| SatelliteSite { name, validity }).collect();
        SchoolFacts { levels, ownership: self.ownership(), sites }
    }

    fn ownership(&mut self) -> Option<Ownership> {
        let text = self.field(Column::Ownership);
        let known = |kind: &Ownership| kind.as_str() == text || fold(kind.label().0) == fold(text);
        let found = Ownership::ALL.into_iter().find(known);
        if found.is_none() && !text.is_empty() {
            let message = format!("Loại hình «{text}» không hợp lệ; ghi public, private hoặc people_founded.");
            self.faults.push(("bad_ownership", message));
        }
        found
    }

    fn day(&mut self, column: Column) -> Option<Date> {
        let text = self.field(column);
        let day = text.parse().ok();
        if day.is_none() && !text.is_empty() {
            let message = format!("Ngày «{text}» phải có dạng 2025-07-01.");
            self.faults.push(("bad_date", message));
        }
        day
    }
}
