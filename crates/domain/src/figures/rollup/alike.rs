//! Like over like: whose figures count where a formula sets one item against another.
//!
//! A *sum* of what was reported is a true part of the whole: it stands, with "n of N" beside it. A *ratio* of two such sums
//! is not: where four schools of fifteen gave their swimmers and all fifteen their pupils, the quotient speaks of nobody. So
//! a formula that is more than a sum reads all its items over the same places: those where everybody who owes an item of
//! the formula has given it, in the year before as well where the formula reads that. Then numerator and denominator, this
//! year and last, are of the same reporters, and n of N counts them.
//!
//! Who does not owe an item is not left out for the lack of it: the formula's author decided that a preschool's children
//! count among all children. The years are matched by place on the map, so that a school and those whose heir it is stand or
//! fall together.
//!
//! This is decided here, beneath the formulas: pages, commands, scores and reports read the same values and the same counts.

use std::{ops::Range, sync::Arc};

use super::{Expectations, Layout, Made, RollUp};

/// What a formula reads of one year.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The year's figures.
    pub rollup: &'a RollUp,
    /// Who owes them; over the same layout.
    pub expectations: &'a Expectations,
    /// The elements that are read.
    pub elements: &'a [usize],
}

/// Who is left out of a formula, part by part.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// By part: the seats that do not count, ascending.
    left_out: Vec<Vec<u32>>,
    hides_figures: bool,
}

impl Alike {
    /// Finds who did not give all that a formula needs of them. All parts are of one map with so many units.
    pub fn of(parts: &[Part<'_>], units: usize) -> Self {
        let mut is_lacking = vec![false; units];
        for part in parts {
            part.mark_lacking(&mut is_lacking);
        }
        while parts.iter().any(|part| part.spread(&mut is_lacking)) {}
        let left_out: Vec<Vec<u32>> = parts.iter().map(|part| part.seats_at(&is_lacking)).collect();
        let hides_figures = parts.iter().zip(&left_out).any(|(part, seats)| part.has_figures_at(seats));
        Self { left_out, hides_figures }
    }

    /// Whether somebody who is left out gave figures: without them the sums are others than the plain ones.
    pub fn hides_figures(&self) -> bool {
        self.hides_figures
    }

    /// The sums of a part, by its number, over those who count; the elements in the part's order.
    pub fn sums(&self, number: usize, part: &Part<'_>) -> RollUp {
        part.rollup.without(part.elements, self.left_out(number))
    }

    /// The sum of one element of a part, by its number, at one unit over those who count: the same as in [`Self::sums`].
    pub fn sum_at(&self, number: usize, part: &Part<'_>, element: usize, unit: usize) -> f64 {
        part.rollup.sum_without(unit, element, self.left_out(number))
    }

    /// The seats of a part that do not count, ascending.
    pub fn left_out(&self, number: usize) -> &[u32] {
        self.left_out.get(number).map_or(&[], Vec::as_slice)
    }
}

impl Part<'_> {
    /// What the values of a unit are made of: of those in its subtree who owe some of the elements, those who gave all that
    /// they owe and are not left out.
    pub fn made(&self, subtree: Range<usize>, left_out: &[u32]) -> Made {
        let unit = subtree.start;
        let seats = &self.layout().seats;
        let first = seats.partition_point(|seat| (seat.unit as usize) < subtree.start);
        let end = seats.partition_point(|seat| (seat.unit as usize) < subtree.end);
        let mut made = Made::default();
        for (number, seat) in (first..end).zip(&seats[first..end]) {
            // A divided reporter whose parts meet here counts once, at its first part.
            let again = self.layout().seats_of[seat.row as usize].iter().map(|&other| other as usize);
            let is_first = !again.take_while(|&other| other < number).any(|other| other >= first && self.owes(other));
            if is_first && self.owes(number) {
                made.expected += 1;
                let counts = !self.lacks(number) && left_out.binary_search(&(number as u32)).is_err();
                made.reported += u32::from(counts);
            }
        }
        made.missing = made.expected - made.reported;
        made.apportioned =
            self.elements.iter().map(|&element| self.rollup.apportioned(unit, element)).max().unwrap_or(0);
        made
    }

    fn layout(&self) -> &Arc<Layout> {
        self.rollup.layout()
    }

    /// Each element's figures with the marks of those who owe it.
    fn owed(&self) -> impl Iterator<Item = (&[f64], &[f64])> {
        self.elements
            .iter()
            .filter_map(|&element| Some((self.rollup.seats_column(element), self.expectations.marks(element)?)))
    }

    fn owes(&self, seat: usize) -> bool {
        self.owed().any(|(_, marks)| !marks[seat].is_nan())
    }

    fn lacks(&self, seat: usize) -> bool {
        self.owed().any(|(figures, marks)| figures[seat].is_nan() && !marks[seat].is_nan())
    }

    fn mark_lacking(&self, is_lacking: &mut [bool]) {
        let seats = &self.layout().seats;
        for (figures, marks) in self.owed() {
            for ((figure, mark), seat) in figures.iter().zip(marks).zip(seats) {
                if figure.is_nan() && !mark.is_nan() {
                    is_lacking[seat.unit as usize] = true;
                }
            }
        }
    }

    /// Carries the lack at one place of a divided reporter to its other places; whether there was anything to carry.
    fn spread(&self, is_lacking: &mut [bool]) -> bool {
        let mut has_spread = false;
        for numbers in self.layout().seats_of.iter().filter(|numbers| numbers.len() > 1) {
            let seats = numbers.iter().map(|&number| self.layout().seats[number as usize]);
            let places: Vec<usize> = seats.filter(|seat| seat.share > 0.0).map(|seat| seat.unit as usize).collect();
            if places.iter().any(|&place| is_lacking[place]) {
                for place in places {
                    has_spread |= !std::mem::replace(&mut is_lacking[place], true);
                }
            }
        }
        has_spread
    }

    fn seats_at(&self, is_lacking: &[bool]) -> Vec<u32> {
        let seats = (0..).zip(&self.layout().seats);
        seats.filter(|(_, seat)| is_lacking[seat.unit as usize]).map(|(number, _)| number).collect()
    }

    fn has_figures_at(&self, seats: &[u32]) -> bool {
        self.elements.iter().any(|&element| {
            let figures = self.rollup.seats_column(element);
            seats.iter().any(|&seat| !figures[seat as usize].is_nan())
        })
    }
}

#[cfg(test)]
mod tests;
