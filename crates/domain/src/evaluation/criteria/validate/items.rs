//! The test of one item: what it reads exists and is of the right level, and its points cover every number.

use super::{Findings, Item, Points, Spot};
use crate::{
    evaluation::criteria::{Basis, CriteriaSet, Measured, PointRule, Rung, Step, Test, shown},
    figures::{
        catalogue::{Catalogue, Direction, ItemCode},
        formula::{Formula, ItemNature, Vocabulary},
    },
};

impl Item {
    /// The most points that its test can give; what it declares where its rule has no points of its own.
    pub(super) fn best(&self) -> Points {
        let best = match &self.test {
            Test::Measured { rule: PointRule::Steps(steps), .. } => steps.iter().map(|step| step.points).max(),
            Test::Level { rungs, .. } => rungs.iter().map(|rung| rung.points).max(),
            _ => Some(self.max),
        };
        best.unwrap_or(self.max)
    }
}

pub(super) fn check(spot: Spot, item: &Item, set: &CriteriaSet, catalogue: &Catalogue, findings: &mut Findings) {
    if item.max == Points::ZERO {
        findings.add(spot, "no_points", format!("mục «{}» có điểm chuẩn bằng 0", item.label.vi));
    }
    if let Some(level) = item.level.filter(|level| !set.levels.is_empty() && !set.levels.contains(level)) {
        let message = format!("mục «{}» thuộc cấp {}, bộ này không chấm cấp đó", item.label.vi, level.label().0);
        findings.add(spot, "other_level", message);
    }
    check_condition(spot, item, catalogue, findings);
    match &item.test {
        Test::Measured { measured, basis, rule, direction } => {
            check_measured(spot, item, measured, *basis, catalogue, findings);
            check_rule(spot, item, *basis, rule, *direction, findings);
        }
        Test::YesNo { item: Some(code) } => check_item(spot, code, catalogue, findings),
        Test::Level { item: code, rungs } => {
            code.iter().for_each(|code| check_item(spot, code, catalogue, findings));
            check_rungs(spot, item, rungs, findings);
        }
        Test::YesNo { item: None } | Test::Evidence => {}
    }
    if item.best() < item.max {
        let message = format!(
            "mục «{}» có điểm chuẩn {} nhưng mức cao nhất chỉ được {}; không ai đạt điểm tối đa",
            item.label.vi,
            item.max,
            item.best()
        );
        findings.add(spot, "max_unreachable", message);
    }
}

fn check_condition(spot: Spot, item: &Item, catalogue: &Catalogue, findings: &mut Findings) {
    let Some(text) = &item.applies_if else { return };
    let faults = match Formula::parse(text) {
        Ok(formula) => formula.check(catalogue),
        Err(fault) => vec![fault],
    };
    for fault in faults {
        let message = format!("điều kiện «{text}», ký tự thứ {}: {}", fault.at + 1, fault.message);
        findings.add(spot, "bad_formula", message);
    }
}

fn check_measured(
    spot: Spot,
    item: &Item,
    measured: &Measured,
    basis: Basis,
    catalogue: &Catalogue,
    findings: &mut Findings,
) {
    match measured {
        Measured::Indicator(code) => match catalogue.indicator(code) {
            None => findings.add(spot, "unknown_indicator", format!("không có chỉ số «{code}»")),
            Some(indicator) => {
                if let Some(own) = indicator.level.filter(|own| item.level.is_some_and(|level| level != *own)) {
                    let message = format!("chỉ số «{code}» thuộc cấp {}, mục này thuộc cấp khác", own.label().0);
                    findings.add(spot, "other_level", message);
                }
            }
        },
        Measured::Ratio { part, whole } => [part, whole].into_iter().for_each(|code| {
            check_item(spot, code, catalogue, findings);
        }),
        Measured::Count(code) => code.iter().for_each(|code| check_item(spot, code, catalogue, findings)),
        Measured::Timeliness | Measured::Completeness => {}
    }
    let has_last_year = matches!(measured, Measured::Indicator(_) | Measured::Ratio { .. } | Measured::Count(Some(_)));
    if !has_last_year && basis != Basis::Value {
        let message = format!("mục «{}» chấm theo tiến bộ nhưng số này không có của năm trước", item.label.vi);
        findings.add(spot, "no_last_year", message);
    }
}

fn check_item(spot: Spot, code: &ItemCode, catalogue: &Catalogue, findings: &mut Findings) {
    // A code without a name was noted where it was read.
    if !code.element.is_empty() && !matches!(Vocabulary::item(catalogue, code), Some(ItemNature::Number(_))) {
        findings.add(spot, "unknown_item", format!("không có chỉ tiêu dạng số «{code}»"));
    }
}

