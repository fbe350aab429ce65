//! A strip for each year: every school as a tick, the middle eighty per cent as a bar, the median as a line.

use std::fmt::Write;

use domain::vietnamese::format_number;

use super::WIDTH;
use super::canvas::{Anchor, Canvas, LETTER, width};
use super::palette::{FAINT, GRID, INK};
use super::scale::Scale;

const ROW: f64 = 44.0;
const BAR: f64 = 16.0;

/// How numbers are spread, year by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The finding, for those who cannot see the drawing.
    pub title: String,
    /// What is drawn, in words.
    pub description: String,
    /// What the numbers count in, as the reader is told it: `Đơn vị tính: %`.
    pub measured_in: String,
    /// Decimals in print.
    pub decimals: u8,
    /// The years, oldest first.
    pub rows: Vec<StripRow>,
}

/// One year.
#[derive(Clone, Debug, PartialEq)]
pub struct StripRow {
    /// Its name.
    pub name: String,
    /// Every number; those that are not finite are not drawn.
    pub values: Vec<f64>,
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub median: f64,
    /// 90th percentile.
    pub p90: f64,
}

/// Draws the strips. The result stands alone: no script, no external reference.
pub fn strip_svg(strip: &Strip) -> String {
    let mut canvas = Canvas::titled(&strip.title, &strip.description);
    canvas.measured_in(&strip.measured_in);
    let known = || strip.rows.iter().flat_map(|row| row.values.iter().copied()).filter(|value| value.is_finite());
    let scale = Scale::around(known());
    let left = 16.0 + strip.rows.iter().map(|row| width(&row.name)).fold(0.0, f64::max);
    let room = WIDTH - left - 24.0;
    let x = |value: f64| left + scale.share(value) * room;
    let (top, bottom) = (canvas.y, canvas.y + ROW * strip.rows.len() as f64);
    for tick in scale.ticks() {
        canvas.line((x(tick), top), (x(tick), bottom), GRID);
        canvas.words(x(tick), bottom + LETTER + 2.0, Anchor::Middle, FAINT, &format_number(tick, scale.decimals()));
    }
    for row in &strip.rows {
        draw_row(&mut canvas, row, strip.decimals, &x);
    }
    canvas.y = bottom + LETTER + 8.0;
    canvas.finish()
}

fn draw_row(canvas: &mut Canvas, row: &StripRow, decimals: u8, x: &impl Fn(f64) -> f64) {
    let middle = canvas.y + ROW / 2.0 + 4.0;
    canvas.words(8.0, middle + 4.5, Anchor::Start, INK, &row.name);
    if row.p10.is_finite() {
        let span = (x(row.p90) - x(row.p10)).max(1.0);
        canvas.bar(x(row.p10), middle - BAR / 2.0, span, BAR, 1);
    }
    canvas.path(&ticks(row, middle, x), "stroke=\"#1b2733\" stroke-width=\"1\" stroke-opacity=\"0.7\"");
    if row.median.is_finite() {
        let at = x(row.median);
        canvas.path(&format!("M{at:.1} {:.1}v{:.1}", middle - BAR, 2.0 * BAR), "stroke=\"#b5532a\" stroke-width=\"3\"");
        canvas.words(at, middle - BAR - 3.0, Anchor::Middle, INK, &format_number(row.median, decimals));
    }
    canvas.y += ROW;
}

/// One tick for each point of the drawing that has a number, however many numbers fall on it.
fn ticks(row: &StripRow, middle: f64, x: &impl Fn(f64) -> f64) -> String {
    let mut places: Vec<i64> =
        row.values.iter().filter(|value| value.is_finite()).map(|value| x(*value).round() as i64).collect();
    places.sort_unstable();
    places.dedup();
    let mut path = String::new();
    for place in places {
        let _ = write!(path, "M{place} {:.0}v12", middle - 6.0);
    }
    path
}
