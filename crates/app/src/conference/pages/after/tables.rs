//! `/hoi-nghi/{id}/bang`: attendance and votes as tables, workbooks of them, certificates, what is forgotten when.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::conference::{Conference, PollState, introduction, time_of_day};
use serde::Deserialize;

use super::super::here;
use crate::{
    conference::{
        RUN,
        operations::{forget, tables},
        queries,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Paged, Serde, Value, context},
    },
};

/// So many lines of the list stand on a page.
const ROW_COUNT_MAX: usize = 60;

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    trang: usize,
}

/// `GET /hoi-nghi/{id}/bang`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let values = values(&*here.hall.state().await, asked.trang);
    let own = context! {
        forget_days => forget::days(&office).await?, forgotten_at => queries::around::forgotten_at(&office, id).await?,
    };
    Ok(here.page("conference/tables.html", "record", visitor, context! { ..values, ..own }))
}

fn values(state: &Conference, page: usize) -> Value {
    let list = state.protocol_list();
    let Paged { rows: shown, page, page_count } = Paged::of(list.iter().enumerate(), page, ROW_COUNT_MAX);
    let rows: Vec<Value> = shown
        .into_iter()
        .map(|(place, (id, line))| {
            let presence = state.attendance.get(id);
            context! {
                number => place + 1, shown => introduction(line), unit => line.unit_name.as_str(),
                at => presence.map(|presence| time_of_day(presence.at)), desk => presence.map(|presence| presence.desk.clone()),
                heads => presence.map(|presence| presence.heads),
                answer => state.answers.get(id).map(|answer| answer.is_coming),
            }
        })
        .collect();
    let polls: Vec<Value> = state
        .polls
        .iter()
        .filter(|(_, poll)| poll.state == PollState::Closed)
        .map(|(id, poll)| {
            let tally = poll.tally();
            let options: Vec<Value> = tally
                .options
                .iter()
                .map(|count| {
                    context! { option => count.option.as_str(), by_hands => count.by_hands, by_devices => count.by_devices, total => count.total() }
                })
                .collect();
            context! {
                id, text => poll.question.text.as_str(), is_secret => poll.question.is_secret, options,
                present => tally.present, sentence => poll.sentence(),
            }
        })
        .collect();
    let levels: Vec<Value> = state
        .count_by_level()
        .into_iter()
        .map(|of| context! { level => of.of.map(|level| level.abbreviation()), expected => of.count.expected, present => of.count.present })
        .collect();
    context! {
        rows, polls, levels, page, page_count, count => Serde(state.count()),
        is_over => state.phase.is_over(),
    }
}

/// `GET /hoi-nghi/{id}/diem-danh.xlsx`.
pub async fn attendance(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    let here = here(&office, &visitor, id, RUN).await?;
    let bytes = tables::attendance(&*here.hall.state().await)?;
    Ok(workbook(&format!("diem-danh-{id}.xlsx"), bytes))
}

/// `GET /hoi-nghi/{id}/bieu-quyet.xlsx`.
pub async fn votes(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let bytes = tables::votes(&*here.hall.state().await)?;
    Ok(workbook(&format!("bieu-quyet-{id}.xlsx"), bytes))
}

fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// `GET /hoi-nghi/{id}/chung-nhan.pdf`: a certificate for everybody by name who was here.
pub async fn certificates(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    here(&office, &visitor, id, RUN).await?;
    let bytes = tables::certificates(&office, &visitor.context(), id, None).await?;
    let headers = [(header::CONTENT_TYPE, "application/pdf"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, bytes).into_response())
}

/// What is done about personal data.
#[derive(Debug, Deserialize)]
pub struct ForgetForm {
    /// `days` or `forget`.
    verb: String,
    #[serde(default)]
    days: String,
}

/// `POST /hoi-nghi/{id}/thong-tin-ca-nhan`: sets the number of days, or forgets now.
pub async fn forget(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<ForgetForm>,
) -> Result<Redirect> {
    here(&office, &visitor, id, RUN).await?;
    let context = visitor.context();
    match form.verb.as_str() {
        "days" => forget::set_days(&office, &context, form.days.trim().parse().unwrap_or(0)).await?,
        _ => drop(forget::forget(&office, &context, id).await?),
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/bang")))
}
