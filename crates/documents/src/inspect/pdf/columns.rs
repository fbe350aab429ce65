//! Two columns side by side without rules: the head of a document, recipients beside the signature.

use domain::vietnamese::fold;

use super::lines::Segment;

/// A block of two columns: which rows it covers, and which segments of them stand on the left.
pub(super) struct Block {
    pub(super) rows: std::ops::Range<usize>,
    split: f64,
}

/// How far edges or centres of lines that stand over one another may differ, in points.
const ALIGNED_PT: f64 = 4.0;

/// The widest gap between two lines of one column: room for a signature.
const GAP_PT: f64 = 150.0;

impl Block {
    pub(super) fn is_left(&self, segment: &Segment) -> bool {
        segment.centre() < self.split
    }
}

/// The blocks of a page from the top down.
pub(super) fn blocks(rows: &[Vec<Segment>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if !is_two(&rows[at]) {
            at += 1;
            continue;
        }
        let floor = blocks.last().map_or(0, |block| block.rows.end);
        let block = grow(rows, at, floor);
        at = block.rows.end;
        blocks.push(block);
    }
    blocks
}

fn is_two(row: &[Segment]) -> bool {
    row.len() == 2 && row.iter().all(|segment| segment.cell.is_none())
}

fn grow(rows: &[Vec<Segment>], seed: usize, floor: usize) -> Block {
    let split = f64::midpoint(rows[seed][0].x1, rows[seed][1].x0);
    let mut members: Vec<&Segment> = rows[seed].iter().collect();
    let mut end = seed + 1;
    while end < rows.len() && !begins(&rows[end], &ADDRESSEES) && joins(&rows[end], &members, split, true) {
        members.extend(&rows[end]);
        end += 1;
    }
    // Over the columns of a head nothing else stands; over those of a signature the text ends, wherever its last line does.
    let is_head = rows[floor..=seed].iter().any(|row| begins(row, &HEADS));
    let may_rise = |row: &[Segment]| row.len() == 1 && (is_head || row[0].centre() >= split);
    let mut start = seed;
    while start > floor && may_rise(&rows[start - 1]) && joins(&rows[start - 1], &members, split, false) {
        members.extend(&rows[start - 1]);
        start -= 1;
    }
    Block { rows: start..end, split }
}

/// How the names over a document begin, folded: of the state, of the Party.
const HEADS: [&str; 2] = ["cong hoa xa hoi chu nghia", "dang cong san viet nam"];

/// How the addressees begin, folded: no part of the head that ends right above them.
const ADDRESSEES: [&str; 1] = ["kinh gui"];

fn begins(row: &[Segment], words: &[&str]) -> bool {
    row.iter().any(|segment| {
        let text = fold(&segment.text());
        words.iter().any(|words| text.trim_start().starts_with(words))
    })
}

/// Whether a row goes on with the columns: no part reaches into the other column, and what stands alone is in line with
/// its own. Above the first row of two only centres count: the last line of a text ends where the left column begins.
fn joins(row: &[Segment], members: &[&Segment], split: f64, downwards: bool) -> bool {
    let lefts = || members.iter().filter(|member| member.centre() < split);
    let rights = || members.iter().filter(|member| member.centre() >= split);
    let left_end = lefts().map(|member| member.x1).fold(f64::MIN, f64::max);
    let right_start = rights().map(|member| member.x0).fold(f64::MAX, f64::min);
    row.len() <= 2
        && row.iter().all(|segment| {
            let is_left = segment.centre() < split;
            let crosses = if is_left {
                segment.x1 > right_start.max(split) + ALIGNED_PT
            } else {
                segment.x0 < left_end.min(split) - ALIGNED_PT
            };
            let column = || members.iter().filter(|member| (member.centre() < split) == is_left);
            let is_near = column().any(|member| (member.y - segment.y).abs() < GAP_PT);
            let is_aligned = column().any(|member| {
                (member.centre() - segment.centre()).abs() < ALIGNED_PT
                    || (downwards && is_left && (member.x0 - segment.x0).abs() < ALIGNED_PT)
            });
            segment.cell.is_none() && !crosses && is_near && (is_aligned || row.len() == 2)
        })
}
