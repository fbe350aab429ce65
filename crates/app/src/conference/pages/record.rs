//! `/hoi-nghi/{id}/ho-so`: the record as it stands, and the papers that are filled from it.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::conference::Phase;
use serde::Deserialize;

use super::here;
use crate::{
    conference::{
        RUN,
        operations::{papers, recording},
        view,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/ho-so`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let today = visitor.context().today();
    let values = {
        let state = here.hall.state().await;
        let minutes = state.minutes();
        let polls: Vec<_> = state.polls.iter().map(|(id, poll)| view::poll_view(*id, poll)).collect();
        let lacks = papers::lacks(&state)?.into_iter();
        let lack = |what: &'static str| place_of(what, id).map(|path| context! { what, path });
        let lacks: Vec<Value> = lacks.filter_map(lack).collect();
        let bases: Vec<String> = state.basis_words().collect();
        let tasks: Vec<Value> = minutes
            .tasks
            .iter()
            .map(|task| {
                context! { what => task.what.as_str(), lead => task.lead.as_str(), partners => task.partners.as_str(), due => task.due.as_str() }
            })
            .collect();
        context! {
            head => Serde(&state.head), report => Serde(&state.report), course => Serde(&minutes.course),
            opinions => Serde(&minutes.opinions), judgement => minutes.judgement, tasks, people => minutes.people,
            polls => Serde(&polls),
            bases, lacks,
            awards => Serde(state.records.awards.iter().map(|(_, award)| award).collect::<Vec<_>>()),
            media => Serde(state.records.media.iter().map(|(_, media)| media).collect::<Vec<_>>()),
            resolutions => Serde(state.records.resolutions.iter().map(|(_, made)| made).collect::<Vec<_>>()),
            kinds => papers::KINDS, event_count => state.seq, recording => Serde(&state.recording),
            may_record => here.runs && state.phase == Phase::Planned && state.head.held_on.is_some_and(|day| day <= today),
        }
    };
    Ok(here.page("conference/record.html", "record", visitor, values))
}

/// Where what a field of the minutes needs is written down; nowhere where the hall itself tells it.
fn place_of(field: &str, id: i64) -> Option<String> {
    match field {
        "day" | "start" | "place" => Some(format!("/hoi-nghi/{id}#head")),
        "chair" | "secretary" => Some(format!("/hoi-nghi/{id}/dai-bieu#dieu-hanh")),
        _ => None,
    }
}

/// A paper to be filled.
#[derive(Debug, Deserialize)]
pub struct Form {
    kind: String,
}

/// `POST /hoi-nghi/{id}/ho-so`: writes the paper as a draft and leads to it.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Form>,
) -> Result<Redirect> {
    let here = here(&office, &visitor, id, RUN).await?;
    if !papers::kinds().any(|kind| kind == form.kind) {
        return Err(Error::NotFound(format!("loại văn bản «{}»", form.kind)));
    }
    let paper = papers::write(&office, &visitor.context(), id, &form.kind).await?;
    Ok(Redirect::to(&format!("/van-kien/{}/{paper}", here.listed.year)))
}

/// From what it is written down.
#[derive(Debug, Deserialize)]
pub struct AfterwardsForm {
    #[serde(default)]
    basis: String,
}

/// `POST /hoi-nghi/{id}/ghi-lai-sau`: it took place without this program.
pub async fn afterwards(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<AfterwardsForm>,
) -> Result<Redirect> {
    here(&office, &visitor, id, RUN).await?;
    recording::record_afterwards(&office, &visitor.context(), id, &form.basis).await?;
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/ho-so")))
}

/// `GET /hoi-nghi/{id}/luu-tru.zip`: the whole record as one file.
pub async fn archive(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    here(&office, &visitor, id, RUN).await?;
    let bytes = crate::conference::operations::archive::pack(&office, &visitor.context(), id).await?;
    let name = format!("attachment; filename=\"hoi-nghi-{id}.zip\"");
    Ok(([(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}
