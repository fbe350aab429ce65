//! The head: national name, motto, issuer, number and code, place and date (annex I, II.1 to II.4).

use domain::Label;
use domain::vietnamese::{fold, normalise};

use super::finding::{Findings, at_head, both, quoted};
use super::look;
use super::parts::Parts;
use super::rules::types;
use crate::inspect::{Paper, Paragraph, Place};

const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// How far lines that stand side by side may differ in height.
const LEVEL_MM: f64 = 2.2;

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    judge_national_name(paper, parts, findings);
    judge_motto(paper, parts, findings);
    judge_names(paper, parts, findings);
    judge_number(paper, parts, findings);
    judge_date(paper, parts, findings);
    judge_sizes(paper, parts, findings);
    judge_order(paper, parts, findings);
}

fn judge_national_name(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some(at) = parts.national_name else {
        findings.add("national_name_missing", at_head(), both("không có Quốc hiệu", "no national name"));
        return;
    };
    let name = &paper.paragraphs[at];
    look::judge("national_name", name, findings);
    let is_whole = fold(&name.text()).trim() == "cong hoa xa hoi chu nghia viet nam";
    let is_left = matches!(name.place, Place::Cell { column: 0, .. });
    if !is_whole {
        let found = both("Quốc hiệu không nằm trọn trên một dòng", "the national name is not on one line");
        findings.at("national_name_line", name, found);
    } else if is_left {
        let found = both("Quốc hiệu nằm bên trái", "the national name stands on the left");
        findings.at("national_name_line", name, found);
    }
}

fn judge_motto(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some(at) = parts.motto else {
        findings.add("motto_missing", at_head(), both("không có Tiêu ngữ", "no motto"));
        return;
    };
    let motto = &paper.paragraphs[at];
    look::judge("motto", motto, findings);
    let words = normalise(&motto.text());
    if words != normalise(MOTTO) {
        findings.at("motto_words", motto, quoted(&words));
    }
    // A line that is drawn as a shape may hang on any paragraph of the cell, and an underline looks the same.
    let underlined = motto.visible().all(|span| span.underline);
    let rule = drawn_near(paper, at);
    match rule {
        None if !underlined => findings.at("motto_rule", motto, no_rule()),
        Some(Some(length)) if (length - motto.width_mm).abs() > motto.width_mm * 0.15 => {
            findings.at("motto_rule", motto, share(length, motto.width_mm));
        }
        _ => {}
    }
}

/// A rule's length as a share of its line.
fn share(length_mm: f64, line_mm: f64) -> Label {
    let percent = length_mm / line_mm.max(1.0) * 100.0;
    both(
        format!("đường kẻ dài bằng {percent:.0}% dòng chữ"),
        format!("the rule is {percent:.0}% as long as the line of text"),
    )
}

fn no_rule() -> Label {
    both("không có đường kẻ ngang", "no rule under it")
}

/// The rule at a paragraph, or hanging on another one of its cell: its length, where it is known.
fn drawn_near(paper: &Paper, at: usize) -> Option<Option<f64>> {
    let own = &paper.paragraphs[at];
    let cell = |paragraph: &&Paragraph| matches!(own.place, Place::Cell { .. }) && paragraph.place == own.place;
    let near = paper.paragraphs.iter().filter(cell).find_map(|paragraph| paragraph.rule_below);
    own.rule_below.or(near).map(|rule| rule.length_mm)
}

fn judge_names(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    for at in &parts.superior {
        look::judge("superior_body", &paper.paragraphs[*at], findings);
    }
    let Some(last) = parts.issuer.last() else {
        let found = both("không có tên cơ quan ban hành", "no name of the issuing body");
        findings.add("issuing_body_missing", at_head(), found);
        return;
    };
    for at in &parts.issuer {
        look::judge("issuing_body", &paper.paragraphs[*at], findings);
    }
    let widest = parts.issuer.iter().map(|at| paper.paragraphs[*at].width_mm).fold(0.0, f64::max);
    let rule = paper.paragraphs[*last].rule_below.map(|rule| rule.length_mm).or_else(|| drawn_near(paper, *last));
    judge_third_to_half("issuing_body_rule", &paper.paragraphs[*last], widest, rule, findings);
}

