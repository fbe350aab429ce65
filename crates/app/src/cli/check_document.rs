//! `tongket check-document FILE`: judges the layout of a .docx or .pdf, ours or not, by Decree 30/2020/NĐ-CP.

use std::path::PathBuf;

use clap::Args;
use documents::{
    inspect,
    layout::{self, FindingText, Judgement},
};
use serde_json::json;

use super::{Globals, Output};
use crate::platform::{Error, Result};

/// Which file.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tệp .docx hoặc .pdf
    #[arg(value_name = "FILE")]
    document: PathBuf,
}

/// Findings make the exit status 1, as a refusal does; both come in the language of `--lang`.
pub(super) fn run(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    let file = &arguments.document;
    let bytes = std::fs::read(file).map_err(|fault| Error::not_read(file, &fault, globals.language()))?;
    let checked = layout::check(&bytes);
    let judgement =
        checked.map_err(|refusal| if globals.lang == "en" { inspect::in_english(refusal) } else { refusal })?;
    let findings: Vec<FindingText<'_>> =
        judgement.findings.iter().map(|finding| finding.in_language(&globals.lang)).collect();
    let is_clean = findings.is_empty();
    let text = told(&judgement, &findings, &globals.lang);
    let json = json!({ "ok": is_clean, "scope": judgement.scope, "findings": findings });
    Ok(Output::new(json, text).failed_if(!is_clean))
}

fn told(judgement: &Judgement, findings: &[FindingText<'_>], language: &str) -> String {
    let words = judgement.scope.words();
    let scope = words.in_language(language);
    if judgement.scope == layout::Scope::Nothing {
        return format!("{}{}.", scope[..1].to_uppercase(), &scope[1..]);
    }
    let (found, needed, asked, clean, count) = match language {
        "en" => ("found", "expected", "Judged as", "The layout is right: nothing to mend.", "to mend."),
        _ => ("thấy", "cần", "Kiểm tra như", "Thể thức đúng: không có điểm nào phải sửa.", "điểm phải sửa."),
    };
    let lines: String = findings
        .iter()
        .map(|f| format!("{} — {}\n  {found}: {}\n  {needed}: {}\n", f.place, f.article, f.found, f.expected))
        .collect();
    let end = if findings.is_empty() { clean.to_owned() } else { format!("{} {count}", findings.len()) };
    format!("{lines}{end}\n{asked} {scope}.")
}
