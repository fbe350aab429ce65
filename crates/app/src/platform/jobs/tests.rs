//! A job is done once, by one worker, as often as it takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::atomic::AtomicUsize;

use serde_json::json;

use super::*;
use crate::platform::{Clock, Settings};

async fn office(name: &str, now: Timestamp) -> Office {
    let folder = std::env::temp_dir().join(format!("tongket-jobs-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let settings = Settings { clock: Clock::Stopped(now), ..Settings::default() };
    Office::open_with(&folder, None, settings).await.unwrap()
}

fn close(office: &Office) {
    std::fs::remove_dir_all(office.folder()).unwrap();
}

fn start() -> Timestamp {
    "2026-06-21T02:00:00Z".parse().unwrap()
}

/// The same office at another moment.
async fn later(office: &Office, by: SignedDuration) -> Office {
    let now = office.settings().clock.now() + by;
    let settings = Settings { clock: Clock::Stopped(now), ..Settings::default() };
    Office::open_with(office.folder(), None, settings).await.unwrap()
}

use jiff::SignedDuration;

async fn ask(office: &Office, kind: &str, payload: serde_json::Value) -> i64 {
    let context = Context { now: office.settings().clock.now(), ..Context::command_line() };
    let mut transaction = office.db().begin().await.unwrap();
    let id = enqueue(&mut transaction, &context, kind, &payload).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

fn kind(name: &'static str, handler: Handler) -> Kind {
    Kind { name, handler, every: None }
}

fn doubles(_: Office, job: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async move {
        let number: i64 = job.payload()?;
        job.tell(1, 1);
        Ok(json!(number * 2))
    })
}

fn fails(_: Office, _: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async { Err(Error::Inside("the line is broken".to_owned())) })
}

fn refuses(_: Office, _: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async { Err(Error::refused("never", "Không làm được.")) })
}

fn panics(_: Office, _: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async { panic!("a bug") })
}

#[tokio::test]
async fn what_is_asked_for_is_done_and_what_was_rolled_back_was_never_asked() {
    let office = office("done", start()).await;
    let kinds = [kind("double", doubles)];
    let context = Context::command_line();
    let mut transaction = office.db().begin().await.unwrap();
    enqueue(&mut transaction, &context, "double", &1).await.unwrap();
    drop(transaction);
    assert!(!run_one(&office, &kinds).await.unwrap(), "the verb was rolled back and its job with it");
    let id = ask(&office, "double", json!(21)).await;
    assert!(run_one(&office, &kinds).await.unwrap());
    assert!(!run_one(&office, &kinds).await.unwrap(), "done once");
    let status = status(office.db(), id).await.unwrap().unwrap();
    assert_eq!((status.state.as_str(), status.result.as_str(), status.tries), ("done", "42", 1));
    assert_eq!((status.done_count, status.total_count, status.is_over()), (1, 1, true));
    assert_eq!(forget_finished(office.db(), "2026-06-21T01:00:00Z").await.unwrap(), 0);
    assert_eq!(forget_finished(office.db(), "2026-06-21T03:00:00Z").await.unwrap(), 1);
    close(&office);
}

#[tokio::test]
async fn a_failure_is_tried_again_after_a_growing_pause_and_then_given_up() {
    let mut office = office("fails", start()).await;
    let kinds = [kind("fail", fails), kind("panic", panics)];
    let id = ask(&office, "fail", json!(null)).await;
    for tries in 1..=5 {
        assert!(run_one(&office, &kinds).await.unwrap(), "try {tries}");
        let waiting = status(office.db(), id).await.unwrap().unwrap();
        assert_eq!((waiting.state.as_str(), waiting.tries), ("waiting", tries));
        assert!(waiting.last_error.contains("the line is broken"));
        assert!(!run_one(&office, &kinds).await.unwrap(), "not before its time");
        office = later(&office, worker::pause(tries)).await;
    }
    assert!(run_one(&office, &kinds).await.unwrap());
    assert_eq!(status(office.db(), id).await.unwrap().unwrap().state, "failed");
    let other = ask(&office, "panic", json!(null)).await;
    assert!(run_one(&office, &kinds).await.unwrap());
    assert_eq!(status(office.db(), other).await.unwrap().unwrap().state, "waiting", "a panic ends the try alone");
    let found = health(office.db(), "9999-12-31T00:00:00Z").await.unwrap();
    assert_eq!(found, Health { failed: 1, overdue: 1, silent: 0 });
    close(&office);
}

