//! A workbook that was read, held against the catalogue: typed values in the form's cell order, every problem at once.

use std::collections::{BTreeMap, HashMap};

use domain::figures::catalogue::{Catalogue, DataElement, FormCell, ItemCode, StatisticalForm};
use domain::submissions::{Value, printed};

use super::address::CellRef;
use super::grid::Content;
use super::identity::Identity;
use super::labels::{PrintedLines, printed_head};
use super::mismatch::{Unclear, VisibleLabels};
use super::problem::{Problem, ProblemCode};
use super::read::{ReadCell, ReadWorkbook};
use super::totals::{Totals, sum};
use super::typed::typed;

/// What the workbook should be, where the caller knows: an upload page does, a folder of files does not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Expectation<'a> {
    /// Code of the form.
    pub form: Option<&'a str>,
    /// Code of the unit.
    pub unit: Option<&'a str>,
    /// Code of the period.
    pub period: Option<&'a str>,
}

/// A workbook understood.
#[derive(Clone, Debug)]
pub struct Interpreted<'a> {
    /// Which workbook it is, by its identity, its printed head or the expectation; `None` where that cannot be told.
    pub identity: Option<Identity>,
    /// The form, where it is in the catalogue.
    pub form: Option<&'a StatisticalForm>,
    /// One value per cell, in the order of `form.cells()`; empty where the form is unknown or of another version.
    pub values: Vec<Option<Value>>,
    /// Where each cell stands in the file, in the same order; `None` for a cell that is not there.
    pub places: Vec<Option<CellRef>>,
    /// Names of the sheets that `places` point into.
    pub sheet_names: Vec<String>,
    /// Everything that is wrong, in the order of the cells.
    pub problems: Vec<Problem>,
}

impl Interpreted<'_> {
    /// Whether nothing blocks.
    pub fn is_accepted(&self) -> bool {
        !self.problems.iter().any(Problem::is_error)
    }

    /// Sheet and cell (A1) of a cell by its position in the form; empty where it is not in the file.
    pub fn place(&self, position: usize) -> (String, String) {
        match self.places.get(position) {
            Some(Some(at)) => (sheet_name(&self.sheet_names, *at), at.a1()),
            _ => (String::new(), String::new()),
        }
    }
}

/// The forms of a catalogue, prepared for interpreting thousands of workbooks.
pub struct Forms<'a> {
    forms: BTreeMap<&'a str, Prepared<'a>>,
}

impl<'a> Forms<'a> {
    /// Prepares every form of the catalogue.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let elements: HashMap<&str, &DataElement> =
            catalogue.elements.iter().map(|element| (element.code.as_str(), element)).collect();
        let prepared = catalogue.forms.iter().map(|form| (form.code.as_str(), Prepared::new(form, &elements)));
        Self { forms: prepared.collect() }
    }

    fn form(&self, code: &str) -> Option<&Prepared<'a>> {
        let same_letters = || self.forms.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
        self.forms.get(code).or_else(|| same_letters().map(|(_, form)| form))
    }
}

/// Understands a workbook that was read.
pub fn interpret<'a>(read: &ReadWorkbook, forms: &Forms<'a>, expected: &Expectation<'_>) -> Interpreted<'a> {
    let mut understood = Interpreted {
        identity: None,
        form: None,
        values: Vec::new(),
        places: Vec::new(),
        sheet_names: read.sheet_names.clone(),
        problems: read.problems.clone(),
    };
    let Some(identity) = identify(read, forms, expected) else {
        if read.problems.is_empty() {
            understood.problems.push(identity_missing());
        }
        return understood;
    };
    understood.problems.extend(differences(&identity, expected));
    let prepared = forms.form(&identity.form);
    match prepared {
        None => understood.problems.push(unknown_form(&identity)),
        Some(prepared) if prepared.form.version != identity.version => {
            understood.form = Some(prepared.form);
            understood.problems.push(old_version(&identity, prepared.form));
        }
        Some(prepared) => {
            understood.form = Some(prepared.form);
            Filling::new(prepared, &mut understood).fill(read);
        }
    }
    understood.identity = Some(identity);
    understood
}

