//! The verbs on nominations: nominate, amend, hold, release, send; the quota that an office sets. [`settings`] has its
//! matrix of grantors and its deadline.

use domain::{
    Reason, Refusal,
    awards::{
        Facts,
        dossier::{AwardDossier, Nominee},
        pack::{Grantor, Occasion},
        quota::Rounding,
    },
    organisation::Line,
    school_year::SchoolYear,
    vietnamese::{normalise, short_date},
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    queries::{self, Filed, YearOfAwards, suggestions},
    store,
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

pub mod council;
pub mod decision;
pub mod settings;

/// Letters in the words of an achievement or a reason.
const TEXT_LENGTH_MAX: usize = 4_000;

/// Who is nominated, as people name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The unit itself.
    Unit,
    /// A person of the unit.
    Person {
        /// Full name.
        name: String,
        /// Post.
        post: String,
    },
}

/// A nomination.
#[derive(Clone, Debug)]
pub struct Nomination {
    /// The unit that is nominated, or in which the person works.
    pub unit: String,
    /// Who.
    pub whom: Whom,
    /// For which title or form.
    pub award: String,
    /// The school year of the achievement.
    pub year: SchoolYear,
    /// On which occasion.
    pub occasion: Occasion,
    /// What is known and asked for.
    pub proposal: Proposal,
}

/// What a dossier says and its writers may amend.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// The achievement in words.
    pub achievement: String,
    /// Who is to grant it.
    pub grantor: Option<Grantor>,
    /// What is known of the nominee.
    pub facts: Facts,
}

/// The office whose council sits on nominations from a unit: the unit itself, the managing office of a school.
///
/// # Errors
/// `NotFound` for an unknown unit.
pub async fn office_for(office: &Office, unit: &str, day: Date) -> Result<String> {
    let registry = office.registry().await?;
    let known = registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?;
    let above = if known.school.is_some() { registry.parent_on(unit, Line::Management, day) } else { None };
    Ok(above.map_or_else(|| unit.to_owned(), |parent| parent.code.0.clone()))
}

/// Nominates a unit or a person; the honours that the register holds of the nominee are read with the dossier wherever it
/// is judged. Gives its number.
///
/// # Errors
/// `NotFound` for an unknown unit; `unknown_award`, `wrong_recipient`, `no_name`, `too_long`, `nominated_already`, all at once.
pub async fn nominate(office: &Office, context: &Context, nomination: &Nomination) -> Result<i64> {
    let today = context.today();
    let unit = office_for(office, &nomination.unit, today).await?;
    let nominee = nominee(office, nomination, today).await?;
    let dossier = AwardDossier {
        id: 0,
        nominee,
        award: nomination.award.clone(),
        year: nomination.year,
        occasion: nomination.occasion,
        achievement: normalise(&nomination.proposal.achievement),
        grantor: nomination.proposal.grantor,
        accepted_on: None,
        facts: nomination.proposal.facts.clone(),
        holds: Vec::new(),
    };
    let mut transaction = office.db().begin().await?;
    let all = queries::load(office, &mut transaction, &unit, nomination.year).await?;
    may_nominate(&all, &dossier, today)?;
    let id = store::insert(&mut transaction, context, &unit, &dossier).await?;
    let detail = format!("{} {}", dossier.award, dossier.nominee.key);
    audit::write(&mut transaction, context, "awards.nominate", &object(id), &detail).await?;
    transaction.commit().await?;
    Ok(id)
}

async fn nominee(office: &Office, nomination: &Nomination, day: Date) -> Result<Nominee> {
    let registry = office.registry().await?;
    let unit = nomination.unit.as_str();
    let known = registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?;
    let (is_person, name, post, key) = match &nomination.whom {
        Whom::Unit => (false, known.name_on(day).to_owned(), String::new(), format!("unit:{unit}")),
        Whom::Person { name, post } => {
            let name = normalise(name);
            let key = suggestions::person_key(office, unit, &name).await?;
            (true, name, normalise(post), key)
        }
    };
    Ok(Nominee { key, is_person, name, post, unit: unit.to_owned(), unit_kind: known.kind.as_str().to_owned() })
}

