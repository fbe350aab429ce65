//! What is said: the content of official documents before it is bytes.
//!
//! A [`Document`] is the one model from which the web preview, DOCX, PDF and plain text are drawn, so that a number
//! cannot differ between them. Layout (margins, sizes, rules) belongs to the `documents` crate; words, numbers, order
//! and numbering belong here. Source of the parts and their order: Decree 30/2020/NĐ-CP, annexes I and III.

mod block;
mod certificate;
mod document;
mod figure;
mod flow;
mod kind;
mod marks;
pub mod markup;
pub mod narrative;
mod numbering;
mod opening;
pub mod paper;
pub mod reading_time;
pub mod reference;
pub mod sample;
pub mod signing;
pub mod summary;
mod text;
pub mod volume;

pub use crate::organisation::people::SigningCapacity;
pub use block::{
    Align, Block, Cell, Chart, ChartKind, Column, Emphasis, Heading, Orientation, Place, Row, RowKind, Run, Series,
    Table,
};
pub use certificate::{Certificate, PlacedText};
pub use document::{Annex, AnnexForm, Document, Issuer, Language, MOTTO, NATIONAL_NAME, Signature};
pub use figure::{FigureForm, FigureReference, MISSING};
pub use flow::Printed;
pub use kind::{DocumentKind, Form};
pub use marks::{Circulation, Mark, Marks, Urgency};
pub use numbering::{HeadingRank, Numbering, point_letter};
pub use opening::{AnnexOpening, Closing, Head, Opening, PARTY_NAME, SignatureLines};

#[cfg(test)]
mod tests;
