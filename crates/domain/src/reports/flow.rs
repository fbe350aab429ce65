//! A body as it is printed: headings numbered, tables and charts counted, empty places turned into guidance.
//!
//! Every output (text, DOCX, PDF, web preview) walks this flow, so labels and words agree by construction.

use std::borrow::Cow;

use serde::Serialize;

use super::block::{Block, Chart, Run, Table};
use super::document::Document;
use super::numbering::{HeadingRank, Numbering};

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
    /// A list with a dash before each item.
    List {
        /// Its items.
        items: &'a [Vec<Run>],
    },
    /// A table under its caption.
    Table {
        /// `Bảng 3. …`
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
        if let Some(main) = bodies.first_mut() {
            close(main);
        }
        bodies
    }
}

#[derive(Default)]
struct Captions {
    tables: u32,
    charts: u32,
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
            Block::Paragraph(runs) => printed.push(Printed::Paragraph { runs: Cow::Borrowed(runs) }),
            Block::List(items) => printed.push(Printed::List { items }),
            Block::Table(table) => {
                captions.tables += 1;
                printed
                    .push(Printed::Table { caption: format!("Bảng {}. {}", captions.tables, table.caption), table });
            }
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

/// Ends the main text with `./.` (Decree 30/2020/NĐ-CP, annex III, model 1.4).
fn close(body: &mut Vec<Printed<'_>>) {
    const END: &str = "./.";
    match body.last_mut() {
        Some(Printed::Paragraph { runs }) => {
            let stopped = runs.last().is_some_and(|run| run.printed().ends_with('.'));
            runs.to_mut().push(Run::text(if stopped { &END[1..] } else { END }));
        }
        _ => body.push(Printed::Paragraph { runs: Cow::Owned(vec![Run::text(END)]) }),
    }
}
