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
            let (unit, rank) = (sort_key(&line.unit_name), post_rank(line));
            // A school's people stand together; of guests and hosts the higher post stands first, whatever the unit.
            let (first, then) = if line.side == Side::Delegate { (0, rank) } else { (rank, 0) };
            (
                placed,
                group_rank(line),
                line.level,
                (first, unit, then, person_sort_key(&line.name)),
                line.is_group(),
                *id,
            )
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

/// Titles in the order in which they stand: the first that the words of a title begin with.
///
/// Party posts before those of council and committee, heads before deputies, those before members, experts last: a default
/// to be confirmed by the office.
const RANKS: [(&[&str], u8); 9] = [
    (&["bi thu"], 0),
    (&["pho bi thu", "pbt"], 1),
    (&["chu tich cong doan", "pho chu tich cong doan", "chu tich lien doan", "pho chu tich lien doan"], 7),
    (&["chu tich", "ct ", "giam doc", "gd "], 2),
    (&["pho chu tich", "pct", "pho giam doc", "pho gd", "pgd"], 3),
    (&["truong", "chanh", "hieu truong", "ht"], 4),
    (&["pho truong", "pho chanh", "pho hieu truong", "ptp", "pht", "pho "], 5),
    (&["uy vien", "quv", "tuv", "duv", "huv", "thanh uy vien", "quan uy vien", "dang uy vien"], 3),
    (&["chuyen vien", "giao vien", "can bo", "nhan vien", "van thu", "ke toan"], 8),
];

/// The rank of the highest post.
fn post_rank(line: &Participation) -> u8 {
    let rank = |title: &str| {
        let title = crate::vietnamese::fold(title);
        let of = RANKS.iter().find(|(words, _)| words.iter().any(|word| title.starts_with(word)));
        of.map_or(6, |(_, rank)| *rank)
    };
    line.posts.iter().map(|post| rank(&post.title)).min().unwrap_or(9)
}
