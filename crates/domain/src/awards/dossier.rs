//! An award dossier (hồ sơ khen thưởng): who is nominated for what, and what is known of the nominee.
//!
//! What is not known stays unknown: a list that may have gaps says from which year on it is complete, a question that nobody
//! answered has no answer. The check then says *cannot tell*.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    check::{Judgement, Verdict},
    pack::{DisciplineLevel, Gender, Grantor, InitiativeLevel, LeaveKind, Occasion, StaffGrade},
};
use crate::{Label, Reason, Refusal, school_year::SchoolYear, vietnamese::fold};

/// Who is nominated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nominee {
    /// Our own key: the same for the same person or unit in every dossier.
    pub key: String,
    /// Whether it is a person; a collective otherwise.
    pub is_person: bool,
    /// Name as printed.
    pub name: String,
    /// The post, for a person.
    pub post: String,
    /// The unit in which the person works, or which the collective is.
    pub unit: String,
    /// The kind of that unit (`school`).
    pub unit_kind: String,
}

/// A dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardDossier {
    /// Its number.
    pub id: i64,
    /// Who is nominated.
    pub nominee: Nominee,
    /// For which title or form.
    pub award: String,
    /// The school year of the achievement.
    pub year: SchoolYear,
    /// On which occasion.
    pub occasion: Occasion,
    /// The achievement in words.
    pub achievement: String,
    /// Who is to grant it; none while nobody has said so.
    pub grantor: Option<Grantor>,
    /// The day on which it was accepted; none while it is a draft.
    pub accepted_on: Option<Date>,
    /// What is known.
    pub facts: Facts,
    /// Holds, the earliest first.
    pub holds: Vec<AwardHold>,
}

/// A hold (tạm dừng xét): a reason why the dossier must wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardHold {
    /// Since when.
    pub since: Date,
    /// What is being checked.
    pub reason: String,
    /// When it ended; none while it stands.
    pub released_on: Option<Date>,
}

/// What is known of a nominee.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Facts {
    /// Gender, for a person.
    pub gender: Option<Gender>,
    /// The grade of work by year.
    pub grades: BTreeMap<SchoolYear, StaffGrade>,
    /// Awards received before.
    pub awards: Vec<PastAward>,
    /// From which year on that list has no gap; none where it may have gaps everywhere.
    pub awards_known_from: Option<SchoolYear>,
    /// Recognised initiatives.
    pub initiatives: Vec<Initiative>,
    /// Whether that list is complete.
    pub initiatives_are_known: bool,
    /// Disciplines of the person, or of members of the collective.
    pub disciplines: Vec<Discipline>,
    /// Whether that list is complete.
    pub disciplines_are_known: bool,
    /// Leaves.
    pub leaves: Vec<Leave>,
    /// The members, for a collective.
    pub members: Option<Members>,
    /// Answers that people recorded, by the name of the fact.
    pub recorded: BTreeMap<String, bool>,
    /// For how many years the thematic movement has been led.
    pub movement_years: Option<u16>,
    /// Terms in posts.
    pub terms: Vec<PostTerm>,
}

/// An award received before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastAward {
    /// Which.
    pub award: String,
    /// For which year.
    pub year: SchoolYear,
    /// On which occasion.
    pub occasion: Occasion,
    /// The decision; empty where not known.
    #[serde(default)]
    pub decision: String,
}

/// An initiative (sáng kiến) that was recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// In which year.
    pub year: SchoolYear,
    /// Its name.
    pub name: String,
    /// How far it was recognised.
    pub level: InitiativeLevel,
}

/// A discipline (kỷ luật).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discipline {
    /// Which.
    pub level: DisciplineLevel,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub to: Option<Date>,
}

/// A leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Which.
    pub kind: LeaveKind,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// The members of a collective in the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Members {
    /// All.
    pub total: u32,
    /// Who completed their tasks; none where not counted.
    pub completed: Option<u32>,
    /// Advanced workers; none where not counted.
    pub advanced: Option<u32>,
    /// Women; none where not counted.
    pub women: Option<u32>,
}

/// A term in a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostTerm {
    /// The post.
    pub post: String,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub to: Option<Date>,
    /// Whether it leads or manages.
    pub leads: bool,
}

impl AwardDossier {
    /// The hold that stands, if one does.
    pub fn hold(&self) -> Option<&AwardHold> {
        self.holds.iter().find(|hold| hold.released_on.is_none())
    }

