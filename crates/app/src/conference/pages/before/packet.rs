//! `/hoi-nghi/{id}/tai-lieu`: the packet of documents — files in, who may read each, files out.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use domain::conference::{EntryKind, HandOut, Id, Readers};

use super::{
    super::{here, removal, typed::Typed},
    levels,
};
use crate::{
    conference::{
        RUN,
        operations::{self, packet},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfUpload, Page, Value, context, file},
    },
};

/// `GET /hoi-nghi/{id}/tai-lieu`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let rows: Vec<Value> = {
        let state = here.hall.state().await;
        let papers = state.records.hand_outs.iter();
        papers
            .map(|(number, paper)| {
                let readers =
                    state.records.participations.iter().filter(|(_, line)| paper.may_be_read_by(line)).count();
                context! {
                    number, title => paper.title.as_str(), name => paper.file_name.as_str(), address => paper.address.as_str(),
                    readers => paper.readers.as_str(), level => paper.level.map(|level| level.abbreviation()),
                    reader_count => readers, has_file => !paper.sha256.is_empty(),
                }
            })
            .collect()
    };
    Ok(here.page("conference/packet.html", "plan", visitor, context! { rows, levels => levels() }))
}

/// `POST /hoi-nghi/{id}/tai-lieu`: files in, or one out of the packet.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    upload: CsrfUpload,
) -> Result<Redirect> {
    here(&office, &visitor, id, RUN).await?;
    let context = visitor.context();
    let back = Redirect::to(&format!("/hoi-nghi/{id}/tai-lieu"));
    if let Some(removal) = removal(&upload, EntryKind::HandOut)? {
        operations::command(&office, &context, id, removal).await?;
        return Ok(back);
    }
    let mut typed = Typed::default();
    let paper = HandOut {
        title: Typed::words(upload.field("title")),
        readers: typed.chosen("readers", upload.field("readers"), Readers::parse).unwrap_or_default(),
        level: typed.level("level", upload.field("level")),
        ..HandOut::default()
    };
    typed.done()?;
    if upload.files.is_empty() {
        return Err(Error::refused("no_file", "Hãy chọn tệp PDF, DOCX hoặc ảnh rồi gửi lại."));
    }
    for file in &upload.files {
        packet::add(&office, &context, id, paper.clone(), (&file.name, file.bytes.to_vec())).await?;
    }
    Ok(back)
}

/// `GET /hoi-nghi/{id}/tai-lieu/{number}`.
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, number)): Path<(i64, Id)>,
) -> Result<Response> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let paper = here.hall.state().await.records.hand_outs.get(number).cloned();
    let paper = paper.ok_or_else(|| Error::NotFound("tài liệu này".to_owned()))?;
    // What only the presidium reads is not for every reader of the unit.
    if paper.readers == Readers::Presidium && !here.runs {
        return Err(Error::Forbidden);
    }
    let stored = packet::open(&office, &paper).await?;
    Ok(file(stored.kind, &stored.name, stored.bytes))
}
