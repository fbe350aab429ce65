//! Paragraphs and runs.

use domain::reports::{Emphasis, Run};

use super::xml::{Element, element, value};

/// Twentieths of a point in a millimetre.
pub(super) const TWIPS_PER_MM: f64 = 1440.0 / 25.4;

/// A length in millimetres as twips.
pub(super) fn twips(mm: f64) -> i64 {
    (mm * TWIPS_PER_MM).round() as i64
}

/// How a paragraph stands across the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// As its style says.
    Style,
    Left,
    Centre,
    Right,
}

/// A paragraph under construction: style, then place, then runs.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    style: &'static str,
    stand: Stand,
    numbered: bool,
    keep_with_next: bool,
    page_break_before: bool,
    /// Moved in from both sides, in millimetres.
    sides_mm: f64,
    section: Option<Element>,
    runs: Vec<Element>,
}

impl Paragraph {
    /// A paragraph of a style of `styles.xml`.
    pub(super) fn new(style: &'static str) -> Self {
        Self {
            style,
            stand: Stand::Style,
            numbered: false,
            keep_with_next: false,
            page_break_before: false,
            sides_mm: 0.0,
            section: None,
            runs: Vec::new(),
        }
    }

    pub(super) fn stand(mut self, stand: Stand) -> Self {
        self.stand = stand;
        self
    }

    /// An item of the dash list.
    pub(super) fn dashed(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// Given a part of its room only, in the middle.
    pub(super) fn within(mut self, width_mm: f64, room_mm: f64) -> Self {
        self.sides_mm = ((room_mm - width_mm) / 2.0).max(0.0);
        self
    }

    /// Never on another page than what follows.
    pub(super) fn with_next(mut self, keep: bool) -> Self {
        self.keep_with_next = keep;
        self
    }

    pub(super) fn on_a_new_page(mut self, new: bool) -> Self {
        self.page_break_before = new;
        self
    }

    /// The last paragraph of a section carries the section's page.
    pub(super) fn closing_section(mut self, section: Element) -> Self {
        self.section = Some(section);
        self
    }

    /// Adds words as one run.
    pub(super) fn words(self, text: &str) -> Self {
        self.emphasised(text, Emphasis::Plain)
    }

    pub(super) fn emphasised(mut self, text: &str, emphasis: Emphasis) -> Self {
        self.runs.push(run(text, emphasis));
        self
    }

    /// Adds the runs of the content model.
    pub(super) fn runs(mut self, runs: &[Run]) -> Self {
        self.runs.extend(runs.iter().map(|words| match words.is_flagged() {
            true => flagged(words.printed()),
            false => run(words.printed(), words.emphasis()),
        }));
        self
    }

    /// Ends the line.
    pub(super) fn line_break(mut self) -> Self {
        self.runs.push(element("w:r").child(element("w:br")));
        self
    }

    /// Adds a run made elsewhere (a picture, a field).
    pub(super) fn run(mut self, run: Element) -> Self {
        self.runs.push(run);
        self
    }

    /// The element, its properties in the order of the schema.
    pub(super) fn build(self) -> Element {
        let mut properties = element("w:pPr").child(value("w:pStyle", self.style));
        if self.keep_with_next {
            properties = properties.child(element("w:keepNext"));
        }
        if self.page_break_before {
            properties = properties.child(element("w:pageBreakBefore"));
        }
        if self.numbered {
            let list = element("w:numPr").child(value("w:ilvl", 0)).child(value("w:numId", 1));
            properties = properties.child(list);
        }
        let stand = match self.stand {
            Stand::Style => None,
            Stand::Left => Some("left"),
            Stand::Centre => Some("center"),
            Stand::Right => Some("right"),
        };
        // What stands in the middle has no first-line indent, which would push it aside.
        let side = twips(self.sides_mm);
        let sides = ["w:left", "w:right"].into_iter().filter(|_| side > 0);
        let level = (self.stand == Stand::Centre || side > 0).then(|| {
            let indents = sides.fold(element("w:ind"), |indents, name| indents.attribute(name, side));
            indents.attribute("w:firstLine", 0)
        });
        properties =
            properties.children(level).children(stand.map(|stand| value("w:jc", stand))).children(self.section);
        element("w:p").child(properties).children(self.runs)
    }
}

fn run(text: &str, emphasis: Emphasis) -> Element {
    let mark = match emphasis {
        Emphasis::Plain => None,
        Emphasis::Bold => Some("w:b"),
        Emphasis::Italic => Some("w:i"),
    };
    marked(text, mark.map(|mark| element("w:rPr").child(element(mark))))
}

/// A figure without value in a sentence: bold and marked yellow, so that nobody signs over it.
fn flagged(text: &str) -> Element {
    marked(text, Some(element("w:rPr").child(element("w:b")).child(value("w:highlight", "yellow"))))
}

fn marked(text: &str, properties: Option<Element>) -> Element {
    let words = element("w:t").attribute("xml:space", "preserve").text(text);
    element("w:r").children(properties).child(words)
}

/// A rule under a text: an empty line with a border above it, as long as `length_mm` in a room of `room_mm`.
pub(super) fn rule(length_mm: f64, room_mm: f64) -> Element {
    let side = twips(((room_mm - length_mm) / 2.0).max(0.0));
    let border = value("w:top", "single").attribute("w:sz", 6).attribute("w:space", 1).attribute("w:color", "000000");
    let properties = element("w:pPr")
        .child(value("w:pStyle", "Rule"))
        .child(element("w:pBdr").child(border))
        .child(element("w:ind").attribute("w:left", side).attribute("w:right", side));
    element("w:p").child(properties)
}
