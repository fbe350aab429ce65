//! The road of a paper: draft → review → (returned with comments) → approved → signed; a signed one may be withdrawn.
//!
//! What is signed is what was approved: the content's hash is kept at approval and asked for at signing, so that nothing
//! slips in between. A signed paper never changes: a wrong content is replaced or amended by a paper of the same form, a
//! wrong layout is corrected by a letter (Decree 30/2020/NĐ-CP, article 18); both are papers of their own.

mod paper;
mod readiness;
mod state;

#[cfg(test)]
mod tests;

pub use paper::{BlockComment, BlockPlace, Paper};
pub use readiness::{faults_at_review, faults_at_signing};
pub use state::PaperState;
