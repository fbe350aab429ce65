//! `/hoi-nghi/{id}/cho-ngoi`: seats by blocks and rows, printed as a plan; `/hoi-nghi/{id}/the`: badges with their codes.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::conference::{Conference, Id, SeatBlock, Side};
use serde::Deserialize;

use super::super::{
    here,
    typed::{Fields, Typed, asked},
};
use crate::{
    conference::{RUN, operations::seats},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Paged, Value, context},
    },
};

/// So many badges stand on a page: one sheet.
const BADGE_COUNT: usize = 8;

/// `GET /hoi-nghi/{id}/cho-ngoi`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let values = values(&*here.hall.state().await);
    Ok(here.page("conference/seats.html", "plan", visitor, values))
}

fn values(state: &Conference) -> Value {
    let halls: Vec<Value> = state
        .records
        .venues
        .iter()
        .map(|(id, venue)| {
            let blocks: Vec<Value> = venue.blocks.iter().map(|block| rows_of(state, block)).collect();
            let side = |side: Option<Side>| side.map_or("", Side::as_str);
            let typed: Vec<String> = venue
                .blocks
                .iter()
                .map(|block| {
                    format!("{} | {} | {} | {}", block.name, block.row_count, block.seats_per_row, side(block.side))
                })
                .collect();
            let seats: u32 = venue.blocks.iter().map(SeatBlock::seat_count).sum();
            let standing: Vec<String> = state
                .seat_plan(id)
                .standing
                .iter()
                .filter_map(|line| Some(state.records.participations.get(*line)?.shown_name().to_owned()))
                .collect();
            context! { id, name => venue.name.as_str(), blocks, typed => typed.join("\n"), seats, standing }
        })
        .collect();
    let badges = state.records.participations.iter().filter(|(_, line)| !line.badge.is_empty()).count();
    context! { halls, badges, without => state.records.participations.iter().filter(|(_, line)| !line.is_group() && line.badge.is_empty()).count() }
}

/// A block as it is printed: each row with who sits in it, by unit.
fn rows_of(state: &Conference, block: &SeatBlock) -> Value {
    let list = state.protocol_list();
    let row = |number: u16| {
        let start = format!("{}{number}-", block.name);
        let here = list.iter().filter(|(_, line)| line.block == block.name && line.seat.starts_with(&start));
        let mut seats: Vec<(String, String)> =
            here.map(|(_, line)| (line.seat.replacen(&start, "", 1), line.shown_name().to_owned())).collect();
        seats.sort();
        let people: Vec<Value> = seats.into_iter().map(|(seat, name)| context! { seat, name }).collect();
        context! { name => format!("{}{number}", block.name), people }
    };
    let rows: Vec<Value> = (1..=block.row_count).map(row).collect();
    context! { name => block.name.as_str(), rows, side => block.side.map(Side::as_str) }
}

/// What is done to the seats.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Assign {
        id: Id,
        #[serde(default)]
        blocks: String,
    },
    Badges {},
}

/// `POST /hoi-nghi/{id}/cho-ngoi`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    here(&office, &visitor, id, RUN).await?;
    let context = visitor.context();
    match asked(fields)? {
        Act::Assign { id: venue, blocks } => {
            seats::assign(&office, &context, id, venue, read_blocks(&blocks)?).await?;
        }
        Act::Badges {} => drop(seats::give_badges(&office, &context, id).await?),
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/cho-ngoi")))
}

/// `A | 4 | 12 | guest`: block, rows, seats in a row, for whom; one line each.
fn read_blocks(text: &str) -> Result<Vec<SeatBlock>> {
    let mut typed = Typed::default();
    let block = |line: String| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
        SeatBlock {
            name: Typed::words(cell(0)),
            row_count: typed.number("blocks", cell(1)).unwrap_or_default(),
            seats_per_row: typed.number("blocks", cell(2)).unwrap_or_default(),
            side: typed.chosen("blocks", cell(3), side),
        }
    };
    let blocks = Typed::lines(text).into_iter().map(block).collect();
    typed.done()?;
    Ok(blocks)
}

fn side(text: &str) -> Option<Side> {
    match domain::vietnamese::fold(text).as_str() {
        "khach" | "khach moi" => Some(Side::Guest),
        "ban to chuc" | "don vi to chuc" => Some(Side::Host),
        "dai bieu" => Some(Side::Delegate),
        other => Side::parse(other),
    }
}

/// Which sheet.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    trang: usize,
}

/// `GET /hoi-nghi/{id}/the`: a sheet of badges, printed from the browser.
pub async fn badges(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, RUN).await?;
    let (organiser, all) = {
        let state = here.hall.state().await;
        (state.head.organiser_name.clone(), seats::badges(&state))
    };
    let Paged { rows: shown, page, page_count } = Paged::of(&all, asked.trang, BADGE_COUNT);
    let badge = |badge: &documents::pdf::Badge| -> Result<Value> {
        let code = documents::qr::svg(&badge.code).map_err(Error::inside)?;
        // The picture alone: an XML head has no place inside a page.
        let code = code.find("<svg").map_or("", |start| &code[start..]).to_owned();
        Ok(context! {
            name => badge.name.as_str(), post => badge.post.as_str(), unit => badge.unit.as_str(), role => badge.role.as_str(),
            seat => badge.seat.as_str(), code => badge.code.as_str(), qr => Value::from_safe_string(code),
        })
    };
    let rows: Vec<Value> = shown.into_iter().map(badge).collect::<Result<_>>()?;
    let values = context! { rows, organiser, count => all.len(), page, page_count };
    Ok(here.page("conference/badges.html", "plan", visitor, values))
}

/// `GET /hoi-nghi/{id}/the.pdf`: every badge, eight to a sheet.
pub async fn badges_pdf(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    here(&office, &visitor, id, RUN).await?;
    let bytes = seats::write_badges(&office, &visitor.context(), id).await?;
    let headers = [(header::CONTENT_TYPE, "application/pdf"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, bytes).into_response())
}
