//! Sections: paper, margins, and the page number that their heads and feet show.

use std::collections::BTreeMap;

use super::super::model::{Align, Extent, Margins, PageNumber, Paragraph, Sheet, Span};
use super::super::xml::Node;
use super::TWIPS_PER_MM;
use super::package::Package;
use super::styles::{Styles, number};

/// More letters than this never stand on one page of A4 at 13 points.
const PAGE_LETTERS: usize = 3_600;

/// A5 and larger: what a section without a size is taken for.
const A4_TWIPS: (f64, f64) = (11_906.0, 16_838.0);

/// All section properties in order: those of paragraphs, then the body's own.
fn sections(body: &Node) -> Vec<&Node> {
    fn collect<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
        for child in &node.children {
            match child.name.as_str() {
                "w:p" => found.extend(child.child("w:pPr").and_then(|node| node.child("w:sectPr"))),
                "w:sdt" | "w:sdtContent" => collect(child, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(body, &mut found);
    found.extend(body.child("w:sectPr"));
    found
}

fn attribute(section: &Node, child: &str, name: &str) -> Option<f64> {
    number(section.child(child)?.attribute(name))
}

/// The width of the text of each section, in millimetres.
pub(super) fn rooms(body: &Node) -> Vec<f64> {
    let room = |section: &&Node| {
        let margin = |name| attribute(section, "w:pgMar", name).unwrap_or(1440.0);
        let wide = attribute(section, "w:pgSz", "w:w").unwrap_or(A4_TWIPS.0);
        (wide - margin("w:left") - margin("w:right") - attribute(section, "w:pgMar", "w:gutter").unwrap_or(0.0))
            / TWIPS_PER_MM
    };
    sections(body).iter().map(room).collect()
}

/// The first and a further sheet of each section.
pub(super) fn sheets(package: &Package, styles: &Styles, body: &Node, paragraphs: &[Paragraph]) -> Vec<Sheet> {
    let relations = package.relations();
    let mut sheets = Vec::new();
    let mut heads: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for (at, section) in sections(body).into_iter().enumerate() {
        // A section without a head of its own keeps that of the section before it.
        for name in ["w:headerReference", "w:footerReference"] {
            for reference in section.all(name) {
                let part = reference.attribute("r:id").and_then(|id| relations.get(id));
                if let (Some(kind), Some(part)) = (reference.attribute("w:type"), part) {
                    heads.insert((name, kind), part.clone());
                }
            }
        }
        let format = section.child("w:pgNumType").and_then(|node| node.attribute("w:fmt")).unwrap_or("decimal");
        let number = |kind: &str| {
            ["w:headerReference", "w:footerReference"].iter().find_map(|name| {
                let part = heads.get(&(*name, kind))?;
                page_number(package.root(part)?, styles, format, *name == "w:headerReference")
            })
        };
        let is_first_apart = section.switch("w:titlePg") == Some(true);
        let first = number(if is_first_apart { "first" } else { "default" });
        let letters: usize = paragraphs
            .iter()
            .filter(|p| p.sheet == 2 * at)
            .flat_map(|p| &p.spans)
            .map(|s| s.text.chars().count())
            .sum();
        let sheet = |is_first, number| Sheet {
            page: None,
            section: at,
            is_first,
            is_certain: is_first || letters > PAGE_LETTERS,
            number,
            ..sheet(section)
        };
        sheets.push(sheet(true, first));
        sheets.push(sheet(false, number("default")));
    }
    sheets
}

fn sheet(section: &Node) -> Sheet {
    let mm = |child, name, default: f64| attribute(section, child, name).unwrap_or(default) / TWIPS_PER_MM;
    let margin = |name| Extent::exactly(mm("w:pgMar", name, 1440.0).abs());
    let gutter = mm("w:pgMar", "w:gutter", 0.0);
    let left = Extent::exactly(mm("w:pgMar", "w:left", 1440.0) + gutter);
    Sheet {
        page: None,
        section: 0,
        width_mm: mm("w:pgSz", "w:w", A4_TWIPS.0),
        height_mm: mm("w:pgSz", "w:h", A4_TWIPS.1),
        margins: Margins { top: margin("w:top"), bottom: margin("w:bottom"), left, right: margin("w:right") },
        is_first: true,
        is_certain: true,
        number: None,
    }
}

/// The page number that a head or foot shows.
fn page_number(part: &Node, styles: &Styles, format: &str, is_at_top: bool) -> Option<PageNumber> {
    let paragraph = paragraphs(part).into_iter().find(|paragraph| has_number(paragraph))?;
    let properties = paragraph.child("w:pPr");
    let (styled, direct) = styles.paragraph(properties);
    let run = field_run(paragraph);
    let look = styles.run(properties, run.and_then(|run| run.child("w:rPr")));
    let text = match format {
        "lowerRoman" => "ii",
        "upperRoman" => "II",
        "lowerLetter" => "b",
        "upperLetter" => "B",
        _ => "2",
    };
    let tabs = count(paragraph, "w:tab");
    let align = match styled.then(&direct).align {
        Some(align) if align != Align::Left && align != Align::Both => align,
        _ => [Align::Left, Align::Centre, Align::Right][tabs.min(2)],
    };
    let span = Span {
        text: text.to_owned(),
        font: look.font,
        size_pt: look.size_pt,
        bold: look.bold,
        italic: look.italic,
        underline: look.underline,
        colour: look.colour,
    };
    Some(PageNumber { text: text.to_owned(), span, align: Some(align), is_at_top })
}

fn paragraphs(node: &Node) -> Vec<&Node> {
    let below = |child| if child_is_paragraph(child) { vec![child] } else { paragraphs(child) };
    node.children.iter().filter(|child| child.name != "mc:Fallback").flat_map(below).collect()
}

fn child_is_paragraph(node: &Node) -> bool {
    node.name == "w:p" && node.find("w:txbxContent").is_none()
}

fn is_page(code: &str) -> bool {
    code.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("PAGE"))
}

fn has_number(paragraph: &Node) -> bool {
    let is_field = |node: &Node| match node.name.as_str() {
        "w:instrText" => is_page(&node.text),
        "w:fldSimple" => node.attribute("w:instr").is_some_and(is_page),
        _ => false,
    };
    any(paragraph, &is_field)
}

fn any(node: &Node, test: &impl Fn(&Node) -> bool) -> bool {
    node.children.iter().any(|child| test(child) || any(child, test))
}

fn count(node: &Node, name: &str) -> usize {
    node.all("w:r").flat_map(|run| &run.children).filter(|child| child.name == name).count()
}

/// The run whose words are the number: the one with words, else the one with the field's code.
fn field_run(paragraph: &Node) -> Option<&Node> {
    fn runs<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
        for child in &node.children {
            if child.name == "w:r" { found.push(child) } else { runs(child, found) }
        }
    }
    let mut found = Vec::new();
    runs(paragraph, &mut found);
    let digit = |run: &&Node| run.child("w:t").is_some_and(|text| text.text.chars().any(char::is_numeric));
    found
        .iter()
        .copied()
        .find(|run| digit(run))
        .or_else(|| found.iter().copied().find(|run| run.child("w:instrText").is_some()))
}
