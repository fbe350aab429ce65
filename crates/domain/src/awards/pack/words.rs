//! The closed lists of words that packs, dossiers and pages share, each with its name in both languages.

use serde::{Deserialize, Serialize};

use crate::vietnamese::fold;

/// A word of a closed list.
pub trait Choice: Sized + Copy + 'static {
    /// Every word, in the order in which lists show them.
    fn all() -> &'static [Self];
    /// The identifier, as it stands in data and forms.
    fn as_str(self) -> &'static str;
    /// Vietnamese and English.
    fn label(self) -> (&'static str, &'static str);

    /// The word with this identifier.
    fn parse(text: &str) -> Option<Self> {
        Self::all().iter().copied().find(|word| word.as_str() == text)
    }

    /// The word that a person means: the identifier, or the name as written in Vietnamese, accents and case aside.
    fn read(text: &str) -> Option<Self> {
        let typed = fold(text);
        Self::parse(text.trim()).or_else(|| Self::all().iter().copied().find(|word| fold(word.label().0) == typed))
    }
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal, $vi:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $text)] $word,)+
        }

        impl Choice for $name {
            fn all() -> &'static [Self] {
                &[$(Self::$word),+]
            }

            fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text),+ }
            }

            fn label(self) -> (&'static str, &'static str) {
                match self { $(Self::$word => ($vi, $en)),+ }
            }
        }
    };
}

choices! {
    /// The grade of work of a person or a unit in a year (`staff_grade`), the lowest first.
    StaffGrade {
        /// Không hoàn thành nhiệm vụ.
        NotCompleted = "not_completed", "Không hoàn thành nhiệm vụ", "Not completed";
        /// Hoàn thành nhiệm vụ.
        Completed = "completed", "Hoàn thành nhiệm vụ", "Completed";
        /// Hoàn thành tốt nhiệm vụ.
        Good = "good", "Hoàn thành tốt nhiệm vụ", "Completed well";
        /// Hoàn thành xuất sắc nhiệm vụ.
        Excellent = "excellent", "Hoàn thành xuất sắc nhiệm vụ", "Completed excellently";
    }
}

choices! {
    /// How far an initiative (sáng kiến) was recognised, the nearest first.
    InitiativeLevel {
        /// Cấp cơ sở.
        Grassroots = "grassroots", "Cấp cơ sở", "Grassroots level";
        /// Cấp tỉnh, bộ.
        Province = "province", "Cấp tỉnh, bộ", "Province or ministry";
        /// Toàn quốc.
        National = "national", "Toàn quốc", "Nationwide";
    }
}

choices! {
    /// A discipline (kỷ luật), the mildest first.
    DisciplineLevel {
        /// Khiển trách.
        Reprimand = "reprimand", "Khiển trách", "Reprimand";
        /// Cảnh cáo.
        Warning = "warning", "Cảnh cáo", "Warning";
        /// Hạ bậc lương.
        LowerPay = "lower_pay", "Hạ bậc lương", "Lower pay step";
        /// Giáng chức.
        Demotion = "demotion", "Giáng chức", "Demotion";
        /// Cách chức.
        Removal = "removal", "Cách chức", "Removal from office";
        /// Buộc thôi việc.
        Dismissal = "dismissal", "Buộc thôi việc", "Dismissal";
    }
}

choices! {
    /// A leave.
    LeaveKind {
        /// Nghỉ thai sản.
        Maternity = "maternity", "Nghỉ thai sản", "Maternity leave";
        /// Nghỉ ốm.
        Sick = "sick", "Nghỉ ốm", "Sick leave";
        /// Đi học.
        Study = "study", "Đi học", "Study leave";
        /// Nghỉ không lương.
        Unpaid = "unpaid", "Nghỉ không lương", "Unpaid leave";
    }
}

choices! {
    /// Gender of a person.
    Gender {
        /// Nữ.
        Female = "female", "Nữ", "Female";
        /// Nam.
        Male = "male", "Nam", "Male";
    }
}

choices! {
    /// On which occasion an award is given.
    Occasion {
        /// Thường xuyên, theo năm.
        Annual = "annual", "Thường xuyên (theo năm học)", "Yearly";
        /// Theo chuyên đề.
        Thematic = "thematic", "Chuyên đề", "Thematic";
        /// Đột xuất.
        Unexpected = "unexpected", "Đột xuất", "Unexpected";
    }
}

choices! {
    /// Which members of a collective are counted.
    MemberShare {
        /// Those who completed their tasks.
        Completed = "completed", "hoàn thành nhiệm vụ", "completed their tasks";
        /// Advanced workers.
        Advanced = "advanced", "lao động tiên tiến", "advanced workers";
    }
}

choices! {
    /// Who may grant an award.
    Grantor {
        /// Thủ trưởng đơn vị có tư cách pháp nhân.
        UnitHead = "unit_head", "Thủ trưởng đơn vị có tư cách pháp nhân", "Head of a unit with legal personality";
        /// Thủ trưởng cơ quan thuộc UBND cấp tỉnh.
        ProvinceAgencyHead = "province_agency_head", "Thủ trưởng cơ quan thuộc UBND cấp tỉnh", "Head of a provincial agency";
        /// Chủ tịch UBND cấp xã.
        CommuneChair = "commune_chair", "Chủ tịch UBND cấp xã", "Chair of the commune's People's Committee";
        /// Chủ tịch UBND cấp tỉnh.
        ProvinceChair = "province_chair", "Chủ tịch UBND cấp tỉnh", "Chair of the provincial People's Committee";
        /// Bộ trưởng.
        Minister = "minister", "Bộ trưởng", "Minister";
        /// Thủ tướng Chính phủ.
        PrimeMinister = "prime_minister", "Thủ tướng Chính phủ", "Prime Minister";
        /// Chính phủ.
        Government = "government", "Chính phủ", "Government";
    }
}
