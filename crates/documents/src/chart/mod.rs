//! Charts as SVG: for the web page, for PDF, and as a picture for DOCX.
//!
//! Own drawing rather than a charting library: official charts are few and plain, and need what libraries lack —
//! patterns that survive a black-and-white printer, values in Vietnamese form, gaps for missing values, and a title and
//! description for those who cannot see them. The title is not drawn: it is the caption that the page prints.

mod canvas;
mod columns;
mod graph;
mod lines;
mod palette;
mod pie;
mod rows;
mod scale;
mod strip;

use domain::reports::{Chart, ChartKind};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::{tiny_skia, usvg};

use crate::{WriteError, fonts};
use canvas::Canvas;
pub use graph::{Edge, Graph, Node, Room, graph_svg};
pub use strip::{Strip, StripRow, strip_svg};

/// Width of every drawing, in its own units; a page scales it.
pub const WIDTH: f64 = 640.0;

/// Draws a chart for a paper. The result stands alone: no script, no external reference.
pub fn svg(chart: &Chart) -> String {
    svg_measured_in(chart, &chart.measured_in())
}

/// Draws a chart that tells in the reader's own words what its values count in.
pub fn svg_measured_in(chart: &Chart, measured_in: &str) -> String {
    let mut canvas = Canvas::new(chart);
    canvas.measured_in(measured_in);
    match chart.kind {
        ChartKind::GroupedBar => columns::draw(&mut canvas, chart),
        ChartKind::Bar | ChartKind::StackedBar => rows::draw(&mut canvas, chart),
        ChartKind::Line => lines::draw(&mut canvas, chart),
        ChartKind::Pie => pie::draw(&mut canvas, chart),
    }
    canvas.finish()
}

/// A chart as a picture.
#[derive(Clone, Debug)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Height as a share of the width.
    pub aspect: f64,
}

/// Pixels per unit of the drawing: about 200 a inch at the width of a page.
const SHARPNESS: f32 = 2.0;

/// Draws a chart as PNG with the embedded typeface. A drawing that was rendered lately is not rendered again.
///
/// # Errors
/// If the drawing cannot be rendered: a fault of ours.
pub fn png(chart: &Chart) -> Result<Png, WriteError> {
    picture_of(&svg(chart))
}

/// A drawing of ours as a picture.
pub(crate) fn picture_of(drawing: &str) -> Result<Png, WriteError> {
    rendered(drawing).map_err(|cause| WriteError::new("PNG", cause))
}

#[comemo::memoize]
fn rendered(drawing: &str) -> Result<Png, String> {
    let options =
        usvg::Options { fontdb: fonts::database(), font_family: fonts::SERIF.to_owned(), ..Default::default() };
    let tree = usvg::Tree::from_str(drawing, &options).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size().scale_by(SHARPNESS).ok_or("khổ hình bằng 0")?;
    let mut picture = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or("hình quá lớn")?;
    picture.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(SHARPNESS, SHARPNESS), &mut picture.as_mut());
    let bytes = encoded(&picture).map_err(|error| error.to_string())?;
    Ok(Png { bytes, aspect: f64::from(size.height()) / f64::from(size.width()) })
}

/// A picture without transparency, packed fast: a drawing of few colours becomes small either way.
fn encoded(picture: &tiny_skia::Pixmap) -> image::ImageResult<Vec<u8>> {
    let opaque: Vec<u8> = picture.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up).write_image(
        &opaque,
        picture.width(),
        picture.height(),
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
