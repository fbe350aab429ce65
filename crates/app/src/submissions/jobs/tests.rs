//! Who may send for whom, and what the page of a job is given.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn report(file: &str, accepted: bool) -> FileReport {
    FileReport {
        file: file.to_owned(),
        unit: String::new(),
        form: String::new(),
        period: String::new(),
        accepted,
        revision: 0,
        is_new: accepted,
        cells: 0,
        problems: Vec::new(),
        marked: format!("/srv/office/files/marked/t/{file}"),
    }
}

#[test]
fn the_result_counts_all_and_shows_the_refused_first_without_the_machines_folders() {
    let reports = (0..500).map(|number| report(&format!("{number}.xlsx"), number != 470)).collect();
    let result = result("t", reports);
    assert_eq!((&result["all"], &result["accepted"], &result["refused"]), (&json!(500), &json!(499), &json!(1)));
    let shown = result["reports"].as_array().unwrap();
    assert_eq!((shown.len(), shown[0]["file"].as_str()), (REPORTS_MAX, Some("470.xlsx")));
    assert_eq!(shown[0]["marked"], "470.xlsx");
}
