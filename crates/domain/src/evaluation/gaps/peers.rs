//! Peers by circumstance: schools that work under like conditions.

use serde::Serialize;

use crate::Level;

/// Town or country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Ward, town, special zone.
    Urban,
    /// Commune.
    Rural,
}

/// What makes two schools comparable.
#[derive(Clone, Debug, PartialEq)]
pub struct Circumstances {
    /// Levels taught.
    pub levels: Vec<Level>,
    /// Pupils; NaN where unknown.
    pub size: f64,
    /// Town or country; none where unknown.
    pub setting: Option<Setting>,
}

/// A peer and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Peer {
    /// The unit, by its place.
    pub unit: usize,
    /// How many times larger or smaller it is, as a logarithm to base 2: 1 is twice or half the size.
    pub distance: f64,
}

/// Schools more than twice or less than half as large are no peers.
const DISTANCE_MAX: f64 = 1.0;

/// The nearest peers of a unit: the same levels, the same setting, then the most alike in size. At most `count`, the
/// nearest first; equal ones in the order of units.
pub fn peers(units: &[Circumstances], unit: usize, count: usize) -> Vec<Peer> {
    let own = &units[unit];
    let is_alike = |other: &Circumstances| other.levels == own.levels && other.setting == own.setting;
    let mut found: Vec<Peer> = units
        .iter()
        .enumerate()
        .filter(|(place, other)| *place != unit && is_alike(other))
        .map(|(unit, other)| Peer { unit, distance: (other.size / own.size).log2().abs() })
        .filter(|peer| peer.distance <= DISTANCE_MAX)
        .collect();
    found.sort_by(|left, right| left.distance.total_cmp(&right.distance).then(left.unit.cmp(&right.unit)));
    found.truncate(count);
    found
}
