//! `/hoi-nghi/{id}/man-chieu`: what the hall sees. The desk opens as many as it likes, each with its own subject.

use axum::extract::{Path, Query, State};
use domain::conference::{Conference, Phase, PollState, introduction};
use serde::Deserialize;

use super::here;
use crate::{
    conference::view::LiveView,
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Serde, Value, context},
    },
};

/// What the screen shows.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// `tu-dong` (whatever runs), `chuong-trinh`, `bieu-quyet` or `diem-danh`.
    #[serde(default)]
    xem: String,
}

/// `GET /hoi-nghi/{id}/man-chieu`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let subjects = ["chuong-trinh", "bieu-quyet", "diem-danh"];
    let subject = subjects.into_iter().find(|subject| *subject == asked.xem).unwrap_or("tu-dong");
    let values = {
        let state = here.hall.state().await;
        let live = LiveView::of(&state, visitor.context().now);
        let shown = match subject {
            "tu-dong" if state.open_poll().is_some() || has_fresh_result(&state) => "bieu-quyet",
            "tu-dong" if state.phase == Phase::Planned => "diem-danh",
            "tu-dong" if live.speaker.is_some() || live.item.is_some() => "dang-dien-ra",
            "tu-dong" => "chuong-trinh",
            subject => subject,
        };
        let items: Vec<Value> = state
            .programme()
            .map(|(id, item)| {
                let presenter = item.presenter.and_then(|id| state.records.participations.get(id));
                context! {
                    title => item.shown_title(), is_now => state.current_item == Some(id),
                    by => presenter.map_or_else(|| item.presenter_words.clone(), introduction),
                    is_over => state.progress.get(&id).is_some_and(|progress| progress.is_over()),
                }
            })
            .collect();
        let levels = state.count_by_level().into_iter();
        let levels: Vec<_> =
            levels.filter_map(|level| Some((level.of?.label().0, level.count.present, level.count.expected))).collect();
        context! { live => Serde(&live), items, subject, shown, levels => Serde(&levels) }
    };
    Ok(here.page("conference/projector.html", "projector", visitor, values))
}

/// Whether a result is still what the hall looks at: nobody has been called and no item begun since the poll was closed.
fn has_fresh_result(state: &Conference) -> bool {
    let began = state.current_item.and_then(|item| state.progress.get(&item)?.started_at);
    let closed =
        state.polls.values().rev().find(|poll| poll.state == PollState::Closed).and_then(|poll| poll.closed_at);
    state.phase == Phase::Open && state.speaking().is_none() && closed.is_some() && closed >= began
}
