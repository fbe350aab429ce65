//! The sheets of a workbook as plain cells, whatever the format they came in.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    CellErrorType, CellType, Data, DataRef, DataType, ExcelDateTime, Ods, Range, Reader, Xls, Xlsx, XlsxError,
};
use domain::vietnamese::short_date;

use super::errors;
use super::guard::{Admitted, FileFormat, Limits, unreadable};
use super::problem::{Problem, ProblemCode};
use super::uncomputed;

/// What was found in a cell, before it is understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// A formula that was never computed.
    Uncomputed,
    /// A number.
    Number(f64),
    /// A number that the sheet shows in per cent: 0.985 for 98,5 %.
    Percent(f64),
    /// A text.
    Text(String),
    /// TRUE or FALSE.
    Boolean(bool),
    /// A date or a time, as printed.
    Date(String),
    /// A formula's error, as printed (`#REF!`).
    Error(String),
}

/// A cell while its sheet is being read.
pub(super) struct GridCell<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) raw: Raw<'a>,
}

impl GridCell<'_> {
    fn uncomputed((row, column): (u32, u32)) -> Self {
        Self { row, column, raw: Raw::Other(Content::Uncomputed) }
    }
}

/// [`Content`] that still borrows the parser's texts.
pub(super) enum Raw<'a> {
    Text(Cow<'a, str>),
    Other(Content),
}

impl Raw<'_> {
    /// The text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Other(_) => None,
        }
    }

    /// The content, owned.
    pub(super) fn content(&self) -> Content {
        match self {
            Self::Text(text) => Content::Text(text.clone().into_owned()),
            Self::Other(content) => content.clone(),
        }
    }
}

/// A sheet with its cells that are not blank, row by row.
pub(super) struct Grid<'a> {
    pub(super) name: &'a str,
    pub(super) cells: Vec<GridCell<'a>>,
}

impl<'a> Grid<'a> {
    fn sorted(name: &'a str, mut cells: Vec<GridCell<'a>>) -> Self {
        if !cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        Self { name, cells }
    }

    /// The rows that have cells, from top to bottom.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[GridCell<'a>]> {
        self.cells.chunk_by(|a, b| a.row == b.row)
    }
}

/// Hands every sheet to `visit`, in the order of the file.
///
/// The parsers of foreign formats are good but not ours: should one stumble over a hostile file, the file is refused
/// and the office goes on.
pub(super) fn for_each_sheet(
    admitted: &Admitted<'_>,
    limits: &Limits,
    mut visit: impl FnMut(Grid<'_>),
) -> Result<(), Problem> {
    let bytes = Cursor::new(admitted.bytes.as_ref());
    let reading = AssertUnwindSafe(|| match admitted.format {
        FileFormat::Xlsx => read_xlsx(admitted.bytes.as_ref(), limits, &mut visit),
        FileFormat::Xls => read_ranges(Xls::new(bytes).map_err(|e| damaged(&e))?, limits, &mut visit),
        FileFormat::Ods => read_ranges(Ods::new(bytes).map_err(|e| damaged(&e))?, limits, &mut visit),
    });
    catch_unwind(reading).unwrap_or_else(|_| Err(damaged(&"cấu trúc bên trong không hợp lệ")))
}

fn damaged(error: &impl std::fmt::Display) -> Problem {
    unreadable(format!("Không đọc được bảng tính ({error}). Mở lại bằng Excel, lưu thành .xlsx rồi nộp lại."))
}

fn too_many_cells(limits: &Limits) -> Problem {
    let message = format!("Tệp có hơn {} ô dữ liệu. Hãy tải lại biểu mẫu gốc và chỉ nhập số liệu.", limits.cells_max);
    Problem::error(ProblemCode::TooLarge, message)
}

fn read_xlsx(bytes: &[u8], limits: &Limits, visit: &mut impl FnMut(Grid<'_>)) -> Result<(), Problem> {
    let mut visited = 0;
    let fault = match read_sheets(bytes, limits, &mut visited, visit) {
        Ok(()) => return Ok(()),
        Err(fault) => fault,
    };
    let Stopped::UnknownError = fault else { return Err(fault.problem(limits)) };
    let mended = errors::as_texts(bytes, limits.unpacked_bytes_max).ok_or_else(|| fault.problem(limits))?;
    read_sheets(&mended, limits, &mut visited, visit).map_err(|fault| fault.problem(limits))
}

/// Why a workbook could not be read to its end.
enum Stopped {
    /// A formula's error that the parser does not know.
    UnknownError,
    /// More cells than a form has.
    TooManyCells,
    Damaged(XlsxError),
}

impl From<XlsxError> for Stopped {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::CellError(_) => Self::UnknownError,
            error => Self::Damaged(error),
        }
    }
}

