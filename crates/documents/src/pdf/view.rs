//! A document as data for the layout: every line worded, every heading numbered and levelled.

use std::borrow::Cow;
use std::io;

use domain::reports::{
    Align, AnnexOpening, Cell, Certificate, Chart, Closing, Document, Emphasis, Head, HeadingRank, Opening,
    Orientation, Printed, RowKind, Run, Table,
};
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use crate::balance::balanced_mm;
use crate::headings::Levels;
use crate::{columns, fonts, qr};

/// What `layout.typ` reads: documents that stand in one file, one after another.
#[derive(Serialize)]
struct FileView {
    language: &'static str,
    region: &'static str,
    title: String,
    author: String,
    documents: Vec<DocumentView>,
}

#[derive(Serialize)]
struct DocumentView {
    opening: Opening,
    rooms: Rooms,
    body: Vec<Item>,
    closing: Option<Closing>,
    annexes: Vec<AnnexView>,
    notice: String,
    /// The picture of the code by which a reader checks the document.
    check: Option<String>,
    #[serde(rename = "check-words")]
    check_words: String,
}

#[derive(Serialize)]
struct AnnexView {
    opening: Option<AnnexOpening>,
    rooms: Rooms,
    landscape: bool,
    body: Vec<Item>,
}

/// The room that words in the middle are given so that their lines are about equal, in millimetres.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Rooms {
    issuer_mm: f64,
    letter_subject_mm: f64,
    title_mm: f64,
    reference_mm: f64,
}

impl Rooms {
    fn of(head: Option<&Head>, title: &str, reference: &str, room_mm: f64) -> Self {
        let side = |line: Option<&str>, bold| balanced_mm(line.unwrap_or_default(), bold, 12.0, ISSUER_MM);
        Self {
            issuer_mm: side(head.map(|head| head.issuer.as_str()), true),
            letter_subject_mm: side(head.and_then(|head| head.letter_subject.as_deref()), false),
            title_mm: balanced_mm(title, true, 14.0, room_mm),
            reference_mm: balanced_mm(reference, false, 14.0, room_mm),
        }
    }
}

/// The widths that text may fill: on upright sheets, on those on their side, and of the issuer's column, in millimetres.
const UPRIGHT_MM: f64 = 165.0;
const LYING_MM: f64 = 252.0;
const ISSUER_MM: f64 = 0.38 * UPRIGHT_MM;

fn room_mm(orientation: Orientation) -> f64 {
    if orientation == Orientation::Landscape { LYING_MM } else { UPRIGHT_MM }
}

/// What `certificate.typ` reads.
#[derive(Serialize)]
struct SheetsView<'a> {
    title: &'a str,
    author: &'a str,
    sheets: &'a [Certificate],
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Item {
    Heading {
        level: usize,
        label: String,
        title: String,
        stacked: bool,
    },
    Paragraph {
        runs: Runs,
    },
    Centred {
        runs: Runs,
    },
    #[serde(rename = "item")]
    Numbered {
        label: String,
        bold: bool,
        runs: Runs,
    },
    List {
        items: Vec<Runs>,
    },
    Table {
        caption: String,
        table: TableView,
    },
    Chart {
        path: String,
        caption: String,
        description: String,
        table: TableView,
    },
    PageBreak,
}

/// A text in which nothing stands out, or its runs.
#[derive(Serialize)]
#[serde(untagged)]
enum Runs {
    Plain(String),
    Marked(Vec<Words>),
}

#[derive(Serialize)]
struct Words {
    text: String,
    emphasis: Emphasis,
}

#[derive(Serialize)]
struct TableView {
    /// Widths of the columns, in millimetres.
    widths: Vec<f64>,
    /// Size of the letters, in points.
    size: f64,
    aligns: Vec<Align>,
    heads: Vec<String>,
    rows: Vec<RowView>,
    note: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    kind: RowKind,
    /// Whether nothing in it stands out.
    plain: bool,
    /// Whether it stands on one line.
    flat: bool,
    cells: Vec<Runs>,
}

/// From so much content on (ten pages), a second thread helps.
const HELPED_BYTES: usize = 32 << 10;

/// From so much content on (some hundred pages), what the layout remembers takes more room than the pages.
pub(super) const LONG_BYTES: usize = 512 << 10;

