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

/// Draws all charts, on as many threads as the machine has cores.
pub(super) fn draw(charts: &[&Chart]) -> Result<Vec<Picture>, WriteError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(charts.len().max(1));
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

/// The run that shows a picture across `room_mm`.
pub(super) fn run(picture: &Picture, chart: &Chart, room_mm: f64) -> Element {
    let wide = (room_mm * EMU_PER_MM).round();
    let high = (wide * picture.png.aspect).round();
    let name = format!("Biểu đồ {}", picture.number);
    let described = |element: Element| {
        element.attribute("id", picture.number).attribute("name", &name).attribute("descr", &chart.description)
    };
    let extent = |name| element(name).attribute("cx", wide).attribute("cy", high);
    let fill = element("pic:blipFill")
        .child(element("a:blip").attribute("r:embed", picture.relationship()))
        .child(element("a:stretch").child(element("a:fillRect")));
    let shape = element("pic:spPr")
        .child(element("a:xfrm").child(element("a:off").attribute("x", 0).attribute("y", 0)).child(extent("a:ext")))
        .child(element("a:prstGeom").attribute("prst", "rect").child(element("a:avLst")));
    let drawing = element("pic:pic")
        .attribute("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .child(element("pic:nvPicPr").child(described(element("pic:cNvPr"))).child(element("pic:cNvPicPr")))
        .child(fill)
        .child(shape);
    let data = element("a:graphicData")
        .attribute("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .child(drawing);
    let graphic =
        element("a:graphic").attribute("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main").child(data);
    let inline = ["distT", "distB", "distL", "distR"]
        .into_iter()
        .fold(element("wp:inline"), |inline, side| inline.attribute(side, 0))
        .child(extent("wp:extent"))
        .child(described(element("wp:docPr")))
        .child(element("wp:cNvGraphicFramePr"))
        .child(graphic);
    element("w:r").child(element("w:drawing").child(inline))
}
