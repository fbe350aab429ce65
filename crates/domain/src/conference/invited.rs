//! Whom units may send: how many each is invited to name, whom it has named, what they answered.

use serde::{Deserialize, Serialize};

use super::{Conference, Id, Participation, Quota};
use crate::Reason;

/// A quota with those who were named under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotment {
    /// The quota's number.
    pub quota: Id,
    /// So many may be named.
    pub delegate_count: u32,
    /// The lines named under it, in protocol order; a substitute stands with the one in whose stead they come.
    pub named: Vec<Id>,
    /// So many of the places will be taken, as far as it was answered; a substitute counts for the place.
    pub coming: u32,
    /// So many places will stay empty, as far as it was answered.
    pub not_coming: u32,
}

impl Allotment {
    /// So many more may be named.
    pub fn places_left(&self) -> u32 {
        self.delegate_count.saturating_sub(u32::try_from(self.named.len()).unwrap_or(u32::MAX))
    }
}

impl Conference {
    /// The quota under which a line stands: the one of its level first, else the unit's own without a level. Groups and
    /// substitutes stand under none.
    pub fn quota_of(&self, line: &Participation) -> Option<(Id, &Quota)> {
        if line.is_group() || line.substitute_for.is_some() || line.unit_key().is_empty() {
            return None;
        }
        let of_unit = || self.records.quotas.iter().filter(|(_, quota)| quota.unit_key() == line.unit_key());
        let of_level = of_unit().find(|(_, quota)| quota.level.is_some() && quota.level == line.level);
        of_level.or_else(|| of_unit().find(|(_, quota)| quota.level.is_none()))
    }

    /// Every quota with those named under it, in the order of the quotas.
    pub fn allotments(&self) -> Vec<Allotment> {
        let list = self.protocol_list();
        let allotment = |(id, quota): (Id, &Quota)| {
            let is_under = |line: &Participation| self.quota_of(line).is_some_and(|(under, _)| under == id);
            let named: Vec<Id> = list.iter().filter(|(_, line)| is_under(line)).map(|(line, _)| *line).collect();
            let comes = |line: &&Id| self.is_place_taken(**line);
            let coming = named.iter().filter(|line| comes(line) == Some(true)).count();
            let not_coming = named.iter().filter(|line| comes(line) == Some(false)).count();
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let (coming, not_coming) = (count(coming), count(not_coming));
            Allotment { quota: id, delegate_count: quota.delegate_count, named, coming, not_coming }
        };
        self.records.quotas.iter().map(allotment).collect()
    }

    /// Who comes in somebody's stead.
    pub fn substitute_of(&self, line: Id) -> Option<(Id, &Participation)> {
        self.records.participations.iter().find(|(_, other)| other.substitute_for == Some(line))
    }

    /// Whether somebody will sit in this line's place: nothing where it was not answered.
    fn is_place_taken(&self, line: Id) -> Option<bool> {
        match self.substitute_of(line) {
            Some(_) => Some(true),
            None => self.answers.get(&line).map(|answer| answer.is_coming),
        }
    }
}

/// Why a line cannot be named under its unit's quotas.
pub(super) fn line_faults(conference: &Conference, id: Id, line: &Participation) -> Vec<Reason> {
    if line.is_group() || line.substitute_for.is_some() || line.unit_key().is_empty() {
        return Vec::new();
    }
    let is_invited = conference.records.quotas.iter().any(|(_, quota)| quota.unit_key() == line.unit_key());
    let Some((under, quota)) = conference.quota_of(line) else {
        let message = "Đơn vị được mời theo cấp học; hãy chọn cấp học có trong giấy mời cho người này.";
        return if is_invited { vec![Reason::new("no_quota_of_level", message).at("level")] } else { Vec::new() };
    };
    let others = conference.records.participations.iter().filter(|(other, _)| *other != id);
    let named = others.filter(|(_, other)| conference.quota_of(other).is_some_and(|(of, _)| of == under)).count();
    if named < usize::try_from(quota.delegate_count).unwrap_or(usize::MAX) {
        return Vec::new();
    }
    let message = format!(
        "{} được mời {} đại biểu và đã cử đủ; hãy tăng số được mời, hoặc ghi người này đi thay.",
        quota.unit_name, quota.delegate_count
    );
    vec![Reason::new("over_quota", message).at("unit_name")]
}

/// Why a quota cannot stand as it is.
pub(super) fn quota_faults(conference: &Conference, id: Id, quota: &Quota) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let is_same = |other: &Quota| {
        other.unit_key() == quota.unit_key() && other.level == quota.level && !quota.unit_key().is_empty()
    };
    if conference.records.quotas.iter().any(|(other_id, other)| other_id != id && is_same(other)) {
        let message = format!("{} đã có số được mời; hãy sửa số đó thay vì ghi thêm.", quota.unit_name);
        reasons.push(Reason::new("quota_twice", message).at("unit_name"));
    }
    let is_under = |line: &Participation| conference.quota_of(line).is_some_and(|(under, _)| under == id);
    let named = conference.records.participations.iter().filter(|(_, line)| is_under(line)).count();
    if named > usize::try_from(quota.delegate_count).unwrap_or(usize::MAX) {
        let message = format!("{} đã cử {named} người; hãy bớt người trước khi giảm số được mời.", quota.unit_name);
        reasons.push(Reason::new("below_named", message).at("delegate_count"));
    }
    reasons
}
