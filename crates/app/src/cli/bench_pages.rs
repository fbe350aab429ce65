//! `tongket bench pages`: signs in to the office of `--data` over HTTP, follows every link, and times each page.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write as _,
    time::Duration,
};

use serde::Serialize;
use serde_json::json;

use super::{Globals, Output, usage::core_seconds};
use crate::{
    demo,
    office::Office,
    platform::{
        Error, Result, web,
        wire::{Answer, Caller, OwnServer},
    },
    routes::routes,
};

/// Pages of one route that are looked at: enough to meet its large ones.
const PATHS_OF_ROUTE_MAX: usize = 12;
const ROUND_COUNT: usize = 12;
/// What a page may weigh without its pictures.
const HTML_BYTES_MAX: usize = 30 << 10;
/// Whose pages are looked at.
const USERS: [&str; 2] = ["chuyen-vien", "hieu-truong"];

/// What the pages of one route took.
#[derive(Debug, Serialize)]
struct Measured {
    route: String,
    pages: usize,
    p50_ms: f64,
    p95_ms: f64,
    /// What one request costs on a core on average, server and caller together.
    core_ms: Option<f64>,
    html_bytes_max: usize,
    slowest: String,
    largest: String,
}

/// A page that was looked at.
struct Seen {
    path: String,
    /// Without its pictures.
    bytes: usize,
    times: Vec<Duration>,
    /// What all requests but the first cost on a core.
    core_seconds: Option<f64>,
}

pub(super) async fn run(globals: &Globals) -> Result<Output> {
    let office = globals.open().await?;
    let accounts = demo::accounts(&office).await?;
    let p95_ms_max = if demo::is_of_a_land(&office).await? { 100.0 } else { 30.0 };
    super::serve::warm(office.clone()).await;
    let server = OwnServer::start(web::router(office.clone())).await?;
    let mut seen: BTreeMap<String, Vec<Seen>> = BTreeMap::new();
    for user in USERS {
        let account = accounts.iter().find(|account| account.user == user);
        let account = account.ok_or_else(|| Error::NotFound(format!("tài khoản minh hoạ «{user}»")))?;
        let stranger = server.caller();
        let cookies = sign_in(&stranger, &account.user, &account.password).await?;
        let caller = stranger.with_cookies(&cookies);
        crawl(&caller, &office, &mut seen).await?;
    }
    let measured: Vec<Measured> = seen.into_iter().map(|(route, seen)| measured(route, &seen)).collect();
    let is_over = |one: &Measured| one.p95_ms > p95_ms_max || one.html_bytes_max > HTML_BYTES_MAX;
    let over: Vec<&str> = measured.iter().filter(|one| is_over(one)).map(|one| one.route.as_str()).collect();
    let json = json!({
        "work": "pages", "p95_ms_max": p95_ms_max, "html_bytes_max": HTML_BYTES_MAX, "pages": measured, "over": over,
    });
    Ok(Output::new(json, table(&measured, p95_ms_max)))
}

fn table(measured: &[Measured], p95_ms_max: f64) -> String {
    let mut text =
        format!("{:<44} {:>6} {:>8} {:>8} {:>8} {:>7}\n", "trang", "số", "p50 ms", "p95 ms", "nhân ms", "KB");
    for one in measured {
        let kb = one.html_bytes_max as f64 / 1024.0;
        let core = one.core_ms.unwrap_or(f64::NAN);
        let _ = write!(text, "{:<44} {:>6} {:>8.1} {:>8.1} ", one.route, one.pages, one.p50_ms, one.p95_ms);
        let _ = write!(text, "{core:>8.1} {kb:>7.1}");
        if one.p95_ms > p95_ms_max {
            let _ = write!(text, "  chậm: {}", one.slowest);
        }
        if one.html_bytes_max > HTML_BYTES_MAX {
            let _ = write!(text, "  lớn: {}", one.largest);
        }
        text.push('\n');
    }
    let _ = write!(text, "Cho phép: p95 {p95_ms_max} ms, {} KB HTML một trang.", HTML_BYTES_MAX >> 10);
    text
}

