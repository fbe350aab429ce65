//! The lines of the form: labels, cells that take values, totals, barred cells and last year's values.

use std::collections::HashMap;

use domain::figures::catalogue::{DataElement, Line, ValueKind};
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::heading;
use super::layout::{
    CODE_COLUMN, KEY_COLUMN, LABEL_COLUMN, MEASURE_COLUMN, NUMBER_COLUMN, RowKind, SheetLayout, VALUE_COLUMN, line_key,
};
use super::styles::{Shape, Styles};
use super::totals;
use super::write::Draft;
use domain::submissions::Value;

/// Width of a value column, in characters.
pub(super) const VALUE_WIDTH: f64 = 11.5;
const LABEL_WIDTH: f64 = 46.0;
/// Value columns of a sheet that has one or two are wider, so that the head of the paper has room.
const VALUE_WIDTH_FEW: f64 = 17.0;

/// Sets the widths and hides the keys.
pub(super) fn set_columns(draft: &Draft<'_>, layout: &SheetLayout<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for column in NUMBER_COLUMN..=draft.last_column(layout) {
        sheet.set_column_width(column, column_width(draft, layout, column))?;
    }
    sheet.set_column_hidden(KEY_COLUMN)?;
    if !has_form_codes(draft) {
        sheet.set_column_hidden(CODE_COLUMN)?;
    }
    Ok(())
}

/// Width of the columns from `first` to `last` together, in characters.
pub(super) fn width_between(draft: &Draft<'_>, layout: &SheetLayout<'_>, first: u16, last: u16) -> f64 {
    (first..=last).map(|column| column_width(draft, layout, column)).sum()
}

fn column_width(draft: &Draft<'_>, layout: &SheetLayout<'_>, column: u16) -> f64 {
    match column {
        NUMBER_COLUMN => 6.0,
        LABEL_COLUMN => LABEL_WIDTH,
        MEASURE_COLUMN => 10.0,
        CODE_COLUMN if has_form_codes(draft) => 7.0,
        CODE_COLUMN => 0.0,
        _ if draft.last_column(layout) <= VALUE_COLUMN + 1 => VALUE_WIDTH_FEW,
        _ => VALUE_WIDTH,
    }
}

fn has_form_codes(draft: &Draft<'_>) -> bool {
    draft.spec.form.sections.iter().flat_map(|section| &section.lines).any(|line| line.form_code.is_some())
}

/// Writes every row below the heads.
pub(super) fn write_rows(draft: &Draft<'_>, position: usize, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let layout = &draft.layout.sheets[position];
    let mut writer = Rows { draft, layout, position, formats: HashMap::new() };
    for (row, kind) in &layout.rows {
        match kind {
            RowKind::Section(section) => writer.write_section(*row, &section.number, &section.title.vi, sheet)?,
            RowKind::Line(line) => writer.write_line(*row, line, sheet)?,
        }
    }
    Ok(())
}

struct Rows<'a, 'b> {
    draft: &'b Draft<'a>,
    layout: &'b SheetLayout<'a>,
    position: usize,
    formats: HashMap<(Role, u8), Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    Input,
    Total,
    Previous,
}

impl Rows<'_, '_> {
    fn write_section(&self, row: u32, number: &str, title: &str, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let styles = &self.draft.styles;
        sheet.write_string_with_format(row, NUMBER_COLUMN, number, &styles.section_number)?;
        sheet.write_string_with_format(row, LABEL_COLUMN, title, &styles.section)?;
        for column in MEASURE_COLUMN..=self.draft.last_column(self.layout) {
            sheet.write_blank(row, column, &styles.section)?;
        }
        Ok(())
    }

    fn write_line(&mut self, row: u32, line: &Line, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let styles = &self.draft.styles;
        let takes_values = line.cells.iter().any(Option::is_some);
        if takes_values {
            sheet.write_string_with_format(row, KEY_COLUMN, line_key(&line.cells), &styles.hidden)?;
        }
        let (sign, style) = match line.indent {
            0 if !takes_values => ("", &styles.label_heading),
            0 => ("", &styles.labels[0]),
            1 => ("- ", &styles.labels[1]),
            _ => ("+ ", &styles.labels[2]),
        };
        let label = format!("{sign}{}", line.label.vi);
        let lines = heading::lines_needed(&label, LABEL_WIDTH - 2.0 * f64::from(line.indent));
        if lines > 1 {
            // Not every program finds the height of wrapped text by itself.
            sheet.set_row_height(row, f64::from(lines) * heading::LINE_HEIGHT)?;
        }
        sheet.write_string_with_format(row, NUMBER_COLUMN, &line.number, &styles.number)?;
        sheet.write_string_with_format(row, LABEL_COLUMN, label, style)?;
        sheet.write_string_with_format(row, MEASURE_COLUMN, self.measure(line), &styles.measure)?;
        sheet.write_string_with_format(row, CODE_COLUMN, line.form_code.as_deref().unwrap_or(""), &styles.number)?;
        for position in 0..self.layout.columns.len() {
            self.write_cell(row, line, position, takes_values, sheet)?;
        }
        Ok(())
    }

