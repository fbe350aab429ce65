//! What a page draws: every letter with its place and look, and every straight rule.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use domain::Refusal;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::super::{UNPACKED_BYTES_MAX, bomb};
use super::font::Font;

/// A shown code; lengths in points, `y` is the height of its baseline from the top of the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size_pt: f64,
    pub(super) font: Rc<str>,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) colour: Rc<str>,
}

/// A straight rule, level or upright, from its lesser to its greater end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
}

impl Stroke {
    pub(super) fn is_level(&self) -> bool {
        (self.to.1 - self.from.1).abs() < (self.to.0 - self.from.0).abs()
    }
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) strokes: Vec<Stroke>,
}

/// How much all pages together may do, whichever threads read them.
pub(super) struct Budget {
    operations: AtomicUsize,
    marks: AtomicUsize,
    unpacked: AtomicUsize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            operations: AtomicUsize::new(8_000_000),
            marks: AtomicUsize::new(3_000_000),
            unpacked: AtomicUsize::new(2 * UNPACKED_BYTES_MAX),
        }
    }

    fn spend(left: &AtomicUsize, count: usize) -> Result<(), Refusal> {
        left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(count)).map(drop).map_err(|_| bomb())
    }
}

/// The fonts that a thread has read: each once, however many pages use it. One that stands inside another object has that
/// object's number, so the name goes with it.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<(ObjectIdentifier, String), Rc<Font>>);

impl Fonts {
    fn font(&mut self, name: &str, dict: &Dict<'_>) -> Rc<Font> {
        match dict.obj_id() {
            Some(id) => {
                let known = self.0.entry((id, name.to_owned()));
                Rc::clone(known.or_insert_with(|| Rc::new(Font::read(dict))))
            }
            None => Rc::new(Font::read(dict)),
        }
    }
}

type Matrix = [f64; 6];