/// Signs in through the door and returns the session's cookies.
pub(super) async fn sign_in(stranger: &Caller, user: &str, password: &str) -> Result<String> {
    let door = stranger.get("/dang-nhap").await?;
    let guest = cookies(&door);
    let page = String::from_utf8_lossy(&door.body).into_owned();
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let fields = [("user_name", user), ("password", password), ("csrf", csrf)];
    let form = serde_html_form::to_string(fields).map_err(Error::inside)?;
    let caller = stranger.clone().with_cookies(&guest);
    let answer = caller.post("/dang-nhap", "application/x-www-form-urlencoded", form).await?;
    if answer.status != 303 {
        return Err(Error::refused("sign_in", format!("Không đăng nhập được tài khoản «{user}».")));
    }
    Ok(cookies(&answer))
}

fn cookies(answer: &Answer) -> String {
    let lines = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line.split(';').next()).collect::<Vec<_>>().join("; ")
}

/// Follows links from the year's page on; of each route some pages, each asked for several times.
async fn crawl(caller: &Caller, office: &Office, seen: &mut BTreeMap<String, Vec<Seen>>) -> Result<()> {
    let patterns: Vec<&str> = routes().iter().filter(|route| route.method == "GET").map(|route| route.path).collect();
    let latest = crate::school_year::calendar::years(office).await?.into_iter().max();
    let latest = latest.ok_or_else(|| Error::NotFound("năm học nào đã mở".to_owned()))?;
    let mut waiting = VecDeque::from([format!("/nam-hoc/{latest}")]);
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut files: BTreeSet<&str> = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        let Some(pattern) = patterns.iter().find(|pattern| is_of(pattern, &path)) else { continue };
        let count = taken.entry(pattern).or_default();
        if *count == PATHS_OF_ROUTE_MAX || files.contains(pattern) {
            continue;
        }
        let first = caller.get(&path).await?;
        let kind = first.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if first.status != 200 || !kind.starts_with("text/html") {
            files.extend((first.status == 200).then_some(*pattern));
            continue;
        }
        *count += 1;
        let mut times = vec![first.took];
        let before = core_seconds();
        for _ in 1..ROUND_COUNT {
            times.push(caller.get(&path).await?.took);
        }
        let core_seconds = core_seconds().zip(before).map(|(after, before)| after - before);
        let page = String::from_utf8_lossy(&first.body);
        for link in links(&page) {
            if known.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
        let bytes = without_drawings(&page).len();
        seen.entry((*pattern).to_owned()).or_default().push(Seen { path, bytes, times, core_seconds });
    }
    Ok(())
}

/// The page without the pictures that are drawn in it.
fn without_drawings(page: &str) -> String {
    let mut parts = page.split("<svg");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once("</svg>").map_or("", |(_, after)| after));
    [first].into_iter().chain(rest).collect()
}

/// The addresses of this site to which a page leads; not the language, which would be remembered, nor what is no page.
fn links(page: &str) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let ours =
        hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/ngon-ngu") && !href.starts_with("/assets"));
    ours.map(|href| href.split('#').next().unwrap_or(href).replace("&amp;", "&")).collect()
}

fn is_of(pattern: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(&path).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
}

fn measured(route: String, seen: &[Seen]) -> Measured {
    let mut all: Vec<Duration> = seen.iter().flat_map(|page| &page.times).copied().collect();
    all.sort();
    let ms = |share: f64| {
        let place = ((all.len() as f64 * share).ceil() as usize).clamp(1, all.len().max(1)) - 1;
        all.get(place).map_or(0.0, |took| took.as_secs_f64() * 1_000.0)
    };
    let slowest = seen.iter().max_by_key(|page| {
        let mut times = page.times.clone();
        times.sort();
        times.get(times.len() / 2).copied()
    });
    let largest = seen.iter().max_by_key(|page| page.bytes);
    let path = |found: Option<&Seen>| found.map(|page| page.path.clone()).unwrap_or_default();
    let core: Option<f64> = seen.iter().map(|page| page.core_seconds).sum();
    let requests = seen.iter().map(|page| page.times.len() - 1).sum::<usize>().max(1);
    Measured {
        route,
        pages: seen.len(),
        p50_ms: ms(0.5),
        p95_ms: ms(0.95),
        core_ms: core.map(|seconds| seconds * 1_000.0 / requests as f64),
        html_bytes_max: largest.map_or(0, |page| page.bytes),
        slowest: path(slowest),
        largest: path(largest),
    }
}

#[cfg(test)]
mod tests;
