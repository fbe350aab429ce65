//! Times as they were measured, and the bars that they are held to.

use std::{fmt::Write as _, time::Duration};

/// Many times of one thing.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    all: Vec<Duration>,
    whole: Option<Duration>,
}

impl Times {
    pub(super) fn add(&mut self, took: Duration) {
        self.all.push(took);
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
    }

    /// The time from the first beginning to the last end.
    pub(super) fn took(&mut self, whole: Duration) {
        self.whole = Some(whole);
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    pub(super) fn per_second(&self) -> f64 {
        self.whole.map_or(0.0, |whole| self.all.len() as f64 / whole.as_secs_f64())
    }

    /// The time that this share of all did not exceed, in milliseconds; infinite where nothing was measured.
    pub(super) fn ms(&self, share: f64) -> f64 {
        let mut sorted = self.all.clone();
        sorted.sort();
        let place = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(place).map_or(f64::INFINITY, |took| took.as_secs_f64() * 1_000.0)
    }
}

/// A figure with what it must reach.
#[derive(Debug)]
pub(super) struct Bar {
    name: &'static str,
    value: f64,
    limit: f64,
    is_floor: bool,
    unit: &'static str,
}

impl Bar {
    pub(super) fn at_most(name: &'static str, value: f64, limit: f64, unit: &'static str) -> Self {
        Self { name, value, limit, is_floor: false, unit }
    }

    pub(super) fn at_least(name: &'static str, value: f64, limit: f64, unit: &'static str) -> Self {
        Self { name, value, limit, is_floor: true, unit }
    }

    fn holds(&self) -> bool {
        if self.is_floor { self.value >= self.limit } else { self.value <= self.limit }
    }
}

/// The names of the bars that were missed.
pub(super) fn failed(bars: &[Bar]) -> Vec<&'static str> {
    bars.iter().filter(|bar| !bar.holds()).map(|bar| bar.name).collect()
}

/// A line for each bar.
pub(super) fn table(bars: &[Bar]) -> String {
    let mut text = String::new();
    for bar in bars {
        let sign = if bar.is_floor { "≥" } else { "≤" };
        let verdict = if bar.holds() { "đạt" } else { "KHÔNG ĐẠT" };
        let _ = writeln!(
            text,
            "{:<46} {:>9.1} {} ({sign} {} {}) {verdict}",
            bar.name, bar.value, bar.unit, bar.limit, bar.unit
        );
    }
    text
}
