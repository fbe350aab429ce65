//! Protocol order (nghi thức): a suggestion that the office may overrule line by line.
//!
//! Source of the groups: articles of real conferences; the ranking inside a group is a default to be confirmed.

use super::{Conference, Id, Participation, Side};
use crate::{
    organisation::{UnitKind, people::PostBody},
    vietnamese::{person_sort_key, sort_key},
};

impl Conference {
    /// The list in protocol order: lines placed by hand first, in that order; then by group and post.
    pub fn protocol_list(&self) -> Vec<(Id, &Participation)> {
        let mut lines: Vec<(Id, &Participation)> = self.records.participations.iter().collect();
        lines.sort_by_cached_key(|(id, line)| {
            let placed = (line.side, line.list_order.unwrap_or(u32::MAX));
            let names = (sort_key(&line.unit_name), post_rank(line), person_sort_key(&line.name));
            (placed, group_rank(line), line.level, names, line.is_group(), *id)
        });
        lines
    }
}

/// Guests of a higher body, Party, council, committee, sister bodies, mass organisations, the office, schools, others.
fn group_rank(line: &Participation) -> u8 {
    match line.unit_kind {
        Some(UnitKind::Ministry | UnitKind::ProvinceEducationDepartment) if line.side == Side::Guest => 0,
        Some(UnitKind::PartyCommittee) => 1,
        Some(UnitKind::PeopleCouncil) => 2,
        Some(
            UnitKind::ProvincePeopleCommittee
            | UnitKind::DistrictPeopleCommittee
            | UnitKind::CommunePeopleCommittee
            | UnitKind::Province
            | UnitKind::District
            | UnitKind::Commune,
        ) => 3,
        Some(UnitKind::SisterDivision | UnitKind::AdvisoryBody) => 5,
        Some(UnitKind::MassOrganisation) => 6,
        Some(kind) if kind.is_school() => 8,
        Some(_) => 7,
        None => by_highest_post(line),
    }
}

fn by_highest_post(line: &Participation) -> u8 {
    match line.posts.iter().map(|post| post.body).min() {
        Some(PostBody::Party) => 1,
        Some(PostBody::Council) => 2,
        Some(PostBody::Government) => 3,
        Some(PostBody::School) => 8,
        Some(PostBody::Union) => 6,
        None => 9,
    }
}

/// Heads before deputies, those before others: Party secretary, principal, vice-principals, union chair in a school.
fn post_rank(line: &Participation) -> u8 {
    let Some(post) = line.posts.first() else { return 9 };
    let title = crate::vietnamese::fold(&post.title);
    let is_deputy = ["pho ", "pct", "pgd", "ptp", "pbt"].iter().any(|word| title.starts_with(word));
    match (post.body, is_deputy) {
        (PostBody::Party, false) => 0,
        (PostBody::Party, true) => 1,
        (PostBody::Union, _) => 5,
        (_, false) => 2,
        (_, true) => 3,
    }
}
