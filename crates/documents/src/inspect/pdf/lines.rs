//! Letters become segments: runs of words on one baseline without a wide gap.

use super::Drawn;
use super::content::{Glyph, Stroke};
use crate::inspect::model::Span;

/// Words on one baseline; lengths in points from the top left corner of the page.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) spans: Vec<Span>,
    /// The cell that it stands in, if any.
    pub(super) cell: Option<Cell>,
    /// The length of a rule right under it.
    pub(super) rule_pt: Option<f64>,
}

/// A cell of a table with rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Segment {
    pub(super) fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The size of most of its letters.
    pub(super) fn size_pt(&self) -> f64 {
        self.spans.iter().max_by_key(|span| span.text.chars().count()).map_or(0.0, |span| span.size_pt)
    }

    pub(super) fn centre(&self) -> f64 {
        f64::midpoint(self.x0, self.x1)
    }
}

/// A page as rows of segments from the top down, each row from left to right.
pub(super) struct Page {
    pub(super) width_pt: f64,
    pub(super) height_pt: f64,
    pub(super) rows: Vec<Vec<Segment>>,
    /// Where rules of tables begin and end across the page.
    pub(super) ruled: Option<(f64, f64)>,
}

/// Reads a page's marks.
pub(super) fn page(drawn: &Drawn) -> Page {
    let grid = Grid::new(&drawn.marks.strokes);
    let mut glyphs: Vec<&Glyph> = drawn.marks.glyphs.iter().filter(|glyph| glyph.size_pt > 1.0).collect();
    glyphs.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    let mut from = 0;
    while from < glyphs.len() {
        // Marks raised or lowered a little belong to the row.
        let limit = glyphs[from].y + glyphs[from].size_pt * 0.3;
        let end = from + glyphs[from..].iter().take_while(|glyph| glyph.y <= limit).count();
        let mut row = glyphs[from..end].to_vec();
        row.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        let segments = segments(&row, &grid);
        if !segments.is_empty() {
            rows.push(segments);
        }
        from = end;
    }
    underline(&mut rows, &drawn.marks.strokes, &grid);
    Page { width_pt: drawn.width_pt, height_pt: drawn.height_pt, rows, ruled: grid.across() }
}

/// Parts a row where the gap between letters is far wider than between words, and at upright rules.
fn segments(row: &[&Glyph], grid: &Grid) -> Vec<Segment> {
    const GAP_EM: f64 = 1.25;
    let gap = |pair: &[&Glyph]| pair[1].x0 - pair[0].x1;
    let mut gaps: Vec<f64> = row.windows(2).map(gap).filter(|gap| *gap > row[0].size_pt * 0.15).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let mut segments: Vec<Segment> = Vec::new();
    let mut previous: Option<&Glyph> = None;
    for glyph in row {
        let parted = previous.is_none_or(|previous| {
            let gap = glyph.x0 - previous.x1;
            let is_wide = gap > previous.size_pt.max(glyph.size_pt) * GAP_EM && (gaps.len() < 4 || gap > usual * 2.2);
            is_wide || grid.parts(previous.x1, glyph.x0, glyph.y)
        });
        match segments.last_mut() {
            Some(segment) if !parted => extend(segment, previous, glyph),
            _ if glyph.text.trim().is_empty() => continue,
            _ => segments.push(begin(glyph, grid)),
        }
        previous = Some(glyph);
    }
    segments.retain_mut(trim);
    segments
}

fn begin(glyph: &Glyph, grid: &Grid) -> Segment {
    let cell = grid.cell(f64::midpoint(glyph.x0, glyph.x1), glyph.y - glyph.size_pt * 0.3);
    Segment { x0: glyph.x0, x1: glyph.x1, y: glyph.y, spans: vec![span(glyph)], cell, rule_pt: None }
}

fn span(glyph: &Glyph) -> Span {
    let text = glyph.text.replace(['\u{a0}', '\u{2002}', '\u{2003}'], " ");
    Span {
        text,
        font: glyph.font.to_string(),
        size_pt: (glyph.size_pt * 100.0).round() / 100.0,
        bold: glyph.bold,
        italic: glyph.italic,
        underline: false,
        colour: glyph.colour.to_string(),
    }
}

