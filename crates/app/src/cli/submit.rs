//! `tongket submit`: workbooks in — files, folders, zips — with every problem at once.

use std::{fmt::Write as _, path::PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{Globals, Output};
use crate::{
    platform::{Context, Result},
    submissions::{
        bulk::Keep,
        problems,
        sources::Sources,
        workbooks::{self, FileReport, Terms},
    },
};

#[derive(Debug, Args)]
pub(super) struct Submit {
    /// Tệp biểu mẫu, thư mục hoặc tệp nén .zip
    #[arg(value_name = "FILE", required_unless_present = "codes")]
    files: Vec<PathBuf>,
    /// Chỉ kiểm tra, không lưu gì
    #[arg(long)]
    dry_run: bool,
    /// Ghi vào thư mục này bản sao có lời nhận xét ngay tại các ô có vấn đề
    #[arg(long, value_name = "DIR")]
    mark: Option<PathBuf>,
    /// Lý do chấp nhận các cảnh báo; không ghi thì cảnh báo chờ cán bộ phụ trách xem xét khi duyệt
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// Liệt kê các mã vấn đề mà lệnh này có thể nêu
    #[arg(long)]
    codes: bool,
}

pub(super) async fn run(globals: &Globals, arguments: &Submit) -> Result<Output> {
    if arguments.codes {
        return Ok(codes());
    }
    let office = globals.open().await?;
    let terms = Terms {
        mark_into: arguments.mark.clone(),
        reason: arguments.reason.clone(),
        ..Terms::plain(if arguments.dry_run { Keep::DryRun } else { Keep::Stored })
    };
    let sources = Sources::on_disk(&arguments.files);
    let bar = progress_bar(sources.file_count());
    let reports =
        workbooks::import(&office, &Context::command_line(), sources, &terms, |done| bar.set_position(done as u64))
            .await;
    bar.finish_and_clear();
    Ok(output(&reports?, arguments.dry_run))
}

fn output(reports: &[FileReport], is_dry_run: bool) -> Output {
    let refused = reports.iter().filter(|report| !report.accepted).count();
    let fresh = reports.iter().filter(|report| report.accepted && report.is_new).count();
    let mut text = String::new();
    for report in reports.iter().filter(|report| !report.problems.is_empty()) {
        let verdict = if report.accepted { "nhận, có điều cần xem" } else { "TỪ CHỐI" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} ({} · {}): {verdict}", report.file, report.unit, report.form);
        for problem in &report.problems {
            let place = [problem.sheet.as_str(), problem.cell.as_str()].join(" ");
            let _ = writeln!(text, "  {} [{}] {}", place.trim(), problem.code, problem.message);
        }
    }
    let verb = if is_dry_run { "kiểm tra thử (không lưu)" } else { "xử lý" };
    let accepted = reports.len() - refused;
    let _ = write!(text, "Đã {verb} {} tệp: nhận {accepted} ({fresh} bản mới), từ chối {refused}.", reports.len());
    Output::new(json!({ "files": reports }), text).failed_if(refused > 0)
}

fn codes() -> Output {
    let codes: Vec<_> = problems::codes().collect();
    let document: Vec<_> = codes.iter().map(|(code, vi, en)| json!({ "code": code, "vi": vi, "en": en })).collect();
    let lines: Vec<String> = codes.iter().map(|(code, vi, _)| format!("{code:24} {vi}")).collect();
    Output::new(json!({ "codes": document }), lines.join("\n"))
}

/// Hidden where standard error is no terminal.
fn progress_bar(count: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} tệp, còn {eta}");
    let bar = ProgressBar::new(count as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
