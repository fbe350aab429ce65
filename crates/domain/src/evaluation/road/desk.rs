//! The circumstances under which a step is taken: who, when, for which unit, by which set and deadlines.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Line, RoadState, Stage, UnitRoad, lines};
use crate::{
    Reason,
    evaluation::{Points, criteria::CriteriaSet},
    organisation::Unit,
    vietnamese::short_date,
};

/// The last day of each stage, included; a stage without one has no end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deadlines(pub BTreeMap<Stage, Date>);

impl Deadlines {
    /// The last day of a stage.
    pub fn of(&self, stage: Stage) -> Option<Date> {
        self.0.get(&stage).copied()
    }

    /// Whether a stage's last day has passed.
    pub fn is_over(&self, stage: Stage, today: Date) -> bool {
        self.of(stage).is_some_and(|last| today > last)
    }

    /// Stages whose last day stands before that of a stage before them.
    pub fn faults(&self) -> Vec<Reason> {
        let days: Vec<(Stage, Date)> = self.0.iter().map(|(stage, day)| (*stage, *day)).collect();
        let wrong = days.windows(2).filter(|pair| pair[1].1 < pair[0].1);
        wrong
            .map(|pair| {
                let message = format!(
                    "Hạn {} ({}) trước hạn {} ({}); hãy xếp hạn các bước theo thứ tự.",
                    pair[1].0.label().0.to_lowercase(),
                    short_date(pair[1].1),
                    pair[0].0.label().0.to_lowercase(),
                    short_date(pair[0].1)
                );
                Reason::new("deadlines_out_of_order", message).at(pair[1].0.as_str())
            })
            .collect()
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// User name.
    pub name: String,
    /// The units at which the person has a task.
    pub units: Vec<String>,
}

/// The desk at which one step of one unit's road is taken.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// The set as it was frozen when it was opened.
    pub set: &'a CriteriaSet,
    /// Deadlines of the round.
    pub deadlines: &'a Deadlines,
    /// Differences up to this need no explanation.
    pub limit: Points,
    /// The day.
    pub today: Date,
    /// Who acts.
    pub person: &'a Person,
    /// The unit; none where the register has it no more.
    pub unit: Option<&'a Unit>,
    /// Its road so far.
    pub road: &'a UnitRoad,
}

impl<'a> Desk<'a> {
    pub(super) fn lines(&self) -> Vec<Line<'a>> {
        lines(self.set)
    }

    /// The reasons against working on a stage now at all.
    pub(super) fn against(&self, stage: Stage, from: &[RoadState]) -> Vec<Reason> {
        let mut reasons = Vec::new();
        reasons.extend(self.gone());
        reasons.extend(self.out_of_order(stage, from));
        if stage <= Stage::SecondReview {
            reasons.extend(self.too_late(stage));
        }
        reasons
    }

    fn gone(&self) -> Option<Reason> {
        let Some(unit) = self.unit else {
            let message = format!(
                "Đơn vị mang mã «{}» không còn trong danh mục; hãy đưa đơn vị ra khỏi đợt chấm, ghi lý do.",
                self.road.unit
            );
            return Some(Reason::new("unit_gone", message).at(self.road.unit.clone()));
        };
        if unit.validity.contains(self.today) {
            return None;
        }
        let when = match unit.validity.to {
            Some(last) if last < self.today => format!("đã ngừng hoạt động từ sau ngày {}", short_date(last)),
            _ => "chưa hoạt động vào ngày này".to_owned(),
        };
        let message = format!("{} {when}; không chấm được nữa.", unit.latest_name());
        Some(Reason::new("unit_gone", message).at(self.road.unit.clone()))
    }

    fn out_of_order(&self, stage: Stage, from: &[RoadState]) -> Option<Reason> {
        let state = self.road.state;
        if from.contains(&state) {
            return None;
        }
        let message = format!(
            "Không thể làm bước «{}»: đơn vị đang ở bước «{}». Hãy làm lần lượt từng bước.",
            stage.label().0,
            state.label().0
        );
        Some(Reason::new("out_of_order", message).at(stage.as_str()))
    }

    fn too_late(&self, stage: Stage) -> Option<Reason> {
        let last = self.deadlines.of(stage).filter(|last| self.today > *last)?;
        let message = format!(
            "Đã hết hạn bước «{}» từ ngày {}. Hãy đề nghị cơ quan quản lý gia hạn.",
            stage.label().0,
            short_date(last)
        );
        Some(Reason::new("after_deadline", message).at(stage.as_str()))
    }

    /// Nobody judges a unit at which they have a task themselves.
    pub(super) fn own_unit(&self) -> Option<Reason> {
        self.person.units.contains(&self.road.unit).then(|| {
            let message = "Người thẩm định không chấm đơn vị của chính mình; hãy giao người khác.";
            Reason::new("own_unit", message).at(self.road.unit.clone())
        })
    }

    /// States from which the review may begin: a unit that let its day pass is reviewed without its own points.
    pub(super) fn reviewable(&self) -> Vec<RoadState> {
        let mut states = vec![RoadState::SelfScored];
        if self.deadlines.is_over(Stage::SelfScore, self.today) {
            states.push(RoadState::Opened);
        }
        states
    }
}
