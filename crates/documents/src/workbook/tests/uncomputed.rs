//! Formulas whose result was never written: told at their cells, and looked for only where one may be.

use super::*;
use crate::workbook::uncomputed::suspected;
use crate::workbook::{guard::admit, mark};

/// The sample with the content of a cell of its first sheet replaced by this.
fn with_content(place: &str, content: &str) -> Vec<u8> {
    edited(&filled(&catalogue()), "xl/worksheets/sheet1.xml", |xml| {
        let start = xml.find(&format!("<c r=\"{place}\"")).unwrap();
        let from = start + xml[start..].find('>').unwrap() + 1;
        let to = start + xml[start..].find("</c>").unwrap();
        format!("{}{content}{}", &xml[..from], &xml[to..])
    })
}

fn is_suspected(bytes: &[u8]) -> bool {
    suspected(&admit(bytes, &Limits::default()).unwrap().bytes)
}

#[test]
fn a_formula_without_a_result_is_told_at_its_cell_with_the_mend() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    for content in ["<f>5+7</f>", "<f>5+7</f><v></v>", "<f>5+7</f><v/>", "<f>5+7</f>\n  <v />"] {
        let bytes = with_content("F13", content);
        let found = understood(&forms, &bytes);
        assert_eq!(codes_of(&found.problems), [("formula_uncomputed", "F13")], "{content}");
        let message = &found.problems[0].message;
        assert!(
            message.contains("«Số lớp") && message.contains("Ô F13 có công thức") && message.contains("LibreOffice")
        );
        let marked = mark(&bytes, &found.problems).unwrap();
        let comments = super::marked::part(&marked, "xl/commentsTongket1.xml");
        assert!(comments.contains("ref=\"F13\"") && comments.contains("chưa có kết quả"), "{comments}");
        assert_eq!(codes_of(&understood(&forms, &marked).problems), [("formula_uncomputed", "F13")], "{content}");
    }
    for content in ["<f>5+7</f><v>12</v>", "<f>5+7</f>\n<v xml:space=\"preserve\">12</v>"] {
        let found = understood(&forms, &with_content("F13", content));
        assert_eq!((found.problems, found.values), (vec![], values(&catalogue)), "{content}");
    }
}

#[test]
fn a_cell_that_may_stay_empty_does_not_lose_its_formula_in_silence() {
    let mut catalogue = catalogue();
    let cell = catalogue.forms[0].sections[0].lines[0].cells[0].as_mut().unwrap();
    cell.required = false;
    let forms = Forms::new(&catalogue);
    assert_eq!(understood(&forms, &with_content("F13", "")).problems, []);
    assert_eq!(
        codes_of(&understood(&forms, &with_content("F13", "<f>A1</f>")).problems),
        [("formula_uncomputed", "F13")]
    );
}

#[test]
fn a_total_is_added_up_whether_its_formula_was_computed_or_not() {
    let catalogue = catalogue();
    let found = understood(&Forms::new(&catalogue), &with_content("F17", "<f>SUM(F18:F22)</f>"));
    assert_eq!((found.problems, found.values), (vec![], values(&catalogue)));
}

#[test]
fn what_libreoffice_would_leave_out_is_told_in_its_own_format_too() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let computed = "office:value-type=\"float\" office:value=\"12\" calcext:value-type=\"float\"";
    let with = |attributes: &str| {
        let ods = include_bytes!("../fixtures/mau.ods");
        edited(ods, "content.xml", |xml| xml.replacen(computed, attributes, 1))
    };
    let formula = "table:formula=\"of:=5+7\"";
    let found = understood(&forms, &with(&format!("{formula} {computed}")));
    assert_eq!((found.problems, found.values), (vec![], values(&catalogue)));
    let bytes = with(formula);
    let found = understood(&forms, &bytes);
    assert_eq!(codes_of(&found.problems), [("formula_uncomputed", "F13")]);
    let marked = mark(&bytes, &found.problems).unwrap();
    assert!(super::marked::part(&marked, "xl/comments1.xml").contains("ref=\"F13\""));
    assert!(super::marked::part(&marked, "xl/worksheets/sheet1.xml").contains("<c r=\"F13\" s="), "it is coloured");
}

/// A workbook that is looked at twice takes twice the time: those of ours, and those that were saved, never are.
#[test]
fn honest_workbooks_are_read_once() {
    let catalogue = catalogue();
    let empty = template(&spec(&catalogue, None)).unwrap();
    let saved: &[u8] = include_bytes!("../fixtures/mau.xlsx");
    for bytes in [filled(&catalogue).as_slice(), &empty, saved] {
        assert!(!is_suspected(bytes));
    }
    assert!(is_suspected(&with_content("F13", "<f>5+7</f>")));
    assert!(is_suspected(&with_content("F13", "<x:f>5+7</x:f>")));
}
