//! Who takes over a dissolved unit's figures on another day's map.

/// One heir of a dissolved unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heir {
    /// The heir's position in the forest of the map's date.
    pub unit: usize,
    /// The share of the figures that a decision states, from 0 to 1; none where nothing is stated.
    pub share: Option<f64>,
    /// Whether it is the main heir (`part_main`), or the only one.
    pub is_main: bool,
}

/// How one reporter's figures pass on.
///
/// The shares in the list of administrative units are kinds (`whole`, `part_main`, `part`), never percentages: a value
/// may be divided only by shares that a decision states. Without them it goes whole to the main heir, and every heir's
/// result is marked as apportioned, because none of them is what was reported.
#[derive(Clone, Debug, PartialEq)]
pub enum Heirs {
    /// It stands on the map itself, or one unit took it over whole.
    Whole(usize),
    /// It was divided: each heir with the part of the figures that it gets (0 for the minor heirs by default).
    Divided(Vec<(usize, f64)>),
    /// Divided without shares and without a main heir (a district of 2025): its figures count only from the nearest unit
    /// that holds all of these, where nothing need be divided.
    Undivided(Vec<usize>),
    /// Nobody on the map takes it over.
    Nobody,
}

impl Heirs {
    /// Applies the rule to the heirs of one unit.
    ///
    /// Shares count only where every heir has one and they add up to 1 (within 1e-9); the same unit named twice counts
    /// once with the sum of its shares.
    pub fn settle(heirs: &[Heir]) -> Self {
        let mut merged: Vec<Heir> = Vec::with_capacity(heirs.len());
        for heir in heirs {
            match merged.iter_mut().find(|known| known.unit == heir.unit) {
                Some(known) => {
                    known.is_main |= heir.is_main;
                    known.share = known.share.zip(heir.share).map(|(left, right)| left + right);
                }
                None => merged.push(*heir),
            }
        }
        match merged[..] {
            [] => Self::Nobody,
            [only] => Self::Whole(only.unit),
            _ => divide(&merged),
        }
    }
}

fn divide(heirs: &[Heir]) -> Heirs {
    let stated: Option<Vec<f64>> = heirs.iter().map(|heir| heir.share.filter(|share| *share >= 0.0)).collect();
    if let Some(shares) = stated.filter(|shares| (shares.iter().sum::<f64>() - 1.0).abs() < 1e-9) {
        return Heirs::Divided(heirs.iter().map(|heir| heir.unit).zip(shares).collect());
    }
    let mains = heirs.iter().filter(|heir| heir.is_main).count();
    if mains != 1 {
        return Heirs::Undivided(heirs.iter().map(|heir| heir.unit).collect());
    }
    Heirs::Divided(heirs.iter().map(|heir| (heir.unit, if heir.is_main { 1.0 } else { 0.0 })).collect())
}
