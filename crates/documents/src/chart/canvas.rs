//! A drawing under way: shapes and words as SVG text, from the top down.

use std::fmt::Write;

use domain::reports::Chart;

use super::palette::{FAINT, INK, OUTLINE, PATTERNS, fill};
use super::{WIDTH, fonts};

/// Size of the letters.
pub(super) const LETTER: f64 = 13.0;

/// Height of a line of the legend.
const LEGEND_LINE: f64 = 20.0;

/// The screen's typeface is wider than the printed one, whose widths we know.
const SCREEN_WIDENING: f64 = 1.12;

/// Where words stand relative to their point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Shapes drawn so far, and how far down they reach.
pub(super) struct Canvas {
    title: String,
    description: String,
    shapes: String,
    /// The next free height.
    pub(super) y: f64,
}

impl Canvas {
    pub(super) fn new(chart: &Chart) -> Self {
        Self::titled(&chart.title, &chart.description)
    }

    /// An empty drawing that is told by these words.
    pub(super) fn titled(title: &str, description: &str) -> Self {
        Self { title: escape(title), description: escape(description), shapes: String::new(), y: 8.0 }
    }

    /// The whole drawing.
    pub(super) fn finish(self) -> String {
        let Self { title, description, shapes, y } = self;
        let height = y + 6.0;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
             height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\" \
             font-family=\"'Be Vietnam Pro','Liberation Serif',serif\" font-size=\"{LETTER}\">\
             <title>{title}</title><desc>{description}</desc>{PATTERNS}{shapes}</svg>"
        )
    }

    /// Words at a point of their base line.
    pub(super) fn words(&mut self, x: f64, y: f64, anchor: Anchor, ink: &str, words: &str) {
        let (anchor, words) = (anchor.name(), escape(words));
        let _ = write!(
            self.shapes,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{ink}\">{words}</text>"
        );
    }

    /// A filled bar of a series.
    pub(super) fn bar(&mut self, x: f64, y: f64, width: f64, height: f64, series: usize) {
        let fill = fill(series);
        let _ = write!(
            self.shapes,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\" \
             stroke=\"{OUTLINE}\" stroke-width=\"0.6\"/>"
        );
    }

    /// A white plate under words that stand on a pattern.
    pub(super) fn plate(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let _ = write!(
            self.shapes,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" fill=\"#ffffff\"/>"
        );
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: &str) {
        let _ = write!(
            self.shapes,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{ink}\" stroke-width=\"1\"/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// A shape by its path data.
    pub(super) fn path(&mut self, data: &str, attributes: &str) {
        let _ = write!(self.shapes, "<path d=\"{data}\" {attributes}/>");
    }

    /// What the numbers count in, at the top left.
    pub(super) fn measured_in(&mut self, words: &str) {
        let y = self.y + LETTER;
        self.words(8.0, y, Anchor::Start, FAINT, words);
        self.y += LETTER + 10.0;
    }

    /// A legend of names, each after its key, on as many lines as they need.
    pub(super) fn legend(&mut self, names: &[&str], key: impl Fn(&mut Self, usize, f64, f64)) {
        const KEY: f64 = 24.0;
        let mut x = 8.0;
        for (at, name) in names.iter().enumerate() {
            let width = KEY + width(name) + 18.0;
            if x > 8.0 && x + width > WIDTH {
                x = 8.0;
                self.y += LEGEND_LINE;
            }
            let y = self.y;
            key(self, at, x, y);
            self.words(x + KEY, y + LETTER, Anchor::Start, INK, name);
            x += width;
        }
        self.y += LEGEND_LINE + 4.0;
    }

    /// A legend with a filled box before each name.
    pub(super) fn box_legend(&mut self, names: &[&str]) {
        self.legend(names, |canvas, at, x, y| canvas.bar(x, y + 2.0, 16.0, 12.0, at));
    }
}

/// The width of words in the wider of the two typefaces.
pub(super) fn width(words: &str) -> f64 {
    fonts::text_width(words, false, LETTER) * SCREEN_WIDENING
}

/// Words on lines no wider than this, broken at blanks; the rest of the third line is cut with an ellipsis.
pub(super) fn wrap(words: &str, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= widest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn escape(words: &str) -> String {
    quick_xml::escape::escape(fonts::printable(words).as_ref()).into_owned()
}
