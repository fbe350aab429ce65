//! One fault each in the layout of a PDF that is otherwise right.

use domain::reports::DocumentKind;

use super::*;

/// The rule that is broken, what is replaced in the layout (its first place) and by what.
type Fault = (&'static str, &'static str, &'static str);

/// Faults of a report.
const REPORT: &[Fault] = &[
    ("paper_size", "paper: \"a4\",\n    margin", "width: 216mm, height: 297mm,\n    margin"),
    ("margin_left", "left: 30mm, right: 15mm", "left: 20mm, right: 15mm"),
    ("margin_right", "left: 30mm, right: 15mm", "left: 30mm, right: 21mm"),
    ("margin_top", "(top: 20mm", "(top: 14mm"),
    ("margin_bottom", "bottom: 20mm", "bottom: 10mm"),
    ("font_colour", "size: body-size, lang", "size: body-size, fill: rgb(\"#c00000\"), lang"),
    (
        "page_number_place",
        "align(center, text(size: 14pt, str(number)))",
        "align(right, text(size: 14pt, str(number)))",
    ),
    ("page_number.size", "text(size: 14pt, str(number))", "text(size: 10pt, str(number))"),
    ("page_number.style", "text(size: 14pt, str(number))", "emph(text(size: 14pt, str(number)))"),
    ("page_number_form", "str(number)", "numbering(\"i\", number)"),
    ("page_number_missing", "if number > 1 {", "if number > 99 {"),
    ("page_number_first", "if number > 1 {", "if number > 0 {"),
    (
        "page_number_first",
        "for item in annex.body { show-item(item) }\n  count-anew",
        "for item in annex.body { show-item(item) }",
    ),
    ("national_name.style", "strong(text(size: 12pt, head.national_name))", "text(size: 12pt, head.national_name)"),
    ("motto_words", "size: 13pt, head.motto", "size: 13pt, head.motto.replace(\" - \", \"-\")"),
    ("motto_missing", "size: 13pt, head.motto", "size: 13pt, \"Kỷ cương\""),
    ("motto_rule", "rule(motto, 100%)", "rule(motto, 40%)"),
    ("motto.style", "strong(text(size: 13pt, head.motto))", "text(size: 13pt, head.motto)"),
    ("superior_body.style", "text(size: 12pt, head.superior)", "strong(text(size: 12pt, head.superior))"),
    ("issuing_body.style", "strong(text(size: 12pt, head.issuer))", "text(size: 12pt, head.issuer)"),
    ("issuing_body_rule", "rule(issuer, 40%,", "rule(issuer, 100%,"),
    ("number_form", "text(size: 13pt, head.number)", "text(size: 13pt, head.number.replace(\"05\", \"5\"))"),
    ("number_missing", "if head.number != none { text(size: 13pt, head.number) }", ""),
    ("code_type", "text(size: 13pt, head.number)", "text(size: 13pt, head.number.replace(\"BC\", \"KH\"))"),
    ("date_form", "size: 13pt, head.place_and_date", "size: 13pt, head.place_and_date.replace(\"05\", \"5\")"),
    ("place_and_date.style", "emph(text(size: 13pt, head.place_and_date))", "text(size: 13pt, head.place_and_date)"),
    ("type_name.case", "strong(opening.type_name)", "strong(lower(opening.type_name))"),
    ("type_name_missing", "if opening.type_name != none { strong(opening.type_name); linebreak() }", ""),
    ("subject.style", "let subject = strong(opening.subject)", "let subject = [#opening.subject]"),
    ("subject_rule", "rule(subject, 45%, width: rooms.title-mm, gap: 8pt)", "v(8pt)"),
    ("legal_basis.style", "par(emph(basis))", "par(basis)"),
    ("legal_basis_form", "par(emph(basis))", "par(emph(basis.replace(\";\", \",\")))"),
    ("body.size", "par(runs(item.runs))", "par(text(size: 12pt, runs(item.runs)))"),
    ("body_indent", "#let indent = 1.27cm", "#let indent = 2cm"),
    ("body_align", "par(justify: true, leading", "par(justify: false, leading"),
    ("body_spacing", "#let gap = leading + 6pt", "#let gap = leading"),
    ("body_lines", "#let leading = 0.62em", "#let leading = 1.6em"),
    ("part_chapter_form", "item.label; linebreak()", "item.label.replace(\"Phần II\", \"Phần 2\"); linebreak()"),
    ("part_chapter_title.case", "linebreak(); item.title", "linebreak(); item.title.replace(\"KẾT QUẢ\", \"Kết quả\")"),
    ("signing_capacity.style", "strong(signature.capacity.join(linebreak()))", "signature.capacity.join(linebreak())"),
    ("signing_words", "signature.capacity.join", "signature.capacity.map(line => line.replace(\"KT.\", \"KT\")).join"),
    ("signer_name.style", "strong(signature.name)", "signature.name"),
    ("signer_name.case", "strong(signature.name)", "strong(upper(signature.name))"),
    ("signer_title", "strong(signature.name)", "strong(\"TS. \" + signature.name)"),
    (
        "distribution_label.style",
        "strong(emph(text(size: 12pt, closing.recipients_label)))",
        "emph(text(size: 12pt, closing.recipients_label))",
    ),
    (
        "distribution_label_form",
        "size: 12pt, closing.recipients_label",
        "size: 12pt, closing.recipients_label.trim(\":\")",
    ),
    ("distribution_list.size", "text(size: 11pt, closing.recipients", "text(size: 13pt, closing.recipients"),
    (
        "distribution_form",
        "closing.recipients.join",
        "closing.recipients.map(line => line.replace(\"phường;\", \"phường\")).join",
    ),
    (
        "distribution_archive",
        "closing.recipients.join",
        "closing.recipients.map(line => line.replace(\"Lưu: VT, VHXH\", \"Lưu hồ sơ\")).join",
    ),
    (
        "annex_label_form",
        "{ opening.label; linebreak(); evenly(annex",
        "{ opening.label.replace(\"II\", \"2\"); linebreak(); evenly(annex",
    ),
    (
        "annex_title.case",
        "evenly(annex.rooms.title-mm, opening.title)",
        "evenly(annex.rooms.title-mm, opening.title.replace(\"SỐ LIỆU\", \"Số liệu\"))",
    ),
    (
        "annex_reference.style",
        "evenly(annex.rooms.reference-mm, emph(opening.reference))",
        "evenly(annex.rooms.reference-mm, opening.reference)",
    ),
];

/// Faults of other kinds.
const DECISION: &[Fault] = &[
    ("enacting_words_missing", "bold-line(opening.enacting)", ""),
    ("authority_missing", "bold-line(opening.authority)", ""),
];
const LETTER: &[Fault] = &[
    (
        "letter_subject_form",
        "size: 12pt, head.letter_subject",
        "size: 12pt, head.letter_subject.replace(\"V/v \", \"V/v: \")",
    ),
    ("addressee_form", "lines.join(linebreak())", "lines.map(line => line.replace(\";\", \",\")).join(linebreak())"),
];

#[test]
fn each_fault_is_found_and_nothing_else() {
    let mut wrong = String::new();
    for (kind, faults) in
        [(DocumentKind::Report, REPORT), (DocumentKind::Decision, DECISION), (DocumentKind::Letter, LETTER)]
    {
        let document = issued(kind);
        for (rule, from, to) in faults {
            let pdf = crate::pdf::write_changed(&document, MADE_AT, (from, to)).unwrap();
            let findings = check(&pdf.bytes).unwrap().findings;
            // One fault may show on several pages.
            if findings.is_empty() || findings.iter().any(|finding| finding.rule != *rule) {
                wrong.push_str(&format!("«{from}» → «{to}», expected {rule}:\n{}\n", told(&findings)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
