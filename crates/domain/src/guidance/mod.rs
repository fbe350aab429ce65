//! On what basis: the numbers of official documents, the citations in running text, what rests on what and until when.
//!
//! Two grammars stand side by side in one text, the state's (`136/KH-UBND`) and the Party's (`29-CTr/QU`), and both are
//! often badly typed. So there is a strict [`DocumentNumber`] for what we write, a tolerant [`read_number`] for what we
//! are given, and [`citations`] for whole paragraphs. Sources: Decree 30/2020/NĐ-CP, annexes I and III (numbers, kinds,
//! legal bases), articles 15 to 18 (registers).

pub mod citations;
mod document_type;
pub mod matching;
mod number;
pub mod pack;
mod relations;
mod series;

pub use document_type::DocumentType;
pub use number::{DocumentNumber, Grammar, NumberReading, Remark, is_party_body, read_number};
pub use relations::{Foundation, Lapse, Link, Manner, Network, Relation, Text};
pub use series::{BookLine, NumberingRule, Origin, SeriesFault, series_faults};
