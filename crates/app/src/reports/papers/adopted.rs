//! The summary report on the road of papers: adopted as it stands, with who signs it; written anew, it is taken anew.

use domain::{
    Refusal,
    reports::{
        Document,
        paper::{PaperContent, Wording},
        signing::PaperState,
    },
};

use super::{
    frame::{LEVEL, Surroundings},
    operations::NewPaper,
    queries,
};
use crate::{
    office::Office,
    platform::{Context, Error, Result},
    reports::{operations, queries::ReportKey},
};

/// The report as it stands today, with the signature and the marks that were chosen.
///
/// # Errors
/// `NotFound` for a unit, a year or a level that is not known; refused where a choice is none.
pub(super) async fn compose(
    office: &Office,
    context: &Context,
    new: &NewPaper,
    wording: &Wording,
) -> Result<PaperContent> {
    let surroundings = Surroundings::of(office, context, &new.unit, &new.year).await?;
    let frame = surroundings.frame(wording, &new.inputs).map_err(|reasons| Refusal { reasons })?;
    let document = operations::summary_report(office, context, &key(new)).await?;
    let document = Document { signature: frame.signature, marks: frame.marks, ..document };
    Ok(PaperContent::Documents(vec![document]))
}

/// One report goes one road: a second paper of it may begin when the first was taken back.
pub(super) async fn refuse_second(office: &Office, new: &NewPaper) -> Result<()> {
    let Some(known) = queries::adopted(office, &key(new)).await? else { return Ok(()) };
    let state = PaperState::parse(&known.state).unwrap_or_default();
    if state == PaperState::Withdrawn {
        return Ok(());
    }
    let message = format!(
        "Báo cáo này đã được đưa vào trình ký (văn bản số {}, «{}»). Hãy mở văn bản đó để lấy lại nội dung hoặc xử lý tiếp.",
        known.id,
        state.label().0
    );
    Err(Error::refused("already_adopted", message))
}

fn key(new: &NewPaper) -> ReportKey {
    let level = new.inputs.get(LEVEL).map_or("", |level| level.trim());
    ReportKey { unit: new.unit.clone(), year: new.year.clone(), level: level.to_owned() }
}
