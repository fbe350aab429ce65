//! What the paragraphs of a text are: headings by their labels, numbered paragraphs, plain ones, and what stands apart.

use std::ops::Range;

use super::line::Line;
use crate::inspect::Place;

/// A paragraph of the text and what it is.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) at: usize,
    pub(super) kind: Kind,
    /// The number or letter of a heading, as it is written.
    pub(super) number: String,
}

/// What a paragraph of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Phần I`, `Chương I`.
    PartLabel,
    /// The title under it.
    PartTitle,
    /// `Mục 1`, `Tiểu mục 1`.
    SectionLabel,
    /// The title under it.
    SectionTitle,
    /// `I. TITLE`.
    Roman,
    /// `Điều 1.`
    Article,
    /// `1.`
    Clause,
    /// `a)`
    Point,
    /// Any other paragraph.
    Plain,
    /// Captions, notes, words of drawings, lines in capitals of their own: the decree says nothing about them.
    Apart,
}

/// Classifies the text of a range; captions, notes and what belongs to drawings stand apart.
pub(super) fn items(lines: &[Line<'_>], range: Range<usize>, drawn_below: f64) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut after_table = false;
    for at in range {
        let line = &lines[at];
        if line.is_blank {
            continue;
        }
        if line.paragraph.place != Place::Text {
            after_table = line.paragraph.is_in_table();
            continue;
        }
        let (mut kind, number) = match line.size_pt() < drawn_below {
            true => (Kind::Apart, String::new()),
            false => classify(line),
        };
        let previous = items.last().map(|item| item.kind);
        let is_under = |label: Kind, title: Kind| {
            previous == Some(label) || (previous == Some(title) && line.is_upper() && kind == Kind::Plain)
        };
        if is_under(Kind::PartLabel, Kind::PartTitle) {
            kind = Kind::PartTitle;
        } else if is_under(Kind::SectionLabel, Kind::SectionTitle) {
            kind = Kind::SectionTitle;
        } else if kind == Kind::Plain && stands_apart(line, after_table) {
            kind = Kind::Apart;
        }
        after_table &= kind == Kind::Apart;
        items.push(Item { at, kind, number });
    }
    items
}

/// Captions and notes of tables, names of values in drawings, lines in capitals such as `QUYẾT ĐỊNH:`.
fn stands_apart(line: &Line<'_>, after_table: bool) -> bool {
    let is_caption = ["bang ", "bieu do ", "hinh ", "so do ", "bieu "].iter().any(|word| line.folded.starts_with(word))
        && line.folded.chars().any(|c| c.is_ascii_digit())
        && line.is_bold();
    let is_note = after_table && line.size_pt() < 12.6;
    let is_unit = line.folded.starts_with("don vi tinh") || line.folded.starts_with("(don vi");
    let is_line_of_capitals = line.is_upper() && line.is_centred();
    let is_placeholder = line.text.starts_with('[') && line.text.trim_end_matches(['.', '/']).ends_with(']');
    is_caption || is_note || is_unit || is_line_of_capitals || is_placeholder || is_to_fill(&line.text)
}

/// A line of dots to be filled in by hand, with the number of a note perhaps, as the models of the decree have them.
fn is_to_fill(text: &str) -> bool {
    let has_dots = text.contains('…') || text.contains("...");
    has_dots && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".…;,:()-–/".contains(c))
}

/// Whether a line is a heading or numbered.
pub(super) fn is_heading(line: &Line<'_>) -> bool {
    !matches!(classify(line).0, Kind::Plain | Kind::Apart)
}

fn classify(line: &Line<'_>) -> (Kind, String) {
    let (text, folded) = (line.text.as_str(), line.folded.as_str());
    let label = |words: &[&str]| {
        let rest = words.iter().find_map(|word| folded.strip_prefix(word))?;
        let number = rest.trim().trim_end_matches(['.', ':']);
        let is_short = number.len() <= 8 && !number.is_empty() && number.chars().all(|c| c.is_ascii_alphanumeric());
        is_short.then(|| number.to_uppercase())
    };
    if let Some(number) = label(&["phan ", "chuong "]) {
        return (Kind::PartLabel, number);
    }
    if let Some(number) = label(&["tieu muc ", "muc "]) {
        return (Kind::SectionLabel, number);
    }
    if let Some(rest) = folded.strip_prefix("dieu ").filter(|_| text.starts_with(['Đ', 'đ']) && line.is_article()) {
        return (Kind::Article, rest.chars().take_while(char::is_ascii_alphanumeric).collect());
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    let (stem, mark) = word.split_at(word.len() - word.chars().next_back().map_or(0, char::len_utf8));
    let is_roman = !stem.is_empty() && stem.chars().all(|c| "IVXLC".contains(c));
    let is_count = !stem.is_empty() && stem.len() <= 2 && stem.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = stem.chars().count() <= 2 && stem.chars().next().is_some_and(char::is_lowercase);
    match mark {
        "." if is_roman => (Kind::Roman, stem.to_owned()),
        "." if is_count => (Kind::Clause, stem.to_owned()),
        ")" if is_letter => (Kind::Point, stem.to_owned()),
        _ => (Kind::Plain, String::new()),
    }
}
