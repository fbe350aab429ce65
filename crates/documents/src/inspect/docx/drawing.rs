//! Lines that are drawn as shapes: how most offices put the rule under the motto.

use super::super::model::Rule;
use super::super::xml::Node;

/// English metric units in a millimetre.
const EMU_PER_MM: f64 = 36_000.0;

const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// The horizontal line that a drawing shows, if it is one.
pub(super) fn rule(drawing: &Node) -> Option<Rule> {
    match drawing.name.as_str() {
        "w:drawing" => modern(drawing),
        _ => old(drawing),
    }
}

fn modern(drawing: &Node) -> Option<Rule> {
    let shape = drawing.find("a:prstGeom")?.attribute("prst")?;
    let extent = drawing.find("wp:extent")?;
    let length = |name: &str| extent.attribute(name)?.parse::<f64>().ok();
    let (wide, high) = (length("cx")?, length("cy")?);
    let is_line = matches!(shape, "line" | "straightConnector1") && high * 10.0 <= wide;
    is_line.then_some(Rule { length_mm: Some(wide / EMU_PER_MM) })
}

fn old(picture: &Node) -> Option<Rule> {
    let Some(line) = picture.find("v:line") else {
        // A connector of the older drawing language: its length is in its style, in units of its own.
        let is_connector = picture.find("v:shape")?.attribute("type")? == "#_x0000_t32";
        return is_connector.then_some(Rule { length_mm: None });
    };
    let point = |name: &str| {
        let (x, y) = line.attribute(name)?.split_once(',')?;
        Some((points(x)?, points(y)?))
    };
    let length_mm = match (point("from"), point("to")) {
        (Some(from), Some(to)) if (from.1 - to.1).abs() < 2.0 => Some((to.0 - from.0).abs() / POINTS_PER_MM),
        (Some(_), Some(_)) => return None,
        _ => None,
    };
    Some(Rule { length_mm })
}

fn points(text: &str) -> Option<f64> {
    let text = text.trim();
    let scale = |unit: &str, factor: f64| Some(text.strip_suffix(unit)?.parse::<f64>().ok()? * factor);
    scale("pt", 1.0)
        .or_else(|| scale("mm", POINTS_PER_MM))
        .or_else(|| scale("cm", POINTS_PER_MM * 10.0))
        .or_else(|| scale("in", 72.0))
        .or_else(|| text.parse().ok())
}
