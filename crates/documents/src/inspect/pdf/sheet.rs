//! Pages as sheets: margins as far as the text shows them, and the page number.

use std::collections::BTreeMap;

use super::lines::{Page, Segment};
use crate::inspect::model::{Align, Extent, Margins, PageNumber, Sheet};

pub(super) const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// The part of the page, from its edge, where heads and feet stand, in points.
const EDGE_PT: f64 = 62.0;

/// The share of the size that capitals rise over, and that tails hang under, the baseline.
const RISE_EM: f64 = 0.66;
const TAIL_EM: f64 = 0.216;

/// How exact edges of text are, in points.
const EDGE_SLACK_PT: f64 = 1.2;

/// The edges of the text of a page, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    pub(super) left: f64,
    pub(super) right: f64,
    left_is_sure: bool,
    right_is_sure: bool,
}

/// What is text on a page: rows without page number, head and foot.
pub(super) struct Furniture {
    pub(super) rows: std::ops::Range<usize>,
    number: Option<(usize, bool)>,
}

/// Finds heads and feet: what repeats at the edge of every page, and numbers that stand alone there.
pub(super) fn furniture(pages: &[Page]) -> Vec<Furniture> {
    let key = |row: &[Segment]| {
        let words: String = row.iter().map(Segment::text).collect();
        (words, row.first().map_or(0, |segment| segment.y.round() as i64))
    };
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for page in pages {
        for row in page.rows.iter().filter(|row| is_at_edge(page, row)) {
            *seen.entry(key(row)).or_default() += 1;
        }
    }
    let is_repeated =
        |row: &[Segment]| pages.len() > 1 && seen.get(&key(row)).is_some_and(|count| *count * 2 > pages.len());
    pages.iter().map(|page| of_page(page, &is_repeated)).collect()
}

fn is_at_edge(page: &Page, row: &[Segment]) -> bool {
    row.first().is_some_and(|segment| segment.y < EDGE_PT || segment.y > page.height_pt - EDGE_PT)
}

fn of_page(page: &Page, is_repeated: &impl Fn(&[Segment]) -> bool) -> Furniture {
    const FOOT_SIZE_PT: f64 = 12.5;
    let mut rows = 0..page.rows.len();
    let mut number = None;
    while let Some(row) = page.rows.get(rows.start).filter(|row| is_at_edge(page, row) && rows.start < rows.end) {
        let is_number = is_page_number(row);
        if !is_number && !is_repeated(row) {
            break;
        }
        number = number.or(is_number.then_some((rows.start, true)));
        rows.start += 1;
    }
    while let Some(row) = rows.end.checked_sub(1).filter(|last| *last >= rows.start).map(|last| &page.rows[last]) {
        let is_foot =
            row.iter().all(|s| s.y > page.height_pt - 54.0 && s.size_pt() <= FOOT_SIZE_PT && s.cell.is_none());
        let is_number = is_page_number(row);
        if !is_at_edge(page, row) || !(is_number || is_repeated(row) || is_foot) {
            break;
        }
        rows.end -= 1;
        number = number.or(is_number.then_some((rows.end, false)));
    }
    Furniture { rows, number }
}

/// `2`, `- 2 -`, `ii`, `Trang 2`, `2/5`.
fn is_page_number(row: &[Segment]) -> bool {
    let [segment] = row else { return false };
    let text = segment.text().to_lowercase();
    let text =
        text.trim().trim_start_matches("trang").trim_matches(|c: char| c == '-' || c == '–' || c.is_whitespace());
    let is_count = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let is_roman = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b"ivxl".contains(&b));
    segment.cell.is_none() && (is_roman || text.splitn(2, '/').all(is_count))
}

