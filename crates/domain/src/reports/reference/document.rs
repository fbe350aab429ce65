//! References in the words of a whole document.

use super::{Teller, typed};
use crate::reports::block::{Block, Run};
use crate::reports::document::Document;

/// What opens a reference.
const OPEN: &str = "[[";

/// Whether a document's words hold a reference that is not put into print yet.
pub fn is_awaited(document: &Document) -> bool {
    let is_reference = |run: &Run| matches!(run, Run::Text { text, .. } if text.contains(OPEN));
    document.bodies().flatten().any(|block| match block {
        Block::Paragraph(runs) | Block::Centred(runs) | Block::Item { runs, .. } => runs.iter().any(is_reference),
        Block::List(items) => items.iter().flatten().any(is_reference),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.0).any(is_reference),
        _ => false,
    })
}

/// Puts every reference in a document's words into print; the words around it keep their emphasis.
pub fn put_in(document: &mut Document, teller: &Teller<'_>) {
    let bodies = std::iter::once(&mut document.body).chain(document.annexes.iter_mut().map(|annex| &mut annex.body));
    for block in bodies.flatten() {
        match block {
            Block::Paragraph(runs) | Block::Centred(runs) | Block::Item { runs, .. } => tell(runs, teller),
            Block::List(items) => items.iter_mut().for_each(|runs| tell(runs, teller)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| tell(&mut cell.0, teller));
            }
            _ => {}
        }
    }
}

fn tell(runs: &mut Vec<Run>, teller: &Teller<'_>) {
    let told = runs.iter().flat_map(|run| match run {
        Run::Text { text, emphasis } if text.contains(OPEN) => typed::runs(text, teller)
            .into_iter()
            .map(|run| match run {
                Run::Text { text, .. } => Run::Text { text, emphasis: *emphasis },
                figure => figure,
            })
            .collect(),
        run => vec![run.clone()],
    });
    *runs = told.collect();
}
