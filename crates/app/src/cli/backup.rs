//! `tongket backup FILE` and `tongket restore FILE`: the whole office as one file.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Globals, Output};
use crate::platform::{
    Context, Result,
    archive::{self, Archived},
    db::set_setting,
};

/// The setting under which the office remembers when it was last backed up.
pub(super) const LAST_BACKUP_AT: &str = "last_backup_at";

/// The file of a backup.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tệp sao lưu (.zip)
    file: PathBuf,
}

pub(super) async fn backup(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    let office = globals.open().await?;
    let archived = archive::backup(&office, &arguments.file).await?;
    let mut transaction = office.db().begin().await?;
    set_setting(&mut transaction, LAST_BACKUP_AT, &Context::command_line().stamp()).await?;
    transaction.commit().await?;
    Ok(output("Đã sao lưu", arguments, &archived))
}

pub(super) async fn restore(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    let archived = archive::restore(&arguments.file, &globals.data).await?;
    Ok(output("Đã phục hồi", arguments, &archived))
}

fn output(done: &str, arguments: &Arguments, archived: &Archived) -> Output {
    let file = arguments.file.display().to_string();
    let text = format!("{done} {} tệp ({} byte): {file}", archived.file_count, archived.byte_count);
    let json = json!({ "file": file, "files": archived.file_count, "bytes": archived.byte_count });
    Output::new(json, text)
}