fn may_nominate(all: &YearOfAwards, dossier: &AwardDossier, today: Date) -> Result<()> {
    let mut reasons = Vec::new();
    let pack = queries::pack_on(today)?;
    match pack.award(&dossier.award) {
        None => {
            let message = "Hãy chọn danh hiệu hoặc hình thức khen thưởng trong danh sách.";
            reasons.push(Reason::new("unknown_award", message).at("award"));
        }
        Some(award) if !award.recipients.takes(dossier.nominee.is_person) => {
            let whom = if dossier.nominee.is_person { "cá nhân" } else { "tập thể" };
            let message = format!("{} không dành cho {whom}; hãy chọn lại.", award.label.vi);
            reasons.push(Reason::new("wrong_recipient", message).at("award"));
        }
        Some(_) => {}
    }
    if dossier.nominee.name.is_empty() {
        reasons.push(Reason::new("no_name", "Hãy ghi họ tên người được đề nghị.").at("name"));
    }
    reasons.extend(too_long("achievement", &dossier.achievement));
    let is_twin = |filed: &&Filed| {
        let other = &filed.dossier;
        (&other.nominee.key, &other.award, other.occasion) == (&dossier.nominee.key, &dossier.award, dossier.occasion)
    };
    if let Some(twin) = all.filed.iter().find(is_twin) {
        let message =
            format!("{} đã được đề nghị ở hồ sơ số {}; hãy mở hồ sơ đó.", twin.dossier.nominee.name, twin.dossier.id);
        reasons.push(Reason::new("nominated_already", message).at("name"));
    }
    reasons.extend(dossier.facts.check().err().into_iter().flat_map(|refusal| refusal.reasons));
    Ok(Refusal::unless_empty(reasons)?)
}

fn too_long(at: &str, text: &str) -> Option<Reason> {
    let length = text.chars().count();
    let message = format!("Đoạn này dài {length} ký tự, tối đa {TEXT_LENGTH_MAX}.");
    (length > TEXT_LENGTH_MAX).then(|| Reason::new("too_long", message).at(at))
}

