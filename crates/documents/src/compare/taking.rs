//! Edited words taken over into the content: block by block, numbers still tied to their figures.
//!
//! What stands outside the blocks (head, title, recipients, signature) and what the program counts or makes from figures
//! is left: it is edited in the page.

use std::collections::{BTreeMap, BTreeSet};

use domain::reports::{Block, Cell, Document, Run, Table};

use super::{Change, Part, Spot};

/// The content with the changes in it.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenOver {
    /// The content.
    pub document: Document,
    /// The changes that were left, by their places in the list.
    pub left: Vec<usize>,
}

/// Puts changes into the content in which they were found.
pub fn taken_over(frozen: &Document, changes: &[Change]) -> TakenOver {
    let mut bodies: Vec<Body> = frozen.bodies().map(Body::of).collect();
    let is_left = |(at, change): (usize, &Change)| (!take(&mut bodies, change)).then_some(at);
    let left = changes.iter().enumerate().filter_map(is_left).collect();
    let mut bodies = bodies.into_iter().map(Body::joined);
    let mut document = frozen.clone();
    document.body = bodies.next().unwrap_or_default();
    for (annex, body) in document.annexes.iter_mut().zip(bodies) {
        annex.body = body;
    }
    TakenOver { document, left }
}

/// A body while changes are put in: places stay as they were counted until all are.
struct Body {
    start: Vec<Block>,
    slots: Vec<Slot>,
}

/// A block with what is taken out of it and what comes after it.
struct Slot {
    block: Option<Block>,
    removed: BTreeSet<usize>,
    added: BTreeMap<usize, Vec<Vec<Run>>>,
    after: Vec<Block>,
}

impl Body {
    fn of(blocks: &[Block]) -> Self {
        let slot = |block: &Block| Slot {
            block: Some(block.clone()),
            removed: BTreeSet::new(),
            added: BTreeMap::new(),
            after: Vec::new(),
        };
        Self { start: Vec::new(), slots: blocks.iter().map(slot).collect() }
    }

    fn joined(self) -> Vec<Block> {
        let mut blocks = self.start;
        for slot in self.slots {
            blocks.extend(slot.block.and_then(|block| with_lines(block, &slot.removed, slot.added)));
            blocks.extend(slot.after);
        }
        blocks
    }
}

/// A block of lines without those that are gone and with those that came; none where no line is left.
fn with_lines(block: Block, removed: &BTreeSet<usize>, mut added: BTreeMap<usize, Vec<Vec<Run>>>) -> Option<Block> {
    let mut lines = |old: Vec<Vec<Run>>| {
        let mut lines = Vec::new();
        let count = old.len().max(1);
        let mut old = old.into_iter();
        for nth in 0..count {
            lines.extend(old.next().filter(|_| !removed.contains(&nth)));
            lines.extend(added.remove(&nth).unwrap_or_default());
        }
        lines
    };
    match block {
        Block::List(items) => Some(lines(items)).filter(|items| !items.is_empty()).map(Block::List),
        Block::Place(mut place) => {
            place.paragraphs = lines(place.paragraphs);
            Some(Block::Place(place))
        }
        Block::Table(mut table) => {
            let rows = table.rows.into_iter().enumerate().filter(|(nth, _)| !removed.contains(nth));
            table.rows = rows.map(|(_, row)| row).collect();
            Some(Block::Table(table))
        }
        other => Some(other),
    }
}

/// Puts one change in; tells whether it could be.
fn take(bodies: &mut [Body], change: &Change) -> bool {
    match change {
        Change::Words { place: Some(place), part, from, to, runs, .. } => slot(bodies, *place)
            .and_then(|slot| slot.block.as_mut())
            .is_some_and(|block| set(block, *part, (from, to), tidied(runs))),
        Change::Removed { place: Some(place), part, .. } => {
            slot(bodies, *place).is_some_and(|slot| remove(slot, *part))
        }
        Change::Moved { place: Some(place), part: Part::Whole, after, .. } => {
            let is_possible = !matches!(after, Spot::Outside);
            let taken = slot(bodies, *place).filter(|_| is_possible).and_then(|slot| slot.block.take());
            taken.is_some_and(|block| put(bodies, *after, block))
        }
        Change::Added { after, is_in_table: false, runs, .. } => add(bodies, *after, tidied(runs)),
        Change::Words { .. } | Change::Removed { .. } | Change::Moved { .. } | Change::Added { .. } => false,
    }
}

fn slot(bodies: &mut [Body], place: domain::reports::signing::BlockPlace) -> Option<&mut Slot> {
    let body = bodies.get_mut(usize::try_from(place.body).ok()?)?;
    body.slots.get_mut(usize::try_from(place.block).ok()?)
}

