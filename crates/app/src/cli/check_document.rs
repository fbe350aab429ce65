//! `tongket check-document FILE`: judges the layout of a .docx or .pdf, ours or not, by Decree 30/2020/NĐ-CP.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Output;
use crate::platform::Result;

/// Which file.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tệp .docx hoặc .pdf
    #[arg(value_name = "FILE")]
    document: PathBuf,
}

/// Findings make the exit status 1, as a refusal does.
pub(super) fn run(arguments: &Arguments) -> Result<Output> {
    let bytes = std::fs::read(&arguments.document)?;
    let findings = documents::layout::check(&bytes)?;
    let lines: Vec<String> = findings
        .iter()
        .map(|f| format!("{} — {}\n  thấy: {}\n  cần: {}", f.place, f.article, f.found, f.expected))
        .collect();
    let text = match lines.is_empty() {
        true => "Thể thức đúng: không có điểm nào phải sửa.".to_owned(),
        false => format!("{}\n{} điểm phải sửa.", lines.join("\n"), lines.len()),
    };
    let is_clean = findings.is_empty();
    Ok(Output::new(json!({ "ok": is_clean, "findings": findings }), text).failed_if(!is_clean))
}
