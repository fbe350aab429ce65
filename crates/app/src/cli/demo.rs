//! `tongket demo`: an office with invented schools, taken through its years by the roads that users travel, then served.

use std::{io::IsTerminal, time::Instant};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Globals, Output, usage};
use crate::{
    demo::{self, LandScale},
    office::Office,
    platform::{Error, Result, db},
};

/// How large the demo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Scale {
    /// Một phường, 24 trường, bốn năm học
    Ward,
    /// Một thành phố, khoảng 2.800 trường, một năm học
    Province,
    /// Cả nước, 52.000 trường, một năm học
    Nation,
}

/// What is made and whether it is served.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Quy mô
    #[arg(long, value_enum, default_value = "ward")]
    scale: Scale,
    /// Chỉ tạo, không mở máy chủ
    #[arg(long)]
    no_serve: bool,
    /// Cổng của máy chủ
    #[arg(long, default_value_t = 8080, value_name = "N")]
    port: u16,
}

pub(super) async fn run(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    let office = globals.open().await?;
    if !arguments.no_serve && db::setting(office.db(), "invented_data").await?.is_some() {
        return serve_again(globals, office, arguments).await;
    }
    let progress = indicatif::ProgressBar::new_spinner();
    progress.enable_steady_tick(std::time::Duration::from_millis(120));
    let is_watched = std::io::stderr().is_terminal();
    let tell = move |what: &str| if is_watched { progress.set_message(what.to_owned()) } else { eprintln!("{what}") };
    let began = Instant::now();
    let made = match arguments.scale {
        Scale::Ward => demo::ward(&office, &tell).await,
        Scale::Province => demo::land(&office, LandScale::Province, &tell).await,
        Scale::Nation => demo::land(&office, LandScale::Nation, &tell).await,
    };
    // Dropped, the line of progress leaves the terminal.
    drop(tell);
    let (seconds, peak_rss_mb) = (began.elapsed().as_secs_f64(), usage::peak_rss_mb());
    let summary = made?;
    let url = format!("http://127.0.0.1:{}", arguments.port);
    let mut text = told(&summary, &url);
    if arguments.scale != Scale::Ward {
        text = format!("{text}\nMất {seconds:.0} giây, bộ nhớ cao nhất {} MB.", peak_rss_mb.unwrap_or(0));
    }
    let mut json = serde_json::to_value(&summary).map_err(Error::inside)?;
    if let Value::Object(fields) = &mut json {
        let further = [("url", json!(url)), ("seconds", json!(seconds)), ("peak_rss_mb", json!(peak_rss_mb))];
        fields.extend(further.map(|(name, value)| (name.to_owned(), value)));
    }
    let output = Output::new(json, text);
    if arguments.no_serve {
        return Ok(output);
    }
    output.print(globals);
    super::serve::serve(office, &super::serve::Arguments::on_port(arguments.port), false).await?;
    Ok(Output::silent())
}

/// A demo that was made before is opened again as it was left.
async fn serve_again(globals: &Globals, office: Office, arguments: &Arguments) -> Result<Output> {
    let accounts = demo::accounts(&office).await?;
    let url = format!("http://127.0.0.1:{}", arguments.port);
    let text = format!(
        "Bản minh hoạ đã có, mở lại như lần trước.\nTài khoản (tên, mật khẩu):\n{}\nMở {url}",
        listed(&accounts)
    );
    Output::new(json!({ "accounts": accounts, "url": url }), text).print(globals);
    super::serve::serve(office, &super::serve::Arguments::on_port(arguments.port), false).await?;
    Ok(Output::silent())
}

fn listed(accounts: &[demo::DemoAccount]) -> String {
    let line = |account: &demo::DemoAccount| {
        format!("  {:<16} {}  ({}, {})", account.user, account.password, account.role, account.unit)
    };
    accounts.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn told(summary: &demo::Summary, url: &str) -> String {
    let documents: Vec<String> = summary.documents.iter().map(|path| format!("  {}", path.display())).collect();
    let documents =
        if documents.is_empty() { String::new() } else { format!("Văn bản:\n{}\n", documents.join("\n")) };
    let records = match summary.records {
        0 => String::new(),
        records => {
            format!("{records} bản ghi qua giao diện lập trình ({} bị từ chối rồi sửa), ", summary.refused_records)
        }
    };
    format!(
        "Dữ liệu minh hoạ: {} đơn vị, {} trường, {} tệp Excel đã nộp ({} bị từ chối rồi sửa), {records}{} biểu trả lại, \
         {} số liệu, {} biểu đã duyệt.\n{documents}Tài khoản (tên, mật khẩu):\n{}\nMở {url}",
        summary.units,
        summary.schools,
        summary.workbooks,
        summary.refused_workbooks,
        summary.returned,
        summary.figures,
        summary.approved,
        listed(&summary.accounts),
    )
}
