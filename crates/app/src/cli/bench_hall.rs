//! `tongket bench hall`: a server of its own, thousands of phones on its stream, a secret vote, the queue, the desks; and with
//! `--faults` what happens when it is killed, when the disk is full, and when ballots and arrivals are forged or sent again.

mod desk;
mod faults;
mod figures;
mod line;
mod phones;
mod prepare;
mod server;
mod vote;

use std::{path::Path, time::Duration};

use serde_json::json;

use super::{Output, usage::load_average};
use crate::platform::{Error, Result};
use desk::Desk;
use figures::{Bar, Times};
use phones::Phones;
use prepare::Prepared;
use server::Server;

/// Arrivals are sent at this pace, for so long.
const CHECK_INS_PER_SECOND: usize = 20;
const CHECK_IN_SECONDS: usize = 15;

/// So many requests for the floor are put into the queue, one after another.
const QUEUE_CHANGES: usize = 10;

/// All ballots are cast within this time.
const VOTE_LASTS: Duration = Duration::from_secs(10);

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// So many phones.
    pub phones: usize,
    /// The faults instead of the speed.
    pub faults: bool,
    /// So often the server is killed.
    pub kills: usize,
}

pub(super) async fn run(asked: Asked) -> Result<Output> {
    let folder = std::env::temp_dir().join(format!("tongket-bench-hall-{}", std::process::id()));
    let measured = match asked.faults {
        true => faults::run(&folder, asked).await,
        false => measure(&folder, asked.phones).await,
    };
    let _ = std::fs::remove_dir_all(&folder);
    measured
}

async fn measure(folder: &Path, phone_count: usize) -> Result<Output> {
    let late = CHECK_INS_PER_SECOND * CHECK_IN_SECONDS;
    let prepared = prepare::prepare(folder, phone_count, late).await?;
    let server = Server::start(folder).await?;
    let desk = Desk::sign_in(&server, prepared.id).await?;
    let phones = Phones::connect(&server, &prepared, &desk).await?;
    let connected = phones.connected().await;
    let queue = queue(&desk, &phones, &prepared).await?;
    let arrivals = arrivals(&desk, &prepared, phone_count, late).await?;
    desk.act(&[("verb", "open_poll"), ("text", "Thông qua chỉ tiêu"), ("by_devices", "1"), ("is_secret", "1")]).await?;
    let poll = phones.wait_for_poll(1, true).await;
    let cast = vote::cast(&server, &prepared, 1, VOTE_LASTS).await;
    let words = phones::poll_mark(1, false);
    let mark = phones.look_for([&words, &words]);
    desk.act(&[("verb", "close_poll"), ("poll", "1")]).await?;
    let result = mark.everybody(phones.count()).await;
    let counted = vote::counted(&server, &prepared, 1).await?;
    let lost = cast.receipts.iter().filter(|receipt| !counted.has(receipt)).count();
    let bars = [
        Bar::at_least("điện thoại nối cùng lúc", connected as f64, phone_count as f64, ""),
        Bar::at_most("phiếu mất", lost as f64, 0.0, ""),
        Bar::at_least("phiếu được ghi nhận", cast.receipts.len() as f64, phone_count as f64, ""),
        Bar::at_most("ghi nhận phiếu p99", cast.times.ms(0.99), 500.0, "ms"),
        Bar::at_most("đóng phiếu đến kết quả trên mọi màn hình p95", result.ms(0.95), 300.0, "ms"),
        Bar::at_most("thay đổi hàng chờ trên mọi màn hình p95", queue.ms(0.95), 300.0, "ms"),
        Bar::at_least("điểm danh mỗi giây", arrivals.per_second(), CHECK_INS_PER_SECOND as f64 * 0.98, ""),
        Bar::at_most("điểm danh p95", arrivals.ms(0.95), 100.0, "ms"),
        Bar::at_most("bộ nhớ máy chủ cao nhất", server.peak_rss_mb().unwrap_or(0) as f64, 600.0, "MiB"),
    ];
    let json = json!({
        "work": "hall", "connected": connected, "ballots": cast.receipts.len(), "ballots_counted": counted.len(),
        "ballots_lost": lost, "ballots_refused": cast.refused, "vote_seconds": cast.seconds,
        "ack_p50_ms": cast.times.ms(0.5), "ack_p99_ms": cast.times.ms(0.99), "page_p99_ms": cast.pages.ms(0.99),
        "poll_open_p95_ms": poll.ms(0.95), "result_p95_ms": result.ms(0.95), "result_max_ms": result.ms(1.0),
        "result_screens": result.count(), "queue_p95_ms": queue.ms(0.95), "queue_max_ms": queue.ms(1.0),
        "queue_messages": queue.count(), "checkins_per_s": arrivals.per_second(), "checkin_p95_ms": arrivals.ms(0.95),
        "checkin_max_ms": arrivals.ms(1.0), "peak_rss_mb": server.peak_rss_mb(),
        "load_average": load_average(), "failed": figures::failed(&bars),
    });
    let is_failed = !figures::failed(&bars).is_empty();
    server.stop();
    Ok(Output::new(json, figures::table(&bars)).failed_if(is_failed))
}

/// Delegates ask for the floor one after another: how long until every screen shows it.
async fn queue(desk: &Desk, phones: &Phones, prepared: &Prepared) -> Result<Times> {
    let mut all = Times::default();
    for number in 1..=QUEUE_CHANGES {
        let line = prepared.lines[number - 1];
        let mark = phones.look_for([&format!("[{number},{line}]"), &format!("\"waiting_count\":{number}")]);
        let form = [("verb", "request"), ("topic", "Cơ sở vật chất")];
        let answer = desk.as_delegate(&prepared.tokens[number - 1], &form).await?;
        if answer != 303 {
            return Err(Error::inside(format!("a request for the floor was answered with {answer}")));
        }
        all.extend(mark.everybody(phones.count()).await);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Ok(all)
}

/// Delegates arrive at a steady pace while everybody listens; a slow answer does not slow the pace down.
async fn arrivals(desk: &Desk, prepared: &Prepared, here: usize, late: usize) -> Result<Times> {
    let began = tokio::time::Instant::now();
    let mut asked = Vec::new();
    for number in 0..late {
        tokio::time::sleep_until(began + Duration::from_secs(1) * number as u32 / CHECK_INS_PER_SECOND as u32).await;
        let (desk, badge) = (desk.clone(), prepared.badges[here + number].clone());
        asked.push(tokio::spawn(async move { desk.check_in(&badge, &format!("late-{number}")).await }));
    }
    let mut times = Times::default();
    for one in asked {
        times.add(one.await.map_err(Error::inside)??);
    }
    times.took(began.elapsed());
    Ok(times)
}
