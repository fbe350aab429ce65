//! Judges the layout of a document, ours or not, by Decree 30/2020/NĐ-CP, annex I.
//!
//! Rules are pure and read one neutral [`Paper`]; what they expect, and the place in the law, stand in `data/nd30`. A
//! rule that a file does not tell enough about keeps silent: a finding is always something that a reader can see.

mod annex;
mod body;
mod closing;
mod finding;
mod head;
mod look;
mod numbering;
mod page;
mod parts;
mod rules;
mod title;

use domain::Refusal;

use crate::inspect::{self, Paper};
pub use finding::Finding;
use finding::Findings;
use parts::Scope;

/// Reads a document and judges its layout.
///
/// # Errors
/// As [`inspect::read`].
pub fn check(bytes: &[u8]) -> Result<Vec<Finding>, Refusal> {
    Ok(judge(&inspect::read(bytes)?))
}

/// Everything in which a document's layout departs from the decree, in the order of the document's parts.
pub fn judge(paper: &Paper) -> Vec<Finding> {
    let parts = parts::Parts::find(paper);
    let mut findings = Findings::new(paper);
    page::judge(paper, &parts, &mut findings);
    if parts.scope == Scope::Whole {
        head::judge(paper, &parts, &mut findings);
        title::judge(paper, &parts, &mut findings);
    }
    body::judge(paper, &parts, &mut findings);
    numbering::judge(paper, &parts, &mut findings);
    if parts.scope == Scope::Whole {
        closing::judge(paper, &parts, &mut findings);
    }
    annex::judge(paper, &parts, &mut findings);
    findings.finish()
}

#[cfg(test)]
mod tests;
