//! Whom the forwarded address is believed from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
    let mut headers = HeaderMap::new();
    for line in forwarded {
        headers.append(FORWARDED, line.parse().unwrap());
    }
    let trusted: Vec<IpAddr> = trusted.iter().map(|address| address.parse().unwrap()).collect();
    visitor_address(Some(peer.parse().unwrap()), &headers, &trusted)
}

#[test]
fn only_a_trusted_proxy_s_last_hop_counts() {
    let proxy = ["127.0.0.1"];
    assert_eq!(seen("127.0.0.1:5000", &["203.0.113.9"], &[]), "127.0.0.1", "nobody is trusted unasked");
    assert_eq!(seen("127.0.0.1:5000", &["203.0.113.9"], &proxy), "203.0.113.9");
    assert_eq!(seen("127.0.0.1:5000", &["1.1.1.1, 203.0.113.9"], &proxy), "203.0.113.9", "the first was typed");
    assert_eq!(seen("127.0.0.1:5000", &["1.1.1.1", "203.0.113.9"], &proxy), "203.0.113.9");
    assert_eq!(seen("127.0.0.1:5000", &["[2001:db8::1]:443"], &proxy), "2001:db8::1");
    assert_eq!(seen("198.51.100.7:5000", &["203.0.113.9"], &proxy), "198.51.100.7", "a stranger says what he likes");
    assert_eq!(seen("[::ffff:127.0.0.1]:5000", &["203.0.113.9"], &proxy), "203.0.113.9");
    assert_eq!(seen("127.0.0.1:5000", &["203.0.113.9"], &["::ffff:127.0.0.1"]), "203.0.113.9", "the same address");
    assert_eq!(seen("127.0.0.1:5000", &["không"], &proxy), "127.0.0.1");
    assert_eq!(visitor_address(None, &HeaderMap::new(), &[]), "unknown");
}
