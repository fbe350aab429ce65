//! Finds the parts of a document (annex I, IV) among its paragraphs, by their words and their place.

use super::blocks::{Item, is_heading, items};
use super::line::Line;
use super::rules::types;
use super::scope::Scope;
use crate::inspect::{Format, Paper, Place};

/// Where each part stands: places in [`Paper::paragraphs`].
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) scope: Scope,
    /// Every national name: each begins a text with pages of its own.
    pub(super) heads: Vec<usize>,
    pub(super) national_name: Option<usize>,
    pub(super) motto: Option<usize>,
    /// Lines over the issuer's name.
    pub(super) superior: Vec<usize>,
    pub(super) issuer: Vec<usize>,
    pub(super) number: Option<usize>,
    pub(super) date: Option<usize>,
    pub(super) letter_subject: Option<usize>,
    pub(super) type_name: Option<usize>,
    pub(super) subject: Vec<usize>,
    pub(super) addressees: Vec<usize>,
    pub(super) bases: Vec<usize>,
    /// The main text: blocks of it and of each annex.
    pub(super) body: Vec<Item>,
    pub(super) capacity: Vec<usize>,
    pub(super) signer: Option<usize>,
    pub(super) distribution: Option<usize>,
    /// Lines of recipients; one that is broken over lines in a PDF counts once.
    pub(super) recipients: Vec<Vec<usize>>,
    pub(super) annexes: Vec<Annex>,
}

/// An annex.
#[derive(Debug)]
pub(super) struct Annex {
    pub(super) label: usize,
    pub(super) title: Vec<usize>,
    pub(super) reference: Vec<usize>,
    pub(super) body: Vec<Item>,
}

/// How the national name begins, folded.
const NATIONAL_NAME: &str = "cong hoa xa hoi chu nghia";

/// How many paragraphs from the top the head may take.
const HEAD_PARAGRAPHS: usize = 24;

impl Parts {
    /// Finds the parts.
    pub(super) fn find(paper: &Paper) -> Self {
        let lines: Vec<Line<'_>> = paper.paragraphs.iter().map(Line::new).collect();
        let mut parts = Self { scope: scope(&lines), ..Self::default() };
        if parts.scope == Scope::Annex {
            parts.find_annexes(paper, &lines[..shown_from(&lines)], 0);
        }
        if parts.scope != Scope::Whole {
            return parts;
        }
        parts.heads = (0..lines.len()).filter(|at| lines[*at].folded.starts_with(NATIONAL_NAME)).collect();
        let end = main_end(&lines);
        parts.find_head(&lines[..end]);
        parts.find_title(&lines[..end]);
        parts.find_closing(&lines[..end]);
        if !parts.has_any() {
            return Self { scope: Scope::Nothing, ..Self::default() };
        }
        let from = parts.after_opening(end);
        let to = parts.closing_start(&lines[..end]);
        parts.body = items(&lines, from.min(to)..to, drawn_below(paper));
        parts.find_annexes(paper, &lines, end);
        parts
    }

    /// Whether anything stands there by which a paper of the decree is known.
    fn has_any(&self) -> bool {
        let known =
            [self.national_name, self.motto, self.number, self.letter_subject, self.type_name, self.distribution];
        known.iter().any(Option::is_some)
    }

