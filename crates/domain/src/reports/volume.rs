//! Tập tham luận: the papers of a conference bound as one document, a contents first, each paper from a new page on.

use super::block::{Align, Block, Cell, Column, Row, RowKind, Run, Table};
use super::document::Document;
use super::kind::DocumentKind;
use super::numbering::HeadingRank;
use super::reading_time::{SYLLABLES_A_MINUTE, minutes};
use crate::vietnamese::roman;

/// Binds papers in the order given. `pages` are the pages on which they begin, counted through the volume; where a page
/// is not known (0, or the list is shorter) the contents shows `…`.
pub fn bind(occasion: &str, papers: &[Document], pages: &[usize]) -> Document {
    let mut body = vec![Block::Centred(vec![Run::bold("MỤC LỤC")]), Block::Table(contents(papers, pages))];
    for paper in papers {
        body.push(Block::PageBreak);
        body.push(Block::heading(HeadingRank::Roman, &paper.subject));
        body.extend(paper.body.iter().map(beneath));
    }
    Document {
        subject: occasion.to_owned(),
        body,
        notices: papers.first().map(|paper| paper.notices.clone()).unwrap_or_default(),
        ..Document::draft(DocumentKind::PaperVolume)
    }
}

/// The label under which a paper stands, counted from 0: `I`, `II` …
pub fn label(at: usize) -> String {
    roman(u32::try_from(at + 1).unwrap_or(u32::MAX))
}

fn contents(papers: &[Document], pages: &[usize]) -> Table {
    let row = |(at, paper): (usize, &Document)| {
        let page = pages.get(at).filter(|page| **page > 0).map_or_else(|| super::MISSING.to_owned(), usize::to_string);
        let cells = [label(at), paper.subject.clone(), speaker(paper), minutes(paper).to_string(), page];
        Row { kind: RowKind::Body, cells: cells.map(Cell::text).to_vec() }
    };
    let total: usize = papers.iter().map(minutes).sum();
    let cells = ["", "Tổng cộng", "", &total.to_string(), ""];
    let total = Row { kind: RowKind::Total, cells: cells.map(Cell::text).to_vec() };
    Table {
        caption: String::new(),
        columns: vec![
            Column::new("TT", Align::Centre, 1.0),
            Column::new("Tham luận", Align::Left, 6.0),
            Column::new("Người trình bày", Align::Left, 4.0),
            Column::new("Thời gian đọc (phút)", Align::Right, 1.8),
            Column::new("Trang", Align::Right, 1.3),
        ],
        rows: papers.iter().enumerate().map(row).chain([total]).collect(),
        note: Some(format!("Thời gian đọc ước tính theo {SYLLABLES_A_MINUTE} tiếng một phút (mặc định).")),
    }
}

/// Who speaks: the lines in the middle with which a paper begins.
fn speaker(paper: &Document) -> String {
    let lines = paper.body.iter().map_while(|block| match block {
        Block::Centred(runs) => Some(runs.iter().map(Run::printed).collect::<String>()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join(", ")
}

/// A block of a paper under the paper's own heading: ranks as great as that go one down.
fn beneath(block: &Block) -> Block {
    match block {
        Block::Heading(heading) if heading.rank <= HeadingRank::Roman => {
            Block::heading(HeadingRank::Clause, &heading.title)
        }
        Block::Heading(heading) if heading.rank == HeadingRank::Clause => {
            Block::heading(HeadingRank::Point, &heading.title)
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests;
