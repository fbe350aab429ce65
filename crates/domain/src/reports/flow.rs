//! A body as it is printed: headings numbered, tables and charts counted, empty places turned into guidance.
//!
//! Every output (text, DOCX, PDF, web preview) walks this flow, so labels and words agree by construction.

use std::borrow::Cow;

use serde::Serialize;

use super::block::{Block, Chart, Run, Table};
use super::document::Document;
use super::numbering::{HeadingRank, Numbering};
use super::opening::is_counted;

/// One printed block.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Printed<'a> {
    /// A heading with its label (`Phần I`, `2.`) and its title as printed.
    Heading {
        /// Rank.
        rank: HeadingRank,
        /// Label.
        label: String,
        /// Title, in capitals where the rank demands it.
        title: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its runs.
        runs: Cow<'a, [Run]>,
    },
    /// A paragraph in the middle of the line.
    Centred {
        /// Its runs.
        runs: Cow<'a, [Run]>,
    },
    /// A numbered paragraph: an article, a clause or a point without a title.
    Item {
        /// Rank.
        rank: HeadingRank,
        /// Label: `Điều 1.`, `2.`, `a)`.
        label: String,
        /// Its runs.
        runs: Cow<'a, [Run]>,
    },
    /// A list with a dash before each item.
    List {
        /// Its items.
        items: Cow<'a, [Vec<Run>]>,
    },
    /// A table under its caption.
    Table {
        /// `Bảng 3. …`; empty where the table needs none.
        caption: String,
        /// The table.
        table: &'a Table,
    },
    /// A chart, its caption and the table of its data.
    Chart {
        /// Counted from 1 through the document.
        number: u32,
        /// `Biểu đồ 3. …`
        caption: String,
        /// The chart.
        chart: &'a Chart,
    },
    /// What follows begins a page.
    PageBreak,
}

impl Document {
    /// The printed blocks of the body and of each annex. Headings are counted apart in each; tables and charts are
    /// counted through.
    pub fn printed(&self) -> Vec<Vec<Printed<'_>>> {
        let mut captions = Captions::default();
        let mut bodies: Vec<_> = self.bodies().map(|body| printed_body(body, &mut captions)).collect();
        if self.kind.form().has_head()
            && let Some(main) = bodies.first_mut()
        {
            close(main);
        }
        for (body, _) in bodies.iter_mut().skip(1).zip(&self.annexes).filter(|(_, annex)| !is_counted(annex)) {
            close(body);
        }
        bodies
    }
}

#[derive(Default)]
struct Captions {
    tables: u32,
    charts: u32,
}

impl Captions {
    fn of_table(&mut self, table: &Table) -> String {
        if table.caption.trim().is_empty() {
            return String::new();
        }
        self.tables += 1;
        format!("Bảng {}. {}", self.tables, table.caption)
    }
}

fn printed_body<'a>(body: &'a [Block], captions: &mut Captions) -> Vec<Printed<'a>> {
    let mut numbering = Numbering::default();
    let mut printed = Vec::with_capacity(body.len());
    for block in body {
        match block {
            Block::Heading(heading) => printed.push(Printed::Heading {
                rank: heading.rank,
                label: numbering.label(heading.rank),
                title: heading.printed_title(),
            }),
            Block::Item { rank, runs } => {
                printed.push(Printed::Item { rank: *rank, label: numbering.label(*rank), runs: Cow::Borrowed(runs) })
            }
            Block::Paragraph(runs) => printed.push(Printed::Paragraph { runs: Cow::Borrowed(runs) }),
            Block::Centred(runs) => printed.push(Printed::Centred { runs: Cow::Borrowed(runs) }),
            Block::List(items) => printed.push(Printed::List { items: Cow::Borrowed(items) }),
            Block::Table(table) => printed.push(Printed::Table { caption: captions.of_table(table), table }),
            Block::Chart(chart) => {
                captions.charts += 1;
                let number = captions.charts;
                printed
                    .push(Printed::Chart { number, caption: format!("Biểu đồ {number}. {}", chart.title), chart });
            }
            Block::Place(place) => printed.extend(match place.printed() {
                Cow::Borrowed(typed) => {
                    typed.iter().map(|runs| Printed::Paragraph { runs: Cow::Borrowed(runs) }).collect::<Vec<_>>()
                }
                Cow::Owned(guidance) => {
                    guidance.into_iter().map(|runs| Printed::Paragraph { runs: Cow::Owned(runs) }).collect()
                }
            }),
            Block::PageBreak => printed.push(Printed::PageBreak),
        }
    }
    printed
}

/// The mark that ends a text (Decree 30/2020/NĐ-CP, annex III, models 1.2 to 1.9).
const END: &str = "./.";

/// Ends a text with `./.`, after its last words or, after a table, on a line of its own.
fn close(body: &mut Vec<Printed<'_>>) {
    match body.last_mut() {
        Some(Printed::Paragraph { runs } | Printed::Item { runs, .. }) => end(runs.to_mut()),
        Some(Printed::List { items }) if !items.is_empty() => items.to_mut().last_mut().into_iter().for_each(end),
        _ => body.push(Printed::Paragraph { runs: Cow::Owned(vec![Run::text(END)]) }),
    }
}

/// A full stop, semicolon or closing mark that was typed is not doubled.
fn end(runs: &mut Vec<Run>) {
    if let Some(Run::Text { text, .. }) = runs.last_mut() {
        let bare = text.trim_end();
        let bare = bare.strip_suffix(END).unwrap_or(bare);
        text.truncate(bare.trim_end_matches(['.', ';']).len());
    }
    runs.push(Run::text(END));
}
