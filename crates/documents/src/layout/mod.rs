//! Judges the layout of a document, ours or not, by Decree 30/2020/NĐ-CP, annex I.
//!
//! Rules are pure and read one neutral [`Paper`]; what they expect, and the place in the law, stand in `data/nd30`. A
//! rule that a file does not tell enough about keeps silent: a finding is always something that a reader can see.

mod annex;
mod blocks;
mod body;
mod closing;
mod finding;
mod head;
mod line;
mod look;
mod numbering;
mod page;
mod parts;
mod rules;
mod scope;
mod title;

use domain::Refusal;

use crate::inspect::{self, Paper};
use finding::Findings;
pub use finding::{Finding, FindingText};
pub use scope::Scope;

/// What a document was asked for, and in what it departs from that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What it was asked for.
    pub scope: Scope,
    /// Every departure, in the order of the document's parts.
    pub findings: Vec<Finding>,
}

/// Reads a document and judges its layout.
///
/// # Errors
/// As [`inspect::read`]; code `no_text` for a scan.
pub fn check(bytes: &[u8]) -> Result<Judgement, Refusal> {
    let paper = inspect::read(bytes)?;
    if paper.paragraphs.iter().all(inspect::Paragraph::is_blank) {
        let message = "Tệp không có chữ để kiểm tra (trang trắng hoặc bản quét). Hãy nộp tệp .docx hoặc .pdf xuất từ \
                       phần mềm soạn thảo.";
        return Err(Refusal::one("no_text", message));
    }
    Ok(judge(&paper))
}

/// Everything in which a document's layout departs from the decree.
pub fn judge(paper: &Paper) -> Judgement {
    let parts = parts::Parts::find(paper);
    let scope = parts.scope;
    let mut findings = Findings::new(paper);
    if scope != Scope::Nothing {
        page::judge(paper, &parts, &mut findings);
        if scope == Scope::Whole {
            head::judge(paper, &parts, &mut findings);
            title::judge(paper, &parts, &mut findings);
        }
        body::judge(paper, &parts, &mut findings);
        numbering::judge(paper, &parts, &mut findings);
        if scope == Scope::Whole {
            closing::judge(paper, &parts, &mut findings);
        }
        annex::judge(paper, &parts, &mut findings);
    }
    Judgement { scope, findings: findings.finish() }
}

#[cfg(test)]
mod tests;
