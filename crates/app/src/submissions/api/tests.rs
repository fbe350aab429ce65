//! Lines out of pieces: cut anywhere, blank, too long, too many, broken off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use axum::body::Bytes;
use futures_util::stream;

use super::lines::{LINE_BYTES_MAX, Line, Lines};

async fn all(pieces: Vec<Vec<u8>>, bytes_max: usize) -> (Vec<Line>, Option<String>) {
    let pieces = stream::iter(pieces.into_iter().map(|piece| Ok::<_, axum::Error>(Bytes::from(piece))));
    let mut lines = Lines::new(pieces, bytes_max);
    let mut found = Vec::new();
    loop {
        match lines.next().await {
            Ok(Some(line)) => found.push(line),
            Ok(None) => return (found, None),
            Err(reason) => return (found, Some(reason.code)),
        }
    }
}

fn text(text: &str) -> Line {
    Line::Text(text.as_bytes().to_vec())
}

#[tokio::test]
async fn a_body_gives_the_same_lines_wherever_it_is_cut() {
    let body = b"{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"c\":3}";
    let wanted = [text("{\"a\":1}"), text("{\"b\":2}"), text("{\"c\":3}")];
    for size in 1..=body.len() {
        let pieces = body.chunks(size).map(<[u8]>::to_vec).collect();
        assert_eq!(all(pieces, 1 << 20).await, (wanted.iter().map(clone).collect(), None), "pieces of {size}");
    }
    assert_eq!(all(Vec::new(), 10).await, (Vec::new(), None));
}

fn clone(line: &Line) -> Line {
    match line {
        Line::Text(text) => Line::Text(text.clone()),
        Line::TooLong => Line::TooLong,
    }
}

#[tokio::test]
async fn a_line_that_is_too_long_is_passed_over_and_the_next_one_is_read() {
    let long = vec![b'x'; LINE_BYTES_MAX + 1];
    let mut body = long.clone();
    body.extend_from_slice(b"\n{}\n");
    body.extend_from_slice(&long);
    for size in [1_000, 60_000, body.len()] {
        let pieces = body.chunks(size).map(<[u8]>::to_vec).collect();
        let (lines, fault) = all(pieces, 4 << 20).await;
        assert_eq!((lines, fault), (vec![Line::TooLong, text("{}"), Line::TooLong], None), "pieces of {size}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_cut_off_after_what_was_read() {
    let (lines, fault) = all(vec![b"{}\n".to_vec(), vec![b'y'; 20]], 10).await;
    assert_eq!((lines, fault.as_deref()), (vec![text("{}")], Some("too_large")));
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_told() {
    let pieces = stream::iter([Ok(Bytes::from_static(b"{}\n{\"ha")), Err(axum::Error::new("gone"))]);
    let mut lines = Lines::new(pieces, 100);
    assert_eq!(lines.next().await.unwrap(), Some(text("{}")));
    assert_eq!(lines.next().await.unwrap_err().code, "broken_off");
}
