//! What an invented school is like: its size, its cohorts that grow up with the years, how well it does.

use domain::{Level, school_year::SchoolYear};

use super::noise::{deviation, unit};

/// An invented school.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    /// The seed of everything about it.
    pub(crate) seed: u64,
    /// Pupils in a year group at the level, one entry a level.
    pub(crate) sizes: Vec<(Level, f64)>,
    /// From -1 (struggling) to 1 (outstanding): results, staff and prizes lean on it together.
    pub(crate) quality: f64,
}

/// A year group of pupils.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cohort {
    pub(super) level: Level,
    /// Grade, or age in preschool; 2 stands for the whole nursery.
    pub(super) grade: i64,
}

impl Profile {
    /// Whether the school has the level.
    pub(super) fn teaches(&self, level: Level) -> bool {
        self.sizes.iter().any(|(known, _)| *known == level)
    }

    /// Pupils of the cohort at the beginning of the year. A cohort keeps its size as it moves up, but for a few.
    pub(super) fn pupils(&self, cohort: Cohort, year: SchoolYear) -> f64 {
        let Some((_, size)) = self.sizes.iter().find(|(level, _)| *level == cohort.level) else { return 0.0 };
        let year = i64::from(year.first_calendar_year());
        let born = (year - cohort.grade) as u64;
        let share = match (cohort.level, cohort.grade) {
            (Level::Preschool, 2) => 0.55,
            (Level::Preschool, age) => 0.8 + 0.1 * (age - 3) as f64,
            _ => 1.0,
        };
        let fixed = 1.0 + 0.07 * deviation(&[self.seed, born, 1]);
        let moved = 1.0 + 0.012 * deviation(&[self.seed, born, year as u64, 2]);
        let growth = 1.0 + 0.012 * (year - 2022) as f64;
        (size * share * fixed * moved * growth).round().max(4.0)
    }

    /// Pupils of the cohort at the end of the year.
    pub(super) fn pupils_at_end(&self, cohort: Cohort, year: SchoolYear) -> f64 {
        let start = self.pupils(cohort, year);
        let key = [self.seed, cohort.grade as u64, year.first_calendar_year() as u64, 3];
        start + (start * 0.007 * deviation(&key)).round()
    }

    /// Girls among so many pupils of the cohort.
    pub(super) fn girls(&self, cohort: Cohort, year: SchoolYear, pupils: f64) -> f64 {
        let born = (i64::from(year.first_calendar_year()) - cohort.grade) as u64;
        (pupils * (0.475 + 0.03 * deviation(&[self.seed, born, 4]))).round()
    }

    /// Classes of the cohort.
    pub(super) fn classes(&self, cohort: Cohort, year: SchoolYear) -> f64 {
        let usual = match cohort.level {
            Level::Preschool if cohort.grade == 2 => 22.0,
            Level::Preschool => 30.0,
            Level::Primary => 37.0,
            _ => 42.0,
        };
        let norm = usual + 3.0 * deviation(&[self.seed, 5]);
        (self.pupils(cohort, year) / norm).ceil()
    }

    /// A property that the school has or has not, for good; more schools have it as the years go.
    pub(super) fn has(&self, probability: f64, key: u64, year: SchoolYear) -> bool {
        let years = f64::from(year.first_calendar_year() - 2022);
        unit(&[self.seed, key, 6]) - 0.08 * self.quality < probability + 0.03 * years
    }

    /// A fraction between two bounds that is the school's own and drifts a little from year to year.
    pub(super) fn fraction(&self, low: f64, high: f64, key: u64, year: SchoolYear) -> f64 {
        let own = unit(&[self.seed, key, 7]);
        let drift = 0.12 * deviation(&[self.seed, key, year.first_calendar_year() as u64, 8]);
        low + (high - low) * (own + drift).clamp(0.0, 1.0)
    }

    /// The weight of the `position`-th of `count` parts: good schools lean to the first ones.
    pub(super) fn weight(&self, weight: f64, position: usize, count: usize, key: u64, year: SchoolYear) -> f64 {
        let place = if count > 1 { 1.0 - 2.0 * position as f64 / (count - 1) as f64 } else { 0.0 };
        let years = f64::from(year.first_calendar_year() - 2022);
        let lean = (0.45 * self.quality + 0.05 * years) * place;
        let own = 0.15 * deviation(&[self.seed, key, position as u64, year.first_calendar_year() as u64]);
        weight * lean.exp() * (1.0 + own)
    }
}
