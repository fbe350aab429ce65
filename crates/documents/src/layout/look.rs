//! The look of a part against the table of annex I, V.

use domain::Label;

use super::finding::{Findings, both, style};
use super::rules::looks;
use crate::inspect::{Paragraph, Span};

/// How far a size may be off: PDF rounds.
const SIZE_SLACK_PT: f64 = 0.15;

/// Judges size, weight, slant and case of a paragraph as this part.
pub(super) fn judge(part: &str, paragraph: &Paragraph, findings: &mut Findings<'_>) {
    let place = findings.place(paragraph);
    judge_spans(part, paragraph.visible(), place.clone(), findings);
    let is_upper = looks().get(part).is_some_and(|look| look.upper);
    let text = paragraph.text();
    // The label «Số:» of a code stays in small letters; its rule is apart.
    if is_upper && text != text.to_uppercase() && part != "number_and_code" {
        findings.look(part, "case", place, both("chữ in thường", "small letters"));
    }
}

/// Judges size, weight and slant alone.
pub(super) fn judge_spans<'a>(
    part: &str,
    spans: impl Iterator<Item = &'a Span>,
    place: Label,
    findings: &mut Findings<'_>,
) {
    let Some(look) = looks().get(part) else { return };
    let (least, most) = (look.size_pt.0 - SIZE_SLACK_PT, look.size_pt.1 + SIZE_SLACK_PT);
    let (mut size, mut slant) = (None, None);
    for span in spans.filter(|span| span.text.chars().any(char::is_alphanumeric)) {
        if !(least..=most).contains(&span.size_pt) {
            size = size.or(Some(measured("cỡ chữ {}", "size {}", span.size_pt)));
        }
        if span.italic != look.italic || look.bold.is_some_and(|bold| bold != span.bold) {
            slant = slant.or(Some(style(span.italic, span.bold)));
        }
    }
    if let Some(found) = size {
        findings.look(part, "size", place.clone(), found);
    }
    if let Some(found) = slant {
        findings.look(part, "style", place, found);
    }
}

/// A measure put into words where `{}` stands, as people write it: `13`, `13,5`, in English `13.5`.
pub(super) fn measured(vi: &str, en: &str, size: f64) -> Label {
    let written = format!("{}", (size * 10.0).round() / 10.0);
    both(vi.replace("{}", &written.replace('.', ",")), en.replace("{}", &written))
}
