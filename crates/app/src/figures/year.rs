//! The approved figures of one school year: a row for every school that owes some, a column for every item kept.

use std::{collections::HashMap, sync::Arc};

use domain::{
    Level,
    figures::{
        catalogue::{Aggregation, Catalogue, PeriodKind},
        rollup::Columns,
    },
    organisation::{Registry, Unit},
    school_year::{ReportingPeriod, SchoolYear, counts_in_year},
};
use jiff::civil::Date;

use super::{plan::Plan, store};
use crate::{
    office::Office,
    platform::{Error, Result},
    school_year::calendar,
    submissions::packed,
};

/// A school as a reporter of figures.
#[derive(Clone, Debug)]
pub struct Reporter {
    /// Its code.
    pub code: String,
    levels: Vec<Level>,
    /// By the year's periods: whether it exists on the day that the period describes.
    exists: Vec<bool>,
}

/// One year's approved figures, before any roll-up.
#[derive(Clone, Debug)]
pub struct YearFigures {
    /// The year.
    pub year: SchoolYear,
    periods: Vec<ReportingPeriod>,
    reporters: Vec<Reporter>,
    rows: HashMap<String, usize>,
    columns: Columns,
}

impl YearFigures {
    /// Reads a year, its periods at the same time.
    ///
    /// # Errors
    /// `NotFound` for a year that was never opened.
    pub async fn load(office: &Office, plan: &Arc<Plan>, registry: &Registry, year: SchoolYear) -> Result<Self> {
        let periods = calendar::periods(office, year).await?;
        if periods.is_empty() {
            return Err(Error::NotFound(format!("năm học {year}")));
        }
        let days: Vec<Date> = periods.iter().map(|period| period.as_of).collect();
        let reporters: Vec<Reporter> = registry.units().iter().filter_map(|unit| reporter(unit, &days)).collect();
        let rows: HashMap<String, usize> =
            reporters.iter().enumerate().map(|(row, reporter)| (reporter.code.clone(), row)).collect();
        let rows = Arc::new(rows);
        let mut tasks = Vec::new();
        for period in &periods {
            let (office, plan, rows, period) = (office.clone(), Arc::clone(plan), Arc::clone(&rows), period.clone());
            tasks.push(tokio::spawn(async move { PeriodColumns::load(&office, &plan, &rows, &period).await }));
        }
        let mut by_period = Vec::with_capacity(tasks.len());
        for task in tasks {
            by_period.push(task.await.map_err(Error::inside)??);
        }
        let columns = joined(plan, reporters.len(), by_period);
        let rows = Arc::unwrap_or_clone(rows);
        Ok(Self { year, periods, reporters, rows, columns })
    }

    /// The year's periods, by the day that they describe.
    pub fn periods(&self) -> &[ReportingPeriod] {
        &self.periods
    }

    /// The day whose tree is the year's own: the last that a usual period describes.
    pub fn own_day(&self) -> Option<Date> {
        let usual = self.periods.iter().rfind(|period| period.kind != PeriodKind::Custom);
        usual.or(self.periods.last()).map(|period| period.as_of)
    }

    /// Everyone who owes figures.
    pub fn reporters(&self) -> &[Reporter] {
        &self.reporters
    }

    /// The figures: a row for each reporter, a column for each slot of the plan.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Who owes which form, by form of the catalogue and then by column that no form gathers; by row.
    pub fn owes(&self, catalogue: &Catalogue, plan: &Plan) -> Vec<Vec<bool>> {
        let owes = |form: &domain::figures::catalogue::StatisticalForm| {
            let period = self.periods.iter().position(|period| period.kind == form.period);
            let owes = |reporter: &Reporter| {
                let has_level =
                    form.levels.is_empty() || form.levels.iter().any(|level| reporter.levels.contains(level));
                has_level && period.is_some_and(|period| reporter.exists[period])
            };
            self.reporters.iter().map(owes).collect()
        };
        let mut by_group: Vec<Vec<bool>> = catalogue.forms.iter().map(owes).collect();
        for greatest in plan.greatest() {
            let owes_one = |row: usize| greatest.forms.iter().any(|&form| by_group[form][row]);
            by_group.push((0..self.reporters.len()).map(owes_one).collect());
        }
        by_group
    }

