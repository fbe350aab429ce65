//! `tongket evaluate`: units scored and ranked by a criteria set, with the working of every point.

use clap::Args;
use domain::{
    evaluation::score::{CriterionSheet, ItemLine, Sheet},
    school_year::SchoolYear,
    vietnamese::format_number,
};
use serde_json::{Value, json};

use super::{Globals, Output};
use crate::{
    evaluation::queries::{self, Evaluation, UnitResult, mark_words},
    platform::{Context, Result},
};

/// Above so many units the working is left out; ask for one unit to see it.
const EXPLAINED_MAX: usize = 500;

#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// Mã bộ tiêu chí (khoi-thcs)
    #[arg(long, value_name = "CODE")]
    set: String,
    /// Năm học (2024-2025)
    #[arg(long, value_name = "YEAR", value_parser = super::indicators::year)]
    year: SchoolYear,
    /// Chỉ đơn vị này và các đơn vị bên dưới
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
}

pub(super) async fn run(globals: &Globals, asked: &Evaluate) -> Result<Output> {
    let office = globals.open().await?;
    let found = queries::evaluate(&office, &asked.set, asked.year, Context::command_line().today()).await?;
    let rows = match &asked.unit {
        None => (0..found.units.len()).collect(),
        Some(unit) => {
            queries::require_unit(&office, asked.year, unit).await?;
            found.rows_under(unit)
        }
    };
    let is_explained = rows.len() <= EXPLAINED_MAX;
    let mut results: Vec<(UnitResult, usize)> = rows.into_iter().map(|row| (found.result(row), row)).collect();
    results.sort_by_key(|(result, row)| (result.group.clone(), result.rank.unwrap_or(u32::MAX), *row));
    let units: Vec<Value> = results.iter().map(|(result, row)| unit(&found, result, *row, is_explained)).collect();
    let text = text(&found, &results);
    let json = json!({
        "set": found.set.code, "version": found.set.version, "year": found.year, "on_map": found.on_map,
        "source": found.set.source, "units": units,
    });
    Ok(Output::new(json, text))
}

fn unit(found: &Evaluation, result: &UnitResult, row: usize, is_explained: bool) -> Value {
    let mut unit = json!(result);
    if let (true, Some(object)) = (is_explained, unit.as_object_mut()) {
        let sheet = found.sheet(row);
        object.insert("criteria".to_owned(), criteria(&sheet));
        let adjustments = sheet
            .adjustments
            .iter()
            .map(|line| json!({ "code": line.code, "label": line.label.vi, "points": line.points, "why": line.why }));
        object.insert("adjustments".to_owned(), adjustments.collect());
        object.insert("summary".to_owned(), json!(sheet.summary));
    }
    unit
}

fn criteria(sheet: &Sheet) -> Value {
    sheet.fields.iter().flat_map(|field| &field.criteria).map(criterion).collect()
}

fn criterion(sheet: &CriterionSheet) -> Value {
    let score = sheet.score;
    let is_known = score.missing == 0 && score.max.hundredths() > 0;
    json!({
        "code": sheet.code,
        "number": sheet.number,
        "label": sheet.label.vi,
        "score": is_known.then_some(score.points),
        "max": score.max,
        "note": sheet.note,
        "items": sheet.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(line: &ItemLine) -> Value {
    let (score, missing) = mark_words(line.mark);
    json!({
        "code": line.code, "label": line.label.vi, "score": score, "max": line.max, "missing": missing,
        "why": line.why, "working": line.working,
    })
}

fn text(found: &Evaluation, results: &[(UnitResult, usize)]) -> String {
    let mut lines = vec![format!("{}, {} ({} đơn vị)", found.set.label.vi, found.year, results.len())];
    let line = |(result, _): &(UnitResult, usize)| {
        let rank = result.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let percent =
            result.percent.map_or_else(|| "–".to_owned(), |percent| format!("{}%", format_number(percent, 1)));
        let grade = result.grade_label.as_deref().unwrap_or("");
        let made_final = if result.is_final { "điểm đã chốt" } else { "" };
        let note =
            [made_final, &result.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        let note = if note.is_empty() { note } else { format!(" ({note})") };
        format!("{rank:>4} {percent:>7}  {} – {grade}{note}", result.name)
    };
    lines.extend(results.iter().map(line));
    if let [(_, row)] = results {
        let sheet = found.sheet(*row);
        for field in &sheet.fields {
            lines.push(format!("{}. {}: {}/{}", field.number, field.label.vi, field.score.points, field.score.max));
            for item in field.criteria.iter().flat_map(|criterion| &criterion.items) {
                lines.push(format!("   {}: {}", item.label.vi, item.why));
                lines.extend(Some(&item.working).filter(|text| !text.is_empty()).map(|text| format!("      {text}")));
            }
        }
        lines.extend(sheet.adjustments.iter().map(|line| format!("   {}: {}", line.label.vi, line.why)));
        lines.extend(sheet.summary);
    }
    lines.join("\n")
}
