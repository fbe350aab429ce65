//! `/hoi-nghi/{id}/du-kien`: the record field by field; what nobody knows is not there.

use axum::extract::{Path, State};

use super::super::here;
use crate::{
    conference::facts,
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Serde, context},
    },
};

/// So many entries of a register stand on the page.
const ENTRY_COUNT_MAX: usize = 12;

/// `GET /hoi-nghi/{id}/du-kien`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let (groups, lead_days, strangers) = {
        let state = here.hall.state().await;
        let strangers: Vec<String> = state.unlisted_speakers().map(str::to_owned).collect();
        (facts::facts(&state, visitor.language(), ENTRY_COUNT_MAX)?, state.head.planning_lead_days(), strangers)
    };
    let values = context! { groups => Serde(&groups), lead_days, strangers };
    Ok(here.page("conference/facts.html", "record", visitor, values))
}
