//! Heads of annexes (annex I, III.1).

use domain::vietnamese::roman;

use super::finding::Findings;
use super::look;
use super::parts::Parts;
use crate::inspect::Paper;

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let is_one = parts.annexes.len() == 1;
    for (number, annex) in (1_u32..).zip(&parts.annexes) {
        let label = &paper.paragraphs[annex.label];
        look::judge("annex_label", label, findings);
        let expected = if is_one { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(number)) };
        let text = label.text();
        // One annex may carry a number: the decree asks for numbers only from two on.
        let is_formed = text.trim() == expected || (is_one && text.trim() == "Phụ lục I");
        if !is_formed {
            findings.at("annex_label_form", label, format!("«{}», cần «{expected}»", text.trim()));
        }
        for at in &annex.title {
            look::judge("annex_title", &paper.paragraphs[*at], findings);
        }
        match annex.reference.as_slice() {
            [] => findings.at("annex_reference_form", label, "không có chỉ dẫn «(Kèm theo …)»"),
            lines => lines.iter().for_each(|at| look::judge("annex_reference", &paper.paragraphs[*at], findings)),
        }
    }
}
