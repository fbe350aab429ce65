//! A page as a handler returns it: a template, its values, who reads it.

use super::{Crumb, Serde, Value, context, templates};
use crate::{identity::Visitor, platform::Result};
use axum::{
    Extension,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// A page to be drawn in the visitor's language inside the frame (or a piece of one, for htmx).
#[derive(Clone, Debug)]
pub struct Page {
    template: &'static str,
    visitor: Visitor,
    values: Value,
    crumbs: Vec<Crumb>,
    status: StatusCode,
}

impl Page {
    /// The page that this template draws from these values.
    pub fn new(template: &'static str, visitor: Visitor, values: Value) -> Self {
        Self { template, visitor, values, crumbs: Vec::new(), status: StatusCode::OK }
    }

    /// Adds a step to the way that led here, outermost first; the page itself is not a step.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// The page with another status, for a form that is shown again with its faults (422).
    #[must_use]
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The page's HTML.
    pub fn render(&self) -> Result<String> {
        let ours = context! {
            visitor => self.visitor.values(),
            frame => Serde(self.visitor.frame()),
            crumbs => Serde(&self.crumbs),
        };
        let values = context! { ..self.values.clone(), ..ours };
        templates::render(self.visitor.language(), self.template, values)
    }
}

/// Goes with the answer, not over the wire: which template drew it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnBy(pub &'static str);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        match self.render() {
            Ok(html) => {
                let by = Extension(DrawnBy(self.template));
                (self.status, [(header::CACHE_CONTROL, "no-store")], by, Html(html)).into_response()
            }
            Err(error) => error.into_response(),
        }
    }
}
