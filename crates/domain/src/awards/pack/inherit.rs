//! A pack takes over from the pack that it extends what it does not say itself.

use super::{Clause, RulePack, Test, read::Draft};
use crate::{Confidence, figures::pack::faults::Faults};

/// Puts into every pack what it takes over; the packs stand in the order of their days, so the older ones are settled first.
pub(super) fn settle(drafts: &mut [Draft], faults: &mut Faults) {
    for at in 0..drafts.len() {
        let (earlier, rest) = drafts.split_at_mut(at);
        let Some(draft) = rest.first_mut() else { continue };
        let Some((code, place)) = &draft.extends else { continue };
        match earlier.iter().find(|other| other.pack.code == *code) {
            Some(base) => take_over(&mut draft.pack, &base.pack, draft.inherited_confidence),
            None => {
                let message = format!("«extends»: không có gói «{code}» có hiệu lực sớm hơn");
                faults.add(*place, "unknown_pack", message);
            }
        }
    }
}

fn take_over(pack: &mut RulePack, base: &RulePack, confidence: Option<Confidence>) {
    let mut own = std::mem::take(&mut pack.awards);
    for taken in &base.awards {
        match own.iter().position(|award| award.code == taken.code) {
            Some(place) => pack.awards.push(own.remove(place)),
            None => {
                let mut award = taken.clone();
                lower(&mut award.source.confidence, confidence);
                award.clauses.iter_mut().for_each(|clause| lower_clause(clause, confidence));
                pack.awards.push(award);
            }
        }
    }
    pack.awards.append(&mut own);
    for rule in base.rules.iter().filter(|rule| pack.rule(rule.code).is_none()).cloned().collect::<Vec<_>>() {
        let mut rule = rule;
        lower(&mut rule.source.confidence, confidence);
        pack.rules.push(rule);
    }
    let is_new = |codes: &[String], code: &String| !codes.contains(code);
    let codes: Vec<String> = pack.quotas.iter().map(|quota| quota.code.clone()).collect();
    for mut quota in base.quotas.iter().filter(|quota| is_new(&codes, &quota.code)).cloned() {
        lower(&mut quota.source.confidence, confidence);
        pack.quotas.push(quota);
    }
    let codes: Vec<String> = pack.money.iter().map(|money| money.code.clone()).collect();
    for mut money in base.money.iter().filter(|money| is_new(&codes, &money.code)).cloned() {
        lower(&mut money.source.confidence, confidence);
        pack.money.push(money);
    }
    if pack.grantors.is_empty() {
        pack.grantors.clone_from(&base.grantors);
    }
    if pack.base_salary.is_empty() {
        pack.base_salary.clone_from(&base.base_salary);
    }
}

/// What was read for an older pack is at most this sure in a pack that was not read.
fn lower(own: &mut Confidence, most: Option<Confidence>) {
    if let Some(most) = most {
        *own = (*own).max(most);
    }
}

fn lower_clause(clause: &mut Clause, most: Option<Confidence>) {
    lower(&mut clause.source.confidence, most);
    if let Test::Any(parts) | Test::All(parts) = &mut clause.test {
        parts.iter_mut().for_each(|part| lower_clause(part, most));
    }
}
