//! `tongket bench report`: the summary report of the office in `--data`, cold from the command line and warm in a server.

use std::{path::Path, process::Command, sync::Arc, time::Instant};

use serde_json::json;

use super::{Globals, Output, usage::peak_rss_mb};
use crate::{
    office::Office,
    platform::{Context, Error, Result, db},
    reports::{
        operations::{self, Format},
        queries::ReportKey,
    },
};

const COLD_ROUND_COUNT: usize = 5;
const WARM_ROUND_COUNT: usize = 15;

pub(super) async fn run(globals: &Globals, export: Option<&Path>) -> Result<Output> {
    let office = globals.open().await?;
    let unit = db::setting(office.db(), "office_unit").await?;
    let unit =
        unit.ok_or_else(|| Error::refused("no_office", "Chưa có cơ quan trong --data; hãy chạy tongket demo."))?;
    let key = ReportKey { unit, year: operations::latest_year(&office).await?, level: String::new() };
    let own = std::env::temp_dir().join(format!("tongket-bench-report-{}", std::process::id()));
    let folder = export.unwrap_or(&own);
    let cold_seconds = cold(globals, &key.unit, folder)?;
    let context = Context::command_line();
    let document = operations::summary_report(&office, &context, &key).await?;
    let figures = document.figures().count();
    let gathering = warm(&office, &key, None).await?;
    let docx = warm(&office, &key, Some(Format::Docx)).await?;
    let pdf = warm(&office, &key, Some(Format::Pdf)).await?;
    let pages = operations::bytes(Arc::new(document), Format::Pdf, &context).await?.page_count;
    let _ = std::fs::remove_dir_all(&own);
    let json = json!({
        "work": "report", "pages": pages, "figures": figures, "seconds_cold": cold_seconds, "seconds_content": gathering,
        "seconds_docx": docx, "seconds_pdf": pdf, "peak_rss_mb": peak_rss_mb(),
    });
    let text = format!(
        "Báo cáo {} trang: {cold_seconds:.2} giây từ dòng lệnh (DOCX và PDF); trong máy chủ DOCX {:.0} ms, PDF {:.0} ms",
        pages.unwrap_or(0),
        docx * 1e3,
        pdf * 1e3
    );
    Ok(Output::new(json, text))
}

/// A fresh process writes both formats.
fn cold(globals: &Globals, unit: &str, folder: &Path) -> Result<f64> {
    let mut seconds = Vec::with_capacity(COLD_ROUND_COUNT);
    for _ in 0..COLD_ROUND_COUNT {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--data").arg(&globals.data).args([
            "--json",
            "document",
            operations::SUMMARY_REPORT,
            "--for",
            unit,
        ]);
        if let Some(url) = &globals.database {
            command.env("TONGKET_DATABASE", url);
        }
        let began = Instant::now();
        let output = command.arg("--out").arg(folder).output()?;
        seconds.push(began.elapsed().as_secs_f64());
        if !output.status.success() {
            return Err(Error::Inside(String::from_utf8_lossy(&output.stdout).into_owned()));
        }
    }
    Ok(median(seconds))
}

/// From the question to the bytes in a process that has drawn the report before; none for the content alone.
async fn warm(office: &Office, key: &ReportKey, format: Option<Format>) -> Result<f64> {
    let context = Context::command_line();
    let mut seconds = Vec::with_capacity(WARM_ROUND_COUNT);
    for round in 0..=WARM_ROUND_COUNT {
        let began = Instant::now();
        let document = operations::summary_report(office, &context, key).await?;
        if let Some(format) = format {
            operations::bytes(Arc::new(document), format, &context).await?;
        }
        if round > 0 {
            seconds.push(began.elapsed().as_secs_f64());
        }
    }
    Ok(median(seconds))
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}