#[tokio::test]
async fn a_refusal_and_an_unknown_kind_are_told() {
    let office = office("refused", start()).await;
    let refused = ask(&office, "refuse", json!(null)).await;
    let unknown = ask(&office, "of-the-next-version", json!(null)).await;
    let kinds = [kind("refuse", refuses)];
    while run_one(&office, &kinds).await.unwrap() {}
    let refused = status(office.db(), refused).await.unwrap().unwrap();
    assert_eq!((refused.state.as_str(), refused.tries), ("failed", 1), "no second try changes a refusal");
    let unknown = status(office.db(), unknown).await.unwrap().unwrap();
    assert!(unknown.state == "waiting" && unknown.last_error.contains("of-the-next-version"));
    close(&office);
}

#[tokio::test]
async fn a_silent_workers_job_is_taken_over_and_its_late_word_changes_nothing() {
    let office = office("silent", start()).await;
    let id = ask(&office, "double", json!(4)).await;
    let now = start();
    assert_eq!(worker::claim_as(&office, "first", now).await.unwrap().id, id);
    assert!(worker::claim_as(&office, "second", now + SignedDuration::from_secs(59)).await.is_none(), "under lease");
    assert!(store::renew(office.db(), id, "first", "2026-06-21T02:02:00Z", (1, 2)).await.unwrap());
    assert!(worker::claim_as(&office, "second", now + SignedDuration::from_secs(90)).await.is_none(), "renewed");
    let taken = worker::claim_as(&office, "second", now + SignedDuration::from_secs(150)).await.unwrap();
    assert_eq!((taken.id, taken.tries), (id, 2));
    assert!(!store::renew(office.db(), id, "first", "2026-06-21T03:00:00Z", (2, 2)).await.unwrap());
    store::finish(office.db(), id, "first", "\"late\"", "2026-06-21T03:00:00Z", (2, 2)).await.unwrap();
    assert_eq!(status(office.db(), id).await.unwrap().unwrap().state, "running");
    store::finish(office.db(), id, "second", "8", "2026-06-21T03:00:00Z", (2, 2)).await.unwrap();
    assert_eq!(status(office.db(), id).await.unwrap().unwrap().result, "8");
    close(&office);
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

fn counts(_: Office, _: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async {
        RUNS.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        Ok(json!(null))
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_side_by_side_do_every_job_once() {
    let office = office("many", start()).await;
    for number in 0..60 {
        ask(&office, "count", json!(number)).await;
    }
    let mut workers = Vec::new();
    for _ in 0..4 {
        let office = office.clone();
        workers.push(tokio::spawn(async move {
            let kinds = [kind("count", counts)];
            // Two workers that reach for the same job leave one of them without: it looks again.
            let mut idle = 0;
            while idle < 3 {
                idle = if run_one(&office, &kinds).await.unwrap() { 0 } else { idle + 1 };
            }
        }));
    }
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(RUNS.load(Ordering::Relaxed), 60);
    close(&office);
}

#[tokio::test]
async fn what_is_done_unasked_stands_in_the_queue_once_in_its_time() {
    let office = office("every", start()).await;
    let kinds = [Kind { name: "double", handler: doubles, every: Some(Duration::from_secs(60)) }];
    let waiting = async || health(office.db(), "9999-12-31T00:00:00Z").await.unwrap().overdue;
    schedule(office.db(), &kinds, start()).await.unwrap();
    schedule(office.db(), &kinds, start()).await.unwrap();
    assert_eq!(waiting().await, 1);
    assert!(run_one(&office, &[kind("double", refuses)]).await.unwrap());
    schedule(office.db(), &kinds, start() + SignedDuration::from_secs(59)).await.unwrap();
    assert_eq!(waiting().await, 0, "not yet");
    schedule(office.db(), &kinds, start() + SignedDuration::from_secs(60)).await.unwrap();
    assert_eq!(waiting().await, 1);
    close(&office);
}
