//! Recipients and signature (annex I, II.7 and II.9).

use domain::vietnamese::fold;

use super::finding::{Findings, both, quoted};
use super::head::is_beside;
use super::look;
use super::parts::Parts;
use crate::inspect::{Paper, Paragraph};

/// Abbreviations of a signer's power, folded.
const POWERS: [&str; 5] = ["tm", "q", "kt", "tl", "tuq"];

/// Ranks, degrees and titles that do not stand before a signer's name.
const RANKS: [&str; 12] =
    ["ts.", "ts ", "ths", "pgs", "gs.", "gs ", "tien si", "thac si", "ngut", "nhà giáo", "cn.", "bs."];

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    judge_recipients(paper, parts, findings);
    judge_signature(paper, parts, findings);
}

fn judge_recipients(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some(at) = parts.distribution else {
        let place = both("cuối văn bản", "the end of the document");
        findings.add("distribution_missing", place, both("không có nơi nhận", "no list of recipients"));
        return;
    };
    let label = &paper.paragraphs[at];
    look::judge("distribution_label", label, findings);
    if label.text().trim() != "Nơi nhận:" {
        findings.at("distribution_label_form", label, quoted(&label.text()));
    }
    let beside = parts.capacity.first().and_then(|first| is_beside(label, &paper.paragraphs[*first]));
    if beside == Some(false) {
        let found = both("không ngang hàng với quyền hạn, chức vụ", "not level with the signer's capacity");
        findings.at("distribution_level", label, found);
    }
    for at in parts.recipients.iter().flatten() {
        look::judge("distribution_list", &paper.paragraphs[*at], findings);
    }
    let text = |lines: &Vec<usize>| {
        let words: Vec<String> = lines.iter().map(|at| paper.paragraphs[*at].text().trim().to_owned()).collect();
        words.join(" ")
    };
    let ends: Vec<usize> = parts.recipients.iter().filter_map(|lines| lines.last().copied()).collect();
    super::title::judge_marks("distribution_form", &ends, paper, findings);
    for lines in &parts.recipients {
        let words = text(lines);
        if !words.starts_with("- ") {
            let found = both(format!("«{words}»: thiếu gạch đầu dòng"), format!("«{words}»: no dash before it"));
            findings.at("distribution_form", &paper.paragraphs[lines[0]], found);
        }
    }
    let archive = parts.recipients.last().map(text).unwrap_or_default();
    let kept = archive.strip_prefix("- Lưu: ").is_some_and(|kept| kept.starts_with("VT"));
    if !kept && parts.recipients.last().is_some() {
        findings.at(
            "distribution_archive",
            &paper.paragraphs[parts.recipients[parts.recipients.len() - 1][0]],
            quoted(&archive),
        );
    }
}

fn judge_signature(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    for at in &parts.capacity {
        look::judge("signing_capacity", &paper.paragraphs[*at], findings);
    }
    for (nth, at) in parts.capacity.iter().enumerate() {
        let line = &paper.paragraphs[*at];
        judge_power(line, parts.capacity.len() == nth + 1, findings);
    }
    let Some(last) = parts.capacity.last() else { return };
    match parts.signer {
        None => {
            let found = both("không có họ tên người ký", "no name of the signer");
            findings.at("signer_missing", &paper.paragraphs[*last], found);
        }
        Some(at) => judge_signer(&paper.paragraphs[at], findings),
    }
}

/// `TM. ỦY BAN NHÂN DÂN`: the abbreviation ends with a full stop and a blank, and a line with the post follows.
fn judge_power(line: &Paragraph, is_last: bool, findings: &mut Findings<'_>) {
    let text = line.text();
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let bare = fold(&first.replace(['.', '/'], ""));
    let Some(power) = POWERS.iter().find(|power| bare == **power) else {
        // The full stop without a blank after it.
        let glued =
            first.split_once('.').is_some_and(|(head, rest)| !rest.is_empty() && POWERS.contains(&fold(head).as_str()));
        if glued {
            findings.at("signing_words", line, quoted(text));
        }
        return;
    };
    if first != format!("{}.", power.to_uppercase()) {
        findings.at("signing_words", line, quoted(first));
    } else if is_last && *power != "q" {
        let found = both(format!("sau «{text}» không có dòng chức vụ"), format!("no post in a line after «{text}»"));
        findings.at("signing_line", line, found);
    }
}

fn judge_signer(name: &Paragraph, findings: &mut Findings<'_>) {
    look::judge("signer_name", name, findings);
    let text = name.text();
    let is_name = text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > 1;
    if is_name && text == text.to_uppercase() {
        let place = findings.place(name);
        findings.look("signer_name", "case", place, both("chữ in hoa", "capitals"));
    }
    let folded = fold(&text);
    if RANKS.iter().any(|rank| folded.starts_with(rank)) {
        findings.at("signer_title", name, quoted(&name.text()));
    }
}
