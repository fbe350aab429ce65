//! Links are found and put to their routes; the measures are those of all pages of a route.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn links_of_the_site_are_found_as_a_browser_would_follow_them() {
    let page = r#"<a href="/chi-so?a=1&amp;b=2#x">1</a><a href="https://e.example/">2</a><a href="/ngon-ngu/en">3</a>
        <link href="/assets/a.css"><a href="/don-vi/N1">4</a>"#;
    assert_eq!(links(page), ["/chi-so?a=1&b=2", "/don-vi/N1"]);
}

#[test]
fn drawings_in_a_page_are_pictures() {
    let page = "<p>1</p><svg width=\"9\"><path d=\"M0\"/></svg><p>2</p><svg></svg>";
    assert_eq!(without_drawings(page), "<p>1</p><p>2</p>");
}

#[test]
fn a_path_belongs_to_the_route_with_its_shape() {
    assert!(is_of("/bieu/{period}/{form}/{unit}", "/bieu/a/b/c?phan=2"));
    assert!(!is_of("/bieu/{period}/{form}/{unit}", "/bieu/a/b/c/mau.xlsx"));
    assert!(!is_of("/don-vi", "/don-vi/N1"));
}

#[test]
fn the_slowest_and_the_largest_page_are_named() {
    let ms = |times: &[u64]| times.iter().map(|ms| Duration::from_millis(*ms)).collect::<Vec<_>>();
    let page = |path: &str, bytes, times: &[u64]| Seen {
        path: path.to_owned(),
        bytes,
        times: ms(times),
        core_seconds: Some(0.004),
    };
    let seen = [page("/a", 900, &[1, 2, 3]), page("/b", 100, &[5, 6, 40])];
    let found = measured("/x".to_owned(), &seen);
    assert_eq!((found.slowest.as_str(), found.largest.as_str(), found.html_bytes_max), ("/b", "/a", 900));
    assert!(found.core_ms.is_some_and(|ms| (ms - 2.0).abs() < 1e-9), "two requests of each page were metered");
    assert!((found.p50_ms - 3.0).abs() < 1e-9 && (found.p95_ms - 40.0).abs() < 1e-9, "{found:?}");
}
