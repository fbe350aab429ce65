//! `tongket work`: background jobs in a process of its own, beside any number of others.

use super::{Globals, Output};
use crate::platform::{Result, jobs, mail::Post, web};

pub(super) async fn run(globals: &Globals) -> Result<Output> {
    let office = globals.open().await?;
    Post::from_environment()?;
    eprintln!("tongket đang làm việc nền — Ctrl+C để dừng");
    jobs::run(office, web::told_to_stop()).await;
    Ok(Output::silent())
}
