//! What is compared: a line of the frozen content with its place, a line that came back.

use std::borrow::Cow;

use domain::reports::signing::BlockPlace;
use domain::reports::{Block, Cell, Document, Emphasis, FigureReference, Printed, Row, Run, Table};
use domain::vietnamese::normalise;

use super::{Part, Spot};
use crate::inspect::{Paper, Paragraph, Place, Span};

/// A line of the frozen content: one cell, or the cells of a table's row.
pub(super) struct Unit<'a> {
    pub(super) place: Option<BlockPlace>,
    pub(super) part: Part,
    /// Where something stands that comes right after it.
    pub(super) spot: Spot,
    /// The place for people.
    pub(super) at: String,
    pub(super) cells: Vec<Words<'a>>,
    /// Whether its words are made from figures and are never edited.
    pub(super) is_fixed: bool,
}

/// Words of a line or a cell: a label that is counted, then runs.
pub(super) struct Words<'a> {
    label: String,
    runs: Cow<'a, [Run]>,
}

/// A line that came back.
pub(super) struct Returned<'a> {
    pub(super) cells: Vec<Back<'a>>,
}

/// Paragraphs of a line or a cell that came back.
pub(super) struct Back<'a> {
    paragraphs: Vec<&'a Paragraph>,
}

/// Text without blanks, in one spelling.
pub(super) fn squeezed(text: &str) -> String {
    normalise(text).chars().filter(|c| !c.is_whitespace()).collect()
}

impl Unit<'_> {
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(Words::text).collect::<Vec<_>>().join("\t")
    }

    pub(super) fn key(&self) -> String {
        squeezed(&self.text())
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = &FigureReference> {
        self.cells.iter().flat_map(|words| words.runs.iter()).filter_map(|run| match run {
            Run::Figure(figure) => Some(figure),
            Run::Text { .. } => None,
        })
    }
}

impl Words<'_> {
    pub(super) fn text(&self) -> String {
        let words: String = self.runs.iter().map(Run::printed).collect();
        if self.label.is_empty() { words } else { format!("{} {words}", self.label) }
    }

    /// The edited words as runs with every number tied to its figure again, or the number that is lost.
    pub(super) fn taken_over(&self, back: &Back<'_>) -> Result<Vec<Run>, String> {
        let mut spans = back.spans();
        drop_start(&mut spans, &self.label);
        let mut runs: Vec<Run> = Vec::new();
        for figure in self.runs.iter().filter_map(|run| match run {
            Run::Figure(figure) => Some(figure),
            Run::Text { .. } => None,
        }) {
            let (before, after) = split(&spans, &figure.printed).ok_or_else(|| figure.printed.clone())?;
            runs.extend(before.iter().map(run));
            runs.push(Run::Figure(figure.clone()));
            spans = after;
        }
        runs.extend(spans.iter().map(run));
        Ok(runs)
    }
}

impl Returned<'_> {
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(Back::text).collect::<Vec<_>>().join("\t")
    }

    pub(super) fn key(&self) -> String {
        squeezed(&self.text())
    }

    pub(super) fn is_in_table(&self) -> bool {
        self.cells.iter().flat_map(|cell| &cell.paragraphs).any(|paragraph| paragraph.is_in_table())
    }

    /// The words as they look; cells are parted by nothing, for nothing is made of them.
    pub(super) fn runs(&self) -> Vec<Run> {
        self.cells.iter().flat_map(Back::spans).map(|span| run(&span)).collect()
    }
}

impl Back<'_> {
    pub(super) fn text(&self) -> String {
        let words: Vec<String> = self.paragraphs.iter().map(|paragraph| paragraph.text().trim().to_owned()).collect();
        words.join(" ").trim().to_owned()
    }

    fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        for paragraph in &self.paragraphs {
            let label = (!paragraph.label.is_empty())
                .then(|| Span { text: format!("{} ", paragraph.label), ..Span::default() });
            spans.extend(label);
            spans.extend(paragraph.spans.iter().cloned());
        }
        spans
    }
}

fn run(span: &Span) -> Run {
    let emphasis = match (span.bold, span.italic) {
        (true, _) => Emphasis::Bold,
        (false, true) => Emphasis::Italic,
        (false, false) => Emphasis::Plain,
    };
    Run::Text { text: span.text.clone(), emphasis }
}

/// Takes a label away from the start of spans, however it is parted.
fn drop_start(spans: &mut Vec<Span>, label: &str) {
    let mut left = squeezed(label);
    while let (Some(span), false) = (spans.first_mut(), left.is_empty()) {
        let Some(c) = span.text.chars().next() else {
            spans.remove(0);
            continue;
        };
        if !c.is_whitespace() && !left.starts_with(c) {
            return;
        }
        if left.starts_with(c) {
            left.drain(..c.len_utf8());
        }
        span.text.drain(..c.len_utf8());
    }
    if let Some(span) = spans.first_mut() {
        span.text = span.text.trim_start().to_owned();
    }
    spans.retain(|span| !span.text.is_empty());
}

