//! One record of the bulk interface: read, held against the sender's rights, turned into values, reported.

use std::collections::HashMap;

use domain::{
    Reason,
    figures::catalogue::{Severity, ValueKind},
    organisation::Registry,
    submissions::{CellRemark, FormValues, Value, read_entry},
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor as Walker},
};
use serde_json::Value as Json;

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::Result,
    submissions::{
        Road, SubmissionKey,
        bulk::{Incoming, Verdict},
        check,
        packed::Shape,
        sheet::Sheet,
        workbooks::problem_code,
    },
};

/// Problems told of one record; a record with more has not been looked at by its sender.
const PROBLEMS_MAX: usize = 50;
/// The code of a reason that only says that the record has problems of its own.
const HAS_PROBLEMS: &str = "has_problems";

/// A record as it stands in the body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    unit: String,
    form: String,
    period: String,
    values: Cells,
    /// One reason for every warning.
    #[serde(default)]
    reason: String,
}

/// The cells as written, so that one that stands twice is seen.
#[derive(Debug)]
struct Cells(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Walk;
        impl<'de> Walker<'de> for Walk {
            type Value = Cells;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object from the code of a cell to its value")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cells, A::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = map.next_entry()? {
                    cells.push(cell);
                }
                Ok(Cells(cells))
            }
        }
        deserializer.deserialize_map(Walk)
    }
}

/// One thing that is wrong with a record.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CellProblem {
    /// The code of the cell; empty where the whole record is meant.
    cell: String,
    code: String,
    severity: Severity,
    message: String,
}

/// What became of one record.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// Its place in the request, from 1.
    record: usize,
    unit: String,
    form: String,
    period: String,
    pub(super) accepted: bool,
    /// The revision that holds its values; 0 where refused or on a dry run.
    revision: u32,
    /// False where the same content had been sent before.
    pub(super) is_new: bool,
    problems: Vec<CellProblem>,
    /// Problems beyond those told.
    #[serde(skip_serializing_if = "is_nought")]
    further_problems: usize,
    /// Nothing is left to be examined.
    #[serde(skip)]
    pub(super) is_final: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_nought(count: &usize) -> bool {
    *count == 0
}

/// A record on its way: what is to be taken in, and its report.
pub(super) struct Sent {
    pub(super) incoming: Option<Incoming>,
    pub(super) report: Report,
}

impl Sent {
    /// A record that is refused before any figure is looked at.
    pub(super) fn refused(record: usize, reason: Reason) -> Self {
        let mut report = Report { record, is_final: true, ..Report::default() };
        report.say(reason.at, reason.code, Severity::Error, reason.message);
        Self { incoming: None, report }
    }
}

impl Report {
    fn say(&mut self, cell: String, code: String, severity: Severity, message: String) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(CellProblem { cell, code, severity, message });
        } else {
            self.further_problems += 1;
        }
    }

    /// Adds the verdict: what the checks found at its cell, what else was said at the record.
    pub(super) fn complete(&mut self, verdict: Verdict) {
        for finding in verdict.findings {
            let (cell, code) = (check::first_item(&finding), problem_code(finding.code).to_owned());
            let is_known = self.problems.iter().any(|known| known.code == code && known.cell == cell);
            if cell.is_empty() || !is_known {
                self.say(cell, code, finding.severity, finding.message);
            }
        }
        match verdict.outcome {
            Ok(accepted) => {
                self.accepted = true;
                (self.revision, self.is_new) = (accepted.revision, accepted.is_new);
            }
            Err(refusal) => {
                for reason in refusal.reasons {
                    if reason.at.is_empty() && reason.code != HAS_PROBLEMS {
                        self.say(String::new(), reason.code, Severity::Error, reason.message);
                    }
                }
            }
        }
    }
}

/// The cells of a form by their codes.
struct Layout<'a> {
    positions: HashMap<String, usize>,
    kinds: Vec<&'a ValueKind>,
    is_total: Vec<bool>,
    sheet: Sheet<'a>,
}

