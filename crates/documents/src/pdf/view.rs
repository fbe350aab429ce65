//! A document as data for the layout: every line worded, every heading numbered and levelled.

use std::io;

use domain::reports::{
    Align, Cell, Chart, Document, Emphasis, MOTTO, NATIONAL_NAME, Orientation, Printed, RowKind, Run, Table,
};
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use crate::fonts;
use crate::headings::Levels;

/// What `layout.typ` reads.
#[derive(Serialize)]
pub(super) struct View {
    language: &'static str,
    region: &'static str,
    title: String,
    author: String,
    superior: Option<String>,
    issuer: String,
    national_name: &'static str,
    motto: &'static str,
    number: String,
    place_and_date: String,
    kind: Option<String>,
    subject: String,
    addressees: Vec<String>,
    legal_bases: Vec<String>,
    body: Vec<Item>,
    recipients: Vec<String>,
    capacity: Vec<String>,
    signer: String,
    annexes: Vec<AnnexView>,
    notice: String,
}

#[derive(Serialize)]
struct AnnexView {
    label: String,
    title: String,
    reference: String,
    landscape: bool,
    body: Vec<Item>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Item {
    Heading { level: usize, label: String, title: String, stacked: bool },
    Paragraph { runs: Vec<Words> },
    List { items: Vec<Vec<Words>> },
    Table { caption: String, table: TableView },
    Chart { path: String, caption: String, description: String, heads: Vec<String>, rows: Vec<Vec<String>> },
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

impl View {
    /// The data as JSON.
    pub(super) fn json(document: &Document) -> serde_json::Result<Vec<u8>> {
        let mut json = Vec::new();
        Self::new(document).serialize(&mut Serializer::with_formatter(&mut json, Printable))?;
        Ok(json)
    }

    fn new(document: &Document) -> Self {
        let mut levels = Levels::new(document);
        let mut bodies = document.printed().into_iter().map(|body| items(&body, &mut levels)).collect::<Vec<_>>();
        let annex_bodies = bodies.split_off(1.min(bodies.len()));
        let (language, region) = document.language.tag().split_once('-').unwrap_or(("vi", "VN"));
        Self {
            language,
            region,
            title: document.full_title(),
            author: document.issuer.name.clone(),
            superior: document.issuer.superior.as_ref().map(|name| name.to_uppercase()),
            issuer: document.issuer.name.to_uppercase(),
            national_name: NATIONAL_NAME,
            motto: MOTTO,
            number: document.number_line(),
            place_and_date: document.place_and_date_line(),
            kind: document.kind.title(),
            subject: document.subject.clone(),
            addressees: document.addressee_lines(),
            legal_bases: document.legal_basis_lines(),
            body: bodies.pop().unwrap_or_default(),
            recipients: document.recipient_lines(),
            capacity: document.signature.capacity.iter().map(|line| line.to_uppercase()).collect(),
            signer: document.signature.name.clone(),
            annexes: annexes(document, annex_bodies),
            notice: document.notices.join(" · "),
        }
    }
}

fn annexes(document: &Document, bodies: Vec<Vec<Item>>) -> Vec<AnnexView> {
    let annexes = document.annexes.iter().zip(bodies).enumerate();
    annexes
        .map(|(at, (annex, body))| AnnexView {
            label: document.annex_label(at),
            title: annex.title.to_uppercase(),
            reference: document.annex_reference(),
            landscape: annex.orientation == Orientation::Landscape,
            body,
        })
        .collect()
}

fn items(body: &[Printed<'_>], levels: &mut Levels) -> Vec<Item> {
    levels.begin_body();
    body.iter().map(|block| item(block, levels)).collect()
}

fn item(block: &Printed<'_>, levels: &mut Levels) -> Item {
    match block {
        Printed::Heading { rank, label, title } => Item::Heading {
            level: levels.next(*rank),
            label: label.clone(),
            title: title.clone(),
            stacked: rank.is_stacked(),
        },
        Printed::Paragraph { runs } => Item::Paragraph { runs: words(runs) },
        Printed::List { items } => Item::List { items: items.iter().map(|runs| words(runs)).collect() },
        Printed::Table { caption, table } => Item::Table { caption: caption.clone(), table: table_view(table) },
        Printed::Chart { number, caption, chart } => chart_item(*number, caption, chart),
        Printed::PageBreak => Item::PageBreak,
    }
}

fn chart_item(number: u32, caption: &str, chart: &Chart) -> Item {
    let (heads, rows) = chart.data_table();
    Item::Chart {
        path: format!("/chart-{number}.svg"),
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
