//! Writes the workbook that a unit fills: the paper form's look, locked labels, typed cells, live totals.

use std::collections::HashMap;

use domain::figures::catalogue::{Catalogue, DataElement, FormCell, ItemCode, StatisticalForm};
use domain::school_year::SchoolYear;
use domain::submissions::Value;
use jiff::civil::Date;
use rust_xlsxwriter::{ProtectionOptions, Workbook, Worksheet, XlsxError};

use super::address::{a1, column_letters};
use super::identity::{self, Identity, MapRow};
use super::layout::{KEY_COLUMN, LABEL_COLUMN, Layout, SheetLayout, VALUE_COLUMN};
use super::styles::Styles;
use super::totals::Totals;
use super::{heading, rules, table};

/// What a workbook is made from.
#[derive(Clone, Copy, Debug)]
pub struct TemplateSpec<'a> {
    /// The catalogue that the form belongs to.
    pub catalogue: &'a Catalogue,
    /// The form.
    pub form: &'a StatisticalForm,
    /// Code of the unit that reports.
    pub unit_code: &'a str,
    /// Its name as printed.
    pub unit_name: &'a str,
    /// The office that receives the form, as printed.
    pub office_name: &'a str,
    /// The school year.
    pub school_year: SchoolYear,
    /// Code of the reporting period, `2025-2026-CN`.
    pub period_code: &'a str,
    /// The date at which the figures hold.
    pub as_of: Date,
    /// The day until which the form may be sent.
    pub due_on: Date,
    /// Values to write into the cells, in the order of `form.cells()`; a total without a value shows its formula.
    pub values: Option<&'a [Option<Value>]>,
    /// Last year's values, in the order of `form.cells()`, shown beside in grey.
    pub previous: Option<&'a [Option<Value>]>,
    /// Lines printed under the title, such as "Dữ liệu minh hoạ".
    pub notes: &'a [String],
}

/// Why a workbook could not be written or marked.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The writer refused: a name or a size beyond what the format can hold.
    #[error("không ghi được bảng tính: {0}")]
    Write(#[from] XlsxError),
    /// The workbook to be changed cannot be read.
    #[error("không đọc được bảng tính: {0}")]
    Read(String),
}

