//! How many requests were answered and how fast, for `GET /metrics`.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Upper bounds of the histogram's buckets, in milliseconds.
const BOUNDS_MS: [u64; 8] = [5, 10, 30, 100, 300, 1_000, 3_000, 10_000];

/// Counters since the server began.
#[derive(Debug, Default)]
pub struct Meter {
    by_class: [AtomicU64; 5],
    buckets: [AtomicU64; BOUNDS_MS.len()],
    count: AtomicU64,
    total_us: AtomicU64,
}

impl Meter {
    /// Counts one answer.
    pub fn record(&self, status: u16, took: Duration) {
        if let Some(counter) = self.by_class.get(usize::from(status / 100).wrapping_sub(1)) {
            counter.fetch_add(1, Relaxed);
        }
        let bucket = BOUNDS_MS.iter().position(|&bound| took <= Duration::from_millis(bound));
        if let Some(bucket) = bucket {
            self.buckets[bucket].fetch_add(1, Relaxed);
        }
        self.count.fetch_add(1, Relaxed);
        self.total_us.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// The counters in Prometheus's text form.
    pub fn text(&self) -> String {
        let mut text = String::from("# TYPE tongket_http_requests_total counter\n");
        for (class, counter) in (1..).zip(&self.by_class) {
            let _ = writeln!(text, "tongket_http_requests_total{{status=\"{class}xx\"}} {}", counter.load(Relaxed));
        }
        text.push_str("# TYPE tongket_http_request_seconds histogram\n");
        let mut below = 0;
        for (bound_ms, counter) in BOUNDS_MS.iter().zip(&self.buckets) {
            below += counter.load(Relaxed);
            let bound_ms = f64::from(u32::try_from(*bound_ms).unwrap_or(u32::MAX));
            let _ = writeln!(text, "tongket_http_request_seconds_bucket{{le=\"{}\"}} {below}", bound_ms / 1000.0);
        }
        let count = self.count.load(Relaxed);
        let seconds = Duration::from_micros(self.total_us.load(Relaxed)).as_secs_f64();
        let _ = writeln!(text, "tongket_http_request_seconds_bucket{{le=\"+Inf\"}} {count}");
        let _ =
            writeln!(text, "tongket_http_request_seconds_sum {seconds}\ntongket_http_request_seconds_count {count}");
        text
    }
}
