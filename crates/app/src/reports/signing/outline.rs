//! The blocks of a paper as a reviewer points at them: a place and its first words.

use domain::reports::{Block, Run, signing::BlockPlace};
use serde::Serialize;

use crate::reports::papers::queries::Paper;

/// A block that a comment may point at.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OutlineLine {
    /// Where it stands.
    pub(super) place: BlockPlace,
    /// What it says.
    pub(super) words: String,
    /// Whether it is a heading.
    pub(super) is_heading: bool,
}

/// The blocks of a paper that say something, in reading order; of letters to many, those of the first.
pub(super) fn outline(paper: &Paper) -> Vec<OutlineLine> {
    let document = paper.content.documents().first();
    let bodies = document.into_iter().flat_map(|document| document.bodies());
    let lines = (0..).zip(bodies).flat_map(|(body, blocks)| {
        (0..).zip(blocks).map(move |(block, content)| OutlineLine {
            place: BlockPlace { body, block },
            words: words(content),
            is_heading: matches!(content, Block::Heading(_)),
        })
    });
    lines.filter(|line| !line.words.is_empty()).collect()
}

fn words(block: &Block) -> String {
    let joined = |runs: &[Run]| runs.iter().map(Run::printed).collect::<String>();
    match block {
        Block::Heading(heading) => heading.title.clone(),
        Block::Paragraph(runs) | Block::Centred(runs) | Block::Item { runs, .. } => joined(runs),
        Block::List(items) => items.first().map(|runs| joined(runs)).unwrap_or_default(),
        Block::Table(table) => table.caption.clone(),
        Block::Chart(chart) => chart.title.clone(),
        Block::Place(place) => place.printed().iter().flatten().map(Run::printed).collect(),
        Block::PageBreak => String::new(),
    }
}
