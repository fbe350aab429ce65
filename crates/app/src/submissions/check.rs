//! Holds one form's values against the rules, with what stands around them: last year, and the unit's other forms.

use domain::{
    Reason,
    figures::catalogue::{Catalogue, Severity, StatisticalForm},
    submissions::{CellRemark, FormValues},
};
use serde::Serialize;

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The cell's item; empty where the whole form is meant.
    pub item: String,
    /// The check's code.
    pub check: String,
    /// How grave.
    pub severity: Severity,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

impl Finding {
    fn reason(&self) -> Reason {
        Reason::new(self.check.clone(), self.message.clone()).at(self.item.clone())
    }
}

/// What a form is compared with.
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// Last year's approved values of the same form.
    pub previous: Option<&'a FormValues>,
    /// The unit's other forms of the year, as last sent.
    pub others: Vec<(&'a StatisticalForm, &'a FormValues)>,
}

/// Everything that the checks find, in the order of the form's cells and then of the rules.
pub fn check(
    _catalogue: &Catalogue,
    form: &StatisticalForm,
    values: &FormValues,
    _surroundings: &Surroundings<'_>,
) -> Vec<Finding> {
    let missing = form.cells().enumerate().filter(|(position, cell)| cell.required && values.get(*position).is_none());
    missing
        .map(|(_, cell)| Finding {
            item: cell.item.to_string(),
            check: "missing_value".to_owned(),
            severity: Severity::Error,
            message: "Ô bắt buộc còn trống; nếu không có thì nhập 0.".to_owned(),
        })
        .collect()
}

/// The findings that must be mended.
pub fn errors(findings: &[Finding]) -> Vec<Reason> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).map(Finding::reason).collect()
}

/// The warnings for which the unit has not written a reason.
pub fn unexplained(findings: &[Finding], explanations: &[CellRemark]) -> Vec<Reason> {
    let explained = |finding: &Finding| {
        let meant = |remark: &CellRemark| remark.check == finding.check && remark.item == finding.item;
        explanations.iter().any(|remark| meant(remark) && !remark.is_blank())
    };
    findings.iter().filter(|f| f.severity == Severity::Warning && !explained(f)).map(Finding::reason).collect()
}
