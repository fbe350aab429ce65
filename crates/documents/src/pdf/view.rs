//! A document as data for the layout: every line worded, every heading numbered and levelled.

use std::io;

use domain::reports::{
    Align, AnnexOpening, Cell, Certificate, Chart, Closing, Document, Emphasis, HeadingRank, Opening, Orientation,
    Printed, RowKind, Run, Table,
};
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use crate::headings::Levels;
use crate::{fonts, qr};

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
    landscape: bool,
    body: Vec<Item>,
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
        runs: Vec<Words>,
    },
    Centred {
        runs: Vec<Words>,
    },
    #[serde(rename = "item")]
    Numbered {
        label: String,
        bold: bool,
        runs: Vec<Words>,
    },
    List {
        items: Vec<Vec<Words>>,
    },
    Table {
        caption: String,
        table: TableView,
    },
    Chart {
        path: String,
        caption: String,
        description: String,
        heads: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    PageBreak,
}

#[derive(Serialize)]
struct Words {
    text: String,
    emphasis: Emphasis,
}

#[derive(Serialize)]
struct TableView {
    widths: Vec<f64>,
    aligns: Vec<Align>,
    heads: Vec<String>,
    rows: Vec<RowView>,
    note: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    kind: RowKind,
    cells: Vec<Vec<Words>>,
}

/// The data of documents as JSON.
pub(super) fn documents(documents: &[Document]) -> serde_json::Result<Vec<u8>> {
    let first = documents.first();
    let tag = first.map_or("vi-VN", |document| document.language.tag());
    let (language, region) = tag.split_once('-').unwrap_or(("vi", "VN"));
    printable(&FileView {
        language,
        region,
        title: first.map(Document::full_title).unwrap_or_default(),
        author: first.map(|document| document.issuer.name.clone()).unwrap_or_default(),
        documents: documents.iter().enumerate().map(|(at, document)| document_view(at, document)).collect(),
    })
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
    let mut bodies = document.printed().into_iter().map(|body| items(at, &body, &mut levels)).collect::<Vec<_>>();
    let annex_bodies = bodies.split_off(1.min(bodies.len()));
    DocumentView {
        opening: document.opening(),
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
        .map(|(at, (annex, body))| AnnexView {
            opening: document.annex_opening(at),
            landscape: annex.orientation == Orientation::Landscape,
            body,
        })
        .collect()
}

fn items(document: usize, body: &[Printed<'_>], levels: &mut Levels) -> Vec<Item> {
    levels.begin_body();
    body.iter().map(|block| item(document, block, levels)).collect()
}

fn item(document: usize, block: &Printed<'_>, levels: &mut Levels) -> Item {
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
        Printed::Table { caption, table } => Item::Table { caption: caption.clone(), table: table_view(table) },
        Printed::Chart { number, caption, chart } => chart_item(document, *number, caption, chart),
        Printed::PageBreak => Item::PageBreak,
    }
}

fn chart_item(document: usize, number: u32, caption: &str, chart: &Chart) -> Item {
    let (heads, rows) = chart.data_table();
    Item::Chart {
        path: chart_path(document, number),
        caption: caption.to_owned(),
        description: chart.description.clone(),
        heads,
        rows,
    }
}

fn table_view(table: &Table) -> TableView {
    let row = |row: &domain::reports::Row| RowView {
        kind: row.kind,
        cells: row.cells.iter().map(|Cell(runs)| words(runs)).collect(),
    };
    TableView {
        widths: table.columns.iter().map(|column| column.width).collect(),
        aligns: table.columns.iter().map(|column| column.align).collect(),
        heads: table.columns.iter().map(|column| column.head.clone()).collect(),
        rows: table.rows.iter().map(row).collect(),
        note: table.note.clone(),
    }
}

/// Writes data so that every string in it can be printed.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        writer.write_all(fonts::printable(fragment).as_bytes())
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

fn words(runs: &[Run]) -> Vec<Words> {
    runs.iter().map(|run| Words { text: run.printed().to_owned(), emphasis: run.emphasis() }).collect()
}
