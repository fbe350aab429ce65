//! The additions: one pass over each column, several columns at a time on several cores.

use std::sync::Arc;

use crate::figures::catalogue::{Aggregation, MissingStrategy};

use super::layout::{NONE, Segment};
use super::{Columns, Expectations, Figure, Layout, Made, NoFigure};

/// One year's figures with their sums and counts for every unit and element.
///
/// Sums are the plain sums of what was reported; [`RollUp::figure`] says whether one may be shown. The order of
/// additions is fixed by the layout, so the same figures give the same bits, on one core or many, at once or mended.
#[derive(Clone, Debug)]
pub struct RollUp {
    layout: Arc<Layout>,
    /// The figures, in the order of the layout's seats.
    columns: Columns,
    /// By element, then by inner unit.
    sums: Vec<f64>,
    reported: Vec<u32>,
}

impl RollUp {
    /// Adds up source columns (one row for each of the layout's source rows) on so many threads.
    ///
    /// Columns whose rows already stand in the tree's order are taken as they are, without a copy.
    pub fn of(layout: Arc<Layout>, source: Columns, threads: usize) -> Self {
        let columns = layout.arrange(source);
        Self::added(layout, columns, threads)
    }

    /// The same sums of some elements, in the order given, without the figures of some seats.
    pub(super) fn without(&self, elements: &[usize], left_out: &[u32]) -> Self {
        let mut columns = Columns::missing(self.columns.rows(), elements.len());
        for (place, &element) in elements.iter().enumerate() {
            let column = columns.column_mut(place);
            column.copy_from_slice(self.columns.column(element));
            left_out.iter().for_each(|&seat| column[seat as usize] = f64::NAN);
        }
        Self::added(Arc::clone(&self.layout), columns, 1)
    }

    /// Adds up columns whose rows are the layout's seats.
    fn added(layout: Arc<Layout>, columns: Columns, threads: usize) -> Self {
        let (inner_units, elements) = (layout.inner_units(), columns.elements());
        let mut sums = vec![0.0; inner_units * elements];
        let mut reported = vec![0; inner_units * elements];
        let run = elements.div_ceil(threads.clamp(1, elements.max(1))).max(1);
        let block = (run * inner_units).max(1);
        std::thread::scope(|scope| {
            let (layout, columns) = (layout.as_ref(), &columns);
            let blocks = sums.chunks_mut(block).zip(reported.chunks_mut(block));
            for (number, (sums, reported)) in blocks.enumerate() {
                let mut work = move || {
                    let by_element = sums.chunks_mut(inner_units).zip(reported.chunks_mut(inner_units));
                    for (element, (sums, reported)) in (number * run..).zip(by_element) {
                        add_column(layout, columns.column(element), sums, reported);
                    }
                };
                if threads > 1 {
                    scope.spawn(work);
                } else {
                    work();
                }
            }
        });
        Self { layout, columns, sums, reported }
    }

    /// Gives the figures back, in the order of the layout's seats.
    pub fn into_columns(self) -> Columns {
        self.columns
    }

    /// The plan behind the sums.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// How many elements.
    pub fn elements(&self) -> usize {
        self.columns.elements()
    }

    /// Takes one reporter's new figures (one per element, NaN = missing) and mends the sums of the units above it, and
    /// no others.
    pub fn update(&mut self, row: usize, figures: &[f64]) {
        self.layout.seat_row(&mut self.columns, row, figures);
        let above = self.layout.inner_above(row);
        for element in 0..self.columns.elements() {
            let range = self.range_of(element);
            let column = self.columns.column(element);
            let (sums, reported) = (&mut self.sums[range.clone()], &mut self.reported[range]);
            for &inner in &above {
                mend(&self.layout, column, sums, reported, inner as usize);
            }
        }
    }

