//! Where everything of a form stands in its workbook: a pure function of the form.
//!
//! Sections that follow each other with the same column heads share a sheet, as on paper. Column A and one row per
//! sheet are hidden and hold keys, so that lines and columns are recognised wherever they are moved.

use std::collections::HashMap;

use domain::figures::catalogue::{Column, FormCell, ItemCode, Line, Section, StatisticalForm};

/// Hidden column with the key of each line.
pub(crate) const KEY_COLUMN: u16 = 0;
/// TT.
pub(crate) const NUMBER_COLUMN: u16 = 1;
/// Chỉ tiêu.
pub(crate) const LABEL_COLUMN: u16 = 2;
/// Đơn vị tính.
pub(crate) const MEASURE_COLUMN: u16 = 3;
/// Mã số.
pub(crate) const CODE_COLUMN: u16 = 4;
/// The first column that takes values.
pub(crate) const VALUE_COLUMN: u16 = 5;

/// What the hidden key column says in the row that holds the columns' keys.
pub(crate) const COLUMNS_KEY: &str = "tongket:columns";

/// A form laid out.
pub(crate) struct Layout<'a> {
    /// The visible sheets, in order.
    pub(crate) sheets: Vec<SheetLayout<'a>>,
    places: HashMap<&'a ItemCode, Place>,
}

/// One visible sheet.
pub(crate) struct SheetLayout<'a> {
    /// Its name.
    pub(crate) name: String,
    /// The column heads.
    pub(crate) columns: &'a [Column],
    /// The hidden row of column keys; two rows of heads and one of column marks follow.
    pub(crate) key_row: u32,
    /// The rows below the heads, from top to bottom.
    pub(crate) rows: Vec<(u32, RowKind<'a>)>,
}

/// What a row below the heads shows.
pub(crate) enum RowKind<'a> {
    /// The heading of a section.
    Section(&'a Section),
    /// A line.
    Line(&'a Line),
}

/// The place of an item's cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Position of the sheet.
    pub(crate) sheet: usize,
    /// Row from 0.
    pub(crate) row: u32,
    /// Column from 0.
    pub(crate) column: u16,
}

/// Rows above the key row: the head of the paper on the first sheet, two lines on the others.
const HEAD_ROWS_FIRST: u32 = 7;
const HEAD_ROWS_OTHER: u32 = 3;
/// Key row, two rows of heads, row of column marks.
const TABLE_HEAD_ROWS: u32 = 4;

impl<'a> Layout<'a> {
    /// Lays the form out.
    pub(crate) fn of(form: &'a StatisticalForm) -> Self {
        let mut layout = Self { sheets: Vec::new(), places: HashMap::with_capacity(form.cell_count()) };
        let groups: Vec<&[Section]> = form.sections.chunk_by(|a, b| a.columns == b.columns).collect();
        for (position, sections) in groups.iter().enumerate() {
            let name = if groups.len() == 1 { tab_name(&form.code) } else { group_name(sections) };
            let name = unused(name, &layout.sheets);
            layout.add_sheet(name, sections, if position == 0 { HEAD_ROWS_FIRST } else { HEAD_ROWS_OTHER });
        }
        layout
    }

    fn add_sheet(&mut self, name: String, sections: &'a [Section], key_row: u32) {
        let sheet = self.sheets.len();
        let mut rows = Vec::new();
        let mut row = key_row + TABLE_HEAD_ROWS;
        for section in sections {
            rows.push((row, RowKind::Section(section)));
            row += 1;
            for line in &section.lines {
                for (cell, column) in line.cells.iter().zip(VALUE_COLUMN..) {
                    if let Some(cell) = cell {
                        self.places.insert(&cell.item, Place { sheet, row, column });
                    }
                }
                rows.push((row, RowKind::Line(line)));
                row += 1;
            }
        }
        let columns = sections.first().map_or(&[][..], |section| &section.columns);
        self.sheets.push(SheetLayout { name, columns, key_row, rows });
    }

    /// Where the item stands.
    pub(crate) fn place(&self, item: &ItemCode) -> Option<Place> {
        self.places.get(item).copied()
    }
}

impl SheetLayout<'_> {
    /// The first row below the heads.
    pub(crate) fn first_row(&self) -> u32 {
        self.key_row + TABLE_HEAD_ROWS
    }

    /// The row after the last line.
    pub(crate) fn end_row(&self) -> u32 {
        self.rows.last().map_or(self.first_row(), |(row, _)| row + 1)
    }

    /// How many columns take values.
    pub(crate) fn width(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }
}

fn group_name(sections: &[Section]) -> String {
    match sections {
        [] => "Phần".to_owned(),
        [only] => tab_name(&format!("Phần {}", only.number)),
        [first, .., last] => tab_name(&format!("Phần {}-{}", first.number, last.number)),
    }
}

/// A text as a sheet may be named: without the characters that Excel refuses, at most 28 long.
fn tab_name(text: &str) -> String {
    let kept = text.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(28).collect::<String>();
    if kept.trim().is_empty() { "Biểu".to_owned() } else { kept.trim().to_owned() }
}

fn unused(name: String, sheets: &[SheetLayout<'_>]) -> String {
    let taken = |name: &str| sheets.iter().any(|sheet| sheet.name.to_lowercase() == name.to_lowercase());
    if !taken(&name) {
        return name;
    }
    (2_u32..).map(|number| format!("{name}.{number}")).find(|name| !taken(name)).unwrap_or(name)
}

/// The key of a line: its cells' items joined by bars; `#` for a barred cell, `=` and `.option` for the element of
/// the item before.
pub(crate) fn line_key(cells: &[Option<FormCell>]) -> String {
    let mut element = "";
    let parts = cells.iter().map(|cell| {
        let Some(FormCell { item, .. }) = cell else { return "#".to_owned() };
        let repeated = std::mem::replace(&mut element, &item.element) == item.element;
        match (&item.option, repeated) {
            (None, true) => "=".to_owned(),
            (Some(option), true) => format!(".{option}"),
            (_, false) => item.to_string(),
        }
    });
    parts.collect::<Vec<_>>().join("|")
}

/// Reads the key of a line: one entry per column, `None` where barred. Not a key at all: `None`.
pub(crate) fn parse_line_key(key: &str) -> Option<Vec<Option<ItemCode>>> {
    let mut element: Option<String> = None;
    let mut items = Vec::new();
    for part in key.split('|') {
        let item = match (part, part.strip_prefix('.'), &element) {
            ("#", ..) => None,
            ("=", _, Some(element)) => Some(ItemCode { element: element.clone(), option: None }),
            (_, Some(option), Some(element)) => ItemCode::parse(&format!("{element}.{option}")).map(Some)?,
            _ => Some(ItemCode::parse(part)?),
        };
        if let Some(item) = &item
            && element.as_ref() != Some(&item.element)
        {
            element = Some(item.element.clone());
        }
        items.push(item);
    }
    items.iter().any(Option::is_some).then_some(items)
}

/// The key of a value column, from 0.
pub(crate) fn column_key(position: usize) -> String {
    format!("c{}", position + 1)
}

/// Reads the key of a value column.
pub(crate) fn parse_column_key(key: &str) -> Option<usize> {
    let number: usize = key.strip_prefix('c')?.parse().ok()?;
    number.checked_sub(1).filter(|position| *position < 1000)
}
