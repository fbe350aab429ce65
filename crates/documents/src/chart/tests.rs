//! Drawings are well-formed, hold the values in Vietnamese form, and never show a missing value as nought.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::reports::{Chart, ChartKind, Series};

use super::scale::Scale;
use super::*;

const KINDS: [ChartKind; 5] =
    [ChartKind::Bar, ChartKind::GroupedBar, ChartKind::StackedBar, ChartKind::Line, ChartKind::Pie];

fn chart(kind: ChartKind) -> Chart {
    let series = |name: &str, values: [Option<f64>; 3]| Series { name: name.to_owned(), values: values.to_vec() };
    let mut all = vec![series("Năm học 2024-2025", [Some(1234.5), None, Some(80.0)])];
    if !matches!(kind, ChartKind::Bar | ChartKind::Pie) {
        all.push(series("Năm học 2025-2026", [Some(1300.0), Some(75.25), Some(81.0)]));
    }
    Chart {
        kind,
        title: "Số học sinh <tăng> & \"ổn định\"".to_owned(),
        description: "Mô tả".to_owned(),
        measure: "học sinh".to_owned(),
        decimals: 1,
        categories: ["Mầm non", "Tiểu học", "Trung học cơ sở"].map(str::to_owned).to_vec(),
        series: all,
    }
}

#[test]
fn every_kind_is_well_formed_and_renders() {
    for kind in KINDS {
        let drawing = svg(&chart(kind));
        let mut reader = quick_xml::Reader::from_str(&drawing);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        assert!(drawing.contains("1.234,5"), "{kind:?}: {drawing}");
        assert!(drawing.contains("&lt;tăng&gt; &amp;"), "{kind:?}");
        assert!(png(&chart(kind)).unwrap().bytes.starts_with(b"\x89PNG"), "{kind:?}");
    }
}

#[test]
fn a_missing_value_is_never_drawn_as_nought() {
    for kind in KINDS {
        assert!(!svg(&chart(kind)).contains(">0,0<"), "{kind:?}");
    }
}

#[test]
fn an_empty_chart_is_still_a_drawing() {
    for kind in KINDS {
        let mut empty = chart(kind);
        empty.categories.clear();
        empty.series.clear();
        let drawing = svg(&empty);
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"), "{kind:?}: {drawing}");
        assert!(png(&empty).is_ok(), "{kind:?}");
    }
}

#[test]
fn axes_carry_round_numbers() {
    assert_eq!(Scale::from_zero([8493.0].into_iter()).ticks(), [0.0, 2500.0, 5000.0, 7500.0, 10000.0]);
    let close = Scale::around([96.2, 97.4, 98.1].into_iter());
    assert!(close.ticks()[0] >= 90.0, "{close:?}");
    assert!(close.share(98.1) <= 1.0);
}

#[test]
fn a_strip_shows_every_school_once_and_leaves_out_what_is_missing() {
    let row = StripRow {
        name: "2024-2025".to_owned(),
        values: vec![62.5, 71.0, 71.0, 88.25, f64::NAN],
        p10: 62.5,
        median: 71.0,
        p90: 88.25,
    };
    let strip = Strip {
        title: "Khoảng cách <thu hẹp>".to_owned(),
        description: "Mô tả".to_owned(),
        measured_in: "Unit: %".to_owned(),
        decimals: 1,
        rows: vec![row.clone(), StripRow { name: "2025-2026".to_owned(), ..row }],
    };
    let drawing = strip_svg(&strip);
    let mut reader = quick_xml::Reader::from_str(&drawing);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    assert_eq!(drawing.matches("v12").count(), 6, "three places in each of two years: {drawing}");
    assert!(
        drawing.contains(">71,0<")
            && drawing.contains(">Unit: %<")
            && drawing.contains("&lt;thu hẹp&gt;")
            && !drawing.contains("NaN")
    );
}
