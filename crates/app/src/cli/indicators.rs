//! `tongket indicators`: a unit's indicators of a year, with the reason where there is no value.

use clap::Args;
use domain::{school_year::SchoolYear, vietnamese::format_number};
use jiff::civil::Date;

use super::{Globals, Output};
use crate::{
    figures::queries::{self, IndicatorValue},
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
    let text = found.indicators.iter().map(line).collect::<Vec<_>>().join("\n");
    Ok(Output::new(serde_json::to_value(&found).map_err(Error::inside)?, text))
}

fn line(indicator: &IndicatorValue) -> String {
    let value = match (indicator.value, indicator.missing) {
        (Some(value), _) => format!("{} {}", format_number(value, indicator.decimals), indicator.unit),
        (None, reason) => format!("– ({})", reason.unwrap_or("missing")),
    };
    format!("{:<34} {value:>16}  {}", indicator.code, indicator.label)
}
