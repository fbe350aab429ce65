//! Lines become paragraphs: a line that is full goes on in the next one.

use super::columns::{Block, blocks};
use super::lines::{Page, Segment};
use super::sheet::{Edges, POINTS_PER_MM, edges, furniture};
use crate::inspect::model::{Align, Paragraph, Place, Rule, Sheet, Span};

/// Times New Roman's single line is 1.15 times its size.
const SINGLE_EM: f64 = 1.15;

/// How exact edges are, in points.
const SLACK_PT: f64 = 2.5;

/// Reads the paragraphs of all pages in order.
pub(super) fn paragraphs(pages: &[Page], sheets: &[Sheet]) -> Vec<Paragraph> {
    let furniture = furniture(pages);
    let edges = edges(pages, &furniture);
    let mut flow = Flow { done: Vec::new(), open: None, tables: 0 };
    for (at, ((page, furniture), edges)) in pages.iter().zip(&furniture).zip(&edges).take(sheets.len()).enumerate() {
        flow.page(at, &page.rows[furniture.rows.clone()], *edges);
    }
    flow.close();
    flow.done
}

struct Flow {
    done: Vec<Paragraph>,
    open: Option<Open>,
    tables: usize,
}

/// A paragraph that may go on in the next line.
struct Open {
    sheet: usize,
    edges: Edges,
    lines: Vec<Segment>,
    /// From the line before it on the same page.
    gap_pt: Option<f64>,
}

impl Flow {
    fn page(&mut self, sheet: usize, rows: &[Vec<Segment>], edges: Edges) {
        let blocks = blocks(rows);
        let mut previous: Option<f64> = None;
        let mut at = 0;
        while at < rows.len() {
            if let Some(block) = blocks.iter().find(|block| block.rows.start == at) {
                self.close();
                self.columns(sheet, rows, block);
                at = block.rows.end;
                previous = None;
                continue;
            }
            for segment in &rows[at] {
                if segment.cell.is_some() {
                    self.close();
                    self.cell(sheet, segment);
                    previous = None;
                } else {
                    let gap = previous.map(|y| segment.y - y);
                    self.line(sheet, edges, segment, gap);
                    previous = Some(segment.y);
                }
            }
            at += 1;
        }
        self.tables = self.tables.max(self.done.iter().filter_map(table).max().map_or(0, |table| table + 1));
    }

    /// Two columns: the left one first.
    fn columns(&mut self, sheet: usize, rows: &[Vec<Segment>], block: &Block) {
        let table = self.done.iter().filter_map(table).max().map_or(0, |table| table + 1).max(self.tables);
        for left in [true, false] {
            for (row, line) in rows[block.rows.clone()].iter().enumerate() {
                for segment in line.iter().filter(|segment| block.is_left(segment) == left) {
                    let place = Place::Cell { table, row, column: usize::from(!left), is_ruled: false };
                    self.done.push(alone(sheet, segment, place));
                }
            }
        }
        self.tables = table + 1;
    }

    fn cell(&mut self, sheet: usize, segment: &Segment) {
        let Some(cell) = segment.cell else { return };
        let place = Place::Cell { table: self.tables + cell.table, row: cell.row, column: cell.column, is_ruled: true };
        match self.done.last_mut() {
            // Words of one cell that are broken over lines.
            Some(last) if last.place == place && last.sheet == sheet => join(&mut last.spans, &segment.spans),
            _ => self.done.push(alone(sheet, segment, place)),
        }
    }

    fn line(&mut self, sheet: usize, edges: Edges, segment: &Segment, gap_pt: Option<f64>) {
        if self.open.as_ref().is_some_and(|open| open.goes_on_in(segment, sheet, gap_pt)) {
            self.open.iter_mut().for_each(|open| open.lines.push(segment.clone()));
            return;
        }
        self.close();
        self.open = Some(Open { sheet, edges, lines: vec![segment.clone()], gap_pt });
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.done.push(open.paragraph());
        }
    }
}

fn table(paragraph: &Paragraph) -> Option<usize> {
    match paragraph.place {
        Place::Cell { table, .. } => Some(table),
        _ => None,
    }
}

fn mm(points: f64) -> f64 {
    points / POINTS_PER_MM
}

/// A line that stands for itself.
fn alone(sheet: usize, segment: &Segment, place: Place) -> Paragraph {
    Paragraph {
        sheet,
        place,
        label: String::new(),
        spans: segment.spans.clone(),
        align: None,
        first_line_mm: None,
        before_pt: None,
        after_pt: None,
        line_spacing: None,
        rule_below: segment.rule_pt.map(|length| Rule { length_mm: Some(mm(length)) }),
        width_mm: mm(segment.x1 - segment.x0),
        y_mm: Some(mm(segment.y)),
        is_broken: false,
    }
}

