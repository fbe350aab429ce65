//! Where each reporter sits in the tree, and the plan of additions that follows from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Columns, Forest, Heirs};

/// No inner unit, no seat.
pub(super) const NONE: u32 = u32::MAX;

/// A reporter's place in the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seat {
    /// The reporter's row in the source columns.
    pub row: u32,
    /// The position of the unit in the forest where its figures count.
    pub unit: u32,
    /// How much of its figures counts here; 0 marks a minor heir who gets nothing by default.
    pub share: f64,
}

/// Neighbouring seats whose figures are added directly into one inner unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) owner: u32,
}

/// The plan of a roll-up: depends on the tree and the seats, not on the figures, so one serves many.
///
/// A unit without children and with one undivided reporter is a *leaf*: its figures are its reporter's. Units with no
/// reporter beneath are *empty* and have none: of a country's register, an office of one ward fills a few dozen. All others
/// are *inner* units and get sums.
#[derive(Clone, Debug)]
pub struct Layout {
    source_rows: usize,
    pub(super) seats: Vec<Seat>,
    is_in_order: bool,
    /// By position: the inner unit's number, `NONE` for a leaf and an empty unit.
    pub(super) inner_of: Vec<u32>,
    /// By position: the leaf's seat, or `NONE`.
    pub(super) seat_of: Vec<u32>,
    /// By inner unit: the inner parent, or `NONE`.
    pub(super) parents: Vec<u32>,
    /// Sorted by owner, then by seat.
    pub(super) segments: Vec<Segment>,
    /// By inner unit: where its segments stand.
    pub(super) segments_of: Vec<Range<u32>>,
    /// By inner unit: its inner children, last first.
    pub(super) children_of: Vec<Vec<u32>>,
    /// (inner unit, seat): here a divided reporter's parts meet again and would count once too often.
    pub(super) joins: Vec<(u32, u32)>,
    /// (inner unit, main seat): a reporter divided between this unit and others.
    pub(super) crossings: Vec<(u32, u32)>,
    /// By source row: its seats.
    pub(super) seats_of: Vec<Vec<u32>>,
}

impl Layout {
    /// Every reporter where it reported: `units[row]` is the position of the row's unit.
    pub fn as_reported(forest: &Forest, units: &[usize]) -> Self {
        let heirs: Vec<Heirs> = units.iter().map(|&unit| Heirs::Whole(unit)).collect();
        Self::on_map(forest, &heirs)
    }

    /// Every reporter where its heirs are on this forest: `heirs[row]` for each row. Figures of a row with no heirs are
    /// left out of every sum; [`Layout::unplaced`] lists these rows.
    ///
    /// Positions outside the forest are a caller's error and are treated as no heir.
    pub fn on_map(forest: &Forest, heirs: &[Heirs]) -> Self {
        let mut seats = Vec::with_capacity(heirs.len());
        for (row, heirs) in (0..).zip(heirs) {
            for (unit, share) in places(forest, heirs).into_iter().filter(|(unit, _)| *unit < forest.len()) {
                seats.push(Seat { row, unit: u32::try_from(unit).unwrap_or(NONE), share });
            }
        }
        seats.sort_by_key(|seat| (seat.unit, seat.row));
        Self::planned(forest, seats, heirs.len())
    }

