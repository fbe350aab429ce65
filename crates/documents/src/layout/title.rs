//! Type name, subject, addressees and legal bases (annex I, II.5, II.6.a, II.9).

use domain::vietnamese::fold;

use super::blocks::Kind;
use super::finding::{Findings, both, quoted};
use super::head::judge_third_to_half;
use super::line::Line;
use super::look;
use super::parts::Parts;
use crate::inspect::{Align, Paper, Paragraph};

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    match (parts.type_name, parts.letter_subject) {
        (Some(at), _) => judge_typed(paper, parts, at, findings),
        (None, Some(at)) => judge_letter(paper, at, findings),
        (None, None) => {
            let place = both("dưới phần đầu văn bản", "under the head of the document");
            findings.add("type_name_missing", place, both("không có tên loại văn bản", "no type name"));
        }
    }
    judge_enacting(paper, parts, findings);
    judge_addressees(paper, parts, findings);
    judge_bases(paper, parts, findings);
}

fn judge_typed(paper: &Paper, parts: &Parts, at: usize, findings: &mut Findings<'_>) {
    let name = &paper.paragraphs[at];
    look::judge("type_name", name, findings);
    if name.align.is_some_and(|align| align != Align::Centre) {
        findings.at("type_name_place", name, both("không canh giữa", "not centred"));
    }
    let Some(last) = parts.subject.last() else {
        findings.at(
            "subject_missing",
            name,
            both("không có trích yếu dưới tên loại", "no subject under the type name"),
        );
        return;
    };
    for at in &parts.subject {
        look::judge("subject", &paper.paragraphs[*at], findings);
    }
    // Where the subject takes more lines, the rule is measured by the longest of them.
    let widest = parts.subject.iter().map(|at| paper.paragraphs[*at].width_mm).fold(0.0, f64::max);
    let last = &paper.paragraphs[*last];
    judge_third_to_half("subject_rule", last, widest, last.rule_below.map(|rule| rule.length_mm), findings);
}

/// A decision in articles names who decides before its bases, and says `QUYẾT ĐỊNH:` before its first article.
fn judge_enacting(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some(name) = parts.type_name.filter(|at| fold(&paper.paragraphs[*at].text()).trim() == "quyet dinh") else {
        return;
    };
    let Some(article) = parts.body.iter().find(|item| item.kind == Kind::Article) else { return };
    let opening = paper.paragraphs.get(name + 1..article.at).unwrap_or_default();
    let is_enacting = |paragraph: &Paragraph| {
        paragraph.text().to_uppercase() == paragraph.text()
            && fold(&paragraph.text()).trim_end_matches([':', '.', ' ']).ends_with("quyet dinh")
            || paragraph.text().contains("QUYẾT ĐỊNH")
    };
    let enacting = opening.iter().position(is_enacting);
    if enacting.is_none() {
        let found = both("không có dòng «QUYẾT ĐỊNH:» trước Điều 1", "no line «QUYẾT ĐỊNH:» before the first article");
        findings.at("enacting_words_missing", &paper.paragraphs[article.at], found);
    }
    // Who decides stands before the bases; without either line there is nothing to measure from.
    let Some(end) = parts.bases.first().map(|at| at.saturating_sub(name + 1)).or(enacting) else { return };
    let names_who_decides = |(at, paragraph): (usize, &Paragraph)| {
        Line::new(paragraph).is_upper() && !is_enacting(paragraph) && !parts.subject.contains(&at)
    };
    if !(name + 1..).zip(&opening[..end.min(opening.len())]).any(names_who_decides) {
        let found = both("không có dòng thẩm quyền ban hành", "no line that names who decides");
        findings.at("authority_missing", &paper.paragraphs[name], found);
    }
}

fn judge_letter(paper: &Paper, at: usize, findings: &mut Findings<'_>) {
    let subject = &paper.paragraphs[at];
    look::judge("letter_subject", subject, findings);
    if !subject.text().trim_start().starts_with("V/v ") {
        findings.at("letter_subject_form", subject, quoted(&subject.text()));
    }
}

fn judge_addressees(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some((first, rest)) = parts.addressees.split_first() else { return };
    for at in &parts.addressees {
        look::judge("addressee", &paper.paragraphs[*at], findings);
    }
    let head = &paper.paragraphs[*first];
    if !head.text().trim_start().starts_with("Kính gửi:") {
        findings.at("addressee_form", head, both("thiếu dấu hai chấm sau «Kính gửi»", "no colon after «Kính gửi»"));
    }
    judge_marks("addressee_form", rest, paper, findings);
}

fn judge_bases(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    for at in &parts.bases {
        look::judge("legal_basis", &paper.paragraphs[*at], findings);
    }
    judge_marks("legal_basis_form", &parts.bases, paper, findings);
}

/// Each line ends with a semicolon, the last one with a full stop.
pub(super) fn judge_marks(rule: &str, lines: &[usize], paper: &Paper, findings: &mut Findings<'_>) {
    for (nth, at) in lines.iter().enumerate() {
        let paragraph = &paper.paragraphs[*at];
        let text = paragraph.text();
        let mark = if nth + 1 == lines.len() { '.' } else { ';' };
        if !text.trim_end().ends_with(mark) {
            let found = text.trim_end().chars().next_back().map(String::from).unwrap_or_default();
            let told = both(
                format!("cuối dòng là «{found}», cần «{mark}»"),
                format!("ends with «{found}», not with «{mark}»"),
            );
            findings.at(rule, paragraph, told);
        }
    }
}