/// The sheets of a PDF.
pub(super) fn sheets(pages: &[Page]) -> Vec<Sheet> {
    let furniture = furniture(pages);
    let edges = edges(pages, &furniture);
    pages
        .iter()
        .zip(&furniture)
        .zip(&edges)
        .enumerate()
        .map(|(at, ((page, furniture), edges))| Sheet {
            page: Some(at + 1),
            section: 0,
            width_mm: page.width_pt / POINTS_PER_MM,
            height_mm: page.height_pt / POINTS_PER_MM,
            margins: margins(page, furniture, edges),
            is_first: at == 0,
            is_certain: true,
            number: number(page, furniture),
        })
        .collect()
}

/// The edges of the text of each page: those of all pages of its width together, for one page alone shows too little.
pub(super) fn edges(pages: &[Page], furniture: &[Furniture]) -> Vec<Edges> {
    let mut shared: BTreeMap<i64, Edges> = BTreeMap::new();
    let width = |page: &Page| page.width_pt.round() as i64;
    for page in pages {
        let alike = || pages.iter().zip(furniture).filter(|(other, _)| width(other) == width(page));
        shared.entry(width(page)).or_insert_with(|| {
            let segments = || alike().flat_map(|(page, furniture)| page.rows[furniture.rows.clone()].iter().flatten());
            let ruled = || alike().filter_map(|(page, _)| page.ruled);
            let flow = || segments().filter(|segment| segment.cell.is_none());
            let left = outer(flow().map(|s| s.x0).collect());
            let right = outer(flow().map(|s| -s.x1).collect());
            let (left, left_is_sure) =
                left.unwrap_or_else(|| (ruled().map(|rules| rules.0).fold(page.width_pt, f64::min), false));
            let (right, right_is_sure) = right.map_or_else(
                || (ruled().map(|rules| rules.1).fold(0.0, f64::max), false),
                |(edge, sure)| (-edge, sure),
            );
            Edges { left, right, left_is_sure, right_is_sure }
        });
    }
    pages.iter().filter_map(|page| shared.get(&width(page)).copied()).collect()
}

/// The least of some places, and whether enough lines share it to be an edge.
fn outer(mut places: Vec<f64>) -> Option<(f64, bool)> {
    const LINES: usize = 3;
    places.sort_by(f64::total_cmp);
    let least = *places.first()?;
    let sharing = places.iter().take_while(|place| **place < least + EDGE_SLACK_PT).count();
    Some((least, sharing >= LINES))
}

fn margins(page: &Page, furniture: &Furniture, edges: &Edges) -> Margins {
    let rows = &page.rows[furniture.rows.clone()];
    let mm = |points: f64| (points / POINTS_PER_MM).max(0.0);
    let flat = || rows.iter().flatten();
    let own_left = flat().map(|s| s.x0).fold(page.width_pt, f64::min);
    let own_right = flat().map(|s| s.x1).fold(0.0, f64::max);
    let top = flat().map(|s| s.y - s.size_pt() * RISE_EM).fold(page.height_pt, f64::min);
    let bottom = flat().map(|s| s.y + s.size_pt() * TAIL_EM).fold(0.0, f64::max);
    let side = |measured: f64, is_sure: bool, own: f64| match is_sure {
        true => Extent::exactly(mm(measured)),
        false => Extent::at_most(mm(own.max(measured))),
    };
    let left = side(edges.left, edges.left_is_sure, own_left);
    let right = side(page.width_pt - edges.right, edges.right_is_sure, page.width_pt - own_right);
    Margins { top: Extent::at_most(mm(top)), bottom: Extent::at_most(mm(page.height_pt - bottom)), left, right }
}

fn number(page: &Page, furniture: &Furniture) -> Option<PageNumber> {
    let (row, is_at_top) = furniture.number?;
    let segment = page.rows.get(row)?.first()?;
    let off = segment.centre() - page.width_pt / 2.0;
    // The middle of the text lies a little right of the middle of the paper: its left margin is the wider one.
    let align = match off {
        off if off.abs() < 30.0 => Align::Centre,
        off if off < 0.0 => Align::Left,
        _ => Align::Right,
    };
    let span = segment.spans.first()?.clone();
    Some(PageNumber { text: segment.text().trim().to_owned(), span, align: Some(align), is_at_top })
}
