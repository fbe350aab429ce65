//! The typeface of printed documents: Liberation Serif 2.x, which has the widths of Times New Roman and every
//! Vietnamese letter. Read once.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};

/// The family's name, as layouts name it.
pub(crate) const SERIF: &str = "Liberation Serif";

const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// The faces for typst: regular, bold, italic, bold italic.
pub(crate) fn faces() -> &'static [Font] {
    static FACES: OnceLock<Vec<Font>> = OnceLock::new();
    FACES.get_or_init(|| FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect())
}

/// The faces for the rasteriser of charts.
pub(crate) fn database() -> Arc<fontdb::Database> {
    static DATABASE: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut database = fontdb::Database::new();
        FILES.into_iter().for_each(|file| database.load_font_data(file.to_vec()));
        database.set_serif_family(SERIF);
        Arc::new(database)
    };
    Arc::clone(DATABASE.get_or_init(load))
}

/// The faces at rest, for measuring.
fn instances() -> &'static [FontInstance] {
    static INSTANCES: OnceLock<Vec<FontInstance>> = OnceLock::new();
    let instance =
        |face: &Font| face.clone().instantiate(face.info().variant, Abs::pt(12.0), &FontVariations::default());
    INSTANCES.get_or_init(|| faces().iter().map(instance).collect())
}

/// The width of a line of text in points at this size.
pub(crate) fn text_width(text: &str, bold: bool, size_pt: f64) -> f64 {
    let Some(face) = instances().get(usize::from(bold)).map(FontInstance::ttf) else {
        return 0.0;
    };
    let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(500);
    let units: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    f64::from(units) / f64::from(face.units_per_em()) * size_pt
}

/// The letters of a text that some face of the typeface lacks, each once: none for a sound build.
pub fn lacking(text: &str) -> Vec<char> {
    let mut lacking: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let is_drawn = !instances().is_empty() && instances().iter().all(|face| face.ttf().glyph_index(c).is_some());
        if !is_drawn && !lacking.contains(&c) {
            lacking.push(c);
        }
    }
    lacking
}

/// What stands for a letter that the typeface lacks.
const LACKING: char = '□';

/// Text that can be printed: an archival file may not name a letter that its typeface lacks (emoji, rare scripts), so
/// such a letter becomes a box; control characters become blanks.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_boxed(c)) {
        return Cow::Borrowed(text);
    }
    let mend = |c: char| match c {
        c if c.is_control() => ' ',
        c if is_boxed(c) => LACKING,
        c => c,
    };
    Cow::Owned(text.chars().map(mend).collect())
}

/// Whether a box stands for a letter in print.
pub(crate) fn is_boxed(letter: char) -> bool {
    let is_plain = letter.is_ascii_graphic() || letter == ' ' || letter.is_control();
    !is_plain && instances().first().is_some_and(|face| face.ttf().glyph_index(letter).is_none())
}
