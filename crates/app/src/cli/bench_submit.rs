//! `tongket bench submit`: a thousand workbooks read, checked and stored, beside merely reading them with calamine.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use calamine::{Reader, Xlsx};
use serde_json::json;

use super::Output;
use crate::{
    demo,
    office::Office,
    platform::{Context, Error, Result},
    submissions::{
        bulk::Keep,
        sources::Sources,
        workbooks::{self, Terms},
    },
};

const WORKBOOK_COUNT: usize = 1_000;
const THREAD_COUNT: usize = 2;

pub(super) async fn run(export: Option<&Path>) -> Result<Output> {
    let folder = std::env::temp_dir().join(format!("tongket-bench-submit-{}", std::process::id()));
    let measured = measure(&folder, export).await;
    let _ = std::fs::remove_dir_all(&folder);
    measured
}

async fn measure(folder: &Path, export: Option<&Path>) -> Result<Output> {
    let office = Office::open(folder, None).await?;
    let paths = demo::workbooks(&office, WORKBOOK_COUNT).await?;
    if let Some(export) = export {
        copy(&paths, export)?;
    }
    let started = Instant::now();
    let cells_read = read_only(&paths);
    let seconds_reading_only = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let sources = Sources::on_disk(&paths);
    let context = Context::command_line();
    let reports = workbooks::import(&office, &context, sources, &Terms::plain(Keep::Stored), |_| ()).await?;
    let seconds = started.elapsed().as_secs_f64();
    let accepted = reports.iter().filter(|report| report.accepted).count();
    // The years before the ward's own are rougher: a rounding now and then breaks a rule, and is refused as it should.
    if accepted < paths.len() * 95 / 100 {
        return Err(Error::Inside(format!("only {accepted} of {} workbooks were accepted", paths.len())));
    }
    let cells: usize = reports.iter().map(|report| report.cells).sum();
    let json = json!({
        "work": "submit", "workbooks": paths.len(), "accepted": accepted, "cells": cells, "cells_read": cells_read, "threads": THREAD_COUNT,
        "seconds": seconds, "seconds_reading_only": seconds_reading_only, "ratio": seconds / seconds_reading_only,
    });
    let text = format!(
        "{} tệp, {cells} số liệu: {seconds:.2} giây; chỉ đọc bằng calamine {seconds_reading_only:.2} giây",
        paths.len()
    );
    Ok(Output::new(json, text))
}

/// Every cell of every sheet, on all cores: the least that any reader does.
fn read_only(paths: &[PathBuf]) -> usize {
    let next = AtomicUsize::new(0);
    let cells = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREAD_COUNT {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    cells.fetch_add(cells_of(path), Ordering::Relaxed);
                }
            });
        }
    });
    cells.into_inner()
}

fn cells_of(path: &Path) -> usize {
    let Ok(mut workbook) = calamine::open_workbook::<Xlsx<_>, _>(path) else { return 0 };
    workbook.worksheets().iter().map(|(_, range)| range.used_cells().count()).sum()
}

fn copy(paths: &[PathBuf], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for (number, path) in paths.iter().enumerate() {
        std::fs::copy(path, folder.join(format!("{number:04}.xlsx")))?;
    }
    Ok(())
}
