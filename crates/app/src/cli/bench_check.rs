//! `tongket bench check`: the layout checker over every document that the office in `--data` has written.

use std::time::Instant;

use documents::layout;
use serde_json::json;

use super::{Globals, Output};
use crate::platform::{Error, Result};

const ROUND_COUNT: usize = 5;

/// What one document takes.
struct Checked {
    name: String,
    milliseconds: f64,
    findings: usize,
}

pub(super) fn run(globals: &Globals) -> Result<Output> {
    let folder = globals.data.join("files/documents");
    let files = std::fs::read_dir(&folder);
    let files = files.map_err(|_| {
        Error::refused(
            "no_documents",
            format!("Không có văn bản nào trong {}; hãy chạy tongket demo.", folder.display()),
        )
    })?;
    let mut checked = Vec::new();
    for file in files {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "docx" || extension == "pdf") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            checked.push(check(name, &std::fs::read(&path)?)?);
        }
    }
    checked.sort_by(|one, other| other.milliseconds.total_cmp(&one.milliseconds));
    let Some(slowest) = checked.first() else {
        return Err(Error::refused("no_documents", format!("Không có văn bản nào trong {}.", folder.display())));
    };
    let (median, most) = (checked[checked.len() / 2].milliseconds, slowest.milliseconds);
    let findings: usize = checked.iter().map(|checked| checked.findings).sum();
    let json = json!({
        "work": "check", "documents": checked.len(), "findings": findings, "milliseconds": median,
        "milliseconds_most": most, "slowest": slowest.name,
    });
    let text = format!("{} văn bản: giữa {median:.1} ms, lâu nhất {most:.1} ms ({})", checked.len(), slowest.name);
    Ok(Output::new(json, text))
}

/// The middle one of a few rounds.
fn check(name: String, bytes: &[u8]) -> Result<Checked> {
    let mut milliseconds = Vec::with_capacity(ROUND_COUNT);
    let mut findings = 0;
    for _ in 0..ROUND_COUNT {
        let began = Instant::now();
        findings = layout::check(bytes)?.findings.len();
        milliseconds.push(began.elapsed().as_secs_f64() * 1e3);
    }
    milliseconds.sort_by(f64::total_cmp);
    Ok(Checked { name, milliseconds: milliseconds[ROUND_COUNT / 2], findings })
}
