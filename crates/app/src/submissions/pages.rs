//! The room's pages: the officer's board, the form, the upload, the school's own view. Each reads its form, calls one
//! verb, and redirects or draws.

pub mod board;
pub mod clusters;
pub mod form;
pub mod school;
pub mod upload;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// The kind of an Excel workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook to be saved by the browser; the name is ASCII.
fn download(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