fn set(block: &mut Block, part: Part, (from, to): (&str, &str), runs: Vec<Run>) -> bool {
    match (block, part) {
        (Block::Paragraph(old) | Block::Centred(old) | Block::Item { runs: old, .. }, Part::Whole) => *old = runs,
        (Block::Heading(heading), Part::Whole) => heading.title = words(&runs),
        (Block::List(items), Part::Line(nth)) => return replace(items.get_mut(nth), runs),
        (Block::Place(place), Part::Line(0)) if place.paragraphs.is_empty() => place.paragraphs.push(runs),
        (Block::Place(place), Part::Line(nth)) => return replace(place.paragraphs.get_mut(nth), runs),
        (Block::Table(table), part) => return set_in_table(table, part, (from, to), runs),
        (Block::Chart(chart), Part::Caption) => return replace(Some(&mut chart.title), renamed(from, to)),
        _ => return false,
    }
    true
}

fn set_in_table(table: &mut Table, part: Part, (from, to): (&str, &str), runs: Vec<Run>) -> bool {
    match part {
        Part::Caption => replace(Some(&mut table.caption), renamed(from, to)),
        Part::Head(column) => replace(table.columns.get_mut(column).map(|column| &mut column.head), words(&runs)),
        Part::Cell { row, column } => {
            let cell = table.rows.get_mut(row).and_then(|row| row.cells.get_mut(column));
            replace(cell, Cell(runs))
        }
        Part::Note => replace(Some(&mut table.note), Some(words(&runs))),
        _ => false,
    }
}

fn replace<T>(old: Option<&mut T>, new: impl Into<Option<T>>) -> bool {
    match (old, new.into()) {
        (Some(old), Some(new)) => {
            *old = new;
            true
        }
        _ => false,
    }
}

/// A caption without its number; none where the number itself was changed.
fn renamed(from: &str, to: &str) -> Option<String> {
    let number = &from[..from.find(". ")? + 2];
    let title = to.strip_prefix(number)?.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

fn remove(slot: &mut Slot, part: Part) -> bool {
    match (&slot.block, part) {
        (Some(Block::Paragraph(_) | Block::Centred(_) | Block::Item { .. } | Block::Heading(_)), Part::Whole) => {
            slot.block = None;
            true
        }
        // The number goes with the heading, before or after it.
        (Some(Block::Heading(_)) | None, Part::Label) => true,
        (Some(Block::List(_) | Block::Place(_)), Part::Line(nth)) | (Some(Block::Table(_)), Part::Row(nth)) => {
            slot.removed.insert(nth)
        }
        (Some(Block::Table(table)), Part::Note) => {
            let mut table = table.clone();
            table.note = None;
            slot.block = Some(Block::Table(table));
            true
        }
        _ => false,
    }
}

/// Puts a paragraph in: into the list or the place in whose midst it stands, else as a block of its own.
fn add(bodies: &mut [Body], after: Spot, runs: Vec<Run>) -> bool {
    if runs.is_empty() {
        return false;
    }
    if let Spot::After { place, part: Part::Line(nth) } = after
        && let Some(slot) = slot(bodies, place)
        && let Some(Block::List(_) | Block::Place(_)) = slot.block
    {
        let is_item = matches!(slot.block, Some(Block::List(_)));
        slot.added.entry(nth).or_default().push(if is_item { without_dash(runs) } else { runs });
        return true;
    }
    put(bodies, after, Block::Paragraph(runs))
}

fn put(bodies: &mut [Body], after: Spot, block: Block) -> bool {
    match after {
        Spot::Outside => return false,
        Spot::Start(body) => match usize::try_from(body).ok().and_then(|body| bodies.get_mut(body)) {
            Some(body) => body.start.push(block),
            None => return false,
        },
        Spot::After { place, .. } => match slot(bodies, place) {
            Some(slot) => slot.after.push(block),
            None => return false,
        },
    }
    true
}

fn words(runs: &[Run]) -> String {
    runs.iter().map(Run::printed).collect::<String>().trim().to_owned()
}

fn without_dash(mut runs: Vec<Run>) -> Vec<Run> {
    if let Some(Run::Text { text, .. }) = runs.first_mut() {
        *text = text.trim_start_matches(['-', '–', ' ']).to_owned();
    }
    runs
}

/// Runs of one look joined, blank ends cut, and the closing mark taken away, which is printed by itself.
fn tidied(runs: &[Run]) -> Vec<Run> {
    let mut tidy: Vec<Run> = Vec::new();
    for run in runs {
        match (tidy.last_mut(), run) {
            (Some(Run::Text { text, emphasis }), Run::Text { text: more, emphasis: own })
                if emphasis == own || more.trim().is_empty() =>
            {
                text.push_str(more);
            }
            _ => tidy.push(run.clone()),
        }
    }
    if let Some(Run::Text { text, .. }) = tidy.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Run::Text { text, .. }) = tidy.last_mut() {
        let bare = text.trim_end();
        *text = bare.strip_suffix("./.").unwrap_or(bare).to_owned();
    }
    tidy.retain(|run| !run.printed().is_empty());
    tidy
}