/// Writes the workbook (.xlsx) that the unit fills for the period.
///
/// # Errors
/// Where a text is longer than a cell may hold (32,767 characters).
pub fn template(spec: &TemplateSpec<'_>) -> Result<Vec<u8>, WorkbookError> {
    let draft = Draft::new(spec);
    let mut workbook = Workbook::new();
    for position in 0..draft.layout.sheets.len() {
        let sheet = workbook.add_worksheet();
        draft.write_sheet(position, sheet)?;
    }
    draft.write_identity(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

/// The identity that the workbook of this specification carries.
pub(crate) fn identity_of(spec: &TemplateSpec<'_>) -> Identity {
    Identity {
        form: spec.form.code.clone(),
        version: spec.form.version,
        unit: spec.unit_code.to_owned(),
        period: spec.period_code.to_owned(),
        school_year: spec.school_year.to_string(),
    }
}

/// Everything that the writers of the parts need.
pub(super) struct Draft<'a> {
    pub(super) spec: &'a TemplateSpec<'a>,
    pub(super) layout: Layout<'a>,
    pub(super) styles: Styles,
    pub(super) identity: Identity,
    pub(super) elements: HashMap<&'a str, &'a DataElement>,
    /// Per cell of the form, in order: its value to write.
    pub(super) values: Vec<Option<Value>>,
    /// Per cell of the form, in order: the positions of its parts where it is a total.
    pub(super) parts: HashMap<usize, Vec<usize>>,
    pub(super) cells: Vec<&'a FormCell>,
    positions: HashMap<&'a ItemCode, usize>,
}

impl<'a> Draft<'a> {
    fn new(spec: &'a TemplateSpec<'a>) -> Self {
        let cells: Vec<&FormCell> = spec.form.cells().collect();
        let totals = Totals::of(spec.form.cells());
        let mut values = spec.values.map_or_else(Vec::new, <[_]>::to_vec);
        values.resize(cells.len(), None);
        Self {
            layout: Layout::of(spec.form),
            styles: Styles::new(),
            identity: identity_of(spec),
            elements: spec.catalogue.elements.iter().map(|element| (element.code.as_str(), element)).collect(),
            parts: totals.sums().map(|(total, parts)| (total, parts.to_vec())).collect(),
            values,
            positions: cells.iter().zip(0..).map(|(cell, at)| (&cell.item, at)).collect(),
            cells,
            spec,
        }
    }

    /// The position of an item's cell in the order of the form.
    pub(super) fn position_of(&self, item: &ItemCode) -> Option<usize> {
        self.positions.get(item).copied()
    }

    /// Whether last year's values stand beside.
    pub(super) fn has_previous(&self) -> bool {
        self.spec.previous.is_some_and(|values| values.iter().any(Option::is_some))
    }

    /// The last column that the sheet uses.
    pub(super) fn last_column(&self, sheet: &SheetLayout<'_>) -> u16 {
        let blocks = if self.has_previous() { 2 } else { 1 };
        (VALUE_COLUMN + sheet.width() * blocks).saturating_sub(1).max(VALUE_COLUMN)
    }

    fn write_sheet(&self, position: usize, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let layout = &self.layout.sheets[position];
        // A total without parts shows nothing, not zero.
        sheet.set_name(&layout.name)?.set_formula_result_default("");
        sheet.write_string_with_format(0, KEY_COLUMN, self.identity.short(), &self.styles.hidden)?;
        table::set_columns(self, layout, sheet)?;
        if position == 0 {
            heading::write_first(self, layout, sheet)?;
        } else {
            heading::write_other(self, layout, sheet)?;
        }
        heading::write_columns(self, layout, sheet)?;
        table::write_rows(self, position, sheet)?;
        rules::write(self, position, sheet)?;
        let last = position + 1 == self.layout.sheets.len();
        if last {
            heading::write_signature(self, layout, sheet)?;
        }
        self.set_page(layout, last, sheet)
    }

    fn set_page(&self, layout: &SheetLayout<'_>, last: bool, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last_column = self.last_column(layout);
        let last_row = layout.end_row() + if last { heading::SIGNATURE_ROWS } else { 0 };
        sheet.set_freeze_panes(layout.first_row(), LABEL_COLUMN + 1)?;
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        sheet.set_margins(0.6, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_repeat_rows(layout.key_row + 1, layout.first_row() - 1)?;
        sheet.set_print_area(0, 1, last_row, last_column)?;
        if last_column > VALUE_COLUMN + 4 {
            sheet.set_landscape();
        }
        sheet.set_footer(format!(
            "&L&\"Times New Roman,Italic\"&9 {} - {}&R&\"Times New Roman,Italic\"&9Trang &P/&N",
            footer_text(&self.spec.form.code),
            footer_text(self.spec.unit_name)
        ));
        sheet.set_screen_gridlines(false);
        sheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        });
        if let Some(place) = self.cells.iter().find_map(|cell| self.layout.place(&cell.item))
            && self.layout.sheets[place.sheet].name == layout.name
        {
            sheet.set_selection(place.row, place.column, place.row, place.column)?;
        }
        Ok(())
    }

    fn write_identity(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(identity::SHEET)?.set_very_hidden(true);
        let map: Vec<MapRow> = self.cells.iter().filter_map(|cell| self.map_row(cell)).collect();
        for (row, parts) in (0..).zip(self.identity.rows(&map)) {
            for (column, part) in (0..).zip(parts).filter(|(_, part)| !part.is_empty()) {
                sheet.write_string(row, column, part)?;
            }
        }
        for (column, choices) in (rules::FIRST_CHOICE_COLUMN..).zip(rules::long_choices(self)) {
            for (row, choice) in (0..).zip(choices) {
                sheet.write_string(row, column, choice)?;
            }
        }
        sheet.protect();
        Ok(())
    }

    fn map_row(&self, cell: &FormCell) -> Option<MapRow> {
        let place = self.layout.place(&cell.item)?;
        Some(MapRow {
            item: cell.item.to_string(),
            sheet: self.layout.sheets[place.sheet].name.clone(),
            cell: a1(place.row, u32::from(place.column)),
        })
    }

    /// The formula of a total: the sum of its parts once one of them is filled.
    pub(super) fn formula(&self, sheet: usize, parts: &[usize]) -> String {
        let mut ranges: Vec<(usize, u16, u32, u32)> = Vec::new();
        for place in parts.iter().filter_map(|part| self.layout.place(&self.cells[*part].item)) {
            match ranges.last_mut() {
                Some((on, column, _, last)) if (*on, *column, *last + 1) == (place.sheet, place.column, place.row) => {
                    *last = place.row;
                }
                _ => ranges.push((place.sheet, place.column, place.row, place.row)),
            }
        }
        let texts = ranges.into_iter().map(|(on, column, first, last)| {
            let name = &self.layout.sheets[on].name;
            let prefix = if on == sheet { String::new() } else { format!("'{name}'!") };
            let letters = column_letters(u32::from(column));
            let end = if last > first { format!(":{letters}{}", last + 1) } else { String::new() };
            format!("{prefix}{letters}{}{end}", first + 1)
        });
        let sum = texts.collect::<Vec<_>>().join(",");
        format!("IF(COUNT({sum})=0,\"\",SUM({sum}))")
    }
}

/// In headers and footers an ampersand begins a command; the whole may have 255 characters.
fn footer_text(text: &str) -> String {
    text.chars().take(80).collect::<String>().replace('&', "&&")
}
