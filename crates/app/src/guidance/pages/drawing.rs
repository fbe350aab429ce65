//! The trees of a page as one drawing: a text on which several rest stands in it once.

use std::collections::BTreeMap;

use documents::chart::{Edge, Graph, Node, Room, graph_svg};
use domain::guidance::{Manner, Relation};
use minijinja::Value;

use super::{
    Listed,
    foundations::{Rest, Tree},
};
use crate::platform::{
    Language,
    web::{context, wording},
};

/// So many texts can be told apart in a drawing; the list below it has all.
const NODE_COUNT_MAX: usize = 16;

/// A drawing for a screen and one for a telephone; none where nothing rests on anything.
pub(super) fn drawing(trees: &[Tree], title: String, language: Language) -> Value {
    let (graph, is_whole) = graph(trees, title, language);
    if graph.edges.is_empty() {
        return Value::from(());
    }
    let svg = |room| Value::from_safe_string(graph_svg(&graph, room));
    context! { wide => svg(Room::WIDE), narrow => svg(Room::NARROW), is_whole }
}

/// The graph, and whether every text is in it.
fn graph(trees: &[Tree], title: String, language: Language) -> (Graph, bool) {
    let word = |key: &str| wording::text(language, key);
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut nodes = Vec::new();
    let mut edges = Vec::new();
    for tree in trees {
        // The texts from the root down to where the reading of the tree has come; one that may not be seen is left out.
        let mut way = vec![place(&mut places, &mut nodes, &tree.root, language)];
        for rest in &tree.rests {
            way.resize(rest.level, way.last().copied().flatten());
            let above = way.last().copied().flatten();
            let here = place(&mut places, &mut nodes, &rest.document, language);
            way.push(here);
            if let (Some(from), Some(to)) = (above, here) {
                edges.push(Edge { from, to, is_dashed: rest.relation == Relation::BasedOn.as_str() });
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    let is_whole = trees.iter().flat_map(documents).all(|document| places.contains_key(document.slug.as_str()));
    let legend = [word("relation-to-implements"), word("relation-to-based_on")];
    (Graph { title, nodes, edges, legend }, is_whole)
}

fn documents(tree: &Tree) -> impl Iterator<Item = &Listed> {
    std::iter::once(&tree.root).chain(tree.rests.iter().map(|Rest { document, .. }| document))
}

/// The place of a text among the nodes; none for one that the drawing has no room for.
fn place<'a>(
    places: &mut BTreeMap<&'a str, usize>,
    nodes: &mut Vec<Node>,
    document: &'a Listed,
    language: Language,
) -> Option<usize> {
    if let Some(known) = places.get(document.slug.as_str()) {
        return Some(*known);
    }
    if nodes.len() == NODE_COUNT_MAX {
        return None;
    }
    let day = document.issued_on.parse().map_or_else(|_| String::new(), domain::vietnamese::short_date);
    let note = [day.as_str(), document.issuer.as_str()].into_iter().filter(|part| !part.is_empty());
    let fault = document.lapsed.as_ref().map(|lapsed| {
        let manner = match lapsed.manner {
            Manner::Ended => "lapsed-ended",
            Manner::Replaced => "lapsed-replaced",
            Manner::Repealed => "lapsed-repealed",
        };
        wording::text(language, manner)
    });
    nodes.push(Node {
        href: format!("/van-ban/{}", document.slug),
        name: document.name.clone(),
        note: note.collect::<Vec<_>>().join(" · "),
        fault: fault.unwrap_or_default(),
    });
    places.insert(&document.slug, nodes.len() - 1);
    Some(nodes.len() - 1)
}
