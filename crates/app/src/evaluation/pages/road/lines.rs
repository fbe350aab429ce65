//! A sheet's lines as pages show them, and what came back from the form.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Label, Reason, Refusal,
    evaluation::{
        criteria::{CriteriaSet, Test},
        road::{Claim, Computed, Entry, Line, LineKind, Person, Record, Stage, UnitRoad, agreed, lines},
        score::Mark,
    },
    vietnamese::parse_number,
};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use serde::Serialize;

use crate::{evaluation::road::evidence::EvidenceRow, platform::Language};

/// So many lines stand on one page of a sheet.
pub(super) const LINES_MAX: usize = 20;

/// What somebody said of a line.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    stage: &'static str,
    words: String,
    comment: String,
    by: String,
    at: String,
}

/// A line with what was said of it and what the form offers.
#[derive(Debug, Serialize)]
pub(super) struct LineView {
    code: String,
    title: String,
    max: String,
    /// `computed`, `points`, `yes_no`, `level`, `count`, `times` or `event`.
    kind: &'static str,
    /// Choices of a level: number and name.
    choices: Vec<(String, String)>,
    /// What the figures give, and from what.
    computed: String,
    said: Vec<Said>,
    files: Vec<EvidenceRow>,
    is_edited: bool,
    may_be_excused: bool,
    value: String,
    is_excused: bool,
    comment: String,
    differs: bool,
}

/// How a sheet is shown.
pub(super) struct Showing<'a> {
    pub(super) set: &'a CriteriaSet,
    /// The road as the visitor may see it.
    pub(super) road: UnitRoad,
    pub(super) computed: &'a [Computed],
    pub(super) files: &'a [EvidenceRow],
    pub(super) language: Language,
    /// The stage at which the visitor writes; none to read only.
    pub(super) writes: Option<Stage>,
    /// The visitor.
    pub(super) person: &'a Person,
    /// The lines that the visitor may write on; all where none.
    pub(super) assigned: Option<&'a [String]>,
}

/// The views of every line, in the sheet's order.
pub(super) fn views(showing: &Showing<'_>, differing: &BTreeSet<String>) -> Vec<LineView> {
    lines(showing.set).iter().map(|line| view(showing, line, differing.contains(line.code))).collect()
}

fn view(showing: &Showing<'_>, line: &Line<'_>, differs: bool) -> LineView {
    let records = showing.road.records.iter().filter(|record| record.what.line == line.code);
    let said = records
        .filter(|record| !matches!(record.what.claim, Some(Claim::Computed(_))) || record.what.stage > Stage::SelfScore)
        .map(|record| Said {
            stage: super::word(record.what.stage.label(), showing.language),
            words: record.what.claim.as_ref().map(|claim| words(line, claim)).unwrap_or_default(),
            comment: record.what.comment.clone(),
            by: record.by.clone(),
            at: record.at.clone(),
        })
        .collect();
    let figures = showing.computed.iter().find(|one| one.line == line.code);
    let is_theirs = showing.assigned.is_none_or(|lines| lines.iter().any(|code| code.is_empty() || code == line.code));
    let offered = showing.writes.map(|stage| offered(&showing.road, showing.person, stage, line)).unwrap_or_default();
    let is_unit = matches!(showing.writes, Some(Stage::SelfScore | Stage::Explanation));
    let may_write = match showing.writes {
        None => false,
        Some(Stage::Explanation) => differs,
        Some(_) => is_theirs && !(is_unit && line.kind == LineKind::Event) && !is_counted(line),
    };
    let name = |label: &Label| label.in_language(showing.language.as_str()).to_owned();
    LineView {
        code: line.code.to_owned(),
        title: if line.number.is_empty() { name(line.label) } else { format!("{} {}", line.number, name(line.label)) },
        max: line.max.to_string(),
        kind: kind(line),
        choices: choices(line, showing.language),
        computed: figures.map(|one| one.why.clone()).unwrap_or_default(),
        said,
        files: showing.files.iter().filter(|file| file.line == line.code).cloned().collect(),
        is_edited: may_write,
        may_be_excused: matches!(line.kind, LineKind::Computed(_) | LineKind::Judged(_)),
        value: offered.value,
        is_excused: offered.is_excused,
        comment: offered.comment,
        differs,
    }
}

/// Counted by the program itself: nobody writes on it.
fn is_counted(line: &Line<'_>) -> bool {
    line.is_computed() && !matches!(line.kind, LineKind::Computed(_))
}

