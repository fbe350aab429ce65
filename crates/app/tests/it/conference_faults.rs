//! What a hall survives, with its figures printed: the server killed and a full disk (in a process of its own), a desk without
//! a network, a phone that slept, two desks at once, a clock set back, and news between two processes.
#![allow(clippy::print_stdout, reason = "the figures of docs/reliability.md come from here")]

use std::{process::Command, time::Instant};

use domain::conference::{Ballot, Command as Asked, Conference, Event};
use futures_util::StreamExt;
use tongket::{
    conference::{
        live::{self, Audience},
        operations, queries,
    },
    identity::Role,
    office::Office,
    platform::Context,
};

use crate::{
    conference::{arrive, done, id_of, opened, phones, prepared, state},
    kit::{Client, PATIENCE, TestApp, between},
};

#[test]
fn what_was_acknowledged_outlives_kill_9_and_a_full_disk_and_nothing_forged_is_counted() {
    let ran = Command::new(env!("CARGO_BIN_EXE_tongket"))
        .args(["--json", "bench", "hall", "--faults", "--phones", "150", "--kills", "3"])
        .env_remove("TONGKET_DATABASE")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    let figures: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap_or_else(|_| panic!("{said}"));
    println!("{figures:#}");
    assert!(ran.status.success(), "{} {said}", figures["failed"]);
    assert_eq!(figures["rounds"].as_array().map(Vec::len), Some(3));
    assert!(figures["disk"]["told"].as_u64() > Some(0), "somebody was told that the disk is full");
    assert_eq!(figures["forged"]["events"], 0);
    let tried: u64 = figures["forged"]["tried"].as_array().unwrap().iter().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(tried, 600);
    assert_eq!(figures["cut"]["here"], 300);
    assert_eq!(figures["asleep"]["right"], 150);
    assert_eq!(figures["clock"]["counted"], 150);
}

/// Sends scans as the counter does.
async fn sync(officer: &mut Client, at: &str, desk: &str, scans: &[serde_json::Value]) -> serde_json::Value {
    let scans = serde_json::Value::from(scans.to_vec()).to_string();
    let answer = officer.post(&format!("{at}/diem-danh/dong-bo"), &[("ban", desk), ("luot", &scans)]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn a_desk_cut_for_ten_minutes_sends_three_hundred_scans_and_none_is_taken_twice() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let list: String = (1..=300).map(|number| format!("Đại biểu {number} | | Trường THCS Bồ Câu | THCS\n")).collect();
    let paste = [("verb", "paste"), ("side", "delegate"), ("may_vote", "1"), ("pasted", list.as_str())];
    done(&officer.post(&format!("{at}/dai-bieu"), &paste).await);
    let counter = officer.get(&format!("{at}/diem-danh/quay")).await;
    assert!(counter.headers["permissions-policy"].to_str().unwrap().contains("camera=(self)"));
    let lines = officer.get(&format!("{at}/diem-danh/danh-sach")).await.json();
    let lines: Vec<u64> = lines["lines"].as_array().unwrap().iter().map(|line| line["id"].as_u64().unwrap()).collect();
    let named: Vec<u64> = lines.into_iter().filter(|line| *line > 5).collect();
    assert_eq!(named.len(), 300);
    // The kit's clock stands at 09:00; the line was cut from 08:50 on, a scan every two seconds.
    let scan = |place: usize, line: &u64| {
        let (minute, second) = (50 + place / 30, place % 30 * 2);
        let at = format!("2026-06-21T01:{minute:02}:{second:02}Z");
        serde_json::json!({ "scan": format!("quay-a-{place}"), "line": line, "at": at })
    };
    let scans: Vec<_> = named.iter().enumerate().map(|(place, line)| scan(place, line)).collect();
    // Another desk took ten of them at the time, with a network.
    let elsewhere: Vec<_> =
        named[..10].iter().map(|line| serde_json::json!({ "scan": format!("b-{line}"), "line": line })).collect();
    sync(&mut officer, &at, "Bàn 2", &elsewhere).await;
    let began = Instant::now();
    let first = sync(&mut officer, &at, "Bàn 1", &scans[..100]).await;
    // The answer to the second hundred was lost on the way: it is sent again.
    sync(&mut officer, &at, "Bàn 1", &scans[100..200]).await;
    let again = sync(&mut officer, &at, "Bàn 1", &scans[100..200]).await;
    sync(&mut officer, &at, "Bàn 1", &scans[200..]).await;
    let took = began.elapsed();
    let states = |answer: &serde_json::Value, wanted: &str| {
        answer.as_array().unwrap().iter().filter(|one| one["state"] == wanted).count()
    };
    assert_eq!((states(&first, "taken"), states(&first, "already")), (90, 10));
    assert!(first[0]["message"].as_str().unwrap().contains("tại Bàn 2"), "{}", first[0]);
    assert_eq!(states(&again, "taken"), 100, "what was taken under the same number is acknowledged again");
    let conference = state(&app.office, &at).await;
    assert_eq!(conference.count().present, 300, "all are here");
    let log = queries::log(&app.office, id_of(&at)).await.unwrap();
    let taken = log.iter().filter(|recorded| matches!(recorded.event, Event::CheckedIn { .. })).count();
    assert_eq!(taken, 300, "and nobody twice");
    let who = format!("Đại biểu {}", named[150] - 5);
    let late = arrive(&mut officer, &at, &who, "another").await;
    assert!(late.body.contains("lúc 8 giờ 55 (theo đồng hồ máy quét; gửi về lúc 9 giờ 00) tại Bàn 1"), "{}", late.body);
    println!("300 scans of a cut desk, 100 of them twice: {} ms, 300 here, none twice", took.as_millis());
}

#[tokio::test]
async fn a_scan_that_cannot_be_read_does_not_keep_the_others() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let phone = phones(&app, &at).await[1].clone();
    let scans = [
        serde_json::json!({ "scan": "1", "who": "THE-KHONG-CO" }),
        serde_json::json!({ "scan": "2", "who": "lê thị cúc" }),
        serde_json::json!({ "scan": "3", "who": format!("http://hoi-truong.example{phone}") }),
        serde_json::json!({ "scan": "3", "who": "nguyen thi mai" }),
    ];
    let told = sync(&mut officer, &at, "Bàn 1", &scans).await;
    let states: Vec<&str> = told.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["refused", "taken", "taken", "refused"], "{told}");
    assert!(told[0]["message"].as_str().unwrap().contains("THE-KHONG-CO"));
    let conference = state(&app.office, &at).await;
    assert_eq!((conference.count().present, conference.heads_here(2)), (2, 1), "an address on a badge is its owner's");
    let unreadable = officer.post(&format!("{at}/diem-danh/dong-bo"), &[("luot", "[{]")]).await;
    assert_eq!(unreadable.status, 422);
}

