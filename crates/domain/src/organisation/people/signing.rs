//! Over whose name stands what: the lines of capacity of a signer, and the posts that a unit usually has.
//!
//! Source: Decree 30/2020/NĐ-CP, annex I, part II, point 7 (TM., Q., KT., TL.). The lists of usual posts are a default:
//! every office may name its own.

use super::{Post, PostBody, SigningCapacity};
use crate::organisation::UnitKind;

/// A post that units of a kind usually have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsualPost {
    /// Title as printed.
    pub title: &'static str,
    /// Which body.
    pub body: PostBody,
    /// As [`Post::rank`].
    pub rank: u16,
    /// Whether only one person can hold it at a time.
    pub is_single: bool,
}

const fn usual(title: &'static str, body: PostBody, rank: u16) -> UsualPost {
    UsualPost { title, body, rank, is_single: rank == 1 }
}

use PostBody::{Council, Government, Party, School, Union};

const LOCALITY: &[UsualPost] = &[
    usual("Bí thư Đảng ủy", Party, 1),
    usual("Phó Bí thư Đảng ủy", Party, 2),
    usual("Chủ tịch", Council, 1),
    usual("Phó Chủ tịch", Council, 2),
    usual("Chủ tịch", Government, 1),
    usual("Phó Chủ tịch", Government, 2),
    usual("Chánh Văn phòng", Government, 3),
    usual("Chuyên viên", Government, 4),
];
const COMMITTEE: &[UsualPost] =
    &[usual("Chủ tịch", Government, 1), usual("Phó Chủ tịch", Government, 2), usual("Chánh Văn phòng", Government, 3)];
const COUNCIL: &[UsualPost] = &[usual("Chủ tịch", Council, 1), usual("Phó Chủ tịch", Council, 2)];
const MINISTRY: &[UsualPost] = &[usual("Bộ trưởng", Government, 1), usual("Thứ trưởng", Government, 2)];
const DEPARTMENT: &[UsualPost] = &[
    usual("Giám đốc", Government, 1),
    usual("Phó Giám đốc", Government, 2),
    usual("Chánh Văn phòng", Government, 3),
    usual("Chuyên viên", Government, 4),
];
const DIVISION: &[UsualPost] = &[
    usual("Trưởng phòng", Government, 1),
    usual("Phó Trưởng phòng", Government, 2),
    usual("Chuyên viên", Government, 3),
];
const TEAM: &[UsualPost] = &[usual("Tổ trưởng", Government, 1), usual("Tổ phó", Government, 2)];
const PARTY: &[UsualPost] = &[usual("Bí thư", Party, 1), usual("Phó Bí thư", Party, 2)];
const UNION: &[UsualPost] = &[usual("Chủ tịch", Union, 1), usual("Phó Chủ tịch", Union, 2)];
const BODY: &[UsualPost] =
    &[usual("Trưởng ban", Government, 1), usual("Phó Trưởng ban", Government, 2), usual("Thư ký", Government, 3)];
const OF_SCHOOL: &[UsualPost] = &[
    usual("Bí thư chi bộ", Party, 1),
    usual("Hiệu trưởng", School, 1),
    usual("Phó Hiệu trưởng", School, 2),
    usual("Văn thư", School, 3),
    usual("Kế toán", School, 4),
    usual("Chủ tịch Công đoàn", Union, 1),
];
const OF_CENTRE: &[UsualPost] = &[
    usual("Bí thư chi bộ", Party, 1),
    usual("Giám đốc", School, 1),
    usual("Phó Giám đốc", School, 2),
    usual("Văn thư", School, 3),
    usual("Chủ tịch Công đoàn", Union, 1),
];
const OF_GROUP: &[UsualPost] = &[usual("Chủ cơ sở", School, 1), usual("Phó chủ cơ sở", School, 2)];

/// The posts that units of this kind usually have, in the order of lists.
pub fn usual_posts(kind: UnitKind) -> &'static [UsualPost] {
    match kind {
        UnitKind::Country | UnitKind::EmulationCluster => &[],
        UnitKind::Province | UnitKind::District | UnitKind::Commune => LOCALITY,
        UnitKind::ProvincePeopleCommittee | UnitKind::DistrictPeopleCommittee | UnitKind::CommunePeopleCommittee => {
            COMMITTEE
        }
        UnitKind::Ministry => MINISTRY,
        UnitKind::ProvinceEducationDepartment => DEPARTMENT,
        UnitKind::DistrictEducationDivision
        | UnitKind::CommuneCultureSocialDivision
        | UnitKind::SisterDivision
        | UnitKind::OfficeDivision => DIVISION,
        UnitKind::Team => TEAM,
        UnitKind::PartyCommittee => PARTY,
        UnitKind::PeopleCouncil => COUNCIL,
        UnitKind::MassOrganisation => UNION,
        UnitKind::School | UnitKind::VocationalUpperSecondarySchool => OF_SCHOOL,
        UnitKind::ContinuingCentre => OF_CENTRE,
        UnitKind::IndependentPreschoolGroup => OF_GROUP,
        UnitKind::AdvisoryBody => BODY,
    }
}

/// The lines over the signer's name, in capitals, from the capacity down: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`,
/// `PHÓ CHỦ TỊCH`. `head` is the title of the head's post of the same body, where the office has it.
///
/// Empty where the law does not tell: whoever is neither head nor deputy signs only by order or by delegation, and Party
/// and union papers follow other rules.
pub fn capacity(kind: UnitKind, post: &Post, head: Option<&str>, is_acting: bool) -> Vec<String> {
    if matches!(post.body, Party | Union) || post.rank == 0 || post.rank > 2 {
        return Vec::new();
    }
    let usual = || usual_posts(kind).iter().find(|usual| usual.body == post.body && usual.rank == 1);
    let body = collective(kind, post.body);
    let signs = match (post.rank, is_acting) {
        (1, true) => SigningCapacity::Acting,
        (1, false) => SigningCapacity::Head,
        _ => SigningCapacity::Deputy,
    };
    if post.rank == 1 {
        return signs.lines(body, &post.title, "");
    }
    match head.or_else(|| usual().map(|usual| usual.title)) {
        Some(head) => signs.lines(body, head, &post.title),
        // Nobody can be signed for where the office has no head's post.
        None => SigningCapacity::Head.lines(body, &post.title, ""),
    }
}

/// The collective on whose behalf a head signs; none for agencies and schools, whose head decides alone.
fn collective(kind: UnitKind, body: PostBody) -> Option<&'static str> {
    use UnitKind::{
        Commune, CommunePeopleCommittee, District, DistrictPeopleCommittee, PeopleCouncil, Province,
        ProvincePeopleCommittee,
    };
    match (kind, body) {
        (PeopleCouncil | Province | District | Commune, Council) => Some("HỘI ĐỒNG NHÂN DÂN"),
        (
            Province | District | Commune | ProvincePeopleCommittee | DistrictPeopleCommittee | CommunePeopleCommittee,
            Government,
        ) => Some("ỦY BAN NHÂN DÂN"),
        _ => None,
    }
}
