//! Reads a workbook that came back, without knowing yet what it should be: its identity and its cells by item.

use domain::figures::catalogue::ItemCode;

use super::address::CellRef;
use super::grid::{Content, Grid, GridCell, for_each_sheet};
use super::guard::{FileFormat, Limits, admit};
use super::identity::{Altered, Identity};
use super::layout::{COLUMNS_KEY, parse_column_key, parse_line_key};
use super::problem::{Problem, ProblemCode};

/// A workbook that was read.
#[derive(Clone, Debug)]
pub struct ReadWorkbook {
    /// The format it really has.
    pub format: FileFormat,
    /// Which workbook it says it is, where its seal holds.
    pub identity: Option<Identity>,
    /// Names of the sheets, in the order of the file.
    pub sheet_names: Vec<String>,
    /// The cells that the hidden keys tell, in the order of the file, blank ones too.
    pub cells: Vec<ReadCell>,
    /// What is printed beside and above those cells.
    pub(super) printed: Printed,
    /// Sheets without keys, kept for recognition by what is printed on them.
    pub(super) loose: Vec<LooseSheet>,
    /// What is wrong with the identity.
    pub problems: Vec<Problem>,
}

/// One cell that takes a value.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadCell {
    /// What it holds.
    pub item: ItemCode,
    /// Where it stands now.
    pub at: CellRef,
    /// What was found in it.
    pub content: Content,
}

/// What is printed at the keys of a workbook: a line moved without its key, or a column, is known by it.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    /// Of each keyed line: its key's cell, one of its items, and the texts in the row.
    pub(super) lines: Vec<PrintedKey>,
    /// Of each keyed column: its key's cell, an item of the first line below, and the texts between.
    pub(super) columns: Vec<PrintedKey>,
}

/// A hidden key with the texts that a reader takes for what it says.
#[derive(Clone, Debug)]
pub(super) struct PrintedKey {
    pub(super) at: CellRef,
    pub(super) item: ItemCode,
    pub(super) texts: Vec<(CellRef, String)>,
}

/// A sheet without keys: rows with their cells, column and content.
#[derive(Clone, Debug)]
pub(super) struct LooseSheet {
    pub(super) sheet: u16,
    pub(super) rows: Vec<(u32, Vec<(u32, Content)>)>,
}

/// More rows than any form has are no form.
const LOOSE_ROWS_MAX: usize = 5_000;

/// Reads a workbook: .xlsx, .xls or .ods by its content, whatever its name says.
///
/// # Errors
/// Every reason why the file is refused before its cells are looked at: too large, a zip bomb, encrypted, macros,
/// damaged. `file_name` is named in the message.
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<ReadWorkbook, Vec<Problem>> {
    let refuse = |mut problem: Problem| {
        problem.message = format!("Tệp «{file_name}»: {}", problem.message);
        vec![problem]
    };
    let admitted = admit(bytes, limits).map_err(refuse)?;
    let mut reading = Reading::default();
    for_each_sheet(&admitted, limits, |grid| reading.visit(&grid)).map_err(refuse)?;
    Ok(reading.finish(admitted.format))
}

#[derive(Default)]
struct Reading {
    sheet_names: Vec<String>,
    cells: Vec<ReadCell>,
    printed: Printed,
    loose: Vec<LooseSheet>,
    /// What the identity sheet says.
    full: Option<Result<Identity, Altered>>,
    /// What the sheets say in short, with the sheet's position.
    short: Vec<(u16, Result<Identity, Altered>)>,
}

impl Reading {
    fn visit(&mut self, grid: &Grid<'_>) {
        let sheet = u16::try_from(self.sheet_names.len()).unwrap_or(u16::MAX);
        self.sheet_names.push(grid.name.to_owned());
        if let Some(found) = identity_sheet(grid) {
            self.full.get_or_insert(found);
            return;
        }
        let has_keys = self.read_keyed(sheet, grid);
        if !has_keys && !grid.cells.is_empty() {
            self.loose.push(loose(sheet, grid));
        }
    }

    /// Reads the lines below each hidden row of column keys; whether there was one.
    fn read_keyed(&mut self, sheet: u16, grid: &Grid<'_>) -> bool {
        let mut keys: Option<Keys> = None;
        for row in grid.rows() {
            if keys.is_none() {
                let short = row.iter().find_map(|cell| Identity::from_short(cell.raw.text()?));
                self.short.extend(short.map(|found| (sheet, found)));
            }
            if let Some(found) = Keys::of(sheet, row) {
                keys = Some(found);
            } else if let Some(keys) = &mut keys {
                match cell_at(row, keys.column).and_then(|cell| parse_line_key(cell.raw.text()?)) {
                    Some(items) => self.read_line(sheet, row, &items, keys),
                    None => keys.read_heads(sheet, row),
                }
            }
        }
        keys.is_some()
    }