#[tokio::test]
async fn a_phone_that_slept_for_an_hour_is_right_with_the_first_message() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let phones = phones(&app, &at).await;
    let stream = format!("{}/truc-tiep", phones[0]);
    let mut awake = app.anonymous().stream(&stream, None).await;
    let fell_asleep = number(&awake.next().await.unwrap());
    drop(awake);
    let desk = format!("{at}/dieu-hanh");
    // An hour of a conference: items, a vote, the queue.
    for round in 0..3 {
        done(&officer.post(&desk, &[("verb", "next")]).await);
        done(&officer.post(&desk, &[("verb", "ask"), ("who", "Lê Thị Cúc")]).await);
        done(&officer.post(&desk, &[("verb", "call"), ("request", &(round + 1).to_string())]).await);
        done(&officer.post(&desk, &[("verb", "end_speech")]).await);
    }
    done(&officer.post(&desk, &[("verb", "open_poll"), ("text", "Thông qua"), ("by_devices", "1")]).await);
    let mut back = app.anonymous().stream(&stream, Some(fell_asleep)).await;
    let first = back.next().await.unwrap();
    assert!(number(&first) > fell_asleep);
    assert!(first.contains("\"text\":\"Thông qua\",\"is_open\":true"), "{first}");
    let page = app.anonymous().get(&phones[0]).await;
    assert!(page.body.contains("data-ballot"), "and it may still vote");
    // A number that the log does not know, as after a restored backup, keeps nobody in the dark.
    let mut strange = app.anonymous().stream(&stream, Some(1_000_000)).await;
    assert_eq!(number(&strange.next().await.unwrap()), number(&first));
}

fn number(message: &str) -> u64 {
    between(message, "id: ", "\n").unwrap().parse().unwrap()
}

