//! What was read, whatever the file's format: sheets with margins and page numbers, paragraphs with their look.
//!
//! Lengths are in millimetres, sizes and spacings in points. What a format does not tell is `None`: rules then keep
//! silent instead of guessing.

use serde::{Deserialize, Serialize};

/// The format that a file really has, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
}

/// A document as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its format.
    pub format: Format,
    /// Its sheets: each page of a PDF; of a .docx, the first and a further page of each section.
    pub sheets: Vec<Sheet>,
    /// Its paragraphs in reading order, without the heads and feet of pages.
    pub paragraphs: Vec<Paragraph>,
}

/// A page, or one that stands for all like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The page, from 1; `None` where the format does not break pages.
    pub page: Option<usize>,
    /// The section, from 0; a PDF has one.
    pub section: usize,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
    /// Room around the text.
    pub margins: Margins,
    /// Whether it is the first of its section (.docx) or file (PDF).
    pub is_first: bool,
    /// Whether there surely is such a page: a .docx does not say how many pages it has.
    pub is_certain: bool,
    /// The page number that it shows.
    pub number: Option<PageNumber>,
}

/// The four margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// Above the text.
    pub top: Extent,
    /// Below the text.
    pub bottom: Extent,
    /// Left of the text.
    pub left: Extent,
    /// Right of the text.
    pub right: Extent,
}

/// A length that is known to lie between two bounds: a PDF shows where text stands, not where it could have stood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Not less than this.
    pub least_mm: f64,
    /// Not more than this.
    pub most_mm: f64,
}

impl Extent {
    /// A length that is known.
    pub const fn exactly(mm: f64) -> Self {
        Self { least_mm: mm, most_mm: mm }
    }

    /// A length that is not more than this.
    pub const fn at_most(mm: f64) -> Self {
        Self { least_mm: 0.0, most_mm: mm }
    }
}

/// How a page's number is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PageNumber {
    /// As printed; of a .docx, the number that a second page would show.
    pub text: String,
    /// Its look.
    pub span: Span,
    /// How it stands across the page.
    pub align: Option<Align>,
    /// Whether it stands in the top margin.
    pub is_at_top: bool,
}

/// How text stands across its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left edge straight.
    Left,
    /// Centred.
    Centre,
    /// Right edge straight.
    Right,
    /// Both edges straight.
    Both,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the flow of the text.
    Text,
    /// In a cell of a table, or in one of two columns side by side.
    Cell {
        /// The table, counted through the document.
        table: usize,
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// Whether the table has visible rules: data, not an aid for placing.
        is_ruled: bool,
    },
    /// In a text box.
    Box,
}

/// A rule under a line of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its length; `None` where it is drawn but cannot be measured.
    pub length_mm: Option<f64>,
}

/// A run of text of one look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// The words, as a reader sees them.
    pub text: String,
    /// The typeface's family.
    pub font: String,
    /// Size.
    pub size_pt: f64,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Colour as `rrggbb`; `000000` is black.
    pub colour: String,
}

/// A paragraph, or one line of it where lines were broken by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its sheet's place in [`Paper::sheets`].
    pub sheet: usize,
    /// Where it stands.
    pub place: Place,
    /// An automatic number or mark that stands before the words.
    pub label: String,
    /// Its words.
    pub spans: Vec<Span>,
    /// How it stands across its room.
    pub align: Option<Align>,
    /// How far its first line is moved in, from the edge of the text.
    pub first_line_mm: Option<f64>,
    /// Room above it.
    pub before_pt: Option<f64>,
    /// Room below it.
    pub after_pt: Option<f64>,
    /// Distance of its lines: 1 is single.
    pub line_spacing: Option<f64>,
    /// A rule under it.
    pub rule_below: Option<Rule>,
    /// The length of its (longest) line.
    pub width_mm: f64,
    /// The height of its first line on its sheet, from above; only PDF tells.
    pub y_mm: Option<f64>,
    /// Whether it goes on in the next paragraph of this list, because a line was broken by hand.
    pub is_broken: bool,
}

impl Paragraph {
    /// The words with the label before them, as a reader sees them.
    pub fn text(&self) -> String {
        let words: String = self.spans.iter().map(|span| span.text.as_str()).collect();
        match self.label.is_empty() {
            true => words,
            false => format!("{} {words}", self.label),
        }
    }

    /// The spans that show something.
    pub fn visible(&self) -> impl Iterator<Item = &Span> {
        self.spans.iter().filter(|span| span.text.chars().any(|c| !c.is_whitespace()))
    }

    /// Whether it shows nothing.
    pub fn is_blank(&self) -> bool {
        self.label.is_empty() && self.visible().next().is_none()
    }

    /// Whether it stands in a table that has visible rules.
    pub fn is_in_table(&self) -> bool {
        matches!(self.place, Place::Cell { is_ruled: true, .. })
    }
}

impl Paper {
    /// The words, a line each paragraph; cells of a row are parted by tabs.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut previous: Option<Place> = None;
        for paragraph in self.paragraphs.iter().filter(|paragraph| !paragraph.is_blank()) {
            if let Some(previous) = previous {
                text.push(if is_same_row(previous, paragraph.place) { '\t' } else { '\n' });
            }
            previous = Some(paragraph.place);
            text.push_str(paragraph.text().trim());
        }
        text
    }
}

fn is_same_row(one: Place, other: Place) -> bool {
    match (one, other) {
        (
            Place::Cell { table, row, column, is_ruled: true },
            Place::Cell { table: other_table, row: other_row, column: other_column, .. },
        ) => table == other_table && row == other_row && column != other_column,
        _ => false,
    }
}
