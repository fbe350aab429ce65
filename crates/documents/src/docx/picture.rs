//! Pictures of charts, in the line, with a description for those who cannot see them.

use domain::reports::Chart;

use super::xml::{Element, element};
use crate::WriteError;
use crate::chart::{self, Png};

/// English metric units in a millimetre.
const EMU_PER_MM: f64 = 36_000.0;

/// A chart drawn, with the name of its part.
pub(super) struct Picture {
    /// Counted from 1 through the document.
    pub(super) number: u32,
    /// The file.
    pub(super) png: Png,
}

impl Picture {
    /// The relationship by which the text names it.
    pub(super) fn relationship(&self) -> String {
        format!("rIdChart{}", self.number)
    }

    /// The part in the package, relative to `word/`.
    pub(super) fn part(&self) -> String {
        format!("media/chart-{}.png", self.number)
    }
}

/// Draws all charts, on as many threads as the machine has cores but one: mostly a PDF is laid out beside.
pub(super) fn draw(charts: &[&Chart]) -> Result<Vec<Picture>, WriteError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.saturating_sub(1).clamp(1, charts.len().max(1));
    let share = charts.len().div_ceil(threads).max(1);
    let drawn = std::thread::scope(|scope| {
        let workers: Vec<_> = charts
            .chunks(share)
            .map(|chunk| scope.spawn(|| chunk.iter().map(|chart| chart::png(chart)).collect::<Result<Vec<_>, _>>()))
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err(WriteError::new("DOCX", "luồng vẽ biểu đồ bị dừng"))))
            .collect::<Result<Vec<_>, _>>()
    })?;
    Ok((1..).zip(drawn.into_iter().flatten()).map(|(number, png)| Picture { number, png }).collect())
}

/// The run that shows a square picture at a place of the sheet, over the text.
pub(super) fn floating(relationship: &'static str, words: &str, side_mm: f64, left_mm: f64, top_mm: f64) -> Element {
    const NUMBER: u32 = 9_001;
    let side = (side_mm * EMU_PER_MM).round();
    let position = |name, place: f64| {
        let offset = element("wp:posOffset").text(&(place * EMU_PER_MM).round().to_string());
        element(name).attribute("relativeFrom", "page").child(offset)
    };
    let anchor = ["distT", "distB", "distL", "distR"]
        .into_iter()
        .fold(element("wp:anchor"), |anchor, side| anchor.attribute(side, 0))
        .attribute("simplePos", 0)
        .attribute("relativeHeight", 1)
        .attribute("behindDoc", 0)
        .attribute("locked", 0)
        .attribute("layoutInCell", 1)
        .attribute("allowOverlap", 1)
        .child(element("wp:simplePos").attribute("x", 0).attribute("y", 0))
        .child(position("wp:positionH", left_mm))
        .child(position("wp:positionV", top_mm))
        .child(element("wp:extent").attribute("cx", side).attribute("cy", side))
        .child(element("wp:wrapNone"))
        .child(described(element("wp:docPr"), NUMBER, "Mã kiểm tra", words))
        .child(element("wp:cNvGraphicFramePr"))
        .child(graphic(relationship, side, side, |element| described(element, NUMBER, "Mã kiểm tra", words)));
    element("w:r").child(element("w:drawing").child(anchor))
}

fn described(element: Element, number: u32, name: &str, words: &str) -> Element {
    element.attribute("id", number).attribute("name", name).attribute("descr", words)
}

/// The picture of a relationship, stretched over its extent.
fn graphic(relationship: &str, wide: f64, high: f64, described: impl Fn(Element) -> Element) -> Element {
    let fill = element("pic:blipFill")
        .child(element("a:blip").attribute("r:embed", relationship))
        .child(element("a:stretch").child(element("a:fillRect")));
    let extent = element("a:ext").attribute("cx", wide).attribute("cy", high);
    let shape = element("pic:spPr")
        .child(element("a:xfrm").child(element("a:off").attribute("x", 0).attribute("y", 0)).child(extent))
        .child(element("a:prstGeom").attribute("prst", "rect").child(element("a:avLst")));
    let drawing = element("pic:pic")
        .attribute("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .child(element("pic:nvPicPr").child(described(element("pic:cNvPr"))).child(element("pic:cNvPicPr")))
        .child(fill)
        .child(shape);
    let data = element("a:graphicData")
        .attribute("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .child(drawing);
    element("a:graphic").attribute("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main").child(data)
}

/// The run that shows a picture across `room_mm`.
pub(super) fn run(picture: &Picture, chart: &Chart, room_mm: f64) -> Element {
    let wide = (room_mm * EMU_PER_MM).round();
    let high = (wide * picture.png.aspect).round();
    let name = format!("Biểu đồ {}", picture.number);
    let described = |element: Element| described(element, picture.number, &name, &chart.description);
    let graphic = graphic(&picture.relationship(), wide, high, described);
    let inline = ["distT", "distB", "distL", "distR"]
        .into_iter()
        .fold(element("wp:inline"), |inline, side| inline.attribute(side, 0))
        .child(element("wp:extent").attribute("cx", wide).attribute("cy", high))
        .child(described(element("wp:docPr")))
        .child(element("wp:cNvGraphicFramePr"))
        .child(graphic);
    element("w:r").child(element("w:drawing").child(inline))
}