#[tokio::test]
async fn two_desks_that_open_a_poll_at_once_open_one() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let desk = format!("{at}/dieu-hanh");
    let (mut one, mut other) = (officer.clone(), officer.clone());
    let form = [("verb", "open_poll"), ("text", "Thông qua"), ("by_devices", "1")];
    let (one, other) = tokio::join!(one.post(&desk, &form), other.post(&desk, &form));
    let mut answers = [one.status, other.status];
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
    assert_eq!(state(&app.office, &at).await.polls.len(), 1);
}

#[tokio::test]
async fn a_clock_set_back_an_hour_changes_no_order_and_no_count() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let id = id_of(&at);
    let early = Context { now: "2026-06-21T01:00:00Z".parse().unwrap(), ..app.context() };
    let desk = format!("{at}/dieu-hanh");
    done(&officer.post(&desk, &[("verb", "next")]).await);
    done(&officer.post(&desk, &[("verb", "open_poll"), ("text", "Thông qua"), ("by_devices", "1")]).await);
    // From here on the server's clock is an hour behind.
    let vote = |participation| {
        let ballot = Ballot { poll: 1, participation, choices: vec![0], token: String::new() };
        operations::command(&app.office, &early, id, Asked::Vote(ballot))
    };
    for line in 1..=3 {
        vote(line).await.unwrap();
    }
    vote(1).await.unwrap();
    operations::command(&app.office, &early, id, Asked::ClosePoll(1, Vec::new())).await.unwrap();
    operations::command(&app.office, &early, id, Asked::Next).await.unwrap();
    operations::command(&app.office, &early, id, Asked::Close).await.unwrap();
    let log = queries::log(&app.office, id).await.unwrap();
    assert!(log.iter().zip(1..).all(|(recorded, place)| recorded.seq == place), "the order is the log's");
    let conference = state(&app.office, &at).await;
    assert_eq!(Conference::fold(&log), conference);
    assert_eq!(conference.polls[&1].tally().options[0].total(), 3);
    let page = officer.get(&desk).await;
    assert!(page.status == 200 && page.body.contains("100 % đại biểu nhất trí (3/3)"), "{}", page.body);
}

/// Two processes of one office. On PostgreSQL they tell each other; on SQLite, which serves one, a second one looks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screen_at_one_process_hears_what_another_wrote() {
    const ROUNDS: usize = 20;
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let (id, other) = (id_of(&at), app.another_process().await);
    let mut screen = live::listen(&other, id, Audience::Desk, None).await.unwrap();
    screen.next().await.unwrap();
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        let topic = format!("Chủ đề {round}");
        let line = u32::try_from(round % 3 + 1).unwrap();
        let asked = Asked::RequestFloor { participation: line, topic, is_from_desk: true };
        let began = Instant::now();
        let made = operations::command(&app.office, &app.context(), id, asked).await.unwrap();
        heard(&mut screen, made.seq).await;
        took.push(began.elapsed());
        let request = u32::try_from(round + 1).unwrap();
        let gone = operations::command(&app.office, &app.context(), id, Asked::WithdrawRequest(request)).await.unwrap();
        heard(&mut screen, gone.seq).await;
    }
    took.sort();
    let p95 = took[ROUNDS * 95 / 100 - 1];
    println!("written at one process, on a screen of the other: p50 {:?}, p95 {p95:?}", took[ROUNDS / 2]);
}

async fn heard(screen: &mut live::Listening, seq: u64) {
    let hears = async { while screen.next().await.is_some_and(|news| news.seq < seq) {} };
    tokio::time::timeout(PATIENCE, hears).await.expect("nothing was heard");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_is_not_here_votes_however_often() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let id = id_of(&at);
    done(&officer.post(&format!("{at}/dieu-hanh"), &[("verb", "open_poll"), ("text", "x"), ("by_devices", "1")]).await);
    let refused = forged_votes(&app.office, &app.context(), id).await;
    assert_eq!(refused, 600, "nobody who is not here votes, however often");
    assert_eq!(state(&app.office, &at).await.polls[&1].tally().voted, 0);
}

async fn forged_votes(office: &Office, context: &Context, id: i64) -> usize {
    let vote = |participation| {
        let ballot = Ballot { poll: 1, participation, choices: vec![0], token: String::new() };
        operations::command(office, context, id, Asked::Vote(ballot))
    };
    let answers = futures_util::future::join_all((4..604).map(vote)).await;
    answers.iter().filter(|answer| answer.is_err()).count()
}
