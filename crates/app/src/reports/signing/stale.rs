//! Numbers of a paper that the figures of today tell otherwise than when it was written.

use std::collections::BTreeMap;

use domain::{
    Reason,
    reports::{FigureForm, FigureReference},
    school_year::SchoolYear,
};

use crate::{
    office::Office,
    platform::{Context, Error, Result},
    reports::papers::{
        operations::{self, NewPaper},
        queries::Paper,
    },
};

/// So many numbers are named one by one.
const NAMED_MAX: usize = 5;

/// One warning that names the numbers that changed; none where all are as they were, or where the paper could not be
/// written anew as it was (its wording asks for something else by now).
///
/// # Errors
/// Where the figures cannot be read.
pub(super) async fn changed_figures(office: &Office, context: &Context, paper: &Paper) -> Result<Option<Reason>> {
    let written: Vec<&FigureReference> = paper.content.figures().collect();
    if written.is_empty() {
        return Ok(None);
    }
    let new = NewPaper {
        unit: paper.unit.clone(),
        year: paper.year.clone(),
        kind: paper.kind.clone(),
        inputs: paper.inputs.clone(),
    };
    let wording = operations::wording(office, &new).await?;
    let today = match operations::compose(office, context, &new, &wording).await {
        Ok(today) => today,
        Err(Error::Refused(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut told: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for figure in today.figures() {
        told.entry(key(figure)).or_default().push(&figure.printed);
    }
    let mut changed = Vec::new();
    for old in written {
        let Some(new) = told.get(&key(old)).filter(|new| !new.contains(&old.printed.as_str())) else { continue };
        let words = format!("«{}» nay là «{}»", old.printed, new.join(", "));
        if !changed.contains(&words) {
            changed.push(words);
        }
    }
    Ok((!changed.is_empty()).then(|| warning(&changed)))
}

fn key(figure: &FigureReference) -> (&str, &str, SchoolYear, FigureForm) {
    (&figure.code, &figure.unit, figure.year, figure.form)
}

fn warning(changed: &[String]) -> Reason {
    let named = changed[..changed.len().min(NAMED_MAX)].join("; ");
    let further = match changed.len().saturating_sub(NAMED_MAX) {
        0 => String::new(),
        count => format!("; và {count} số khác"),
    };
    let message = format!(
        "Số liệu đã thay đổi từ khi soạn: {named}{further}. Hãy trả lại để lấy số mới, hoặc ghi lý do vẫn ký theo số cũ."
    );
    Reason::new("figures_changed", message).at("Số liệu")
}
