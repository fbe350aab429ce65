//! Figures of an older version are read by their codes; what is new stays empty.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::{shipped, submissions::packed::numbers};

const FORM: &str = "02-TH-CN";

fn packed(figures: &[f64]) -> Vec<u8> {
    figures.iter().flat_map(|figure| figure.to_le_bytes()).collect()
}

/// The shipped catalogue with the form's next version: its first two cells swapped.
fn next_version() -> Catalogue {
    let mut catalogue = shipped::catalogue().unwrap().as_ref().clone();
    let form = catalogue.forms.iter_mut().find(|form| form.code == FORM).unwrap();
    form.version += 1;
    let line = form.sections.iter_mut().flat_map(|section| &mut section.lines).find(|line| line.cells.len() > 1);
    line.unwrap().cells.swap(0, 1);
    catalogue
}

#[test]
fn an_older_version_is_read_by_code_and_what_it_lacks_is_empty() {
    let old = shipped::catalogue().unwrap();
    let form = old.form(FORM).unwrap();
    let mut known = items(form);
    known.remove(3);
    let version = i64::from(form.version);
    let stored = [(FORM.to_owned(), version, known.join(" "))];
    let newer = next_version();
    let layouts = Layouts::of(&newer, &stored);
    let figures: Vec<f64> = (0..known.len()).map(|cell| cell as f64).collect();
    let read = layouts.in_present_order(FORM, version, &packed(&figures)).unwrap().into_owned();
    let read: Vec<f64> = numbers(&read).collect();
    let now = items(newer.form(FORM).unwrap());
    assert_eq!(read.len(), now.len());
    for (item, number) in now.iter().zip(&read) {
        match known.iter().position(|code| code == item) {
            Some(cell) => assert_eq!(*number, cell as f64, "{item}"),
            None => assert!(number.is_nan(), "{item} is new"),
        }
    }
    assert!(layouts.in_present_order(FORM, 99, &[]).is_none(), "never put on record");
}

#[test]
fn a_version_that_was_changed_under_its_number_is_told() {
    let catalogue = shipped::catalogue().unwrap();
    let form = catalogue.form(FORM).unwrap();
    let mut other = items(form);
    let version = i64::from(form.version);
    assert!(altered(&catalogue, &[(FORM.to_owned(), version, other.join(" "))]).is_empty());
    other.swap(0, 1);
    let found = altered(&catalogue, &[(FORM.to_owned(), version, other.join(" "))]);
    assert!(found.len() == 1 && found[0].at == FORM && found[0].message.contains("tăng version"), "{found:?}");
}

#[tokio::test]
async fn layouts_are_put_on_record_once() {
    let folder = std::env::temp_dir().join(format!("tongket-layouts-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let db = Db::open_folder(&folder).await.unwrap();
    db.migrate().await.unwrap();
    let catalogue = shipped::catalogue().unwrap();
    Layouts::keep(&db, &catalogue).await.unwrap();
    Layouts::keep(&db, &catalogue).await.unwrap();
    assert_eq!(store::layouts(&db).await.unwrap().len(), catalogue.forms.len());
    let newer = next_version();
    let layouts = Layouts::keep(&db, &newer).await.unwrap();
    assert_eq!(store::layouts(&db).await.unwrap().len(), catalogue.forms.len() + 1);
    let count = items(catalogue.form(FORM).unwrap()).len();
    let figures: Vec<f64> = (0..count).map(|cell| cell as f64).collect();
    let version = i64::from(catalogue.form(FORM).unwrap().version);
    let read = layouts.in_present_order(FORM, version, &packed(&figures)).unwrap().into_owned();
    assert_eq!(numbers(&read).collect::<Vec<_>>().len(), count);
    assert_ne!(read, packed(&figures), "the swapped cells are read where they stand now");
    std::fs::remove_dir_all(&folder).unwrap();
}
