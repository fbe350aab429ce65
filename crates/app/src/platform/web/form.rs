//! Forms: read only with the token that the page was given, so that no other site can send them for the visitor.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request},
    http::HeaderMap,
};
use serde::de::DeserializeOwned;

use crate::{
    identity::Visitor,
    platform::{Error, Result},
};

/// The name of the field that carries the token; htmx may send it as the header `X-CSRF-Token`.
const FIELD: &str = "csrf";
const HEADER: &str = "x-csrf-token";

/// A form whose token was right. Repeated fields become a `Vec`, left-out ones need `#[serde(default)]`.
#[derive(Clone, Debug)]
pub struct CsrfForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest<crate::office::Office> for CsrfForm<T> {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, state: &crate::office::Office) -> Result<Self> {
        let visitor = Visitor::of(request.extensions())?;
        let in_header = token_in_header(request.headers());
        let body = Bytes::from_request(request, state).await.map_err(unreadable)?;
        let pairs: Vec<(String, String)> = serde_html_form::from_bytes(&body).map_err(unreadable)?;
        let in_field = pairs.into_iter().find_map(|(name, value)| (name == FIELD).then_some(value));
        visitor.check_csrf(in_field.or(in_header).as_deref())?;
        Ok(Self(serde_html_form::from_bytes(&body).map_err(unreadable)?))
    }
}

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// The form's field.
    pub field: String,
    /// The name that the visitor's machine gave it: for messages only, never for a path.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// A form with files (`multipart/form-data`) whose token was right; the token's field stands before the files.
#[derive(Clone, Debug)]
pub struct CsrfUpload {
    /// Fields that are not files.
    pub fields: BTreeMap<String, String>,
    /// The files, in the order sent; a file field left empty is not among them.
    pub files: Vec<UploadedFile>,
}

impl CsrfUpload {
    /// What a field says, trimmed; empty where it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str).trim()
    }
}

impl FromRequest<crate::office::Office> for CsrfUpload {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, state: &crate::office::Office) -> Result<Self> {
        let visitor = Visitor::of(request.extensions())?;
        let in_header = token_in_header(request.headers());
        let mut parts = Multipart::from_request(request, state).await.map_err(unreadable)?;
        let mut upload = Self { fields: BTreeMap::new(), files: Vec::new() };
        let mut is_trusted = in_header.is_some_and(|token| visitor.check_csrf(Some(&token)).is_ok());
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    if !is_trusted {
                        return Err(visitor.check_csrf(None).err().unwrap_or(Error::Forbidden));
                    }
                    let bytes = part.bytes().await.map_err(unreadable)?;
                    if !(name.is_empty() && bytes.is_empty()) {
                        upload.files.push(UploadedFile { field, name, bytes });
                    }
                }
                None => {
                    let value = part.text().await.map_err(unreadable)?;
                    if field == FIELD {
                        visitor.check_csrf(Some(&value))?;
                        is_trusted = true;
                    }
                    upload.fields.insert(field, value);
                }
            }
        }
        if is_trusted { Ok(upload) } else { Err(visitor.check_csrf(None).err().unwrap_or(Error::Forbidden)) }
    }
}

fn token_in_header(headers: &HeaderMap) -> Option<String> {
    csrf_token(headers).map(str::to_owned)
}

/// The token in the header of a request whose body is no form.
pub(crate) fn csrf_token(headers: &HeaderMap) -> Option<&str> {
    headers.get(HEADER)?.to_str().ok()
}

fn unreadable(fault: impl std::fmt::Display) -> Error {
    tracing::info!(%fault, "form could not be read");
    Error::refused(
        "unreadable_form",
        format!("Không đọc được nội dung vừa gửi: {fault}. Xin quay lại trang và gửi lại."),
    )
}
