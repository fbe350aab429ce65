//! What rests on what, as a drawing: papers on top, their bases beneath, layer by layer; each box leads to its page.
//!
//! The same graph is drawn for a wide screen and for a telephone: a layer that is wider than the room takes several rows.

mod placing;

use std::fmt::Write;

use quick_xml::escape::escape;

use super::canvas::{width, wrap};
use super::palette::{FAINT, INK, OUTLINE};
use placing::{Placed, placed};

/// What rests on what.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// What is drawn, for those who cannot see it.
    pub title: String,
    /// The texts; those on which nothing rests come to stand on top.
    pub nodes: Vec<Node>,
    /// Which rests on which.
    pub edges: Vec<Edge>,
    /// What a full and what a broken line means.
    pub legend: [String; 2],
}

/// A text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// The address of its page.
    pub href: String,
    /// Its name, on at most three lines.
    pub name: String,
    /// What stands below in smaller letters, on one line; may be empty.
    pub note: String,
    /// What is wrong with it (it has lapsed); empty where nothing is.
    pub fault: String,
}

/// That a text rests on another, by their places among the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Which rests.
    pub from: usize,
    /// On which.
    pub to: usize,
    /// Drawn as a broken line.
    pub is_dashed: bool,
}

/// How much room a drawing has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width, in units of the drawing: pixels where it is shown in full size.
    width: f64,
    /// Boxes beside one another.
    columns: usize,
}

impl Room {
    /// A screen on a desk.
    pub const WIDE: Self = Self { width: 880.0, columns: 4 };
    /// A telephone.
    pub const NARROW: Self = Self { width: 320.0, columns: 2 };

    fn box_width(self) -> f64 {
        (self.width - GAP * (self.columns as f64 + 1.0)) / self.columns as f64
    }
}

/// Between boxes, and between the outermost and the edge.
const GAP: f64 = 12.0;

/// Between the words and the edge of their box.
const INSET: f64 = 8.0;

/// How much wider bold words are.
const BOLD: f64 = 1.08;

/// Height of a line of words.
const LINE: f64 = 17.0;

/// Ink and fill of what has lapsed.
const FAULT: [&str; 2] = ["#a3261d", "#fae9e6"];

/// Fill of what stands on top.
const TOP: &str = "#124a6b";

/// A box with its words broken into lines.
struct Words {
    name: Vec<String>,
    note: String,
    fault: String,
}

impl Words {
    fn of(node: &Node, room: Room) -> Self {
        let widest = room.box_width() - 2.0 * INSET;
        Self {
            name: wrap(&node.name, widest / BOLD),
            note: cut(&node.note, widest),
            fault: if node.fault.is_empty() { String::new() } else { cut(&format!("✕ {}", node.fault), widest) },
        }
    }

    fn height(&self) -> f64 {
        let lines = self.name.len() + [&self.note, &self.fault].iter().filter(|line| !line.is_empty()).count();
        lines as f64 * LINE + 2.0 * INSET
    }
}

/// Draws the graph. The result stands alone: no script, no style, no external reference.
pub fn graph_svg(graph: &Graph, room: Room) -> String {
    let words: Vec<Words> = graph.nodes.iter().map(|node| Words::of(node, room)).collect();
    let heights: Vec<f64> = words.iter().map(Words::height).collect();
    let (boxes, below) = placed(&graph.edges, &heights, room);
    let mut lines = String::new();
    for edge in &graph.edges {
        push_line(&mut lines, &boxes[edge.from], &boxes[edge.to], edge.is_dashed);
    }
    let mut shapes = String::new();
    for ((node, words), place) in graph.nodes.iter().zip(&words).zip(&boxes) {
        push_box(&mut shapes, node, words, place);
    }
    let (legend, height) = legend(graph, below);
    let (title, wide) = (escape(&graph.title), room.width);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {height:.0}\" width=\"{wide}\" \
         height=\"{height:.0}\" role=\"group\" aria-label=\"{title}\" font-size=\"13\">\
         <g fill=\"none\" stroke=\"#7f93a1\" stroke-width=\"1.5\">{lines}</g>{shapes}{legend}</svg>"
    )
}

