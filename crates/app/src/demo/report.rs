//! The last stretch of the journey: targets are set, the places of the report are written, the files are made.

use serde::Deserialize;

use super::journey::Journey;
use crate::{
    platform::{Error, Result},
    reports::{
        operations::{self, Format},
        queries::{ReportKey, Target},
        writing,
    },
};

/// Targets of the ward for its last year: invented.
const TARGETS: [(&str, &str, f64); 4] = [
    ("pri_completed_rate", "at_least", 99.5),
    ("sec_graduated_rate", "at_least", 99.5),
    ("sec_learning_good_share", "at_least", 38.0),
    ("pre_kindergarten_underweight_rate", "at_most", 3.0),
];

const FILE: &str = include_str!("../../../../data/demo/report.toml");

/// Texts that the officer writes into the places of the report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    text: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    place: String,
    body: String,
}

pub(super) async fn write(journey: &mut Journey<'_>) -> Result<()> {
    let (office, context, key) = journey.reporting()?;
    let targets: Vec<Target> = TARGETS
        .iter()
        .map(|(code, direction, value)| Target {
            indicator: (*code).to_owned(),
            direction: (*direction).to_owned(),
            value: *value,
        })
        .collect();
    operations::set_targets(office, &context, &key.unit, &key.year, &targets).await?;
    let texts: Texts =
        toml::from_str(FILE).map_err(|fault| Error::Inside(format!("data/demo/report.toml: {fault}")))?;
    for Text { place, body } in &texts.text {
        writing::write_text(office, &context, &key, place, body.trim()).await?;
    }
    journey.tell("Viết báo cáo tổng kết");
    let folder = office.folder().join("files/documents");
    let saved = operations::save_summary_report(office, &context, &key, &Format::ALL, &folder).await?;
    journey.summary.documents = saved.files;
    Ok(())
}

/// Which report the journey ends with.
pub(super) fn key(unit: &str, year: &str) -> ReportKey {
    ReportKey { unit: unit.to_owned(), year: year.to_owned(), level: String::new() }
}
