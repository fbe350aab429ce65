//! `tongket check-document FILE`: judges the layout of a .docx or .pdf, ours or not, by Decree 30/2020/NĐ-CP.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

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
    let checked = layout::check(&opened(&arguments.document, &globals.lang)?);
    let judgement =
        checked.map_err(|refusal| if globals.lang == "en" { inspect::in_english(refusal) } else { refusal })?;
    let findings: Vec<FindingText<'_>> =
        judgement.findings.iter().map(|finding| finding.in_language(&globals.lang)).collect();
    let is_clean = findings.is_empty();
    let text = told(&judgement, &findings, &globals.lang);
    let json = json!({ "ok": is_clean, "scope": judgement.scope, "findings": findings });
    Ok(Output::new(json, text).failed_if(!is_clean))
}

fn opened(file: &Path, language: &str) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|fault| {
        let name = file.display();
        let message = match (language, fault.kind()) {
            ("en", ErrorKind::NotFound) => format!("There is no file «{name}». Check its name and folder."),
            ("en", ErrorKind::PermissionDenied) => {
                format!("The file «{name}» may not be read. Ask for the right to read it.")
            }
            ("en", _) => format!("The file «{name}» cannot be read. Copy it to this machine and try again."),
            (_, ErrorKind::NotFound) => format!("Không có tệp «{name}». Hãy kiểm tra tên và thư mục."),
            (_, ErrorKind::PermissionDenied) => format!("Không được quyền đọc tệp «{name}». Hãy xin quyền đọc tệp."),
            (_, _) => format!("Không đọc được tệp «{name}». Hãy chép tệp về máy này rồi thử lại."),
        };
        Error::refused("file_not_read", message)
    })
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
