//! Who takes part: people by name with their posts, and groups of whom only the description is known.

use serde::{Deserialize, Serialize};

use crate::{
    Level,
    conference::Id,
    organisation::{UnitKind, people::PostBody},
};

/// A post as it is read out after a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostTitle {
    /// To which body it belongs.
    pub body: PostBody,
    /// The title in the words used (`QUV`, `Phó Chủ tịch UBND quận`).
    pub title: String,
}

/// Whose side a participation stands on in the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Khách mời.
    Guest,
    /// Đơn vị tổ chức.
    Host,
    /// Đại biểu của các đơn vị, nhà trường.
    #[default]
    Delegate,
}

impl Side {
    /// Every side, in the order in which they are introduced.
    pub const ALL: [Self; 3] = [Self::Guest, Self::Host, Self::Delegate];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Host => "host",
            Self::Delegate => "delegate",
        }
    }

    /// The side with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.as_str() == text)
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $vi:literal;)*) => {
        /// What somebody does at the conference.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ParticipationRole { $($(#[$doc])* $name,)* }

        impl ParticipationRole {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The glossary's identifier.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The role with this identifier.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.as_str() == text)
            }

            /// The name in Vietnamese.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $vi,)* }
            }
        }
    };
}

roles! {
    /// Takes part.
    #[default]
    Delegate = "delegate", "đại biểu";
    /// Conducts.
    Chair = "chair", "chủ trì, chủ tọa";
    /// One of several who conduct.
    Presidium = "presidium", "đoàn chủ tịch";
    /// Directs from a higher body; is not the chair.
    DirectingGuest = "directing_guest", "chỉ đạo hội nghị";
    /// Writes the minutes and signs them with the chair.
    Secretary = "secretary", "thư ký";
    /// Reads the report.
    Presenter = "presenter", "trình bày báo cáo";
    /// Reads a paper.
    PaperSpeaker = "paper_speaker", "tham luận";
    /// Answers for a division.
    RespondingDivision = "responding_division", "phòng ban trả lời";
    /// Reads the script.
    MasterOfCeremonies = "master_of_ceremonies", "người dẫn chương trình";
    /// Hands awards over.
    AwardPresenter = "award_presenter", "người trao thưởng";
    /// Receives an award.
    AwardRecipient = "award_recipient", "người nhận thưởng";
    /// Answers for a venue.
    VenueHead = "venue_head", "phụ trách điểm cầu";
    /// Receives guests and checks them in.
    CheckInDesk = "check_in_desk", "đón tiếp";
    /// Is invited.
    Guest = "guest", "khách mời";
}

/// One line of the list of delegates: a person, or a group of unnamed people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Participation {
    /// Full name; empty for a group.
    pub name: String,
    /// How the person is addressed (`đồng chí`).
    pub address_form: String,
    /// Posts in the order in which they are read out.
    pub posts: Vec<PostTitle>,
    /// The group in words (`các đồng chí lãnh đạo Phòng Nội vụ`); empty for a person.
    pub group: String,
    /// So many people are expected of a group; not known where absent.
    pub head_count: Option<u32>,
    /// Code of the unit, where it is one of ours.
    pub unit_code: String,
    /// The unit in words.
    pub unit_name: String,
    /// What kind of unit.
    pub unit_kind: Option<UnitKind>,
    /// The team inside the unit (`tổ THCS`).
    pub team: String,
    /// Level of schooling, where the place is of one.
    pub level: Option<Level>,
    /// What the person does here.
    pub role: ParticipationRole,
    /// On whose side the line stands.
    pub side: Side,
    /// The place in the list set by hand; the protocol decides where absent.
    pub list_order: Option<u32>,
    /// The venue where the person sits.
    pub venue: Option<Id>,
    /// Seat.
    pub seat: String,
    /// The block of seats in which hands are counted.
    pub block: String,
    /// In whose stead the person comes.
    pub substitute_for: Option<Id>,
    /// Whether the person may vote.
    pub may_vote: bool,
    /// The code on the badge, read by camera or typed.
    pub badge: String,
    /// Telephone; removed with the other personal data after the set time.
    pub phone: String,
    /// Mail; likewise.
    pub email: String,
}

impl Participation {
    /// Whether the line is a group of unnamed people.
    pub fn is_group(&self) -> bool {
        self.name.trim().is_empty()
    }

    /// The name, or the group in words.
    pub fn shown_name(&self) -> &str {
        if self.is_group() { &self.group } else { &self.name }
    }

    /// By what the unit is known in counts and budgets: its code, or its name.
    pub fn unit_key(&self) -> &str {
        if self.unit_code.is_empty() { &self.unit_name } else { &self.unit_code }
    }
}