fn check_rule(spot: Spot, item: &Item, basis: Basis, rule: &PointRule, direction: Direction, findings: &mut Findings) {
    let improves = basis != Basis::Value;
    if direction == Direction::Neutral && (improves || *rule == PointRule::BestOfPeers) {
        let message = format!(
            "mục «{}»: chỉ số không có chiều tốt hơn nên không so hơn kém được; hãy ghi direction = \"up\" hoặc \"down\"",
            item.label.vi
        );
        findings.add(spot, "no_direction", message);
    }
    // An improvement is always better when it is greater.
    let direction = if improves { Direction::Up } else { direction };
    let against = match (rule, direction) {
        (PointRule::Linear { from, to }, Direction::Up) => to < from,
        (PointRule::Linear { from, to }, Direction::Down) => to > from,
        (PointRule::Steps(steps), _) => {
            check_steps(spot, item, steps, improves, findings);
            is_against(steps, direction)
        }
        _ => false,
    };
    if against {
        let message =
            format!("mục «{}»: số tốt hơn lại được ít điểm hơn; hãy xem lại chiều của thang điểm", item.label.vi);
        findings.add(spot, "against_direction", message);
    }
}

fn is_against(steps: &[Step], direction: Direction) -> bool {
    let ordered = by_number(steps);
    ordered.windows(2).any(|pair| match direction {
        Direction::Up => pair[1].points < pair[0].points,
        Direction::Down => pair[1].points > pair[0].points,
        Direction::Neutral => false,
    })
}

fn by_number(steps: &[Step]) -> Vec<Step> {
    let mut ordered = steps.to_vec();
    ordered.sort_by(|left, right| {
        let from = |step: &Step| step.from.unwrap_or(f64::NEG_INFINITY);
        from(left).total_cmp(&from(right))
    });
    ordered
}

fn check_steps(spot: Spot, item: &Item, steps: &[Step], improves: bool, findings: &mut Findings) {
    let name = &item.label.vi;
    let ordered = by_number(steps);
    let (Some(first), Some(last)) = (ordered.first(), ordered.last()) else {
        return findings.add(spot, "no_steps", format!("mục «{name}» chưa có bậc điểm nào"));
    };
    if let Some(from) = first.from.filter(|from| improves || *from > 0.0) {
        findings.add(
            spot,
            "steps_gap",
            format!("mục «{name}»: không bậc nào nhận giá trị dưới {}; hãy thêm «..{from} = 0»", shown(from)),
        );
    }
    if let Some(to) = last.to {
        findings.add(
            spot,
            "steps_gap",
            format!("mục «{name}»: không bậc nào nhận giá trị từ {} trở lên; hãy để ngỏ bậc cuối", shown(to)),
        );
    }
    for pair in ordered.windows(2) {
        let (end, start) = (pair[0].to.unwrap_or(f64::INFINITY), pair[1].from.unwrap_or(f64::NEG_INFINITY));
        if start < end {
            let message =
                format!("mục «{name}»: bậc «{}» và bậc «{}» chồng lên nhau", pair[0].in_words(), pair[1].in_words());
            findings.add(spot, "steps_overlap", message);
        } else if start > end {
            findings.add(
                spot,
                "steps_gap",
                format!("mục «{name}»: không bậc nào nhận giá trị từ {} đến dưới {}", shown(end), shown(start)),
            );
        }
    }
    for step in ordered.iter().filter(|step| step.points > item.max) {
        let message =
            format!("mục «{name}»: bậc «{}» cho {} điểm, quá điểm chuẩn {}", step.in_words(), step.points, item.max);
        findings.add(spot, "points_over_max", message);
    }
}

fn check_rungs(spot: Spot, item: &Item, rungs: &[Rung], findings: &mut Findings) {
    let name = &item.label.vi;
    if rungs.is_empty() {
        findings.add(spot, "no_steps", format!("mục «{name}» chưa có mức nào (trường «rungs»)"));
    }
    for (place, rung) in rungs.iter().enumerate() {
        if rungs[..place].iter().any(|other| other.at == rung.at) {
            findings.add(spot, "duplicate_code", format!("mục «{name}»: mức {} ghi hai lần", rung.at));
        }
        if rung.points > item.max {
            let message =
                format!("mục «{name}»: mức «{}» cho {} điểm, quá điểm chuẩn {}", rung.label.vi, rung.points, item.max);
            findings.add(spot, "points_over_max", message);
        }
    }
}