#[derive(Default, PartialEq, Eq)]
struct Offered {
    value: String,
    is_excused: bool,
    comment: String,
}

/// What the form holds at first: the word of the visitor's desk at this stage, else what counts so far.
fn offered(road: &UnitRoad, person: &Person, stage: Stage, line: &Line<'_>) -> Offered {
    let own = road.own_word(person, stage, line.code);
    let claimed = own.filter(|record| record.what.claim.is_some());
    let record = claimed.or_else(|| road.set_out(stage, line.code));
    let (value, is_excused) = match record.and_then(|record| record.what.claim.as_ref()) {
        Some(Claim::Value(value)) => (value.normalize().to_string().replace('.', ","), false),
        Some(Claim::NotApplicable) => (String::new(), true),
        Some(Claim::Computed(_)) | None => (String::new(), false),
    };
    Offered { value, is_excused, comment: own.map(|record| record.what.comment.clone()).unwrap_or_default() }
}

fn kind(line: &Line<'_>) -> &'static str {
    match line.kind {
        LineKind::Computed(_) => "computed",
        LineKind::Bonus(_) | LineKind::Deduction(_) => "times",
        LineKind::Event => "event",
        LineKind::Judged(item) => match item.test {
            Test::YesNo { .. } => "yes_no",
            Test::Level { .. } => "level",
            Test::Measured { .. } => "count",
            Test::Evidence => "points",
        },
    }
}

fn choices(line: &Line<'_>, language: Language) -> Vec<(String, String)> {
    let yes_no = || match language.as_str() {
        "en" => vec![("1".to_owned(), "Yes".to_owned()), ("0".to_owned(), "No".to_owned())],
        _ => vec![("1".to_owned(), "Có".to_owned()), ("0".to_owned(), "Không".to_owned())],
    };
    match line.kind {
        LineKind::Judged(item) => match &item.test {
            Test::YesNo { .. } => yes_no(),
            Test::Level { rungs, .. } => rungs
                .iter()
                .map(|rung| (rung.at.to_string(), rung.label.in_language(language.as_str()).to_owned()))
                .collect(),
            Test::Measured { .. } | Test::Evidence => Vec::new(),
        },
        LineKind::Event => yes_no(),
        LineKind::Computed(_) | LineKind::Bonus(_) | LineKind::Deduction(_) => Vec::new(),
    }
}

/// A claim in words: `3/5 điểm`, `Có (5/5 điểm)`, `Không áp dụng`, `2 lần`.
pub(super) fn words(line: &Line<'_>, claim: &Claim) -> String {
    let points = || line.points(claim).map(|points| format!("{points}/{} điểm", line.max));
    match claim {
        Claim::NotApplicable | Claim::Computed(Mark::NotApplicable) => "Không áp dụng".to_owned(),
        Claim::Computed(Mark::Scored(points)) => format!("{points}/{} điểm (theo số liệu)", line.max),
        Claim::Computed(Mark::None(reason)) => format!("không có giá trị: {}", reason.in_words()),
        Claim::Value(value) => {
            let shown = value.normalize().to_string().replace('.', ",");
            let yes_no = || if value.is_zero() { "Không" } else { "Có" };
            match kind(line) {
                "points" => points().unwrap_or(shown),
                "yes_no" => format!("{} ({})", yes_no(), points().unwrap_or_default()),
                "event" => yes_no().to_owned(),
                "times" => format!("{shown} lần ({} điểm)", line.points(claim).unwrap_or_default()),
                _ => format!("{shown} ({})", points().unwrap_or_else(|| "điểm tính khi so với các đơn vị".to_owned())),
            }
        }
    }
}

/// That a line was written on after the page was opened, by whom.
fn written_since(line: &Line<'_>, own: &Record) -> Reason {
    let message = format!(
        "{}: {} đã ghi mục này sau khi trang được mở; hãy mở lại trang để xem rồi ghi tiếp.",
        line.title(),
        own.by
    );
    Reason::new("changed_meanwhile", message).at(line.code)
}

/// What the form said of each line: `v_code` value, `n_code` not applicable, `c_code` comment; `seen` is the number of
/// the last record that the page showed.
#[derive(Debug, Default)]
pub(super) struct Sent(BTreeMap<String, String>);

impl Sent {
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// A field of the form as a whole.
    pub(super) fn field(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    fn of_line(&self, mark: char, code: &str) -> &str {
        self.field(&format!("{mark}_{code}"))
    }

    /// The entries of a stage. A first review keeps what it agrees with too; every other stage only what it changes.
    ///
    /// # Errors
    /// Every value that is no number, at its line.
    pub(super) fn entries(&self, showing: &Showing<'_>, stage: Stage) -> Result<Vec<Entry>, Refusal> {
        let (mut entries, mut reasons) = (Vec::new(), Vec::new());
        let is_first_review = matches!(stage, Stage::Review | Stage::CrossCheck);
        let seen = self.field("seen").parse().unwrap_or(u32::MAX);
        let drawn = showing.road.until(seen);
        for line in lines(showing.set) {
            let has_fields = self.0.contains_key(&format!("c_{}", line.code));
            if !has_fields {
                continue;
            }
            let own = showing.road.own_word(showing.person, stage, line.code);
            if let Some(own) = own.filter(|own| own.number > seen) {
                // What the form held when it was drawn and was left so is nobody's word against the later one.
                if self.typed(&line) != offered(&drawn, showing.person, stage, &line) {
                    reasons.push(written_since(&line, own));
                }
                continue;
            }
            let claim = match self.claim(showing, &line, stage) {
                Ok(claim) => claim,
                Err(reason) => {
                    reasons.push(reason);
                    continue;
                }
            };
            let evidence: Vec<String> = match stage {
                Stage::SelfScore | Stage::Explanation => {
                    let own = showing.files.iter().filter(|file| file.line == line.code);
                    own.map(|file| file.sha256.clone()).collect()
                }
                _ => Vec::new(),
            };
            let entry =
                Entry { line: line.code.to_owned(), comment: self.comment(showing, &line, &claim), claim, evidence };
            let is_new = match own {
                Some(own) => {
                    let before = (&own.what.claim, &own.what.comment, &own.what.evidence);
                    before != (&entry.claim, &entry.comment, &entry.evidence)
                }
                None => {
                    let is_change = is_first_review || entry.claim.as_ref() != showing.road.claim(line.code);
                    (entry.claim.is_some() && is_change) || !self.of_line('c', line.code).is_empty()
                }
            };
            if is_new && (entry.claim.is_some() || !entry.comment.is_empty()) {
                entries.push(entry);
            }
        }
        Refusal::unless_empty(reasons)?;
        Ok(entries)
    }

    /// What the form holds of a line now.
    fn typed(&self, line: &Line<'_>) -> Offered {
        Offered {
            value: self.of_line('v', line.code).to_owned(),
            is_excused: !self.of_line('n', line.code).is_empty(),
            comment: self.of_line('c', line.code).to_owned(),
        }
    }

    fn claim(&self, showing: &Showing<'_>, line: &Line<'_>, stage: Stage) -> Result<Option<Claim>, Reason> {
        let is_excused = !self.of_line('n', line.code).is_empty();
        if is_excused {
            return Ok(Some(Claim::NotApplicable));
        }
        if stage == Stage::Explanation {
            return Ok(None);
        }
        if line.is_computed() {
            // Taking back that a line does not apply means that its figures count.
            let was_excused = showing.road.claim(line.code) == Some(&Claim::NotApplicable);
            let is_taken = stage == Stage::Publication && !self.of_line('s', line.code).is_empty();
            let figures = showing.computed.iter().find(|one| one.line == line.code);
            return Ok(figures.filter(|_| was_excused || is_taken).map(|one| one.claim.clone()));
        }
        let text = self.of_line('v', line.code);
        if text.is_empty() {
            return Ok(None);
        }
        let number = parse_number(text).ok().and_then(Decimal::from_f64);
        number.map(|number| Some(Claim::Value(number))).ok_or_else(|| {
            let message = format!("{}: «{text}» không phải là số; hãy nhập số, ví dụ 4,5.", line.title());
            Reason::new("not_a_number", message).at(line.code)
        })
    }

    /// The comment typed; who agrees that a line does not apply may leave it to the reason given, quoted as another's.
    fn comment(&self, showing: &Showing<'_>, line: &Line<'_>, claim: &Option<Claim>) -> String {
        let typed = self.of_line('c', line.code).to_owned();
        let earlier = showing.road.counting(line.code).filter(|one| one.what.claim == Some(Claim::NotApplicable));
        match (typed.is_empty(), claim, earlier) {
            (true, Some(Claim::NotApplicable), Some(one)) => agreed(&one.what.comment),
            _ => typed,
        }
    }
}