/// A rule between a third and half of its line; a hair's breadth more or less is nobody's fault.
pub(super) fn judge_third_to_half(
    code: &str,
    paragraph: &Paragraph,
    line_mm: f64,
    rule: Option<Option<f64>>,
    findings: &mut Findings<'_>,
) {
    const SLACK: f64 = 0.05;
    match rule {
        None => findings.at(code, paragraph, no_rule()),
        Some(Some(length)) if !(line_mm * (1.0 / 3.0 - SLACK)..=line_mm * (0.5 + SLACK)).contains(&length) => {
            findings.at(code, paragraph, share(length, line_mm));
        }
        Some(_) => {}
    }
}

fn judge_number(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let Some(at) = parts.number else {
        findings.add("number_missing", at_head(), both("không có số, ký hiệu", "no number and code"));
        return;
    };
    let line = &paper.paragraphs[at];
    look::judge("number_and_code", line, findings);
    let text = line.text();
    let text = text.trim();
    let code = code_of(text);
    match code {
        Ok(code) => judge_code(paper, parts, line, code, findings),
        Err((vi, en)) => {
            let found = both(format!("«{text}»: {vi}"), format!("«{text}»: {en}"));
            findings.at("number_form", line, found);
        }
    }
}

/// What is wrong with a line, in Vietnamese and English.
type Fault = (&'static str, &'static str);

/// The code after the number's stroke, or what is wrong with the line.
fn code_of(text: &str) -> Result<&str, Fault> {
    let rest = text.strip_prefix("Số:").ok_or(("thiếu «Số:»", "«Số:» is missing"))?;
    let (number, code) = rest.split_once('/').ok_or(("thiếu dấu gạch chéo", "the stroke is missing"))?;
    let is_blank = number.chars().all(|c| c.is_whitespace() || "….".contains(c));
    let digits = number.trim_start();
    let is_number = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_blank && !is_number {
        let is_short = digits.len() == 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
        return Err(match is_short {
            true => ("thiếu số 0 phía trước", "no leading zero"),
            false => ("số có ký tự lạ hoặc cách chữ", "the number holds blanks or other marks"),
        });
    }
    let code = code.strip_suffix('.').unwrap_or(code);
    let is_plain = |c: char| c.is_uppercase() || c.is_ascii_digit() || "-/&".contains(c);
    // CTr, TTr, QyĐ, TrS are the abbreviations that hold small letters.
    let bare = ["CTr", "TTr", "QyĐ", "TrS"].iter().find_map(|kind| code.strip_prefix(kind)).unwrap_or(code);
    match bare.chars().find(|c| !is_plain(*c)) {
        Some(c) if c.is_whitespace() => Err(("ký hiệu có cách chữ", "the code holds blanks")),
        Some('–' | '—' | '−') => Err(("gạch dài thay cho gạch nối", "a dash in place of a hyphen")),
        Some(_) => Err(("ký hiệu không viết hoa", "the code is not in capitals")),
        None if code.is_empty() || code.ends_with('-') => Err(("ký hiệu chưa đủ", "the code is not complete")),
        None if !code.contains('-') => {
            Err(("thiếu gạch nối giữa các nhóm chữ", "no hyphen between the groups of letters"))
        }
        None => Ok(code),
    }
}

fn judge_code(paper: &Paper, parts: &Parts, line: &Paragraph, code: &str, findings: &mut Findings<'_>) {
    let Some(type_name) = parts.type_name else { return };
    let name = paper.paragraphs[type_name].text();
    let Some(kind) = types().get(fold(&name).trim_end_matches(':')) else { return };
    // The code of a normative text begins with its year.
    let first = code.split('/').next_back().unwrap_or_default().split('-').next().unwrap_or_default();
    if first != kind {
        let name = name.trim();
        let found = both(
            format!("ký hiệu «{code}», tên loại «{name}» viết tắt là {kind}"),
            format!("code «{code}», though «{name}» is abbreviated {kind}"),
        );
        findings.at("code_type", line, found);
    }
}

fn judge_date(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let is_minutes = parts.type_name.is_some_and(|at| fold(&paper.paragraphs[at].text()) == "bien ban");
    let Some(at) = parts.date else {
        if !is_minutes {
            let found = both("không có địa danh và thời gian ban hành", "no place and date");
            findings.add("date_missing", at_head(), found);
        }
        return;
    };
    let line = &paper.paragraphs[at];
    look::judge("place_and_date", line, findings);
    let text = line.text();
    let text = text.trim();
    if let Err((vi, en)) = date_of(text) {
        findings.at("date_form", line, both(format!("«{text}»: {vi}"), format!("«{text}»: {en}")));
    }
    let Some(number) = parts.number.map(|at| &paper.paragraphs[at]) else { return };
    if is_beside(line, number) == Some(false) {
        let found = both("không cùng dòng với số, ký hiệu", "not on one line with number and code");
        findings.at("date_line", line, found);
    }
}

