//! Where the boxes of a graph stand: layers by the longest way from the top, and in a layer below what rests on each.

use super::{Edge, GAP, Room};

/// Between the rows of two layers: room for the lines.
const BETWEEN_LAYERS: f64 = 44.0;

/// Between rows of one layer.
const BETWEEN_ROWS: f64 = 16.0;

/// A box at its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Placed {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// 0 for what stands on top.
    pub(super) layer: usize,
}

/// Every box at its place, and how far down they reach.
pub(super) fn placed(edges: &[Edge], heights: &[f64], room: Room) -> (Vec<Placed>, f64) {
    let layers = layers(edges, heights.len());
    let mut boxes = vec![Placed::default(); heights.len()];
    let mut y = GAP;
    for (layer, members) in ordered(edges, &layers).iter().enumerate() {
        y += if layer > 0 { BETWEEN_LAYERS - BETWEEN_ROWS } else { 0.0 };
        for row in members.chunks(room.columns) {
            let width = room.box_width();
            let taken = row.len() as f64 * (width + GAP) - GAP;
            let left = (room.width - taken) / 2.0;
            let height = row.iter().map(|node| heights[*node]).fold(0.0, f64::max);
            for (at, node) in row.iter().enumerate() {
                boxes[*node] = Placed { x: left + at as f64 * (width + GAP), y, width, height, layer };
            }
            y += height + BETWEEN_ROWS;
        }
    }
    (boxes, y - BETWEEN_ROWS)
}

/// The layer of every node: one more than that of the lowest which rests on it.
fn layers(edges: &[Edge], count: usize) -> Vec<usize> {
    let mut layers = vec![0; count];
    // A way without a circle has fewer steps than there are nodes.
    for _ in 1..count {
        for edge in edges {
            layers[edge.to] = layers[edge.to].max(layers[edge.from] + 1).min(count - 1);
        }
    }
    layers
}

/// The nodes of each layer from left to right: each about below those that rest on it, else as they came.
fn ordered(edges: &[Edge], layers: &[usize]) -> Vec<Vec<usize>> {
    let count = layers.iter().max().map_or(0, |deepest| deepest + 1);
    let mut rows: Vec<Vec<usize>> = Vec::with_capacity(count);
    let mut places = vec![0.5; layers.len()];
    for layer in 0..count {
        let mut row: Vec<(f64, usize)> = (0..layers.len())
            .filter(|node| layers[*node] == layer)
            .map(|node| (above(edges, node, &places), node))
            .collect();
        row.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (at, (_, node)) in row.iter().enumerate() {
            places[*node] = (at as f64 + 0.5) / row.len() as f64;
        }
        rows.push(row.into_iter().map(|(_, node)| node).collect());
    }
    rows
}

/// Where those that rest on a node stand, on average, as a share of the width.
fn above(edges: &[Edge], node: usize, places: &[f64]) -> f64 {
    let resting: Vec<f64> = edges.iter().filter(|edge| edge.to == node).map(|edge| places[edge.from]).collect();
    if resting.is_empty() { 0.0 } else { resting.iter().sum::<f64>() / resting.len() as f64 }
}
