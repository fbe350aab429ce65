//! The cycle on the year's own page: each open step with what there is of it. The rail on other pages does without.

use domain::{reports::signing::PaperState, school_year::SchoolYear};

use super::super::cycle::{Step, StepState};
use crate::{awards, conference, evaluation, guidance, identity::Visitor, office::Office, platform::Result, reports};

/// The steps of the frame, those that are open with their numbers: so many of so many, or so many.
pub(super) async fn counted(office: &Office, visitor: &Visitor, year: &str) -> Result<Vec<Step>> {
    let unit = &visitor.frame().unit_code;
    let mut steps = visitor.frame().steps.clone();
    for step in &mut steps {
        let (count, of) = match step.code {
            "guidance" => (guidance::queries::count(office).await?, 0),
            "evaluation" => rounds(office, year).await?,
            "reports" => papers(office, unit, year).await?,
            "conference" => conferences(office, year).await?,
            "awards" => (awards::queries::count(office, unit, year).await?, 0),
            "portal" => (articles(office).await?, 0),
            _ => continue,
        };
        (step.count, step.of) = (count, of);
        if of > 0 && count == of && matches!(step.code, "evaluation" | "conference") {
            step.state = StepState::Done;
        }
    }
    Ok(steps)
}

/// Rounds published, of all of the year.
async fn rounds(office: &Office, year: &str) -> Result<(i64, i64)> {
    let Some(year) = SchoolYear::parse(year) else { return Ok((0, 0)) };
    let rounds = evaluation::road::queries::rounds(office, year).await?;
    Ok(share(&rounds, |round| round.row.publication_count > 0))
}

/// Papers signed, of all that the unit has made in the year.
async fn papers(office: &Office, unit: &str, year: &str) -> Result<(i64, i64)> {
    let papers = reports::papers::queries::list(office, unit, year).await?;
    Ok(share(&papers, |paper| paper.state == PaperState::Signed.as_str()))
}

/// Conferences held, of all that review the year.
async fn conferences(office: &Office, year: &str) -> Result<(i64, i64)> {
    let mut all = conference::queries::list(office).await?;
    all.retain(|one| one.year == year);
    Ok(share(&all, conference::queries::Listed::is_over))
}

/// Articles that the public reads, with those taken over from elsewhere.
async fn articles(office: &Office) -> Result<i64> {
    let own = conference::queries::around::public_articles(office).await?.len();
    let found = conference::queries::found::shown(office).await?.len();
    Ok(number(own + found))
}

fn share<T>(all: &[T], is_done: impl Fn(&T) -> bool) -> (i64, i64) {
    (number(all.iter().filter(|one| is_done(one)).count()), number(all.len()))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
