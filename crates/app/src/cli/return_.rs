//! `tongket return`: gives a form back to its unit with reasons, as the officer would.

use clap::Args;
use domain::submissions::CellRemark;
use serde_json::json;

use super::{Globals, Output, approve::Which};
use crate::{
    platform::{Context, Result},
    submissions::operations,
};

#[derive(Debug, Args)]
pub(super) struct Return {
    #[command(flatten)]
    which: Which,
    /// Lý do trả lại
    #[arg(long, value_name = "TEXT", required_unless_present = "cells", default_value = "")]
    reason: String,
    /// Lý do tại một ô; ghi được nhiều lần
    #[arg(long = "cell", id = "cells", value_name = "ITEM=REASON", value_parser = remark)]
    cells: Vec<CellRemark>,
}

fn remark(text: &str) -> Result<CellRemark, String> {
    let (item, reason) = text.split_once('=').ok_or("cần dạng MÃ_Ô=LÝ DO, ví dụ pri_class_count=Sai số lớp")?;
    Ok(CellRemark { item: item.trim().to_owned(), check: String::new(), reason: reason.trim().to_owned() })
}

pub(super) async fn run(globals: &Globals, arguments: &Return) -> Result<Output> {
    let office = globals.open().await?;
    let key = arguments.which.key();
    let Return { reason, cells, .. } = arguments;
    let after = operations::return_for_correction(&office, &Context::command_line(), &key, reason, cells).await?;
    let document = json!({
        "unit": key.unit, "form": key.form, "period": key.period,
        "state": after.state.as_str(), "reason": reason, "cells": cells,
    });
    Ok(Output::new(document, format!("Đã trả lại biểu {} của {} kỳ {}.", key.form, key.unit, key.period)))
}
