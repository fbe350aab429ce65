//! The Theil index and its split between and within groups.

use serde::Serialize;

/// Inequality over all units, and where it lies: `total = between + within`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Theil {
    /// The index: 0 where all are equal, at most `ln n`.
    pub total: f64,
    /// What would remain if every unit had its group's mean.
    pub between: f64,
    /// What lies inside the groups.
    pub within: f64,
    /// Each group, by its number.
    pub groups: Vec<GroupTheil>,
}

/// One group's part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupTheil {
    /// Its number.
    pub group: u32,
    /// Units with a value.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// The index inside the group.
    pub index: f64,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    n: usize,
    sum: f64,
    /// Sum of `x ln x`.
    entropy: f64,
}

/// The Theil T index `1/n Σ (x/μ) ln (x/μ)` with its split by groups
/// `Σ s_g T_g + Σ s_g ln (μ_g/μ)`, `s_g = n_g μ_g / (n μ)` (H. Theil, *Economics and Information Theory*, 1967, ch. 4;
/// J. Haughton and S. Khandker, *Handbook on Poverty and Inequality*, World Bank, 2009, ch. 6). A zero adds nothing.
///
/// None where a value is below zero or the mean is not above it: the index is defined for shares of a whole.
pub fn theil(values: &[f64], groups: &[u32]) -> Option<Theil> {
    let group_count = groups.iter().copied().max().map_or(0, |last| last as usize + 1);
    let mut by_group = vec![Sums::default(); group_count];
    for (&value, &group) in values.iter().zip(groups).filter(|(value, _)| value.is_finite()) {
        if value < 0.0 {
            return None;
        }
        let sums = &mut by_group[group as usize];
        sums.n += 1;
        sums.sum += value;
        sums.entropy += if value > 0.0 { value * value.ln() } else { 0.0 };
    }
    let all = by_group.iter().fold(Sums::default(), |all, one| Sums {
        n: all.n + one.n,
        sum: all.sum + one.sum,
        entropy: all.entropy + one.entropy,
    });
    let mean = Some(all.sum / all.n as f64).filter(|mean| *mean > 0.0)?;
    let mut split = Theil { total: index(all), between: 0.0, within: 0.0, groups: Vec::new() };
    for (group, sums) in (0..).zip(by_group).filter(|(_, sums)| sums.n > 0) {
        let (share, own_mean) = (sums.sum / all.sum, sums.sum / sums.n as f64);
        let own = if sums.sum > 0.0 { index(sums) } else { 0.0 };
        if share > 0.0 {
            split.between += share * (own_mean / mean).ln();
            split.within += share * own;
        }
        split.groups.push(GroupTheil { group, n: sums.n, mean: own_mean, index: own });
    }
    Some(split)
}

/// `Σ x ln x / Σ x − ln μ`: the same index in one pass. Rounding may leave a trace below zero where all are equal.
fn index(sums: Sums) -> f64 {
    (sums.entropy / sums.sum - (sums.sum / sums.n as f64).ln()).max(0.0)
}
