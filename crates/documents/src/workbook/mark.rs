//! Gives a workbook back with its problems as comments in the very cells, which are coloured.
//!
//! An .xlsx keeps every part that need not change, byte for byte. Of other formats, and of files too damaged to
//! edit, a new .xlsx is written with what could be read.

use std::collections::{BTreeMap, BTreeSet};

use domain::figures::catalogue::Severity;
use rust_xlsxwriter::{Color, Format, Note, Workbook, XlsxError};

use super::address::parse_a1;
use super::grid::{Content, Grid, for_each_sheet};
use super::guard::{FileFormat, Limits, admit};
use super::identity;
use super::notes::{self, Notes};
use super::package::{Package, insert_into_sheet};
use super::paint::{self, Styles, paint};
use super::problem::Problem;
use super::write::WorkbookError;

/// The same workbook with each problem as a comment in its cell; a problem of the whole file stands in cell B1 of the
/// first sheet.
///
/// # Errors
/// Where no workbook can be written: never for want of a readable original.
pub fn mark(original: &[u8], problems: &[Problem]) -> Result<Vec<u8>, WorkbookError> {
    let limits = Limits::default();
    let admitted = match admit(original, &limits) {
        Ok(admitted) => admitted,
        Err(_) => return Ok(list_only(problems)?),
    };
    let edited = if admitted.format == FileFormat::Xlsx { edit(original, &limits, problems) } else { None };
    if let Some(edited) = edited {
        return Ok(edited);
    }
    let mut workbook = Workbook::new();
    let mut written = Ok(());
    let read = for_each_sheet(&admitted, &limits, |grid| {
        if written.is_ok() {
            written = copy_sheet(&mut workbook, &grid, problems);
        }
    });
    if read.is_err() || workbook.worksheets().is_empty() {
        return Ok(list_only(problems)?);
    }
    written?;
    Ok(workbook.save_to_buffer()?)
}

/// Notes of the sheet with this name; those of no known place on the first sheet.
fn notes_of(problems: &[Problem], sheet: &str, is_first: bool) -> Notes {
    let mut notes: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    for problem in problems {
        let here = problem.sheet == sheet || (is_first && problem.sheet.is_empty());
        if here {
            let place = parse_a1(&problem.cell).unwrap_or((0, 1));
            notes.entry(place).or_default().push(note_text(problem));
        }
    }
    notes.into_iter().map(|(place, texts)| (place, texts.join("\n"))).collect()
}

fn note_text(problem: &Problem) -> String {
    let grade = match problem.severity {
        Severity::Error => "LỖI",
        Severity::Warning => "CẦN XEM LẠI",
    };
    format!("{grade} ({}): {}", problem.code, problem.message)
}

/// Edits the parts of the archive; `None` where it is not built as expected.
fn edit(original: &[u8], limits: &Limits, problems: &[Problem]) -> Option<Vec<u8>> {
    let mut package = Package::open(original, limits.unpacked_bytes_max)?;
    let sheets = package.sheets()?;
    let first = sheets.iter().position(|(name, _)| name != identity::SHEET)?;
    let mut noted = Vec::new();
    for (position, (name, part)) in sheets.iter().enumerate() {
        let notes = notes_of(problems, name, position == first);
        if !notes.is_empty() {
            add_notes(&mut package, part, &notes, position)?;
            noted.push((part.as_str(), notes));
        }
    }
    // A workbook whose styles are built in another way keeps its colours: the comments tell all.
    let _ = colour(&mut package, &noted);
    package.finish()
}

/// Fills the noted cells; `None`, and nothing changed, where styles or sheets are not built as expected.
fn colour(package: &mut Package<'_>, noted: &[(&str, Notes)]) -> Option<()> {
    let styles_part = package.styles()?;
    let mut styles = Styles::open(package.text(&styles_part)?)?;
    let mut painted = Vec::new();
    for (part, notes) in noted {
        let places: BTreeSet<(u32, u32)> = notes.keys().copied().collect();
        painted.push((*part, paint(&package.text(part)?, &places, &mut styles)?));
    }
    package.set(&styles_part, styles.finish()?);
    painted.into_iter().for_each(|(part, xml)| package.set(part, xml));
    Some(())
}

fn add_notes(package: &mut Package<'_>, part: &str, notes: &Notes, position: usize) -> Option<()> {
    let number = position + 1;
    let comments = Related { kind: "comments", stem: format!("xl/commentsTongket{number}"), extension: "xml" };
    if let Some((name, _)) = comments.write(package, part, |existing| notes::comments(existing, notes))? {
        declare_comments(package, &name)?;
    }
    let boxes =
        Related { kind: "vmlDrawing", stem: format!("xl/drawings/vmlDrawingTongket{number}"), extension: "vml" };
    if let Some((_, id)) = boxes.write(package, part, |existing| notes::boxes(existing, notes))? {
        let element = format!(
            "<legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
             r:id=\"{id}\"/>"
        );
        let sheet = package.text(part)?;
        package.set(part, insert_into_sheet(&sheet, &element)?);
    }
    Some(())
}

