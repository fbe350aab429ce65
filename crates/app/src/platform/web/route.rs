//! One line of the table of routes: where, for whom, what.

use axum::{
    Extension,
    extract::DefaultBodyLimit,
    handler::Handler,
    routing::{MethodRouter, get, post},
};

use crate::{identity::Right, office::Office};

/// Up to how many bytes a route takes, for the words of those who refuse more; 2 MB where it is not set.
#[derive(Clone, Copy, Debug)]
pub(super) struct BodyLimit(pub(super) usize);

impl Default for BodyLimit {
    fn default() -> Self {
        Self(2 << 20)
    }
}

/// Who may call a route at all; the handler then asks for the right at the very unit (`visitor.require`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Anyone.
    Public,
    /// Anyone signed in.
    SignedIn,
    /// Whoever holds this right at some unit.
    Holds(Right),
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with `{names}` of its parts.
    pub path: &'static str,
    /// Who may call it.
    pub permission: Permission,
    /// Its own part of `openapi.json`.
    pub(super) description: Option<fn() -> serde_json::Value>,
    pub(super) handler: MethodRouter<Office>,
}

impl Route {
    /// A route that reads.
    pub fn get<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, Office>,
        T: 'static,
    {
        Self { method: "GET", path, permission, description: None, handler: get(handler) }
    }

    /// A route that changes something.
    pub fn post<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, Office>,
        T: 'static,
    {
        Self { method: "POST", path, permission, description: None, handler: post(handler) }
    }

    /// The same route with its own words in `openapi.json`.
    #[must_use]
    pub fn described(self, description: fn() -> serde_json::Value) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The same route for bodies of up to so many bytes instead of 2 MB.
    #[must_use]
    pub fn body_bytes_max(self, bytes: usize) -> Self {
        let handler = self.handler.layer((Extension(BodyLimit(bytes)), DefaultBodyLimit::max(bytes)));
        Self { handler, ..self }
    }
}