/// Parts spans before and after the first place of a number that stands as a whole: `12` is not found in `120`.
fn split(spans: &[Span], printed: &str) -> Option<(Vec<Span>, Vec<Span>)> {
    let whole: String = spans.iter().map(|span| span.text.as_str()).collect();
    let at = whole.match_indices(printed).map(|(at, _)| at).find(|at| {
        let is_number = |c: char| c.is_ascii_digit();
        let before = whole[..*at].chars().next_back();
        let rest = &whole[at + printed.len()..];
        let mut after = rest.chars();
        let (next, second) = (after.next(), after.next());
        let goes_on = next.is_some_and(is_number) || (matches!(next, Some(',' | '.')) && second.is_some_and(is_number));
        let begins_in = before.is_some_and(|c| is_number(c) || c == ',' || c == '.');
        let is_cut = (printed.ends_with(is_number) && goes_on) || (printed.starts_with(is_number) && begins_in);
        !is_cut
    })?;
    let (mut before, mut after, mut from) = (Vec::new(), Vec::new(), 0);
    for span in spans {
        let to = from + span.text.len();
        let cut = |start: usize, end: usize| {
            let (start, end) = (start.clamp(from, to) - from, end.clamp(from, to) - from);
            (start < end).then(|| Span { text: span.text[start..end].to_owned(), ..span.clone() })
        };
        before.extend(cut(0, at));
        after.extend(cut(at + printed.len(), usize::MAX));
        from = to;
    }
    Some((before, after))
}

/// The lines of the frozen content in reading order.
pub(super) fn expected(document: &Document) -> Vec<Unit<'_>> {
    let mut units: Vec<Unit<'_>> =
        document.opening().lines().into_iter().map(|line| plain("phần đầu văn bản", line)).collect();
    for (body, (printed, blocks)) in document.printed().into_iter().zip(document.bodies()).enumerate() {
        if let Some(opening) = body.checked_sub(1).and_then(|annex| document.annex_opening(annex)) {
            units.extend(opening.lines().into_iter().map(|line| plain("đầu phụ lục", line)));
        }
        push_body(&mut units, body, printed, blocks);
        if body == 0 {
            let lines = document.closing().map(|closing| closing.lines()).unwrap_or_default();
            units.extend(lines.into_iter().map(|line| plain("phần cuối văn bản", line)));
        }
    }
    units.retain(|unit| !unit.key().is_empty());
    set_spots(&mut units);
    units
}

/// What comes after a unit of a block stands after that block; after the last line of a head, before the first block.
fn set_spots(units: &mut [Unit<'_>]) {
    let next: Vec<Option<BlockPlace>> = units.iter().skip(1).map(|unit| unit.place).chain([None]).collect();
    for (unit, next) in units.iter_mut().zip(next) {
        unit.spot = match (unit.place, next) {
            (Some(place), _) => Spot::After { place, part: unit.part },
            (None, Some(next)) => Spot::Start(next.body),
            (None, None) => Spot::Outside,
        };
    }
}

fn plain(at: &str, line: String) -> Unit<'static> {
    let runs = Cow::Owned(vec![Run::text(line)]);
    let cells = vec![Words { label: String::new(), runs }];
    Unit { place: None, part: Part::Fixed, spot: Spot::Outside, at: at.to_owned(), cells, is_fixed: false }
}

fn push_body<'a>(units: &mut Vec<Unit<'a>>, body: usize, printed: Vec<Printed<'a>>, blocks: &'a [Block]) {
    let lengths = blocks.iter().map(|block| match block {
        Block::Place(place) => place.printed().len(),
        _ => 1,
    });
    let owners = lengths.enumerate().flat_map(|(at, length)| (0..length).map(move |line| (at, line)));
    let mut owners = owners.map(Some).chain(std::iter::repeat(None));
    for block in printed {
        let owner = owners.next().flatten();
        let place = owner.map(|(at, _)| BlockPlace {
            body: u32::try_from(body).unwrap_or(u32::MAX),
            block: u32::try_from(at).unwrap_or(u32::MAX),
        });
        let is_place = owner.is_some_and(|(at, _)| matches!(blocks[at], Block::Place(_)));
        let part = match owner {
            Some((_, line)) if is_place => Part::Line(line),
            Some(_) => Part::Whole,
            None => Part::Fixed,
        };
        push_block(units, place, part, block);
    }
}

