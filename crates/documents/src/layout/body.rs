//! The text: look of headings and paragraphs, justification, indents, spacing, and its end (annex I, II.6).

use super::blocks::{Item, Kind};
use super::finding::{Findings, both, quoted, style};
use super::look;
use super::parts::Parts;
use crate::inspect::{Align, Format, Paper, Paragraph};

/// First lines may be moved in by 1 cm or 1.27 cm.
const INDENTS_MM: [f64; 2] = [10.0, 12.7];

const INDENT_SLACK_MM: f64 = 0.7;

/// Between paragraphs, in points; a PDF is measured, not read.
const SPACING_PT: f64 = 6.0;

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    for item in parts.body.iter().chain(parts.annexes.iter().flat_map(|annex| &annex.body)) {
        judge_item(paper, item, findings);
    }
    for items in std::iter::once(&parts.body).chain(parts.annexes.iter().map(|annex| &annex.body)) {
        for pair in items.windows(2) {
            judge_spacing(paper, &pair[0], &pair[1], findings);
        }
    }
    judge_end(paper, parts, findings);
}

fn judge_item(paper: &Paper, item: &Item, findings: &mut Findings<'_>) {
    let paragraph = &paper.paragraphs[item.at];
    match item.kind {
        Kind::PartLabel => {
            look::judge("part_chapter_label", paragraph, findings);
            let is_roman = item.number.chars().all(|c| "IVXLC".contains(c));
            judge_label("part_chapter_form", paragraph, is_roman, findings);
        }
        Kind::SectionLabel => {
            look::judge("section_label", paragraph, findings);
            let is_arabic = item.number.bytes().all(|byte| byte.is_ascii_digit());
            judge_label("section_form", paragraph, is_arabic, findings);
        }
        Kind::PartTitle => look::judge("part_chapter_title", paragraph, findings),
        Kind::SectionTitle => look::judge("section_title", paragraph, findings),
        Kind::Roman => look::judge("roman_heading", paragraph, findings),
        Kind::Article => judge_article(paragraph, findings),
        Kind::Clause => judge_plain("clause", paragraph, findings),
        Kind::Point => judge_plain("point", paragraph, findings),
        Kind::Plain => judge_plain("body", paragraph, findings),
        Kind::Apart => return,
    }
    judge_flow(paper, item, paragraph, findings);
}

fn judge_label(rule: &str, paragraph: &Paragraph, has_right_digits: bool, findings: &mut Findings<'_>) {
    if !has_right_digits {
        findings.at(rule, paragraph, quoted(&paragraph.text()));
    } else if paragraph.align.is_some_and(|align| align != Align::Centre) {
        findings.at(rule, paragraph, both("không canh giữa", "not centred"));
    }
}

/// The words `Điều 1.` with the title are bold; what follows them in the paragraph is text.
fn judge_article(paragraph: &Paragraph, findings: &mut Findings<'_>) {
    let text = paragraph.text();
    let number = text.split_whitespace().nth(1).unwrap_or_default();
    if !is_article_number(number) {
        findings.at("article_form", paragraph, quoted(&format!("Điều {number}")));
    }
    let place = findings.place(paragraph);
    look::judge_spans("article", paragraph.visible().take(1), place, findings);
}

/// `1.`; in a model, dots to be filled in may stand for the number or follow it.
fn is_article_number(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_to_fill = word.contains("..") || word.contains('…');
    rest == "." || (is_to_fill && rest.starts_with(['.', '…']))
}

/// Size is judged always; a whole paragraph in italics is out of place, single words may stand out.
fn judge_plain(part: &str, paragraph: &Paragraph, findings: &mut Findings<'_>) {
    let spans: Vec<_> =
        paragraph.visible().map(|span| crate::inspect::Span { italic: false, bold: false, ..span.clone() }).collect();
    let place = findings.place(paragraph);
    look::judge_spans(part, spans.iter(), place.clone(), findings);
    let is_italic = paragraph.visible().all(|span| span.italic);
    if is_italic {
        findings.look(part, "style", place, style(true, false));
    }
}