impl Open {
    /// A line is followed by another of the same paragraph if the next word would not have fitted into it.
    fn goes_on_in(&self, next: &Segment, sheet: usize, gap_pt: Option<f64>) -> bool {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        let size = last.size_pt();
        let is_close = match gap_pt {
            Some(gap) => gap > 0.0 && gap < size * SINGLE_EM * 2.1,
            None => sheet == self.sheet + 1,
        };
        // A word that would have fitted was not pushed to the next line: the line was ended on purpose.
        let room = self.edges.right - last.x1 - size * 0.25;
        let is_full = room < first_word_pt(next);
        let starts_at_edge = next.x0 < self.edges.left + SLACK_PT || (next.x0 - hanging(first)).abs() < SLACK_PT;
        let is_centred = (first.centre() - f64::midpoint(self.edges.left, self.edges.right)).abs() < SLACK_PT
            && first.x0 > self.edges.left + 45.0;
        is_close && is_full && starts_at_edge && !is_centred && (next.size_pt() - size).abs() < 0.3
    }

    fn paragraph(self) -> Paragraph {
        let Some((first, rest)) = self.lines.split_first() else {
            return alone(
                self.sheet,
                &Segment { x0: 0.0, x1: 0.0, y: 0.0, spans: Vec::new(), cell: None, rule_pt: None },
                Place::Text,
            );
        };
        let size = first.size_pt();
        let pitch = (rest.first()).map(|second| second.y - first.y).filter(|pitch| *pitch > 0.0);
        let mut paragraph = alone(self.sheet, first, Place::Text);
        for line in rest {
            join(&mut paragraph.spans, &line.spans);
        }
        let widest = self.lines.iter().map(|line| line.x1 - line.x0).fold(0.0, f64::max);
        paragraph.width_mm = mm(widest);
        paragraph.rule_below =
            self.lines.last().and_then(|line| line.rule_pt).map(|length| Rule { length_mm: Some(mm(length)) });
        paragraph.first_line_mm = Some(mm(first.x0 - self.edges.left));
        paragraph.align = self.align();
        paragraph.line_spacing = pitch.map(|pitch| pitch / (size * SINGLE_EM));
        paragraph.before_pt = self.gap_pt.map(|gap| gap - pitch.unwrap_or(size * SINGLE_EM));
        paragraph
    }

    fn align(&self) -> Option<Align> {
        let middle = f64::midpoint(self.edges.left, self.edges.right);
        match self.lines.as_slice() {
            [line] if (line.centre() - middle).abs() < SLACK_PT && line.x0 > self.edges.left + 45.0 => {
                Some(Align::Centre)
            }
            [] | [_] => None,
            lines if lines.iter().all(|line| (line.centre() - middle).abs() < SLACK_PT) && self.is_loose() => {
                Some(Align::Centre)
            }
            [full @ .., _] if full.iter().all(|line| (line.x1 - self.edges.right).abs() < SLACK_PT) => {
                Some(Align::Both)
            }
            _ => Some(Align::Left),
        }
    }

    /// Whether some line leaves room on its left: lines that fill theirs look centred and are not.
    fn is_loose(&self) -> bool {
        self.lines.iter().any(|line| line.x0 > self.edges.left + 2.0 * SLACK_PT)
    }
}

/// Where the lines of a list's item go on: after its mark.
fn hanging(first: &Segment) -> f64 {
    let text = first.text();
    let is_item = text.starts_with(['-', '+', '•']);
    let mark = crate::fonts::text_width("- ", false, first.size_pt());
    if is_item { first.x0 + mark } else { f64::MIN }
}

fn first_word_pt(segment: &Segment) -> f64 {
    let text = segment.text();
    let word = text.split_whitespace().next().unwrap_or_default();
    let bold = segment.spans.first().is_some_and(|span| span.bold);
    crate::fonts::text_width(word, bold, segment.size_pt())
}

/// Adds the words of the next line.
fn join(spans: &mut Vec<Span>, next: &[Span]) {
    let Some(last) = spans.last_mut() else {
        spans.extend_from_slice(next);
        return;
    };
    if !last.text.ends_with([' ', '-', '/']) {
        last.text.push(' ');
    }
    for span in next {
        match spans.last_mut() {
            Some(last)
                if Span { text: String::new(), ..last.clone() } == Span { text: String::new(), ..span.clone() } =>
            {
                last.text.push_str(&span.text);
            }
            _ => spans.push(span.clone()),
        }
    }
}