    /// Reads one unit's figures again; its row and its figures, if it is a reporter.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub(super) async fn reread(&self, office: &Office, plan: &Plan, unit: &str) -> Result<Option<(usize, Vec<f64>)>> {
        let Some(&row) = self.rows.get(unit) else { return Ok(None) };
        let only = HashMap::from([(unit.to_owned(), 0)]);
        let mut by_period = Vec::new();
        for period in &self.periods {
            by_period.push(PeriodColumns::load_unit(office, plan, &only, period, Some(unit)).await?);
        }
        let columns = joined(plan, 1, by_period);
        Ok(Some((row, (0..plan.slots().len()).map(|slot| columns.get(0, slot)).collect())))
    }

    /// Takes one reporter's new figures.
    pub(super) fn set_row(&mut self, row: usize, figures: &[f64]) {
        for (slot, &figure) in figures.iter().enumerate() {
            self.columns.set(row, slot, figure);
        }
    }
}

fn reporter(unit: &Unit, days: &[Date]) -> Option<Reporter> {
    let school = unit.school.as_ref()?;
    let exists: Vec<bool> = days.iter().map(|day| unit.validity.contains(*day)).collect();
    exists.contains(&true).then(|| Reporter { code: unit.code.0.clone(), levels: school.levels.clone(), exists })
}

/// The figures of one period; a column only for the slots that its forms hold.
struct PeriodColumns {
    columns: HashMap<usize, Vec<f64>>,
}

impl PeriodColumns {
    async fn load(
        office: &Office,
        plan: &Plan,
        rows: &HashMap<String, usize>,
        period: &ReportingPeriod,
    ) -> Result<Self> {
        Self::load_unit(office, plan, rows, period, None).await
    }

    async fn load_unit(
        office: &Office,
        plan: &Plan,
        rows: &HashMap<String, usize>,
        period: &ReportingPeriod,
        unit: Option<&str>,
    ) -> Result<Self> {
        let counts = |form: &str| office.catalogue().form(form).is_some_and(|form| counts_in_year(period.kind, form));
        let mut columns: HashMap<usize, Vec<f64>> = HashMap::new();
        let take = |unit: &str, form: &str, version: i64, figures: &[u8]| {
            let (Some(&row), Some(held)) = (rows.get(unit), plan.cells_of(form)) else { return };
            if !counts(form) {
                return;
            }
            let Some(figures) = office.layouts().in_present_order(form, version, figures) else { return };
            if figures.len() != held.cell_count * 8 {
                return;
            }
            for &(cell, slot) in &held.cells {
                let column = columns.entry(slot).or_insert_with(|| vec![f64::NAN; rows.len()]);
                let figure = packed::number_at(&figures, cell);
                if column[row].is_nan() {
                    column[row] = figure;
                }
            }
        };
        store::approved(office.db(), &period.code, unit, take).await?;
        Ok(Self { columns })
    }
}

/// Puts the periods together, the oldest first: flows are added, of a state the latest stands. What no form gathers is
/// found from the whole.
fn joined(plan: &Plan, rows: usize, by_period: Vec<PeriodColumns>) -> Columns {
    let mut all = Columns::missing(rows, plan.slots().len());
    for period in by_period {
        for (slot, values) in period.columns {
            let adds = plan.slots()[slot].aggregation == Aggregation::Sum;
            for (place, value) in all.column_mut(slot).iter_mut().zip(values) {
                if !value.is_nan() {
                    *place = if adds && !place.is_nan() { *place + value } else { value };
                }
            }
        }
    }
    for greatest in plan.greatest() {
        for row in 0..rows {
            let given = greatest.parts.iter().map(|&part| all.get(row, part));
            all.set(row, greatest.slot, given.fold(f64::NAN, f64::max));
        }
    }
    all
}
