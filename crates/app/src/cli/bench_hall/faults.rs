//! What a hall survives, one fault after another in one office: the server killed in the middle of a vote, a full disk,
//! ballots and arrivals forged or sent again, a desk without a network, phones that slept, two desks at once, a clock set back.

mod asleep;
mod clock;
mod cut;
mod desks;
mod disk;
mod forged;
mod kills;

use std::path::Path;

use domain::conference::Recorded;
use serde::Serialize;

use super::{
    Asked,
    desk::Desk,
    figures::{self, Bar},
    prepare::{self, Prepared},
    server::Server,
};
use crate::{cli::Output, conference::queries, office::Office, platform::Result};

/// Delegates who are not here when it begins: those of the desk that is cut off, and some who never come.
const LATE: usize = cut::SCANS + 20;

/// So many ballots and arrivals are forged or sent again; fewer where the hall is smaller than a real one.
const FORGED: usize = 10_000;
const FORGED_PER_PHONE: usize = 4;

/// Everything that was measured.
#[derive(Debug, Serialize)]
struct Survived {
    rounds: Vec<kills::Round>,
    disk: disk::Full,
    forged: forged::Forged,
    cut: cut::Cut,
    asleep: asleep::Asleep,
    desks: desks::TwoDesks,
    clock: clock::SetBack,
}

pub(super) async fn run(folder: &Path, asked: Asked) -> Result<Output> {
    let prepared = prepare::prepare(folder, asked.phones, LATE).await?;
    let survived = survive(folder, &prepared, asked).await?;
    let bars = bars(&survived, asked);
    let mut json = serde_json::json!(survived);
    json["work"] = "hall faults".into();
    json["phones"] = asked.phones.into();
    json["forged_kinds"] = forged::KINDS.to_vec().into();
    json["failed"] = figures::failed(&bars).into();
    let is_failed = !figures::failed(&bars).is_empty();
    Ok(Output::new(json, figures::table(&bars)).failed_if(is_failed))
}

/// One fault after another; each takes the polls from the next number on, and tells on the way what came of it.
async fn survive(folder: &Path, prepared: &Prepared, asked: Asked) -> Result<Survived> {
    let mut server = Server::start(folder).await?;
    let mut rounds = Vec::new();
    for round in 1..=asked.kills {
        let (restarted, outcome) = kills::round(server, folder, prepared, round, asked.kills).await?;
        eprintln!("giết máy chủ lần {round}: {outcome:?}");
        server = restarted;
        rounds.push(outcome);
    }
    server.kill()?;
    let poll = asked.kills + 1;
    let disk = disk::run(folder, prepared, poll).await?;
    eprintln!("đầy đĩa: {disk:?}");
    let count = FORGED.min(asked.phones * FORGED_PER_PHONE);
    let forged = forged::run(folder, prepared, poll + 1, count).await?;
    eprintln!("giả mạo, gửi lại: {forged:?}");
    let cut = cut::run(folder, prepared).await?;
    eprintln!("bàn đón tiếp mất mạng: {cut:?}");
    let asleep = asleep::run(folder, prepared, poll + 2).await?;
    eprintln!("điện thoại ngủ: {asleep:?}");
    let clock = clock::run(folder, prepared, poll + 3).await?;
    eprintln!("đồng hồ bị chỉnh lùi: {clock:?}");
    let desks = desks::run(folder, prepared, poll + 4).await?;
    eprintln!("hai bàn cùng mở biểu quyết: {desks:?}");
    Ok(Survived { rounds, disk, forged, cut, asleep, desks, clock })
}