fn push_block<'a>(units: &mut Vec<Unit<'a>>, place: Option<BlockPlace>, part: Part, block: Printed<'a>) {
    let mut push = |part: Part, label: String, runs: Cow<'a, [Run]>| {
        let mut at: String = runs.iter().map(Run::printed).collect();
        if let Some((end, _)) = at.char_indices().nth(60) {
            at.truncate(end);
            at.push('…');
        }
        let cells = vec![Words { label, runs }];
        units.push(Unit { place, part, spot: Spot::Outside, at: format!("đoạn «{at}»"), cells, is_fixed: false });
    };
    let owned = |text: &str| Cow::Owned(vec![Run::text(text)]);
    match block {
        Printed::Heading { rank, label, title } if rank.is_stacked() => {
            push(Part::Label, String::new(), owned(&label));
            push(part, String::new(), owned(&title));
        }
        Printed::Heading { label, title, .. } => push(part, label, owned(&title)),
        Printed::Paragraph { runs } | Printed::Centred { runs } => push(part, String::new(), runs),
        Printed::Item { label, runs, .. } => push(part, label, runs),
        Printed::List { items } => {
            let items: Vec<Cow<'a, [Run]>> = match items {
                Cow::Borrowed(items) => items.iter().map(|item| Cow::Borrowed(item.as_slice())).collect(),
                Cow::Owned(items) => items.into_iter().map(Cow::Owned).collect(),
            };
            items.into_iter().enumerate().for_each(|(line, item)| push(Part::Line(line), "-".to_owned(), item));
        }
        Printed::Table { caption, table } => push_table(units, place, &caption, table),
        Printed::Chart { caption, chart, .. } => {
            push(Part::Caption, String::new(), owned(&caption));
            let (heads, rows) = chart.data_table();
            for (nth, row) in std::iter::once(heads).chain(rows).enumerate() {
                let cells =
                    row.into_iter().map(|text| Words { label: String::new(), runs: Cow::Owned(vec![Run::text(text)]) });
                units.push(Unit {
                    place,
                    part: Part::Fixed,
                    spot: Spot::Outside,
                    at: format!("{caption}, dòng {nth}"),
                    cells: cells.collect(),
                    is_fixed: true,
                });
            }
        }
        Printed::PageBreak => {}
    }
}

fn push_table<'a>(units: &mut Vec<Unit<'a>>, place: Option<BlockPlace>, caption: &str, table: &'a Table) {
    let text = |text: &str| Words { label: String::new(), runs: Cow::Owned(vec![Run::text(text)]) };
    let name = caption.split(". ").next().filter(|name| !name.is_empty()).unwrap_or("Bảng");
    let unit = |part: Part, at: String, cells: Vec<Words<'a>>| Unit {
        place,
        part,
        spot: Spot::Outside,
        at,
        cells,
        is_fixed: false,
    };
    units.push(unit(Part::Caption, name.to_owned(), vec![text(caption)]));
    let heads = table.columns.iter().map(|column| text(&column.head));
    units.push(unit(Part::Head(0), format!("{name}, dòng tiêu đề"), heads.collect()));
    for (nth, Row { cells, .. }) in table.rows.iter().enumerate() {
        let cells = cells.iter().map(|Cell(runs)| Words { label: String::new(), runs: Cow::Borrowed(runs.as_slice()) });
        units.push(unit(Part::Row(nth), format!("{name}, dòng {}", nth + 1), cells.collect()));
    }
    units.extend(table.note.iter().map(|note| unit(Part::Note, format!("{name}, ghi chú"), vec![text(note)])));
}

/// The lines that came back in reading order.
pub(super) fn returned(paper: &Paper) -> Vec<Returned<'_>> {
    let mut lines: Vec<Returned<'_>> = Vec::new();
    let mut previous: Option<Place> = None;
    for paragraph in paper.paragraphs.iter() {
        let place = paragraph.place;
        let is_same_row = matches!(
            (previous, place),
            (Some(Place::Cell { table, row, .. }), Place::Cell { table: own_table, row: own_row, is_ruled: true, .. })
                if table == own_table && row == own_row
        );
        match lines.last_mut() {
            // Words of one cell go together, a new cell of the row begins the next.
            Some(line) if is_same_row => match line.cells.last_mut() {
                Some(cell) if previous == Some(place) => cell.paragraphs.push(paragraph),
                _ => line.cells.push(Back { paragraphs: vec![paragraph] }),
            },
            _ if paragraph.is_blank() && !paragraph.is_in_table() => {}
            _ => lines.push(Returned { cells: vec![Back { paragraphs: vec![paragraph] }] }),
        }
        previous = Some(place);
    }
    lines.retain(|line| !line.key().is_empty());
    lines
}
