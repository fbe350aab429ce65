//! `tongket migrate`: the schema, up to date.

use serde_json::json;

use super::{Globals, Output};
use crate::platform::Result;

pub(super) async fn run(globals: &Globals) -> Result<Output> {
    globals.open().await?;
    Ok(Output::new(json!({ "migrated": true }), "Lược đồ cơ sở dữ liệu đã cập nhật."))
}