fn bars(survived: &Survived, asked: Asked) -> Vec<Bar> {
    let Survived { rounds, disk, forged, cut, asleep, desks, clock } = survived;
    let sum = |figure: fn(&kills::Round) -> usize| rounds.iter().map(figure).sum::<usize>() as f64;
    let (phones, yes) = (asked.phones as f64, |holds: bool| f64::from(u8::from(holds)));
    let tried = FORGED.min(asked.phones * FORGED_PER_PHONE) as f64;
    vec![
        Bar::at_least("số lần giết máy chủ", rounds.len() as f64, asked.kills as f64, ""),
        Bar::at_most("phiếu đã ghi nhận mà mất", sum(|round| round.lost), 0.0, ""),
        Bar::at_most("phiếu đếm hai lần", sum(|round| round.twice), 0.0, ""),
        Bar::at_least("phiếu đếm được", sum(|round| round.counted), phones * asked.kills as f64, ""),
        Bar::at_least("đầy đĩa: phiếu ghi nhận trước đó", disk.acknowledged_before as f64, 1.0, ""),
        Bar::at_most("đầy đĩa: phiếu đã ghi nhận mà mất", disk.lost as f64, 0.0, ""),
        Bar::at_least("đầy đĩa: lần báo chưa ghi được", disk.told as f64, 1.0, ""),
        Bar::at_least("đầy đĩa: hội trường được báo", yes(disk.screen_is_told), 1.0, ""),
        Bar::at_least("đầy đĩa: phiếu đếm được sau khi có chỗ", disk.counted as f64, phones, ""),
        Bar::at_least("việc giả mạo hoặc gửi lại", forged.tried.iter().sum::<usize>() as f64, tried, ""),
        Bar::at_most("trong đó được tính vào sổ sự kiện", forged.events as f64, 0.0, ""),
        Bar::at_most("trong đó được trả lời như đã nhận", forged.taken as f64, 0.0, ""),
        Bar::at_most("phiếu thừa trong hòm sau khi giả mạo", forged.counted as f64 - phones, 0.0, ""),
        Bar::at_most("phiếu thật mất sau khi giả mạo", forged.lost as f64, 0.0, ""),
        Bar::at_least("bàn mất mạng: người có mặt", cut.here as f64, cut::SCANS as f64, ""),
        Bar::at_most("bàn mất mạng: người tính hai lần", cut.twice as f64, 0.0, ""),
        Bar::at_least("bàn mất mạng: được báo bàn khác đã nhận", cut.told as f64, cut.elsewhere as f64, ""),
        Bar::at_least("điện thoại nghe được trước khi ngủ", asleep.slept as f64, phones, ""),
        Bar::at_least("điện thoại ngủ, tin đầu tiên đúng", asleep.right as f64, phones, ""),
        Bar::at_least("điện thoại ngủ, còn bỏ phiếu được", asleep.may_vote as f64, phones.min(10.0), ""),
        Bar::at_least("hai bàn cùng mở: một bàn được báo", desks.one_was_told as f64, desks.rounds as f64, ""),
        Bar::at_most("hai bàn cùng mở: số lượt mở", desks.opened as f64, desks.rounds as f64, ""),
        Bar::at_least("đồng hồ chỉnh lùi: chỗ giờ đi lùi", clock.steps_back as f64, 1.0, ""),
        Bar::at_least("đồng hồ chỉnh lùi: phiếu đếm đúng", f64::from(clock.counted), phones, ""),
        Bar::at_most("đồng hồ chỉnh lùi: chỗ sai thứ tự", clock.out_of_order as f64, 0.0, ""),
        Bar::at_least("đồng hồ chỉnh lùi: hội trường như trong sổ", yes(clock.is_the_same), 1.0, ""),
    ]
}

/// The log as it is on the disk. Where no server runs meanwhile, closing the database empties its journal.
async fn log(folder: &Path, id: i64) -> Result<Vec<Recorded>> {
    let office = Office::open(folder, None).await?;
    let log = queries::log(&office, id).await?;
    office.db().close().await;
    Ok(log)
}

/// How many events it has.
async fn event_count(folder: &Path, id: i64) -> Result<usize> {
    Ok(log(folder, id).await?.len())
}

/// Opens a secret poll.
async fn open_poll(server: &Server, prepared: &Prepared) -> Result<Desk> {
    let desk = Desk::sign_in(server, prepared.id).await?;
    desk.act(&[("verb", "open_poll"), ("text", "Bầu"), ("by_devices", "1"), ("is_secret", "1")]).await?;
    Ok(desk)
}
