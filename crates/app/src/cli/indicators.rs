//! `tongket indicators`: a unit's indicators of a year, with the reason where there is no value.

use clap::Args;
use domain::{
    school_year::SchoolYear,
    vietnamese::{format_number, short_date},
};
use jiff::civil::Date;

use super::{Globals, Output};
use crate::{
    figures::queries::{self, Behind, IndicatorValue, UnitIndicators},
    platform::{Error, Result},
};

#[derive(Debug, Args)]
pub(super) struct Indicators {
    /// Năm học (2024-2025)
    #[arg(long, value_name = "YEAR", value_parser = year)]
    year: SchoolYear,
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Vẽ lại trên bản đồ đơn vị của ngày này; không ghi thì theo đơn vị của chính năm học
    #[arg(long, value_name = "DATE")]
    on_map: Option<Date>,
}

pub(super) fn year(text: &str) -> Result<SchoolYear, String> {
    SchoolYear::read(text).map_err(|reason| reason.message)
}

pub(super) async fn run(globals: &Globals, asked: &Indicators) -> Result<Output> {
    let office = globals.open().await?;
    let found = queries::unit_indicators(&office, asked.year, &asked.unit, asked.on_map).await?;
    let text = std::iter::once(head(&found)).chain(found.indicators.iter().map(line)).chain(left_out(&found));
    let text = text.collect::<Vec<_>>().join("\n");
    Ok(Output::new(serde_json::to_value(&found).map_err(Error::inside)?, text))
}

fn head(found: &UnitIndicators) -> String {
    format!(
        "Chỉ số năm học {} của đơn vị {}, trên bản đồ đơn vị ngày {}:",
        found.year,
        found.unit,
        short_date(found.on_map)
    )
}

fn line(indicator: &IndicatorValue) -> String {
    let value = match (indicator.value, indicator.missing) {
        (Some(value), _) => format!("{} {}", format_number(value, indicator.decimals), indicator.unit),
        (None, reason) => format!("– ({})", reason_word(reason)),
    };
    format!("{:<34} {value:>16}  {:>9}  {}", indicator.code, reported_of(indicator), indicator.label)
}

fn reason_word(reason: Option<&str>) -> &'static str {
    match reason {
        Some("undefined") => "không tính được",
        Some("not_finite") => "mẫu số bằng 0",
        _ => "chưa đủ số liệu",
    }
}

/// `n/N` schools behind the value; nothing where nobody owes figures for it.
fn reported_of(indicator: &IndicatorValue) -> String {
    let Behind { reported, expected, .. } = indicator.behind();
    if expected == 0 { String::new() } else { format!("{reported}/{expected}") }
}

/// What the map does not have.
fn left_out(found: &UnitIndicators) -> Option<String> {
    let names: Vec<String> =
        found.not_on_map.iter().map(|school| format!("{} ({})", school.name, school.code)).collect();
    let count = names.len();
    let why = "không có trên bản đồ này vì đã kết thúc mà không có đơn vị kế thừa; số liệu không được cộng";
    (count > 0).then(|| format!("{count} trường {why}: {}.", names.join(", ")))
}
