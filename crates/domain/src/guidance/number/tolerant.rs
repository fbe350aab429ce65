//! The tolerant reader: repairs what has only one reading, says what it assumed, asks where a person must decide.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{DocumentNumber, Grammar, is_party_body};
use crate::{guidance::document_type::DocumentType, refusal::Refusal};

/// Something that the reader did or wants to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// A stable word: `spelling`, `leading_zero`, `case`, `d_for_dd`, `two_digit_year`, `party_grammar`,
    /// `state_grammar`, `ambiguous_type`.
    pub code: String,
    /// In Vietnamese, for the person who typed it.
    pub message: String,
    /// Whether a person must confirm the reading; else it was safe to assume.
    pub asks: bool,
}

/// A number as it was typed and as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberReading {
    /// The text as given.
    pub raw: String,
    /// What it was read as, or what is suggested.
    pub number: DocumentNumber,
    /// What was assumed and what is asked; empty for a number that may be written as it stands.
    pub remarks: Vec<Remark>,
}

impl NumberReading {
    /// Whether a person must confirm the reading.
    pub fn asks(&self) -> bool {
        self.remarks.iter().any(|remark| remark.asks)
    }
}

/// Reads a number as people type it.
///
/// # Errors
/// The strict parser's reasons where no reading is left: `136/KHUBND`, a body missing, number zero, a date.
pub fn read_number(raw: &str) -> Result<NumberReading, Refusal> {
    let mut repair = Repair { text: String::new(), remarks: Vec::new() };
    repair.spelling(raw);
    repair.leading_zero();
    repair.century();
    repair.abbreviation();
    repair.letters_of_bodies();
    repair.other_grammar();
    let number = DocumentNumber::parse(&repair.text)?;
    if let Some(known) =
        number.document_type().filter(|known| known.is_ambiguous() && number.grammar() == Grammar::Typed)
    {
        let other = if known.abbreviation == "HĐ" { "hội đồng" } else { "công đoàn" };
        let code = known.abbreviation;
        let message = format!(
            "«{code}» có thể là {} hoặc {other}. Xin cho biết đây là {} hay công văn của {other}.",
            known.name.to_lowercase(),
            known.name.to_lowercase()
        );
        repair.ask("ambiguous_type", message);
    }
    Ok(NumberReading { raw: raw.to_owned(), number, remarks: repair.remarks })
}

struct Repair {
    text: String,
    remarks: Vec<Remark>,
}

impl Repair {
    fn assume(&mut self, code: &str, message: impl Into<String>) {
        self.remarks.push(Remark { code: code.to_owned(), message: message.into(), asks: false });
    }

    fn ask(&mut self, code: &str, message: impl Into<String>) {
        self.remarks.push(Remark { code: code.to_owned(), message: message.into(), asks: true });
    }

    /// NFC, plain hyphens, no blanks, no `Số:` in front, no mark behind; the text itself is kept by the caller.
    fn spelling(&mut self, raw: &str) {
        let plain = |c: char| if matches!(c, '–' | '—' | '−' | '‐' | '‑') { '-' } else { c };
        let text: String = raw.nfc().filter(|c| !c.is_whitespace() && *c != '\u{ad}' && *c != '&').map(plain).collect();
        let text = ["Số", "số", "SỐ"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
        let text = text.trim_start_matches(':').trim_end_matches(['.', ',', ';']);
        let text = text.replace("TƯ", "TW");
        if text != raw.trim() {
            self.assume("spelling", format!("Đã đọc là {text}: bỏ khoảng trắng và dùng dấu gạch nối ngắn."));
        }
        self.text = text;
    }

    fn leading_zero(&mut self) {
        let end = self.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let (digits, rest) = self.text.split_at(end);
        let Ok(number) = digits.parse::<u32>() else { return };
        let written = format!("{number:02}");
        // A date or a count is refused as what it is, so its figures are left alone.
        if number > 0 && digits != written && rest.contains(char::is_alphabetic) {
            self.text = format!("{written}{rest}");
            self.assume("leading_zero", format!("Số dưới 10 viết có chữ số 0 đứng trước: {written}."));
        }
    }

    /// `98/23/NĐ-CP`: which century is clear, that it is a year is not quite.
    fn century(&mut self) {
        let groups: Vec<&str> = self.text.split('/').collect();
        let [number, year, code] = groups[..] else { return };
        let is_short = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
        if !is_short || !code.starts_with(char::is_alphabetic) {
            return;
        }
        let century = if year < "45" { "20" } else { "19" };
        let (short, full) = (year.to_owned(), format!("{century}{year}"));
        self.text = format!("{number}/{full}/{code}");
        self.ask("two_digit_year", format!("Năm viết đủ bốn chữ số; «{short}» có phải là năm {full}?"));
    }

    /// The first group of letters as an abbreviation of a kind: case is repaired, a missing Đ is asked about.
    fn abbreviation(&mut self) {
        let Some(start) = self.text.find(char::is_alphabetic) else { return };
        let rest = &self.text[start..];
        let Some(length) = rest.find(['-', '/']) else { return };
        let group = rest[..length].to_owned();
        if DocumentType::of_abbreviation(&group).is_some() {
            return;
        }
        let Some(known) = DocumentType::nearly(&group) else { return };
        let right = known.abbreviation;
        self.text.replace_range(start..start + length, right);
        if right.to_uppercase() == group.to_uppercase() {
            self.assume("case", format!("«{group}» được đọc là {right} ({}).", known.name));
        } else {
            self.ask("d_for_dd", format!("«{group}» có phải là {right} ({})?", known.name));
        }
    }

    /// Small letters typed for a body's capitals.
    fn letters_of_bodies(&mut self) {
        let Some(at) = self.text.rfind(['-', '/']) else { return };
        let body = &self.text[at + 1..];
        let is_small = body.chars().any(|c| c.is_lowercase() && !matches!(c, 'y' | 'r'));
        if is_small && body.chars().all(char::is_alphanumeric) {
            let capitals = body.to_uppercase();
            self.text.replace_range(at + 1.., &capitals);
            self.assume("case", format!("Chữ viết tắt của cơ quan viết hoa: {capitals}."));
        }
    }

    /// A Party body in the state's grammar, or a state body in the Party's.
    fn other_grammar(&mut self) {
        let Some(end) = self.text.find(|c: char| !c.is_ascii_digit()) else { return };
        let (number, code) = self.text.split_at(end);
        let is_state = code.starts_with('/');
        let Some(rest) = code.strip_prefix(['/', '-']) else { return };
        let (number, rest) = (number.to_owned(), rest.to_owned());
        let Some((kind, body)) = rest.split_once(if is_state { '-' } else { '/' }) else { return };
        if DocumentType::of_abbreviation(kind).is_none() || body.is_empty() || body.contains('/') {
            return;
        }
        if is_state && is_party_body(body) {
            self.text = format!("{number}-{kind}/{body}");
            self.ask("party_grammar", format!("{body} là cấp ủy Đảng; có phải văn bản số {}?", self.text.clone()));
        } else if !is_state && !is_party_body(body) {
            self.text = format!("{number}/{kind}-{body}");
            self.ask("state_grammar", format!("{body} là cơ quan nhà nước; có phải văn bản số {}?", self.text.clone()));
        }
    }
}
