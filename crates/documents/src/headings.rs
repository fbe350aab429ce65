//! Levels of headings in a file's outline: from 1, without a gap, whatever ranks a document uses.

use std::collections::BTreeSet;

use domain::reports::{Block, Document, HeadingRank};

/// Gives each heading its level. An annex's title is level 1 and its headings follow below.
pub(crate) struct Levels {
    ranks: Vec<HeadingRank>,
    previous: usize,
    in_annex: Option<bool>,
}

impl Levels {
    /// Looks at which ranks the document uses.
    pub(crate) fn new(document: &Document) -> Self {
        let used: BTreeSet<HeadingRank> = document
            .bodies()
            .flatten()
            .filter_map(|block| match block {
                Block::Heading(heading) => Some(heading.rank),
                _ => None,
            })
            .collect();
        Self { ranks: used.into_iter().collect(), previous: 0, in_annex: None }
    }

    /// The body, and then each annex in turn, begins.
    pub(crate) fn begin_body(&mut self) {
        self.in_annex = Some(self.in_annex.is_some());
        self.previous = usize::from(self.in_annex == Some(true));
    }

    /// The level of the next heading of this rank: at most one deeper than the one before it.
    pub(crate) fn next(&mut self, rank: HeadingRank) -> usize {
        let deepest = self.previous + 1;
        let floor = usize::from(self.in_annex == Some(true));
        let wanted = self.ranks.iter().position(|used| *used == rank).unwrap_or(0) + 1 + floor;
        self.previous = wanted.min(deepest);
        self.previous
    }
}
