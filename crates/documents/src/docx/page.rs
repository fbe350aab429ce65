//! Pages: paper, margins and furniture of a section (Decree 30/2020/NĐ-CP, annex I, I.1 to I.7).

use domain::reports::Orientation;

use super::paragraph::{Paragraph, Stand, TWIPS_PER_MM, twips};
use super::picture;
use super::xml::{Element, element};
use crate::qr;

/// Points in a millimetre.
pub(super) const POINTS_PER_MM: f64 = 72.0 / 25.4;

const SHORT_MM: f64 = 210.0;
const LONG_MM: f64 = 297.0;

/// Margins in millimetres, of upright sheets and of those on their side alike.
const TOP_MM: f64 = 20.0;
const BOTTOM_MM: f64 = 20.0;
const LEFT_MM: f64 = 30.0;
const RIGHT_MM: f64 = 15.0;

/// The width that text may fill, in millimetres.
pub(super) fn room(orientation: Orientation) -> f64 {
    let wide = if orientation == Orientation::Landscape { LONG_MM } else { SHORT_MM };
    wide - LEFT_MM - RIGHT_MM
}

/// The relationship of the foot of every page.
pub(super) const FOOT: &str = "rIdFooter";

/// The relationship of the foot that shows the code by which the document is checked.
pub(super) const CHECKED_FOOT: &str = "rIdCheckedFooter";

/// The properties of a section. Each section counts its pages from 1 and hides the first number; `first_foot` is the
/// foot of its first page.
pub(super) fn section(orientation: Orientation, first_foot: &'static str) -> Element {
    let landscape = orientation == Orientation::Landscape;
    let (wide, high) = if landscape { (LONG_MM, SHORT_MM) } else { (SHORT_MM, LONG_MM) };
    let reference = |name, which, id| element(name).attribute("w:type", which).attribute("r:id", id);
    let size = element("w:pgSz").attribute("w:w", twips(wide)).attribute("w:h", twips(high));
    // Rounded up: a margin that the decree wants at least so wide is never a hair narrower.
    let twips_up = |mm: f64| (mm * TWIPS_PER_MM).ceil() as i64;
    let margin = element("w:pgMar")
        .attribute("w:top", twips_up(TOP_MM))
        .attribute("w:right", twips_up(RIGHT_MM))
        .attribute("w:bottom", twips_up(BOTTOM_MM))
        .attribute("w:left", twips_up(LEFT_MM))
        .attribute("w:header", twips(9.0))
        .attribute("w:footer", twips(9.0))
        .attribute("w:gutter", 0);
    element("w:sectPr")
        .child(reference("w:headerReference", "default", "rIdHeader"))
        .child(reference("w:headerReference", "first", "rIdFirstHeader"))
        .child(reference("w:footerReference", "default", FOOT))
        .child(reference("w:footerReference", "first", first_foot))
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

/// The foot of a first page that shows the code: notices, and the picture at the left edge of the sheet.
pub(super) fn checked_footer(notices: &[String], url: &str) -> Element {
    const BELOW_MM: f64 = 19.0;
    const LEFT_MM: f64 = 15.0;
    let picture = picture::floating("rIdCode", &qr::words(url), qr::SIDE_MM, LEFT_MM, LONG_MM - BELOW_MM);
    part("w:ftr")
        .attribute("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing")
        .child(Paragraph::new("Footer").run(picture).words(&notices.join(" · ")).build())
}

/// A root element with the names of WordprocessingML.
pub(super) fn part(name: &'static str) -> Element {
    element(name)
        .attribute("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .attribute("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
}
