//! A check-in desk without a network: what it took in ten minutes comes in afterwards, some of it twice.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use domain::conference::{Event, Id};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    super::{desk::Desk, prepare::Prepared, server::Server},
    log,
};
use crate::platform::{Error, Result, clock};

/// So many people came to the desk while it was cut off, one every two seconds.
pub(super) const SCANS: usize = 300;
const SECONDS_BETWEEN: u64 = 2;

/// So many are sent at a time, as the counter's page does.
const SENT_TOGETHER: usize = 100;

/// Every so manieth had gone to another desk first.
const ELSEWHERE_EVERY: usize = 30;

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Cut {
    /// Scans that were sent, counting those that were sent again because the answer was lost.
    pub sent: usize,
    /// People whom another desk took meanwhile.
    pub elsewhere: usize,
    /// Of those who came to the desk, so many are in the log.
    pub here: usize,
    /// So many are there more than once.
    pub twice: usize,
    /// Those whom the other desk took and of whom the desk was told so.
    pub told: usize,
    /// All sendings together.
    pub took_ms: u64,
}

pub(super) async fn run(folder: &Path, prepared: &Prepared) -> Result<Cut> {
    let server = Server::start(folder).await?;
    let desk = Desk::sign_in(&server, prepared.id).await?;
    let lines: Vec<Id> = prepared.late.iter().map(|(line, _)| *line).take(SCANS).collect();
    let others: Vec<Id> = lines.iter().copied().step_by(ELSEWHERE_EVERY).collect();
    let scan = |line: &Id| json!({ "scan": format!("b-{line}"), "line": line });
    sync(&desk, "Bàn 2", &others.iter().map(scan).collect::<Vec<_>>()).await?;
    let scans: Vec<Value> = lines.iter().enumerate().map(|(place, line)| taken_while_cut(place, *line)).collect();
    let mut cut = Cut { elsewhere: others.len(), ..Cut::default() };
    let began = Instant::now();
    for (number, some) in scans.chunks(SENT_TOGETHER).enumerate() {
        if number == 1 {
            // The answer is lost on the way: the desk sends it again.
            sync(&desk, "Bàn 1", some).await?;
            cut.sent += some.len();
        }
        cut.told += sync(&desk, "Bàn 1", some).await?;
        cut.sent += some.len();
    }
    cut.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    server.kill()?;
    let mut arrivals: BTreeMap<Id, usize> = BTreeMap::new();
    for recorded in log(folder, prepared.id).await? {
        if let Event::CheckedIn { participation, .. } = recorded.event {
            *arrivals.entry(participation).or_default() += 1;
        }
    }
    cut.here = lines.iter().filter(|line| arrivals.contains_key(line)).count();
    cut.twice = arrivals.values().filter(|count| **count > 1).count();
    Ok(cut)
}

/// A scan with the time at which it was taken, by the desk's clock: the last one just now.
fn taken_while_cut(place: usize, line: Id) -> Value {
    let ago = Duration::from_secs(SECONDS_BETWEEN * (SCANS - place) as u64);
    json!({ "scan": format!("a-{line}"), "line": line, "at": (clock::now() - ago).to_string() })
}

/// Sends scans as the counter does; of how many the desk is told that another one was first.
async fn sync(desk: &Desk, name: &str, scans: &[Value]) -> Result<usize> {
    let text = Value::from(scans.to_vec()).to_string();
    let answer = desk.post("diem-danh/dong-bo", &[("ban", name), ("luot", &text)]).await?;
    let told: Vec<Value> = serde_json::from_slice(&answer.body).map_err(Error::inside)?;
    Ok(told.iter().filter(|one| one["state"] == "already").count())
}
