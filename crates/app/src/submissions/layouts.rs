//! The cells of every version of every form in which figures were ever packed: a newer version reads the figures of an
//! older one by the codes of its items, so that last year's values survive a changed form.

use std::{borrow::Cow, collections::HashMap};

use domain::{
    Reason, Refusal,
    figures::catalogue::{Catalogue, StatisticalForm},
};

use super::store;
use crate::platform::{Db, Result};

/// The layouts that an office knows.
#[derive(Debug, Default)]
pub struct Layouts {
    present: HashMap<String, Present>,
}

/// The code of a refusal where a form's cells are not those that are on record under its version.
pub const CELLS_ALTERED: &str = "cells_altered";

#[derive(Debug, Default)]
struct Present {
    version: i64,
    /// For each other version: where the present form's cells stand in it.
    others: HashMap<i64, Vec<Option<usize>>>,
}

impl Layouts {
    /// Reads the layouts of all versions and puts the present ones on record where they are new.
    ///
    /// # Errors
    /// [`CELLS_ALTERED`] for every form whose older figures would be read into wrong cells, and nothing is put on record;
    /// where the database fails.
    pub async fn keep(db: &Db, catalogue: &Catalogue) -> Result<Self> {
        let mut stored = store::layouts(db).await?;
        Refusal::unless_empty(altered(catalogue, &stored))?;
        let mut fresh = Vec::new();
        for form in &catalogue.forms {
            let key = (form.code.clone(), i64::from(form.version));
            let known = stored.iter().any(|(code, version, _)| (code, version) == (&key.0, &key.1));
            if !known {
                fresh.push((key.0, key.1, items(form).join(" ")));
            }
        }
        if !fresh.is_empty() {
            store::insert_layouts(db, &fresh).await?;
            stored.extend(fresh);
        }
        Ok(Self::of(catalogue, &stored))
    }

    fn of(catalogue: &Catalogue, stored: &[(String, i64, String)]) -> Self {
        let mut layouts = Self::default();
        for form in &catalogue.forms {
            let items = items(form);
            let version = i64::from(form.version);
            let mut present = Present { version, others: HashMap::new() };
            for (_, other, text) in stored.iter().filter(|(code, ..)| *code == form.code) {
                let theirs: HashMap<&str, usize> = text.split(' ').zip(0..).collect();
                if *other != version {
                    let places = items.iter().map(|item| theirs.get(item.as_str()).copied()).collect();
                    present.others.insert(*other, places);
                }
            }
            layouts.present.insert(form.code.clone(), present);
        }
        layouts
    }

    /// Packed figures of this version in the order of the form's present version; a cell that the version did not have
    /// has no number. Nothing for a form or a version that was never put on record.
    pub fn in_present_order<'f>(&self, form: &str, version: i64, figures: &'f [u8]) -> Option<Cow<'f, [u8]>> {
        let present = self.present.get(form)?;
        if present.version == version {
            return Some(Cow::Borrowed(figures));
        }
        let Some(places) = present.others.get(&version) else {
            tracing::warn!(form, version, "figures of an unknown version of a form are left out");
            return None;
        };
        let number = |place: &Option<usize>| place.map_or(f64::NAN, |cell| super::packed::number_at(figures, cell));
        Some(Cow::Owned(places.iter().flat_map(|place| number(place).to_le_bytes()).collect()))
    }
}

/// The forms whose cells were changed without a new version: their older figures would be read into wrong cells.
fn altered(catalogue: &Catalogue, stored: &[(String, i64, String)]) -> Vec<Reason> {
    let is_altered = |form: &&StatisticalForm| {
        let known = stored.iter().find(|(code, version, _)| *code == form.code && *version == i64::from(form.version));
        known.is_some_and(|(.., text)| text.split(' ').ne(items(form).iter().map(String::as_str)))
    };
    let reason = |form: &StatisticalForm| {
        let message = format!(
            "Các ô của biểu {} đã đổi mà phiên bản vẫn là {}: số liệu cũ sẽ bị đọc nhầm ô. Hãy tăng version của biểu trong \
             thư mục packs.",
            form.code, form.version
        );
        Reason::new(CELLS_ALTERED, message).at(&form.code)
    };
    catalogue.forms.iter().filter(is_altered).map(reason).collect()
}

/// The items of a form's cells, in the packed order.
fn items(form: &StatisticalForm) -> Vec<String> {
    form.cells().map(|cell| cell.item.to_string()).collect()
}

#[cfg(test)]
mod tests;
