//! Whom units may send: how many each is invited to name, whom it has named, what they answered.

use std::collections::{BTreeMap, BTreeSet};

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
        let quotas = self.records.quotas.iter();
        let own: Vec<(Id, &Quota)> = quotas.filter(|(_, quota)| quota.unit_key() == line.unit_key()).collect();
        quota_among(&own, line)
    }

    /// Every quota with those named under it, in the order of the quotas. Lines are looked at once, whatever the number of
    /// quotas: a province invites thousands of units.
    pub fn allotments(&self) -> Vec<Allotment> {
        let mut under: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        let quotas = self.quotas_by_unit();
        for (id, line) in self.protocol_list() {
            if let Some((quota, _)) = quotas.get(line.unit_key()).and_then(|own| quota_among(own, line)) {
                under.entry(quota).or_default().push(id);
            }
        }
        let replaced = self.replaced();
        let is_taken = |line: &Id| match replaced.contains(line) {
            true => Some(true),
            false => self.answers.get(line).map(|answer| answer.is_coming),
        };
        let allotment = |(id, quota): (Id, &Quota)| {
            let named = under.remove(&id).unwrap_or_default();
            let count = |answer: bool| {
                let number = named.iter().filter(|line| is_taken(line) == Some(answer)).count();
                u32::try_from(number).unwrap_or(u32::MAX)
            };
            let (coming, not_coming) = (count(true), count(false));
            Allotment { quota: id, delegate_count: quota.delegate_count, named, coming, not_coming }
        };
        self.records.quotas.iter().map(allotment).collect()
    }

    fn quotas_by_unit(&self) -> BTreeMap<&str, Vec<(Id, &Quota)>> {
        let mut by_unit: BTreeMap<&str, Vec<(Id, &Quota)>> = BTreeMap::new();
        for (id, quota) in self.records.quotas.iter() {
            by_unit.entry(quota.unit_key()).or_default().push((id, quota));
        }
        by_unit
    }

    /// Who comes in somebody's stead.
    pub fn substitute_of(&self, line: Id) -> Option<(Id, &Participation)> {
        self.records.participations.iter().find(|(_, other)| other.substitute_for == Some(line))
    }

    /// The lines in whose stead somebody comes: the place is the other's. A group keeps its own, whoever else comes.
    pub fn replaced(&self) -> BTreeSet<Id> {
        let lines = &self.records.participations;
        let steads = lines.iter().filter_map(|(_, line)| line.substitute_for);
        steads.filter(|stead| lines.get(*stead).is_some_and(|line| !line.is_group())).collect()
    }

    /// The other lines of the same place: in whose stead this one comes, who comes in this one's stead, and so on.
    pub fn place_sharers(&self, line: Id) -> BTreeSet<Id> {
        let lines = &self.records.participations;
        let stead =
            |id: Id| lines.get(id)?.substitute_for.filter(|stead| lines.get(*stead).is_some_and(|l| !l.is_group()));
        let mut first = line;
        // As many steps as there are lines at most, whatever an old log says.
        for _ in 0..lines.len() {
            let Some(before) = stead(first) else { break };
            first = before;
        }
        let mut sharers: BTreeSet<Id> = [first].into();
        let mut last = first;
        while let Some((next, _)) = self.substitute_of(last).filter(|(next, _)| sharers.insert(*next)) {
            last = next;
        }
        sharers.remove(&line);
        sharers
    }
}

/// Of the quotas of the line's unit, the one under which it stands.
fn quota_among<'a>(own: &[(Id, &'a Quota)], line: &Participation) -> Option<(Id, &'a Quota)> {
    if line.is_group() || line.substitute_for.is_some() || line.unit_key().is_empty() {
        return None;
    }
    let of_level = own.iter().find(|(_, quota)| quota.level.is_some() && quota.level == line.level);
    of_level.or_else(|| own.iter().find(|(_, quota)| quota.level.is_none())).copied()
}

/// Why a line cannot be named under its unit's quotas. A line that keeps its place is not asked again.
pub(super) fn line_faults(conference: &Conference, id: Id, line: &Participation) -> Vec<Reason> {
    let place = |line: &Participation| (line.is_group(), line.unit_key().to_owned(), line.level, line.substitute_for);
    let keeps_its_place = conference.records.participations.get(id).is_some_and(|old| place(old) == place(line));
    if keeps_its_place || line.is_group() || line.substitute_for.is_some() || line.unit_key().is_empty() {
        return Vec::new();
    }
    let is_invited = conference.records.quotas.iter().any(|(_, quota)| quota.unit_key() == line.unit_key());
    let Some((under, quota)) = conference.quota_of(line) else {
        let message = "Đơn vị được mời theo cấp học; hãy chọn cấp học có trong giấy mời cho người này.";
        return if is_invited { vec![Reason::new("no_quota_of_level", message).at("level")] } else { Vec::new() };
    };
    // Only people of the same unit stand under its quotas, and one look at a name is cheaper than one at every quota.
    let is_of_unit = |(other, of): &(Id, &Participation)| *other != id && of.unit_key() == line.unit_key();
    let others = conference.records.participations.iter().filter(is_of_unit);
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

/// Why a line cannot come in the stead of the one that it names. A line that came so already is not asked again.
pub(super) fn stead_faults(conference: &Conference, id: Id, line: &Participation) -> Vec<Reason> {
    let lines = &conference.records.participations;
    let Some(stead) =
        line.substitute_for.filter(|_| lines.get(id).is_none_or(|old| old.substitute_for != line.substitute_for))
    else {
        return Vec::new();
    };
    let Some(invited) = lines.get(stead) else { return Vec::new() };
    let name = invited.shown_name();
    let mut reasons = Vec::new();
    let mut add = |code: &str, message: String| reasons.push(Reason::new(code, message).at("substitute_for"));
    if conference.heads_here(stead) > 0 {
        add("already_here", format!("{name} đã có mặt nên không cần người đi thay."));
    }
    if invited.is_group() {
        add("stead_of_a_group", format!("«{name}» là một nhóm nên không có người đi thay; hãy ghi thêm một đại biểu."));
    }
    if stead == id || conference.place_sharers(stead).contains(&id) {
        add("stead_of_oneself", "Hai người không thể đi thay lẫn nhau; hãy chọn lại.".to_owned());
    }
    if invited.unit_key() != line.unit_key() {
        add("stead_of_another_unit", format!("{name} thuộc đơn vị khác; người đi thay phải cùng đơn vị."));
    }
    reasons
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
    let others =
        conference.records.quotas.iter().filter(|(other, of)| *other != id && of.unit_key() == quota.unit_key());
    let own: Vec<(Id, &Quota)> = others.chain([(id, quota)]).collect();
    let of_unit = conference.records.participations.iter().filter(|(_, line)| line.unit_key() == quota.unit_key());
    let named = of_unit.filter(|(_, line)| quota_among(&own, line).is_some_and(|(under, _)| under == id)).count();
    if named > usize::try_from(quota.delegate_count).unwrap_or(usize::MAX) {
        let name = &quota.unit_name;
        let message =
            format!("{name} đã có {named} người trong danh sách; hãy mời từ {named} người, hoặc bớt người trước.");
        reasons.push(Reason::new("below_named", message).at("delegate_count"));
    }
    reasons
}
