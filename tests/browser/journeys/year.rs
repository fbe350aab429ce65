//! The year on one page leads on.

use crate::stage::{Stage, WIDTHS};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_year_says_how_many_days_are_left_and_what_comes_next() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser(WIDTHS[1]).await;
    browser.sign_in("officer").await;
    browser.open("/").await;
    browser.wait_for(".steps").await;
    assert_eq!(browser.path().await, "/nam-hoc/2025-2026");
    assert!(
        browser.text(".next-step").await.contains("Còn 9 ngày đến hạn nộp"),
        "{}",
        browser.text(".next-step").await
    );
    assert_eq!(
        browser.script("return document.querySelectorAll('main .btn-primary').length").await,
        1,
        "one next step"
    );
    let links = "return [...document.querySelectorAll('.steps .later a')].length";
    assert_eq!(browser.script(links).await, 0, "what is not built is no dead link");
    browser.close().await;
}
