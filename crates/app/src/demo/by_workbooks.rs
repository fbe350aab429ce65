//! A batch of sendings by the road of workbooks: written as the schools would fill them, on all cores, then handed in.

use super::{Counts, sending::Sending};
use crate::{
    office::Office,
    platform::{Context, Error, Result},
    submissions::{
        self,
        bulk::Keep,
        sources::Sources,
        workbooks::{self, Terms},
    },
};

/// Writes and hands in; refused workbooks are counted, not mended.
pub(super) async fn hand_in(office: &Office, context: &Context, sendings: Vec<Sending>) -> Result<Counts> {
    let files = write(office, sendings).await?;
    let reports =
        workbooks::import(office, context, Sources::in_memory(files), &Terms::plain(Keep::Stored), |_| ()).await?;
    let accepted = reports.iter().filter(|report| report.accepted);
    let (taken, figures) = accepted.fold((0, 0), |(taken, cells), report| (taken + 1, cells + report.cells));
    Ok(Counts { sent: reports.len(), refused: reports.len() - taken, figures })
}

async fn write(office: &Office, mut sendings: Vec<Sending>) -> Result<Vec<(String, Vec<u8>)>> {
    let share = sendings.len().div_ceil(std::thread::available_parallelism().map_or(2, usize::from)).max(1);
    let mut tasks = Vec::new();
    while !sendings.is_empty() {
        let rest = sendings.split_off(share.min(sendings.len()));
        let part = std::mem::replace(&mut sendings, rest);
        let office = office.clone();
        tasks.push(tokio::spawn(async move {
            let mut files = Vec::with_capacity(part.len());
            for Sending { key, values, .. } in part {
                let filled = submissions::template::filled_workbook(&office, &key, Some(&values)).await?;
                files.push((format!("{}-{}.xlsx", key.unit, key.form), filled));
            }
            Ok::<_, Error>(files)
        }));
    }
    let mut files = Vec::new();
    for task in tasks {
        files.extend(task.await.map_err(Error::inside)??);
    }
    Ok(files)
}
