//! A list of schools from a CSV file or a workbook, as an office keeps it.
//!
//! The header names the columns, in any order: `code`, `name`, `parent` must be there (the parent may come from
//! [`Defaults`]); `professional_parent`, `kind` (default `school`), `levels` (`primary;lower_secondary` or `TH;THCS`),
//! `ownership`, `official_code`, `sites`, `valid_from`, `valid_to` may be, and `previous_parent` with
//! `previous_professional_parent` for schools that are older than the unit above them. Vietnamese heads (`Mã`, `Tên trường`, `Cấp
//! trên`, `Cấp học`, `Loại hình` …) are read as well. Lines above the header (a title) are passed over.
//!
//! [`settle`] fits the rows to a registry: where the list gives no first day, a school begins with its parents.

use jiff::civil::Date;

use super::unit::name_fault;
use super::{Line, ParentLink, Row, SatelliteSite, SchoolFacts, Unit, UnitCode, UnitKind, Validity};
use crate::vietnamese::{fold, normalise, parse_date};
use crate::{Level, Ownership, Reason, Refusal};

mod settle;

pub use settle::{fitted, settle};

/// What was read of a list.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its schools.
    pub rows: Vec<Row<Unit>>,
    /// What is wrong with them, by their lines.
    pub faults: Vec<Row<Reason>>,
}

impl From<Vec<Row<Unit>>> for Reading {
    fn from(rows: Vec<Row<Unit>>) -> Self {
        Self { rows, faults: Vec::new() }
    }
}

impl Reading {
    fn whole(self) -> Result<Vec<Row<Unit>>, Refusal> {
        Refusal::unless_empty(told(self.faults))?;
        Ok(self.rows)
    }
}

/// Faults in the order of their lines, each with its line as the place.
fn told(mut faults: Vec<Row<Reason>>) -> Vec<Reason> {
    faults.sort_by_key(|fault| fault.number);
    faults.into_iter().map(|Row { number, record }| record.at(format!("dòng {number}"))).collect()
}

/// What a row means that leaves a column empty.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// The managing unit.
    pub parent: Option<UnitCode>,
    /// The professional unit.
    pub professional_parent: Option<UnitCode>,
}

/// A header stands among so many first lines.
const HEADER_LINE_MAX: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Code,
    Name,
    Parent,
    ProfessionalParent,
    PreviousParent,
    PreviousProfessional,
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
    (Column::PreviousParent, &["previous_parent", "cap tren truoc day", "don vi quan ly truoc day"]),
    (Column::PreviousProfessional, &["previous_professional_parent", "cap tren chuyen mon truoc day"]),
    (Column::Kind, &["kind", "loai don vi"]),
    (Column::Levels, &["levels", "cap hoc"]),
    (Column::Ownership, &["ownership", "loai hinh"]),
    (Column::OfficialCode, &["official_code", "ma dinh danh"]),
    (Column::Sites, &["sites", "diem truong"]),
    (Column::ValidFrom, &["valid_from", "tu ngay"]),
    (Column::ValidTo, &["valid_to", "den ngay"]),
];

fn columns(header: &[String]) -> Vec<Option<Column>> {
    let column = |head: &String| {
        let head = fold(head.trim());
        HEADS.iter().find(|(_, names)| names.contains(&head.as_str())).map(|(column, _)| *column)
    };
    header.iter().map(column).collect()
}

/// The lines of a CSV text with their numbers.
fn lines(text: &str) -> Vec<Row<Vec<String>>> {
    // The reader counts lines by '\n' and would be one behind on CRLF.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let separator = if text.lines().next().is_some_and(|line| line.matches(';').count() > line.matches(',').count()) {
        b';'
    } else {
        b','
    };
    let mut builder = csv::ReaderBuilder::new();
    let builder = builder.trim(csv::Trim::All).flexible(true).has_headers(false).delimiter(separator);
    let mut reader = builder.from_reader(text.as_bytes());
    let line = |(index, record): (u64, Result<csv::StringRecord, csv::Error>)| {
        let record = record.unwrap_or_default();
        let number = record.position().map_or(index, csv::Position::line);
        Row { number, record: record.iter().map(ToOwned::to_owned).collect() }
    };
    (1_u64..).zip(reader.records()).map(line).collect()
}

/// Whether a CSV text is a list of schools.
pub fn is_header(text: &str) -> bool {
    header(&lines(text), &Defaults::default()).is_some_and(|(place, _)| place == 0)
}

/// Where the header stands and what its columns mean.
fn header(rows: &[Row<Vec<String>>], defaults: &Defaults) -> Option<(usize, Vec<Option<Column>>)> {
    rows.iter().take(HEADER_LINE_MAX).enumerate().find_map(|(place, row)| {
        let columns = columns(&row.record);
        let has = |column: Column| columns.contains(&Some(column));
        let has_parent = has(Column::Parent) || defaults.parent.is_some();
        (has(Column::Code) && has(Column::Name) && has_parent).then_some((place, columns))
    })
}

/// Reads the schools of a CSV text.
///
/// # Errors
/// As [`read_rows`], and every bad row.
pub fn read(text: &str) -> Result<Vec<Row<Unit>>, Refusal> {
    read_with(text, &Defaults::default())
}

