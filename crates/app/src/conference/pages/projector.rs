//! `/hoi-nghi/{id}/man-chieu`: what the hall sees. As many screens as the hall has: one with a name (`?ten=`) is turned by the
//! desk, one with a subject (`?xem=`) keeps it, any other follows the hall by itself.

use axum::extract::{Path, Query, State};
use domain::conference::{Award, Conference, FloorRequest, Id, Phase, PollState, Side, introduction};
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

/// Whatever runs.
pub(super) const BY_ITSELF: &str = "tu-dong";

/// What a screen can show.
pub(super) const SUBJECTS: [&str; 7] =
    [BY_ITSELF, "chuong-trinh", "phat-bieu", "bieu-quyet", "diem-danh", "dai-bieu", "trao-thuong"];

/// So many names of a list fit on a screen.
const ROW_COUNT_MAX: usize = 14;

/// What the screen shows.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// One of [`SUBJECTS`].
    #[serde(default)]
    xem: String,
    /// The screen's name, by which the desk turns it.
    #[serde(default)]
    ten: String,
}

/// `GET /hoi-nghi/{id}/man-chieu`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let values = {
        let state = here.hall.state().await;
        let turned = state.screens.get(asked.ten.trim()).unwrap_or(&asked.xem);
        let subject = SUBJECTS.into_iter().find(|subject| *subject == turned.as_str()).unwrap_or(BY_ITSELF);
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
        context! {
            live => Serde(&live), items, subject, shown, levels => Serde(&levels), queue => queue(&state),
            guests => guests(&state), awards => awards(&state), name => asked.ten.trim(), subjects => SUBJECTS,
        }
    };
    Ok(here.page("conference/projector.html", "projector", visitor, values))
}

/// Who waits for the floor, first come first.
fn queue(state: &Conference) -> Vec<Value> {
    let line = |(_, request): (_, &FloorRequest)| {
        let who = state.records.participations.get(request.participation)?;
        Some(context! { name => who.shown_name(), unit => who.unit_name.as_str(), topic => request.topic.as_str() })
    };
    state.waiting().filter_map(line).take(ROW_COUNT_MAX).collect()
}

/// Guests who are here, in the order of protocol, as they are introduced.
fn guests(state: &Conference) -> Vec<String> {
    let list = state.protocol_list().into_iter();
    let here = list.filter(|(id, line)| line.side == Side::Guest && state.heads_here(*id) > 0);
    here.map(|(_, line)| introduction(line)).take(ROW_COUNT_MAX).collect()
}

/// The first awards that are not wholly handed over.
fn awards(state: &Conference) -> Vec<Value> {
    let mut awards: Vec<_> = state.records.awards.iter().collect();
    awards.sort_by_key(|(id, award)| (award.order, *id));
    let handed = |id: &Id| state.handed.get(id).map_or(0, Vec::len);
    let left = awards.into_iter().filter(|(id, award)| handed(id) < award.recipients.len().max(1));
    let row = |(_, award): (Id, &Award)| {
        let to: Vec<String> = award.recipients.iter().map(|to| to.name.clone()).take(ROW_COUNT_MAX).collect();
        context! { name => award.shown_name(), granted_by => award.granted_by.as_str(), to }
    };
    left.take(2).map(row).collect()
}

/// Whether a result is still what the hall looks at: nobody has been called and no item begun since the poll was closed.
fn has_fresh_result(state: &Conference) -> bool {
    let began = state.current_item.and_then(|item| state.progress.get(&item)?.started_at);
    let closed =
        state.polls.values().rev().find(|poll| poll.state == PollState::Closed).and_then(|poll| poll.closed_at);
    state.phase == Phase::Open && state.speaking().is_none() && closed.is_some() && closed >= began
}
