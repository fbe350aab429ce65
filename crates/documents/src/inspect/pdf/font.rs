//! Fonts of a PDF: what a code says, how wide it is, how the typeface is called.

use std::collections::BTreeMap;

use hayro_interpret::hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use crate::fonts::text_width;

/// A font as text is shown in it.
pub(super) struct Font {
    /// Family without the mark of a subset and without the words for weight and slant.
    pub(super) family: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Codes of two bytes.
    is_wide: bool,
    widths: BTreeMap<u32, f64>,
    default_width: Option<f64>,
    unicode: Option<CMap>,
    encoding: BTreeMap<u32, String>,
}

/// One code of a shown string.
pub(super) struct Shown {
    pub(super) text: String,
    /// In thousandths of the size.
    pub(super) width: f64,
    /// A blank of one byte, to which word spacing applies.
    pub(super) is_blank_byte: bool,
}

impl Font {
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let is_wide = name(dict, "Subtype").as_deref() == Some("Type0");
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let inner = descendant.as_ref().unwrap_or(dict);
        let descriptor = inner.get::<Dict<'_>>("FontDescriptor");
        let base = name(dict, "BaseFont").or_else(|| name(inner, "BaseFont")).unwrap_or_default();
        let full = base.split_once('+').filter(|(mark, _)| mark.len() == 6).map_or(base.as_str(), |(_, rest)| rest);
        let lower = full.to_ascii_lowercase();
        let described = |key: &str| descriptor.as_ref().and_then(|dict| dict.get::<Number>(key)).map(|n| n.as_f64());
        let unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| super::content::decoded(&stream))
            .and_then(|data| CMap::parse(&data, |_| None));
        let (widths, default_width) =
            if is_wide { wide_widths(inner) } else { widths(dict, described("MissingWidth")) };
        Self {
            family: family(full),
            bold: ["bold", "black", "heavy", "demi"].iter().any(|word| lower.contains(word))
                || described("FontWeight").is_some_and(|weight| weight >= 600.0),
            italic: ["italic", "oblique"].iter().any(|word| lower.contains(word))
                || described("ItalicAngle").is_some_and(|angle| angle != 0.0),
            is_wide,
            widths,
            default_width,
            unicode,
            encoding: encoding(dict),
        }
    }

    /// The codes of a string in order.
    pub(super) fn show(&self, bytes: &[u8]) -> Vec<Shown> {
        let code = |bytes: &[u8]| bytes.iter().fold(0_u32, |code, byte| (code << 8) | u32::from(*byte));
        let step = if self.is_wide { 2 } else { 1 };
        bytes
            .chunks(step)
            .map(|bytes| {
                let text = self.unicode(code(bytes));
                Shown { width: self.width(code(bytes), &text), text, is_blank_byte: bytes == b" " }
            })
            .collect()
    }

    fn unicode(&self, code: u32) -> String {
        match self.unicode.as_ref().and_then(|map| map.lookup_bf_string(code)) {
            Some(BfString::Char(c)) => return c.to_string(),
            Some(BfString::String(text)) => return text,
            None => {}
        }
        if self.is_wide {
            return String::new();
        }
        self.encoding.get(&code).cloned().or_else(|| western(code).map(String::from)).unwrap_or_default()
    }

    fn width(&self, code: u32, text: &str) -> f64 {
        let known = self.widths.get(&code).copied().or(self.default_width);
        known.unwrap_or_else(|| text_width(text, self.bold, 1000.0))
    }
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    Some(dict.get::<Name<'_>>(key)?.as_str().to_owned())
}

/// `TimesNewRomanPS-BoldMT` → `TimesNewRoman`.
fn family(full: &str) -> String {
    let stem = full.split(['-', ',']).next().unwrap_or_default();
    let stem = stem.strip_suffix("MT").unwrap_or(stem);
    stem.strip_suffix("PS").unwrap_or(stem).to_owned()
}

