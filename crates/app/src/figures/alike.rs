//! Whose figures count for an indicator, and from how many of the schools its value is made.
//!
//! The rule is the domain's ([`Alike`]): a sum is of all that was reported, everything else is of those who reported all
//! that the formula needs of them, this year and, where it reads that, the year before.

use std::collections::HashMap;

use domain::figures::{
    catalogue::ItemCode,
    formula::Reference,
    rollup::{Alike, Made, Part, RollUp},
};

use super::view::YearView;

/// The sums of what an indicator reads over those who count, where these are not the plain sums.
#[derive(Debug)]
pub(super) struct SumsAlike {
    /// By year (0 the year itself, 1 the one before): the sums, and the place of each slot in them.
    years: [Option<(RollUp, HashMap<usize, usize>)>; 2],
}

impl YearView {
    /// The sums for an indicator, by its place in the catalogue; none where the plain ones are the right ones.
    pub(super) fn sums_alike(&self, number: usize) -> Option<SumsAlike> {
        let alike = self.all_alike().get(number).filter(|_| self.hides_figures(number))?;
        let slots = &self.plan.grounds().get(number)?.slots;
        let year = |year: usize| {
            let part = self.part(year, &slots[year]).filter(|part| !part.elements.is_empty())?;
            let places = slots[year].iter().enumerate().map(|(place, slot)| (*slot, place)).collect();
            Some((alike.sums(year, &part), places))
        };
        Some(SumsAlike { years: [year(0), year(1)] })
    }

    /// Whether somebody who gave figures is left out of an indicator: its sums are others than the plain ones.
    pub(super) fn hides_figures(&self, number: usize) -> bool {
        self.all_alike().get(number).is_some_and(Alike::hides_figures)
    }

    /// A unit's sum of a slot in a year: the plain one, or the one over those who count for an indicator.
    pub(super) fn sum_at(
        &self,
        alike: Option<usize>,
        slot: usize,
        of_year_before: bool,
        position: usize,
    ) -> Option<f64> {
        let Some(number) = alike else { return Some(self.rollup(of_year_before)?.sum(position, slot)) };
        let year = usize::from(of_year_before);
        let part = self.part(year, &self.plan.grounds().get(number)?.slots[year])?;
        let alike = self.all_alike().get(number).filter(|_| part.elements.contains(&slot))?;
        Some(alike.sum_at(year, &part, slot, position))
    }

    /// The sums of a slot in a year and its place in them.
    pub(super) fn summed<'a>(
        &'a self,
        alike: Option<&'a SumsAlike>,
        slot: usize,
        of_year_before: bool,
    ) -> Option<(&'a RollUp, usize)> {
        match alike {
            None => Some((self.rollup(of_year_before)?, slot)),
            Some(alike) => {
                let (sums, places) = alike.years[usize::from(of_year_before)].as_ref()?;
                Some((sums, *places.get(&slot)?))
            }
        }
    }

    /// From how many of the schools an indicator's value at a unit is made: the poorest of all that it reads.
    pub fn indicator_made(&self, position: usize, number: usize) -> Made {
        let Some(ground) = self.plan.grounds().get(number) else { return Made::default() };
        let own = self.made_of(position, number, &ground.slots);
        match self.forest.parent(position).filter(|_| ground.reads_parent) {
            Some(parent) => own.poorer(self.made_of(parent, number, &ground.slots)),
            None => own,
        }
    }

    /// The same of one thing that the indicator reads: an item or an indicator, of this unit or its parent, of this year
    /// or the one before.
    pub fn input_made(&self, position: usize, number: usize, reference: &Reference) -> Made {
        let at = if reference.parent { self.forest.parent(position) } else { Some(position) };
        let Some(at) = at else { return Made::default() };
        let mut slots = match self.number_of(&reference.item) {
            Some(inner) => self.plan.grounds().get(inner).map(|ground| ground.slots.clone()).unwrap_or_default(),
            None => [self.plan.slot(&reference.item).into_iter().collect(), Vec::new()],
        };
        if reference.previous {
            let [now, _] = slots;
            slots = [Vec::new(), now];
        }
        self.made_of(at, number, &slots)
    }

    /// The place of an indicator in the catalogue, where the item is one.
    pub(super) fn number_of(&self, item: &ItemCode) -> Option<usize> {
        let known = || self.catalogue.indicators.iter().position(|indicator| indicator.code == item.element);
        item.option.is_none().then(known).flatten()
    }

    fn made_of(&self, position: usize, number: usize, slots: &[Vec<usize>; 2]) -> Made {
        let is_sum = self.plan.grounds().get(number).is_some_and(|ground| ground.is_sum);
        let alike = self.all_alike().get(number).filter(|_| !is_sum);
        let of_year = |year: usize| {
            let part = self.part(year, &slots[year]).filter(|part| !part.elements.is_empty())?;
            let left_out = alike.map_or(&[][..], |alike| alike.left_out(year));
            Some(part.made(self.forest.subtree(position), left_out))
        };
        let made = [0, 1].into_iter().filter_map(of_year).reduce(Made::poorer);
        made.unwrap_or_default()
    }

    /// By indicator, found at the first question.
    fn all_alike(&self) -> &[Alike] {
        self.alike.get_or_init(|| {
            let of = |ground: &super::plan::Ground| match ground.is_sum {
                true => Alike::default(),
                false => {
                    let parts = [0, 1].map(|year| self.part(year, &ground.slots[year]));
                    let parts: Vec<Part<'_>> = parts.into_iter().flatten().collect();
                    Alike::of(&parts, self.forest.len())
                }
            };
            self.plan.grounds().iter().map(of).collect()
        })
    }

    fn part<'a>(&'a self, year: usize, elements: &'a [usize]) -> Option<Part<'a>> {
        let expectations = if year == 0 { Some(&self.expectations) } else { self.expectations_before.as_ref() };
        Some(Part { rollup: self.rollup(year == 1)?, expectations: expectations?, elements })
    }
}
