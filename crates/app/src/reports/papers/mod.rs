//! Papers of the year: from what an officer typed to content in the layout of the decree.
//!
//! A wording template (shipped in `data/wording`, or the office's own version) says what is asked for and how it is
//! worded; [`filling`] fills it in, where it can reach nothing but the content handed to it; `domain::reports::markup`
//! reads what it says. The summary report comes among them by adoption ([`adopted`]). Verbs: `create`, `change`, `rewrite_wording`, `save`. States after the draft are signing's.

mod adopted;
mod draw;
mod filling;
mod frame;
mod issued;
pub mod operations;
pub mod pages;
pub mod queries;
mod store;
mod wordings;

pub use draw::{Bundle, boxed_letters, draw, write};
pub use issued::Issued;
pub use wordings::{CurrentWording, find, shipped};