/// The identity by its seal; else by the printed head and the expectation, unless a seal was broken.
fn identify(read: &ReadWorkbook, forms: &Forms<'_>, expected: &Expectation<'_>) -> Option<Identity> {
    if read.identity.is_some() || !read.problems.is_empty() {
        return read.identity.clone();
    }
    let head = printed_head(&read.loose);
    let given = |printed: Option<String>, expected: Option<&str>| printed.or_else(|| expected.map(str::to_owned));
    let form = forms.form(&given(head.form, expected.form)?)?.form;
    Some(Identity {
        form: form.code.clone(),
        version: form.version,
        unit: given(head.unit, expected.unit)?,
        period: given(head.period, expected.period)?,
        school_year: String::new(),
    })
}

fn identity_missing() -> Problem {
    Problem::error(
        ProblemCode::IdentityMissing,
        "Không nhận ra tệp này là biểu nào, của đơn vị và kỳ báo cáo nào. Hãy tải biểu mẫu của đơn vị rồi chép số \
         liệu sang, hoặc nộp ngay tại trang của biểu cần nộp.",
    )
}

fn unknown_form(identity: &Identity) -> Problem {
    let message = format!("Biểu «{}» không có trong danh mục. Hãy tải lại biểu mẫu.", identity.form);
    Problem::error(ProblemCode::UnknownForm, message)
}

fn old_version(identity: &Identity, form: &StatisticalForm) -> Problem {
    let message = format!(
        "Tệp làm theo phiên bản {} của biểu {}, hiện dùng phiên bản {}. Hãy tải biểu mẫu mới rồi chép số liệu sang.",
        identity.version, form.code, form.version
    );
    Problem::error(ProblemCode::OldVersion, message)
}