/// Reads the schools of a CSV text, what a row leaves empty taken from the defaults.
///
/// # Errors
/// As [`read_rows`], and every bad row.
pub fn read_with(text: &str, defaults: &Defaults) -> Result<Vec<Row<Unit>>, Refusal> {
    read_text(text, defaults)?.whole()
}

/// Reads the schools of a CSV text with what is wrong with their rows.
///
/// # Errors
/// As [`read_rows`].
pub fn read_text(text: &str, defaults: &Defaults) -> Result<Reading, Refusal> {
    read_rows(&lines(text), defaults)
}

/// Reads the schools of a table: numbered rows of fields, the header among the first. Faults of rows: `bad_kind`,
/// `bad_level`, `bad_ownership`, `bad_date`, `no_code`, `no_name`, `name_long`, `no_parent`. Whether the schools fit a
/// registry is decided by [`fitted`].
///
/// # Errors
/// `bad_header`, `no_rows`.
pub fn read_rows(rows: &[Row<Vec<String>>], defaults: &Defaults) -> Result<Reading, Refusal> {
    let Some((place, columns)) = header(rows, defaults) else {
        let message = "Không thấy dòng tiêu đề: cần các cột Mã, Tên trường, Cấp trên (và nên có Cấp học, Loại hình).";
        return Err(Refusal::from(Reason::new("bad_header", message).at("dòng 1")));
    };
    let (mut units, mut faults) = (Vec::new(), Vec::new());
    for row in rows[place + 1..].iter().filter(|row| row.record.iter().any(|field| !field.trim().is_empty())) {
        let mut reading = RowOfList { columns: &columns, record: &row.record, defaults, faults: Vec::new() };
        let unit = reading.unit();
        faults.extend(reading.faults.into_iter().map(|record| Row { number: row.number, record }));
        units.push(Row { number: row.number, record: unit });
    }
    if units.is_empty() {
        return Err(Reason::new("no_rows", "Danh sách không có dòng nào dưới tiêu đề.").into());
    }
    Ok(Reading { rows: units, faults })
}

struct RowOfList<'a> {
    columns: &'a [Option<Column>],
    record: &'a [String],
    defaults: &'a Defaults,
    faults: Vec<Reason>,
}

impl<'a> RowOfList<'a> {
    fn field(&self, wanted: Column) -> &'a str {
        let place = self.columns.iter().position(|column| *column == Some(wanted));
        place.and_then(|place| self.record.get(place)).map_or("", |field| field.trim())
    }

    /// The parent that the row names, or the default one.
    fn parent(&self, column: Column) -> &'a str {
        let default = match column {
            Column::Parent => self.defaults.parent.as_ref(),
            _ => self.defaults.professional_parent.as_ref(),
        };
        Some(self.field(column)).filter(|code| !code.is_empty()).or(default.map(UnitCode::as_str)).unwrap_or("")
    }

    fn unit(&mut self) -> Unit {
        for (field, code, what) in [
            (self.field(Column::Code), "no_code", "mã"),
            (self.field(Column::Name), "no_name", "tên"),
            (self.parent(Column::Parent), "no_parent", "cấp trên"),
        ] {
            if field.is_empty() {
                self.faults.push(Reason::new(code, format!("Dòng này chưa ghi {what} của đơn vị.")));
            }
        }
        self.faults.extend(name_fault(self.field(Column::Name)));
        let validity = Validity { from: self.day(Column::ValidFrom), to: self.day(Column::ValidTo) };
        let (kind, school) = (self.kind(), self.school(validity));
        let parents = [
            (Line::Management, self.field(Column::PreviousParent)),
            (Line::Management, self.parent(Column::Parent)),
            (Line::Professional, self.field(Column::PreviousProfessional)),
            (Line::Professional, self.parent(Column::ProfessionalParent)),
        ];
        let links = parents.into_iter();
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
            text => known_kind(text).unwrap_or_else(|| {
                let message = format!("Loại đơn vị «{text}» không phải là trường hoặc cơ sở giáo dục.");
                self.faults.push(Reason::new("bad_kind", message));
                UnitKind::School
            }),
        }
    }

    fn school(&mut self, validity: Validity) -> SchoolFacts {
        let text = self.field(Column::Levels);
        let parts = text.split([';', ',', '|', '+', '&']).map(str::trim).filter(|part| !part.is_empty());
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
            self.faults.push(Reason::new("bad_level", message));
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
            self.faults.push(Reason::new("bad_ownership", message));
        }
        found
    }

    fn day(&mut self, column: Column) -> Option<Date> {
        let text = self.field(column);
        let day = parse_date(text);
        if day.is_none() && !text.is_empty() {
            let message = format!("Ngày «{text}» phải có dạng 01/07/2025 hoặc 2025-07-01.");
            self.faults.push(Reason::new("bad_date", message));
        }
        day
    }
}

/// A kind of school by its identifier or its Vietnamese name.
fn known_kind(text: &str) -> Option<UnitKind> {
    let is_meant = |kind: &UnitKind| kind.as_str() == text || fold(kind.label().0) == fold(text);
    UnitKind::ALL.iter().copied().filter(|kind| kind.is_school()).find(is_meant)
}