    fn planned(forest: &Forest, seats: Vec<Seat>, source_rows: usize) -> Self {
        let mut seats_of: Vec<Vec<u32>> = vec![Vec::new(); source_rows];
        for (number, seat) in (0..).zip(&seats) {
            seats_of[seat.row as usize].push(number);
        }
        let (inner_of, seat_of) = leaves_and_inner(forest, &seats, &seats_of);
        let owner_of = |position: usize| match inner_of[position] {
            NONE => forest.parent(position).map_or(NONE, |parent| inner_of[parent]),
            inner => inner,
        };
        let inner: Vec<usize> = (0..forest.len()).filter(|&position| inner_of[position] != NONE).collect();
        let parents: Vec<u32> =
            inner.iter().map(|&position| forest.parent(position).map_or(NONE, |parent| inner_of[parent])).collect();
        let owners: Vec<u32> = seats.iter().map(|seat| owner_of(seat.unit as usize)).collect();
        let (segments, segments_of) = segments(&owners, inner.len());
        let mut children_of: Vec<Vec<u32>> = vec![Vec::new(); inner.len()];
        for (number, &parent) in (0..).zip(&parents).filter(|(_, parent)| **parent != NONE) {
            children_of[parent as usize].push(number);
        }
        children_of.iter_mut().for_each(|children| children.reverse());
        let is_in_order = seats.len() == source_rows
            && (0..).zip(&seats).all(|(number, seat)| seat.row == number && is_whole(seat.share));
        let mut layout = Self {
            source_rows,
            seats,
            is_in_order,
            inner_of,
            seat_of,
            parents,
            segments,
            segments_of,
            children_of,
            joins: Vec::new(),
            crossings: Vec::new(),
            seats_of,
        };
        layout.trace_divided(&owners);
        layout
    }

    /// Finds, for each divided reporter, where its parts meet again and which units hold only a part of it.
    fn trace_divided(&mut self, owners: &[u32]) {
        for seats in self.seats_of.iter().filter(|seats| seats.len() > 1) {
            let Some(main) = seats.iter().copied().max_by(|&left, &right| {
                let share = |seat: u32| self.seats[seat as usize].share;
                share(left).total_cmp(&share(right)).then(right.cmp(&left))
            }) else {
                continue;
            };
            let mut parts_inside: BTreeMap<u32, usize> = BTreeMap::new();
            let mut counted = BTreeSet::new();
            for &seat in seats {
                let counts = self.seats[seat as usize].share > 0.0;
                let mut met = !counts;
                let mut inner = owners[seat as usize];
                while inner != NONE {
                    *parts_inside.entry(inner).or_default() += 1;
                    if !met && !counted.insert(inner) {
                        self.joins.push((inner, main));
                        met = true;
                    }
                    inner = self.parents[inner as usize];
                }
            }
            let partly = parts_inside.iter().filter(|(_, inside)| **inside < seats.len());
            self.crossings.extend(partly.map(|(&inner, _)| (inner, main)));
        }
        self.joins.sort_unstable();
        self.crossings.sort_unstable();
    }

    /// How many rows the source columns must have.
    pub fn source_rows(&self) -> usize {
        self.source_rows
    }

    /// Whether anyone reports in a unit or beneath it.
    pub fn has_reporter(&self, unit: usize) -> bool {
        self.inner_of[unit] != NONE || self.seat_of[unit] != NONE
    }

    /// How many units the tree has.
    pub fn units(&self) -> usize {
        self.inner_of.len()
    }

    /// How many units get sums.
    pub fn inner_units(&self) -> usize {
        self.parents.len()
    }

    /// Whether the source rows already stand in the tree's order with nothing divided, so that a roll-up copies nothing.
    pub fn is_in_order(&self) -> bool {
        self.is_in_order
    }

    /// Rows whose figures nobody on this map takes over, ascending.
    pub fn unplaced(&self) -> impl Iterator<Item = usize> + '_ {
        self.seats_of.iter().enumerate().filter(|(_, seats)| seats.is_empty()).map(|(row, _)| row)
    }

    /// The source columns in seat order, divided figures multiplied by their shares.
    pub(super) fn arrange(&self, source: Columns) -> Columns {
        if self.is_in_order {
            return source;
        }
        let mut arranged = Columns::missing(self.seats.len(), source.elements());
        for element in 0..arranged.elements() {
            let column = source.column(element);
            for (place, seat) in arranged.column_mut(element).iter_mut().zip(&self.seats) {
                *place = seated(column[seat.row as usize], seat.share);
            }
        }
        arranged
    }

    /// Puts one source row's new figures into its seats.
    pub(super) fn seat_row(&self, arranged: &mut Columns, row: usize, figures: &[f64]) {
        for &number in &self.seats_of[row] {
            let share = self.seats[number as usize].share;
            for (element, &figure) in figures.iter().enumerate() {
                arranged.set(number as usize, element, seated(figure, share));
            }
        }
    }

    /// The inner units whose sums depend on a source row, descendants before ancestors.
    pub(super) fn inner_above(&self, row: usize) -> Vec<u32> {
        let mut inner: Vec<u32> = Vec::new();
        for &seat in &self.seats_of[row] {
            let mut next = self.owner_of(seat);
            while next != NONE {
                inner.push(next);
                next = self.parents[next as usize];
            }
        }
        inner.sort_unstable();
        inner.dedup();
        inner.reverse();
        inner
    }

    /// The inner unit into which a seat is added.
    fn owner_of(&self, seat: u32) -> u32 {
        self.segments.iter().find(|segment| (segment.from..segment.to).contains(&seat)).map_or(NONE, |s| s.owner)
    }
}

