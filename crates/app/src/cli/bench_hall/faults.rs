//! What a hall survives: the server killed in the middle of a vote, a full disk, ballots and arrivals forged or sent again.

mod disk;
mod forged;
mod kills;

use std::path::Path;

use serde_json::json;

use super::{
    Asked,
    desk::Desk,
    figures::{self, Bar},
    prepare::{self, Prepared},
    server::Server,
};
use crate::{cli::Output, conference::queries, office::Office, platform::Result};

/// Delegates who are not here when it begins.
const LATE: usize = 20;

/// So many ballots and arrivals are forged or sent again; fewer where the hall is smaller than a real one.
const FORGED: usize = 10_000;

pub(super) async fn run(folder: &Path, asked: Asked) -> Result<Output> {
    let prepared = prepare::prepare(folder, asked.phones, LATE).await?;
    let mut server = Server::start(folder, 0).await?;
    let mut rounds = Vec::new();
    for round in 1..=asked.kills {
        let (restarted, outcome) = kills::round(server, folder, &prepared, round, asked.kills).await?;
        eprintln!("giết máy chủ lần {round}: {outcome:?}");
        server = restarted;
        rounds.push(outcome);
    }
    server.kill()?;
    // Closing the database in good order empties its journal.
    event_count(folder, prepared.id).await?;
    let disk = disk::run(folder, &prepared, asked.kills + 1).await?;
    eprintln!("đầy đĩa: {disk:?}");
    let before = event_count(folder, prepared.id).await?;
    let forged = forged::run(folder, &prepared, asked.kills + 1, FORGED.min(asked.phones * 4)).await?;
    let counted = event_count(folder, prepared.id).await? - before;
    let sum = |figure: fn(&kills::Round) -> usize| rounds.iter().map(figure).sum::<usize>() as f64;
    let bars = [
        Bar::at_least("số lần giết máy chủ", rounds.len() as f64, asked.kills as f64, ""),
        Bar::at_most("phiếu đã ghi nhận mà mất", sum(|round| round.lost), 0.0, ""),
        Bar::at_most("phiếu đếm hai lần", sum(|round| round.twice), 0.0, ""),
        Bar::at_least("phiếu đếm được", sum(|round| round.counted), (asked.phones * asked.kills) as f64, ""),
        Bar::at_most("đầy đĩa: phiếu đã ghi nhận mà mất", disk.lost as f64, 0.0, ""),
        Bar::at_least("đầy đĩa: lần báo chưa ghi được", disk.told as f64, 1.0, ""),
        Bar::at_least("đầy đĩa: hội trường được báo", f64::from(u8::from(disk.screen_is_told)), 1.0, ""),
        Bar::at_least("đầy đĩa: phiếu đếm được sau khi có chỗ", disk.counted as f64, asked.phones as f64, ""),
        Bar::at_most("việc giả mạo hoặc gửi lại được tính", counted as f64, 0.0, ""),
    ];
    let json = json!({
        "work": "hall faults", "phones": asked.phones, "kills": rounds.len(), "rounds": rounds, "disk": disk,
        "forged": forged, "forged_counted": counted, "failed": figures::failed(&bars),
    });
    let is_failed = !figures::failed(&bars).is_empty();
    Ok(Output::new(json, figures::table(&bars)).failed_if(is_failed))
}

/// How many events the log has; the server is stopped meanwhile.
async fn event_count(folder: &Path, id: i64) -> Result<usize> {
    let office = Office::open(folder, None).await?;
    let count = queries::log(&office, id).await?.len();
    office.db().close().await;
    Ok(count)
}

/// Opens a secret poll.
async fn open_poll(server: &Server, prepared: &Prepared) -> Result<Desk> {
    let desk = Desk::sign_in(server, prepared.id).await?;
    desk.act(&[("verb", "open_poll"), ("text", "Bầu"), ("by_devices", "1"), ("is_secret", "1")]).await?;
    Ok(desk)
}
