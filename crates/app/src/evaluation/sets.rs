//! The criteria sets that this office knows: those that ship and those that it made itself.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::criteria::{self, CriteriaSet},
    figures::{catalogue::Catalogue, pack::PackFile},
    school_year::SchoolYear,
};

use super::queries::own_sets;
use crate::{
    office::Office,
    platform::{Error, Result, kept},
    shipped,
};

/// A set with its text.
#[derive(Clone, Debug)]
pub struct KnownSet {
    /// The set.
    pub set: Arc<CriteriaSet>,
    /// Its file, or the words for a set that the office made itself.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Hash of the text.
    pub hash: String,
    /// The office that made it; empty where it ships.
    pub unit: String,
}

/// Every set, those that ship first, by code and version.
///
/// # Errors
/// An inside fault where a set that was taken into use can no longer be read.
pub async fn all(office: &Office) -> Result<Vec<KnownSet>> {
    let shipped = shipped::criteria()?.iter().map(|one| KnownSet {
        set: Arc::clone(&one.set),
        file: format!("data/{}", one.file),
        text: one.text.to_owned(),
        hash: kept::hash(one.text.as_bytes()),
        unit: String::new(),
    });
    let mut known: Vec<KnownSet> = shipped.collect();
    for own in own_sets::in_use(office).await? {
        let set = read(office.catalogue(), &own.content)?;
        let file = format!("bộ của đơn vị {}", own.unit_code);
        let (text, hash, unit) = (own.content, own.content_hash, own.unit_code);
        known.push(KnownSet { set: Arc::new(set), file, text, hash, unit });
    }
    Ok(known)
}

/// The sets in force in a year, those that can be scored first, then by code; of a set's versions the latest one.
///
/// # Errors
/// As [`all`].
pub async fn in_force(office: &Office, year: SchoolYear) -> Result<Vec<KnownSet>> {
    let known = all(office).await?.into_iter().filter(|known| known.set.is_in_force(year));
    let latest: BTreeMap<String, KnownSet> = known.map(|known| (known.set.code.clone(), known)).collect();
    let mut sets: Vec<KnownSet> = latest.into_values().collect();
    sets.sort_by_key(|known| known.set.is_frame);
    Ok(sets)
}

/// The set of this code in force in a year, the latest version of it.
///
/// # Errors
/// `NotFound` for an unknown code; `not_in_force` in a year in which no version is; `frame_only` where only the frame of
/// the set is known.
pub async fn of_year(office: &Office, code: &str, year: SchoolYear) -> Result<KnownSet> {
    let mut versions = all(office).await?;
    versions.retain(|known| known.set.code == code);
    let Some(any) = versions.first().map(|known| known.set.label.vi.clone()) else {
        return Err(Error::NotFound(format!("bộ tiêu chí mang mã {code}")));
    };
    let Some(known) = versions.into_iter().rev().find(|known| known.set.is_in_force(year)) else {
        let message = format!("Bộ tiêu chí «{any}» không có hiệu lực trong năm học {year}; hãy chọn năm học khác.");
        return Err(Error::refused("not_in_force", message));
    };
    if known.set.is_frame {
        let message = format!(
            "Bộ tiêu chí «{any}» chỉ có khung lĩnh vực, chưa có tiêu chí và điểm nên không chấm được; hãy bổ sung tiêu chí."
        );
        return Err(Error::refused("frame_only", message));
    }
    Ok(known)
}

/// A set that was frozen: the shipped one itself where its text is still the same.
///
/// # Errors
/// An inside fault where the text cannot be read with what is counted today.
pub fn frozen(office: &Office, text: &str) -> Result<Arc<CriteriaSet>> {
    match shipped::criteria()?.iter().find(|one| one.text == text) {
        Some(one) => Ok(Arc::clone(&one.set)),
        None => Ok(Arc::new(read(office.catalogue(), text)?)),
    }
}

fn read(catalogue: &Catalogue, text: &str) -> Result<CriteriaSet> {
    let file = PackFile { name: "criteria/bo.toml", text };
    let sets = criteria::load(&[file], catalogue)
        .map_err(|faults| Error::inside(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    sets.into_iter().next().ok_or_else(|| Error::inside("an empty criteria set"))
}
