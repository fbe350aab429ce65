//! The flow of the text: paragraphs, tables and text boxes in reading order.

use super::super::model::{Paragraph, Place, Rule, Span};
use super::super::xml::Node;
use super::numbering::Numbering;
use super::styles::{ParagraphLook, Settled, Styles, has_borders, number};
use super::{TWIPS_PER_MM, drawing};
use crate::fonts::text_width;

const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// Word's default distance of tab stops.
const TAB_MM: f64 = 12.7;

/// How deep tables and boxes may stand in one another.
const NESTING_MAX: usize = 20;

/// Reads the flow from top to bottom.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    /// The width of the text of each section.
    rooms: Vec<f64>,
    section: usize,
    paragraphs: Vec<Paragraph>,
    tables: usize,
    place: Place,
    room_mm: f64,
    nesting: usize,
    previous_style: Option<String>,
}

/// What a paragraph is made of.
enum Piece<'a> {
    Words(Span),
    LineBreak,
    Box(&'a Node),
    Rule(Rule),
}

impl<'a> Reader<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering, rooms: Vec<f64>) -> Self {
        let room_mm = rooms.first().copied().unwrap_or(165.0);
        Self {
            styles,
            numbering,
            rooms,
            section: 0,
            paragraphs: Vec::new(),
            tables: 0,
            place: Place::Text,
            room_mm,
            nesting: 0,
            previous_style: None,
        }
    }

    pub(super) fn finish(self) -> Vec<Paragraph> {
        self.paragraphs
    }

    /// Reads what stands in the body, a cell or a box.
    pub(super) fn flow(&mut self, node: &'a Node) {
        for child in &node.children {
            match child.name.as_str() {
                "w:p" => self.paragraph(child),
                "w:tbl" => self.table(child),
                "w:sdt" => child.all("w:sdtContent").for_each(|content| self.flow(content)),
                "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" => self.flow(child),
                "mc:AlternateContent" => child.all("mc:Choice").for_each(|choice| self.flow(choice)),
                _ => {}
            }
        }
    }

    fn table(&mut self, node: &'a Node) {
        if self.nesting >= NESTING_MAX {
            return;
        }
        let (place, room_mm, table) = (self.place, self.room_mm, self.tables);
        self.tables += 1;
        self.nesting += 1;
        let is_ruled = self.is_ruled(node);
        for (row, line) in node.all("w:tr").enumerate() {
            let cells: Vec<&Node> = line.all("w:tc").collect();
            for (column, cell) in cells.iter().enumerate() {
                let properties = cell.child("w:tcPr");
                let width = properties.and_then(|node| node.child("w:tcW"));
                let twips = width.filter(|width| width.attribute("w:type") == Some("dxa"));
                let twips = number(twips.and_then(|width| width.attribute("w:w"))).filter(|twips| *twips > 0.0);
                self.room_mm = twips.map_or(room_mm / cells.len() as f64, |twips| twips / TWIPS_PER_MM);
                self.place = Place::Cell { table, row, column, is_ruled };
                self.flow(cell);
            }
        }
        self.nesting -= 1;
        (self.place, self.room_mm) = (place, room_mm);
    }

    fn is_ruled(&self, table: &Node) -> bool {
        let properties = table.child("w:tblPr");
        let styled = self.styles.is_ruled(properties.and_then(|node| node.value("w:tblStyle")));
        let own = properties.filter(|node| node.child("w:tblBorders").is_some()).map(has_borders);
        let cells = table.all("w:tr").flat_map(|row| row.all("w:tc")).filter_map(|cell| cell.child("w:tcPr"));
        own.unwrap_or(styled) || cells.take(8).any(has_borders)
    }

    fn paragraph(&mut self, node: &'a Node) {
        let properties = node.child("w:pPr");
        let look = self.look(properties);
        let label = self.label(&look);
        let mut pieces = Vec::new();
        self.pieces(node, properties, &mut pieces);
        self.keep(properties, look, label, pieces);
        if properties.is_some_and(|node| node.child("w:sectPr").is_some()) {
            self.section += 1;
            self.room_mm = self.rooms.get(self.section).copied().unwrap_or(self.room_mm);
        }
    }

    /// The paragraph's look with its list's; room between paragraphs of one style goes where the style says so.
    fn look(&mut self, properties: Option<&Node>) -> ParagraphLook {
        let (styled, direct) = self.styles.paragraph(properties);
        let list = direct.numbering.clone().or_else(|| styled.numbering.clone());
        let level = direct.level.or(styled.level).unwrap_or(0);
        let listed = list.as_ref().and_then(|list| self.numbering.look(list, level)).cloned().unwrap_or_default();
        let mut look = styled.then(&listed).then(&direct);
        let style = properties.and_then(|node| node.value("w:pStyle")).map(str::to_owned);
        if look.contextual == Some(true) && style == self.previous_style {
            look.before = Some(0.0);
            if let Some(previous) = self.paragraphs.last_mut() {
                previous.after_pt = Some(0.0);
            }
        }
        self.previous_style = style;
        look
    }

    fn label(&mut self, look: &ParagraphLook) -> String {
        match look.numbering.as_deref() {
            Some(list) if list != "0" => self.numbering.label(list, look.level.unwrap_or(0)),
            _ => String::new(),
        }
    }

    fn pieces(&self, node: &'a Node, properties: Option<&Node>, pieces: &mut Vec<Piece<'a>>) {
        for child in &node.children {
            match child.name.as_str() {
                "w:r" => self.run(child, properties, pieces),
                "w:hyperlink" | "w:ins" | "w:moveTo" | "w:smartTag" | "w:fldSimple" | "w:customXml"
                | "w:sdtContent" | "w:dir" | "w:bdo" => self.pieces(child, properties, pieces),
                "w:sdt" => child.all("w:sdtContent").for_each(|content| self.pieces(content, properties, pieces)),
                "mc:AlternateContent" => child.all("mc:Choice").for_each(|c| self.pieces(c, properties, pieces)),
                _ => {}
            }
        }
    }

    fn run(&self, node: &'a Node, paragraph: Option<&Node>, pieces: &mut Vec<Piece<'a>>) {
        let look = self.styles.run(paragraph, node.child("w:rPr"));
        if look.hidden {
            return;
        }
        for child in &node.children {
            match child.name.as_str() {
                "w:t" => pieces.push(Piece::Words(span(&look, &child.text))),
                "w:tab" | "w:ptab" => pieces.push(Piece::Words(span(&look, "\t"))),
                "w:noBreakHyphen" => pieces.push(Piece::Words(span(&look, "-"))),
                "w:br" | "w:cr" => pieces.push(Piece::LineBreak),
                "w:drawing" | "w:pict" => drawn(child, pieces),
                "mc:AlternateContent" => {
                    child.all("mc:Choice").flat_map(|choice| &choice.children).for_each(|node| drawn(node, pieces));
                }
                _ => {}
            }
        }
    }

    /// Keeps the lines of a paragraph, then what stands in its boxes.
    fn keep(&mut self, properties: Option<&Node>, look: ParagraphLook, label: String, pieces: Vec<Piece<'a>>) {
        let (mut lines, mut rule, mut boxes) = (vec![Vec::new()], None, Vec::new());
        for piece in pieces {
            match piece {
                Piece::Words(span) => lines.last_mut().into_iter().for_each(|line| join(line, span.clone())),
                Piece::LineBreak => lines.push(Vec::new()),
                Piece::Rule(drawn) => rule = Some(drawn),
                Piece::Box(content) => boxes.push(content),
            }
        }
        let mark = self.styles.run(properties, properties.and_then(|node| node.child("w:rPr")));
        let last = lines.len() - 1;
        for (at, spans) in lines.into_iter().enumerate() {
            let mut line = self.line(&look, spans, mark.size_pt);
            line.is_broken = at < last;
            if at == 0 {
                line.label.clone_from(&label);
                self.push_rule_or(line, &look, rule.take());
            } else {
                self.paragraphs.push(line);
            }
        }
        for content in boxes {
            self.boxed(content);
        }
    }

    fn boxed(&mut self, content: &'a Node) {
        if self.nesting < NESTING_MAX {
            let (place, nesting) = (std::mem::replace(&mut self.place, Place::Box), self.nesting);
            self.nesting += 1;
            self.flow(content);
            (self.place, self.nesting) = (place, nesting);
        }
    }

    fn line(&self, look: &ParagraphLook, mut spans: Vec<Span>, size_pt: f64) -> Paragraph {
        let tabs = spans.first().map_or(0, |span| span.text.chars().take_while(|c| *c == '\t').count());
        if let Some(first) = spans.first_mut() {
            first.text.drain(..tabs);
        }
        let size = spans.first().map_or(size_pt, |span| span.size_pt);
        let width: f64 = spans.iter().map(|span| text_width(&span.text, span.bold, span.size_pt)).sum();
        let to_mm = |twips: Option<f64>| twips.unwrap_or(0.0) / TWIPS_PER_MM;
        let (left, right) = (to_mm(look.left), to_mm(look.right));
        Paragraph {
            sheet: 2 * self.section,
            place: self.place,
            label: String::new(),
            align: Some(look.align.unwrap_or(super::super::model::Align::Left)),
            first_line_mm: Some(left + to_mm(look.first_line) + tabs as f64 * TAB_MM),
            before_pt: Some(look.before.unwrap_or(0.0) / 20.0),
            after_pt: Some(look.after.unwrap_or(0.0) / 20.0),
            line_spacing: Some(look.line_spacing(size)),
            rule_below: None,
            width_mm: (width / POINTS_PER_MM).min((self.room_mm - left - right).max(0.0)),
            y_mm: None,
            is_broken: false,
            spans,
        }
    }

    /// Keeps a line; an empty one that only draws a rule becomes the rule of the line before it.
    fn push_rule_or(&mut self, mut line: Paragraph, look: &ParagraphLook, drawn: Option<Rule>) {
        let to_mm = |twips: Option<f64>| twips.unwrap_or(0.0) / TWIPS_PER_MM;
        let across = (self.room_mm - to_mm(look.left) - to_mm(look.right)).max(0.0);
        let text = line.text();
        let is_line_of_marks = text.trim().chars().count() >= 3 && text.trim().chars().all(|c| "_─—".contains(c));
        let has_border = look.border_below == Some(true) || (line.is_blank() && look.border_above == Some(true));
        let rule = drawn.or(has_border.then_some(Rule { length_mm: Some(across) }));
        let rule = rule.or(is_line_of_marks.then_some(Rule { length_mm: Some(line.width_mm) }));
        let place = line.place;
        let before = self.paragraphs.last_mut().filter(|previous| previous.place == place && !previous.is_blank());
        match (rule, before) {
            (Some(rule), Some(previous)) if line.is_blank() || is_line_of_marks => {
                previous.rule_below = Some(rule);
                return;
            }
            (Some(rule), _) => line.rule_below = Some(rule),
            (None, _) => {}
        }
        self.paragraphs.push(line);
    }
}

fn drawn<'a>(node: &'a Node, pieces: &mut Vec<Piece<'a>>) {
    if let Some(rule) = drawing::rule(node) {
        pieces.push(Piece::Rule(rule));
    }
    if let Some(content) = node.find("w:txbxContent") {
        pieces.push(Piece::Box(content));
    }
}

fn span(look: &Settled, text: &str) -> Span {
    let font = if text.is_ascii() { &look.font } else { &look.font_other };
    Span {
        text: if look.caps { text.to_uppercase() } else { text.to_owned() },
        font: font.split(';').next().unwrap_or_default().trim().to_owned(),
        size_pt: look.size_pt,
        bold: look.bold,
        italic: look.italic,
        underline: look.underline,
        colour: look.colour.clone(),
    }
}

/// Adds words to a line; words of the same look go on in one span.
fn join(line: &mut Vec<Span>, next: Span) {
    match line.last_mut() {
        Some(last) if Span { text: String::new(), ..last.clone() } == Span { text: String::new(), ..next.clone() } => {
            last.text.push_str(&next.text);
        }
        _ => line.push(next),
    }
}
