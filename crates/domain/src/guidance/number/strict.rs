//! The strict parser: only what may be written.

use super::{DocumentNumber, Grammar, is_party_body};
use crate::{guidance::document_type::DocumentType, refusal::Refusal};

/// Longest running number, in digits.
const DIGIT_COUNT_MAX: usize = 6;

/// Longest abbreviation of a body, in letters.
const BODY_LENGTH_MAX: usize = 24;

fn refused<T>(code: &str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::one(code, message))
}

pub(super) fn parse(text: &str) -> Result<DocumentNumber, Refusal> {
    if text.contains(char::is_whitespace) || text.contains(['–', '—', '−']) {
        return refused("blank", "Số, ký hiệu viết liền, dùng dấu gạch nối ngắn, không có khoảng trắng: 136/KH-UBND.");
    }
    let Some(end) = text.find(|c: char| !c.is_ascii_digit()) else {
        return refused("not_a_number", format!("«{text}» chưa đủ số và ký hiệu, ví dụ 136/KH-UBND."));
    };
    let (digits, rest) = text.split_at(end);
    let number = running(digits)?;
    if let Some(code) = rest.strip_prefix('/') {
        return state(number, code, text);
    }
    match rest.strip_prefix('-') {
        Some(code) => party(number, code),
        None => refused("separator", "Sau số phải là dấu «/» (văn bản nhà nước) hoặc «-» (văn bản của Đảng)."),
    }
}

/// The running number: no zero, one leading zero under 10 and none above.
fn running(digits: &str) -> Result<u32, Refusal> {
    if digits.is_empty() || digits.len() > DIGIT_COUNT_MAX {
        return refused("not_a_number", "Văn bản phải bắt đầu bằng số, tối đa 6 chữ số.");
    }
    let number: u32 = digits.parse().map_err(|_| Refusal::one("not_a_number", "Số của văn bản không đọc được."))?;
    match number {
        0 => refused("number_zero", "Số của văn bản bắt đầu từ 01."),
        number if format!("{number:02}") != digits => {
            refused("leading_zero", format!("Số dưới 10 có một chữ số 0 đứng trước; hãy viết {number:02}."))
        }
        number => Ok(number),
    }
}

fn state(number: u32, code: &str, text: &str) -> Result<DocumentNumber, Refusal> {
    let groups: Vec<&str> = code.split('/').collect();
    match groups[..] {
        [code] if code.bytes().all(|byte| byte.is_ascii_digit()) => {
            refused("a_date", format!("«{text}» là một tỉ số hoặc ngày, không phải số và ký hiệu."))
        }
        [code] => unyeared(number, code),
        [year, code] => yeared(number, year, code, text),
        _ => refused("separator", "Số, ký hiệu có nhiều nhất hai dấu «/»: 98/2023/NĐ-CP."),
    }
}

fn yeared(number: u32, year: &str, code: &str, text: &str) -> Result<DocumentNumber, Refusal> {
    if code.bytes().all(|byte| byte.is_ascii_digit()) {
        return refused("a_date", format!("«{text}» là một ngày, không phải số và ký hiệu."));
    }
    let is_figures = year.bytes().all(|byte| byte.is_ascii_digit());
    let Some(year) = year.parse::<u16>().ok().filter(|year| is_figures && (1945..=2199).contains(year)) else {
        return refused("two_digit_year", "Năm trong số, ký hiệu viết đủ bốn chữ số: 98/2023/NĐ-CP.");
    };
    if let Some((body, term)) = assembly(code)? {
        let grammar = if body == "QH" { Grammar::NationalAssembly } else { Grammar::StandingCommittee };
        return Ok(DocumentNumber { term: Some(term), year: Some(year), ..plain(grammar, number, None, body) });
    }
    let (first, bodies) = groups(code)?;
    let Some(known) = DocumentType::of_abbreviation(first) else {
        return refused("separator", format!("«{first}» không phải chữ viết tắt của loại văn bản nào."));
    };
    let typed = state_typed(Grammar::Normative, number, known, &bodies)?;
    Ok(DocumentNumber { year: Some(year), ..typed })
}

fn unyeared(number: u32, code: &str) -> Result<DocumentNumber, Refusal> {
    let (first, bodies) = groups(code)?;
    let Some(known) = DocumentType::of_abbreviation(first) else { return letter(number, first, &bodies) };
    match bodies[..] {
        [body] if body.starts_with("UBTVQH") => match assembly(body)? {
            Some((body, term)) => {
                let plain = plain(Grammar::StandingCommittee, number, Some(known), body);
                Ok(DocumentNumber { term: Some(term), ..plain })
            }
            None => refused("body", "Sau UBTVQH là khóa Quốc hội, ví dụ UBTVQH15."),
        },
        _ => state_typed(Grammar::Typed, number, known, &bodies),
    }
}

