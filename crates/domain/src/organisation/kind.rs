//! Kinds of units (organisation as the law knows it) and their tiers.

use serde::{Deserialize, Serialize};

/// The tier of government at which a kind of unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Trung ương.
    Centre,
    /// Tỉnh, thành phố.
    Province,
    /// Huyện, quận, thị xã: to 30 June 2025.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// A school or a body under one.
    School,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $vi:literal, $en:literal, $tier:expr;)*) => {
        /// A kind of unit.
        ///
        /// Source: the Law on organisation of local government and Circular 15/2025/TT-BGDĐT for the offices; the
        /// statistical forms for schools.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum UnitKind { $($(#[$doc])* $name,)* }

        impl UnitKind {
            /// Every kind, in the order in which lists show them.
            pub const ALL: &[UnitKind] = &[$(Self::$name,)*];

            /// The glossary's identifier.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The name in both languages.
            pub fn label(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($vi, $en),)* }
            }

            /// The tier; none where the kind occurs at several.
            pub fn tier(self) -> Option<Tier> {
                match self { $(Self::$name => $tier,)* }
            }
        }
    };
}

kinds! {
    /// The root above all provinces.
    Country = "country", "Cả nước", "Country", Some(Tier::Centre);
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province = "province", "Tỉnh, thành phố", "Province", Some(Tier::Province);
    /// Huyện, quận, thị xã, to 30 June 2025.
    District = "district", "Huyện, quận, thị xã", "District", Some(Tier::District);
    /// Xã, phường, thị trấn, đặc khu.
    Commune = "commune", "Xã, phường, đặc khu", "Commune", Some(Tier::Commune);
    /// The ministry.
    Ministry = "ministry", "Bộ Giáo dục và Đào tạo", "Ministry of Education and Training", Some(Tier::Centre);
    /// UBND tỉnh.
    ProvincePeopleCommittee = "province_people_committee", "UBND tỉnh, thành phố", "Provincial People's Committee", Some(Tier::Province);
    /// Sở Giáo dục và Đào tạo.
    ProvinceEducationDepartment = "province_education_department", "Sở Giáo dục và Đào tạo", "Provincial education department", Some(Tier::Province);
    /// UBND huyện, to 30 June 2025.
    DistrictPeopleCommittee = "district_people_committee", "UBND huyện, quận, thị xã", "District People's Committee", Some(Tier::District);
    /// Phòng Giáo dục và Đào tạo, to 30 June 2025.
    DistrictEducationDivision = "district_education_division", "Phòng Giáo dục và Đào tạo", "District education division", Some(Tier::District);
    /// UBND xã.
    CommunePeopleCommittee = "commune_people_committee", "UBND xã, phường, đặc khu", "Commune People's Committee", Some(Tier::Commune);
    /// Phòng Văn hóa - Xã hội, from 1 July 2025.
    CommuneCultureSocialDivision = "commune_culture_social_division", "Phòng Văn hóa - Xã hội", "Commune culture and social affairs division", Some(Tier::Commune);
    /// Tỉnh ủy, Thành ủy, Quận ủy, Đảng ủy.
    PartyCommittee = "party_committee", "Cấp ủy Đảng", "Party committee", None;
    /// Hội đồng nhân dân.
    PeopleCouncil = "people_council", "Hội đồng nhân dân", "People's Council", None;
    /// A division beside the education office.
    SisterDivision = "sister_division", "Phòng, ban chuyên môn khác", "Sister division", None;
    /// A division inside an office (phòng, ban của Sở; văn phòng).
    OfficeDivision = "office_division", "Phòng, ban trong cơ quan", "Division of an office", None;
    /// Tổ, bộ phận: a team inside a division, an office or a school.
    Team = "team", "Tổ, bộ phận", "Team", None;
    /// Đoàn thể.
    MassOrganisation = "mass_organisation", "Đoàn thể", "Mass organisation", None;
    /// A school of any level.
    School = "school", "Trường", "School", Some(Tier::School);
    /// TT GDTX, TT GDNN-GDTX.
    ContinuingCentre = "continuing_centre", "Trung tâm GDTX, GDNN-GDTX", "Continuing education centre", Some(Tier::School);
    /// Trường trung học nghề (from 2026).
    VocationalUpperSecondarySchool = "vocational_upper_secondary_school", "Trường trung học nghề", "Vocational upper secondary school", Some(Tier::School);
    /// Nhóm trẻ, lớp mẫu giáo độc lập: counted apart from schools.
    IndependentPreschoolGroup = "independent_preschool_group", "Nhóm trẻ, lớp mẫu giáo độc lập", "Independent preschool group", Some(Tier::School);
    /// Cụm, khối thi đua.
    EmulationCluster = "emulation_cluster", "Cụm, khối thi đua", "Emulation cluster", None;
    /// Hội đồng, ban chỉ đạo, ban tổ chức, tổ.
    AdvisoryBody = "advisory_body", "Hội đồng, ban, tổ tư vấn", "Advisory body", None;
}

impl UnitKind {
    /// The kind with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }

    /// Whether units of this kind fill the schools' forms.
    pub fn is_school(self) -> bool {
        self.tier() == Some(Tier::School)
    }

    /// Whether a unit of this kind can stand under one of that kind: under a school only its teams and bodies, a territory
    /// under a greater territory only.
    pub fn can_stand_under(self, above: Self) -> bool {
        if self.is_territory() {
            return above.is_territory() && above.tier() < self.tier();
        }
        !above.is_school() || self.tier().is_none()
    }

    /// Whether this is a territory of the national list.
    pub fn is_territory(self) -> bool {
        matches!(self, Self::Country | Self::Province | Self::District | Self::Commune)
    }
}
