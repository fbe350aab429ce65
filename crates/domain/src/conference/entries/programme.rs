//! The programme and the papers that are read in it or bound with it.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{Level, conference::Id};

macro_rules! item_kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $vi:literal, $en:literal;)*) => {
        /// What an item of the programme is. The order of the items is data: two real conferences differ in it.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ItemKind { $($(#[$doc])* $name,)* }

        impl ItemKind {
            /// Every kind, in the usual order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The glossary's identifier.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The kind with this identifier.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }

            /// The name in both languages.
            pub fn label(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($vi, $en),)* }
            }
        }
    };
}

item_kinds! {
    /// Reception of the delegates.
    Reception = "reception", "Đón tiếp đại biểu", "Reception";
    /// Settling, music.
    Settling = "settling", "Ổn định, văn nghệ chào mừng", "Settling, music";
    /// Salute to the flag.
    FlagSalute = "flag_salute", "Chào cờ", "Salute to the flag";
    /// Why the conference is held, who is here.
    Introduction = "introduction", "Tuyên bố lý do, giới thiệu đại biểu", "Introduction";
    /// Who conducts, who writes.
    Presidium = "presidium", "Giới thiệu chủ trì, thư ký", "Presidium and secretary";
    /// Opening.
    Opening = "opening", "Khai mạc", "Opening";
    /// The report is read.
    Report = "report", "Báo cáo tổng kết và phương hướng nhiệm vụ", "Report";
    /// A paper is read.
    Paper = "paper", "Tham luận", "Paper";
    /// Discussion.
    #[default]
    Discussion = "discussion", "Thảo luận", "Discussion";
    /// Divisions of the authority speak.
    DivisionOpinion = "division_opinion", "Ý kiến của các phòng, ban", "Opinions of divisions";
    /// Directive speech.
    DirectiveSpeech = "directive_speech", "Phát biểu chỉ đạo", "Directive speech";
    /// Response of the host.
    Response = "response", "Tiếp thu, đáp từ", "Response";
    /// Awards are handed over.
    Awards = "awards", "Khen thưởng", "Awards";
    /// Agreement is voted.
    Resolution = "resolution", "Biểu quyết, thống nhất chỉ tiêu", "Resolution";
    /// Break.
    Pause = "pause", "Nghỉ giải lao", "Break";
    /// Closing.
    Closing = "closing", "Bế mạc", "Closing";
}

/// One line of the programme: time, content, who does it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgendaItem {
    /// What it is.
    pub kind: ItemKind,
    /// The content in words; the kind's own name where empty.
    pub title: String,
    /// When it is to begin; after the item before it where absent.
    pub starts_at: Option<Time>,
    /// How long it is to take; not known where absent.
    pub minutes: Option<u16>,
    /// Who does it.
    pub presenter: Option<Id>,
    /// Who does it, in words, where it is no one person (`Ban Tổ chức`).
    pub presenter_words: String,
    /// The paper that is read.
    pub paper: Option<Id>,
}

impl AgendaItem {
    /// The content in words.
    pub fn shown_title(&self) -> &str {
        if self.title.trim().is_empty() { self.kind.label().0 } else { &self.title }
    }
}

/// How far a paper is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clearance {
    /// The topic is given to a school or a level.
    #[default]
    Assigned,
    /// The text has come.
    Received,
    /// It went back with a remark.
    Returned,
    /// It may be read or bound.
    Cleared,
}

/// What becomes of a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperUse {
    /// Not decided yet.
    #[default]
    Undecided,
    /// Read in the hall.
    Read,
    /// Enclosed in the bound volume.
    Enclosed,
}

/// A paper (tham luận): its topic, whose it is, how far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConferencePaper {
    /// The topic given.
    pub topic: String,
    /// The title of the text that came.
    pub title: String,
    /// The level that it represents.
    pub level: Option<Level>,
    /// Code of the school or unit.
    pub unit_code: String,
    /// The school or unit in words.
    pub unit_name: String,
    /// Who reads it.
    pub speaker: Option<Id>,
    /// Who reads it, where the person is not in the list.
    pub speaker_name: String,
    /// When the text is due.
    pub due_on: Option<Date>,
    /// How far it is.
    pub clearance: Clearance,
    /// What the reader of the text remarked.
    pub remark: String,
    /// What becomes of it.
    pub used: PaperUse,
    /// The text, or its summary.
    pub text: String,
}

impl ConferencePaper {
    /// The title of the text that came; before it came, the topic given.
    pub fn shown_title(&self) -> &str {
        if self.title.is_empty() { &self.topic } else { &self.title }
    }
}
