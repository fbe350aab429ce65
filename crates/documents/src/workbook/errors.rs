//! Errors of formulas beyond the seven that the parser knows: `#SPILL!`, `#CALC!`, LibreOffice's `Err:502`.
//!
//! The parser gives up a whole workbook for one of them. Such a workbook is written anew with the error as the cell's
//! text, so that the clerk hears of the cell and not of a damaged file.

use std::io::Cursor;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::package::{is_named, with_attribute};

/// What the parser knows as errors.
const KNOWN: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Whether a cell's text is an error of a formula, as the programs of today print them.
pub(super) fn is_error(text: &str) -> bool {
    const FURTHER: [&str; 10] = [
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
        "#EXTERNAL!",
        "#PYTHON!",
        "#GETTING_DATA",
    ];
    // Nearly every text is told by its first character.
    match text.as_bytes().first() {
        Some(b'#') => KNOWN.contains(&text) || FURTHER.contains(&text),
        Some(b'E') => {
            text.strip_prefix("Err:").is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
        }
        _ => false,
    }
}

/// The .xlsx with every error that the parser does not know as a text; `None` where it is not built as expected.
pub(super) fn as_texts(bytes: &[u8], part_bytes_max: u64) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..zip.len() {
        let name = zip.by_index_raw(at).ok()?.name().ok()?.into_owned();
        if !name.starts_with("xl/worksheets/") || !name.ends_with(".xml") {
            writer.raw_copy_file(zip.by_index_raw(at).ok()?).ok()?;
            continue;
        }
        let mut xml = String::new();
        let part = zip.by_index(at).ok()?;
        std::io::Read::read_to_string(&mut std::io::Read::take(part, part_bytes_max), &mut xml).ok()?;
        writer.start_file(name, stored).ok()?;
        std::io::Write::write_all(&mut writer, sheet_with_texts(&xml)?.as_bytes()).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn sheet_with_texts(xml: &str) -> Option<String> {
    let mut out = String::with_capacity(xml.len());
    let mut copied = 0;
    for tag in unknown_errors(xml)? {
        out.push_str(&xml[copied..tag.start]);
        out.push_str(&with_attribute(&xml[tag.clone()], "t", "str"));
        copied = tag.end;
    }
    out.push_str(&xml[copied..]);
    Some(out)
}

/// The opening tags of the cells with an unknown error.
fn unknown_errors(xml: &str) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut cell, mut in_value) = (Vec::new(), None, false);
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(tag) if is_named(&tag, "c") => {
                let is_error = tag.attributes().flatten().any(|a| {
                    let (key, value): (&str, &str) = (a.key.as_ref(), a.value.as_ref());
                    key == "t" && value == "e"
                });
                let end = usize::try_from(reader.buffer_position()).ok()?;
                cell = is_error.then_some(start..end);
            }
            Event::Start(tag) => in_value = is_named(&tag, "v"),
            Event::Text(text) if in_value => {
                let text: &str = text.as_ref();
                if !KNOWN.contains(&text.trim()) {
                    found.extend(cell.take());
                }
            }
            Event::End(_) => in_value = false,
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}
