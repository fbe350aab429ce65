//! What stands before and after the text: head, title, addressees, legal bases; recipients and signature.

use domain::reports::{Document, Emphasis, MOTTO, NATIONAL_NAME, Orientation};

use super::page::{POINTS_PER_MM, room};
use super::paragraph::{Paragraph, rule};
use super::table::placing;
use super::xml::Element;
use crate::fonts::text_width;

/// Widths of the two columns of the head, in millimetres.
const HEAD_MM: [f64; 2] = [64.0, 101.0];

/// Widths of the two columns of the closing, in millimetres.
const CLOSING_MM: [f64; 2] = [75.0, 90.0];

/// Empty lines that leave room for the signature.
const SIGNATURE_LINES: usize = 5;

/// Cells 1 to 5a, 9a and the legal bases.
pub(super) fn opening(document: &Document) -> Vec<Element> {
    let mut content = vec![head(document)];
    content.extend(document.kind.title().map(|title| Paragraph::new("TypeName").words(&title).build()));
    content.push(Paragraph::new("Subject").words(&document.subject).build());
    let subject_mm = bold_mm(&document.subject, 14.0).min(70.0);
    content.push(rule(subject_mm * 0.45, room(Orientation::Portrait)));
    content.push(Paragraph::new("Note").build());
    let single = document.addressees.len() == 1;
    let style = if single { "Addressee" } else { "Addressees" };
    content.extend(document.addressee_lines().iter().map(|line| Paragraph::new(style).words(line).build()));
    let basis = |line: &String| Paragraph::new("BodyText").emphasised(line, Emphasis::Italic).build();
    content.extend(document.legal_basis_lines().iter().map(basis));
    content
}

/// Cells 1 to 4.
fn head(document: &Document) -> Element {
    let issuer = document.issuer.name.to_uppercase();
    let issuer_mm = bold_mm(&issuer, 12.0).min(HEAD_MM[0]);
    let superior = document.issuer.superior.iter().map(|name| words("HeadUpper", &name.to_uppercase()));
    let left = superior.chain([words("HeadUpperBold", &issuer), rule(issuer_mm * 0.4, HEAD_MM[0])]).collect();
    let right =
        vec![words("HeadUpperBold", NATIONAL_NAME), words("HeadMotto", MOTTO), rule(bold_mm(MOTTO, 13.0), HEAD_MM[1])];
    let second = vec![
        vec![words("HeadNumber", &document.number_line())],
        vec![words("HeadDate", &document.place_and_date_line())],
    ];
    placing(vec![vec![left, right], second], &HEAD_MM)
}

/// Cells 7a to 9b: recipients on the left, signature on the right.
pub(super) fn closing(document: &Document) -> Vec<Element> {
    let mut left = vec![words("RecipientsLabel", "Nơi nhận:")];
    left.extend(document.recipient_lines().iter().map(|line| words("Recipients", line)));
    let capacity = document.signature.capacity.iter().map(|line| words("Signature", &line.to_uppercase()));
    let room = std::iter::repeat_with(|| words("Signature", "")).take(SIGNATURE_LINES);
    let right = capacity.chain(room).chain([words("Signature", &document.signature.name)]).collect();
    vec![Paragraph::new("Note").build(), placing(vec![vec![left, right]], &CLOSING_MM)]
}

fn words(style: &'static str, text: &str) -> Element {
    Paragraph::new(style).words(text).build()
}

fn bold_mm(text: &str, size_pt: f64) -> f64 {
    text_width(text, true, size_pt) / POINTS_PER_MM
}
