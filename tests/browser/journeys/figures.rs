//! A form's way: filled, saved by itself, sent, returned with a reason, corrected, approved.

use fantoccini::Locator;

use crate::{
    kit::SCHOOL,
    stage::{Browser, Stage, WIDTHS},
};

/// The shortest form of the end of the year.
fn form() -> String {
    format!("/bieu/2025-2026-CN/07-ATTP-CN/{SCHOOL}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_clerk_types_is_saved_by_itself_and_is_there_the_next_day() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser(WIDTHS[0]).await;
    browser.sign_in("clerk").await;
    browser.open(&form()).await;
    let before = browser.text("#saved").await;
    browser.fill("input.cell", "12").await;
    browser.wait_until("the draft is saved", async || browser.text("#saved").await != before).await;
    browser.sign_in("principal").await;
    browser.open(&form()).await;
    assert_eq!(browser.script("return document.querySelector('input.cell').value").await, "12");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_sent_returned_with_a_reason_corrected_and_approved() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser(WIDTHS[0]).await;
    browser.sign_in("clerk").await;
    browser.open(&form()).await;
    send_everything(&browser, "0").await;
    browser.wait_for(".page-head .chip.due").await;

    browser.sign_in("officer").await;
    browser.open("/nam-hoc/2025-2026/so-lieu").await;
    assert!(browser.text("form tbody").await.contains("Hoa Sữa"));
    browser.open(&form()).await;
    browser.fill("#reason", "Xin xem lại số bếp ăn.").await;
    browser.press("button[value=return]").await;
    browser.wait_for(".page-head .chip.late").await;

    browser.sign_in("clerk").await;
    browser.open(&form()).await;
    assert!(browser.text(".next-step").await.contains("Xin xem lại số bếp ăn."));
    send_everything(&browser, "1").await;
    browser.wait_for(".page-head .chip.due").await;

    browser.sign_in("officer").await;
    browser.open(&form()).await;
    if browser.has(".next-step, #warned").await {
        browser.fill("#reason", "Nhà trường đã giải thích qua điện thoại.").await;
    }
    browser.press("button[value=approve]").await;
    browser.wait_for(".page-head .chip.done").await;
    browser.open("/nam-hoc/2025-2026").await;
    assert!(browser.text(".kpis").await.contains("1/"), "{}", browser.text(".kpis").await);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_filled_and_sent_without_script() {
    let Some(stage) = Stage::open().await else { return };
    let browser = stage.browser_without_script().await;
    browser.sign_in("clerk").await;
    browser.open(&form()).await;
    send_everything(&browser, "0").await;
    browser.wait_for(".page-head .chip.due").await;
    browser.close().await;
}

/// Types this number into every cell, part by part, explains every warning and sends the form.
async fn send_everything(browser: &Browser, number: &str) {
    loop {
        type_into_all(browser, "input.cell", number).await;
        for choice in browser.client.find_all(Locator::Css("select.cell")).await.unwrap() {
            choice.select_by_index(1).await.unwrap();
        }
        if !browser.has("button[value=next]").await {
            break;
        }
        let before = part(browser).await;
        browser.press("button[value=next]").await;
        let follows = async || part(browser).await.is_some_and(|part| before.as_ref() != Some(&part));
        browser.wait_until("the next part is here", follows).await;
    }
    browser.press("button[value=submit]").await;
    browser.wait_for("input[id^=w], .page-head .chip.due").await;
    if browser.has("input[id^=w]").await {
        type_into_all(browser, "input[id^=w]", "Đã kiểm tra lại với nhà bếp.").await;
        browser.press("button[value=submit]").await;
    }
}

/// The part of the form that the page shows.
async fn part(browser: &Browser) -> Option<String> {
    browser.client.find(Locator::Css("input[name=phan]")).await.ok()?.attr("value").await.ok()?
}

async fn type_into_all(browser: &Browser, selector: &str, text: &str) {
    for field in browser.client.find_all(Locator::Css(selector)).await.unwrap() {
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }
}
