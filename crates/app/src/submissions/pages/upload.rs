//! `/nop-tep`: many workbooks at once, each with its verdict and a marked copy to mend.

use std::{path::PathBuf, sync::Arc};

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result, secrets,
        web::{CsrfUpload, Page, Serde, context},
    },
    submissions::{
        bulk::Keep,
        sources::Sources,
        workbooks::{self, FileReport, Terms},
    },
};

/// `GET /nop-tep`.
pub async fn show(visitor: Visitor) -> Result<Page> {
    visitor.require_somewhere(Right::EnterFigures)?;
    Ok(draw(visitor, &[], ""))
}

fn draw(visitor: Visitor, reports: &[FileReport], token: &str) -> Page {
    let accepted = reports.iter().filter(|report| report.accepted).count();
    let values = context! {
        reports => Serde(reports),
        accepted => accepted,
        refused => reports.len() - accepted,
        token => token,
    };
    Page::new("submissions/upload.html", visitor, values)
}

/// `POST /nop-tep`: the verdicts on the same page; the copies wait under an address that only this answer knows.
pub async fn act(State(office): State<Office>, visitor: Visitor, upload: CsrfUpload) -> Result<Page> {
    visitor.require_somewhere(Right::EnterFigures)?;
    if upload.files.is_empty() {
        return Err(Error::refused("no_file", "Hãy chọn ít nhất một tệp rồi gửi lại."));
    }
    let token = secrets::token()?;
    let (context, sender) = (visitor.context(), visitor.clone());
    let terms = Terms {
        mark_into: Some(folder(&office, &token)),
        reason: upload.fields.get("reason").cloned().unwrap_or_default(),
        permitted: Some(Arc::new(move |unit: &str| sender.may(Right::EnterFigures, unit))),
        ..Terms::plain(Keep::Stored)
    };
    let files = upload.files.into_iter().map(|file| (file.name, file.bytes.to_vec())).collect();
    let mut reports = workbooks::import(&office, &context, Sources::in_memory(files), &terms, |_| {}).await?;
    for report in &mut reports {
        report.marked = report.marked.rsplit('/').next().unwrap_or_default().to_owned();
    }
    Ok(draw(visitor, &reports, &token))
}

/// `GET /nop-tep/{token}/{name}`: a marked copy.
pub async fn marked(
    State(office): State<Office>,
    visitor: Visitor,
    Path((token, name)): Path<(String, String)>,
) -> Result<Response> {
    visitor.require_somewhere(Right::EnterFigures)?;
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['/', '\\']);
    if !is_plain(&token) || !is_plain(&name) {
        return Err(Error::NotFound("tệp này".to_owned()));
    }
    let bytes = tokio::fs::read(folder(&office, &token).join(&name)).await;
    let bytes = bytes.map_err(|_| Error::NotFound("tệp này".to_owned()))?;
    Ok(super::download("bieu-mau-co-nhan-xet.xlsx", bytes))
}

fn folder(office: &Office, token: &str) -> PathBuf {
    office.folder().join("files").join("marked").join(token)
}
