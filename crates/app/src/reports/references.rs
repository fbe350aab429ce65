//! References to figures (`[[pri_pupil_count|tăng giảm]]`) in the words of papers, put into print.

use domain::reports::{paper::PaperContent, reference};

use super::{gather, queries::ReportKey};
use crate::{
    office::Office,
    platform::{Context, Result},
};

/// The content with its references put into print: the figures of the unit and the year. Content without one is handed
/// back as it is, and no figure is read for it.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known.
pub(super) async fn put_in(
    office: &Office,
    context: &Context,
    unit: &str,
    year: &str,
    content: PaperContent,
) -> Result<PaperContent> {
    let PaperContent::Documents(mut documents) = content else { return Ok(content) };
    if documents.iter().any(reference::is_awaited) {
        let key = ReportKey { unit: unit.to_owned(), year: year.to_owned(), level: String::new() };
        let gathered = gather::kept(office, context, &key).await?;
        let facts = gathered.facts(office);
        let teller = reference::Teller::of(&facts);
        documents.iter_mut().for_each(|document| reference::put_in(document, &teller));
    }
    Ok(PaperContent::Documents(documents))
}