/// `Hà Nội, ngày 05 tháng 01 năm 2026`; a draft leaves blanks or dots.
fn date_of(text: &str) -> Result<(), Fault> {
    let (place, rest) = text.split_once(',').ok_or(("thiếu dấu phẩy sau địa danh", "no comma after the place"))?;
    if !place.trim().chars().next().is_some_and(char::is_uppercase) {
        return Err(("địa danh không viết hoa", "the place has no capital letter"));
    }
    let rest =
        rest.trim().strip_prefix("ngày").ok_or(("sau địa danh phải là «ngày»", "«ngày» does not follow the place"))?;
    let (day, rest) = rest.split_once("tháng").ok_or(("thiếu «tháng»", "«tháng» is missing"))?;
    let (month, year) = rest.split_once("năm").ok_or(("thiếu «năm»", "«năm» is missing"))?;
    let [day, month, year] = [day, month, year].map(|part| part.trim().trim_end_matches('.'));
    let is_blank = |part: &str| part.chars().all(|c| ". …_".contains(c));
    let digits =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
    let in_range =
        |part: &str, most: u32| is_blank(part) || digits(part).is_some_and(|value| (1..=most).contains(&value));
    if !(in_range(day, 31) && in_range(month, 12) && in_range(year, 9999)) {
        return Err(("ngày, tháng, năm không đúng", "not a day, month and year"));
    }
    if day.len() == 1 && !is_blank(day) {
        return Err(("ngày nhỏ hơn 10 thiếu số 0", "a day under 10 without its zero"));
    }
    if matches!(month, "1" | "2") {
        return Err(("tháng 1, 2 thiếu số 0", "month 1 or 2 without its zero"));
    }
    Ok(())
}

/// Whether two lines stand side by side; `None` where the file does not tell.
pub(super) fn is_beside(one: &Paragraph, other: &Paragraph) -> Option<bool> {
    if let (Some(y), Some(other_y)) = (one.y_mm, other.y_mm) {
        return Some(one.sheet == other.sheet && (y - other_y).abs() < LEVEL_MM);
    }
    match (one.place, other.place) {
        (Place::Cell { table, row, .. }, Place::Cell { table: other_table, row: other_row, .. }) => {
            Some(table == other_table && row == other_row)
        }
        (Place::Box, _) | (_, Place::Box) => None,
        (one, other) => (one != other).then_some(false),
    }
}

fn judge_sizes(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let size = |at: Option<usize>| Some(paper.paragraphs[at?].visible().next()?.size_pt.round());
    let sizes = (size(parts.national_name), size(parts.motto), size(parts.date));
    let (Some(name), Some(motto)) = (sizes.0, sizes.1) else { return };
    let date = sizes.2.unwrap_or(motto);
    let is_in_range = (12.0..=13.0).contains(&name) && (13.0..=14.0).contains(&motto) && (13.0..=14.0).contains(&date);
    if is_in_range && !(motto == name + 1.0 && date == motto) {
        let sizes = format!("{name}-{motto}-{date}");
        findings.add("head_sizes", at_head(), both(sizes.clone(), sizes));
    }
}

fn judge_order(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    let order = [
        (("Quốc hiệu", "national name"), parts.national_name),
        (("số, ký hiệu", "number and code"), parts.number),
        (("tên loại", "type name"), parts.type_name),
        (("trích yếu", "subject"), parts.subject.first().copied()),
        (("Kính gửi", "addressees"), parts.addressees.first().copied()),
        (("căn cứ", "legal bases"), parts.bases.first().copied()),
        (("nơi nhận", "recipients"), parts.distribution),
        (("phụ lục", "annex"), parts.annexes.first().map(|annex| annex.label)),
    ];
    let present: Vec<(Fault, usize)> = order.into_iter().filter_map(|(name, at)| Some((name, at?))).collect();
    for pair in present.windows(2) {
        let is_head = pair[1].1.max(pair[0].1) < 12
            && pair[0].0.1 == "national name"
            && paper.paragraphs[pair[0].1].y_mm.is_some();
        if pair[1].1 < pair[0].1 && !is_head {
            let paragraph = &paper.paragraphs[pair[1].1];
            let ((first_vi, first_en), (then_vi, then_en)) = (pair[0].0, pair[1].0);
            let found = both(format!("{then_vi} đứng trước {first_vi}"), format!("{then_en} before {first_en}"));
            findings.at("order_of_parts", paragraph, found);
        }
    }
}
