//! The verbs of the road: each gives the step, or every reason against it.

use std::collections::BTreeSet;

use super::{
    Claim, Desk, Difference, Entry, Line, NewRecord, RoadState, Stage, Step, agreed, differences,
    entries::{faults, recorded},
};
use crate::{Reason, Refusal};

/// What the figures give for a line now, and from what.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// The line's code.
    pub line: String,
    /// What they give: the mark of an item, or how many times for a deduction that the program counts.
    pub claim: Claim,
    /// From what, in Vietnamese.
    pub why: String,
}

impl Desk<'_> {
    /// The unit writes down its own points; it may do so again until it sends them.
    ///
    /// # Errors
    /// Every fault of every entry; out of order; after the deadline; a unit that is gone.
    pub fn self_score(&self, entries: &[Entry]) -> Result<Step, Refusal> {
        let mut reasons = self.against(Stage::SelfScore, &[RoadState::Opened]);
        reasons.extend(faults(&self.lines(), entries, true));
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::Opened, records: recorded(Stage::SelfScore, entries) })
    }

    /// The unit sends its points; items read from figures are recorded as they stand.
    ///
    /// # Errors
    /// As [`Self::self_score`], and every line that nobody has said anything of.
    pub fn submit_self_score(&self, computed: &[Computed]) -> Result<Step, Refusal> {
        let mut reasons = self.against(Stage::SelfScore, &[RoadState::Opened]);
        reasons.extend(self.owed(Stage::SelfScore, "chưa tự chấm"));
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::SelfScored, records: self.filled(Stage::SelfScore, computed) })
    }

    /// A reviewer says what the points should be, as another unit of the cluster or for the office; several may, each on
    /// the lines that are theirs.
    ///
    /// # Errors
    /// Every fault of every entry; out of order; after the deadline; the reviewer's own unit; a line that was given to
    /// others (`assigned` names the reviewer's lines; none means all).
    pub fn review(&self, stage: Stage, assigned: Option<&[String]>, entries: &[Entry]) -> Result<Step, Refusal> {
        let mut reasons = self.against(stage, &self.reviewable());
        reasons.extend(self.own_unit());
        let lines = self.lines();
        reasons.extend(faults(&lines, entries, false));
        for entry in entries {
            let is_theirs = assigned.is_none_or(|assigned| assigned.contains(&entry.line));
            if let Some(line) = lines.iter().find(|line| line.code == entry.line).filter(|_| !is_theirs) {
                let message = format!("{}: mục này giao cho người thẩm định khác.", line.title());
                reasons.push(Reason::new("not_assigned", message).at(line.code));
            }
        }
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: self.road.state, records: recorded(stage, entries) })
    }

    /// The office ends the first review; without any difference the unit has nothing to explain.
    ///
    /// # Errors
    /// As [`Self::review`], and every line that no reviewer has said anything of.
    pub fn finish_review(&self) -> Result<Step, Refusal> {
        let mut reasons = self.against(Stage::Review, &self.reviewable());
        reasons.extend(self.own_unit());
        reasons.extend(self.owed(Stage::Review, "chưa có người thẩm định"));
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::Reviewed, records: Vec::new() })
    }

    /// The unit explains where the review differs from its own points.
    ///
    /// # Errors
    /// Out of order; after the deadline; a line without a difference; an empty explanation; a difference beyond the limit
    /// that is left without one.
    pub fn explain(&self, entries: &[Entry]) -> Result<Step, Refusal> {
        let mut reasons = self.against(Stage::Explanation, &[RoadState::Reviewed]);
        let lines = self.lines();
        reasons.extend(faults(&lines, entries, true));
        let found = self.differences();
        let title = |code: &str| lines.iter().find(|line| line.code == code).map_or(code.to_owned(), Line::title);
        for entry in entries {
            if !found.iter().any(|difference| difference.line == entry.line) {
                let message = format!(
                    "{}: điểm tự chấm và điểm thẩm định không chênh lệch nên không cần giải trình.",
                    title(&entry.line)
                );
                reasons.push(Reason::new("no_difference", message).at(entry.line.clone()));
            } else if entry.comment.trim().is_empty() {
                let message = format!("{}: hãy ghi lời giải trình.", title(&entry.line));
                reasons.push(Reason::new("reason_needed", message).at(entry.line.clone()));
            }
        }
        // Of one line several pairs may differ: it is named once.
        let beyond: BTreeSet<&str> =
            found.iter().filter(|one| one.is_beyond).map(|difference| difference.line.as_str()).collect();
        for line in lines.iter().filter(|line| beyond.contains(line.code)) {
            if !entries.iter().any(|entry| entry.line == line.code) {
                let message = format!("{}: còn chênh lệch chưa giải trình.", line.title());
                reasons.push(Reason::new("unexplained", message).at(line.code));
            }
        }
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::Explained, records: recorded(Stage::Explanation, entries) })
    }

    /// The office reviews again, having read the explanation or waited for it in vain.
    ///
    /// # Errors
    /// Every fault of every entry; out of order; after the deadline; the reviewer's own unit.
    pub fn second_review(&self, entries: &[Entry]) -> Result<Step, Refusal> {
        let mut from = vec![RoadState::Explained];
        if self.deadlines.is_over(Stage::Explanation, self.today) || self.has_nothing_to_explain() {
            from.push(RoadState::Reviewed);
        }
        let mut reasons = self.against(Stage::SecondReview, &from);
        reasons.extend(self.own_unit());
        reasons.extend(faults(&self.lines(), entries, false));
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::ReviewedAgain, records: recorded(Stage::SecondReview, entries) })
    }

    /// The office makes points final: what counts, but for the entries that it changes; figures are frozen as they stand.
    /// Where nothing was to be explained the second review may be left out.
    ///
    /// # Errors
    /// Every fault of every entry; out of order; the office's own unit; every line that nobody has said anything of.
    pub fn finalise(&self, entries: &[Entry], computed: &[Computed]) -> Result<Step, Refusal> {
        let mut from = vec![RoadState::ReviewedAgain];
        if self.has_nothing_to_explain() {
            from.push(RoadState::Reviewed);
        }
        let mut reasons = self.against(Stage::Finalisation, &from);
        reasons.extend(self.own_unit());
        let lines = self.lines();
        reasons.extend(faults(&lines, entries, false));
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::Finalised, records: self.settled(&lines, entries, computed)? })
    }

    /// Takes a unit out of the round, with the reason.
    ///
    /// # Errors
    /// Without a reason; a unit whose result is published.
    pub fn leave_out(&self, reason: &str) -> Result<Step, Refusal> {
        let mut reasons = Vec::new();
        if matches!(self.road.state, RoadState::Published | RoadState::LeftOut) {
            let message = format!("Đơn vị đang ở bước «{}» nên không đưa ra được.", self.road.state.label().0);
            reasons.push(Reason::new("out_of_order", message));
        }
        if reason.trim().is_empty() {
            reasons.push(Reason::new("reason_needed", "Hãy ghi lý do đưa đơn vị ra khỏi đợt chấm.").at("reason"));
        }
        Refusal::unless_empty(reasons)?;
        Ok(Step { next: RoadState::LeftOut, records: Vec::new() })
    }

    /// Where the unit's points and the review differ.
    pub fn differences(&self) -> Vec<Difference> {
        differences(self.set, self.road, self.limit)
    }

    fn has_nothing_to_explain(&self) -> bool {
        self.differences().iter().all(|difference| !difference.is_beyond)
    }

    /// Judged lines of which nothing was said up to a stage.
    fn owed(&self, stage: Stage, what: &str) -> Vec<Reason> {
        let is_said = |line: &Line<'_>| match stage {
            Stage::SelfScore => self.road.said_at(stage, line.code).is_some(),
            _ => [Stage::CrossCheck, Stage::Review].iter().any(|one| self.road.said_at(*one, line.code).is_some()),
        };
        let lines = self.lines();
        let owed = lines.iter().filter(|line| line.is_owed() && !is_said(line));
        owed.map(|line| Reason::new("missing_item", format!("{}: {what}.", line.title())).at(line.code)).collect()
    }

    /// Records of the lines that figures fill, but for those which the unit asks to leave out.
    fn filled(&self, stage: Stage, computed: &[Computed]) -> Vec<NewRecord> {
        let is_asked =
            |line: &str| self.road.counting(line).is_some_and(|record| record.what.claim == Some(Claim::NotApplicable));
        let own = computed.iter().filter(|one| !is_asked(&one.line));
        own.map(|one| one.recorded(stage)).collect()
    }

    /// A record for every line of which there is something to say.
    fn settled(&self, lines: &[Line<'_>], entries: &[Entry], computed: &[Computed]) -> Result<Vec<NewRecord>, Refusal> {
        let (mut records, mut reasons) = (Vec::new(), Vec::new());
        let stage = Stage::Finalisation;
        for line in lines {
            let entry = entries.iter().find(|entry| entry.line == line.code && entry.claim.is_some());
            let counting = self.road.counting(line.code).map(|record| &record.what);
            let evidence = counting.map(|record| record.evidence.clone()).unwrap_or_default();
            let (claim, comment) = match entry {
                Some(entry) => (entry.claim.clone(), entry.comment.trim().to_owned()),
                None => {
                    let taken = |what: &NewRecord| (what.claim.clone(), agreed(&what.comment));
                    counting.map(taken).unwrap_or_default()
                }
            };
            let figures = computed.iter().find(|one| one.line == line.code).filter(|_| line.is_computed());
            match (claim, figures) {
                (claim, Some(figures)) if claim != Some(Claim::NotApplicable) => records.push(figures.recorded(stage)),
                (Some(claim), _) => {
                    let (line, claim) = (line.code.to_owned(), Some(claim));
                    records.push(NewRecord { stage, line, claim, comment, evidence });
                }
                (None, _) if line.is_owed() => {
                    let message = format!("{}: chưa có ai chấm nên chưa chốt được.", line.title());
                    reasons.push(Reason::new("missing_item", message).at(line.code));
                }
                (None, _) => {}
            }
        }
        Refusal::unless_empty(reasons)?;
        Ok(records)
    }
}

impl Computed {
    pub(super) fn recorded(&self, stage: Stage) -> NewRecord {
        let (line, comment) = (self.line.clone(), self.why.clone());
        NewRecord { stage, line, claim: Some(self.claim.clone()), comment, evidence: Vec::new() }
    }
}
