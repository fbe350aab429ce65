//! Where a request came from: the machine at the other end, or what a trusted proxy in between says of it.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

const FORWARDED: &str = "x-forwarded-for";

/// The visitor's network address. Only a proxy that the installation trusts is believed, and only its own word: the last
/// hop of `X-Forwarded-For`, which the visitor cannot have written.
pub fn visitor_address(peer: Option<SocketAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> String {
    let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else { return "unknown".to_owned() };
    let is_trusted = trusted.iter().any(|proxy| proxy.to_canonical() == peer);
    let told = is_trusted.then(|| last_hop(headers)).flatten();
    told.unwrap_or(peer).to_string()
}

fn last_hop(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?;
    let hop = line.rsplit(',').next()?.trim();
    let address = hop.parse::<IpAddr>().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests;
