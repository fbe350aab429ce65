//! A kept file on its way out: PDF and scans open in the browser, shut in a sandbox; Word files are saved.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use documents::attachment::Kind;

/// The answer that hands out a file that people brought.
pub fn file(kind: Kind, name: &str, bytes: Vec<u8>) -> Response {
    let way = if kind == Kind::Docx { "attachment" } else { "inline" };
    let encoded: String = name.bytes().map(percent).collect();
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("{way}; filename*=UTF-8''{encoded}")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
