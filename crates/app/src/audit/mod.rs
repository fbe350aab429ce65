//! Who did what, when, why: one line for every change, written in the change's own transaction. Anyone may write here.

mod store;

pub use store::{latest, since, write};
