//! What was found: the rule, its place in the decree, the place in the document, found and expected.

use serde::{Deserialize, Serialize};

use super::rules::{Look, looks, rules};
use crate::inspect::{Paper, Paragraph};

/// One departure from the decree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's stable code (`data/nd30/rules.csv`); a part's look adds `.size`, `.style` or `.case`.
    pub rule: String,
    /// The place in Decree 30/2020/NĐ-CP.
    pub article: String,
    /// The place in the document: the page where it is known, and the words of the line.
    #[serde(rename = "where")]
    pub place: String,
    /// What stands there.
    pub found: String,
    /// What the decree expects.
    pub expected: String,
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
    pub(super) fn add(&mut self, rule: &str, place: impl Into<String>, found: impl Into<String>) {
        let known = rules().get(rule);
        let finding = Finding {
            rule: rule.to_owned(),
            article: known.map(|rule| rule.article.clone()).unwrap_or_default(),
            place: place.into(),
            found: found.into(),
            expected: known.map(|rule| rule.expected.clone()).unwrap_or_default(),
        };
        self.push(finding);
    }

    /// A fault at a paragraph.
    pub(super) fn at(&mut self, rule: &str, paragraph: &Paragraph, found: impl Into<String>) {
        let place = self.place(paragraph);
        self.add(rule, place, found);
    }

    /// A fault in the look of a part: `aspect` is `size`, `style` or `case`.
    pub(super) fn look(&mut self, part: &str, aspect: &str, place: String, found: String) {
        let expected = looks().get(part).map(|look| expected(look, aspect)).unwrap_or_default();
        let article = rules().get(part).map(|rule| rule.article.clone()).unwrap_or_default();
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
    pub(super) fn place(&self, paragraph: &Paragraph) -> String {
        const WORDS_MAX: usize = 60;
        let text = paragraph.text();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words: String = text.chars().take(WORDS_MAX).collect();
        if words.len() < text.len() {
            words.push('…');
        }
        match self.paper.sheets.get(paragraph.sheet).and_then(|sheet| sheet.page) {
            Some(page) => format!("trang {page}: «{words}»"),
            None => format!("«{words}»"),
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        let told = |(mut finding, count): (Finding, usize)| {
            if count > 1 {
                finding.place = format!("{} (và {} chỗ khác)", finding.place, count - 1);
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

fn expected(look: &Look, aspect: &str) -> String {
    let (least, most) = look.size_pt;
    match aspect {
        "size" if least < most => format!("cỡ chữ {least}-{most}"),
        "size" => format!("cỡ chữ {least}"),
        "case" => "chữ in hoa".to_owned(),
        _ => format!("kiểu chữ {}", style(look.italic, look.bold.unwrap_or(false))),
    }
}

/// A style in words.
pub(super) fn style(italic: bool, bold: bool) -> &'static str {
    match (italic, bold) {
        (false, false) => "đứng, không đậm",
        (false, true) => "đứng, đậm",
        (true, false) => "nghiêng",
        (true, true) => "nghiêng, đậm",
    }
}