    fn find_head(&mut self, lines: &[Line<'_>]) {
        let head = || lines.iter().enumerate().filter(|(_, line)| !line.is_blank).take(HEAD_PARAGRAPHS);
        let first = |test: &dyn Fn(&Line<'_>) -> bool| head().find(|(_, line)| test(line)).map(|(at, _)| at);
        self.national_name = first(&|line| line.folded.contains(NATIONAL_NAME));
        self.motto = first(&|line| line.folded.contains("doc lap") && line.folded.contains("hanh phuc"));
        self.number = first(&|line| is_number_line(&line.folded));
        let is_date = |line: &Line<'_>| {
            ["ngay", "thang", "nam"].iter().all(|word| line.folded.contains(word))
                && line.folded.chars().count() < 80
                && !line.folded.starts_with('(')
                && !line.folded.starts_with("can cu")
                // Minutes say when they begin: a name, a colon, then the day.
                && !line.folded.split("ngay").next().is_some_and(|before| before.contains(':'))
        };
        self.date = head().take(14).find(|(_, line)| is_date(line)).map(|(at, _)| at);
        self.letter_subject = first(&|line| line.folded.starts_with("v/v") || line.folded.starts_with("v.v "));
        let end = self.number.or(self.letter_subject).unwrap_or(lines.len());
        // Where the number is missing, the names are what stands left of the national name.
        let beside = |name: usize| match lines[name].paragraph.place {
            Place::Cell { table, row, column, is_ruled } => {
                Some(Place::Cell { table, row, column: column.checked_sub(1)?, is_ruled })
            }
            _ => None,
        };
        let of_number = self.number.map(|at| lines[at].paragraph.place);
        let place = of_number.or_else(|| self.national_name.and_then(beside));
        let is_left = |line: &Line<'_>| match (line.paragraph.place, place) {
            (Place::Cell { table, column, .. }, Some(Place::Cell { table: own, column: beside, .. })) => {
                table == own && column == beside
            }
            (Place::Text, Some(Place::Text)) => true,
            _ => false,
        };
        let names: Vec<usize> = lines[..end]
            .iter()
            .enumerate()
            .filter(|(at, line)| {
                !line.is_blank && is_left(line) && Some(*at) != self.national_name && Some(*at) != self.motto
            })
            .map(|(at, _)| at)
            .collect();
        let is_bold = |at: &usize| lines[*at].is_bold();
        let split = match names.iter().position(is_bold) {
            // Where both names are bold the weight does not part them; a second name does.
            Some(0) => second_body(lines, &names).unwrap_or(0),
            Some(bold) => bold,
            None => names.len().saturating_sub(1),
        };
        (self.superior, self.issuer) = (names[..split].to_vec(), names[split..].to_vec());
    }

