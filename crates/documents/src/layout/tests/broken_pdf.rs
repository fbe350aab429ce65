//! One fault each in the layout of a PDF that is otherwise right.

use domain::reports::DocumentKind;

use super::*;

/// The rule that is broken, what is replaced in the layout and by what.
const FAULTS: &[(&str, &str, &str)] = &[
    ("margin_left", "left: 30mm, right: 15mm", "left: 20mm, right: 15mm"),
    ("margin_right", "left: 30mm, right: 15mm", "left: 30mm, right: 21mm"),
    ("margin_top", "(top: 20mm", "(top: 14mm"),
    (
        "page_number_place",
        "align(center, text(size: 14pt, str(number)))",
        "align(right, text(size: 14pt, str(number)))",
    ),
    ("page_number.size", "text(size: 14pt, str(number))", "text(size: 10pt, str(number))"),
    ("page_number.style", "text(size: 14pt, str(number))", "emph(text(size: 14pt, str(number)))"),
    ("page_number_missing", "if number > 1 {", "if number > 99 {"),
    ("page_number_first", "if number > 1 {", "if number > 0 {"),
    ("body_indent", "#let indent = 1.27cm", "#let indent = 2cm"),
    ("body_align", "par(justify: true, leading", "par(justify: false, leading"),
    ("body_spacing", "#let gap = leading + 6pt", "#let gap = leading"),
    ("body_lines", "#let leading = 0.62em", "#let leading = 1.6em"),
    ("motto_rule", "rule(motto, 100%)", "rule(motto, 40%)"),
    ("issuing_body_rule", "rule(issuer, 40%,", "rule(issuer, 100%,"),
    ("subject_rule", "rule(subject, 45%, width: rooms.title-mm, gap: 8pt)", "v(8pt)"),
    ("motto.style", "strong(text(size: 13pt, head.motto))", "text(size: 13pt, head.motto)"),
    ("place_and_date.style", "emph(text(size: 13pt, head.place_and_date))", "text(size: 13pt, head.place_and_date)"),
    ("distribution_list.size", "text(size: 11pt, closing.recipients", "text(size: 13pt, closing.recipients"),
    ("signer_name.style", "strong(signature.name)", "signature.name"),
];

#[test]
fn each_fault_is_found_and_nothing_else() {
    let document = issued(DocumentKind::Report);
    let mut wrong = String::new();
    for (rule, from, to) in FAULTS {
        let pdf = crate::pdf::write_changed(&document, MADE_AT, (from, to)).unwrap();
        let findings = check(&pdf.bytes).unwrap().findings;
        if !matches!(findings.as_slice(), [only] if only.rule == *rule) {
            wrong.push_str(&format!("«{from}» → «{to}», expected {rule}:\n{}\n", told(&findings)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
