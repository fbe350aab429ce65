//! Bars that lie: one per name, or the parts of a whole one after another.

use domain::reports::{Chart, ChartKind, MISSING};

use super::WIDTH;
use super::canvas::{Anchor, Canvas, LETTER, width, wrap};
use super::palette::{FAINT, INK, ink_on, is_patterned};
use super::scale::Scale;

const BAR: f64 = 20.0;
const LINE: f64 = LETTER + 2.0;
const WIDEST_NAME: f64 = 230.0;

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart) {
    let stacked = chart.kind == ChartKind::StackedBar;
    if stacked {
        canvas.box_legend(&chart.series.iter().map(|series| series.name.as_str()).collect::<Vec<_>>());
    }
    let names: Vec<Vec<String>> = chart.categories.iter().map(|name| wrap(name, WIDEST_NAME)).collect();
    let widest = names.iter().flatten().map(|line| width(line)).fold(0.0, f64::max);
    let left = 8.0 + widest + 10.0;
    let totals = (0..names.len()).map(|at| values(chart, at).into_iter().flatten().sum::<f64>());
    let greatest = totals.clone().fold(0.0, f64::max);
    // A whole of per cents is drawn to exactly 100, any other measure to a round number.
    let scale = if stacked && chart.measure == "%" { None } else { Some(Scale::from_zero([greatest].into_iter())) };
    let room = WIDTH - left - if stacked { 8.0 } else { 70.0 };
    for (at, (name, total)) in names.iter().zip(totals).enumerate() {
        let height = (name.len() as f64 * LINE).max(BAR) + 8.0;
        let middle = canvas.y + height / 2.0;
        for (line, words) in name.iter().enumerate() {
            let y = middle + 4.5 + (line as f64 - (name.len() as f64 - 1.0) / 2.0) * LINE;
            canvas.words(left - 8.0, y, Anchor::End, INK, words);
        }
        let length = |value: f64| scale.map_or(value / greatest.max(100.0), |scale| scale.share(value)) * room;
        let place = Place { left, top: middle - BAR / 2.0 };
        row(canvas, chart, at, place, &length, (!stacked).then_some(total));
        canvas.y += height;
    }
    canvas.line((left, canvas.y - 2.0), (left + room, canvas.y - 2.0), FAINT);
    canvas.y += 4.0;
}

struct Place {
    left: f64,
    top: f64,
}

fn row(canvas: &mut Canvas, chart: &Chart, at: usize, place: Place, length: &impl Fn(f64) -> f64, total: Option<f64>) {
    let values = values(chart, at);
    let base = place.top + BAR / 2.0 + 4.5;
    if values.iter().all(Option::is_none) {
        canvas.words(place.left + 6.0, base, Anchor::Start, FAINT, MISSING);
        return;
    }
    let mut x = place.left;
    for (series, value) in values.into_iter().enumerate() {
        let Some(value) = value else { continue };
        let span = length(value);
        canvas.bar(x, place.top, span, BAR, series);
        if total.is_none() {
            part_label(canvas, &chart.printed(Some(value)), (x, span), place.top, series);
        }
        x += span;
    }
    if let Some(total) = total {
        canvas.words(x + 6.0, base, Anchor::Start, INK, &chart.printed(Some(total)));
    }
}

/// The number inside a part, if it has room; on a pattern it stands on a plate.
fn part_label(canvas: &mut Canvas, words: &str, (x, span): (f64, f64), top: f64, series: usize) {
    let wide = width(words);
    if wide + 8.0 > span {
        return;
    }
    let middle = x + span / 2.0;
    if is_patterned(series) {
        canvas.plate(middle - wide / 2.0 - 2.0, top + 3.0, wide + 4.0, BAR - 6.0);
    }
    let ink = if is_patterned(series) { INK } else { ink_on(series) };
    canvas.words(middle, top + BAR / 2.0 + 4.5, Anchor::Middle, ink, words);
}

fn values(chart: &Chart, at: usize) -> Vec<Option<f64>> {
    chart.series.iter().map(|series| series.values.get(at).copied().flatten()).collect()
}
