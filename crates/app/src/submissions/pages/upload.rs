//! `/nop-tep`: many workbooks at once, each with its verdict and a marked copy to mend.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        jobs::status,
        secrets,
        web::{CsrfUpload, Page, Serde, context},
    },
    submissions::{
        bulk::Keep,
        jobs, marked as copies,
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

/// `POST /nop-tep`: the verdicts on the same page, whose copies wait under an address that only this answer knows; a
/// large sending becomes a job with a page of its own.
pub async fn act(State(office): State<Office>, visitor: Visitor, upload: CsrfUpload) -> Result<Response> {
    visitor.require_somewhere(Right::EnterFigures)?;
    if upload.files.is_empty() {
        return Err(Error::refused("no_file", "Hãy chọn ít nhất một tệp rồi gửi lại."));
    }
    let reason = upload.fields.get("reason").cloned().unwrap_or_default();
    let files: Vec<(String, Vec<u8>)> = upload.files.into_iter().map(|file| (file.name, file.bytes.to_vec())).collect();
    let context = visitor.context();
    let sources = Sources::in_memory(files.clone());
    if sources.file_count() > jobs::FILES_AT_ONCE_MAX {
        let units = visitor.units_with(Right::EnterFigures).into_iter().map(str::to_owned).collect();
        let id = jobs::put_aside(&office, &context, files, reason, units).await?;
        return Ok(Redirect::to(&format!("/nop-tep/cong-viec/{id}")).into_response());
    }
    let token = secrets::token()?;
    let sender = visitor.clone();
    let terms = Terms {
        mark_into: Some(copies::folder(&office, &token)),
        reason,
        permitted: Some(Arc::new(move |unit: &str| sender.may(Right::EnterFigures, unit))),
        ..Terms::plain(Keep::Stored)
    };
    let mut reports = workbooks::import(&office, &context, sources, &terms, |_| {}).await?;
    reports.iter_mut().for_each(FileReport::hide_folder);
    Ok(draw(visitor, &reports, &token).into_response())
}

/// `GET /nop-tep/cong-viec/{job}`: how far a large sending is, then what became of it.
pub async fn job(State(office): State<Office>, visitor: Visitor, Path(job): Path<i64>) -> Result<Page> {
    let status = status(office.db(), job).await?.filter(|status| status.kind == jobs::IMPORT);
    let status = status.ok_or_else(|| Error::NotFound("lần nộp tệp này".to_owned()))?;
    let is_own = visitor.signed_in()?.user_name == status.asked_by;
    if !is_own {
        return Err(Error::NotFound("lần nộp tệp này".to_owned()));
    }
    let result: Option<serde_json::Value> = serde_json::from_str(&status.result).ok();
    let values = context! {
        job => job,
        status => Serde(&status),
        is_over => status.is_over(),
        result => Serde(&result),
    };
    Ok(Page::new("submissions/job.html", visitor, values))
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
    let bytes = tokio::fs::read(copies::folder(&office, &token).join(&name)).await;
    let bytes = bytes.map_err(|_| Error::NotFound("tệp này".to_owned()))?;
    Ok(super::download("bieu-mau-co-nhan-xet.xlsx", bytes))
}