    fn read_line(&mut self, sheet: u16, row: &[GridCell<'_>], items: &[Option<ItemCode>], keys: &mut Keys) {
        let cell_of = |column: u32| CellRef { sheet, row: row[0].row, column };
        if let Some(item) = items.iter().flatten().next() {
            let is_label = |cell: &&GridCell<'_>| {
                cell.column != keys.column && keys.values.iter().all(|(_, column)| *column != cell.column)
            };
            let texts = row
                .iter()
                .filter(is_label)
                .filter_map(|cell| Some((cell_of(cell.column), cell.raw.text()?.to_owned())));
            let texts = texts.collect();
            self.printed.lines.push(PrintedKey { at: cell_of(keys.column), item: item.clone(), texts });
        }
        for (at, position, texts) in keys.heads.drain(..) {
            if let Some(Some(item)) = items.get(position) {
                self.printed.columns.push(PrintedKey { at, item: item.clone(), texts });
            }
        }
        for (position, column) in &keys.values {
            let Some(Some(item)) = items.get(*position) else { continue };
            let content = cell_at(row, *column).map_or(Content::Blank, |cell| cell.raw.content());
            self.cells.push(ReadCell { item: item.clone(), at: cell_of(*column), content });
        }
    }

    fn finish(self, format: FileFormat) -> ReadWorkbook {
        let Self { sheet_names, cells, printed, loose, full, short } = self;
        let mut problems = Vec::new();
        let mut identity = match full {
            Some(Ok(identity)) => Some(identity),
            Some(Err(Altered)) => {
                problems.push(tampered("Trang nhận dạng ẩn của biểu mẫu đã bị sửa."));
                None
            }
            None => None,
        };
        for (sheet, short) in short {
            let name = sheet_names.get(usize::from(sheet)).map_or("", String::as_str);
            let problem = match (short, &identity) {
                (Err(Altered), _) => Some(tampered("Phần nhận dạng ẩn ở ô A1 đã bị sửa.")),
                (Ok(short), Some(known)) if short != *known => Some(tampered(&format!(
                    "Trang này là của đơn vị {}, biểu {}, kỳ {}, khác với phần còn lại của tệp.",
                    short.unit, short.form, short.period
                ))),
                (Ok(short), None) if problems.is_empty() => {
                    identity = Some(short);
                    None
                }
                (Ok(_), _) => None,
            };
            problems.extend(problem.map(|problem| problem.at(name, "A1")));
        }
        ReadWorkbook { format, identity, sheet_names, cells, printed, loose, problems }
    }
}

fn tampered(what: &str) -> Problem {
    let mend = "Hãy tải lại biểu mẫu của đúng đơn vị và kỳ báo cáo, rồi chép số liệu sang.";
    Problem::error(ProblemCode::IdentityTampered, format!("{what} {mend}"))
}

fn cell_at<'r, 'a>(row: &'r [GridCell<'a>], column: u32) -> Option<&'r GridCell<'a>> {
    row.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &row[at])
}

/// The head of a value column until the first line: its key's cell, its position, the texts printed above the lines.
type Head = (CellRef, usize, Vec<(CellRef, String)>);

/// A hidden row of column keys.
struct Keys {
    /// The column of the lines' keys.
    column: u32,
    /// Position and column of each value column.
    values: Vec<(usize, u32)>,
    /// The head of each value column.
    heads: Vec<Head>,
}

impl Keys {
    /// The keys, where the row holds some.
    fn of(sheet: u16, row: &[GridCell<'_>]) -> Option<Self> {
        let key = row.iter().find(|cell| cell.raw.text() == Some(COLUMNS_KEY))?;
        let values: Vec<(usize, u32)> =
            row.iter().filter_map(|cell| Some((parse_column_key(cell.raw.text()?)?, cell.column))).collect();
        let head = |&(position, column): &(usize, u32)| (CellRef { sheet, row: key.row, column }, position, Vec::new());
        Some(Self { column: key.column, heads: values.iter().map(head).collect(), values })
    }

    fn read_heads(&mut self, sheet: u16, row: &[GridCell<'_>]) {
        for (key, _, texts) in &mut self.heads {
            if let Some(text) = cell_at(row, key.column).and_then(|cell| cell.raw.text()) {
                texts.push((CellRef { sheet, row: row[0].row, column: key.column }, text.to_owned()));
            }
        }
    }
}

fn identity_sheet(grid: &Grid<'_>) -> Option<Result<Identity, Altered>> {
    let rows = grid.rows().filter(|row| row[0].column == 0).map(|row| {
        let text = |column: u32| cell_at(row, column).and_then(|cell| cell.raw.text()).unwrap_or("");
        [text(0), text(1), text(2)]
    });
    Identity::from_rows(rows)
}

fn loose(sheet: u16, grid: &Grid<'_>) -> LooseSheet {
    let row = |row: &[GridCell<'_>]| {
        (row[0].row, row.iter().map(|cell| (cell.column, cell.raw.content())).collect::<Vec<_>>())
    };
    LooseSheet { sheet, rows: grid.rows().take(LOOSE_ROWS_MAX).map(row).collect() }
}
