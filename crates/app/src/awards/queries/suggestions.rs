//! What the records propose: honours already in the register, the grade that a unit's scores came to, people in posts.

use domain::{
    awards::{
        dossier::Facts,
        pack::{Choice, StaffGrade},
    },
    evaluation::criteria::SetKind,
    school_year::SchoolYear,
    vietnamese::fold,
};
use jiff::civil::Date;
use serde::Serialize;

use super::honours;
use crate::{
    evaluation::{queries as evaluation, sets},
    office::Office,
    organisation::queries as organisation,
    platform::{Error, Result},
};

/// A unit that its scores propose, with the sentence that says why.
#[derive(Clone, Debug, Serialize)]
pub struct Suggestion {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The criteria set.
    pub set: String,
    /// The set's name.
    pub set_name: String,
    /// What the set graded it.
    pub grade: String,
    /// Its rank and of how many.
    pub rank: Option<(u32, u32)>,
    /// Per cent of the applicable maximum.
    pub percent: Option<f64>,
}

/// The key of a person: the register's where someone of this name holds a post of the unit, else made of unit and name.
///
/// # Errors
/// `NotFound` for an unknown unit.
pub async fn person_key(office: &Office, unit: &str, name: &str) -> Result<String> {
    let held = organisation::holders_ever(office, unit).await?;
    let own = held.iter().find(|holder| fold(&holder.name) == fold(name));
    Ok(own.map_or_else(
        || format!("person:{unit}/{}", domain::vietnamese::unaccented(name).replace(' ', "-")),
        |holder| format!("person:{}", holder.person),
    ))
}

/// The facts that the register of honours already holds of a nominee.
///
/// # Errors
/// Where the database cannot be read.
pub async fn known_facts(office: &Office, nominee_key: &str) -> Result<Facts> {
    let honours = honours::of_nominee(office, nominee_key).await?;
    Ok(Facts { awards: honours.iter().filter_map(honours::Honour::past).collect(), ..Facts::default() })
}

/// The grade of work that a set's grade comes to; none for a grade of another scale.
pub fn staff_grade(grade: &str) -> Option<StaffGrade> {
    match grade {
        "excellent" => Some(StaffGrade::Excellent),
        "good" => Some(StaffGrade::Good),
        "fair" | "average" => Some(StaffGrade::Completed),
        "weak" => Some(StaffGrade::NotCompleted),
        other => StaffGrade::parse(other),
    }
}

/// Schools that a set of the year graded excellent or good, the best of each set first: people pick among them.
///
/// # Errors
/// As [`evaluation::evaluate`], but a set that cannot be scored in the year proposes nothing.
pub async fn schools(office: &Office, year: SchoolYear, today: Date) -> Result<Vec<Suggestion>> {
    let mut found = Vec::new();
    let known = sets::in_force(office, year).await?;
    for set in known.iter().map(|known| &known.set).filter(|set| !set.is_frame && set.kind == SetKind::School) {
        let scored = match evaluation::evaluate(office, &set.code, year, today).await {
            Ok(scored) => scored,
            Err(Error::NotFound(_) | Error::Refused(_)) => continue,
            Err(fault) => return Err(fault),
        };
        let mut results: Vec<_> = (0..scored.units.len()).map(|row| scored.result(row)).collect();
        results.retain(|result| matches!(result.grade.as_deref(), Some("excellent" | "good")));
        results.sort_by_key(|result| (result.rank.unwrap_or(u32::MAX), result.unit.clone()));
        found.extend(results.into_iter().map(|result| Suggestion {
            unit: result.unit,
            name: result.name,
            set: set.code.clone(),
            set_name: set.label.vi.clone(),
            grade: result.grade.unwrap_or_default(),
            rank: result.rank.zip(result.of),
            percent: result.percent,
        }));
    }
    Ok(found)
}
