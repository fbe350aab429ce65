//! Paper, margins, typeface, colour and page numbers (annex I, I).

use domain::Label;

use super::finding::{Findings, both, quoted};
use super::look;
use super::parts::Parts;
use crate::inspect::{Align, Extent, Format, PageNumber, Paper, Sheet};

const SHORT_MM: f64 = 210.0;
const LONG_MM: f64 = 297.0;

/// How far paper and margins may be off: files round.
const SLACK_MM: f64 = 0.6;

/// No part of a document is set in letters so small; in a PDF such words belong to a chart.
const DRAWN_BELOW_PT: f64 = 10.9;

/// Names of the typeface, and of the one with the same widths, without blanks.
const FAMILIES: [&str; 5] = ["timesnewroman", "timesnewromanps", "times", "timesroman", "liberationserif"];

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    for sheet in paper.sheets.iter().filter(|sheet| sheet.is_first || sheet.page.is_some()) {
        judge_sheet(paper, parts, sheet, findings);
    }
    judge_letters(paper, findings);
    judge_numbers(paper, parts, findings);
}

fn place(sheet: &Sheet) -> Label {
    match sheet.page {
        Some(page) => both(format!("trang {page}"), format!("page {page}")),
        None => both(format!("phần trang {}", sheet.section + 1), format!("section {}", sheet.section + 1)),
    }
}

fn judge_sheet(paper: &Paper, parts: &Parts, sheet: &Sheet, findings: &mut Findings<'_>) {
    let (short, long) = (sheet.width_mm.min(sheet.height_mm), sheet.width_mm.max(sheet.height_mm));
    if (short - SHORT_MM).abs() > SLACK_MM || (long - LONG_MM).abs() > SLACK_MM {
        let size = format!("{short:.0} mm x {long:.0} mm");
        findings.add("paper_size", place(sheet), both(size.clone(), size));
    }
    if sheet.width_mm > sheet.height_mm && !may_lie(paper, parts, sheet) {
        findings.add("paper_direction", place(sheet), both("theo chiều rộng khổ giấy", "lies on its side"));
    }
    let margins = [
        ("margin_top", sheet.margins.top, 20.0, 25.0, ("trên", "top")),
        ("margin_bottom", sheet.margins.bottom, 20.0, 25.0, ("dưới", "bottom")),
        ("margin_left", sheet.margins.left, 30.0, 35.0, ("trái", "left")),
        ("margin_right", sheet.margins.right, 15.0, 20.0, ("phải", "right")),
    ];
    for (rule, margin, least, most, (vi, en)) in margins {
        if let Some(found) = outside(margin, least, most) {
            let told = look::measured(&format!("lề {vi} {{}} mm"), &format!("{en} margin {{}} mm"), found);
            findings.add(rule, place(sheet), told);
        }
    }
}

/// The measure of a margin that surely lies outside.
fn outside(margin: Extent, least: f64, most: f64) -> Option<f64> {
    let is_outside = margin.most_mm < least - SLACK_MM || margin.least_mm > most + SLACK_MM;
    is_outside.then_some(if margin.most_mm < least { margin.most_mm } else { margin.least_mm })
}

/// A sheet may lie on its side in an annex, or where tables stand in the text.
fn may_lie(paper: &Paper, parts: &Parts, sheet: &Sheet) -> bool {
    let is_here = |at: usize| {
        let own = paper.sheets.get(paper.paragraphs[at].sheet);
        own.is_some_and(|own| own.section == sheet.section && own.page == sheet.page)
    };
    let annex_from = parts.annexes.first().map(|annex| paper.paragraphs[annex.label].sheet);
    let own = paper.sheets.iter().position(|other| std::ptr::eq(other, sheet)).unwrap_or(0);
    annex_from.is_some_and(|from| own >= from)
        || (0..paper.paragraphs.len()).any(|at| is_here(at) && paper.paragraphs[at].is_in_table())
}

