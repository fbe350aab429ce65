//! Workbooks written, read again, hurt and mended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "samples.rs"]
mod samples;

mod hostile;
mod marked;
mod plain;
mod returned;
mod shipped;
mod uncomputed;

use domain::figures::catalogue::Catalogue;

use super::{Expectation, Forms, Interpreted, Limits, Problem, TemplateSpec, Value, interpret, read, template};
use samples::*;

/// Codes of the problems with their cells, in order.
fn codes_of(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.code.as_str(), problem.cell.as_str())).collect()
}

/// Writes the sample form with these changes to its values, and understands it again.
fn understood<'a>(forms: &Forms<'a>, bytes: &[u8]) -> Interpreted<'a> {
    interpret(&read(bytes, "mau.xlsx", &Limits::default()).unwrap(), forms, &Expectation::default())
}

/// The archive with one part changed.
fn edited(bytes: &[u8], part: &str, change: impl FnOnce(String) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    zip.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at).unwrap();
        if entry.name().unwrap() != part {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(change(xml).as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_written_is_read_back() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let understood = understood(&forms, &filled(&catalogue));
    assert_eq!(understood.problems, []);
    assert_eq!(understood.values, values(&catalogue));
    let identity = understood.identity.clone().unwrap();
    assert_eq!((identity.unit.as_str(), identity.period.as_str()), ("79000123", "2025-2026-CN"));
    assert_eq!(understood.place(0), ("Phần I-II".to_owned(), "F13".to_owned()));
}

#[test]
fn an_empty_template_misses_every_required_cell_and_its_totals_are_blank() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let understood = understood(&forms, &template(&spec(&catalogue, None)).unwrap());
    assert!(understood.values.iter().all(Option::is_none));
    assert_eq!(understood.problems.len(), catalogue.forms[0].cell_count());
    assert!(
        understood.problems.iter().all(|problem| problem.code == "missing_value" && problem.message.contains("ghi 0"))
    );
}

#[test]
fn another_unit_period_or_version_is_refused_by_name() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let read = read(&filled(&catalogue), "mau.xlsx", &Limits::default()).unwrap();
    let expected = Expectation { unit: Some("79000999"), period: Some("2024-2025-CN"), form: Some("01-MN-CN") };
    let found = interpret(&read, &forms, &expected).problems;
    assert_eq!(codes_of(&found), [("wrong_form", ""), ("wrong_unit", ""), ("wrong_period", "")]);
    assert!(found[1].message.contains("79000123") && found[1].message.contains("79000999"));

    let mut newer = catalogue.clone();
    newer.forms[0].version = 4;
    let found = interpret(&read, &Forms::new(&newer), &Expectation::default());
    assert_eq!(codes_of(&found.problems), [("old_version", "")]);
    let nothing = Catalogue::default();
    let found = interpret(&read, &Forms::new(&nothing), &Expectation::default());
    assert_eq!(codes_of(&found.problems), [("unknown_form", "")]);
}

#[test]
fn a_total_that_was_typed_over_is_compared_with_its_parts() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let mut values = values(&catalogue);
    let total = catalogue.forms[0].cells().position(|cell| cell.item.to_string() == "pri_pupil_count").unwrap();
    values[total] = Some(Value::Number(1249.0));
    let bytes = template(&spec(&catalogue, Some(&values))).unwrap();
    let found = understood(&forms, &bytes);
    assert_eq!(codes_of(&found.problems), [("sum_mismatch", "F17")]);
    let message = &found.problems[0].message;
    assert!(message.contains("1.249") && message.contains("1.250") && message.contains("F18, F19"), "{message}");
}

/// The sample, filled, opened by LibreOffice and saved as each format; made once, kept as it was.
#[test]
fn what_libreoffice_saves_is_read_the_same() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let saved: [&[u8]; 3] =
        [include_bytes!("fixtures/mau.ods"), include_bytes!("fixtures/mau.xls"), include_bytes!("fixtures/mau.xlsx")];
    for bytes in saved {
        let found = understood(&forms, bytes);
        assert_eq!(found.problems, []);
        assert_eq!(found.values, values(&catalogue));
        let marked = super::mark(bytes, &[Problem::error(super::ProblemCode::NotWhole, "x").at("Phần III", "F9")]);
        assert_eq!(understood(&forms, &marked.unwrap()).values, values(&catalogue));
    }
}
