//! Fills marked cells with a colour: each keeps its style, in a copy of it that differs by the fill alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::address::{a1, parse_a1};
use super::package::{attributes, is_named, with_attribute};

/// Light red, the same as in workbooks written anew.
pub(super) const COLOUR: u32 = 0xFF_E0_DC;

/// The styles of a workbook while copies are added.
pub(super) struct Styles {
    xml: String,
    /// Where the formats of cells stand in `xml`.
    formats: Children,
    fill: usize,
    has_fill: bool,
    /// Copies by the number of the format that they were made of.
    copies: BTreeMap<usize, usize>,
    added: Vec<String>,
}

/// An element's opening tag, its children and its end, as places in the text.
struct Children {
    opening: Range<usize>,
    each: Vec<Range<usize>>,
    end: usize,
}

impl Styles {
    /// Reads the styles part; `None` where it is not built as expected.
    pub(super) fn open(xml: String) -> Option<Self> {
        let (fills, formats) = (children(&xml, "fills")?, children(&xml, "cellXfs")?);
        let ours = format!("\"FF{COLOUR:06X}\"");
        let known = fills.each.iter().position(|fill| xml[fill.clone()].contains(&ours));
        let (fill, has_fill) = (known.unwrap_or(fills.each.len()), known.is_some());
        (!formats.each.is_empty()).then_some(Self {
            xml,
            formats,
            fill,
            has_fill,
            copies: BTreeMap::new(),
            added: Vec::new(),
        })
    }

    /// The number of the format that is this one with our fill; an unknown one is taken for the first.
    fn marked(&mut self, format: usize) -> usize {
        let format = if format < self.formats.each.len() { format } else { 0 };
        let source = &self.xml[self.formats.each[format].clone()];
        let fill = self.fill.to_string();
        if self.has_fill && source.split('>').next().is_some_and(|tag| tag.contains(&format!(" fillId=\"{fill}\""))) {
            return format;
        }
        let next = self.formats.each.len() + self.added.len();
        *self.copies.entry(format).or_insert_with(|| {
            self.added.push(with_attribute(&with_attribute(source, "fillId", &fill), "applyFill", "1"));
            next
        })
    }

    /// The part with the copies and the fill.
    pub(super) fn finish(self) -> Option<String> {
        let formats = with_children(&self.xml, &self.formats, &self.added);
        if self.has_fill {
            return Some(formats);
        }
        let fills = children(&formats, "fills")?;
        let prefix = prefix(&formats[fills.opening.clone()]);
        let fill = format!(
            "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"FF{COLOUR:06X}\"/>\
             <{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
        );
        Some(with_children(&formats, &fills, &[fill]))
    }
}

/// `x:` of `<x:fills …>`; mostly nothing.
fn prefix(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').split([' ', '>', '/']).next().unwrap_or_default();
    name.rfind(':').map_or("", |colon| &name[..=colon])
}

fn with_children(xml: &str, parent: &Children, added: &[String]) -> String {
    let count = (parent.each.len() + added.len()).to_string();
    let opening = with_attribute(&xml[parent.opening.clone()], "count", &count);
    let (before, inner, after) =
        (&xml[..parent.opening.start], &xml[parent.opening.end..parent.end], &xml[parent.end..]);
    format!("{before}{opening}{inner}{}{after}", added.concat())
}

/// The first element with this local name; `None` where it is missing, empty or the XML is at fault.
fn children(xml: &str, name: &str) -> Option<Children> {
    let mut reader = Reader::from_str(xml);
    let mut found: Option<Children> = None;
    let (mut depth, mut child) = (0_u32, 0);
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match (&mut found, event) {
            (None, Event::Start(tag)) if is_named(&tag, name) => {
                found = Some(Children { opening: start..end, each: Vec::new(), end });
            }
            (Some(parent), Event::Empty(_)) if depth == 0 => parent.each.push(start..end),
            (Some(_), Event::Start(_)) => {
                child = if depth == 0 { start } else { child };
                depth += 1;
            }
            (Some(parent), Event::End(_)) if depth == 0 => {
                parent.end = start;
                return found;
            }
            (Some(parent), Event::End(_)) => {
                depth -= 1;
                if depth == 0 {
                    parent.each.push(child..end);
                }
            }
            (_, Event::Eof) => return None,
            _ => {}
        }
    }
}

/// The sheet with these cells in marked formats; cells that the sheet does not hold are added to rows that it holds.
/// `None` where its XML is at fault.
pub(super) fn paint(xml: &str, places: &BTreeSet<(u32, u32)>, styles: &mut Styles) -> Option<String> {
    let mut painting = Painting { xml, out: String::with_capacity(xml.len() + 4096), copied: 0, places, styles };
    let mut reader = Reader::from_str(xml);
    let (mut row, mut column, mut next_row) = (0_u32, 0_u32, 0_u32);
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) if is_named(&tag, "row") => {
                let stated = attributes(&tag).get("r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
                row = stated.unwrap_or(next_row);
                (column, next_row) = (0, row + 1);
            }
            Event::End(tag) if is_row(tag.local_name().as_ref()) => painting.add(row, column..u32::MAX, start),
            Event::Start(tag) | Event::Empty(tag) if is_named(&tag, "c") => {
                let attributes = attributes(&tag);
                let at = attributes.get("r").and_then(|r| parse_a1(r)).map_or(column, |(_, column)| column);
                painting.add(row, column..at, start);
                if places.contains(&(row, at)) {
                    let format = attributes.get("s").and_then(|s| s.parse().ok()).unwrap_or(0);
                    painting.restyle(start..end, format);
                }
                column = at + 1;
            }
            Event::End(tag) if is_sheet_data(tag.local_name().as_ref()) => return Some(painting.finish()),
            Event::Eof => return Some(painting.finish()),
            _ => {}
        }
    }
}

fn is_row(name: &str) -> bool {
    name == "row"
}

fn is_sheet_data(name: &str) -> bool {
    name == "sheetData"
}

struct Painting<'a> {
    xml: &'a str,
    out: String,
    copied: usize,
    places: &'a BTreeSet<(u32, u32)>,
    styles: &'a mut Styles,
}

impl Painting<'_> {
    fn copy_to(&mut self, place: usize) {
        self.out.push_str(&self.xml[self.copied..place]);
        self.copied = place;
    }

    fn restyle(&mut self, tag: Range<usize>, format: usize) {
        self.copy_to(tag.start);
        let marked = self.styles.marked(format).to_string();
        self.out.push_str(&with_attribute(&self.xml[tag.clone()], "s", &marked));
        self.copied = tag.end;
    }

    /// Adds empty cells for the places of a row in these columns.
    fn add(&mut self, row: u32, columns: Range<u32>, at: usize) {
        if columns.is_empty() {
            return;
        }
        let missing: Vec<u32> =
            self.places.range((row, columns.start)..(row, columns.end)).map(|(_, column)| *column).collect();
        if missing.is_empty() {
            return;
        }
        self.copy_to(at);
        let prefix = prefix(&self.xml[at..]).trim_start_matches('/').to_owned();
        for column in missing {
            let format = self.styles.marked(0);
            // Writing to a string cannot fail.
            let _ = write!(self.out, "<{prefix}c r=\"{}\" s=\"{format}\"/>", a1(row, column));
        }
    }

    fn finish(mut self) -> String {
        self.copy_to(self.xml.len());
        self.out
    }
}