fn judge_flow(paper: &Paper, item: &Item, paragraph: &Paragraph, findings: &mut Findings<'_>) {
    let is_text = matches!(item.kind, Kind::Plain | Kind::Clause | Kind::Point | Kind::Article);
    let is_title = paragraph.visible().all(|span| span.bold);
    let is_goes_on = item.at > 0 && paper.paragraphs[item.at - 1].is_broken;
    let stands_apart = match paragraph.align {
        None | Some(Align::Both) => false,
        Some(Align::Left) => !is_one_line(paper, paragraph),
        Some(_) => true,
    };
    if is_text && !is_title && stands_apart {
        let stand = match paragraph.align {
            Some(Align::Left) => both("canh trái", "set to the left"),
            Some(Align::Right) => both("canh phải", "set to the right"),
            _ => both("canh giữa", "centred"),
        };
        findings.at("body_align", paragraph, stand);
    }
    let is_centred = paragraph.align == Some(Align::Centre);
    let is_indented = is_text || item.kind == Kind::Roman;
    if is_indented
        && !is_centred
        && !is_goes_on
        && edge_is_known(paper, paragraph)
        && let Some(indent) = paragraph.first_line_mm
        && !INDENTS_MM.iter().any(|allowed| (indent - allowed).abs() < INDENT_SLACK_MM)
    {
        let found = look::measured("chữ đầu dòng lùi {} mm", "first line moved in by {} mm", indent);
        findings.at("body_indent", paragraph, found);
    }
    if let Some(lines) = paragraph.line_spacing.filter(|_| is_text) {
        let least = if paper.format == Format::Pdf { 0.9 } else { 0.98 };
        if !(least..=1.53).contains(&lines) {
            findings.at("body_lines", paragraph, look::measured("{} dòng", "{} lines", lines));
        }
    }
}

/// A line that does not fill its room looks the same, whether its right edge is to be straight or not.
fn is_one_line(paper: &Paper, paragraph: &Paragraph) -> bool {
    let Some(sheet) = paper.sheets.get(paragraph.sheet) else { return false };
    let room = sheet.width_mm - sheet.margins.left.most_mm - sheet.margins.right.most_mm;
    paragraph.width_mm + paragraph.first_line_mm.unwrap_or(0.0) < room - 1.0
}

/// A PDF shows the left edge of its text only where lines share it.
fn edge_is_known(paper: &Paper, paragraph: &Paragraph) -> bool {
    paper.sheets.get(paragraph.sheet).is_some_and(|sheet| sheet.margins.left.least_mm > 0.0)
}

fn judge_spacing(paper: &Paper, one: &Item, next: &Item, findings: &mut Findings<'_>) {
    let is_text = |item: &Item| matches!(item.kind, Kind::Plain | Kind::Clause | Kind::Point | Kind::Article);
    let (above, below) = (&paper.paragraphs[one.at], &paper.paragraphs[next.at]);
    let is_apart = next.at != one.at + 1 || above.is_broken || above.sheet != below.sheet;
    if !is_text(one) || !is_text(next) || is_apart {
        return;
    }
    let slack = if paper.format == Format::Pdf { 1.6 } else { 0.1 };
    let spacing = match paper.format {
        Format::Docx => above.after_pt.zip(below.before_pt).map(|(after, before)| after + before),
        Format::Pdf => below.before_pt,
    };
    if let Some(spacing) = spacing.filter(|spacing| *spacing < SPACING_PT - slack) {
        let found = look::measured("cách đoạn trên {} pt", "{} pt from the paragraph above", spacing.max(0.0));
        findings.at("body_spacing", below, found);
    }
}

fn judge_end(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some(last) = parts.body.last().map(|item| &paper.paragraphs[item.at]) else { return };
    if !last.text().trim_end().ends_with("./.") {
        let text = last.text();
        let end: String = text.trim_end().chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
        findings.at("body_end", last, both(format!("kết thúc bằng «{end}»"), format!("ends with «{end}»")));
    }
}
