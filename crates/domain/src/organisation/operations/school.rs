//! What is particular to a school: its levels, its ownership, its satellite sites.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Change, draft::Draft};
use crate::organisation::{Registry, SatelliteSite, Unit, Validity};
use crate::vietnamese::{fold, normalise};
use crate::{Level, Ownership, Refusal};

/// A school's facts that hold for its whole life. A school that takes up another level from a day on is another school
/// with a succession: that is how the deciding body words it, and old years keep their forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolEdit {
    /// The Ministry's code; none where there is none.
    pub official_code: Option<String>,
    /// Levels taught.
    pub levels: Vec<Level>,
    /// Who owns it.
    pub ownership: Option<Ownership>,
}

/// Mends a school's facts. Refusals: `unknown_unit`, `not_valid`, `not_a_school`, `no_level`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn describe_school(registry: &Registry, code: &str, edit: &SchoolEdit, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    if edit.levels.is_empty() {
        draft.refuse("no_level", "Hãy chọn ít nhất một cấp học.", code);
    }
    if let Some(mut unit) = school(&mut draft, code) {
        let facts = unit.school.get_or_insert_default();
        facts.levels = Level::ALL.into_iter().filter(|level| edit.levels.contains(level)).collect();
        facts.ownership = edit.ownership;
        unit.official_code = edit.official_code.as_deref().map(normalise).filter(|code| !code.is_empty());
        draft.put(unit);
    }
    draft.finish()
}

/// Adds a satellite site from a day on. Refusals: `unknown_unit`, `not_valid`, `not_a_school`, `no_name`, `site_exists`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn open_site(registry: &Registry, code: &str, name: &str, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let name = normalise(name);
    if name.is_empty() {
        draft.refuse("no_name", "Chưa ghi tên điểm trường.", code);
    }
    if let Some(mut unit) = school(&mut draft, code) {
        let validity = Validity { from: Some(on), to: unit.validity.to };
        let facts = unit.school.get_or_insert_default();
        let is_same = |site: &SatelliteSite| fold(&site.name) == fold(&name) && site.validity.overlaps(validity);
        if facts.sites.iter().any(is_same) {
            draft.refuse("site_exists", format!("Trường đã có điểm trường «{name}» trong thời gian này."), code);
        }
        facts.sites.push(SatelliteSite { name, validity });
        facts.sites.sort_by(|left, right| (&left.name, left.validity.from).cmp(&(&right.name, right.validity.from)));
        draft.put(unit);
    }
    draft.finish()
}

/// Ends a satellite site the day before. Refusals: `unknown_unit`, `not_valid`, `not_a_school`, `unknown_site`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn close_site(registry: &Registry, code: &str, name: &str, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let name = normalise(name);
    if let Some(mut unit) = school(&mut draft, code) {
        let facts = unit.school.get_or_insert_default();
        let is_meant = |site: &&mut SatelliteSite| {
            fold(&site.name) == fold(&name)
                && site.validity.contains(on)
                && site.validity.from.is_none_or(|from| from < on)
        };
        match facts.sites.iter_mut().find(is_meant) {
            Some(site) => site.validity = site.validity.until(on),
            None => {
                let message = format!("Không có điểm trường «{name}» đang hoạt động trước ngày này.");
                draft.refuse("unknown_site", message, code);
            }
        }
        draft.put(unit);
    }
    draft.finish()
}

fn school(draft: &mut Draft<'_>, code: &str) -> Option<Unit> {
    let unit = draft.existing(code)?;
    if !unit.kind.is_school() {
        let message = format!("{} ({code}) không phải là trường.", unit.latest_name());
        draft.refuse("not_a_school", message, code);
        return None;
    }
    Some(unit)
}
