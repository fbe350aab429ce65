//! The forms that ship with the product, each written and read.

use std::path::Path;

use domain::figures::catalogue::{StatisticalForm, ValueKind};
use domain::figures::pack::{PackFile, load};

use super::*;

fn shipped() -> Catalogue {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut texts: Vec<(String, String)> = Vec::new();
    for name in ["options.toml", "constants.toml"] {
        texts.push((name.to_owned(), std::fs::read_to_string(data.join(name)).unwrap()));
    }
    for folder in ["elements", "forms"] {
        for entry in std::fs::read_dir(data.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            texts.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    let files: Vec<PackFile<'_>> = texts.iter().map(|(name, text)| PackFile { name, text }).collect();
    load(&files).unwrap()
}

/// A value for every cell that is no total, so that totals are left to the workbook's formulas.
fn some_values(catalogue: &Catalogue, form: &StatisticalForm) -> Vec<Option<Value>> {
    let value = |kind: &ValueKind| match kind {
        ValueKind::Count { .. } => Value::Number(1.0),
        ValueKind::Decimal { min, .. } => Value::Number(min.unwrap_or(0.0) + 1.5),
        ValueKind::YesNo => Value::Boolean(false),
        ValueKind::Choice { choices } => Value::Text(choices[0].clone()),
        ValueKind::Text { .. } => Value::Text("Sân chơi".to_owned()),
    };
    let cells = form.cells().map(|cell| {
        let element = catalogue.element(&cell.item.element).unwrap();
        cell.total_of.is_empty().then(|| value(&element.value))
    });
    cells.collect()
}

fn shipped_workbook(catalogue: &Catalogue, form: &StatisticalForm, values: &[Option<Value>]) -> Vec<u8> {
    template(&TemplateSpec { form, values: Some(values), previous: Some(values), ..spec(catalogue, None) }).unwrap()
}

#[test]
fn every_shipped_form_comes_back_whole_with_its_totals_computed() {
    let catalogue = shipped();
    let forms = Forms::new(&catalogue);
    assert!(catalogue.forms.len() >= 8);
    for form in &catalogue.forms {
        let values = some_values(&catalogue, form);
        let found = understood(&forms, &shipped_workbook(&catalogue, form, &values));
        assert_eq!(found.problems, [], "{}", form.code);
        assert!(found.places.iter().all(Option::is_some), "{}", form.code);
        for (given, read) in values.iter().zip(&found.values).filter(|(given, _)| given.is_some()) {
            assert_eq!(given, read, "{}", form.code);
        }
        assert!(found.values.iter().all(Option::is_some), "{}: a total was not computed", form.code);
    }
}

#[test]
fn a_line_without_a_number_or_code_does_not_borrow_its_sections_or_forms() {
    for form in &shipped().forms {
        for (section, line) in form.sections.iter().flat_map(|s| s.lines.iter().map(move |line| (s, line))) {
            assert_ne!(line.form_code.as_ref(), Some(&form.code), "{}: {}", form.code, line.label.vi);
            let heading = line.cells.iter().all(Option::is_none) && line.number == section.number;
            assert!(!heading, "{}: {}", form.code, line.label.vi);
        }
    }
}
