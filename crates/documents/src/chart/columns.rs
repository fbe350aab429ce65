//! Upright bars: the series of a category side by side.

use domain::reports::{Chart, MISSING};
use domain::vietnamese::format_number;

use super::WIDTH;
use super::canvas::{Anchor, Canvas, LETTER, width, wrap};
use super::palette::{FAINT, GRID, INK};
use super::scale::Scale;

const HEIGHT: f64 = 150.0;
const LEFT: f64 = 64.0;

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart) {
    let names: Vec<&str> = chart.series.iter().map(|series| series.name.as_str()).collect();
    if names.len() > 1 {
        canvas.box_legend(&names);
    }
    let scale = Scale::from_zero(chart.series.iter().flat_map(|series| series.values.iter().copied().flatten()));
    let (top, bottom) = (canvas.y + LETTER, canvas.y + LETTER + HEIGHT);
    axis(canvas, scale, top, bottom);
    let slot = (WIDTH - LEFT - 8.0) / chart.categories.len().max(1) as f64;
    let bar = (slot * 0.78 / names.len().max(1) as f64).min(56.0);
    let mut deepest = bottom;
    for (at, category) in chart.categories.iter().enumerate() {
        let middle = LEFT + slot * (at as f64 + 0.5);
        let start = middle - bar * names.len() as f64 / 2.0;
        for (series, values) in chart.series.iter().enumerate() {
            let x = start + bar * series as f64;
            column(canvas, chart, (x, bar), (top, bottom), series, scale, values.values.get(at).copied().flatten());
        }
        for (line, words) in wrap(category, slot - 6.0).iter().enumerate() {
            let y = bottom + 16.0 + line as f64 * (LETTER + 2.0);
            canvas.words(middle, y, Anchor::Middle, INK, words);
            deepest = deepest.max(y);
        }
    }
    canvas.y = deepest + 6.0;
}

/// Grid lines and round numbers from bottom to top.
pub(super) fn axis(canvas: &mut Canvas, scale: Scale, top: f64, bottom: f64) {
    for tick in scale.ticks() {
        let y = bottom - scale.share(tick) * (bottom - top);
        canvas.line((LEFT, y), (WIDTH - 8.0, y), GRID);
        canvas.words(LEFT - 8.0, y + 4.5, Anchor::End, FAINT, &format_number(tick, scale.decimals()));
    }
    canvas.line((LEFT, bottom), (WIDTH - 8.0, bottom), FAINT);
}

fn column(
    canvas: &mut Canvas,
    chart: &Chart,
    (x, bar): (f64, f64),
    (top, bottom): (f64, f64),
    series: usize,
    scale: Scale,
    value: Option<f64>,
) {
    let middle = x + bar / 2.0;
    let Some(value) = value else {
        canvas.words(middle, bottom - 5.0, Anchor::Middle, FAINT, MISSING);
        return;
    };
    let height = scale.share(value) * (bottom - top);
    canvas.bar(x + 1.0, bottom - height, bar - 2.0, height, series);
    let words = chart.printed(Some(value));
    // Narrow bars cannot carry their number side by side; the table below the chart has it.
    if width(&words) <= bar + 10.0 {
        canvas.words(middle, bottom - height - 4.0, Anchor::Middle, INK, &words);
    }
}