/// The data of documents as JSON.
pub(super) struct Views {
    pub(super) whole: Vec<u8>,
    /// Each document's text from its end to its middle, labels and numbers as they are in the whole; where it is worth a
    /// thread of its own.
    pub(super) from_the_end: Option<Vec<u8>>,
}

/// The data of documents.
pub(super) fn documents(documents: &[Document]) -> serde_json::Result<Views> {
    let first = documents.first();
    let tag = first.map_or("vi-VN", |document| document.language.tag());
    let (language, region) = tag.split_once('-').unwrap_or(("vi", "VN"));
    let mut view = FileView {
        language,
        region,
        title: first.map(Document::full_title).unwrap_or_default(),
        author: first.map(|document| document.issuer.name.clone()).unwrap_or_default(),
        documents: documents.iter().enumerate().map(|(at, document)| document_view(at, document)).collect(),
    };
    let whole = printable(&view)?;
    if !(HELPED_BYTES..LONG_BYTES).contains(&whole.len()) {
        return Ok(Views { whole, from_the_end: None });
    }
    for document in &mut view.documents {
        let half = document.body.len() / 2;
        document.body = sections_reversed(document.body.drain(half..));
        document.annexes.clear();
    }
    Ok(Views { whole, from_the_end: Some(printable(&view)?) })
}

/// Sections from the last to the first. Inside of one the order stays: what a paragraph follows is part of what its
/// layout is remembered by.
fn sections_reversed(items: impl Iterator<Item = Item>) -> Vec<Item> {
    let is_heading = |item: &Item| matches!(item, Item::Heading { .. });
    let mut sections: Vec<Vec<Item>> = Vec::new();
    for item in items {
        match sections.last_mut() {
            Some(section) if !is_heading(&item) || section.last().is_some_and(is_heading) => section.push(item),
            _ => sections.push(vec![item]),
        }
    }
    sections.into_iter().rev().flatten().collect()
}

/// The data of sheets as JSON.
pub(super) fn certificates(sheets: &[Certificate], title: &str, author: &str) -> serde_json::Result<Vec<u8>> {
    printable(&SheetsView { title, author, sheets })
}

fn printable(view: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::new();
    view.serialize(&mut Serializer::with_formatter(&mut json, Printable))?;
    Ok(json)
}

/// Where the layout finds the picture of a chart, counted from 1 in each document.
pub(super) fn chart_path(document: usize, number: u32) -> String {
    format!("/chart-{document}-{number}.svg")
}

/// Where the layout finds the picture of a document's code.
pub(super) fn check_path(document: usize) -> String {
    format!("/check-{document}.svg")
}

fn document_view(at: usize, document: &Document) -> DocumentView {
    let mut levels = Levels::new(document);
    let orientations = std::iter::once(Orientation::Portrait).chain(document.annexes.iter().map(|a| a.orientation));
    let printed = document.printed().into_iter().zip(orientations);
    let mut bodies: Vec<_> =
        printed.map(|(body, orientation)| items(at, &body, room_mm(orientation), &mut levels)).collect();
    let annex_bodies = bodies.split_off(1.min(bodies.len()));
    let opening = document.opening();
    let (subject, reference) = (opening.subject.as_deref(), opening.reference.as_deref());
    DocumentView {
        rooms: Rooms::of(opening.head.as_ref(), subject.unwrap_or_default(), reference.unwrap_or_default(), UPRIGHT_MM),
        opening,
        body: bodies.pop().unwrap_or_default(),
        closing: document.closing(),
        annexes: annexes(document, annex_bodies),
        notice: document.notices.join(" · "),
        check: document.check_url.as_ref().map(|_| check_path(at)),
        check_words: document.check_url.as_deref().map(qr::words).unwrap_or_default(),
    }
}

fn annexes(document: &Document, bodies: Vec<Vec<Item>>) -> Vec<AnnexView> {
    let annexes = document.annexes.iter().zip(bodies).enumerate();
    annexes
        .map(|(at, (annex, body))| {
            let opening = document.annex_opening(at);
            let words = opening.as_ref().map(|opening| (opening.title.as_str(), opening.reference.as_str()));
            let (title, reference) = words.unwrap_or_default();
            let head = opening.as_ref().and_then(|opening| opening.head.as_ref());
            AnnexView {
                rooms: Rooms::of(head, title, reference, room_mm(annex.orientation)),
                opening,
                landscape: annex.orientation == Orientation::Landscape,
                body,
            }
        })
        .collect()
}

