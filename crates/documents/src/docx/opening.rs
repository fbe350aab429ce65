//! What stands before and after the text: head, title, addressees, legal bases; recipients and signatures.

use domain::reports::{Closing, Document, Emphasis, Head, Mark, Opening, Orientation, SignatureLines};

use super::page::{POINTS_PER_MM, room};
use super::paragraph::{Paragraph, rule};
use super::table::placing;
use super::xml::{Element, element, value};
use crate::balance::balanced_mm;
use crate::fonts::text_width;

/// Widths of the two columns of the head, in millimetres.
const HEAD_MM: [f64; 2] = [64.0, 101.0];

/// Widths of the two columns of the closing, in millimetres.
const CLOSING_MM: [f64; 2] = [75.0, 90.0];

/// Widths of two signatures side by side, in millimetres.
const SIGNATURES_MM: [f64; 2] = [82.5, 82.5];

/// Empty lines that leave room for the signature.
const SIGNATURE_LINES: usize = 5;

/// Cells 1 to 5a, 9a, the authority and the legal bases.
pub(super) fn opening(document: &Document) -> Vec<Element> {
    let opening = document.opening();
    let mut content: Vec<Element> = opening.head.iter().map(head).collect();
    content.extend(title(&opening));
    let style = if opening.addressees.len() == 1 { "Addressee" } else { "Addressees" };
    content.extend(opening.addressees.iter().map(|line| words(style, line)));
    content.extend(opening.authority.iter().map(|line| words("Authority", line)));
    let basis = |line: &String| Paragraph::new("BodyText").emphasised(line, Emphasis::Italic).build();
    content.extend(opening.legal_bases.iter().map(basis));
    content.extend(opening.enacting.map(|line| words("Authority", line)));
    content
}

/// Cell 5a, or label, title and reference of an annex in a file of its own.
fn title(opening: &Opening) -> Vec<Element> {
    let mut content = Vec::new();
    content.extend(opening.label.iter().map(|label| words("TypeName", label)));
    content.extend(opening.type_name.iter().map(|name| words("TypeName", name)));
    let Some(subject) = &opening.subject else { return vec![words("Note", "")] };
    let room = room(Orientation::Portrait);
    let subject_mm = balanced_mm(subject, true, 14.0, room);
    content.push(evenly("Subject", subject, subject_mm, room));
    match &opening.reference {
        Some(reference) => {
            content.extend(self::reference(reference, Orientation::Portrait));
        }
        None => {
            content.push(rule(bold_mm(subject, 14.0).min(subject_mm) * 0.45, room));
        }
    }
    content.push(words("Note", ""));
    content
}

/// An annex's reference and the rule under it.
pub(super) fn reference(reference: &str, orientation: Orientation) -> [Element; 2] {
    let room = room(orientation);
    let reference_mm = balanced_mm(reference, false, 14.0, room);
    let ruled = (text_width(reference, false, 14.0) / POINTS_PER_MM).min(reference_mm) * 0.3;
    [evenly("AnnexReference", reference, reference_mm, room), rule(ruled, room)]
}

/// Cells 1 to 4, 5b, 10b and 11.
pub(super) fn head(head: &Head) -> Element {
    let room = HEAD_MM[0];
    let issuer_mm = balanced_mm(&head.issuer, true, 12.0, room);
    let ruled = bold_mm(&head.issuer, 12.0).min(issuer_mm) * 0.4;
    let superior = head.superior.iter().map(|name| words("HeadUpper", name));
    let issuer = evenly("HeadUpperBold", &head.issuer, issuer_mm, room);
    let left = superior.chain([issuer, rule(ruled, room)]).collect();
    let ruled = head.motto.map_or(bold_mm(head.national_name, 12.0), |motto| bold_mm(motto, 13.0));
    let mut right = vec![words("HeadUpperBold", head.national_name)];
    right.extend(head.motto.map(|motto| words("HeadMotto", motto)));
    right.push(rule(ruled, HEAD_MM[1]));
    let mut rows = vec![vec![left, right]];
    if head.has_number_row() {
        let mut left: Vec<Element> = head.number.iter().map(|line| words("HeadNumber", line)).collect();
        let subject =
            |line: &String| evenly("LetterSubject", line, balanced_mm(line, false, 12.0, HEAD_MM[0]), HEAD_MM[0]);
        left.extend(head.letter_subject.iter().map(subject));
        left.extend(head.marks.iter().map(mark));
        let date = head.place_and_date.as_deref().unwrap_or_default();
        rows.push(vec![left, vec![words("HeadDate", date)]]);
    }
    placing(rows, &HEAD_MM)
}

/// A mark in its frame: a paragraph with a border, as wide as the frame and set off from the number above it.
fn mark(mark: &Mark) -> Element {
    let side = super::paragraph::twips((HEAD_MM[0] - f64::from(mark.width_mm)) / 2.0);
    let colour = if mark.is_red { "FF0000" } else { "000000" };
    let border = |name| value(name, "single").attribute("w:sz", 8).attribute("w:space", 3).attribute("w:color", colour);
    let borders = element("w:pBdr").children(["w:top", "w:left", "w:bottom", "w:right"].map(border));
    let properties = element("w:pPr")
        .child(value("w:pStyle", "Mark"))
        .child(borders)
        .child(element("w:ind").attribute("w:left", side).attribute("w:right", side));
    let looks = mark.is_red.then(|| element("w:rPr").child(value("w:color", colour)));
    let run = element("w:r").children(looks).child(element("w:t").text(mark.words));
    element("w:p").child(properties).child(run)
}

/// Cells 7a to 9b: recipients on the left, signature on the right; of minutes both signatures, then the recipients.
pub(super) fn closing(closing: &Closing) -> Vec<Element> {
    let label = words("RecipientsLabel", closing.recipients_label);
    let recipients: Vec<Element> =
        std::iter::once(label).chain(closing.recipients.iter().map(|line| words("Recipients", line))).collect();
    let signature = signature(&closing.signature);
    let gap = Paragraph::new("Note").with_next(true).build();
    match &closing.secretary {
        None => vec![gap, placing(vec![vec![recipients, signature]], &CLOSING_MM)],
        Some(secretary) => {
            let signatures = placing(vec![vec![self::signature(secretary), signature]], &SIGNATURES_MM);
            [gap.clone(), signatures, gap].into_iter().chain(recipients).collect()
        }
    }
}

fn signature(lines: &SignatureLines) -> Vec<Element> {
    let capacity = lines.capacity.iter().map(|line| words("Signature", line));
    let room = std::iter::repeat_with(|| words("Signature", "")).take(SIGNATURE_LINES);
    capacity.chain(room).chain([words("Signature", &lines.name)]).collect()
}

fn words(style: &'static str, text: &str) -> Element {
    Paragraph::new(style).words(text).build()
}

/// Words in the middle of a room, in lines of about the same length.
fn evenly(style: &'static str, text: &str, width_mm: f64, room_mm: f64) -> Element {
    Paragraph::new(style).within(width_mm, room_mm).words(text).build()
}

fn bold_mm(text: &str, size_pt: f64) -> f64 {
    text_width(text, true, size_pt) / POINTS_PER_MM
}