    fn find_title(&mut self, lines: &[Line<'_>]) {
        let is_type = |line: &Line<'_>| types().contains_key(line.folded.trim_end_matches(':'));
        self.type_name = lines.iter().take(HEAD_PARAGRAPHS * 2).position(is_type);
        self.addressees = addressees(lines);
        self.bases = bases(lines, self.type_name.or(self.number).unwrap_or(0));
        let Some(type_name) = self.type_name else { return };
        let mut at = type_name + 1;
        while let Some(line) = lines.get(at) {
            let previous_ends = self.subject.last().is_some_and(|last| lines[*last].paragraph.rule_below.is_some());
            let goes_on =
                self.subject.last().is_none_or(|last| line.is_bold() && lines[*last].is_bold() && line.is_centred());
            let is_other = self.addressees.contains(&at)
                || self.bases.contains(&at)
                || Some(at) == self.number
                || is_heading(line);
            if line.is_blank && self.subject.is_empty() {
                at += 1;
                continue;
            }
            if line.is_blank || previous_ends || !goes_on || is_other || line.is_upper() {
                break;
            }
            self.subject.push(at);
            at += 1;
        }
    }

    fn find_closing(&mut self, lines: &[Line<'_>]) {
        let is_label = |line: &Line<'_>| line.folded.starts_with("noi nhan") && line.folded.len() < 20;
        let Some(label) = lines.iter().position(is_label) else { return };
        self.distribution = Some(label);
        let own = lines[label].paragraph.place;
        let column = |place: Place| match (place, own) {
            (Place::Cell { table, column, .. }, Place::Cell { table: own_table, column: own_column, .. })
                if table == own_table =>
            {
                Some(column == own_column)
            }
            (Place::Text, Place::Text) => Some(true),
            _ => None,
        };
        for (at, line) in lines.iter().enumerate().skip(label + 1) {
            if line.is_blank {
                continue;
            }
            if column(line.paragraph.place) != Some(true) {
                break;
            }
            match self.recipients.last_mut() {
                Some(last) if !line.text.starts_with(['-', '–', '+']) && !line.paragraph.label.starts_with('-') => {
                    last.push(at)
                }
                _ => self.recipients.push(vec![at]),
            }
        }
        let right: Vec<usize> = (0..lines.len())
            .filter(|at| !lines[*at].is_blank && column(lines[*at].paragraph.place) == Some(false))
            .collect();
        // The capacity stands together; the room for the signature parts it from the name.
        let together = right.windows(2).take_while(|pair| stands_together(lines, pair[0], pair[1])).count() + 1;
        let (capacity, rest) = right.split_at(together.min(right.len()));
        self.capacity = capacity.to_vec();
        self.signer = rest.last().copied();
        if self.signer.is_none() && self.capacity.last().is_some_and(|last| !lines[*last].is_upper()) {
            self.signer = self.capacity.pop();
        }
    }

    /// The first paragraph after head, title, addressees and legal bases.
    fn after_opening(&self, end: usize) -> usize {
        let single = [self.national_name, self.motto, self.number, self.date, self.letter_subject, self.type_name];
        let lists = [&self.subject, &self.addressees, &self.bases].into_iter().filter_map(|list| list.last().copied());
        let before_closing = |at: &usize| self.distribution.is_none_or(|label| *at < label);
        single.into_iter().flatten().chain(lists).filter(before_closing).max().map_or(0, |last| last + 1).min(end)
    }

    fn closing_start(&self, lines: &[Line<'_>]) -> usize {
        let Some(label) = self.distribution else { return lines.len() };
        let Place::Cell { table: own, .. } = lines[label].paragraph.place else { return label };
        let is_own = |line: &Line<'_>| matches!(line.paragraph.place, Place::Cell { table, .. } if table == own);
        lines.iter().position(is_own).unwrap_or(label)
    }

    fn find_annexes(&mut self, paper: &Paper, lines: &[Line<'_>], from: usize) {
        let starts: Vec<usize> = (from..lines.len()).filter(|at| is_annex_label(&lines[*at])).collect();
        for (nth, label) in starts.iter().enumerate() {
            let end = starts.get(nth + 1).copied().unwrap_or(lines.len());
            let mut annex = Annex { label: *label, title: Vec::new(), reference: Vec::new(), body: Vec::new() };
            let mut at = label + 1;
            while at < end && annex.reference.is_empty() && at < label + 8 {
                let line = &lines[at];
                if line.folded.starts_with("(kem theo") {
                    annex.reference.push(at);
                } else if !line.is_blank {
                    if !annex.title.is_empty() && !line.is_bold() {
                        break;
                    }
                    annex.title.push(at);
                }
                at += 1;
            }
            while at < end
                && annex.reference.last().is_some_and(|last| !lines[*last].text.trim_end().ends_with(')'))
                && at < label + 12
            {
                annex.reference.push(at);
                at += 1;
            }
            annex.body = items(lines, at..end, drawn_below(paper));
            self.annexes.push(annex);
        }
    }
}

/// Where the issuer's own name begins among bold lines of which the first names the body above it. A name that goes on in
/// the next line ends with a word that asks for more.
fn second_body(lines: &[Line<'_>], names: &[usize]) -> Option<usize> {
    const ABOVE: [&str; 11] = [
        "uy ban nhan dan",
        "ubnd",
        "hoi dong nhan dan",
        "bo ",
        "so ",
        "phong ",
        "thanh pho ",
        "tinh ",
        "quan ",
        "huyen ",
        "tp. ",
    ];
    const BODIES: [&str; 9] =
        ["uy ban nhan dan", "ubnd", "so ", "phong ", "truong ", "trung tam ", "chi cuc ", "cuc ", "van phong "];
    const GOES_ON: [&str; 5] = [" va", " cua", ",", "-", "–"];
    let begins = |at: usize, heads: &[&str]| heads.iter().any(|head| lines[at].folded.starts_with(head));
    let first = names.first().filter(|at| begins(**at, &ABOVE))?;
    (1..names.len()).find(|nth| {
        let before = &lines[names[nth - 1]].folded;
        begins(names[*nth], &BODIES) && lines[*first].is_bold() && !GOES_ON.iter().any(|end| before.ends_with(end))
    })
}

fn scope(lines: &[Line<'_>]) -> Scope {
    let mut first = lines.iter().filter(|line| !line.is_blank).take(8);
    let is_outside =
        |line: &Line<'_>| ["dang cong san viet nam", "kich ban dieu hanh", "tham luan"].contains(&line.folded.as_str());
    match first.next() {
        Some(line) if is_annex_label(line) => Scope::Annex,
        Some(line) if is_outside(line) || first.any(is_outside) => Scope::Sheets,
        _ => Scope::Whole,
    }
}

/// Whether no room for a signature parts two lines of a column.
fn stands_together(lines: &[Line<'_>], one: usize, next: usize) -> bool {
    const ROOM_MM: f64 = 14.0;
    match (lines[one].paragraph.y_mm, lines[next].paragraph.y_mm) {
        (Some(y), Some(next_y)) => next_y - y < ROOM_MM,
        _ => next == one + 1,
    }
}

fn is_number_line(folded: &str) -> bool {
    let Some(rest) = folded.strip_prefix("so") else { return false };
    let begins = rest.starts_with([':', ' ', '.']) || rest.starts_with(|c: char| c.is_ascii_digit());
    begins && rest.contains('/') && folded.chars().count() < 60
}

/// `Phụ lục`, `Phụ lục II`, `PHỤ LỤC 1`.
fn is_annex_label(line: &Line<'_>) -> bool {
    let Some(rest) = line.folded.strip_prefix("phu luc") else { return false };
    let rest = rest.trim_matches([' ', '.', ':']);
    rest.len() < 8 && rest.chars().all(|c| c.is_ascii_alphanumeric()) && line.paragraph.place == Place::Text
}

/// Where the main document ends: the first annex after the recipients, or the end.
fn main_end(lines: &[Line<'_>]) -> usize {
    let closing = lines.iter().position(|line| line.folded.starts_with("noi nhan")).unwrap_or(0);
    let start = closing.max(3);
    (start..lines.len()).find(|at| is_annex_label(&lines[*at])).unwrap_or(lines.len())
}

fn addressees(lines: &[Line<'_>]) -> Vec<usize> {
    let Some(first) = lines.iter().take(HEAD_PARAGRAPHS * 2).position(|line| line.folded.starts_with("kinh gui"))
    else {
        return Vec::new();
    };
    let mut found = vec![first];
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        let is_item = line.text.starts_with(['-', '–']) || line.paragraph.label.starts_with('-');
        match (line.is_blank, is_item) {
            (true, _) => {}
            (false, true) => found.push(at),
            (false, false) => break,
        }
    }
    found
}

/// Legal bases stand together before the text; those of a decision end with who proposed it.
fn bases(lines: &[Line<'_>], after: usize) -> Vec<usize> {
    let is_first = |line: &Line<'_>| line.folded.starts_with("can cu ");
    let Some(first) = lines.iter().take(after + HEAD_PARAGRAPHS * 2).position(is_first) else { return Vec::new() };
    let goes_on = |line: &&Line<'_>| {
        let begins =
            ["can cu ", "theo de nghi", "xet de nghi", "thuc hien "].iter().any(|word| line.folded.starts_with(word));
        line.is_blank || (begins && (line.is_italic() || is_first(line))) || line.is_italic()
    };
    let end = first + lines[first..].iter().take_while(goes_on).count();
    (first..end).filter(|at| !lines[*at].is_blank).collect()
}

/// The size under which words of a PDF belong to drawings: only where the text itself is of the right size.
fn drawn_below(paper: &Paper) -> f64 {
    const SMALLEST_PT: f64 = 11.4;
    const TEXT_PT: f64 = 12.5;
    let spans = || paper.paragraphs.iter().filter(|p| p.place == Place::Text).flat_map(|p| &p.spans);
    let letters = |test: &dyn Fn(f64) -> bool| -> usize {
        spans().filter(|span| test(span.size_pt)).map(|span| span.text.chars().count()).sum()
    };
    let is_right = letters(&|size| size >= TEXT_PT) > letters(&|size| size < TEXT_PT);
    if paper.format == Format::Pdf && is_right { SMALLEST_PT } else { 0.0 }
}

/// Where an annex begins to show whole documents, as models of papers: their look is not that of its own text.
fn shown_from(lines: &[Line<'_>]) -> usize {
    let Some(name) = lines.iter().position(|line| line.folded.starts_with(NATIONAL_NAME)) else { return lines.len() };
    let is_model = |line: &Line<'_>| {
        let rest = line.folded.strip_prefix("mau ").or_else(|| line.folded.strip_prefix("mau so "));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let head = match lines[name].paragraph.place {
        Place::Cell { table: own, .. } => {
            lines.iter().position(|line| matches!(line.paragraph.place, Place::Cell { table, .. } if table == own))
        }
        Place::Text | Place::Box => None,
    };
    lines[..name].iter().position(is_model).or(head).unwrap_or(name)
}
