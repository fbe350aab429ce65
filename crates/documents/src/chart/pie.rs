//! A pie of one series: parts of a whole, each named beside it with its number and share.

use std::f64::consts::TAU;

use domain::reports::Chart;
use domain::vietnamese::format_number;

use super::canvas::{Anchor, Canvas, LETTER, wrap};
use super::palette::{INK, OUTLINE, fill};

const RADIUS: f64 = 76.0;
const CENTRE_X: f64 = 150.0;
const LEGEND_X: f64 = 290.0;

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart) {
    let Some(series) = chart.series.first() else { return };
    let total: f64 = series.values.iter().copied().flatten().sum();
    let centre = (CENTRE_X, canvas.y + RADIUS + 4.0);
    let mut turned = 0.0;
    let mut y = canvas.y + 16.0;
    for (at, category) in chart.categories.iter().enumerate() {
        let value = series.values.get(at).copied().flatten();
        let share = value.map_or(0.0, |value| if total > 0.0 { value / total } else { 0.0 });
        slice(canvas, at, centre, turned, share);
        turned += share;
        canvas.bar(LEGEND_X, y - 11.0, 16.0, 12.0, at);
        let percent = value.map(|_| format!(" ({}%)", format_number(share * 100.0, 1))).unwrap_or_default();
        let words = format!("{category}: {}{percent}", chart.printed(value));
        for line in wrap(&words, super::WIDTH - LEGEND_X - 34.0) {
            canvas.words(LEGEND_X + 24.0, y, Anchor::Start, INK, &line);
            y += LETTER + 4.0;
        }
        y += 5.0;
    }
    canvas.y = (centre.1 + RADIUS + 8.0).max(y);
}

fn slice(canvas: &mut Canvas, at: usize, centre: (f64, f64), turned: f64, share: f64) {
    if share <= 0.0 {
        return;
    }
    // A full circle cannot be drawn as one arc: its ends coincide.
    let share = share.min(0.9999);
    let point = |turn: f64| {
        let angle = turn * TAU - TAU / 4.0;
        (centre.0 + RADIUS * angle.cos(), centre.1 + RADIUS * angle.sin())
    };
    let (from, to) = (point(turned), point(turned + share));
    let large = u8::from(share > 0.5);
    let data = format!(
        "M{:.1} {:.1} L{:.1} {:.1} A{RADIUS} {RADIUS} 0 {large} 1 {:.1} {:.1} Z",
        centre.0, centre.1, from.0, from.1, to.0, to.1
    );
    canvas.path(&data, &format!("fill=\"{}\" stroke=\"{OUTLINE}\" stroke-width=\"0.8\"", fill(at)));
}
