//! Blocks of a document's body: headings, paragraphs of runs, lists, tables, charts, places for typed text.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::figure::FigureReference;
use super::numbering::HeadingRank;

/// One block of a body, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "content")]
pub enum Block {
    /// A numbered heading.
    Heading(Heading),
    /// A numbered paragraph: an article, a clause or a point that has no title of its own.
    Item {
        /// Which number it carries.
        rank: HeadingRank,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A paragraph in the middle of the line.
    Centred(Vec<Run>),
    /// A list with a dash before each item.
    List(Vec<Vec<Run>>),
    /// A table.
    Table(Table),
    /// A chart with its data.
    Chart(Chart),
    /// A place for text that a person types.
    Place(Place),
    /// What follows begins a page.
    PageBreak,
}

impl Block {
    /// A heading.
    pub fn heading(rank: HeadingRank, title: impl Into<String>) -> Self {
        Self::Heading(Heading { rank, title: title.into() })
    }

    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Run::text(text)])
    }
}

/// A heading; its number is counted by [`super::Numbering`], never typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Which number it carries.
    pub rank: HeadingRank,
    /// Its title as written; [`Heading::printed_title`] puts it in capitals where the rank demands it.
    pub title: String,
}

impl Heading {
    /// The title as printed.
    pub fn printed_title(&self) -> String {
        if self.rank.is_upper_case() { self.title.to_uppercase() } else { self.title.clone() }
    }
}

/// How a run of text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emphasis {
    /// Not at all.
    #[default]
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

/// A run: text of one emphasis, or a number tied to its figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// How they stand out.
        emphasis: Emphasis,
    },
    /// A number.
    Figure(FigureReference),
}

impl Run {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), emphasis: Emphasis::Plain }
    }

    /// Bold words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), emphasis: Emphasis::Bold }
    }

    /// Italic words.
    pub fn italic(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), emphasis: Emphasis::Italic }
    }

    /// What the reader sees.
    pub fn printed(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            Self::Figure(figure) => &figure.printed,
        }
    }

    /// How it stands out; numbers are plain, a flagged one is bold.
    pub fn emphasis(&self) -> Emphasis {
        match self {
            Self::Text { emphasis, .. } => *emphasis,
            Self::Figure(_) if self.is_flagged() => Emphasis::Bold,
            Self::Figure(_) => Emphasis::Plain,
        }
    }

    /// Whether a figure that a sentence states has no value: every output must show it.
    pub fn is_flagged(&self) -> bool {
        matches!(self, Self::Figure(figure) if figure.is_flagged())
    }
}

/// Whether a sheet stands upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side; for wide tables of an annex.
    Landscape,
}

/// How a column's cells stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Ordinals and short marks.
    Centre,
    /// Numbers.
    Right,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Head.
    pub head: String,
    /// How its cells stand.
    pub align: Align,
    /// Share of the width, relative to the other columns.
    pub width: f64,
}

impl Column {
    /// A column with this head, alignment and relative width.
    pub fn new(head: impl Into<String>, align: Align, width: f64) -> Self {
        Self { head: head.into(), align, width }
    }
}

/// One cell: runs on one line or more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cell(pub Vec<Run>);

impl Cell {
    /// A cell of plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Run::text(text)])
    }

    /// A cell with one number.
    pub fn figure(figure: FigureReference) -> Self {
        Self(vec![Run::Figure(figure)])
    }

    /// What the reader sees.
    pub fn printed(&self) -> String {
        self.0.iter().map(Run::printed).collect()
    }
}

/// What a row is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// Data.
    #[default]
    Body,
    /// A heading over the rows that follow; only its first cell is filled and spans the table.
    Group,
    /// A total, printed bold.
    Total,
}

/// A row of a table: one cell per column (a group row: one cell).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What it is for.
    pub kind: RowKind,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A table. Its head is repeated on every page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows; printed above, after `Bảng n.`. Empty where the text says it: an agenda, a list.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// A note under the table: source, completeness, what is missing.
    pub note: Option<String>,
}

/// How a chart draws its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Horizontal bars of one series, longest names first-class.
    Bar,
    /// Upright bars, the series of a category side by side.
    GroupedBar,
    /// Horizontal bars, the series of a category one after another: parts of a whole.
    StackedBar,
    /// Lines over years.
    Line,
    /// A pie of one series.
    Pie,
}

/// One series of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Name in the legend.
    pub name: String,
    /// One value per category; `None` is missing and is drawn as a gap.
    pub values: Vec<Option<f64>>,
}

/// A chart. Its data are part of the document: they are printed as a small table below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// The finding in one sentence.
    pub title: String,
    /// What a reader who cannot see it is told.
    pub description: String,
    /// What the values count in: `%`, `học sinh`.
    pub measure: String,
    /// Decimals of the printed values.
    pub decimals: u8,
    /// Names along the axis.
    pub categories: Vec<String>,
    /// Series, in the order of the legend.
    pub series: Vec<Series>,
}

impl Chart {
    /// A value as the chart and its table print it.
    pub fn printed(&self, value: Option<f64>) -> String {
        value.map_or_else(|| super::MISSING.to_owned(), |v| crate::vietnamese::format_number(v, self.decimals))
    }

    /// What the values count in, as papers say it.
    pub fn measured_in(&self) -> String {
        format!("Đơn vị tính: {}", self.measure)
    }

    /// Heads and rows of the table of its data: categories down, series across.
    pub fn data_table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let heads = std::iter::once(self.measured_in()).chain(self.series.iter().map(|s| s.name.clone())).collect();
        let rows = self.categories.iter().enumerate().map(|(at, category)| {
            let values = self.series.iter().map(|s| self.printed(s.values.get(at).copied().flatten()));
            std::iter::once(category.clone()).chain(values).collect()
        });
        (heads, rows.collect())
    }
}

/// A place for text that a person types in the page: strengths, causes, lessons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Which place: `strengths`, `shortcomings` …
    pub code: String,
    /// What to write there; printed in italics while it is empty.
    pub guidance: String,
    /// What was typed, its references put into print; empty while nothing is.
    pub paragraphs: Vec<Vec<Run>>,
}

impl Place {
    /// The paragraphs to print: what was typed, or the guidance in italics.
    pub fn printed(&self) -> Cow<'_, [Vec<Run>]> {
        if self.paragraphs.is_empty() {
            return Cow::Owned(vec![vec![Run::italic(format!("[{}]", self.guidance))]]);
        }
        Cow::Borrowed(&self.paragraphs)
    }
}

/// All numbers that a block states, in order.
pub(super) fn figures_of(block: &Block) -> Vec<&FigureReference> {
    fn pick(run: &Run) -> Option<&FigureReference> {
        match run {
            Run::Figure(figure) => Some(figure),
            Run::Text { .. } => None,
        }
    }
    match block {
        Block::Paragraph(runs) | Block::Centred(runs) | Block::Item { runs, .. } => {
            runs.iter().filter_map(pick).collect()
        }
        Block::List(items) => items.iter().flatten().filter_map(pick).collect(),
        Block::Place(place) => place.paragraphs.iter().flatten().filter_map(pick).collect(),
        Block::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.0).filter_map(pick).collect()
        }
        _ => Vec::new(),
    }
}