/// Reads records for one sender.
pub(super) struct Reader<'a> {
    office: &'a Office,
    visitor: &'a Visitor,
    registry: std::sync::Arc<Registry>,
    layouts: HashMap<String, Layout<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) async fn new(office: &'a Office, visitor: &'a Visitor) -> Result<Self> {
        Ok(Self { office, visitor, registry: office.registry().await?, layouts: HashMap::new() })
    }

    /// Reads one record. A unit that is not the sender's is refused before its figures are compared with anything.
    pub(super) fn read(&mut self, number: usize, text: &[u8]) -> Sent {
        let record: Record = match serde_json::from_slice(text) {
            Ok(record) => record,
            Err(fault) => {
                let message = format!("Bản ghi không đọc được ({fault}); cần unit, form, period và values.");
                return Sent::refused(number, Reason::new("unreadable", message));
            }
        };
        let Record { unit, form, period, values, reason } = record;
        let is_known = self.registry.unit(&unit).is_some();
        let mut report = Report { record: number, unit, form, period, ..Report::default() };
        if is_known && !self.visitor.may(Right::EnterFigures, &report.unit) {
            let message = format!("Tài khoản này không được giao nộp số liệu cho đơn vị «{}».", report.unit);
            report.is_final = true;
            report.say(String::new(), "no_right".to_owned(), Severity::Error, message);
            return Sent { incoming: None, report };
        }
        let values = self.values(&mut report, values);
        let has_problems = !report.problems.is_empty();
        let incoming = Incoming {
            key: SubmissionKey::new(&report.period, &report.form, &report.unit),
            values,
            road: Road::Api,
            file_name: String::new(),
            explanations: Vec::<CellRemark>::new(),
            reason,
            faults: if has_problems { vec![Reason::new(HAS_PROBLEMS, "")] } else { Vec::new() },
        };
        Sent { incoming: Some(incoming), report }
    }

    /// The values in the order of the form's cells. Totals that are left out are added up from their parts.
    fn values(&mut self, report: &mut Report, cells: Cells) -> FormValues {
        let Some(layout) = self.layout(&report.form) else { return FormValues::default() };
        let mut values = FormValues::from_cells(vec![None; layout.kinds.len()]);
        let mut is_given = vec![false; layout.kinds.len()];
        for (code, json) in cells.0 {
            let Some(&position) = layout.positions.get(&code) else {
                let message = format!("Biểu {} không có ô «{code}».", report.form);
                report.say(code, "unknown_cell".to_owned(), Severity::Error, message);
                continue;
            };
            if std::mem::replace(&mut is_given[position], true) {
                let message = "Ô này ghi hai lần trong một bản ghi.".to_owned();
                report.say(code, "duplicate_cell".to_owned(), Severity::Error, message);
                continue;
            }
            match value(layout.kinds[position], &json) {
                Ok(value) => values.set(position, value),
                Err(reason) => report.say(code, reason.code, Severity::Error, reason.message),
            }
        }
        let is_left_out = |position: &usize| layout.is_total[*position] && !is_given[*position];
        let left_out: Vec<usize> = (0..layout.kinds.len()).filter(is_left_out).collect();
        if !left_out.is_empty() {
            let mut added_up = values.clone();
            layout.sheet.add_up(&mut added_up);
            for position in left_out {
                values.set(position, added_up.get(position).cloned());
            }
        }
        values
    }

    fn layout(&mut self, code: &str) -> Option<&Layout<'a>> {
        if !self.layouts.contains_key(code) {
            let catalogue = self.office.catalogue();
            let form = catalogue.form(code)?;
            let shape = Shape::of(catalogue, form);
            let items = shape.cells().iter().enumerate();
            let layout = Layout {
                positions: items.map(|(position, (item, _))| (item.to_string(), position)).collect(),
                kinds: shape.cells().iter().map(|(_, kind)| *kind).collect(),
                is_total: form.cells().map(|cell| !cell.total_of.is_empty()).collect(),
                sheet: Sheet::of(catalogue, form, "vi"),
            };
            self.layouts.insert(code.to_owned(), layout);
        }
        self.layouts.get(code)
    }
}

/// A value as a program writes it: numbers are JSON numbers, never texts, because `1.234` means two things as a text.
fn value(kind: &ValueKind, json: &Json) -> Result<Option<Value>, Reason> {
    let entry = |text: &str| read_entry(kind, text).map_err(|fault| Reason::new(fault.code, fault.message));
    match (kind, json) {
        (_, Json::Null) => Ok(None),
        (ValueKind::Count { .. } | ValueKind::Decimal { .. }, Json::Number(number)) => {
            Ok(number.as_f64().map(Value::Number))
        }
        (ValueKind::Count { .. } | ValueKind::Decimal { .. }, other) => {
            let message = format!("{other} không phải là số: ô này nhận số JSON như 12 hoặc 12.5, không nhận chuỗi.");
            Err(Reason::new("not_a_number", message))
        }
        (ValueKind::YesNo, Json::Bool(truth)) => Ok(Some(Value::Boolean(*truth))),
        (ValueKind::YesNo | ValueKind::Choice { .. } | ValueKind::Text { .. }, Json::String(text)) => entry(text),
        (ValueKind::YesNo, other) => Err(Reason::new("not_a_choice", format!("{other}: ô này nhận true hoặc false."))),
        (ValueKind::Choice { choices }, other) => {
            Err(Reason::new("not_a_choice", format!("{other}: ô này nhận một trong các chữ: {}.", choices.join(", "))))
        }
        (ValueKind::Text { .. }, other) => {
            Err(Reason::new("not_a_text", format!("{other}: ô này nhận chữ trong dấu nháy.")))
        }
    }
}