fn state_typed(
    grammar: Grammar,
    number: u32,
    known: &'static DocumentType,
    bodies: &[&str],
) -> Result<DocumentNumber, Refusal> {
    for body in bodies {
        check_body(body)?;
        if is_party_body(body) {
            let code = known.abbreviation;
            return refused("party_body", format!("{body} là cấp ủy Đảng; hãy viết {number:02}-{code}/{body}."));
        }
    }
    let Some((body, sub)) = bodies.split_first() else { return refused("body", "Thiếu cơ quan ban hành.") };
    let sub = sub.iter().map(|sub| (*sub).to_owned()).collect();
    Ok(DocumentNumber { sub, ..plain(grammar, number, Some(known), body) })
}

fn letter(number: u32, body: &str, drafters: &[&str]) -> Result<DocumentNumber, Refusal> {
    check_body(body)?;
    if let Some(known) = DocumentType::nearly(body) {
        let right = known.abbreviation;
        return refused("d_for_dd", format!("«{body}» viết thiếu dấu hoặc sai chữ hoa; ký hiệu đúng là {right}."));
    }
    for drafter in drafters {
        check_body(drafter)?;
    }
    let sub = drafters.iter().map(|drafter| (*drafter).to_owned()).collect();
    Ok(DocumentNumber { sub, ..plain(Grammar::Letter, number, None, body) })
}

fn party(number: u32, code: &str) -> Result<DocumentNumber, Refusal> {
    let Some((first, body)) = code.split_once('/') else {
        return refused("separator", "Văn bản của Đảng viết theo mẫu 29-CTr/QU.");
    };
    let Some(known) = DocumentType::of_abbreviation(first) else {
        return refused("separator", format!("«{first}» không phải chữ viết tắt của loại văn bản nào."));
    };
    check_body(body)?;
    if !is_party_body(body) {
        return refused("state_body", format!("{body} không phải cấp ủy Đảng; hãy viết {number:02}/{first}-{body}."));
    }
    Ok(plain(Grammar::Party, number, Some(known), body))
}

/// `KH-UBND` as its first group and the others, of which there is at least one.
fn groups(code: &str) -> Result<(&str, Vec<&str>), Refusal> {
    let mut groups = code.split('-');
    let first = groups.next().unwrap_or_default();
    let others: Vec<&str> = groups.collect();
    if others.is_empty() {
        return refused(
            "separator",
            format!("Thiếu dấu gạch nối giữa loại văn bản và cơ quan ban hành trong «{code}»."),
        );
    }
    Ok((first, others))
}

/// The National Assembly or its standing committee with the term, or neither.
fn assembly(code: &str) -> Result<Option<(&'static str, u8)>, Refusal> {
    let found = ["UBTVQH", "QH"].into_iter().find_map(|body| code.strip_prefix(body).map(|term| (body, term)));
    let Some((body, term)) = found else { return Ok(None) };
    let is_plain = !term.starts_with('0') && term.len() <= 2 && term.bytes().all(|byte| byte.is_ascii_digit());
    match term.parse() {
        Ok(term) if is_plain => Ok(Some((body, term))),
        _ if term.is_empty() => refused("body", format!("Sau {body} là khóa Quốc hội, ví dụ {body}15.")),
        _ => Ok(None),
    }
}

fn check_body(body: &str) -> Result<(), Refusal> {
    let length = body.chars().count();
    let is_letter = |c: char| c.is_ascii_uppercase() || c == 'Đ';
    let is_inside = |c: char| is_letter(c) || matches!(c, 'y' | 'r');
    let opens_well = body.starts_with(is_letter);
    if !(2..=BODY_LENGTH_MAX).contains(&length) || !opens_well || !body.chars().all(is_inside) {
        let message = format!("«{body}» không phải chữ viết tắt của cơ quan: từ 2 đến 24 chữ in hoa, ví dụ UBND.");
        return refused("body", message);
    }
    Ok(())
}

fn plain(grammar: Grammar, number: u32, document_type: Option<&'static DocumentType>, body: &str) -> DocumentNumber {
    DocumentNumber { grammar, number, year: None, document_type, body: body.to_owned(), sub: Vec::new(), term: None }
}
