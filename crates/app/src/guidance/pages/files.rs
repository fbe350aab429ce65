//! `/van-ban/{document}/tep`: files in, and out again as what they are.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};

use super::row;
use crate::{
    guidance::{operations::files, queries},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfUpload, file},
    },
};

/// So many files come in at once.
const FILE_COUNT_MAX: usize = 10;

/// `POST /van-ban/{document}/tep`.
pub async fn attach(
    State(office): State<Office>,
    visitor: Visitor,
    Path(slug): Path<String>,
    upload: CsrfUpload,
) -> Result<Redirect> {
    let register = queries::register(&office).await?;
    let known = row(&register, &visitor, &slug)?;
    // The full text of a law that ships with the program may be kept by any office that keeps a register.
    if known.unit_code.is_empty() {
        visitor.require_somewhere(Right::KeepRegister)?;
    } else {
        visitor.require(Right::KeepRegister, &known.unit_code)?;
    }
    if upload.files.is_empty() {
        return Err(Error::refused("no_file", "Hãy chọn tệp PDF, DOCX hoặc ảnh quét rồi gửi lại."));
    }
    if upload.files.len() > FILE_COUNT_MAX {
        let message = format!("Mỗi lần gửi nhiều nhất {FILE_COUNT_MAX} tệp; hãy gửi thành nhiều lần.");
        return Err(Error::refused("too_many_files", message));
    }
    let mut reasons = Vec::new();
    for file in upload.files {
        let done = files::attach(&office, &visitor.context(), &slug, &file.name, file.bytes.to_vec()).await;
        match done {
            Ok(_) => {}
            Err(Error::Refused(refusal)) => {
                reasons.extend(
                    refusal.reasons.into_iter().map(|reason| domain::Reason {
                        message: format!("{}: {}", file.name, reason.message),
                        ..reason
                    }),
                );
            }
            Err(error) => return Err(error),
        }
    }
    domain::Refusal::unless_empty(reasons)?;
    Ok(Redirect::to(&format!("/van-ban/{slug}#tep")))
}

/// `GET /van-ban/{document}/tep/{file}`: PDF and scans open in the browser, shut in a sandbox; Word files are saved.
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    Path((slug, sha256)): Path<(String, String)>,
) -> Result<Response> {
    let register = queries::register(&office).await?;
    row(&register, &visitor, &slug)?;
    let stored = files::open(&office, &slug, &sha256).await?;
    Ok(file(stored.kind, &stored.name, stored.bytes))
}
