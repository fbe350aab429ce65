//! The main part: opening, blocks, closing, and each annex in its own section.

use domain::reports::{AnnexOpening, Block, Chart, Document, Emphasis, HeadingRank, Orientation, Printed, Table};

use super::opening;
use super::page::{CHECKED_FOOT, FOOT, part, room, section};
use super::paragraph::{Paragraph, Stand};
use super::picture::{self, Picture};
use super::table;
use super::xml::{Element, element};
use crate::balance::balanced_mm;
use crate::headings::Levels;

/// Heading styles by level.
const HEADINGS: [&str; 6] = ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6"];

/// The width of a chart, in millimetres.
const CHART_MM: f64 = 155.0;

/// Builds `word/document.xml`.
pub(super) fn documents(documents: &[Document], pictures: &[Picture]) -> Element {
    let mut content = Vec::new();
    let mut pictures = pictures;
    let mut last = section(Orientation::Portrait, FOOT);
    // Letters to many are printed from one file; the code of each stands in its own.
    let is_checked = matches!(documents, [document] if document.check_url.is_some());
    let first_foot = if is_checked { CHECKED_FOOT } else { FOOT };
    for (at, document) in documents.iter().enumerate() {
        if at > 0 {
            content.push(end_of(last));
        }
        last = push(&mut content, document, pictures, first_foot);
        let charts = document.bodies().flatten().filter(|block| matches!(block, Block::Chart(_))).count();
        pictures = pictures.get(charts..).unwrap_or_default();
    }
    part("w:document")
        .attribute("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing")
        .child(element("w:body").children(content).child(last))
}

/// Adds a document; hands back the properties of its last section.
fn push(content: &mut Vec<Element>, document: &Document, pictures: &[Picture], first_foot: &'static str) -> Element {
    let mut levels = Levels::new(document);
    content.extend(opening::opening(document));
    let orientations = std::iter::once(Orientation::Portrait).chain(document.annexes.iter().map(|a| a.orientation));
    let mut last = section(Orientation::Portrait, first_foot);
    for (at, (body, orientation)) in document.printed().iter().zip(orientations).enumerate() {
        levels.begin_body();
        if let Some(annex) = at.checked_sub(1) {
            content.push(end_of(last));
            let opening = document.annex_opening(annex);
            content.extend(opening.iter().flat_map(|opening| annex_opening(opening, orientation)));
        }
        let mut writer =
            Writer { levels: &mut levels, pictures, room_mm: room(orientation), new_page: false, is_last: false };
        for (number, block) in (1..).zip(body) {
            writer.is_last = at == 0 && number == body.len();
            content.extend(writer.block(block));
        }
        if at == 0 {
            content.extend(document.closing().iter().flat_map(opening::closing));
        }
        last = section(orientation, if at == 0 { first_foot } else { FOOT });
    }
    last
}

/// The paragraph that ends a section.
fn end_of(section: Element) -> Element {
    Paragraph::new("Rule").closing_section(section).build()
}

struct Writer<'a> {
    levels: &'a mut Levels,
    pictures: &'a [Picture],
    room_mm: f64,
    /// The next paragraph begins a page.
    new_page: bool,
    /// The next paragraph holds the last words before the signature, which never stands alone on a page.
    is_last: bool,
}

impl Writer<'_> {
    fn block(&mut self, block: &Printed<'_>) -> Vec<Element> {
        if matches!(block, Printed::PageBreak) {
            self.new_page = true;
            return Vec::new();
        }
        let new_page = std::mem::take(&mut self.new_page);
        match block {
            Printed::Heading { rank, label, title } => {
                let style = HEADINGS[(self.levels.next(*rank) - 1).min(HEADINGS.len() - 1)];
                let heading = Paragraph::new(style).on_a_new_page(new_page);
                vec![match rank.is_stacked() {
                    true => heading.stand(Stand::Centre).words(label).line_break().words(title).build(),
                    false => heading.words(&format!("{label} {title}")).build(),
                }]
            }
            Printed::Paragraph { runs } => {
                let paragraph = Paragraph::new("BodyText").with_next(self.is_last).on_a_new_page(new_page);
                vec![paragraph.runs(runs).build()]
            }
            Printed::Centred { runs } => {
                vec![Paragraph::new("Centred").on_a_new_page(new_page).runs(runs).build()]
            }
            Printed::Item { rank, label, runs } => {
                let emphasis = if *rank == HeadingRank::Article { Emphasis::Bold } else { Emphasis::Plain };
                let paragraph = Paragraph::new("BodyText").with_next(self.is_last).on_a_new_page(new_page);
                vec![paragraph.emphasised(&format!("{label} "), emphasis).runs(runs).build()]
            }
            Printed::List { items } => items
                .iter()
                .enumerate()
                .map(|(at, runs)| {
                    Paragraph::new("ListDash").dashed().on_a_new_page(new_page && at == 0).runs(runs).build()
                })
                .collect(),
            Printed::Table { caption, table } => {
                let above = if caption.is_empty() { "Note" } else { "Caption" };
                let mut content = vec![Paragraph::new(above).on_a_new_page(new_page).words(caption).build()];
                content.push(table::data(table, &described(caption, table), self.room_mm));
                content.push(Paragraph::new("Note").words(table.note.as_deref().unwrap_or_default()).build());
                content
            }
            Printed::Chart { number, caption, chart } => self.chart(*number, caption, chart, new_page),
            Printed::PageBreak => Vec::new(),
        }
    }
}

impl Writer<'_> {
    /// Picture and caption are one paragraph, so they stay together by themselves. "Keep with next" is not used here:
    /// before a tall picture it makes LibreOffice 7.4 lose the rows of a table that ends on the page before.
    fn chart(&self, number: u32, caption: &str, chart: &Chart, new_page: bool) -> Vec<Element> {
        let paragraph = Paragraph::new("ChartCaption").on_a_new_page(new_page);
        let paragraph = match self.pictures.get(number as usize - 1) {
            Some(picture) => paragraph.run(picture::run(picture, chart, CHART_MM)).line_break(),
            None => paragraph,
        };
        let data = table::chart_data(chart, caption, self.room_mm * 0.8);
        vec![paragraph.words(caption).build(), data, Paragraph::new("Note").build()]
    }
}

/// What a reader who cannot see the table is told: its caption, or its heads.
fn described(caption: &str, table: &Table) -> String {
    if caption.is_empty() {
        table.columns.iter().map(|column| column.head.as_str()).collect::<Vec<_>>().join(", ")
    } else {
        caption.to_owned()
    }
}

/// Head (of what is promulgated), label, title and reference of an annex (annex I, III.1; annex III, models 1.3, 2.1).
fn annex_opening(opening: &AnnexOpening, orientation: Orientation) -> Vec<Element> {
    let mut content: Vec<Element> = opening.head.iter().map(opening::head).collect();
    let AnnexOpening { label, title, reference, .. } = opening;
    let room = room(orientation);
    let heading = Paragraph::new(HEADINGS[0]).stand(Stand::Centre).within(balanced_mm(title, true, 14.0, room), room);
    content.push(heading.words(label).line_break().words(title).build());
    content.extend(opening::reference(reference, orientation));
    content
}
