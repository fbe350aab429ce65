//! At the door: a wrong password, the right one, the other language, no mouse, no script.

use crate::{
    kit::PASSWORD,
    stage::{Stage, WIDTHS},
};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_mistypes_the_password_is_told_and_comes_in_at_the_second_try() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser(WIDTHS[0]).await;
    browser.open("/nam-hoc/2025-2026").await;
    assert_eq!(browser.path().await, "/dang-nhap");
    browser.fill("#user_name", "officer").await;
    browser.fill("#password", "sai mật khẩu").await;
    browser.press("main form button").await;
    assert!(browser.wait_for(".faults").await.text().await.unwrap().contains("Tên đăng nhập hoặc mật khẩu chưa đúng."));
    let kept = browser.script("return document.querySelector('#user_name').value").await;
    assert_eq!(kept, "officer", "what was typed stays");
    browser.fill("#password", PASSWORD).await;
    browser.press("main form button").await;
    browser.wait_for(".steps").await;
    assert_eq!(browser.path().await, "/nam-hoc/2025-2026", "and the wanted page comes");
    browser.press(".menu-account > summary").await;
    browser.press(".menu-account form button").await;
    browser.wait_for("#password").await;
    browser.open("/nam-hoc/2025-2026").await;
    assert_eq!(browser.path().await, "/dang-nhap", "signed out for good");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_language_is_one_click_away_and_the_page_stays() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser(WIDTHS[0]).await;
    browser.sign_in("officer").await;
    browser.open("/nam-hoc/2025-2026").await;
    browser.press(".foot a[hreflang=en]").await;
    browser.wait_for("html[lang=en]").await;
    assert_eq!(browser.path().await, "/nam-hoc/2025-2026");
    assert!(browser.text("h1").await.contains("School year 2025-2026"));
    browser.press(".foot a[hreflang=vi]").await;
    browser.wait_for("html[lang=vi]").await;
    assert!(browser.text("h1").await.contains("Năm học 2025-2026"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keyboard_is_enough() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser(WIDTHS[0]).await;
    browser.open("/dang-nhap").await;
    browser.wait_for("#user_name:focus").await;
    browser.keys(&format!("officer{TAB}{PASSWORD}{ENTER}")).await;
    browser.wait_for(".steps").await;
    browser.wait_for("body").await.send_keys(TAB).await.unwrap();
    browser.wait_for(".skip:focus").await;
    browser.keys(ENTER).await;
    let focus = "return ['main', '#main'].includes(document.activeElement.id || location.hash)";
    browser.agrees("the main part has the focus", focus).await;
    browser.wait_for(".menu-account > summary").await.send_keys(ENTER).await.unwrap();
    browser.wait_for(".menu-account[open]").await;
    browser.keys(ESCAPE).await;
    browser.wait_for(".menu-account:not([open]) > summary:focus").await;
    browser.wait_for("body").await.send_keys("/").await.unwrap();
    browser.wait_for(".top .search input:focus").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_one_signs_in_makes_an_account_and_signs_out() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser_without_script().await;
    browser.sign_in("administrator").await;
    browser.open("/quan-tri/tai-khoan").await;
    browser.fill("#user_name", "van.thu").await;
    browser.fill("#name", "Phạm Thị Thu").await;
    browser.fill("#unit_code", "90000001").await;
    browser.press("#create button").await;
    assert!(browser.wait_for(".said").await.text().await.unwrap().contains("Mật khẩu chỉ hiện một lần"));
    assert!(browser.text("h1").await.contains("Phạm Thị Thu"));
    browser.press(".menu-account > summary").await;
    browser.press(".menu-account form button").await;
    browser.wait_for("#password").await;
    browser.close().await;
}