    fn measure(&self, line: &Line) -> &str {
        let first = line.cells.iter().flatten().next().map(|cell| cell.item.element.as_str());
        let element = first.or(line.element.as_deref()).and_then(|code| self.draft.elements.get(code));
        element.map_or("", |element| element.measure.0.as_str())
    }

    fn write_cell(
        &mut self,
        row: u32,
        line: &Line,
        position: usize,
        takes_values: bool,
        sheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let draft = self.draft;
        let column = VALUE_COLUMN + u16::try_from(position).unwrap_or(0);
        let beside = column + self.layout.width();
        let Some(cell) = line.cells.get(position).and_then(Option::as_ref) else {
            if takes_values {
                sheet.write_string_with_format(row, column, "#", &draft.styles.barred)?;
            } else {
                sheet.write_blank(row, column, &draft.styles.empty)?;
            }
            if draft.has_previous() {
                sheet.write_blank(row, beside, &draft.styles.empty)?;
            }
            return Ok(());
        };
        let shape = shape(draft.elements.get(cell.item.element.as_str()).copied());
        let at = draft.position_of(&cell.item);
        let parts = at.and_then(|at| draft.parts.get(&at));
        let value = at.and_then(|at| draft.values.get(at)).and_then(Option::as_ref);
        let format = self.format(if parts.is_some() { Role::Total } else { Role::Input }, shape);
        match parts {
            Some(parts) if self.shows_formula(value, parts) => {
                let result = totals::sum(&draft.values, parts).map_or_else(String::new, |sum| sum.to_string());
                let formula = Formula::new(draft.formula(self.position, parts)).set_result(result);
                sheet.write_formula_with_format(row, column, formula, &format)?;
            }
            _ => write_value(sheet, [row, u32::from(column)], value, &format)?,
        }
        if draft.has_previous() {
            let previous = at.and_then(|at| draft.spec.previous?.get(at)).and_then(Option::as_ref);
            write_value(sheet, [row, u32::from(beside)], previous, &self.format(Role::Previous, shape))?;
        }
        Ok(())
    }

    /// A total shows its formula unless the given value differs from it, as where somebody typed over it.
    fn shows_formula(&self, value: Option<&Value>, parts: &[usize]) -> bool {
        match value {
            None => true,
            Some(Value::Number(number)) => totals::sum(&self.draft.values, parts) == Some(*number),
            Some(_) => false,
        }
    }

    fn format(&mut self, role: Role, shape: Shape) -> Format {
        let number = match shape {
            Shape::Number(decimals) => decimals,
            Shape::Word => 254,
            Shape::Sentence => 255,
        };
        let make = || match role {
            Role::Input => Styles::input(shape),
            Role::Total => Styles::total(shape),
            Role::Previous => Styles::previous(shape),
        };
        self.formats.entry((role, number)).or_insert_with(make).clone()
    }
}

fn shape(element: Option<&DataElement>) -> Shape {
    match element.map(|element| &element.value) {
        Some(ValueKind::Decimal { decimals, .. }) => Shape::Number(*decimals),
        Some(ValueKind::YesNo | ValueKind::Choice { .. }) => Shape::Word,
        Some(ValueKind::Text { .. }) => Shape::Sentence,
        Some(ValueKind::Count { .. }) | None => Shape::Number(0),
    }
}

fn write_value(
    sheet: &mut Worksheet,
    [row, column]: [u32; 2],
    value: Option<&Value>,
    format: &Format,
) -> Result<(), XlsxError> {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    match value {
        None => sheet.write_blank(row, column, format)?,
        Some(Value::Number(number)) => sheet.write_number_with_format(row, column, *number, format)?,
        Some(Value::Text(text)) => sheet.write_string_with_format(row, column, text, format)?,
        Some(Value::Boolean(yes)) => sheet.write_string_with_format(row, column, yes_no(*yes), format)?,
    };
    Ok(())
}

/// A boolean as forms print it.
pub(super) fn yes_no(yes: bool) -> &'static str {
    if yes { "Có" } else { "Không" }
}
