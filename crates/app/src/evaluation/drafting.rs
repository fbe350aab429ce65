//! Criteria sets that an office makes itself: copied from a set that ships, changed, checked with the place of every
//! fault, tried on figures, saved as a version, taken into use. A version is never overwritten.

use std::sync::Arc;

use domain::{
    Reason, Refusal,
    evaluation::criteria::{self, CriteriaSet},
    figures::pack::{PackFault, PackFile},
    school_year::SchoolYear,
};
use jiff::civil::Date;

use super::{
    queries::{self, Evaluation, own_sets},
    store,
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, kept},
    shipped,
};

/// The longest text of a set, in bytes.
const TEXT_BYTES_MAX: usize = 64 << 10;

/// A set as its office has written it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The office.
    pub unit: String,
    /// Its text in the format of `data/criteria`.
    pub text: String,
    /// The code of the set that it was copied from.
    pub based_on: String,
}

/// Reads a text and tells everything that is wrong with it, each with its line.
///
/// # Errors
/// Every fault, `at` its line (`dòng 12`).
pub fn check(office: &Office, text: &str) -> Result<CriteriaSet, Refusal> {
    if text.len() > TEXT_BYTES_MAX {
        let message = format!("Bộ tiêu chí dài quá {} KB; hãy rút gọn.", TEXT_BYTES_MAX >> 10);
        return Err(Refusal::one("too_large", message));
    }
    let reason = |fault: &PackFault| Reason::new(fault.code, fault.message.clone()).at(format!("dòng {}", fault.line));
    let file = PackFile { name: "criteria/bo.toml", text };
    let read = criteria::load(&[file], office.catalogue());
    let sets = read.map_err(|faults| Refusal { reasons: faults.iter().map(reason).collect() })?;
    sets.into_iter().next().ok_or_else(|| Refusal::one("empty_set", "Chưa có nội dung bộ tiêu chí."))
}

/// Every unit scored by a text that is not saved yet, on the figures of a year; nothing is kept.
///
/// # Errors
/// As [`check`]; `frame_only` for a set without criteria; `NotFound` for a year that was never opened.
pub async fn tried(office: &Office, text: &str, year: SchoolYear, today: Date) -> Result<Evaluation> {
    let set = check(office, text)?;
    if set.is_frame {
        return Err(Error::refused(
            "frame_only",
            "Bộ chỉ có khung lĩnh vực nên chưa chấm thử được; hãy thêm tiêu chí.",
        ));
    }
    queries::with_set(office, Arc::new(set), year, today).await
}

/// Saves a text as the next version of its set; a text that was saved before changes nothing. Gives the version.
///
/// # Errors
/// As [`check`]; `code_ships` where a shipped set has its code; `wrong_version` where it does not say the next version;
/// `other_office` where the set is another office's.
pub async fn save(office: &Office, context: &Context, draft: &Draft) -> Result<i64> {
    let set = check(office, &draft.text)?;
    let known = own_sets::versions(office, &set.code).await?;
    let hash = kept::hash(draft.text.as_bytes());
    if let Some(same) = known.iter().find(|one| one.content_hash == hash) {
        return Ok(same.version);
    }
    let mut reasons = Vec::new();
    if shipped::criteria()?.iter().any(|one| one.set.code == set.code) {
        let message = format!("Mã «{}» là của bộ kèm theo phần mềm; hãy đặt mã khác cho bộ của đơn vị.", set.code);
        reasons.push(Reason::new("code_ships", message).at("code"));
    }
    if known.iter().any(|one| one.unit_code != draft.unit) {
        let message = format!("Mã «{}» đã có đơn vị khác dùng; hãy đặt mã khác.", set.code);
        reasons.push(Reason::new("other_office", message).at("code"));
    }
    let next = known.last().map_or(1, |one| one.version + 1);
    if i64::from(set.version) != next {
        let message = format!("Phiên bản phải là {next} (dòng «version»): phiên bản đã lưu không sửa lại được.");
        reasons.push(Reason::new("wrong_version", message).at("version"));
    }
    Refusal::unless_empty(reasons)?;
    let mut transaction = office.db().begin().await?;
    store::save_set(&mut transaction, context, draft, (&set.code, next, &hash)).await?;
    let detail = format!("phiên bản {next} {hash}");
    audit::write(&mut transaction, context, "evaluation.save_set", &set.code, &detail).await?;
    transaction.commit().await?;
    Ok(next)
}

/// Takes a saved version into use: from now on it may be opened and units are scored by it.
///
/// # Errors
/// `NotFound` for a version that is not there or is in use already.
pub async fn take_into_use(office: &Office, context: &Context, code: &str, version: i64) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    if !store::use_set(&mut transaction, context, code, version).await? {
        return Err(Error::NotFound(format!("bản nháp phiên bản {version} của bộ tiêu chí {code}")));
    }
    let detail = format!("phiên bản {version}");
    audit::write(&mut transaction, context, "evaluation.take_into_use", code, &detail).await?;
    Ok(transaction.commit().await?)
}