fn judge_letters(paper: &Paper, findings: &mut Findings<'_>) {
    for paragraph in &paper.paragraphs {
        for span in paragraph.visible().filter(|span| span.text.chars().any(char::is_alphabetic)) {
            let family: String = span.font.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            if !FAMILIES.contains(&family.as_str()) {
                let font = &span.font;
                findings.at("font_family", paragraph, both(format!("phông chữ {font}"), format!("typeface {font}")));
            }
            let is_of_drawing = span.size_pt < DRAWN_BELOW_PT && paper.format == Format::Pdf;
            if !is_black(&span.colour) && !is_urgency(&span.text) && !is_of_drawing {
                let colour = &span.colour;
                findings.at("font_colour", paragraph, both(format!("màu #{colour}"), format!("colour #{colour}")));
            }
        }
    }
}

/// Very dark grey is what some printers make of black.
fn is_black(colour: &str) -> bool {
    u32::from_str_radix(colour, 16).map_or(true, |rgb| rgb.to_be_bytes()[1..].iter().all(|part| *part < 0x28))
}

/// The stamp of urgency is red (annex I, III.2.b).
fn is_urgency(text: &str) -> bool {
    ["hoa toc", "thuong khan", "khan"].contains(&domain::vietnamese::fold(text).trim())
}

fn judge_numbers(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    // Where pages are counted anew: each text with a head, and each annex.
    let heads = parts.heads.iter().map(|at| paper.paragraphs[*at].sheet);
    let annexes = parts.annexes.iter().map(|annex| paper.paragraphs[annex.label].sheet);
    let starts: Vec<usize> = std::iter::once(0).chain(heads).chain(annexes).collect();
    let mut count = 0;
    for (at, sheet) in paper.sheets.iter().enumerate() {
        let opens = match paper.format {
            Format::Pdf => starts.contains(&at),
            Format::Docx => sheet.is_first && starts.contains(&at),
        };
        count = if opens { 1 } else { count + 1 };
        match (&sheet.number, opens) {
            (Some(_), true) if count == 1 => {
                let found = both("trang đầu hiện số trang", "the first page shows its number");
                findings.add("page_number_first", place(sheet), found);
            }
            (None, false) if sheet.is_certain && !is_continued(paper, sheet) => {
                findings.add("page_number_missing", place(sheet), both("không có số trang", "no page number"));
            }
            (Some(number), false) => judge_number(paper, sheet, number, count, findings),
            _ => {}
        }
    }
}

/// In a .docx, a section that is not an annex may begin in the middle of the text: its own first page is no first page.
fn is_continued(paper: &Paper, sheet: &Sheet) -> bool {
    paper.format == Format::Docx && sheet.is_first && sheet.section > 0
}

fn judge_number(paper: &Paper, sheet: &Sheet, number: &PageNumber, count: usize, findings: &mut Findings<'_>) {
    let printed = number.text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_arabic = number.text.chars().all(|c| c.is_ascii_digit());
    if !is_arabic {
        findings.add("page_number_form", place(sheet), quoted(&number.text));
    } else if paper.format == Format::Pdf && printed != count.to_string() {
        let found = both(
            format!("trang này là trang {count} nhưng ghi số {printed}"),
            format!("page {count} shows the number {printed}"),
        );
        findings.add("page_number_apart", place(sheet), found);
    }
    if !number.is_at_top || number.align.is_some_and(|align| align != Align::Centre) {
        let edge = if number.is_at_top { ("lề trên", "top margin") } else { ("lề dưới", "bottom margin") };
        let stand = match number.align {
            Some(Align::Left | Align::Both) => ("canh trái", "left"),
            Some(Align::Right) => ("canh phải", "right"),
            _ => ("canh giữa", "centred"),
        };
        let found = both(format!("{}, {}", edge.0, stand.0), format!("{}, {}", edge.1, stand.1));
        findings.add("page_number_place", place(sheet), found);
    }
    look::judge_spans("page_number", std::iter::once(&number.span), place(sheet), findings);
}
