//! The list of sets as a school reads it: which of them judge it, and where it stands in what was published.

use domain::{evaluation::criteria::CriteriaSet, organisation::Unit};

use crate::{
    evaluation::{
        queries::{self, UnitResult},
        road::{Round, queries as road_queries},
    },
    identity::Visitor,
    office::Office,
    platform::{Error, Result},
};

/// The visitor's own school with its published results, each under its set's code; an office has neither.
pub(super) struct Own {
    school: Option<Unit>,
    results: Vec<(String, UnitResult)>,
}

/// What the rounds of a year have published of the visitor's school, of each the last publication.
pub(super) async fn place(office: &Office, visitor: &Visitor, rounds: &[Round]) -> Result<Own> {
    let registry = office.registry().await?;
    let school = registry.unit(&visitor.frame().unit_code).filter(|unit| unit.school.is_some()).cloned();
    let mut results = Vec::new();
    if let Some(school) = &school {
        for round in rounds.iter().filter(|round| round.row.publication_count > 0) {
            let published = road_queries::results(office, round.row.id, round.row.publication_count).await?;
            let own = published.into_iter().find(|(unit, _)| unit == school.code.as_str());
            if let Some((_, content)) = own {
                let result = serde_json::from_value(content).map_err(Error::inside)?;
                results.push((round.row.set_code.clone(), result));
            }
        }
    }
    Ok(Own { school, results })
}

impl Own {
    /// The school's code; empty for an office.
    pub(super) fn code(&self) -> &str {
        self.school.as_ref().map_or("", |school| school.code.as_str())
    }

    /// Whether the set is made for the school.
    pub(super) fn is_judged_by(&self, set: &CriteriaSet) -> bool {
        self.school.as_ref().is_some_and(|school| queries::judges(set, school))
    }

    /// What was published of it under a set.
    pub(super) fn under(&self, set: &str) -> Option<&UnitResult> {
        self.results.iter().find(|(code, _)| code == set).map(|(_, result)| result)
    }
}
