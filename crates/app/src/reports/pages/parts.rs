//! The report cut into parts that fit a page: at its great headings, and within them where a page would grow too long.

use domain::reports::{Column, Document, HeadingRank, Printed, Row, Run};
use serde::Serialize;

/// About so many bytes of HTML one part may take; with the frame and the list of parts a page stays under 30 KB.
const WEIGHT_MAX: usize = 16_000;

/// A part of the report.
#[derive(Debug, Serialize)]
pub(super) struct Part<'a> {
    title: String,
    /// Which of the parts of its title it is, from 1, and how many there are.
    place: usize,
    count: usize,
    blocks: Vec<Block<'a>>,
    #[serde(skip)]
    weight: usize,
}

/// A line of the list of parts: one for each title.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    title: String,
    /// The first part of the title.
    at: usize,
    is_shown: bool,
}

/// The list of parts, with the title that is shown.
pub(super) fn entries(parts: &[Part<'_>], shown: Option<usize>) -> Vec<Entry> {
    let first = parts.iter().enumerate().filter(|(_, part)| part.place == 1);
    let entry = |(at, part): (usize, &Part<'_>)| Entry {
        title: part.title.clone(),
        at,
        is_shown: shown.is_some_and(|shown| (at..at + part.count).contains(&shown)),
    };
    first.map(entry).collect()
}

/// A block of a part: as printed, or some rows of a long table.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Block<'a> {
    Whole(Printed<'a>),
    Rows(TableRows<'a>),
}

/// Rows of a table under its caption.
#[derive(Debug, Serialize)]
struct TableRows<'a> {
    kind: &'static str,
    caption: String,
    table: Slice<'a>,
}

#[derive(Debug, Serialize)]
struct Slice<'a> {
    columns: &'a [Column],
    rows: &'a [Row],
    note: Option<&'a str>,
}

/// Cuts the document into parts, in order.
pub(super) fn parts(document: &Document) -> Vec<Part<'_>> {
    let mut bodies = document.printed().into_iter();
    let mut parts = vec![Part::new(document.subject.clone())];
    for block in bodies.next().unwrap_or_default() {
        if let Printed::Heading { rank, label, title } = &block
            && *rank <= HeadingRank::Roman
        {
            parts.push(Part::new(format!("{label} {title}")));
        }
        add(&mut parts, block);
    }
    for (annex, blocks) in document.annexes.iter().zip(bodies) {
        parts.push(Part::new(annex.title.clone()));
        for block in blocks {
            add(&mut parts, block);
        }
    }
    number(&mut parts);
    parts
}

/// Puts a block into the last part, or into a further one of the same title where it would grow too long.
fn add<'a>(parts: &mut Vec<Part<'a>>, block: Printed<'a>) {
    let Printed::Table { caption, table } = block else {
        let weight = weight(&block);
        return push(parts, Block::Whole(block), weight);
    };
    let mut rows = &table.rows[..];
    loop {
        let mut taken_weight = caption.len() + 300;
        let fitting = rows.iter().take_while(|row| {
            taken_weight += row_weight(row);
            taken_weight <= WEIGHT_MAX
        });
        let (taken, rest) = rows.split_at(fitting.count().max(1).min(rows.len()));
        let note = table.note.as_deref().filter(|_| rest.is_empty());
        let slice = Slice { columns: &table.columns, rows: taken, note };
        let weight = caption.len() + 300 + taken.iter().map(row_weight).sum::<usize>();
        push(parts, Block::Rows(TableRows { kind: "table", caption: caption.clone(), table: slice }), weight);
        rows = rest;
        if rows.is_empty() {
            return;
        }
    }
}

fn push<'a>(parts: &mut Vec<Part<'a>>, block: Block<'a>, weight: usize) {
    let is_full = |part: &Part<'_>| part.weight > 0 && part.weight + weight > WEIGHT_MAX;
    let further = parts.last().filter(|last| is_full(last)).map(Part::further);
    parts.extend(further);
    if let Some(part) = parts.last_mut() {
        part.weight += weight;
        part.blocks.push(block);
    }
}

/// Tells every part how many there are of its title.
fn number(parts: &mut [Part<'_>]) {
    let mut count = 0;
    for part in parts.iter_mut().rev() {
        count = count.max(part.place);
        part.count = count;
        if part.place == 1 {
            count = 0;
        }
    }
}

fn weight(block: &Printed<'_>) -> usize {
    match block {
        Printed::Heading { title, .. } => title.len() + 40,
        Printed::Paragraph { runs } | Printed::Centred { runs } => runs_weight(runs) + 10,
        Printed::Item { label, runs, .. } => label.len() + runs_weight(runs) + 20,
        Printed::List { items } => items.iter().map(|item| runs_weight(item) + 10).sum(),
        Printed::Table { caption, table } => caption.len() + table.rows.iter().map(row_weight).sum::<usize>(),
        Printed::Chart { caption, chart, .. } => caption.len() + chart.description.len() + 200,
        Printed::PageBreak => 0,
    }
}

fn row_weight(row: &Row) -> usize {
    10 + row.cells.iter().map(|cell| 21 + runs_weight(&cell.0)).sum::<usize>()
}

fn runs_weight(runs: &[Run]) -> usize {
    let weight = |run: &Run| match run {
        Run::Text { text, .. } => text.len() + 7,
        Run::Figure(figure) => figure.printed.len() + figure.code.len() + 38,
    };
    runs.iter().map(weight).sum()
}

impl Part<'_> {
    fn new(title: String) -> Self {
        Self { title, place: 1, count: 1, blocks: Vec::new(), weight: 0 }
    }

    /// A further part of the same title.
    fn further(&self) -> Self {
        Self { place: self.place + 1, ..Self::new(self.title.clone()) }
    }
}

#[cfg(test)]
mod tests;
