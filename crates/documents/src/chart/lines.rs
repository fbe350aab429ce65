//! Lines over years: a missing year is a gap, not a slope.

use domain::reports::Chart;

use super::WIDTH;
use super::canvas::{Anchor, Canvas, LETTER, wrap};
use super::columns::axis;
use super::palette::{INK, stroke};
use super::scale::Scale;

const HEIGHT: f64 = 145.0;
const LEFT: f64 = 64.0;

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart) {
    let names: Vec<&str> = chart.series.iter().map(|series| series.name.as_str()).collect();
    if names.len() > 1 {
        canvas.legend(&names, |canvas, at, x, y| {
            line(canvas, at, &format!("M{x:.1} {0:.1} L{1:.1} {0:.1}", y + 8.0, x + 20.0));
            mark(canvas, at, x + 10.0, y + 8.0);
        });
    }
    let scale = Scale::around(chart.series.iter().flat_map(|series| series.values.iter().copied().flatten()));
    let (top, bottom) = (canvas.y + LETTER, canvas.y + LETTER + HEIGHT);
    axis(canvas, scale, top, bottom);
    let slot = (WIDTH - LEFT - 8.0) / chart.categories.len().max(1) as f64;
    let x = |at: usize| LEFT + slot * (at as f64 + 0.5);
    let y = |value: f64| bottom - scale.share(value) * (bottom - top);
    for (at, category) in chart.categories.iter().enumerate() {
        for (line, words) in wrap(category, slot - 4.0).iter().enumerate() {
            canvas.words(x(at), bottom + 17.0 + line as f64 * (LETTER + 2.0), Anchor::Middle, INK, words);
        }
    }
    for (at, series) in chart.series.iter().enumerate() {
        line(canvas, at, &path(&series.values, x, y));
        for (point, value) in series.values.iter().enumerate() {
            let Some(value) = *value else { continue };
            mark(canvas, at, x(point), y(value));
            // With several lines, every second one has its numbers below the line, so that they part.
            let above = at % 2 == 0;
            let label = y(value) + if above { -9.0 } else { 18.0 };
            canvas.words(x(point), label, Anchor::Middle, stroke(at).0, &chart.printed(Some(value)));
        }
    }
    canvas.y = bottom + 36.0;
}

fn line(canvas: &mut Canvas, at: usize, data: &str) {
    let (ink, dash) = stroke(at);
    canvas.path(data, &format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"2.2\" stroke-dasharray=\"{dash}\""));
}

/// Series differ by the shape of their points too: disc, square, diamond, triangle.
fn mark(canvas: &mut Canvas, at: usize, x: f64, y: f64) {
    let data = match at % 4 {
        0 => format!("M{:.1} {y:.1} a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0", x - 4.0),
        1 => format!("M{:.1} {:.1} h8 v8 h-8 Z", x - 4.0, y - 4.0),
        2 => format!("M{x:.1} {:.1} l5 5 l-5 5 l-5 -5 Z", y - 5.0),
        _ => format!("M{x:.1} {:.1} l5 9 h-10 Z", y - 5.5),
    };
    let ink = stroke(at).0;
    canvas.path(&data, &format!("fill=\"#ffffff\" stroke=\"{ink}\" stroke-width=\"2\""));
}

fn path(values: &[Option<f64>], x: impl Fn(usize) -> f64, y: impl Fn(f64) -> f64) -> String {
    let mut data = String::new();
    let mut pen_down = false;
    for (at, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let command = if pen_down { 'L' } else { 'M' };
            data.push_str(&format!("{command}{:.1} {:.1} ", x(at), y(*value)));
        }
        pen_down = value.is_some();
    }
    if data.is_empty() { "M0 0".to_owned() } else { data }
}
