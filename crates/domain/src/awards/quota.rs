//! Quotas: how many of an award there may be, how many are left while nominations come in.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use super::{dossier::AwardDossier, pack::Quota};
use crate::Label;

/// What becomes of a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Down: 15 % of 33 is 4.
    #[default]
    Down,
    /// Up: 5.
    Up,
    /// To the nearest, half away from zero: 5.
    Nearest,
}

/// A quota as an office uses it: the pack's own, or what the office set in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaInUse {
    /// Per cent of the base.
    pub percent: Decimal,
    /// What becomes of a fraction.
    pub rounding: Rounding,
    /// Whether the office set it.
    pub is_own: bool,
    /// The base as the office typed it; counted from the dossiers where it typed none.
    pub typed_base: Option<u32>,
}

/// How much room a quota leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Headroom {
    /// The award that is limited.
    pub award: String,
    /// The quota's name.
    pub label: Label,
    /// Per cent in use.
    pub percent: Decimal,
    /// What becomes of a fraction.
    pub rounding: Rounding,
    /// Whether the office set the per cent.
    pub is_own: bool,
    /// The base.
    pub base: u32,
    /// Whether the office typed the base.
    pub base_is_typed: bool,
    /// The most.
    pub limit: u32,
    /// Nominated by now.
    pub used: u32,
    /// Left; below zero where there are too many.
    pub left: i64,
}

impl Rounding {
    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
            Self::Nearest => "nearest",
        }
    }

    /// The rounding with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Down, Self::Up, Self::Nearest].into_iter().find(|rounding| rounding.as_str() == text)
    }

    /// So many per cent of a base as a whole number.
    pub fn share(self, base: u32, percent: Decimal) -> u32 {
        let exact = Decimal::from(base) * percent / Decimal::ONE_HUNDRED;
        let whole = match self {
            Self::Down => exact.floor(),
            Self::Up => exact.ceil(),
            Self::Nearest => exact.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
        };
        whole.to_u32().unwrap_or(0)
    }
}

impl QuotaInUse {
    /// The pack's own.
    pub fn of(quota: &Quota) -> Self {
        Self { percent: quota.percent, rounding: quota.rounding, is_own: false, typed_base: None }
    }
}

/// The room that a quota leaves, live: every nominee counts once, drafts too.
pub fn headroom(quota: &Quota, in_use: QuotaInUse, dossiers: &[AwardDossier]) -> Headroom {
    let base = in_use.typed_base.unwrap_or_else(|| quota.of.as_deref().map_or(0, |award| nominees(dossiers, award)));
    let limit = in_use.rounding.share(base, in_use.percent);
    let used = nominees(dossiers, &quota.award);
    Headroom {
        award: quota.award.clone(),
        label: quota.label.clone(),
        percent: in_use.percent,
        rounding: in_use.rounding,
        is_own: in_use.is_own,
        base,
        base_is_typed: in_use.typed_base.is_some(),
        limit,
        used,
        left: i64::from(limit) - i64::from(used),
    }
}

/// How many different nominees an award has.
fn nominees(dossiers: &[AwardDossier], award: &str) -> u32 {
    let mut keys: Vec<&str> =
        dossiers.iter().filter(|one| one.award == award).map(|one| one.nominee.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    u32::try_from(keys.len()).unwrap_or(u32::MAX)
}
