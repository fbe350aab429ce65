//! Journeys that a person makes, in a real browser, with an accessibility check of every page.
//!
//! Needs chromium and chromedriver (`cargo xtask test` installs them). `TONGKET_BROWSER=off` skips the journeys and says
//! so; `TONGKET_SCREENSHOTS=FOLDER` makes `screenshots` leave pictures of every page there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, dead_code)]
#![allow(unreachable_pub, unused_imports, reason = "the kit serves two suites")]

#[path = "../../../tests/browser/journeys/mod.rs"]
mod journeys;
#[path = "it/kit/mod.rs"]
mod kit;
#[path = "../../../tests/browser/pages.rs"]
mod pages;
#[path = "../../../tests/browser/stage.rs"]
mod stage;
