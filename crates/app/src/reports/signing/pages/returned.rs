//! Files that come back: the signed PDF to be attached, the edited Word file to be compared and taken over.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use documents::{
    attachment::Kind,
    compare::Change,
    signature::{Revocation, SignatureReport},
};
use minijinja::Value;
use serde::{Deserialize, Serialize};

use super::paper;
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result, clock,
        web::{CsrfForm, CsrfUpload, Page, Serde, UploadedFile, Visitor, context, file},
    },
    reports::{
        papers::queries::Paper,
        signing::{queries::SignedFile, signed_files, word},
    },
};

/// Changes shown at once; the others are counted.
const SHOWN_MAX: usize = 50;

/// Characters of a changed text that are shown.
const WORDS_MAX: usize = 200;

/// Which revision of a paper takes the words over.
#[derive(Debug, Deserialize)]
pub struct TakeOverForm {
    #[serde(default)]
    revision: i64,
}

/// A change as a person reads it.
#[derive(Debug, Serialize)]
struct ChangeLine<'a> {
    kind: &'static str,
    at: &'a str,
    from: String,
    to: String,
    is_left: bool,
}

/// `POST /van-kien/{year}/{id}/ban-ky`: the signed PDF.
pub async fn attach(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
    upload: CsrfUpload,
) -> Result<Redirect> {
    let paper = paper(&office, &year, id).await?;
    if !visitor.may(Right::WriteReport, &paper.unit) {
        visitor.require(Right::SignPapers, &paper.unit)?;
    }
    let file = only_file(upload)?;
    signed_files::attach(&office, &visitor.context(), id, &file.name, file.bytes.to_vec()).await?;
    Ok(Redirect::to(&format!("/van-kien/{year}/{id}/duyet#ban-ky")))
}

/// `GET /van-kien/{year}/{id}/ban-ky/{file}`: the same, handed out as it came.
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id, sha256)): Path<(String, i64, String)>,
) -> Result<Response> {
    let paper = paper(&office, &year, id).await?;
    visitor.require(Right::ReadUnit, &paper.unit)?;
    let (known, bytes) = signed_files::open(&office, id, &sha256).await?;
    Ok(file(Kind::Pdf, &known.name, bytes))
}

/// `POST /van-kien/{year}/{id}/ban-word`: a draft that was edited in Word.
pub async fn receive(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
    upload: CsrfUpload,
) -> Result<Redirect> {
    writers(&office, &visitor, &year, id).await?;
    let file = only_file(upload)?;
    let sha256 = word::receive(&office, &visitor.context(), id, &file.name, file.bytes.to_vec()).await?;
    Ok(Redirect::to(&format!("/van-kien/{year}/{id}/ban-word/{sha256}")))
}

/// `GET /van-kien/{year}/{id}/ban-word/{file}`: what the file would change in the draft as it stands.
pub async fn compare(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id, sha256)): Path<(String, i64, String)>,
) -> Result<Page> {
    let paper = writers(&office, &visitor, &year, id).await?;
    let edits = word::edits(&office, id, &sha256).await?;
    let lines = edits.changes.iter().enumerate().map(|(at, change)| line(change, edits.left.contains(&at)));
    let values = context! {
        year => year.clone(),
        id,
        sha256,
        subject => paper.subject.clone(),
        revision => paper.revision,
        file => Serde(&edits.file),
        changes => Serde(lines.take(SHOWN_MAX).collect::<Vec<_>>()),
        further => edits.changes.len().saturating_sub(SHOWN_MAX),
        left_count => edits.left.len(),
        taken_count => edits.changes.len() - edits.left.len(),
    };
    Ok(Page::new("papers/word.html", visitor, values)
        .crumb(year.clone(), format!("/nam-hoc/{year}"))
        .crumb(paper.subject, format!("/van-kien/{year}/{id}/duyet")))
}

/// `POST /van-kien/{year}/{id}/ban-word/{file}`: takes the words over.
pub async fn take_over(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id, sha256)): Path<(String, i64, String)>,
    CsrfForm(form): CsrfForm<TakeOverForm>,
) -> Result<Redirect> {
    writers(&office, &visitor, &year, id).await?;
    word::take_over(&office, &visitor.context(), id, &sha256, form.revision).await?;
    Ok(Redirect::to(&format!("/van-kien/{year}/{id}")))
}

/// The paper, for those who write it.
async fn writers(office: &Office, visitor: &Visitor, year: &str, id: i64) -> Result<Paper> {
    let paper = paper(office, year, id).await?;
    visitor.require(Right::WriteReport, &paper.unit)?;
    Ok(paper)
}

fn only_file(upload: CsrfUpload) -> Result<UploadedFile> {
    let mut files = upload.files.into_iter();
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(file),
        (None, _) => Err(Error::refused("no_file", "Hãy chọn tệp rồi gửi lại.")),
        _ => Err(Error::refused("too_many_files", "Mỗi lần gửi một tệp.")),
    }
}

fn line(change: &Change, is_left: bool) -> ChangeLine<'_> {
    let line = |kind, at, from: &str, to: &str| ChangeLine { kind, at, from: short(from), to: short(to), is_left };
    match change {
        Change::Words { at, from, to, .. } => line("words", at, from, to),
        Change::Moved { text, .. } => line("moved", "", "", text),
        Change::Added { text, .. } => line("added", "", "", text),
        Change::Removed { text, .. } => line("removed", "", text, ""),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(WORDS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.replace('\t', " | "),
    }
}

/// A signed file as templates read it.
pub(super) fn signed_file(file: &SignedFile) -> Result<Value> {
    let signatures: Vec<Value> = file.reports()?.iter().map(signature).collect();
    Ok(context! {
        sha256 => file.sha256.clone(),
        name => file.name.clone(),
        byte_count => file.byte_count,
        attached_at => file.attached_at.clone(),
        attached_by => file.attached_by.clone(),
        signatures,
        is_accepted => file.is_accepted()?,
    })
}

fn signature(report: &SignatureReport) -> Value {
    let is_of_stranger = report.reasons.iter().any(|reason| reason.code == "untrusted");
    let trust = match report.trusted {
        true => "trusted",
        false if is_of_stranger => "stranger",
        false if matches!(report.revocation, Revocation::Revoked { .. }) => "revoked",
        false => "out-of-force",
    };
    let (revocation, as_of) = match report.revocation {
        Revocation::NotChecked => ("unasked", None),
        Revocation::Standing { as_of } => ("standing", Some(as_of)),
        Revocation::Revoked { on } => ("revoked", Some(on)),
    };
    context! {
        revocation,
        revocation_day => as_of.map(|day| clock::in_vietnam(day).date().to_string()),
        signer => report.signer.clone(),
        issuer => report.issuer.clone(),
        is_timestamp => report.is_timestamp,
        signed_at => report.signed_at.map(|at| at.to_string()),
        covers_whole => report.covers_whole_document,
        trust,
        reasons => Serde(&report.reasons),
    }
}