/// A part that a sheet may have beside it, with the name that a new one is given.
struct Related {
    kind: &'static str,
    stem: String,
    extension: &'static str,
}

impl Related {
    /// Writes the part from what it holds, or a new one; gives the new one's name and relation.
    fn write(
        &self,
        package: &mut Package<'_>,
        sheet: &str,
        text: impl FnOnce(Option<&str>) -> Option<String>,
    ) -> Option<Option<(String, String)>> {
        let relations = package.relations(sheet).into_iter();
        let known = relations.filter(|relation| relation.kind == self.kind).map(|relation| relation.target).next();
        let existing = known.as_ref().and_then(|name| package.text(name));
        let text = text(existing.as_deref())?;
        if let Some(name) = known {
            package.set(&name, text);
            return Some(None);
        }
        let name = unused(package, &self.stem, self.extension)?;
        let id = package.relate(sheet, self.kind, &name)?;
        package.set(&name, text);
        Some(Some((name, id)))
    }
}

fn unused(package: &Package<'_>, stem: &str, extension: &str) -> Option<String> {
    (0_u32..100)
        .map(|number| if number == 0 { format!("{stem}.{extension}") } else { format!("{stem}_{number}.{extension}") })
        .find(|name| !package.has(name))
}

/// Declares the new parts' content types.
fn declare_comments(package: &mut Package<'_>, comments: &str) -> Option<()> {
    const TYPES: &str = "[Content_Types].xml";
    const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    const BOXES: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
    let mut types = package.text(TYPES)?;
    if !types.contains("Extension=\"vml\"") {
        // Defaults stand before overrides.
        let start = types.find("<Types").and_then(|start| Some(start + types.get(start..)?.find('>')? + 1))?;
        types.insert_str(start, &format!("<Default Extension=\"vml\" ContentType=\"{BOXES}\"/>"));
    }
    let part = format!("<Override PartName=\"/{comments}\" ContentType=\"{COMMENTS}\"/>");
    notes::insert_before(&mut types, "</Types>", &part)?;
    package.set(TYPES, types);
    Some(())
}

/// Writes the cells of a sheet anew, with the notes, the marked cells coloured.
fn copy_sheet(workbook: &mut Workbook, grid: &Grid<'_>, problems: &[Problem]) -> Result<(), XlsxError> {
    let is_first = workbook.worksheets().is_empty();
    let notes = notes_of(problems, grid.name, is_first);
    let (plain, marked) = (Format::new(), Format::new().set_background_color(Color::RGB(paint::COLOUR)));
    let sheet = workbook.add_worksheet();
    sheet.set_name(grid.name)?;
    sheet.set_hidden(grid.name == identity::SHEET);
    for cell in &grid.cells {
        let Ok(column) = u16::try_from(cell.column) else { continue };
        let format = if notes.contains_key(&(cell.row, cell.column)) { &marked } else { &plain };
        match cell.raw.content() {
            Content::Number(number) | Content::Percent(number) if number.is_finite() => {
                sheet.write_number_with_format(cell.row, column, number, format)?;
            }
            Content::Boolean(yes) => {
                sheet.write_boolean_with_format(cell.row, column, yes, format)?;
            }
            Content::Text(text) | Content::Date(text) | Content::Error(text) => {
                let text: String = text.chars().take(32_000).collect();
                sheet.write_string_with_format(cell.row, column, text, format)?;
            }
            _ => {
                sheet.write_blank(cell.row, column, format)?;
            }
        }
    }
    let written: BTreeSet<(u32, u32)> = grid.cells.iter().map(|cell| (cell.row, cell.column)).collect();
    for (place @ (row, column), text) in &notes {
        if let Ok(column) = u16::try_from(*column) {
            if !written.contains(place) {
                sheet.write_blank(*row, column, &marked)?;
            }
            sheet.insert_note(*row, column, &note(text))?;
        }
    }
    Ok(())
}

fn note(text: &str) -> Note {
    let text: String = text.chars().take(30_000).collect();
    Note::new(text).set_author("tongket").set_width(260).set_height(120)
}

/// A workbook that only lists the problems, where the original cannot be shown.
fn list_only(problems: &[Problem]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Kết quả kiểm tra")?.set_column_width(0, 120)?;
    for (row, problem) in (0..).zip(problems) {
        let text: String = note_text(problem).chars().take(32_000).collect();
        sheet.write_string(row, 0, text)?;
    }
    workbook.save_to_buffer()
}
