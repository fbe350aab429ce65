//! `tongket document KIND --for UNIT --out DIR`: official documents as files.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    platform::{Context, Error, Result},
    reports::{
        operations::{self, Format},
        queries::ReportKey,
    },
};

/// Which document, for whom and where to.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Loại văn bản: bao-cao-tong-ket
    kind: String,
    /// Mã đơn vị báo cáo
    #[arg(long = "for", value_name = "CODE")]
    unit: String,
    /// Năm học (mặc định: năm gần nhất đã mở)
    #[arg(long, value_name = "Y")]
    year: Option<String>,
    /// Cấp học (mặc định: tất cả)
    #[arg(long, default_value = "", value_name = "LEVEL")]
    level: String,
    /// Thư mục ghi tệp
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Định dạng, cách nhau bằng dấu phẩy: docx,pdf
    #[arg(long, value_delimiter = ',', default_value = "docx,pdf")]
    format: Vec<String>,
}

pub(super) async fn run(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    if arguments.kind != operations::SUMMARY_REPORT {
        let message = format!("Chưa có loại văn bản «{}». Loại đã có: {}.", arguments.kind, operations::SUMMARY_REPORT);
        return Err(Error::refused("unknown_kind", message));
    }
    let formats = arguments.format.iter().map(|name| {
        Format::parse(name.trim()).ok_or_else(|| {
            Error::refused("unknown_format", format!("Định dạng «{name}» không có; dùng docx hoặc pdf."))
        })
    });
    let formats = formats.collect::<Result<Vec<_>>>()?;
    let office = globals.open().await?;
    let context = Context::command_line();
    let year = match &arguments.year {
        Some(year) => year.clone(),
        None => operations::latest_year(&office).await?,
    };
    let key = ReportKey { unit: arguments.unit.clone(), year, level: arguments.level.clone() };
    let saved = operations::save_summary_report(&office, &context, &key, &formats, &arguments.out).await?;
    let lines: Vec<String> = saved.files.iter().map(|file| format!("Đã ghi {}", file.display())).collect();
    let json = json!({
        "kind": arguments.kind, "number": saved.number, "files": saved.files, "pages": saved.page_count,
        "figures": saved.figure_count,
    });
    Ok(Output::new(json, lines.join("\n")))
}
