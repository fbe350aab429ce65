//! Forms: read only with the token that the page was given, so that no other site can send them for the visitor.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{HeaderMap, StatusCode},
};
use fluent_bundle::FluentArgs;
use serde::de::DeserializeOwned;

use super::{route::BodyLimit, wording};
use crate::{
    identity::Visitor,
    platform::{Error, Language, Result},
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
        let reader = Reader::of(&request, &visitor);
        let body = Bytes::from_request(request, state).await.map_err(|fault| reader.fault(fault.status(), &fault))?;
        let unreadable = |fault: serde_html_form::de::Error| reader.fault(StatusCode::BAD_REQUEST, &fault);
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
        let reader = Reader::of(&request, &visitor);
        let parts = Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|fault| reader.fault(fault.status(), &fault))?;
        let unreadable = |fault: MultipartError| reader.fault(fault.status(), &fault);
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

/// Says why a body could not be read, in the visitor's language.
struct Reader {
    language: Language,
    limit: BodyLimit,
}

impl Reader {
    fn of(request: &Request<Body>, visitor: &Visitor) -> Self {
        let limit = request.extensions().get::<BodyLimit>().copied().unwrap_or_default();
        Self { language: visitor.language(), limit }
    }

    /// A body over the route's limit is told with the limit and the mend; anything else was cut off on its way or made by
    /// no page of ours.
    fn fault(&self, status: StatusCode, fault: &dyn std::fmt::Display) -> Error {
        tracing::info!(%fault, "form could not be read");
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            let mut arguments = FluentArgs::new();
            arguments.set("limit", self.limit.0 >> 20);
            let words = wording::message(self.language, "body-too-large", Some(&arguments));
            return Error::refused("too_large", words.unwrap_or_default());
        }
        Error::refused("unreadable_form", wording::text(self.language, "body-unreadable"))
    }
}
