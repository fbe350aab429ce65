//! `tongket bench`: the measured work, on seeded data, with the same data for peers.

use std::{path::PathBuf, sync::Arc, time::Instant};

use clap::{Args, ValueEnum};
use domain::figures::rollup::{Forest, Layout, RollUp};
use serde_json::json;

use super::{Globals, Output};
use crate::{
    figures::synthetic::{self, Scale},
    platform::Result,
};

const SEED: u64 = 20_250_701;
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
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Work {
    /// Cộng số liệu một năm lên mọi đơn vị
    Rollup,
}

pub(super) async fn run(_globals: &Globals, bench: &Bench) -> Result<Output> {
    match bench.work {
        Work::Rollup => rollup(bench),
    }
}

fn rollup(bench: &Bench) -> Result<Output> {
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
    let median = seconds[seconds.len() / 2];
    let json = json!({
        "work": "rollup",
        "rows": schools.len() * ELEMENT_COUNT,
        "units": forest.len(),
        "elements": ELEMENT_COUNT,
        "threads": THREAD_COUNT,
        "seconds": median,
        "peak_rss_mb": peak_rss_mb(),
    });
    let text = format!("{} đơn vị × {ELEMENT_COUNT} chỉ tiêu: {median:.4} giây", forest.len());
    Ok(Output::new(json, text))
}

/// The most memory that this process ever held, in MiB; none where the system does not tell.
fn peak_rss_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kib| kib / 1_024)
}
