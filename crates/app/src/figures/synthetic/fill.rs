//! A database with an invented, approved year: every school of a scale with every form that its levels owe.
//!
//! The rows are written as they would stand after sending and approval; the checks are left out, because the figures are
//! noise and hang together in nothing. For measurements only.

use domain::{
    Level,
    figures::catalogue::StatisticalForm,
    organisation::{Line, SchoolFacts, Unit, UnitKind, Validity, admin_units},
    school_year::{SchoolCalendar, SchoolYear},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Scale, tree};
use crate::{
    figures::store::{self, ApprovedForm},
    office::Office,
    organisation,
    platform::{Context, Error, Result},
    school_year, shipped,
};

/// Schools in one transaction.
const BATCH_SIZE: usize = 2_000;

/// How often each level occurs among a hundred schools: about the nation's mix.
const LEVELS: [(Level, u32); 4] =
    [(Level::Preschool, 33), (Level::Primary, 34), (Level::LowerSecondary, 29), (Level::Continuing, 4)];

/// Fills an empty office with units, schools and the year 2025-2026.
///
/// # Errors
/// Where the office is not empty or cannot be written.
pub async fn fill(office: &Office, context: &Context, scale: Scale, seed: u64) -> Result<SchoolYear> {
    let year = SchoolYear::starting(2025).ok_or_else(|| Error::inside("year"))?;
    let schools = schools(scale, seed)?;
    let national =
        admin_units::read(shipped::text("admin-units/units.csv")?, shipped::text("admin-units/successors.csv")?)?;
    let units = national.units().iter().chain(&schools).cloned().collect();
    organisation::operations::import(office, context, units, national.successions().to_vec()).await?;
    school_year::operations::open(office, context, &SchoolCalendar::usual(year)).await?;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for batch in schools.chunks(BATCH_SIZE) {
        let mut approved = Vec::new();
        for school in batch {
            let levels = school.school.as_ref().map_or(&[][..], |school| &school.levels);
            for form in office.catalogue().forms_for(levels) {
                approved.extend(filled(form, school, year, &mut random));
            }
        }
        store::save_approved(office.db(), context, &approved).await?;
    }
    Ok(year)
}

fn schools(scale: Scale, seed: u64) -> Result<Vec<Unit>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let from = Validity::from(jiff::civil::date(2025, 7, 1));
    let school = |(code, parent): (String, Option<String>)| {
        let mut drawn = random.random_range(0..100_u32);
        let level = LEVELS.iter().find(|(_, share)| {
            let is_it = drawn < *share;
            drawn = drawn.saturating_sub(*share);
            is_it
        });
        let facts = SchoolFacts { levels: level.iter().map(|(level, _)| *level).collect(), ..SchoolFacts::default() };
        let unit = Unit::new(&code, UnitKind::School, &format!("Trường {code}"), from);
        Unit { school: Some(facts), ..unit }.under(Line::Management, parent.as_deref().unwrap_or(super::ROOT))
    };
    Ok(tree(scale, seed)?.into_iter().filter(|(code, _)| !code.starts_with(['N', 'V'])).map(school).collect())
}

fn filled(form: &StatisticalForm, school: &Unit, year: SchoolYear, random: &mut ChaCha8Rng) -> Option<ApprovedForm> {
    use domain::figures::catalogue::PeriodKind;
    let period = match form.period {
        PeriodKind::StartOfYear => format!("{year}-DN"),
        PeriodKind::EndOfYear => format!("{year}-CN"),
        PeriodKind::Custom => return None,
    };
    let mut figures = Vec::with_capacity(form.cell_count() * 8);
    for _ in form.cells() {
        let drawn: u32 = random.random();
        let value = if drawn % 100 < 5 { f64::NAN } else { f64::from((drawn >> 8) % 1_000) };
        figures.extend_from_slice(&value.to_le_bytes());
    }
    Some(ApprovedForm { unit: school.code.0.clone(), form: form.code.clone(), period, version: form.version, figures })
}
