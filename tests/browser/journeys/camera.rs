//! A badge's code before the camera of the check-in counter: scanned live where the page is safe, photographed where it came
//! over plain HTTP.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use domain::conference::{Event, Road};
use tongket::conference::{live, operations::seats, queries};

use super::hall;
use crate::stage::{Browser, Stage, WIDTHS};

/// What the camera sees is this large.
const FRAME: (usize, usize) = (1280, 720);

/// The first badge of a sheet, held so near that its print has 150 points to the inch: 104 mm by 79 mm with its margins.
const BADGE: [&str; 6] = ["-r", "150", "-W", "614", "-H", "466"];

const GREY: u8 = 128;

/// The first printed badge as pixels: width, height, brightness row by row.
struct Picture(usize, usize, Vec<u8>);

impl Picture {
    fn printed(pdf: &Path) -> Self {
        let drawn =
            Command::new("pdftoppm").args(["-gray", "-singlefile"]).args(BADGE).arg(pdf).output().unwrap().stdout;
        // P5, width and height, the greatest value; then the pixels.
        let mut head = drawn.splitn(4, |&byte| byte == b'\n');
        assert_eq!(head.next(), Some(&b"P5"[..]), "pdftoppm draws grey pictures");
        let size = String::from_utf8(head.next().unwrap().to_vec()).unwrap();
        let (width, height) = size.split_once(' ').unwrap();
        let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
        assert_eq!(head.next(), Some(&b"255"[..]));
        Self(width, height, head.next().unwrap().to_vec())
    }

    /// A film of one picture (YUV4MPEG2, 4:2:0) whose upper left corner shows the badge.
    fn film(&self) -> Vec<u8> {
        let Self(width, height, pixels) = self;
        let (across, down) = FRAME;
        let mut film = format!("YUV4MPEG2 W{across} H{down} F10:1 Ip A1:1 C420jpeg\nFRAME\n").into_bytes();
        for row in 0..down {
            let seen = if row < *height { &pixels[row * width..(row + 1) * width] } else { &[] };
            film.extend(seen.iter().copied().chain(std::iter::repeat(GREY)).take(across));
        }
        film.resize(film.len() + across * down / 2, GREY);
        film
    }
}

/// A conference with its list and badges, made by the pages.
struct Badged {
    at: String,
    id: i64,
    /// The printed badges.
    pdf: PathBuf,
    /// Whose badge is the first.
    name: String,
}

async fn badged(stage: &Stage) -> Badged {
    let desk = stage.browser(WIDTHS[0]).await;
    let at = hall::listed(&desk).await;
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    desk.open(&format!("{at}/cho-ngoi")).await;
    desk.press("button[value=badges]").await;
    desk.wait_for("a[href$='/the.pdf']").await;
    desk.close().await;
    let office = &stage.app.office;
    let pdf = stage.folder.join("the.pdf");
    std::fs::write(&pdf, seats::write_badges(office, &stage.app.context(), id).await.unwrap()).unwrap();
    let first = seats::badges(&*live::hall(office, id).await.unwrap().state().await).remove(0);
    Badged { at, id, pdf, name: first.name }
}

async fn counter(browser: &Browser, at: &str) {
    browser.sign_in("officer").await;
    browser.open(&format!("{at}/diem-danh/quay")).await;
    browser.agrees("the list is kept", super::counter::LIST_IS_KEPT).await;
}

/// By which road each came in.
async fn arrivals(stage: &Stage, id: i64) -> Vec<Road> {
    let log = queries::log(&stage.app.office, id).await.unwrap();
    let road = |event: &Event| match event {
        Event::CheckedIn { road, .. } => Some(*road),
        _ => None,
    };
    log.iter().filter_map(|recorded| road(&recorded.event)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_badge_held_before_the_camera_is_one_arrival() {
    let Some(stage) = Stage::open().await else { return };
    let Badged { at, id, pdf, name } = badged(&stage).await;
    let film = pdf.with_extension("y4m");
    std::fs::write(&film, Picture::printed(&pdf).film()).unwrap();
    let browser = stage.browser_with_camera(WIDTHS[1], &film).await;
    counter(&browser, &at).await;
    browser.press("#camera").await;
    browser.says("#told", &name).await;
    browser.wait_until("the first is here", async || arrivals(&stage, id).await == [Road::Badge]).await;
    let faults = browser.faults().await;
    // The badge is still held there.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    browser.says("#told", &name).await;
    assert_eq!(arrivals(&stage, id).await, [Road::Badge]);
    browser.press("#camera").await;
    browser.agrees("the camera is off", "return document.querySelector('#view')?.hidden").await;
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_over_plain_http_reads_photos_of_badges() {
    let Some(stage) = Stage::open().await else { return };
    let Badged { at, id, pdf, name } = badged(&stage).await;
    let photo = pdf.with_extension("");
    let made = Command::new("pdftoppm").args(["-png", "-singlefile"]).args(BADGE).args([&pdf, &photo]).status();
    assert!(made.unwrap().success());
    let browser = stage.browser_in_hall(WIDTHS[1]).await;
    counter(&browser, &at).await;
    assert_eq!(browser.script("return window.isSecureContext").await, false);
    browser.agrees("photos are asked for", "return document.querySelector('#photo')?.hidden === false").await;
    let faults = browser.faults().await;
    let wrong = pdf.with_extension("txt");
    std::fs::write(&wrong, "Đây không phải là ảnh.").unwrap();
    browser.attach("#shot", &wrong).await;
    browser.says("#told", "Không thấy mã QR").await;
    browser.attach("#shot", &photo.with_extension("png")).await;
    browser.says("#told", &format!("✓ {name}")).await;
    browser.wait_until("the first is here", async || arrivals(&stage, id).await == [Road::Badge]).await;
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
