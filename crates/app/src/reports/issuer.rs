//! The office as it issues papers: its name, superior, codes and head on a day (organisation.md, rules for the register).

use domain::organisation::{Line, Registry, Unit, UnitKind};
use domain::vietnamese::{fold, unaccented};
use jiff::civil::Date;

/// What a paper needs to know of its issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerFacts {
    /// Cơ quan chủ quản, if any.
    pub superior: Option<String>,
    /// `Ủy ban nhân dân phường Long Biên`.
    pub name: String,
    /// `phường Long Biên`; of an office that is no territory its own name.
    pub area: String,
    /// `phường`; of an office that is no territory `đơn vị`.
    pub kind: String,
    /// `Long Biên`.
    pub place: String,
    /// The body in codes: `UBND`. Default, for the head of the office to settle.
    pub abbreviation: String,
    /// The drafting unit in codes: `VHXH`. Default.
    pub drafter: String,
    /// The body that decides as one, if it does: `Ủy ban nhân dân`.
    pub collective: Option<String>,
    /// The head's title: `Chủ tịch`.
    pub head: String,
    /// Who decides, as a decision says it: `Chủ tịch Ủy ban nhân dân phường Long Biên`.
    pub authority: String,
}

/// Who issues on this day.
pub fn facts(registry: &Registry, unit: &Unit, day: Date) -> IssuerFacts {
    if unit.kind.is_territory() { territory(registry, unit, day) } else { office(registry, unit, day) }
}

/// An issuer of whom only the name is known (`UBND quận Ngô Quyền`): what its words say of it and no more.
pub fn named(name: &str) -> IssuerFacts {
    let folded = fold(name);
    let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    let (abbreviation, collective, head) = if begins(&["ubnd", "uy ban nhan dan"]) {
        ("UBND".to_owned(), Some("Ủy ban nhân dân".to_owned()), "Chủ tịch")
    } else if begins(&["pgd", "phong gd", "phong giao duc"]) {
        ("PGDĐT".to_owned(), None, "Trưởng phòng")
    } else if begins(&["sgd", "so gd", "so giao duc"]) {
        ("SGDĐT".to_owned(), None, "Giám đốc")
    } else {
        (abbreviation(UnitKind::AdvisoryBody, name), None, "Thủ trưởng đơn vị")
    };
    let kinds = [" quận ", " huyện ", " thị xã ", " thành phố ", " tỉnh ", " phường ", " xã "];
    let place = kinds.iter().find_map(|kind| name.split_once(kind)).map_or("…", |(_, place)| place.trim());
    IssuerFacts {
        superior: None,
        area: name.to_owned(),
        kind: "đơn vị".to_owned(),
        place: place.to_owned(),
        abbreviation,
        drafter: "VP".to_owned(),
        collective,
        head: head.to_owned(),
        authority: format!("{head} {name}"),
        name: name.to_owned(),
    }
}

fn territory(registry: &Registry, unit: &Unit, day: Date) -> IssuerFacts {
    let (kind, place) = split_kind(unit.name_on(day));
    let superior = registry.parent_on(unit.code.as_str(), Line::Management, day);
    let superior = superior.filter(|parent| parent.kind.is_territory() && parent.kind != UnitKind::Country);
    let name = format!("Ủy ban nhân dân {} {place}", kind.to_lowercase());
    IssuerFacts {
        superior: superior.map(|parent| parent.name_on(day).to_owned()),
        area: format!("{} {place}", kind.to_lowercase()),
        kind: kind.to_lowercase(),
        place: place.to_owned(),
        abbreviation: "UBND".to_owned(),
        drafter: if unit.kind == UnitKind::Commune { "VHXH" } else { "VP" }.to_owned(),
        collective: Some("Ủy ban nhân dân".to_owned()),
        head: "Chủ tịch".to_owned(),
        authority: format!("Chủ tịch {name}"),
        name,
    }
}

fn office(registry: &Registry, unit: &Unit, day: Date) -> IssuerFacts {
    let name = unit.name_on(day).to_owned();
    let mut above = registry.parent_on(unit.code.as_str(), Line::Management, day);
    while let Some(parent) = above.filter(|parent| !parent.kind.is_territory()) {
        above = registry.parent_on(parent.code.as_str(), Line::Management, day);
    }
    let above = above.map(|parent| split_kind(parent.name_on(day)));
    let head = match unit.kind {
        UnitKind::ProvinceEducationDepartment | UnitKind::ContinuingCentre => "Giám đốc",
        UnitKind::DistrictEducationDivision | UnitKind::CommuneCultureSocialDivision | UnitKind::SisterDivision => {
            "Trưởng phòng"
        }
        UnitKind::School | UnitKind::VocationalUpperSecondarySchool => "Hiệu trưởng",
        _ => "Thủ trưởng đơn vị",
    };
    IssuerFacts {
        superior: above.map(|(kind, place)| format!("Ủy ban nhân dân {} {place}", kind.to_lowercase())),
        area: name.clone(),
        kind: "đơn vị".to_owned(),
        place: above.map(|(_, place)| place.to_owned()).unwrap_or_default(),
        abbreviation: abbreviation(unit.kind, &name),
        drafter: "VP".to_owned(),
        collective: None,
        head: head.to_owned(),
        authority: format!("{head} {name}"),
        name,
    }
}

/// The body in codes, as offices of its kind usually shorten it.
fn abbreviation(kind: UnitKind, name: &str) -> String {
    match kind {
        UnitKind::ProvinceEducationDepartment => "SGDĐT".to_owned(),
        UnitKind::DistrictEducationDivision => "PGDĐT".to_owned(),
        UnitKind::CommuneCultureSocialDivision => "PVHXH".to_owned(),
        kind if kind.is_school() => school_abbreviation(name),
        _ => name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect(),
    }
}

fn school_abbreviation(name: &str) -> String {
    const LEVELS: [(&str, &str); 6] = [
        ("mam non", "MN"),
        ("tieu hoc", "TH"),
        ("thcs", "THCS"),
        ("trung hoc co so", "THCS"),
        ("thpt", "THPT"),
        ("trung hoc pho thong", "THPT"),
    ];
    let folded = fold(name);
    let unfolded = unaccented(name);
    let level = LEVELS.iter().find(|(words, _)| folded.contains(words) || unfolded.contains(words));
    level.map_or("TT", |(_, abbreviation)| abbreviation).to_owned()
}

/// `Phường Long Biên` is the kind word and the place.
fn split_kind(name: &str) -> (&str, &str) {
    const KINDS: [&str; 9] = ["Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã"];
    KINDS.iter().find_map(|kind| Some((*kind, name.strip_prefix(kind)?.trim_start()))).unwrap_or(("", name))
}