/// A line from the foot of a box to the head of another.
fn push_line(drawn: &mut String, from: &Placed, to: &Placed, is_dashed: bool) {
    let (start, end) = (from.x + from.width / 2.0, to.x + to.width / 2.0);
    let (top, bottom) = (from.y + from.height, to.y);
    let bend = ((bottom - top) / 2.0).max(12.0);
    let dash = if is_dashed { " stroke-dasharray=\"5 4\"" } else { "" };
    let (leaving, arriving) = (top + bend, bottom - bend);
    let _ = write!(
        drawn,
        "<path d=\"M{start:.0} {top:.0}C{start:.0} {leaving:.0} {end:.0} {arriving:.0} {end:.0} {bottom:.0}\"{dash}/>"
    );
}

fn push_box(drawn: &mut String, node: &Node, words: &Words, place: &Placed) {
    let is_faulty = !node.fault.is_empty();
    let (fill, stroke, ink, faint) = match (is_faulty, place.layer) {
        (true, _) => (FAULT[1], FAULT[0], INK, FAINT),
        (false, 0) => (TOP, OUTLINE, "#ffffff", "#dbe7ee"),
        (false, _) => ("#ffffff", "#9db8c8", INK, FAINT),
    };
    let Placed { x, y, width, height, .. } = place;
    let href = escape(&node.href);
    let _ = write!(
        drawn,
        "<a href=\"{href}\"><rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" rx=\"5\" \
         fill=\"{fill}\" stroke=\"{stroke}\"/>"
    );
    let (left, mut base) = (x + INSET, y + INSET + 13.0);
    let _ = write!(drawn, "<text x=\"{left:.0}\" y=\"{base:.0}\" fill=\"{ink}\" font-weight=\"600\">");
    for (at, line) in words.name.iter().enumerate() {
        let line = escape(line);
        let _ = match at {
            0 => write!(drawn, "{line}"),
            _ => write!(drawn, " <tspan x=\"{left:.0}\" dy=\"{LINE}\">{line}</tspan>"),
        };
    }
    drawn.push_str("</text>");
    base += LINE * words.name.len() as f64;
    for (line, ink) in [(&words.note, faint), (&words.fault, FAULT[0])].into_iter().filter(|(line, _)| !line.is_empty())
    {
        let line = escape(line);
        let _ = write!(drawn, "<text x=\"{left:.0}\" y=\"{base:.0}\" fill=\"{ink}\" font-size=\"12\">{line}</text>");
        base += LINE;
    }
    drawn.push_str("</a>");
}

/// What the lines mean, below the boxes; only of lines that are drawn. Also how high the drawing is.
fn legend(graph: &Graph, below: f64) -> (String, f64) {
    let mut drawn = String::new();
    let mut y = below + GAP;
    for (is_dashed, words) in [false, true].into_iter().zip(&graph.legend) {
        if !graph.edges.iter().any(|edge| edge.is_dashed == is_dashed) {
            continue;
        }
        let dash = if is_dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        let (line, base, words) = (y + 8.0, y + 12.0, escape(words));
        let _ = write!(
            drawn,
            "<path d=\"M{GAP} {line:.0}h34\" stroke=\"#7f93a1\" stroke-width=\"1.5\"{dash}/>\
             <text x=\"54\" y=\"{base:.0}\" fill=\"{FAINT}\" font-size=\"12\">{words}</text>"
        );
        y += LINE + 2.0;
    }
    (drawn, y + GAP / 2.0)
}

/// Words on one line, the rest cut.
fn cut(words: &str, widest: f64) -> String {
    if width(words) <= widest {
        return words.to_owned();
    }
    let mut shown = words.to_owned();
    while shown.pop().is_some() && width(&shown) + width("…") > widest {}
    format!("{}…", shown.trim_end())
}

#[cfg(test)]
mod tests;
