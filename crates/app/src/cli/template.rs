//! `tongket template`: the workbook that a unit fills for a period.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    platform::Result,
    submissions::{SubmissionKey, operations, template},
};

#[derive(Debug, Args)]
pub(super) struct Template {
    /// Mã biểu, ví dụ 02-TH-CN
    #[arg(long, value_name = "CODE")]
    form: String,
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Mã kỳ báo cáo, ví dụ 2025-2026-CN
    #[arg(long, value_name = "CODE")]
    period: String,
    /// Tệp .xlsx sẽ ghi
    #[arg(long, value_name = "FILE.xlsx")]
    out: PathBuf,
}

pub(super) async fn run(globals: &Globals, arguments: &Template) -> Result<Output> {
    let office = globals.open().await?;
    let Template { form, unit, period, out } = arguments;
    let bytes = template::workbook_for(&office, &SubmissionKey::new(period, form, unit)).await?;
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(out, bytes)?;
    let form = operations::form(&office, form)?;
    let file = out.display().to_string();
    let text = format!("Đã ghi biểu {} của {unit} kỳ {period}, {} ô, vào {file}", form.code, form.cell_count());
    let document = json!({
        "file": file, "form": form.code, "version": form.version, "unit": unit, "period": period,
        "cells": form.cell_count(),
    });
    Ok(Output::new(document, text))
}
