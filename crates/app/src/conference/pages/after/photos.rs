//! `/hoi-nghi/{id}/anh`: pictures with their captions, each of an item of the programme.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason, Refusal,
    conference::{EntryKind, Media},
    vietnamese::normalise,
};

use super::super::{here, removal};
use crate::{
    conference::{
        WRITE,
        operations::{self, packet},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{CsrfUpload, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/anh`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let may_write = visitor.may(WRITE, &here.listed.unit_code);
    let values = {
        let state = here.hall.state().await;
        let title = |item: Option<u32>| {
            item.and_then(|id| state.records.items.get(id)).map(|item| item.shown_title().to_owned())
        };
        let photos: Vec<Value> = state
            .records
            .media
            .iter()
            .map(|(number, media)| {
                context! {
                    number, caption => media.caption.as_str(), credit => media.credit.as_str(), sha256 => media.sha256.as_str(),
                    item => title(media.item),
                }
            })
            .collect();
        let items: Vec<(u32, String)> =
            state.programme().map(|(id, item)| (id, item.shown_title().to_owned())).collect();
        context! { photos, items => Serde(&items), may_write }
    };
    Ok(here.page("conference/photos.html", "record", visitor, values))
}

/// `POST /hoi-nghi/{id}/anh`: pictures in, or one out.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    upload: CsrfUpload,
) -> Result<Redirect> {
    here(&office, &visitor, id, WRITE).await?;
    let context = visitor.context();
    let back = Redirect::to(&format!("/hoi-nghi/{id}/anh"));
    if let Some(removal) = removal(&upload, EntryKind::Media)? {
        operations::command(&office, &context, id, removal).await?;
        return Ok(back);
    }
    let caption = normalise(upload.field("caption"));
    let mut reasons = Vec::new();
    if caption.is_empty() {
        reasons.push(Reason::new("no_caption", "Hãy ghi chú thích: ai, việc gì trong ảnh.").at("caption"));
    }
    if upload.files.is_empty() {
        reasons.push(Reason::new("no_file", "Hãy chọn ảnh JPEG hoặc PNG.").at("files"));
    }
    Refusal::unless_empty(reasons)?;
    let item = upload.field("item").parse().ok();
    for file in &upload.files {
        let media =
            Media { caption: caption.clone(), credit: normalise(upload.field("credit")), item, ..Media::default() };
        packet::add_photo(&office, &context, id, media, file.bytes.to_vec()).await?;
    }
    Ok(back)
}

/// `GET /hoi-nghi/{id}/anh/{file}`.
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, sha256)): Path<(i64, String)>,
) -> Result<Response> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let bytes = packet::photo_of(&office, &*here.hall.state().await, &sha256).await?;
    Ok(jpeg(bytes, "private, max-age=3600"))
}

/// A picture on its way out. Its address is its hash, so it never changes.
pub(super) fn jpeg(bytes: Vec<u8>, kept: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, kept)], bytes).into_response()
}
