//! Automatic numbers and marks before paragraphs, counted as Word counts them.

use std::collections::BTreeMap;

use domain::reports::point_letter;
use domain::vietnamese::roman;

use super::super::xml::Node;
use super::styles::{ParagraphLook, number, paragraph_look};

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    look: ParagraphLook,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, Vec<Level>>,
    /// Which lists count together.
    shared: BTreeMap<String, String>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    pub(super) fn new(root: Option<&Node>) -> Self {
        let mut numbering = Self::default();
        let Some(root) = root else { return numbering };
        let described: BTreeMap<&str, Vec<Level>> = root
            .all("w:abstractNum")
            .filter_map(|node| Some((node.attribute("w:abstractNumId")?, levels(node))))
            .collect();
        for node in root.all("w:num") {
            let (Some(id), Some(description)) = (node.attribute("w:numId"), node.value("w:abstractNumId")) else {
                continue;
            };
            let Some(levels) = described.get(description) else { continue };
            let restarts = node.all("w:lvlOverride").any(|over| over.child("w:startOverride").is_some());
            let counter = if restarts { format!("{description}/{id}") } else { description.to_owned() };
            numbering.shared.insert(id.to_owned(), counter);
            numbering.lists.insert(id.to_owned(), levels.clone());
        }
        numbering
    }

    /// The look that a level gives to its paragraphs.
    pub(super) fn look(&self, list: &str, level: usize) -> Option<&ParagraphLook> {
        Some(&self.lists.get(list)?.get(level)?.look)
    }

    /// The label of the next paragraph of this list and level.
    pub(super) fn label(&mut self, list: &str, level: usize) -> String {
        let (Some(levels), Some(counter)) = (self.lists.get(list), self.shared.get(list)) else { return String::new() };
        let Some(own) = levels.get(level).filter(|_| level < LEVELS) else { return String::new() };
        let counts = self.counts.entry(counter.clone()).or_default();
        counts[level] = Some(counts[level].map_or(own.start, |count| count + 1));
        counts[level + 1..].fill(None);
        if own.format == "bullet" {
            return bullet(&own.text);
        }
        if own.format == "none" {
            return String::new();
        }
        let mut label = own.text.clone();
        for (at, level) in levels.iter().enumerate().take(level + 1) {
            let count = counts[at].unwrap_or(level.start);
            label = label.replace(&format!("%{}", at + 1), &counted(count, &level.format));
        }
        label
    }
}

/// Symbol fonts keep their marks in the private area; people see a dot.
fn bullet(mark: &str) -> String {
    let is_private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    mark.chars().map(|c| if is_private(c) { '•' } else { c }).collect()
}

fn levels(node: &Node) -> Vec<Level> {
    let level = |node: &Node| Level {
        start: number(node.value("w:start")).map_or(1, |start| start.clamp(0.0, 1e6) as u32),
        format: node.value("w:numFmt").unwrap_or("decimal").to_owned(),
        text: node.value("w:lvlText").unwrap_or_default().to_owned(),
        look: paragraph_look(node.child("w:pPr")),
    };
    node.all("w:lvl").take(LEVELS).map(level).collect()
}

fn counted(count: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "lowerLetter" => latin_letter(count).to_string(),
        "upperLetter" => latin_letter(count).to_ascii_uppercase().to_string(),
        "vietnameseCounting" => point_letter(count),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

/// Word's letters are those of the Latin alphabet: no đ, but f, j, w and z.
fn latin_letter(count: u32) -> char {
    char::from(b'a' + u8::try_from(count.saturating_sub(1) % 26).unwrap_or(0))
}