impl Stopped {
    fn problem(&self, limits: &Limits) -> Problem {
        match self {
            Self::UnknownError => damaged(&"công thức báo lỗi lạ"),
            Self::TooManyCells => too_many_cells(limits),
            Self::Damaged(error) => damaged(error),
        }
    }
}

/// Visits the sheets from the one numbered `visited` on, and counts them.
fn read_sheets(
    bytes: &[u8],
    limits: &Limits,
    visited: &mut usize,
    visit: &mut impl FnMut(Grid<'_>),
) -> Result<(), Stopped> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut left = limits.cells_max;
    let is_suspected = uncomputed::suspected(bytes);
    for (position, name) in book.sheet_names().into_iter().enumerate() {
        let uncomputed = if is_suspected { uncomputed::cells(&mut book, &name, left) } else { Vec::new() };
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        let mut cells = Vec::with_capacity(1024);
        // The reader lends its styles only between cells, so the few percent formats are looked up once.
        let percent: Vec<bool> = reader.styles().iter().map(shows_percent).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id()? {
            let (row, column) = cell.get_position();
            let Some(raw) = raw(cell.get_value().clone(), percent.get(style) == Some(&true)) else { continue };
            left = left.checked_sub(1).ok_or(Stopped::TooManyCells)?;
            cells.push(GridCell { row, column, raw });
        }
        left = left.checked_sub(uncomputed.len()).ok_or(Stopped::TooManyCells)?;
        cells.extend(uncomputed.into_iter().map(GridCell::uncomputed));
        if position >= *visited {
            visit(Grid::sorted(&name, cells));
            *visited = position + 1;
        }
    }
    Ok(())
}

fn read_ranges<'b, R>(mut book: R, limits: &Limits, visit: &mut impl FnMut(Grid<'_>)) -> Result<(), Problem>
where
    R: Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut left = limits.cells_max;
    let mut count = || {
        left = left.checked_sub(1).ok_or_else(|| too_many_cells(limits))?;
        Ok::<(), Problem>(())
    };
    for name in book.sheet_names() {
        let range: Range<Data> = book.worksheet_range(&name).map_err(|error| damaged(&error))?;
        let mut cells = Vec::with_capacity(1024);
        for ((row, column), data) in placed(&range) {
            let Some(raw) = raw(borrowed(data), false) else { continue };
            count()?;
            cells.push(GridCell { row, column, raw });
        }
        let formulas = book.worksheet_formula(&name).map_err(|error| damaged(&error))?;
        for (place, _) in placed(&formulas).filter(|(place, _)| range.get_value(*place).is_none_or(Data::is_empty)) {
            count()?;
            cells.push(GridCell::uncomputed(place));
        }
        visit(Grid::sorted(&name, cells));
    }
    Ok(())
}

/// The cells of a range that hold something, by row and column of the sheet.
fn placed<T: CellType>(range: &Range<T>) -> impl Iterator<Item = ((u32, u32), &T)> {
    let (top, first) = range.start().unwrap_or_default();
    let offset = |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
    range.used_cells().map(move |(row, column, cell)| ((offset(top, row), offset(first, column)), cell))
}

fn raw(data: DataRef<'_>, percent: bool) -> Option<Raw<'_>> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::String(text) if text.trim().is_empty() => return None,
        DataRef::SharedString(text) if text.trim().is_empty() => return None,
        DataRef::String(text) if errors::is_error(&text) => Raw::Other(Content::Error(text)),
        DataRef::SharedString(text) if errors::is_error(text) => Raw::Other(Content::Error(text.to_owned())),
        DataRef::String(text) => Raw::Text(Cow::Owned(text)),
        DataRef::SharedString(text) => Raw::Text(Cow::Borrowed(text)),
        DataRef::Float(number) if percent => Raw::Other(Content::Percent(number)),
        DataRef::Float(number) => Raw::Other(Content::Number(number)),
        DataRef::Int(number) => Raw::Other(Content::Number(number as f64)),
        DataRef::Bool(yes) => Raw::Other(Content::Boolean(yes)),
        DataRef::DateTime(moment) => Raw::Other(Content::Date(printed_date(&moment))),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Raw::Other(Content::Date(text)),
        DataRef::Error(error) => Raw::Other(Content::Error(printed_error(&error))),
    })
}

/// The same content, as the streaming reader gives it.
fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn printed_date(moment: &ExcelDateTime) -> String {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok().zip(i8::try_from(day).ok()));
    date.and_then(|(year, (month, day))| jiff::civil::Date::new(year, month, day).ok())
        .map_or_else(|| moment.as_f64().to_string(), short_date)
}

fn printed_error(error: &CellErrorType) -> String {
    error.to_string()
}

fn shows_percent(style: &calamine::Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    // What stands in quotes is printed as it is and scales nothing.
    format.format_code.split('"').step_by(2).any(|part| part.contains('%'))
}