    /// How many reporters inside a unit gave a value for an element.
    pub fn reported(&self, unit: usize, element: usize) -> u32 {
        match self.layout.inner_of[unit] {
            NONE => u32::from(!self.seated(unit, element).is_nan()),
            inner => self.reported[self.range_of(element)][inner as usize],
        }
    }

    /// A unit's plain sum of what was reported; NaN where nothing was.
    pub fn sum(&self, unit: usize, element: usize) -> f64 {
        match self.layout.inner_of[unit] {
            NONE => self.seated(unit, element),
            _ if self.reported(unit, element) == 0 => f64::NAN,
            inner => self.sums[self.range_of(element)][inner as usize],
        }
    }

    /// The same sum of one unit without the figures of some seats (ascending): what [`Self::without`] would give, with
    /// nothing added up beyond the unit.
    pub(super) fn sum_without(&self, unit: usize, element: usize, left_out: &[u32]) -> f64 {
        match self.layout.inner_of[unit] {
            NONE if left_out.binary_search(&self.layout.seat_of[unit]).is_ok() => f64::NAN,
            NONE => self.seated(unit, element),
            inner => match add_inner(&self.layout, self.columns.column(element), left_out, inner as usize) {
                (_, 0) => f64::NAN,
                (sum, _) => sum,
            },
        }
    }

    /// One element's figures, a row for each seat.
    pub(super) fn seats_column(&self, element: usize) -> &[f64] {
        self.columns.column(element)
    }

    /// What a leaf reported; NaN for an empty unit.
    fn seated(&self, unit: usize, element: usize) -> f64 {
        let seat = self.layout.seat_of[unit] as usize;
        self.columns.column(element).get(seat).copied().unwrap_or(f64::NAN)
    }

    /// A unit's figure with what it is made of.
    ///
    /// `any`: one missing reporter leaves no figure; `all`: none only where nobody reported; `never`: the sum stands, 0
    /// where nobody reported. A ratio or a list has a figure only at the unit that reported it.
    pub fn figure(
        &self,
        unit: usize,
        element: usize,
        aggregation: Aggregation,
        strategy: MissingStrategy,
        expectations: &Expectations,
    ) -> Figure {
        let reported = self.reported(unit, element);
        let expected = expectations.count(unit, element);
        let missing = expected.saturating_sub(reported);
        let is_leaf = self.layout.seat_of[unit] != NONE;
        let adds_up = matches!(aggregation, Aggregation::Sum | Aggregation::Last);
        let lacks = match strategy {
            MissingStrategy::Any => missing > 0 || reported == 0,
            MissingStrategy::All => reported == 0,
            MissingStrategy::Never => false,
        };
        let value = match self.sum(unit, element) {
            _ if !is_leaf && !adds_up => Err(NoFigure::NotAdded),
            _ if lacks => Err(NoFigure::Missing),
            sum if sum.is_nan() => Ok(0.0),
            sum => Ok(sum),
        };
        Figure { value, made: Made { reported, expected, missing, apportioned: self.apportioned(unit, element) } }
    }

    /// Reporters with a value that are divided between this unit and others.
    pub(super) fn apportioned(&self, unit: usize, element: usize) -> u32 {
        let inner = self.layout.inner_of[unit];
        let first = self.layout.crossings.partition_point(|(owner, _)| *owner < inner);
        let here = self.layout.crossings[first..].iter().take_while(|(owner, _)| *owner == inner);
        here.map(|&(_, main)| u32::from(!self.columns.get(main as usize, element).is_nan())).sum()
    }

    fn range_of(&self, element: usize) -> std::ops::Range<usize> {
        let inner_units = self.layout.inner_units();
        element * inner_units..(element + 1) * inner_units
    }
}

