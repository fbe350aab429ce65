//! `tongket approve`: as the officer would.

use clap::Args;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    platform::{Context, Result},
    submissions::{SubmissionKey, operations},
};

/// Which form of which unit for which period.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// Mã biểu
    #[arg(long, value_name = "CODE")]
    form: String,
    /// Mã kỳ báo cáo
    #[arg(long, value_name = "CODE")]
    period: String,
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
}

impl Which {
    pub(super) fn key(&self) -> SubmissionKey {
        SubmissionKey::new(&self.period, &self.form, &self.unit)
    }
}

#[derive(Debug, Args)]
pub(super) struct Approve {
    #[command(flatten)]
    which: Which,
    /// Lý do chấp nhận các cảnh báo chưa được giải trình
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

pub(super) async fn run(globals: &Globals, arguments: &Approve) -> Result<Output> {
    let office = globals.open().await?;
    let key = arguments.which.key();
    let after = operations::approve(&office, &Context::command_line(), &key, &arguments.reason).await?;
    let document = json!({
        "unit": key.unit, "form": key.form, "period": key.period,
        "state": after.state.as_str(), "revision": after.approved_revision,
    });
    let text =
        format!("Đã duyệt biểu {} của {} kỳ {}, bản {}.", key.form, key.unit, key.period, after.approved_revision);
    Ok(Output::new(document, text))
}
