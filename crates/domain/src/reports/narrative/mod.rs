//! What the figures say by themselves: findings, and a sentence of official Vietnamese for each, which an officer keeps,
//! edits or drops.
//!
//! A [`Finding`] is a target met or missed, a notable change from the year before, or a place won or lost among the
//! sibling units. Its sentence comes from the [`Phrasebook`] (`data/reports/narrative.toml`) and holds no number of its
//! own: every one is a reference ([`super::reference`]). Where a figure is missing there is no finding, and no sentence.
//! Which way is better is the catalogue's word (`direction`); thresholds are defaults that an office may change.
//!
//! Order, everywhere: targets missed, targets met, changes for the worse, for the better, changes of size, places lost,
//! places won; within a kind the weightiest first (how many times its threshold), then in the catalogue's order.

mod draft;
mod finding;
mod phrasebook;

pub use draft::{Draft, drafts};
pub use finding::{Finding, FindingKind, Tone, findings};
pub use phrasebook::{Phrasebook, PhrasebookFault, Thresholds};

#[cfg(test)]
mod tests;
