//! Fills and strokes of series: told apart by lightness and pattern first, by colour second.

/// Ink of text.
pub(super) const INK: &str = "#1b2733";

/// Ink of axes and secondary text.
pub(super) const FAINT: &str = "#5c6b78";

/// Ink of grid lines.
pub(super) const GRID: &str = "#d5dde3";

/// Outline of every filled shape.
pub(super) const OUTLINE: &str = "#0c3550";

/// Fills, in the order of series: dark, light hatched, amber, dotted white, rust ruled, grey.
const FILLS: [&str; 6] = ["#124a6b", "url(#hatch)", "#f2b84b", "url(#dots)", "url(#ruled)", "#d9d9d9"];

/// Which fills carry dark text.
const LIGHT: [bool; 6] = [false, true, true, true, false, true];

/// Strokes of lines, each with its dash.
const STROKES: [(&str, &str); 6] = [
    ("#124a6b", "none"),
    ("#b5532a", "7 3"),
    ("#2f86b0", "2 3"),
    ("#a87a00", "9 3 2 3"),
    ("#5c6b78", "4 4"),
    ("#1b2733", "1 2"),
];

/// Patterns that the fills name.
pub(super) const PATTERNS: &str = concat!(
    r##"<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#a9d0e3"/>"##,
    r##"<path d="M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5" stroke="#124a6b" stroke-width="1"/></pattern>"##,
    r##"<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#ffffff"/>"##,
    r##"<circle cx="3" cy="3" r="1.1" fill="#124a6b"/></pattern>"##,
    r##"<pattern id="ruled" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#b5532a"/>"##,
    r##"<path d="M0 3 L6 3" stroke="#ffffff" stroke-width="1"/></pattern></defs>"##
);

/// The fill of the n-th series.
pub(super) fn fill(at: usize) -> &'static str {
    FILLS[at % FILLS.len()]
}

/// The ink that can be read on the n-th fill.
pub(super) fn ink_on(at: usize) -> &'static str {
    if LIGHT[at % LIGHT.len()] { INK } else { "#ffffff" }
}

/// Whether the n-th fill is patterned, so that text on it needs a plate.
pub(super) fn is_patterned(at: usize) -> bool {
    fill(at).starts_with("url")
}

/// Stroke and dash of the n-th line.
pub(super) fn stroke(at: usize) -> (&'static str, &'static str) {
    STROKES[at % STROKES.len()]
}
