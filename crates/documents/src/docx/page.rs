//! Pages: paper, margins and furniture of a section (Decree 30/2020/NĐ-CP, annex I, I.1 to I.7).

use domain::reports::Orientation;

use super::paragraph::{Paragraph, Stand, TWIPS_PER_MM, twips};
use super::xml::{Element, element};

/// Points in a millimetre.
pub(super) const POINTS_PER_MM: f64 = 72.0 / 25.4;

const SHORT_MM: f64 = 210.0;
const LONG_MM: f64 = 297.0;

/// Margins in millimetres.
struct Margins {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

fn margins(orientation: Orientation) -> Margins {
    match orientation {
        Orientation::Portrait => Margins { top: 20.0, bottom: 20.0, left: 30.0, right: 15.0 },
        Orientation::Landscape => Margins { top: 20.0, bottom: 20.0, left: 20.0, right: 20.0 },
    }
}

/// The width that text may fill, in millimetres.
pub(super) fn room(orientation: Orientation) -> f64 {
    let Margins { left, right, .. } = margins(orientation);
    let wide = if orientation == Orientation::Landscape { LONG_MM } else { SHORT_MM };
    wide - left - right
}

/// The properties of a section. Each section counts its pages from 1 and hides the first number.
pub(super) fn section(orientation: Orientation) -> Element {
    let landscape = orientation == Orientation::Landscape;
    let (wide, high) = if landscape { (LONG_MM, SHORT_MM) } else { (SHORT_MM, LONG_MM) };
    let Margins { top, bottom, left, right } = margins(orientation);
    let reference = |name, which, id| element(name).attribute("w:type", which).attribute("r:id", id);
    let size = element("w:pgSz").attribute("w:w", twips(wide)).attribute("w:h", twips(high));
    // Rounded up: a margin that the decree wants at least so wide is never a hair narrower.
    let twips_up = |mm: f64| (mm * TWIPS_PER_MM).ceil() as i64;
    let margin = element("w:pgMar")
        .attribute("w:top", twips_up(top))
        .attribute("w:right", twips_up(right))
        .attribute("w:bottom", twips_up(bottom))
        .attribute("w:left", twips_up(left))
        .attribute("w:header", twips(9.0))
        .attribute("w:footer", twips(9.0))
        .attribute("w:gutter", 0);
    element("w:sectPr")
        .child(reference("w:headerReference", "default", "rIdHeader"))
        .child(reference("w:headerReference", "first", "rIdFirstHeader"))
        .child(reference("w:footerReference", "default", "rIdFooter"))
        .child(reference("w:footerReference", "first", "rIdFooter"))
        .child(element("w:type").attribute("w:val", "nextPage"))
        .child(if landscape { size.attribute("w:orient", "landscape") } else { size })
        .child(margin)
        .child(element("w:pgNumType").attribute("w:start", 1))
        .child(element("w:titlePg"))
}

/// The head of every page but the first: its number.
pub(super) fn header() -> Element {
    let mark = |kind| element("w:r").child(element("w:fldChar").attribute("w:fldCharType", kind));
    let code = element("w:instrText").attribute("xml:space", "preserve").text(" PAGE ");
    let number = Paragraph::new("Header")
        .stand(Stand::Centre)
        .run(mark("begin"))
        .run(element("w:r").child(code))
        .run(mark("separate"))
        .words("2")
        .run(mark("end"));
    part("w:hdr").child(number.build())
}

/// The head of the first page: empty.
pub(super) fn first_header() -> Element {
    part("w:hdr").child(Paragraph::new("Header").build())
}

/// The foot of every page: the document's notices.
pub(super) fn footer(notices: &[String]) -> Element {
    part("w:ftr").child(Paragraph::new("Footer").words(&notices.join(" · ")).build())
}

/// A root element with the names of WordprocessingML.
pub(super) fn part(name: &'static str) -> Element {
    element(name)
        .attribute("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .attribute("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
}
