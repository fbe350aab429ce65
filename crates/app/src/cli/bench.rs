//! `tongket bench`: the measured work, on seeded data, with the same data for peers.

use std::{path::PathBuf, process::Command, sync::Arc, time::Instant};

use clap::{Args, ValueEnum};
use domain::figures::rollup::{Forest, Layout, RollUp};
use serde_json::{Value, json};

use super::{Globals, Output, usage::peak_rss_mb};
use crate::{
    figures::synthetic::{self, Scale},
    office::Office,
    platform::{Context, Error, Result},
    school_year::calendar,
};

pub(super) const SEED: u64 = 20_250_701;
const ELEMENT_COUNT: usize = 300;
const THREAD_COUNT: usize = 2;
const ROUND_COUNT: usize = 5;

#[derive(Debug, Args)]
pub(super) struct Bench {
    /// Việc được đo
    work: Work,
    /// Quy mô: ward, province, nation
    #[arg(long, default_value = "nation")]
    scale: Scale,
    /// Ghi dữ liệu và kết quả đúng ra CSV để so với phần mềm khác
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// Số trang của báo cáo giả định (việc paper)
    #[arg(long, default_value_t = 60, value_name = "N")]
    pages: usize,
    /// Số điện thoại trong hội trường (việc hall)
    #[arg(long, default_value_t = 5_000, value_name = "N")]
    phones: usize,
    /// Việc hall: thay vì tốc độ, đo mọi sự cố: máy chủ bị giết, đầy đĩa, giả mạo, mất mạng, máy ngủ, hai bàn, đồng hồ lùi
    #[arg(long)]
    faults: bool,
    /// Số lần giết máy chủ (việc hall --faults)
    #[arg(long, default_value_t = 10, value_name = "N")]
    kills: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Work {
    /// Cộng số liệu một năm lên mọi đơn vị, trong bộ nhớ và từ cơ sở dữ liệu
    Rollup,
    /// Nhận 1.000 tệp Excel: đọc, kiểm tra, lưu; bên cạnh việc chỉ đọc bằng calamine
    Submit,
    /// Từ cơ sở dữ liệu của --data đến mọi chỉ số của mọi đơn vị, năm học mới nhất
    Indicators,
    /// Mở máy chủ trên bản minh hoạ của --data, theo mọi liên kết và bấm giờ từng trang
    Pages,
    /// Tính 80 chỉ số cho mọi đơn vị trên các cột, một nhân
    Formulas,
    /// Chấm và xếp hạng mọi trường theo 40 tiêu chí, trong bộ nhớ
    Evaluate,
    /// Mọi mức đo khoảng cách của một chỉ số, 10 năm học, mọi trường
    Gaps,
    /// Báo cáo tổng kết của cơ quan trong --data: từ dòng lệnh và trong máy chủ
    Report,
    /// Báo cáo giả định dài --pages trang, nhiều bảng và biểu đồ, cả DOCX và PDF, một lần từ đầu
    Paper,
    /// 500 giấy mời thành một tệp zip
    Letters,
    /// Kiểm tra thể thức mọi văn bản của cơ quan trong --data
    Check,
    /// Hội trường: 5.000 điện thoại, bỏ phiếu kín, hàng chờ phát biểu, điểm danh; máy chủ là một tiến trình riêng
    Hall,
}

pub(super) async fn run(globals: &Globals, bench: &Bench) -> Result<Output> {
    match bench.work {
        Work::Rollup => rollup(bench).await,
        Work::Submit => super::bench_submit::run(bench.export.as_deref()).await,
        Work::Indicators => indicators(globals).await,
        Work::Formulas => super::bench_formulas::run(bench.scale, bench.export.as_deref()),
        Work::Evaluate => super::bench_evaluate::run(bench.scale, bench.export.as_deref()),
        Work::Gaps => super::bench_evaluate::gaps(bench.scale),
        Work::Report => super::bench_report::run(globals, bench.export.as_deref()).await,
        Work::Paper => super::bench_paper::run(bench.pages, bench.export.as_deref()),
        Work::Letters => super::bench_letters::run(bench.export.as_deref()).await,
        Work::Check => super::bench_check::run(globals),
        Work::Pages => super::bench_pages::run(globals).await,
        Work::Hall => {
            let Bench { phones, faults, kills, .. } = *bench;
            super::bench_hall::run(super::bench_hall::Asked { phones, faults, kills }).await
        }
    }
}

/// What the roll-up alone took.
struct InMemory {
    rows: usize,
    units: usize,
    seconds: f64,
    /// Before anything was read from a database.
    peak_rss_mb: Option<u64>,
}

async fn rollup(bench: &Bench) -> Result<Output> {
    let memory = in_memory(bench)?;
    let cold = from_database(bench).await?;
    let json = json!({
        "work": "rollup",
        "rows": memory.rows,
        "units": memory.units,
        "elements": ELEMENT_COUNT,
        "threads": THREAD_COUNT,
        "seconds": memory.seconds,
        "peak_rss_mb": memory.peak_rss_mb,
        "seconds_from_database": cold["seconds"],
        "peak_rss_mb_from_database": cold["peak_rss_mb"],
        "indicators": cold["indicators"],
    });
    let text = format!(
        "{} đơn vị × {ELEMENT_COUNT} chỉ tiêu: {:.4} giây trong bộ nhớ; {} giây từ cơ sở dữ liệu đến {} chỉ số",
        memory.units, memory.seconds, cold["seconds"], cold["indicators"]
    );
    Ok(Output::new(json, text))
}

/// Fills a database of its own and lets a fresh process read it.
async fn from_database(bench: &Bench) -> Result<Value> {
    let folder = std::env::temp_dir().join(format!("tongket-bench-{}", std::process::id()));
    let office = Office::open(&folder, None).await?;
    synthetic::fill(&office, &Context::command_line(), bench.scale, SEED).await?;
    office.db().close().await;
    drop(office);
    let child = Command::new(std::env::current_exe()?)
        .arg("--data")
        .arg(&folder)
        .args(["--json", "bench", "indicators"])
        .output()?;
    std::fs::remove_dir_all(&folder)?;
    serde_json::from_slice(&child.stdout).map_err(Error::inside)
}

async fn indicators(globals: &Globals) -> Result<Output> {
    let start = Instant::now();
    let office = globals.open().await?;
    let year = calendar::years(&office).await?.first().copied();
    let year = year.ok_or_else(|| Error::NotFound("năm học nào".to_owned()))?;
    let view = office.warehouse().view(&office, year, None).await?;
    let values = view.evaluate_all()?;
    let seconds = start.elapsed().as_secs_f64();
    let json = json!({
        "work": "indicators",
        "rows": values,
        "units": view.forest().len(),
        "indicators": office.catalogue().indicators.len(),
        "seconds": seconds,
        "peak_rss_mb": peak_rss_mb(),
    });
    Ok(Output::new(json, format!("{} đơn vị, {values} giá trị chỉ số: {seconds:.2} giây", view.forest().len())))
}

fn in_memory(bench: &Bench) -> Result<InMemory> {
    let tree = synthetic::tree(bench.scale, SEED)?;
    let forest = Forest::tree(&tree)?;
    let reporters: Vec<usize> = (0..forest.len()).filter(|&unit| !forest.code(unit).starts_with(['N', 'V'])).collect();
    let schools: Vec<&str> = reporters.iter().map(|&unit| forest.code(unit)).collect();
    let columns = synthetic::values(schools.len(), ELEMENT_COUNT, SEED);
    if let Some(folder) = &bench.export {
        synthetic::export_given(folder, &tree, &schools, &columns)?;
    }
    let mut seconds = Vec::with_capacity(ROUND_COUNT);
    for _ in 1..ROUND_COUNT {
        let given = columns.clone();
        let start = Instant::now();
        let layout = Arc::new(Layout::as_reported(&forest, &reporters));
        std::hint::black_box(RollUp::of(layout, given, THREAD_COUNT));
        seconds.push(start.elapsed().as_secs_f64());
    }
    let start = Instant::now();
    let layout = Arc::new(Layout::as_reported(&forest, &reporters));
    let rolled = RollUp::of(layout, columns, THREAD_COUNT);
    seconds.push(start.elapsed().as_secs_f64());
    seconds.sort_by(f64::total_cmp);
    if let Some(folder) = &bench.export {
        synthetic::export_expected(folder, &forest, &rolled)?;
    }
    let (rows, units) = (schools.len() * ELEMENT_COUNT, forest.len());
    Ok(InMemory { rows, units, seconds: seconds[seconds.len() / 2], peak_rss_mb: peak_rss_mb() })
}