fn items(document: usize, body: &[Printed<'_>], room_mm: f64, levels: &mut Levels) -> Vec<Item> {
    levels.begin_body();
    body.iter().map(|block| item(document, block, room_mm, levels)).collect()
}

fn item(document: usize, block: &Printed<'_>, room_mm: f64, levels: &mut Levels) -> Item {
    match block {
        Printed::Heading { rank, label, title } => Item::Heading {
            level: levels.next(*rank),
            label: label.clone(),
            title: title.clone(),
            stacked: rank.is_stacked(),
        },
        Printed::Paragraph { runs } => Item::Paragraph { runs: words(runs) },
        Printed::Centred { runs } => Item::Centred { runs: words(runs) },
        Printed::Item { rank, label, runs } => {
            Item::Numbered { label: label.clone(), bold: *rank == HeadingRank::Article, runs: words(runs) }
        }
        Printed::List { items } => Item::List { items: items.iter().map(|runs| words(runs)).collect() },
        Printed::Table { caption, table } => {
            let (widths, size) = (columns::widths_mm(table, room_mm), columns::size_pt(table.columns.len()));
            Item::Table { caption: caption.clone(), table: table_view(table, widths, size) }
        }
        Printed::Chart { number, caption, chart } => Item::Chart {
            path: chart_path(document, *number),
            caption: caption.clone(),
            description: chart.description.clone(),
            table: chart_table(chart, room_mm),
        },
        Printed::PageBreak => Item::PageBreak,
    }
}

fn chart_table(chart: &Chart, room_mm: f64) -> TableView {
    let data = columns::chart_data(chart);
    table_view(&data, columns::fitted_mm(&data, columns::CHART_PT, room_mm), columns::CHART_PT)
}

fn table_view(table: &Table, widths: Vec<f64>, size: f64) -> TableView {
    let flat = columns::flat_rows(table, &widths, size);
    let row = |(row, flat): (&domain::reports::Row, bool)| {
        let cells: Vec<Runs> = row.cells.iter().map(|Cell(runs)| words(runs)).collect();
        RowView { kind: row.kind, plain: cells.iter().all(|cell| matches!(cell, Runs::Plain(_))), flat, cells }
    };
    TableView {
        widths,
        size,
        aligns: table.columns.iter().map(|column| column.align).collect(),
        heads: table.columns.iter().map(|column| column.head.clone()).collect(),
        rows: table.rows.iter().zip(flat).map(row).collect(),
        note: table.note.clone(),
    }
}

/// Writes data so that every string in it can be printed.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        writer.write_all(breakable(&fonts::printable(fragment)).as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::Quote => writer.write_all(b"\\\""),
            CharEscape::ReverseSolidus => writer.write_all(b"\\\\"),
            CharEscape::Solidus => writer.write_all(b"/"),
            _ => writer.write_all(b" "),
        }
    }
}

/// Words so long that no line holds them may be broken: otherwise they run off the page.
fn breakable(text: &str) -> Cow<'_, str> {
    const WORD_MAX: usize = 60;
    const PIECE: usize = 20;
    // Letters and figures between punctuation: drawings and pictures are strings too.
    let is_endless = |word: &str| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation() || "«»“”…".contains(c));
        word.chars().count() > WORD_MAX && word.chars().all(char::is_alphanumeric)
    };
    if !text.split(' ').any(is_endless) {
        return Cow::Borrowed(text);
    }
    let pieces = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        letters.chunks(PIECE).map(String::from_iter).collect::<Vec<_>>().join("\u{200b}")
    };
    let words = text.split(' ').map(|word| if is_endless(word) { pieces(word) } else { word.to_owned() });
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

fn words(runs: &[Run]) -> Runs {
    match runs.iter().all(|run| run.emphasis() == Emphasis::Plain) {
        true => Runs::Plain(runs.iter().map(Run::printed).collect()),
        false => Runs::Marked(
            runs.iter().map(|run| Words { text: run.printed().to_owned(), emphasis: run.emphasis() }).collect(),
        ),
    }
}