/// Amends what a draft says.
///
/// # Errors
/// `NotFound`; `already_sent` for a dossier that was accepted; `changed_meanwhile` where somebody else amended it since
/// `revision`; faults of the facts.
pub async fn amend(office: &Office, context: &Context, id: i64, revision: i64, proposal: &Proposal) -> Result<()> {
    let (mut transaction, _, filed) = opened(office, id).await?;
    if filed.dossier.accepted_on.is_some() {
        let message = "Hồ sơ đã trình nên không sửa nội dung; hãy lập hồ sơ mới nếu cần.";
        return Err(Error::refused("already_sent", message));
    }
    let mut reasons: Vec<Reason> = too_long("achievement", &proposal.achievement).into_iter().collect();
    reasons.extend(proposal.facts.check().err().into_iter().flat_map(|refusal| refusal.reasons));
    Refusal::unless_empty(reasons)?;
    let proposal = Proposal { achievement: normalise(&proposal.achievement), ..proposal.clone() };
    if !store::amend(&mut transaction, context, id, revision, &proposal).await? {
        let message = "Hồ sơ vừa được người khác sửa. Hãy mở lại để xem bản mới rồi sửa tiếp.";
        return Err(Error::refused("changed_meanwhile", message));
    }
    let detail = format!("revision {}", revision + 1);
    audit::write(&mut transaction, context, "awards.amend", &object(id), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Puts a dossier on hold while something is being checked.
///
/// # Errors
/// `NotFound`; `on_hold_already`; `no_reason`.
pub async fn hold(office: &Office, context: &Context, id: i64, since: Date, reason: &str) -> Result<()> {
    let (mut transaction, _, filed) = opened(office, id).await?;
    let reason = required("reason", reason, "Hãy ghi lý do tạm dừng xét.")?;
    if filed.dossier.hold().is_some() {
        return Err(Error::refused("on_hold_already", "Hồ sơ đang tạm dừng xét rồi."));
    }
    let number = i64::try_from(filed.dossier.holds.len()).map_err(Error::inside)? + 1;
    store::hold(&mut transaction, context, (id, number), since, &reason).await?;
    audit::write(&mut transaction, context, "awards.hold", &object(id), &reason).await?;
    Ok(transaction.commit().await?)
}

/// Ends the hold.
///
/// # Errors
/// `NotFound`; `not_on_hold`; `no_reason`; `bad_day` for a day before the hold began.
pub async fn release(office: &Office, context: &Context, id: i64, on: Date, reason: &str) -> Result<()> {
    let (mut transaction, _, filed) = opened(office, id).await?;
    let reason = required("reason", reason, "Hãy ghi lý do kết thúc tạm dừng.")?;
    let Some(hold) = filed.dossier.hold() else {
        return Err(Error::refused("not_on_hold", "Hồ sơ không tạm dừng xét."));
    };
    if on < hold.since {
        return Err(Error::refused("bad_day", "Ngày kết thúc đứng trước ngày bắt đầu tạm dừng."));
    }
    store::release(&mut transaction, context, id, on, &reason).await?;
    audit::write(&mut transaction, context, "awards.release", &object(id), &reason).await?;
    Ok(transaction.commit().await?)
}

/// Sends a dossier: it is accepted today and judged by today's law from now on. What the check found stops nothing, but a
/// clause that is not met is sent with a word why.
///
/// # Errors
/// `NotFound`; those of [`AwardDossier::may_be_sent`]; `needs_word` where a clause is not met and `late` where the
/// deadline is over, and nothing was said.
pub async fn send(office: &Office, context: &Context, id: i64, note: &str) -> Result<()> {
    let (mut transaction, all, filed) = opened(office, id).await?;
    let today = context.today();
    let mut reasons = filed.dossier.may_be_sent().err().map(|refusal| refusal.reasons).unwrap_or_default();
    let [_, missed, _] = all.judged(&filed.dossier, None, today)?.judgement.counts();
    if missed > 0 && note.trim().is_empty() && reasons.is_empty() {
        let message = format!("{missed} điều kiện chưa đạt; vẫn trình được, nhưng hãy ghi lý do để người xét biết.");
        reasons.push(Reason::new("needs_word", message).at("note"));
    }
    if let Some(due_on) = all.due_on.filter(|due_on| *due_on < today && note.trim().is_empty() && reasons.is_empty()) {
        let day = short_date(due_on);
        let message = format!("Hạn trình hồ sơ là ngày {day}; vẫn trình được, nhưng hãy ghi lý do trình muộn.");
        reasons.push(Reason::new("late", message).at("note"));
    }
    reasons.extend(too_long("note", note));
    Refusal::unless_empty(reasons)?;
    store::send(&mut transaction, id, today, &normalise(note)).await?;
    audit::write(&mut transaction, context, "awards.send", &object(id), note.trim()).await?;
    Ok(transaction.commit().await?)
}

/// Sets an office's own quota on an award for a year, in place of the pack's; `base` in place of the counted one.
///
/// # Errors
/// `unknown_quota` for an award without a quota; `bad_percent`.
pub async fn set_quota(
    office: &Office,
    context: &Context,
    (unit, year, award): (&str, SchoolYear, &str),
    (percent, rounding): (Decimal, Rounding),
    base: Option<u32>,
) -> Result<()> {
    let mut reasons = Vec::new();
    if queries::pack_on(context.today())?.quota(award).is_none() {
        reasons.push(Reason::new("unknown_quota", "Danh hiệu này không có tỷ lệ khống chế.").at("award"));
    }
    if percent <= Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
        reasons.push(Reason::new("bad_percent", "Tỷ lệ phải lớn hơn 0 và không quá 100.").at("percent"));
    }
    Refusal::unless_empty(reasons)?;
    let year = year.to_string();
    let mut transaction = office.db().begin().await?;
    let own =
        store::OwnQuota { unit, year: &year, award, percent: percent.to_string(), rounding: rounding.as_str(), base };
    store::set_quota(&mut transaction, context, &own).await?;
    let detail = format!("{award}: {percent}% {}", rounding.as_str());
    audit::write(&mut transaction, context, "awards.set_quota", &format!("{unit}/{year}"), &detail).await?;
    Ok(transaction.commit().await?)
}

/// A dossier among its year's, in the transaction of the verb.
async fn opened(office: &Office, id: i64) -> Result<(Transaction, YearOfAwards, Filed)> {
    let (unit, year) = queries::office_of(office, id).await?;
    let mut transaction = office.db().begin().await?;
    let all = queries::load(office, &mut transaction, &unit, year).await?;
    let filed = all.filed(id)?.clone();
    Ok((transaction, all, filed))
}

fn required(at: &str, text: &str, message: &str) -> Result<String> {
    let text = normalise(text);
    if text.is_empty() {
        return Err(Refusal::from(Reason::new("no_reason", message).at(at)).into());
    }
    Refusal::unless_empty(too_long(at, &text).into_iter().collect())?;
    Ok(text)
}

fn object(id: i64) -> String {
    format!("award-dossier/{id}")
}