/// Widths of a font with codes of one byte; none where the font is one that every reader has.
fn widths(dict: &Dict<'_>, missing: Option<f64>) -> (BTreeMap<u32, f64>, Option<f64>) {
    let first = dict.get::<Number>("FirstChar").map_or(0, |n| u32::try_from(n.as_i64()).unwrap_or(0));
    let listed = dict.get::<Array<'_>>("Widths");
    let widths: BTreeMap<u32, f64> = listed
        .iter()
        .flat_map(|list| list.iter::<Number>())
        .take(256)
        .enumerate()
        .map(|(at, width)| (first.saturating_add(at as u32), width.as_f64()))
        .collect();
    let default = if widths.is_empty() { None } else { Some(missing.unwrap_or(0.0)) };
    (widths, default)
}

/// Widths by glyph: `c [w w …]` and `from to w`.
fn wide_widths(dict: &Dict<'_>) -> (BTreeMap<u32, f64>, Option<f64>) {
    /// No font has more glyphs.
    const GLYPHS_MAX: u32 = 65_536;
    let mut widths = BTreeMap::new();
    let default = dict.get::<Number>("DW").map_or(1000.0, |n| n.as_f64());
    let Some(list) = dict.get::<Array<'_>>("W") else { return (widths, Some(default)) };
    let mut pending: Vec<f64> = Vec::new();
    for item in list.iter::<Object<'_>>().take(200_000) {
        match item {
            Object::Number(number) => pending.push(number.as_f64()),
            Object::Array(run) => {
                let first = pending.pop().unwrap_or(0.0) as u32;
                let run = run.iter::<Number>().take(GLYPHS_MAX as usize);
                widths.extend(run.enumerate().map(|(at, width)| (first.saturating_add(at as u32), width.as_f64())));
                pending.clear();
            }
            _ => pending.clear(),
        }
        if let [from, to, width] = pending[..] {
            let (from, to) = (from as u32, (to as u32).min(GLYPHS_MAX));
            widths.extend((from..=to).map(|code| (code, width)));
            pending.clear();
        }
    }
    (widths, Some(default))
}

/// What a font says about its own codes.
fn encoding(dict: &Dict<'_>) -> BTreeMap<u32, String> {
    let mut known = BTreeMap::new();
    let Some(list) = dict.get::<Dict<'_>>("Encoding").and_then(|dict| dict.get::<Array<'_>>("Differences")) else {
        return known;
    };
    let mut code = 0_u32;
    for item in list.iter::<Object<'_>>().take(1024) {
        match item {
            Object::Number(number) => code = u32::try_from(number.as_i64()).unwrap_or(0),
            Object::Name(glyph) => {
                if let Some(text) = glyph_text(glyph.as_str()) {
                    known.insert(code, text);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    known
}

/// The text of a glyph's name: a letter itself, `uni1EBF`, or one of the few words that texts need.
fn glyph_text(name: &str) -> Option<String> {
    let by_code = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))
        .and_then(|hex| char::from_u32(u32::from_str_radix(hex.get(..4)?, 16).ok()?));
    let c = match name {
        "space" | "nbspace" => ' ',
        "comma" => ',',
        "period" => '.',
        "hyphen" | "minus" => '-',
        "slash" => '/',
        "colon" => ':',
        "semicolon" => ';',
        "parenleft" => '(',
        "parenright" => ')',
        "dcroat" => 'đ',
        "Dcroat" => 'Đ',
        _ => match (name.chars().next(), name.chars().count()) {
            (Some(c), 1) => c,
            _ => by_code.or_else(|| digit(name))?,
        },
    };
    Some(c.to_string())
}

fn digit(name: &str) -> Option<char> {
    const NAMES: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    char::from_digit(u32::try_from(NAMES.iter().position(|known| *known == name)?).ok()?, 10)
}

/// Codes without any encoding: those of Windows for western Europe.
fn western(code: u32) -> Option<char> {
    const UPPER: [char; 32] = [
        '€', '•', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '•', 'Ž', '•', '•', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '•', 'ž', 'Ÿ',
    ];
    match code {
        0x80..=0x9f => UPPER.get(code as usize - 0x80).copied(),
        _ => char::from_u32(code).filter(|c| !c.is_control()),
    }
}
