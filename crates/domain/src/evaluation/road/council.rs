//! The council's sitting: quorum, votes, grades. The program counts and shows; the council decides.

use jiff::civil::Date;

use super::{RoadState, UnitRoad};
use crate::{Reason, Refusal, evaluation::criteria::CriteriaSet};

/// What the office asks of a sitting; no text of law is known, so both are settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CouncilRules {
    /// Per cent of the members who must be present.
    pub quorum_percent: u32,
    /// Per cent of those present who must agree.
    pub agree_percent: u32,
}

/// The council's word on one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The unit's code.
    pub unit: String,
    /// Votes for.
    pub agree: u32,
    /// Votes against.
    pub against: u32,
    /// The grade that the council gives instead of the proposed one, by code; none to keep it.
    pub grade: Option<String>,
    /// Why it is another.
    pub reason: String,
}

/// One sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The day.
    pub held_on: Date,
    /// Members of the council.
    pub members: u32,
    /// Members present.
    pub present: u32,
    /// How many sittings had been recorded when this one's papers were made.
    pub seen: u32,
    /// The votes.
    pub votes: Vec<Vote>,
}

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The unit's code.
    pub unit: String,
    /// Decided where enough agreed; back to the second review's end where not.
    pub next: RoadState,
}

impl Sitting {
    /// What the sitting decided.
    ///
    /// # Errors
    /// Another sitting was recorded meanwhile; no quorum; more votes than members present; a unit that is not before the
    /// council; a grade that the set does not have, or another grade without a reason; a day to come.
    pub fn decide(
        &self,
        set: &CriteriaSet,
        rules: CouncilRules,
        roads: &[UnitRoad],
        recorded: u32,
        today: Date,
    ) -> Result<Vec<Decided>, Refusal> {
        let mut reasons = self.faults(rules, recorded, today);
        let mut decided = Vec::with_capacity(self.votes.len());
        for vote in &self.votes {
            reasons.extend(self.vote_faults(set, roads, vote));
            let has_passed = u64::from(vote.agree) * 100 >= u64::from(self.present) * u64::from(rules.agree_percent);
            let next = if has_passed { RoadState::Decided } else { RoadState::ReviewedAgain };
            decided.push(Decided { unit: vote.unit.clone(), next });
        }
        Refusal::unless_empty(reasons)?;
        Ok(decided)
    }

    fn faults(&self, rules: CouncilRules, recorded: u32, today: Date) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.seen != recorded {
            let message = "Một phiên họp khác của hội đồng vừa được ghi. Hãy mở lại trang để xem kết quả rồi ghi tiếp.";
            reasons.push(Reason::new("another_council", message));
        }
        if self.held_on > today {
            reasons.push(Reason::new("day_to_come", "Ngày họp chưa tới; hãy ghi sau khi họp.").at("held_on"));
        }
        if self.members == 0 || self.present > self.members {
            let message = format!(
                "Số người có mặt ({}) và số thành viên hội đồng ({}) không khớp; hãy xem lại.",
                self.present, self.members
            );
            reasons.push(Reason::new("bad_attendance", message).at("present"));
        } else if u64::from(self.present) * 100 < u64::from(self.members) * u64::from(rules.quorum_percent) {
            let message = format!(
                "Chưa đủ người dự họp: {}/{} thành viên, cần từ {}% trở lên.",
                self.present, self.members, rules.quorum_percent
            );
            reasons.push(Reason::new("no_quorum", message).at("present"));
        }
        if self.votes.is_empty() {
            reasons.push(Reason::new("no_votes", "Chưa ghi kết quả biểu quyết của đơn vị nào."));
        }
        reasons
    }

    fn vote_faults(&self, set: &CriteriaSet, roads: &[UnitRoad], vote: &Vote) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut say = |code: &str, message: String| reasons.push(Reason::new(code, message).at(vote.unit.clone()));
        match roads.iter().find(|road| road.unit == vote.unit) {
            None => say("unknown_unit", format!("Đơn vị «{}» không thuộc đợt chấm này.", vote.unit)),
            Some(road) if road.state != RoadState::Finalised => say(
                "out_of_order",
                format!("Đơn vị {} đang ở bước «{}», chưa trình hội đồng.", vote.unit, road.state.label().0),
            ),
            Some(_) => {}
        }
        if self.votes.iter().filter(|other| other.unit == vote.unit).count() > 1 {
            say("unit_twice", format!("Đơn vị {} ghi hai lần.", vote.unit));
        }
        if vote.agree + vote.against > self.present {
            say(
                "too_many_votes",
                format!("{} phiếu nhiều hơn {} người có mặt.", vote.agree + vote.against, self.present),
            );
        }
        if let Some(grade) = &vote.grade {
            if !set.scale.grades.iter().any(|known| known.code == *grade) {
                say("unknown_grade", format!("Bộ tiêu chí không có mức xếp loại «{grade}»."));
            } else if vote.reason.trim().is_empty() {
                say("reason_needed", "Hội đồng xếp mức khác với đề nghị thì phải ghi lý do.".to_owned());
            }
        }
        reasons
    }
}
