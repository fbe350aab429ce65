//! What is true: the law and the arithmetic of a school year, with no clock, no randomness, no SQL and no HTML.
//!
//! The modules are the rooms of the house, in the order in which a year passes through them.

pub mod awards;
pub mod conference;
pub mod evaluation;
pub mod figures;
pub mod guidance;
pub mod organisation;
pub mod reports;
pub mod school_year;
pub mod submissions;
pub mod vietnamese;

mod level;
mod refusal;
mod source;

pub use level::{Level, Ownership};
pub use refusal::{Reason, Refusal};
pub use source::{Confidence, Label, Source};
