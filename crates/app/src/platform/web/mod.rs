//! The web frame: every page, form and error of every room passes through here.
//!
//! `welcome` finds out who calls and in which language, `admit` holds each route to its permission, [`Page`] draws,
//! [`CsrfForm`] reads, and an [`crate::platform::Error`] that a handler returns becomes a page that explains itself.

pub mod assets;
mod cookie;
pub mod english;
mod failure;
mod file;
mod form;
mod frame;
mod headers;
mod meter;
mod origin;
mod page;
mod paged;
mod route;
mod server;
pub mod status;
pub mod templates;
mod welcome;
pub mod wording;

pub use crate::identity::Visitor;
pub use cookie::Cookie;
pub(crate) use cookie::read as read_cookie;
pub use file::file;
pub(crate) use form::csrf_token;
pub use form::{CsrfForm, CsrfUpload, UploadedFile};
pub use frame::{Crumb, Frame};
pub use minijinja::{Value, context, value::Serde};
pub use origin::visitor_address;
pub use page::{DrawnBy, Page};
pub use paged::Paged;
pub use route::{Permission, Route};
pub use server::{router, serve, told_to_stop};
pub use welcome::RefusedByRoute;

#[cfg(test)]
mod tests;