    /// Whether the dossier can be sent. A hold stops it; drafting goes on. What the check found stops nothing: people decide.
    ///
    /// # Errors
    /// `already_sent`, `on_hold`, `no_achievement`, all at once.
    pub fn may_be_sent(&self) -> Result<(), Refusal> {
        let mut reasons = Vec::new();
        if let Some(day) = self.accepted_on {
            let day = crate::vietnamese::short_date(day);
            reasons.push(Reason::new("already_sent", format!("Hồ sơ đã trình ngày {day}; không trình lần nữa.")));
        }
        if let Some(hold) = self.hold() {
            let since = crate::vietnamese::short_date(hold.since);
            let message = format!(
                "Hồ sơ đang tạm dừng xét từ ngày {since}: {}. Vẫn soạn tiếp được; muốn trình, hãy ghi kết thúc tạm dừng trước.",
                hold.reason
            );
            reasons.push(Reason::new("on_hold", message).at("hold"));
        }
        if self.achievement.trim().is_empty() {
            reasons.push(Reason::new("no_achievement", "Hãy ghi thành tích đề nghị khen.").at("achievement"));
        }
        Refusal::unless_empty(reasons)
    }

    /// What is still missing from a whole dossier, in both languages: the achievement, who is to grant it, and every
    /// question of the check that what is known cannot answer. Only a missing achievement keeps it from being sent.
    pub fn lacks(&self, judgement: &Judgement) -> Vec<Label> {
        let label = |vi: &str, en: &str| Label { vi: vi.to_owned(), en: en.to_owned() };
        let mut lacks = Vec::new();
        if self.achievement.trim().is_empty() {
            lacks.push(label("thành tích bằng lời", "the achievement in words"));
        }
        if self.grantor.is_none() {
            lacks.push(label("cấp quyết định khen thưởng", "who is to grant it"));
        }
        let open = judgement.clauses.iter().filter(|clause| clause.verdict == Verdict::CannotTell);
        lacks.extend(open.filter(|clause| clause.code != "grantor").map(|clause| clause.label.clone()));
        lacks
    }

    /// Other dossiers that nominate the same achievement of the same nominee, or the same award of the same year.
    pub fn duplicates<'a>(&self, others: &'a [Self]) -> Vec<&'a Self> {
        let is_same = |other: &&Self| {
            let is_award = other.award == self.award && other.year == self.year && other.occasion == self.occasion;
            let is_achievement = !self.achievement.trim().is_empty()
                && other.year == self.year
                && fold(&other.achievement) == fold(&self.achievement);
            other.id != self.id && other.nominee.key == self.nominee.key && (is_award || is_achievement)
        };
        others.iter().filter(is_same).collect()
    }
}

impl Facts {
    /// Every fault of what was typed: days the wrong way round, more members of a kind than members, a year listed twice.
    ///
    /// # Errors
    /// All of them, each at its field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut reasons = Vec::new();
        let mut add = |at: &str, message: String| reasons.push(Reason::new("bad_fact", message).at(at));
        for leave in self.leaves.iter().filter(|leave| leave.to < leave.from) {
            add("leaves", format!("Nghỉ từ {} đến {}: ngày cuối đứng trước ngày đầu.", leave.from, leave.to));
        }
        for discipline in self.disciplines.iter().filter(|one| one.to.is_some_and(|to| to < one.from)) {
            add("disciplines", format!("Kỷ luật từ {}: ngày hết đứng trước ngày bắt đầu.", discipline.from));
        }
        for term in self.terms.iter().filter(|term| term.to.is_some_and(|to| to < term.from)) {
            add("terms", format!("Chức vụ {} từ {}: ngày cuối đứng trước ngày đầu.", term.post, term.from));
        }
        for (name, count) in self.members.iter().flat_map(Members::parts) {
            let total = self.members.map_or(0, |members| members.total);
            if count.is_some_and(|count| count > total) {
                let count = count.unwrap_or_default();
                add("members", format!("Số {name} ({count}) lớn hơn tổng số thành viên ({total})."));
            }
        }
        Refusal::unless_empty(reasons)
    }

    /// Takes in awards of the past that are not in the list yet.
    pub fn add_awards(&mut self, more: Vec<PastAward>) {
        for past in more {
            if !self.awards.iter().any(|own| (&own.award, own.year) == (&past.award, past.year)) {
                self.awards.push(past);
            }
        }
    }

    /// Whether a leave of this kind touches a school year.
    pub(super) fn on_leave(&self, kind: LeaveKind, year: SchoolYear) -> bool {
        let span = days_of(year);
        span.is_some_and(|(first, last)| {
            self.leaves.iter().any(|leave| leave.kind == kind && leave.from <= last && first <= leave.to)
        })
    }
}

/// First and last day of a school year for what happened in it, as [`SchoolYear::of_day`] counts.
pub(super) fn days_of(year: SchoolYear) -> Option<(Date, Date)> {
    let first = Date::new(year.first_calendar_year(), 8, 1).ok()?;
    Some((first, Date::new(year.second_calendar_year(), 7, 31).ok()?))
}

impl Members {
    fn parts(&self) -> [(&'static str, Option<u32>); 3] {
        [("hoàn thành nhiệm vụ", self.completed), ("lao động tiên tiến", self.advanced), ("nữ", self.women)]
    }
}
