//! Where those who scored do not agree.

use super::{Claim, Line, Stage, UnitRoad, lines};
use crate::evaluation::{Points, criteria::CriteriaSet};

/// Two claims on a line that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The line's code.
    pub line: String,
    /// The earlier claim's stage.
    pub stage: Stage,
    /// The earlier claim.
    pub claim: Claim,
    /// The later claim's stage; the same stage where two desks differ.
    pub against_stage: Stage,
    /// The later claim.
    pub against: Claim,
    /// By how many points; none where one says that the line does not apply, or points depend on others.
    pub points: Option<Points>,
    /// Whether it is more than the round's limit.
    pub is_beyond: bool,
}

/// What a unit's own points and the last review differ in, and the desks of one stage among themselves; in the order of
/// the sheet. A difference in whether a line applies is always beyond the limit.
pub fn differences(set: &CriteriaSet, road: &UnitRoad, limit: Points) -> Vec<Difference> {
    let mut found = Vec::new();
    for line in lines(set) {
        let own = road.said_at(Stage::SelfScore, line.code);
        let reviewed = [Stage::SecondReview, Stage::Review, Stage::CrossCheck]
            .into_iter()
            .find_map(|stage| road.said_at(stage, line.code));
        if let (Some(own), Some(reviewed)) = (own, reviewed) {
            let pair = [(own.what.stage, &own.what.claim), (reviewed.what.stage, &reviewed.what.claim)];
            found.extend(between(&line, pair, limit));
        }
        for stage in [Stage::CrossCheck, Stage::Review] {
            let said = road.desks_at(stage, line.code);
            if let [first, .., last] = said.as_slice() {
                found.extend(between(&line, [(stage, &first.what.claim), (stage, &last.what.claim)], limit));
            }
        }
    }
    found
}

fn between(line: &Line<'_>, [first, second]: [(Stage, &Option<Claim>); 2], limit: Points) -> Option<Difference> {
    let (claim, against) = (first.1.clone()?, second.1.clone()?);
    if claim == against {
        return None;
    }
    let points = line
        .points(&claim)
        .zip(line.points(&against))
        .map(|(own, other)| if own > other { own - other } else { other - own });
    let is_beyond = points.is_none_or(|points| points > limit);
    if points == Some(Points::ZERO) {
        return None;
    }
    let line = line.code.to_owned();
    Some(Difference { line, stage: first.0, claim, against_stage: second.0, against, points, is_beyond })
}