fn differences(identity: &Identity, expected: &Expectation<'_>) -> Vec<Problem> {
    let other = |code: ProblemCode, what: &str, found: &str, wanted: Option<&str>| {
        let wanted = wanted.filter(|wanted| *wanted != found)?;
        let message =
            format!("Tệp là của {what} {found}, cần {what} {wanted}. Hãy chọn đúng tệp hoặc tải lại biểu mẫu.");
        Some(Problem::error(code, message))
    };
    [
        other(ProblemCode::WrongForm, "biểu", &identity.form, expected.form),
        other(ProblemCode::WrongUnit, "đơn vị", &identity.unit, expected.unit),
        other(ProblemCode::WrongPeriod, "kỳ báo cáo", &identity.period, expected.period),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A form with what interpreting needs, found once.
struct Prepared<'a> {
    form: &'a StatisticalForm,
    cells: Vec<(&'a FormCell, Option<&'a DataElement>)>,
    /// What each cell is called: the line's label and, where there are several, the column's.
    names: Vec<(&'a str, Option<&'a str>)>,
    positions: HashMap<&'a ItemCode, usize>,
    totals: Totals,
    printed: PrintedLines<'a>,
    visible: VisibleLabels,
}

impl<'a> Prepared<'a> {
    fn new(form: &'a StatisticalForm, elements: &HashMap<&str, &'a DataElement>) -> Self {
        let mut names = Vec::new();
        for section in &form.sections {
            for line in &section.lines {
                for (position, _) in line.cells.iter().enumerate().filter(|(_, cell)| cell.is_some()) {
                    let column = section.columns.get(position).filter(|_| section.columns.len() > 1);
                    names.push((line.label.vi.as_str(), column.map(|column| column.label.vi.as_str())));
                }
            }
        }
        Self {
            form,
            names,
            cells: form.cells().map(|cell| (cell, elements.get(cell.item.element.as_str()).copied())).collect(),
            positions: form.cells().zip(0..).map(|(cell, at)| (&cell.item, at)).collect(),
            totals: Totals::of(form.cells()),
            printed: PrintedLines::of(form),
            visible: VisibleLabels::of(form),
        }
    }

    fn name(&self, position: usize) -> String {
        match self.names.get(position) {
            Some((line, Some(column))) => format!("«{line}», cột «{column}»"),
            Some((line, None)) => format!("«{line}»"),
            None => String::new(),
        }
    }
}

/// Fills the values of one workbook.
struct Filling<'b, 'a> {
    prepared: &'b Prepared<'a>,
    understood: &'b mut Interpreted<'a>,
    /// Cells whose content was refused: neither missing nor to be computed.
    refused: Vec<bool>,
    /// Those of them whose formula has no result.
    uncomputed: Vec<(usize, CellRef)>,
}

impl<'b, 'a> Filling<'b, 'a> {
    fn new(prepared: &'b Prepared<'a>, understood: &'b mut Interpreted<'a>) -> Self {
        let count = prepared.cells.len();
        understood.values = vec![None; count];
        understood.places = vec![None; count];
        Self { prepared, understood, refused: vec![false; count], uncomputed: Vec::new() }
    }

    fn fill(mut self, read: &ReadWorkbook) {
        let unclear = self.check_printed(read);
        let clear = |cell: &&ReadCell| !unclear.contains(cell.at);
        self.take(read.cells.iter().filter(clear));
        self.leave_out(read.cells.iter().filter(|cell| unclear.contains(cell.at)));
        if read.cells.is_empty() {
            self.take(self.prepared.printed.find(&read.loose).iter());
        }
        if self.understood.places.iter().all(Option::is_none) {
            let message = "Không tìm thấy dòng nào của biểu trong tệp. Hãy tải biểu mẫu rồi chép số liệu sang.";
            self.understood.problems.push(Problem::error(ProblemCode::UnmatchedLine, message));
            return;
        }
        self.check_totals();
        self.prepared.totals.fill(&mut self.understood.values);
        self.check_uncomputed();
        self.check_missing();
    }

    /// Reports every line and column whose visible label is that of another one of the form.
    fn check_printed(&mut self, read: &ReadWorkbook) -> Unclear {
        let (unclear, problems) = self.prepared.visible.contradictions(&read.printed);
        for (problem, at) in problems {
            self.report(problem, at);
        }
        unclear
    }

    /// Marks cells as found and refused: neither their figures are read nor are they missing.
    fn leave_out<'c>(&mut self, cells: impl Iterator<Item = &'c ReadCell>) {
        for cell in cells {
            if let Some(&position) = self.prepared.positions.get(&cell.item) {
                self.understood.places[position].get_or_insert(cell.at);
                self.refused[position] = true;
            }
        }
    }

    fn take<'c>(&mut self, cells: impl Iterator<Item = &'c ReadCell>) {
        for cell in cells {
            match self.prepared.positions.get(&cell.item) {
                Some(position) if self.understood.places[*position].is_some() => self.check_twin(*position, cell),
                Some(position) => self.take_cell(*position, cell),
                None => {
                    let message = format!(
                        "Dòng mang mã «{}» không thuộc biểu {}. Hãy tải lại biểu mẫu.",
                        cell.item, self.prepared.form.code
                    );
                    self.report(Problem::error(ProblemCode::UnknownLine, message), cell.at);
                }
            }
        }
    }

    fn take_cell(&mut self, position: usize, cell: &ReadCell) {
        self.understood.places[position] = Some(cell.at);
        if cell.content == Content::Uncomputed {
            self.refused[position] = true;
            self.uncomputed.push((position, cell.at));
            return;
        }
        let Some(element) = self.prepared.cells[position].1 else { return };
        match typed(&cell.content, element) {
            Ok(typed) => {
                self.understood.values[position] = typed.value;
                if let Some(doubt) = typed.doubt {
                    self.report_named(doubt, position, cell.at);
                }
            }
            Err(problem) => {
                self.refused[position] = true;
                self.report_named(problem, position, cell.at);
            }
        }
    }

    /// A line that stands twice is harmless only where both say the same or the second says nothing.
    fn check_twin(&mut self, position: usize, cell: &ReadCell) {
        let Some(element) = self.prepared.cells[position].1 else { return };
        let again = typed(&cell.content, element).ok().and_then(|typed| typed.value);
        if again.is_none() || again == self.understood.values[position] {
            return;
        }
        let (sheet, first) = self.understood.place(position);
        let message = format!("Dòng này đã có ở ô {first} trang «{sheet}» với số liệu khác. Xóa một trong hai dòng.");
        self.report_named(Problem::error(ProblemCode::DuplicateLine, message), position, cell.at);
    }

    fn check_totals(&mut self) {
        for (total, parts) in self.prepared.totals.sums() {
            let Some(Value::Number(stated)) = self.understood.values[total] else { continue };
            let Some(added) = sum(&self.understood.values, parts) else { continue };
            let known = parts.iter().all(|part| !self.refused[*part]);
            let (Some(at), true) = (self.understood.places[total], known) else { continue };
            if (stated - added).abs() > 1e-6 * (1.0 + added.abs()) {
                let (stated, added) = (printed(&Value::Number(stated)), printed(&Value::Number(added)));
                let places = self.printed_places(parts);
                let message =
                    format!("Tổng ghi {stated} nhưng các ô thành phần ({places}) cộng lại là {added}. Sửa cho khớp.");
                self.report_named(Problem::error(ProblemCode::SumMismatch, message), total, at);
            }
        }
    }

    fn printed_places(&self, parts: &[usize]) -> String {
        let places: Vec<String> = parts.iter().map(|part| self.understood.place(*part).1).collect();
        let shown: Vec<String> = places.into_iter().filter(|place| !place.is_empty()).collect();
        match shown.as_slice() {
            [first, .., last] if shown.len() > 6 => format!("{first} … {last}"),
            all => all.join(", "),
        }
    }

    /// A total is added up here as well, so its formula may wait; any other one leaves its cell without a value.
    fn check_uncomputed(&mut self) {
        for (position, at) in std::mem::take(&mut self.uncomputed) {
            if self.understood.values[position].is_none() {
                let message = format!(
                    "Ô {} có công thức nhưng chưa có kết quả. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi gửi.",
                    at.a1()
                );
                self.report_named(Problem::error(ProblemCode::FormulaUncomputed, message), position, at);
            }
        }
    }

    fn check_missing(&mut self) {
        for position in 0..self.prepared.cells.len() {
            let (cell, _) = self.prepared.cells[position];
            if !cell.required || self.refused[position] || self.understood.values[position].is_some() {
                continue;
            }
            match self.understood.places[position] {
                Some(at) => {
                    let message = "Ô bắt buộc còn trống. Nhập số liệu; nếu không có thì ghi 0.";
                    self.report_named(Problem::error(ProblemCode::MissingValue, message), position, at);
                }
                None => {
                    let name = self.prepared.name(position);
                    let message = format!("Không tìm thấy ô của {name} trong tệp. Hãy tải lại biểu mẫu.");
                    self.understood.problems.push(Problem::error(ProblemCode::UnmatchedLine, message));
                }
            }
        }
    }

    fn report_named(&mut self, mut problem: Problem, position: usize, at: CellRef) {
        problem.message = format!("{}: {}", self.prepared.name(position), problem.message);
        self.report(problem, at);
    }

    fn report(&mut self, problem: Problem, at: CellRef) {
        let sheet = sheet_name(&self.understood.sheet_names, at);
        self.understood.problems.push(problem.at(sheet, at.a1()));
    }
}

fn sheet_name(names: &[String], at: CellRef) -> String {
    names.get(usize::from(at.sheet)).cloned().unwrap_or_default()
}
