//! Which line became which: equal lines in order first, alike lines between them, then what moved, came and went.

use std::collections::{BTreeMap, BTreeSet};

/// A line before, a line after, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Same(usize, usize),
    Edited(usize, usize),
    Moved(usize, usize),
    Removed(usize),
    Added(usize),
}

/// Tables larger than this are compared by their lines' words alone, without looking for the longest common order.
const CELLS_MAX: usize = 9_000_000;

/// Lines are alike when they share this part of their letter triples.
const ALIKE: f64 = 0.4;

/// Aligns lines by their keys, in the order of what came back; what is gone stands where it stood.
pub(super) fn align(before: &[String], after: &[String]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let (mut old, mut new) = (0, 0);
    let mut ends = common(before, after);
    ends.push((before.len(), after.len()));
    for (next_old, next_new) in ends {
        gap(before, after, old..next_old, new..next_new, &mut pairs);
        if next_old < before.len() {
            pairs.push(Pair::Same(next_old, next_new));
        }
        (old, new) = (next_old + 1, next_new + 1);
    }
    find_moved(before, after, pairs)
}

/// The longest common order of equal lines.
fn common(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    let head = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    pairs.extend(middle(old, new).into_iter().map(|(one, other)| (one + head, other + head)));
    pairs.extend((0..tail).map(|at| (before.len() - tail + at, after.len() - tail + at)));
    pairs
}

fn middle(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > CELLS_MAX {
        return unique(old, new);
    }
    let wide = new.len() + 1;
    let mut best = vec![0_u32; (old.len() + 1) * wide];
    for (i, one) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            best[i * wide + j] = if one == other {
                best[(i + 1) * wide + j + 1] + 1
            } else {
                best[(i + 1) * wide + j].max(best[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * wide + j] >= best[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Lines that stand once in each, as far as they keep their order.
fn unique(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    old.iter().enumerate().for_each(|(at, line)| places.entry(line).or_default().0.push(at));
    new.iter().enumerate().for_each(|(at, line)| places.entry(line).or_default().1.push(at));
    let once = places.values().filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
        ([one], [other]) => Some((*one, *other)),
        _ => None,
    });
    let mut pairs: Vec<(usize, usize)> = once.collect();
    pairs.sort_unstable();
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for pair in pairs {
        if kept.last().is_none_or(|last| last.1 < pair.1) {
            kept.push(pair);
        }
    }
    kept
}

/// Pairs alike lines of a gap in order; a line of the gap that is alike to none came or went.
fn gap(
    before: &[String],
    after: &[String],
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
    pairs: &mut Vec<Pair>,
) {
    let (mut old, mut new) = (old, new);
    while let (Some(one), Some(_)) = (old.clone().next(), new.clone().next()) {
        // The next line that came back which is alike, and how many would be new before it.
        let found = new.clone().take(40).find(|other| alike(&before[one], &after[*other]));
        let better = found.filter(|other| {
            // Another old line may fit the first new one better: then this one is gone.
            *other == new.start || !old.clone().skip(1).take(40).any(|rest| alike(&before[rest], &after[new.start]))
        });
        match better {
            Some(other) => {
                pairs.extend((new.start..other).map(Pair::Added));
                pairs.push(Pair::Edited(one, other));
                new.start = other + 1;
            }
            None => pairs.push(Pair::Removed(one)),
        }
        old.start += 1;
    }
    pairs.extend(old.map(Pair::Removed));
    pairs.extend(new.map(Pair::Added));
}

fn alike(one: &str, other: &str) -> bool {
    let triples = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        letters.windows(3.min(letters.len().max(1))).map(<[char]>::to_vec).collect::<BTreeSet<_>>()
    };
    let (one, other) = (triples(one), triples(other));
    let shared = one.intersection(&other).count();
    let fewer = one.len().min(other.len()).max(1);
    let more = one.len().max(other.len()).max(1);
    shared as f64 >= fewer as f64 * ALIKE && shared as f64 * 4.0 >= more as f64 * ALIKE
}

/// A line that went and an equal one that came are one line that moved; it is told where it came.
fn find_moved(before: &[String], after: &[String], pairs: Vec<Pair>) -> Vec<Pair> {
    let mut came: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for pair in &pairs {
        if let Pair::Added(new) = pair {
            came.entry(&after[*new]).or_default().push(*new);
        }
    }
    let (mut from, mut gone) = (BTreeMap::new(), BTreeSet::new());
    for pair in &pairs {
        if let Pair::Removed(old) = pair
            && let Some(new) = came.get_mut(before[*old].as_str()).and_then(Vec::pop)
        {
            from.insert(new, *old);
            gone.insert(*old);
        }
    }
    let told = pairs.into_iter().filter_map(|pair| match pair {
        Pair::Removed(old) if gone.contains(&old) => None,
        Pair::Added(new) => Some(from.get(&new).map_or(pair, |old| Pair::Moved(*old, new))),
        pair => Some(pair),
    });
    told.collect()
}
