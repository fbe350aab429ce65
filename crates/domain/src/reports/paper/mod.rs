//! Papers of the year: a wording template says which facts a kind of paper needs and how it words them; the facts are
//! checked here; what the template says becomes a [`Document`](super::Document).
//!
//! Templates are data (`data/wording/*.toml`) with their source and confidence; an office may keep its own version.
//! How a template is filled in is the business of the caller, who hands back text in [`super::markup`].

mod content;
mod field;
mod inputs;
mod wording;

pub use content::{Numbered, PaperContent, PaperFrame};
pub use field::{Field, FieldColumn, FieldType};
pub use inputs::{FieldValue, GAP, Inputs, check, check_draft, missing};
pub use wording::{BODY_LENGTH_MAX, Wording, WordingFault};

#[cfg(test)]
mod tests;
