//! `tongket packs`: an office's own data packs.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::figures::pack::PackFault;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    platform::{Error, Result},
    shipped::{self, own},
};

#[derive(Debug, Subcommand)]
pub(super) enum Packs {
    /// Kiểm tra một thư mục gói dữ liệu cùng với gói kèm theo; nêu mọi lỗi với tệp và dòng
    Check(Check),
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Thư mục có elements/, forms/, indicators/, checks/, options.toml hoặc constants.toml
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(globals: &Globals, packs: &Packs) -> Result<Output> {
    let Packs::Check(Check { folder }) = packs;
    let own = own::read(folder, &folder.to_string_lossy(), globals.language())?;
    if own.is_empty() {
        let message = format!("Không thấy tệp .toml nào trong {}.", folder.display());
        return Err(Error::refused("no_packs", message));
    }
    let loaded = shipped::catalogue_with(&own);
    let faults = loaded.as_ref().err().map_or(&[][..], Vec::as_slice);
    let files: Vec<_> = own.iter().map(|file| json!({ "file": file.place, "replaces": file.replaces() })).collect();
    let json = json!({ "ok": faults.is_empty(), "files": files, "faults": faults });
    let text = match &loaded {
        Ok(catalogue) => format!(
            "{} tệp không có lỗi; cùng gói kèm theo có {} chỉ tiêu, {} biểu, {} chỉ số, {} quy tắc kiểm tra.",
            own.len(),
            catalogue.elements.len(),
            catalogue.forms.len(),
            catalogue.indicators.len(),
            catalogue.checks.len()
        ),
        Err(faults) => listed(faults),
    };
    Ok(Output::new(json, text).failed_if(loaded.is_err()))
}

fn listed(faults: &[PackFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
