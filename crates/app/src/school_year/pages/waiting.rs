//! What waits for a leader: papers to read and approve, papers to sign.

use domain::reports::signing::PaperState;

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Serde, Value, context},
    },
    reports::papers::queries,
};

/// The year's papers on which the visitor has the next step, the oldest first; none for who signs nowhere.
pub(super) async fn papers(office: &Office, visitor: &Visitor, year: &str) -> Result<Vec<Value>> {
    let mut waiting = Vec::new();
    for unit in visitor.units_with(Right::SignPapers) {
        for paper in queries::list(office, unit, year).await?.into_iter().rev() {
            let state = PaperState::parse(&paper.state).unwrap_or_default();
            if matches!(state, PaperState::InReview | PaperState::Approved) {
                waiting.push(context! { id => paper.id, subject => paper.subject, state => Serde(state.label()) });
            }
        }
    }
    Ok(waiting)
}
