//! Which numbers of a document are no longer what they were: against the figures of now, or against an earlier reading.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Teller;
use crate::reports::block::{Cell, RowKind, Run, Table};
use crate::reports::document::Document;
use crate::reports::figure::FigureReference;
use crate::reports::flow::Printed;

/// A number that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedFigure {
    /// The figure as it stands now; without value where it vanished.
    pub figure: FigureReference,
    /// What was printed.
    pub old: String,
    /// What is printed now.
    pub new: String,
    /// Whether there is no value any more.
    pub is_vanished: bool,
    /// Under which heading, or in which table.
    pub place: String,
    /// The sentence, or the line of the table, in which the document states it.
    pub sentence: String,
}

/// A figure that a sentence states and that has no value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlaggedFigure {
    /// The figure.
    pub figure: FigureReference,
    /// Under which heading.
    pub place: String,
    /// The sentence.
    pub sentence: String,
}

/// What a reader saw: every number of a document as it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reading {
    seen: BTreeMap<String, Seen>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Seen {
    value: Option<f64>,
    printed: String,
}

impl Reading {
    /// Everything that a document states now.
    pub fn of(document: &Document) -> Self {
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        for figure in document.figures() {
            let known = seen.get(&key(figure));
            // Words tell more than the signs of a table's cell.
            if known.is_none() || figure.printed.starts_with(char::is_alphabetic) {
                seen.insert(key(figure), Seen { value: figure.value, printed: figure.printed.clone() });
            }
        }
        Self { seen }
    }

    /// The seen number that this figure differs from; a figure that was not there then is none.
    fn differing(&self, figure: &FigureReference) -> Option<&Seen> {
        let seen = self.seen.get(&key(figure))?;
        let rewritten = figure.value.is_some() && figure.form.has_two_facts() && seen.printed != figure.printed;
        (seen.value != figure.value || rewritten).then_some(seen)
    }
}

fn key(figure: &FigureReference) -> String {
    format!("{}|{}|{}|{}", figure.code, figure.form.words().1, figure.unit, figure.year)
}

/// A percentage of a sentence carries its mark, one of a table does not: old and new are shown alike.
fn in_style_of(old: &str, new: &FigureReference) -> String {
    match (new.value, new.printed.ends_with('%')) {
        (Some(_), false) => old.trim_end_matches('%').trim_end().to_owned(),
        (Some(_), true) if !old.ends_with('%') => format!("{old}%"),
        _ => old.to_owned(),
    }
}

/// The numbers of a kept document that the figures of now contradict, in reading order.
pub fn changed(document: &Document, now: &Teller<'_>) -> Vec<ChangedFigure> {
    let bodies = document.printed();
    let differing = |old: &FigureReference| {
        let new = now.again(old);
        let differs = new.value != old.value || (new.value.is_some() && new.printed != old.printed);
        differs.then(|| (old.printed.clone(), new))
    };
    found(bodies.iter().flatten(), differing).map(into_changed).collect()
}

/// The numbers of printed blocks of today that differ from an earlier reading, in reading order.
pub fn changed_among<'p>(blocks: impl IntoIterator<Item = &'p Printed<'p>>, reading: &Reading) -> Vec<ChangedFigure> {
    let differing = |new: &FigureReference| Some((in_style_of(&reading.differing(new)?.printed, new), new.clone()));
    found(blocks, differing).map(into_changed).collect()
}

/// The figures that sentences of a document state and that have no value, in reading order.
pub fn flagged(document: &Document) -> Vec<FlaggedFigure> {
    let bodies = document.printed();
    found(bodies.iter().flatten(), |figure| figure.is_flagged().then(|| figure.clone()))
        .map(|Found { what: figure, place, sentence }| FlaggedFigure { figure, place, sentence })
        .collect()
}

fn into_changed(found: Found<(String, FigureReference)>) -> ChangedFigure {
    let Found { what: (old, figure), place, sentence } = found;
    ChangedFigure { old, new: figure.printed.clone(), is_vanished: figure.value.is_none(), figure, place, sentence }
}

struct Found<T> {
    what: T,
    place: String,
    sentence: String,
}

/// What `pick` picks among the numbers of blocks, each with its place and sentence.
fn found<'p, T>(
    blocks: impl IntoIterator<Item = &'p Printed<'p>>,
    pick: impl Fn(&FigureReference) -> Option<T>,
) -> impl Iterator<Item = Found<T>> {
    let mut heading = String::new();
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Printed::Heading { label, title, .. } => heading = format!("{label} {title}"),
            Printed::Paragraph { runs } | Printed::Centred { runs } | Printed::Item { runs, .. } => {
                push_runs(&mut all, runs, &heading, &pick);
            }
            Printed::List { items } => items.iter().for_each(|runs| push_runs(&mut all, runs, &heading, &pick)),
            Printed::Table { caption, table } => push_table(&mut all, caption, table, &pick),
            Printed::Chart { .. } | Printed::PageBreak => {}
        }
    }
    all.into_iter()
}

fn push_runs<T>(all: &mut Vec<Found<T>>, runs: &[Run], place: &str, pick: impl Fn(&FigureReference) -> Option<T>) {
    for (at, run) in runs.iter().enumerate() {
        if let Run::Figure(figure) = run
            && let Some(what) = pick(figure)
        {
            all.push(Found { what, place: place.to_owned(), sentence: sentence_around(runs, at) });
        }
    }
}

fn push_table<T>(all: &mut Vec<Found<T>>, caption: &str, table: &Table, pick: impl Fn(&FigureReference) -> Option<T>) {
    for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
        for (at, cell) in row.cells.iter().enumerate() {
            for run in &cell.0 {
                if let Run::Figure(figure) = run
                    && let Some(what) = pick(figure)
                {
                    let label = row.cells.get(1).map(Cell::printed).unwrap_or_default();
                    let head = table.columns.get(at).map_or("", |column| column.head.as_str());
                    all.push(Found { what, place: caption.to_owned(), sentence: format!("{label} · {head}") });
                }
            }
        }
    }
}

/// The sentence of a paragraph in which the run at this place stands.
///
/// A sentence ends with `.`, `!`, `?` or `;` before a space: marks inside numbers do not end it.
fn sentence_around(runs: &[Run], at: usize) -> String {
    let text: String = runs.iter().map(Run::printed).collect();
    let start_of_run: usize = runs.iter().take(at).map(|run| run.printed().len()).sum();
    let end_of_run = start_of_run + runs.get(at).map_or(0, |run| run.printed().len());
    let ends =
        || text.match_indices([' ', '\u{a0}']).map(|(space, _)| space).filter(|space| ends_before(&text, *space));
    let start = ends().rfind(|end| *end < start_of_run).unwrap_or(0);
    let end = ends().find(|end| *end >= end_of_run).unwrap_or(text.len());
    text[start..end].trim().to_owned()
}

fn ends_before(text: &str, space: usize) -> bool {
    text[..space].ends_with(['.', '!', '?', ';'])
}
