//! `tongket demo`: an office with invented schools, taken through its years by the roads that users travel, then served.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Globals, Output};
use crate::{
    demo,
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
    let say = |what: &str| progress.set_message(what.to_owned());
    let made = match arguments.scale {
        Scale::Ward => demo::ward(&office, &say).await,
        Scale::Province | Scale::Nation => Err(Error::refused("not_built", "Quy mô này chưa dựng được.")),
    };
    progress.finish_and_clear();
    let summary = made?;
    let url = format!("http://127.0.0.1:{}", arguments.port);
    let text = told(&summary, &url);
    let mut json = serde_json::to_value(&summary).map_err(Error::inside)?;
    if let Value::Object(fields) = &mut json {
        fields.insert("url".to_owned(), json!(url));
    }
    let output = Output::new(json, text);
    if arguments.no_serve {
        return Ok(output);
    }
    output.print(globals);
    super::serve::serve(office, &super::serve::Arguments::on_port(arguments.port)).await?;
    Ok(Output::silent())
}

/// A demo that was made before is opened again as it was left.
async fn serve_again(globals: &Globals, office: Office, arguments: &Arguments) -> Result<Output> {
    let accounts = demo::accounts()?;
    let url = format!("http://127.0.0.1:{}", arguments.port);
    let text = format!(
        "Bản minh hoạ đã có, mở lại như lần trước.\nTài khoản (tên, mật khẩu):\n{}\nMở {url}",
        listed(&accounts)
    );
    Output::new(json!({ "accounts": accounts, "url": url }), text).print(globals);
    super::serve::serve(office, &super::serve::Arguments::on_port(arguments.port)).await?;
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
    format!(
        "Dữ liệu minh hoạ: {} đơn vị, {} trường, {} tệp Excel đã nộp ({} bị từ chối rồi sửa, {} biểu trả lại), \
         {} số liệu, {} biểu đã duyệt.\nVăn bản:\n{}\nTài khoản (tên, mật khẩu):\n{}\nMở {url}",
        summary.units,
        summary.schools,
        summary.workbooks,
        summary.refused_workbooks,
        summary.returned,
        summary.figures,
        summary.approved,
        documents.join("\n"),
        listed(&summary.accounts),
    )
}