fn extend(segment: &mut Segment, previous: Option<&Glyph>, glyph: &Glyph) {
    const WORD_GAP_EM: f64 = 0.17;
    // The same letter drawn twice a hair apart is one letter in a makeshift bold.
    if let Some(previous) = previous
        && previous.text == glyph.text
        && (previous.x0 - glyph.x0).abs() < glyph.size_pt * 0.08
    {
        segment.spans.last_mut().into_iter().for_each(|span| span.bold = true);
        return;
    }
    let next = span(glyph);
    let gap = previous.map_or(0.0, |previous| glyph.x0 - previous.x1);
    let Some(last) = segment.spans.last_mut() else { return };
    if gap > glyph.size_pt * WORD_GAP_EM && !last.text.ends_with(' ') && !next.text.starts_with(' ') {
        last.text.push(' ');
    }
    // A blank has no look.
    let is_same = next.text.trim().is_empty()
        || (next.font == last.font
            && (next.size_pt - last.size_pt).abs() < 0.05
            && (next.bold, next.italic, &next.colour) == (last.bold, last.italic, &last.colour));
    match is_same {
        true => last.text.push_str(&next.text),
        false => segment.spans.push(next),
    }
    if !glyph.text.trim().is_empty() {
        segment.x1 = segment.x1.max(glyph.x1);
    }
}

fn trim(segment: &mut Segment) -> bool {
    if let Some(last) = segment.spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    segment.spans.retain(|span| !span.text.is_empty());
    !segment.spans.is_empty()
}

/// Gives each level rule outside of tables to the words right above it.
fn underline(rows: &mut [Vec<Segment>], strokes: &[Stroke], grid: &Grid) {
    for stroke in strokes.iter().filter(|stroke| stroke.is_level() && !grid.holds(stroke)) {
        let centre = f64::midpoint(stroke.from.0, stroke.to.0);
        let above = rows.iter_mut().flatten().filter(|segment| {
            let below = stroke.from.1 - segment.y;
            let size = segment.size_pt();
            (-0.1 * size..1.3 * size).contains(&below) && (segment.x0..segment.x1).contains(&centre)
        });
        if let Some(segment) = above.max_by(|one, other| one.y.total_cmp(&other.y)) {
            segment.rule_pt = Some(stroke.to.0 - stroke.from.0);
        }
    }
}

/// The rules of tables.
struct Grid {
    uprights: Vec<Stroke>,
    levels: Vec<f64>,
    /// From the top to the bottom of each table.
    tables: Vec<(f64, f64)>,
}

/// How far rules may miss one another, in points.
const SLACK_PT: f64 = 2.0;

impl Grid {
    fn new(strokes: &[Stroke]) -> Self {
        let mut uprights: Vec<Stroke> = strokes.iter().filter(|stroke| !stroke.is_level()).copied().collect();
        uprights.sort_by(|one, other| one.from.1.total_cmp(&other.from.1));
        let mut tables: Vec<(f64, f64)> = Vec::new();
        for upright in &uprights {
            match tables.last_mut() {
                Some(table) if upright.from.1 <= table.1 + SLACK_PT => table.1 = table.1.max(upright.to.1),
                _ => tables.push((upright.from.1, upright.to.1)),
            }
        }
        let mut levels: Vec<f64> =
            strokes.iter().filter(|stroke| stroke.is_level()).map(|stroke| stroke.from.1).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup_by(|one, other| (*one - *other).abs() < SLACK_PT);
        Self { uprights, levels, tables }
    }

    fn covers(upright: &Stroke, y: f64) -> bool {
        upright.from.1 - SLACK_PT <= y && y <= upright.to.1 + SLACK_PT
    }

    /// Whether an upright rule stands between two letters.
    fn parts(&self, left: f64, right: f64, y: f64) -> bool {
        self.uprights.iter().any(|u| Self::covers(u, y - 3.0) && left - 1.0 <= u.from.0 && u.from.0 <= right + 1.0)
    }

    fn cell(&self, x: f64, y: f64) -> Option<Cell> {
        let mut lefts: Vec<f64> =
            self.uprights.iter().filter(|u| Self::covers(u, y) && u.from.0 <= x).map(|u| u.from.0).collect();
        let has_right = self.uprights.iter().any(|u| Self::covers(u, y) && u.from.0 > x);
        if lefts.is_empty() || !has_right {
            return None;
        }
        lefts.sort_by(f64::total_cmp);
        lefts.dedup_by(|one, other| (*one - *other).abs() < SLACK_PT);
        let table = self.tables.iter().position(|table| table.0 - SLACK_PT <= y && y <= table.1 + SLACK_PT)?;
        let row = self.levels.iter().filter(|level| **level <= y && **level >= self.tables[table].0 - SLACK_PT).count();
        Some(Cell { table, row, column: lefts.len() - 1 })
    }

    /// Whether a level rule belongs to a table.
    fn holds(&self, level: &Stroke) -> bool {
        let y = level.from.1;
        self.uprights
            .iter()
            .any(|u| Self::covers(u, y) && level.from.0 - SLACK_PT <= u.from.0 && u.from.0 <= level.to.0 + SLACK_PT)
    }

    /// Where the rules of all tables begin and end across the page.
    fn across(&self) -> Option<(f64, f64)> {
        let xs = || self.uprights.iter().map(|upright| upright.from.0);
        let (first, last) = (xs().fold(f64::MAX, f64::min), xs().fold(f64::MIN, f64::max));
        (first <= last).then_some((first, last))
    }
}
