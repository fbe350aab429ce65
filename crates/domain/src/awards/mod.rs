//! Who is honoured: award law as dated rule packs, dossiers checked clause by clause, quotas, the emulation council.
//!
//! [`pack`] reads and checks the packs, [`dossier`] says what is known of a nominee, [`check`] judges a dossier under the
//! pack of the day on which it was accepted: *passed*, *not passed* or *cannot tell*, each with its article, what was found
//! and what is asked. Nothing here decides: [`council`] counts what people voted, and people conclude.

pub mod check;
pub mod council;
pub mod dossier;
pub mod entry;
pub mod pack;
pub mod quota;
#[cfg(test)]
mod sample;
pub mod statistics;
#[cfg(test)]
mod tests;

pub use check::{ClauseAnswer, Judgement, Verdict, check};
pub use dossier::{AwardDossier, AwardHold, Facts};
pub use pack::RulePack;