/// `one` is applied first.
fn product(one: Matrix, two: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [p, q, r, s, t, u] = two;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

fn applied(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
    let [a, b, c, d, e, f] = matrix;
    (a * x + c * y + e, b * x + d * y + f)
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    family: Rc<str>,
    size: f64,
    letter_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    colour: Rc<str>,
}

/// Walks the content of a page and of the forms that it draws.
pub(super) struct Walker<'b> {
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Vec<Vec<(f64, f64)>>,
    marks: Marks,
    budget: &'b Budget,
    known: &'b mut Fonts,
    fonts: BTreeMap<String, Rc<Font>>,
    depth: usize,
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// How deep graphics states may be saved, and forms stand in one another.
const SAVED_MAX: usize = 256;
const FORMS_MAX: usize = 12;

/// Refuses a page whose content is a picture's data, one stream over and over, or together with the pages before more than
/// a file may unpack to: what a page unpacks to is kept while the file is read.
pub(super) fn check_streams(page: &Page<'_>, budget: &Budget) -> Result<(), Refusal> {
    const SAME_STREAM_MAX: usize = 4;
    let one = page.raw().get::<Stream<'_>>("Contents");
    let many = page.raw().get::<Array<'_>>("Contents");
    let streams = one.into_iter().chain(many.iter().flat_map(|array| array.iter::<Stream<'_>>()));
    let mut met: BTreeMap<ObjectIdentifier, usize> = BTreeMap::new();
    for stream in streams {
        let times = met.entry(stream.obj_id()).or_default();
        *times += 1;
        if *times > SAME_STREAM_MAX || is_picture(&stream) {
            return Err(bomb());
        }
    }
    let length = page.page_stream().map_or(0, <[u8]>::len);
    Budget::spend(&budget.unpacked, length)
}

/// Reads a page.
pub(super) fn marks(page: &Page<'_>, budget: &Budget, known: &mut Fonts) -> Result<Marks, Refusal> {
    let state = State {
        matrix: page.initial_transform(true).as_coeffs(),
        font: None,
        family: "".into(),
        size: 0.0,
        letter_spacing: 0.0,
        word_spacing: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
        colour: "000000".into(),
    };
    let mut walker = Walker {
        state,
        saved: Vec::new(),
        text: IDENTITY,
        line: IDENTITY,
        path: Vec::new(),
        marks: Marks::default(),
        budget,
        known,
        fonts: BTreeMap::new(),
        depth: 0,
    };
    walker.walk(page.typed_operations(), page.resources())?;
    Ok(walker.marks)
}

impl Walker<'_> {
    fn walk(&mut self, mut operations: TypedIter<'_>, resources: &Resources<'_>) -> Result<(), Refusal> {
        while let Some(operation) = operations.next() {
            Budget::spend(&self.budget.operations, 1)?;
            match operation {
                Op::SaveState(_) if self.saved.len() < SAVED_MAX => self.saved.push(self.state.clone()),
                Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
                Op::Transform(m) => {
                    let matrix = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    self.state.matrix = product(matrix, self.state.matrix);
                }
                Op::XObject(name) => self.form(name.0, resources)?,
                operation => {
                    if !self.draw(&operation) && !self.colour(&operation) {
                        self.write(&operation, resources)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Result<(), Refusal> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let dict: &Dict<'_> = stream.dict();
        let is_form = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Form");
        if !is_form || self.depth >= FORMS_MAX {
            return Ok(());
        }
        let Some(content) = decoded(&stream) else { return Ok(()) };
        Budget::spend(&self.budget.operations, 1 + content.len() / 64)?;
        let own = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
        let inner = Resources::from_parent(own, resources.clone());
        let (state, saved) = (self.state.clone(), std::mem::take(&mut self.saved));
        let fonts = std::mem::take(&mut self.fonts);
        let matrix = dict.get::<[f64; 6]>("Matrix").unwrap_or(IDENTITY);
        self.state.matrix = product(matrix, self.state.matrix);
        self.depth += 1;
        let done = self.walk(TypedIter::new(&content), &inner);
        self.depth -= 1;
        (self.state, self.saved, self.fonts) = (state, saved, fonts);
        done
    }

    /// Paths: only straight rules are kept, from strokes and from thin filled boxes.
    fn draw(&mut self, operation: &Op<'_, '_>) -> bool {
        match operation {
            Op::MoveTo(p) => self.path.push(vec![self.at(p.0, p.1)]),
            Op::LineTo(p) => {
                let point = self.at(p.0, p.1);
                self.path.last_mut().into_iter().for_each(|path| path.push(point));
            }
            Op::RectPath(r) => {
                let [x, y, w, h] = [r.0, r.1, r.2, r.3].map(|n| n.as_f64());
                let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
                self.path.push(corners.map(|(x, y)| applied(self.state.matrix, x, y)).to_vec());
            }
            Op::CubicTo(_) | Op::CubicStartTo(_) | Op::CubicEndTo(_) => {
                // What bends is no rule.
                self.path.pop();
            }
            Op::ClosePath(_) => self.close(),
            Op::StrokePath(_) => self.stroke(),
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.stroke();
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => self.fill(),
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.stroke(),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.close();
                self.stroke();
            }
            Op::EndPath(_) => self.path.clear(),
            _ => return false,
        }
        true
    }

    fn at(&self, x: Number, y: Number) -> (f64, f64) {
        applied(self.state.matrix, x.as_f64(), y.as_f64())
    }

    fn close(&mut self) {
        if let Some(path) = self.path.last_mut() {
            path.extend(path.first().copied());
        }
    }

    fn stroke(&mut self) {
        for path in std::mem::take(&mut self.path) {
            for pair in path.windows(2) {
                self.keep(pair[0], pair[1]);
            }
        }
    }

    fn fill(&mut self) {
        const THIN_PT: f64 = 2.5;
        for path in std::mem::take(&mut self.path) {
            let xs = || path.iter().map(|p| p.0);
            let ys = || path.iter().map(|p| p.1);
            let (x0, x1) = (xs().fold(f64::MAX, f64::min), xs().fold(f64::MIN, f64::max));
            let (y0, y1) = (ys().fold(f64::MAX, f64::min), ys().fold(f64::MIN, f64::max));
            if y1 - y0 < THIN_PT {
                self.keep((x0, (y0 + y1) / 2.0), (x1, (y0 + y1) / 2.0));
            } else if x1 - x0 < THIN_PT {
                self.keep(((x0 + x1) / 2.0, y0), ((x0 + x1) / 2.0, y1));
            }
        }
    }

    fn keep(&mut self, one: (f64, f64), other: (f64, f64)) {
        const SLANT_PT: f64 = 0.5;
        const SHORTEST_PT: f64 = 4.0;
        const STROKES_MAX: usize = 100_000;
        let (wide, high) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
        let is_straight = wide.min(high) < SLANT_PT && wide.max(high) >= SHORTEST_PT;
        if is_straight && self.marks.strokes.len() < STROKES_MAX {
            let from = (one.0.min(other.0), one.1.min(other.1));
            self.marks.strokes.push(Stroke { from, to: (one.0.max(other.0), one.1.max(other.1)) });
        }
    }

    fn colour(&mut self, operation: &Op<'_, '_>) -> bool {
        let parts: Vec<f64> = match operation {
            Op::NonStrokeColorDeviceGray(c) => vec![c.0.as_f64()],
            Op::NonStrokeColorDeviceRgb(c) => [c.0, c.1, c.2].map(|n| n.as_f64()).to_vec(),
            Op::NonStrokeColorCmyk(c) => [c.0, c.1, c.2, c.3].map(|n| n.as_f64()).to_vec(),
            Op::NonStrokeColor(c) => c.0.iter().map(Number::as_f64).collect(),
            Op::NonStrokeColorNamed(c) => c.0.iter().map(Number::as_f64).collect(),
            _ => return false,
        };
        let rgb = match parts[..] {
            [grey] => [grey; 3],
            [r, g, b] => [r, g, b],
            [c, m, y, k] => [c, m, y].map(|ink| (1.0 - ink) * (1.0 - k)),
            _ => return true,
        };
        let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        self.state.colour = rgb.map(|part| format!("{:02x}", byte(part))).concat().into();
        true
    }

    fn write(&mut self, operation: &Op<'_, '_>, resources: &Resources<'_>) -> Result<(), Refusal> {
        match operation {
            Op::BeginText(_) => (self.text, self.line) = (IDENTITY, IDENTITY),
            Op::TextFont(font) => self.font(font.0, font.1.as_f64(), resources),
            Op::CharacterSpacing(n) => self.state.letter_spacing = n.0.as_f64(),
            Op::WordSpacing(n) => self.state.word_spacing = n.0.as_f64(),
            Op::HorizontalScaling(n) => self.state.scale = n.0.as_f64() / 100.0,
            Op::TextLeading(n) => self.state.leading = n.0.as_f64(),
            Op::TextRise(n) => self.state.rise = n.0.as_f64(),
            Op::TextRenderingMode(n) => self.state.mode = n.0.as_i64(),
            Op::NextLine(n) => self.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                self.state.leading = -n.1.as_f64();
                self.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::SetTextMatrix(m) => {
                self.line = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                self.text = self.line;
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(words) => self.show(words.0.as_bytes())?,
            Op::NextLineAndShowText(words) => {
                self.next_line(0.0, -self.state.leading);
                self.show(words.0.as_bytes())?;
            }
            Op::ShowTextWithParameters(words) => {
                (self.state.word_spacing, self.state.letter_spacing) = (words.0.as_f64(), words.1.as_f64());
                self.next_line(0.0, -self.state.leading);
                self.show(words.2.as_bytes())?;
            }
            Op::ShowTexts(list) => {
                for item in list.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(words) => self.show(words.as_bytes())?,
                        Object::Number(by) => self.advance(-by.as_f64() / 1000.0 * self.state.size),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn font(&mut self, name: &Name<'_>, size: f64, resources: &Resources<'_>) {
        let key = name.as_str().to_owned();
        let font = match self.fonts.get(&key) {
            Some(font) => Some(Rc::clone(font)),
            None => resources.get_font(name).map(|dict| self.known.font(&key, &dict)),
        };
        if let Some(font) = &font {
            self.fonts.insert(key, Rc::clone(font));
            self.state.family = font.family.as_str().into();
        }
        self.state.font = font;
        self.state.size = size;
    }

    fn advance(&mut self, by: f64) {
        self.text = product([1.0, 0.0, 0.0, 1.0, by * self.state.scale, 0.0], self.text);
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        Budget::spend(&self.budget.marks, bytes.len())?;
        for shown in font.show(bytes) {
            let blank = if shown.is_blank_byte { self.state.word_spacing } else { 0.0 };
            let width = shown.width / 1000.0 * self.state.size;
            let matrix = product(self.text, self.state.matrix);
            self.keep_glyph(&font, shown.text, matrix, width * self.state.scale);
            self.advance(width + self.state.letter_spacing + blank);
        }
        Ok(())
    }

    /// Letters on a slanted or upright baseline are marks over the text, not the text.
    fn keep_glyph(&mut self, font: &Font, text: String, matrix: Matrix, width: f64) {
        const FILL_AND_STROKE: i64 = 2;
        let [a, b, c, d, _, _] = matrix;
        if text.is_empty() || b.abs() > a.abs() * 0.05 || a <= 0.0 {
            return;
        }
        let (x0, y) = applied(matrix, 0.0, self.state.rise);
        let (x1, _) = applied(matrix, width, self.state.rise);
        self.marks.glyphs.push(Glyph {
            text,
            x0,
            x1,
            y,
            size_pt: self.state.size.abs() * (c * c + d * d).sqrt(),
            font: Rc::clone(&self.state.family),
            bold: font.bold || self.state.mode == FILL_AND_STROKE,
            italic: font.italic || c.abs() > d.abs() * 0.1,
            colour: Rc::clone(&self.state.colour),
        });
    }
}

/// Whether a stream calls itself a picture: its data were not weighed, so they are not unpacked.
fn is_picture(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Image")
}

/// A stream's content; pictures pretending to be one are left alone.
pub(super) fn decoded(stream: &Stream<'_>) -> Option<Vec<u8>> {
    if is_picture(stream) {
        return None;
    }
    stream.decoded().ok().map(|data| data.into_owned())
}
