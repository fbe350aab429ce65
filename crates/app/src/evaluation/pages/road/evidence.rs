//! Evidence files in, and out again as what they are.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use domain::{Reason, Refusal};

use super::own_units;
use crate::{
    evaluation::road::{Task, evidence, queries},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfUpload, file},
    },
};

/// `POST /cham-diem/{id}/minh-chung`: files for one line of a unit's sheet.
pub async fn attach(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    upload: CsrfUpload,
) -> Result<Redirect> {
    let field = |name: &str| upload.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let (unit, line) = (field("unit"), field("line"));
    visitor.require(Right::EnterFigures, &unit)?;
    if upload.files.is_empty() {
        return Err(Error::refused("no_file", "Hãy chọn tệp PDF, DOCX hoặc ảnh quét rồi gửi lại."));
    }
    let units = own_units(&visitor);
    let task = Task { round: id, unit: &unit, units: &units };
    let mut reasons: Vec<Reason> = Vec::new();
    for file in upload.files {
        let content = (file.name.as_str(), file.bytes.to_vec());
        match evidence::attach(&office, &visitor.context(), task, &line, content).await {
            Ok(_) => {}
            Err(Error::Refused(refusal)) => reasons.extend(
                refusal
                    .reasons
                    .into_iter()
                    .map(|reason| Reason { message: format!("{}: {}", file.name, reason.message), ..reason }),
            ),
            Err(error) => return Err(error),
        }
    }
    Refusal::unless_empty(reasons)?;
    Ok(Redirect::to(&format!("/cham-diem/{id}/tu-cham/{unit}?trang={}#{line}", field("trang"))))
}

/// `GET /cham-diem/{id}/minh-chung/{unit}/{file}`: PDF and scans open in the browser, Word files are saved.
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit, sha256)): Path<(i64, String, String)>,
) -> Result<Response> {
    let is_reader = visitor.may(Right::ReadUnit, &unit);
    if !is_reader && queries::assigned(&office, id, &unit, &own_units(&visitor)).await?.is_none() {
        return Err(Error::Forbidden);
    }
    let stored = evidence::open(&office, id, &unit, &sha256).await?;
    Ok(file(stored.kind, &stored.name, stored.bytes))
}
