//! Heads of annexes (annex I, III.1).

use domain::vietnamese::roman;

use super::finding::{Findings, both};
use super::look;
use super::parts::Parts;
use super::scope::Scope;
use crate::inspect::Paper;

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let is_one = parts.annexes.len() == 1;
    // The file of one annex does not show how many there are beside it.
    let first = if parts.scope == Scope::Annex { first_number(paper, parts) } else { 1 };
    for (number, annex) in (first..).zip(&parts.annexes) {
        let label = &paper.paragraphs[annex.label];
        look::judge("annex_label", label, findings);
        let expected =
            if is_one && number == 1 { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(number)) };
        let text = label.text();
        // One annex may carry a number: the decree asks for numbers only from two on.
        let is_formed = text.trim() == expected || (is_one && text.trim() == "Phụ lục I");
        if !is_formed {
            let text = text.trim();
            let found = both(format!("«{text}», cần «{expected}»"), format!("«{text}» in place of «{expected}»"));
            findings.at("annex_label_form", label, found);
        }
        for at in &annex.title {
            look::judge("annex_title", &paper.paragraphs[*at], findings);
        }
        match annex.reference.as_slice() {
            [] => {
                let found = both("không có chỉ dẫn «(Kèm theo …)»", "no reference «(Kèm theo …)»");
                findings.at("annex_reference_form", label, found);
            }
            lines => lines.iter().for_each(|at| look::judge("annex_reference", &paper.paragraphs[*at], findings)),
        }
    }
}

/// The number that the first annex carries; 1 where it carries none.
fn first_number(paper: &Paper, parts: &Parts) -> u32 {
    let label = parts.annexes.first().map(|annex| paper.paragraphs[annex.label].text()).unwrap_or_default();
    let number = label.split_whitespace().next_back().unwrap_or_default();
    (1..=30).find(|value| roman(*value) == number).unwrap_or(1)
}