fn add_column(layout: &Layout, column: &[f64], sums: &mut [f64], reported: &mut [u32]) {
    for segment in &layout.segments {
        let (sum, count) = add_segment(column, segment);
        sums[segment.owner as usize] += sum;
        reported[segment.owner as usize] += count;
    }
    let mut joins = layout.joins.iter().rev().peekable();
    for inner in (0..sums.len()).rev() {
        while let Some(&(_, seat)) = joins.next_if(|(owner, _)| *owner as usize == inner) {
            reported[inner] -= u32::from(!column[seat as usize].is_nan());
        }
        if let Some(parent) = Some(layout.parents[inner] as usize).filter(|&parent| parent < inner) {
            sums[parent] += sums[inner];
            reported[parent] += reported[inner];
        }
    }
}

/// Adds one inner unit anew from its own seats and its children, in the order in which `add_column` does.
fn mend(layout: &Layout, column: &[f64], sums: &mut [f64], reported: &mut [u32], inner: usize) {
    let (mut sum, mut count) = (0.0, 0);
    let segments = layout.segments_of[inner].clone();
    for segment in &layout.segments[segments.start as usize..segments.end as usize] {
        let (added, present) = add_segment(column, segment);
        sum += added;
        count += present;
    }
    for &child in &layout.children_of[inner] {
        sum += sums[child as usize];
        count += reported[child as usize];
    }
    let first = layout.joins.partition_point(|(owner, _)| (*owner as usize) < inner);
    let here = layout.joins[first..].iter().take_while(|(owner, _)| *owner as usize == inner);
    count -= here.map(|&(_, seat)| u32::from(!column[seat as usize].is_nan())).sum::<u32>();
    sums[inner] = sum;
    reported[inner] = count;
}

/// Adds one inner unit with all beneath it, without the figures of some seats, in the order in which `add_column` does.
fn add_inner(layout: &Layout, column: &[f64], left_out: &[u32], inner: usize) -> (f64, u32) {
    let (mut sum, mut count) = (0.0, 0);
    let segments = layout.segments_of[inner].clone();
    for segment in &layout.segments[segments.start as usize..segments.end as usize] {
        let first = left_out.partition_point(|seat| *seat < segment.from);
        let end = left_out.partition_point(|seat| *seat < segment.to);
        let (added, present) = if first == end {
            add_segment(column, segment)
        } else {
            let mut figures = column[segment.from as usize..segment.to as usize].to_vec();
            left_out[first..end].iter().for_each(|seat| figures[(seat - segment.from) as usize] = f64::NAN);
            add_figures(&figures)
        };
        sum += added;
        count += present;
    }
    for &child in &layout.children_of[inner] {
        let (added, present) = add_inner(layout, column, left_out, child as usize);
        sum += added;
        count += present;
    }
    let first = layout.joins.partition_point(|(owner, _)| (*owner as usize) < inner);
    let here = layout.joins[first..].iter().take_while(|(owner, _)| *owner as usize == inner);
    let counts = |seat: u32| !column[seat as usize].is_nan() && left_out.binary_search(&seat).is_err();
    count -= here.map(|&(_, seat)| u32::from(counts(seat))).sum::<u32>();
    (sum, count)
}

fn add_segment(column: &[f64], segment: &Segment) -> (f64, u32) {
    add_figures(&column[segment.from as usize..segment.to as usize])
}

/// The sum and the count of what is present, in lanes that the compiler turns into vector instructions.
fn add_figures(figures: &[f64]) -> (f64, u32) {
    const LANES: usize = 4;
    let (mut sums, mut counts) = ([0.0; LANES], [0.0; LANES]);
    let (blocks, rest) = figures.as_chunks::<LANES>();
    for block in blocks {
        for lane in 0..LANES {
            let is_present = !block[lane].is_nan();
            sums[lane] += if is_present { block[lane] } else { 0.0 };
            counts[lane] += if is_present { 1.0 } else { 0.0 };
        }
    }
    let (mut sum, mut count) = ((sums[0] + sums[2]) + (sums[1] + sums[3]), counts.iter().sum::<f64>() as u32);
    for &figure in rest.iter().filter(|figure| !figure.is_nan()) {
        sum += figure;
        count += 1;
    }
    (sum, count)
}
