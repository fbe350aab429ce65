//! A look is shared by those who asked before it began, and by nobody who asked later.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::atomic::AtomicUsize;

use super::*;

#[tokio::test]
async fn those_who_ask_at_once_share_a_look_and_a_later_one_looks_again() {
    let (looks, made) = (Looks::default(), AtomicUsize::new(0));
    let one = || {
        looks.look(|| async {
            made.fetch_add(1, SeqCst);
            tokio::task::yield_now().await;
            Ok(())
        })
    };
    let answers = futures_util::future::join_all((0..200).map(|_| one())).await;
    assert!(answers.iter().all(Result::is_ok));
    let shared = made.load(SeqCst);
    assert!((1..=2).contains(&shared), "{shared} looks for 200 who asked at once");
    one().await.unwrap();
    assert_eq!(made.load(SeqCst), shared + 1, "who asks later is not given what was seen before");
}

#[tokio::test]
async fn a_look_that_fails_serves_nobody() {
    let looks = Looks::default();
    let failed = looks.look(|| async { Err(crate::platform::Error::inside("no disk")) }).await;
    assert!(failed.is_err());
    assert_eq!(*looks.served.lock().await, 0);
}
