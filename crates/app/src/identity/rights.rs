//! The one permission table: which role may do what, at its unit and at every unit beneath.

use serde::{Deserialize, Serialize};

macro_rules! rights {
    ($($variant:ident $word:literal $doc:literal;)+) => {
        /// Something that one may be allowed to do at a unit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Right {
            $(#[doc = $doc] $variant,)+
        }

        impl Right {
            /// Every right, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The identifier, as templates ask for it (`visitor.can.judge_figures`).
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

rights! {
    ReadUnit "read_unit" "See the unit, its figures, indicators and reports.";
    EnterFigures "enter_figures" "Fill and send the unit's forms.";
    JudgeFigures "judge_figures" "Approve, return, accept and remind.";
    RunYear "run_year" "Open and close periods, set deadlines.";
    RunEvaluation "run_evaluation" "Open criteria sets, make points final, record the council, publish results.";
    WriteReport "write_report" "Write the report's texts and set targets.";
    SignPapers "sign_papers" "Comment on papers, give them back, approve, sign and withdraw them.";
    KeepRegister "keep_register" "Keep the register of documents and the books of numbers.";
    ManageUnits "manage_units" "Create, rename, move, merge, split and dissolve units; posts.";
    ManageAccounts "manage_accounts" "Create accounts, give and end roles.";
    RunConference "run_conference" "Prepare and run conferences.";
    ChairConference "chair_conference" "Sit at the chair's desk of a conference: its course, the floor, votes, screens.";
    ServeHall "serve_hall" "Sit at the desks of the hall: check-in, secretary, awards.";
    WriteArticles "write_articles" "Edit and publish articles and pictures.";
}

/// What someone is, at a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Quản trị: installs, makes accounts, keeps the register of units.
    Administrator,
    /// Chuyên viên: runs the year.
    Officer,
    /// Lãnh đạo: reads everything, signs.
    Leader,
    /// Hiệu trưởng: answers for the school's figures.
    Principal,
    /// Văn thư nhà trường: types them.
    Clerk,
    /// Biên tập: writes articles.
    Editor,
    /// Người xem.
    Reader,
}

impl Role {
    /// Every role, in the order in which lists show them.
    pub const ALL: [Self; 7] =
        [Self::Administrator, Self::Officer, Self::Leader, Self::Principal, Self::Clerk, Self::Editor, Self::Reader];

    /// The identifier, as it stands in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Officer => "officer",
            Self::Leader => "leader",
            Self::Principal => "principal",
            Self::Clerk => "clerk",
            Self::Editor => "editor",
            Self::Reader => "reader",
        }
    }

    /// The role with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// What the role allows. This is the table.
    pub fn rights(self) -> &'static [Right] {
        use Right::{
            ChairConference, EnterFigures, JudgeFigures, KeepRegister, ManageAccounts, ManageUnits, ReadUnit,
            RunConference, RunEvaluation, RunYear, ServeHall, SignPapers, WriteArticles, WriteReport,
        };
        match self {
            Self::Administrator => &[ReadUnit, RunYear, ManageUnits, ManageAccounts],
            Self::Officer => &[
                ReadUnit,
                EnterFigures,
                JudgeFigures,
                RunYear,
                RunEvaluation,
                WriteReport,
                KeepRegister,
                ManageUnits,
                RunConference,
                ChairConference,
                ServeHall,
                WriteArticles,
            ],
            Self::Clerk => &[ReadUnit, EnterFigures, KeepRegister, ServeHall],
            Self::Principal => &[ReadUnit, EnterFigures],
            Self::Leader => &[ReadUnit, RunEvaluation, SignPapers, ChairConference],
            Self::Editor => &[ReadUnit, WriteArticles],
            Self::Reader => &[ReadUnit],
        }
    }

    /// Whether the role allows this.
    pub fn allows(self, right: Right) -> bool {
        self.rights().contains(&right)
    }
}