fn places(forest: &Forest, heirs: &Heirs) -> Vec<(usize, f64)> {
    match heirs {
        Heirs::Whole(unit) => vec![(*unit, 1.0)],
        Heirs::Divided(parts) => parts.clone(),
        Heirs::Undivided(units) => {
            let Some(meeting) = forest.meeting_place(units) else { return Vec::new() };
            let minor = units.iter().filter(|unit| **unit != meeting).map(|&unit| (unit, 0.0));
            std::iter::once((meeting, 1.0)).chain(minor).collect()
        }
        Heirs::Nobody => Vec::new(),
    }
}

fn is_whole(share: f64) -> bool {
    share.to_bits() == 1.0_f64.to_bits()
}

/// A figure at a seat: untouched where whole, none where the seat gets nothing.
fn seated(figure: f64, share: f64) -> f64 {
    if is_whole(share) {
        figure
    } else if share > 0.0 {
        figure * share
    } else {
        f64::NAN
    }
}

fn leaves_and_inner(forest: &Forest, seats: &[Seat], seats_of: &[Vec<u32>]) -> (Vec<u32>, Vec<u32>) {
    let mut first_seat = vec![NONE; forest.len()];
    let mut seat_counts = vec![0_u32; forest.len()];
    for (number, seat) in (0..).zip(seats) {
        let divided = seats_of[seat.row as usize].len() > 1;
        first_seat[seat.unit as usize] = first_seat[seat.unit as usize].min(number);
        seat_counts[seat.unit as usize] += if divided { 2 } else { 1 };
    }
    let mut inner_of = vec![NONE; forest.len()];
    let mut seat_of = vec![NONE; forest.len()];
    // How many seats' units stand before a position, for the empty subtrees.
    let seats_before = |position: usize| seats.partition_point(|seat| (seat.unit as usize) < position);
    let mut next = 0;
    let mut position = 0;
    while position < forest.len() {
        let subtree = forest.subtree(position);
        if seats_before(subtree.start) == seats_before(subtree.end) {
            position = subtree.end;
            continue;
        }
        if seat_counts[position] == 1 && subtree.len() == 1 {
            seat_of[position] = first_seat[position];
        } else {
            inner_of[position] = next;
            next += 1;
        }
        position += 1;
    }
    (inner_of, seat_of)
}

fn segments(owners: &[u32], inner_units: usize) -> (Vec<Segment>, Vec<Range<u32>>) {
    let mut segments: Vec<Segment> = Vec::new();
    for (seat, &owner) in (0..).zip(owners).filter(|(_, owner)| **owner != NONE) {
        match segments.last_mut() {
            Some(last) if last.owner == owner && last.to == seat => last.to += 1,
            _ => segments.push(Segment { from: seat, to: seat + 1, owner }),
        }
    }
    segments.sort_by_key(|segment| (segment.owner, segment.from));
    let mut of: Vec<Range<u32>> = vec![0..0; inner_units];
    for (number, segment) in (0..).zip(&segments) {
        let range = &mut of[segment.owner as usize];
        let start = if range.start < range.end { range.start } else { number };
        *range = start..number + 1;
    }
    (segments, of)
}
