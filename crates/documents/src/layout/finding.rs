//! What was found: the rule, its place in the decree, the place in the document, found and expected.

use domain::Label;
use serde::Serialize;

use super::rules::{Look, looks, rules};
use crate::inspect::{Paper, Paragraph};

/// One departure from the decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's stable code (`data/nd30/rules.csv`); a part's look adds `.size`, `.style` or `.case`.
    pub rule: String,
    /// The place in Decree 30/2020/NĐ-CP.
    pub article: Label,
    /// The place in the document: the page where it is known, and the words of the line.
    pub place: Label,
    /// What stands there.
    pub found: Label,
    /// What the decree expects.
    pub expected: Label,
}

/// A finding as one reader is told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingText<'a> {
    /// As [`Finding::rule`].
    pub rule: &'a str,
    /// As [`Finding::article`].
    pub article: &'a str,
    /// As [`Finding::place`].
    #[serde(rename = "where")]
    pub place: &'a str,
    /// As [`Finding::found`].
    pub found: &'a str,
    /// As [`Finding::expected`].
    pub expected: &'a str,
}

impl Finding {
    /// The finding in a language; anything but `en` is Vietnamese.
    pub fn in_language(&self, language: &str) -> FindingText<'_> {
        FindingText {
            rule: &self.rule,
            article: self.article.in_language(language),
            place: self.place.in_language(language),
            found: self.found.in_language(language),
            expected: self.expected.in_language(language),
        }
    }
}

/// What is said in Vietnamese and in English.
pub(super) fn both(vi: impl Into<String>, en: impl Into<String>) -> Label {
    Label { vi: vi.into(), en: en.into() }
}

/// Words of the document itself.
pub(super) fn quoted(words: &str) -> Label {
    let quoted = format!("«{}»", words.trim());
    both(quoted.clone(), quoted)
}

/// The head of a document, where what is missing there would stand.
pub(super) fn at_head() -> Label {
    both("đầu văn bản", "the head of the document")
}

/// Collects findings; the same fault in many places is one finding.
pub(super) struct Findings<'a> {
    paper: &'a Paper,
    found: Vec<(Finding, usize)>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(paper: &'a Paper) -> Self {
        Self { paper, found: Vec::new() }
    }

    /// A fault of the document or of a sheet.
    pub(super) fn add(&mut self, rule: &str, place: Label, found: Label) {
        let known = rules().get(rule);
        let finding = Finding {
            rule: rule.to_owned(),
            article: known.map_or_else(nothing, |rule| rule.article.clone()),
            place,
            found,
            expected: known.map_or_else(nothing, |rule| rule.expected.clone()),
        };
        self.push(finding);
    }

    /// A fault at a paragraph.
    pub(super) fn at(&mut self, rule: &str, paragraph: &Paragraph, found: Label) {
        let place = self.place(paragraph);
        self.add(rule, place, found);
    }

    /// A fault in the look of a part: `aspect` is `size`, `style` or `case`.
    pub(super) fn look(&mut self, part: &str, aspect: &str, place: Label, found: Label) {
        let expected = looks().get(part).map_or_else(nothing, |look| expected(look, aspect));
        let article = rules().get(part).map_or_else(nothing, |rule| rule.article.clone());
        self.push(Finding { rule: format!("{part}.{aspect}"), article, place, found, expected });
    }

    fn push(&mut self, finding: Finding) {
        let same = self.found.iter_mut().find(|(known, _)| {
            known.rule == finding.rule && (known.found == finding.found || is_about_lines(&known.rule))
        });
        match same {
            Some((_, count)) => *count += 1,
            None => self.found.push((finding, 1)),
        }
    }

    /// The place of a paragraph in words.
    pub(super) fn place(&self, paragraph: &Paragraph) -> Label {
        const WORDS_MAX: usize = 60;
        let text = paragraph.text();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words: String = text.chars().take(WORDS_MAX).collect();
        if words.len() < text.len() {
            words.push('…');
        }
        match self.paper.sheets.get(paragraph.sheet).and_then(|sheet| sheet.page) {
            Some(page) => both(format!("trang {page}: «{words}»"), format!("page {page}: «{words}»")),
            None => quoted(&words),
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        let told = |(mut finding, count): (Finding, usize)| {
            if count > 1 {
                let (Label { vi, en }, more) = (&finding.place, count - 1);
                let places = if more == 1 { "place" } else { "places" };
                finding.place = both(format!("{vi} (và {more} chỗ khác)"), format!("{en} (and {more} other {places})"));
            }
            finding
        };
        self.found.into_iter().map(told).collect()
    }
}

/// Rules whose measure differs from paragraph to paragraph though the fault is one.
fn is_about_lines(rule: &str) -> bool {
    matches!(rule, "body_spacing" | "body_lines")
}

fn nothing() -> Label {
    both("", "")
}

fn expected(look: &Look, aspect: &str) -> Label {
    let (least, most) = look.size_pt;
    match aspect {
        "size" if least < most => both(format!("cỡ chữ {least}-{most}"), format!("size {least} to {most}")),
        "size" => both(format!("cỡ chữ {least}"), format!("size {least}")),
        "case" if !look.upper => both("chữ in thường", "small letters"),
        "case" => both("chữ in hoa", "capitals"),
        _ => style(look.italic, look.bold.unwrap_or(false)),
    }
}

/// A style in words.
pub(super) fn style(italic: bool, bold: bool) -> Label {
    match (italic, bold) {
        (false, false) => both("kiểu chữ đứng, không đậm", "upright, not bold"),
        (false, true) => both("kiểu chữ đứng, đậm", "upright bold"),
        (true, false) => both("kiểu chữ nghiêng", "italic"),
        (true, true) => both("kiểu chữ nghiêng, đậm", "italic bold"),
    }
}
