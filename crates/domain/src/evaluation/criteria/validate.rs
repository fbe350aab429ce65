//! What real sheets get wrong: sums that do not agree, thresholds that overlap or leave gaps, indicators of another
//! level, grades that nobody can reach.

use std::collections::BTreeMap;

use super::{CriteriaSet, Criterion, GradeBasis, GradeScale, Item, Points, SetKind, WorkField};
use crate::figures::catalogue::Catalogue;

mod items;

/// A part of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The whole.
    Set,
    /// A field.
    Field(usize),
    /// A criterion of a field.
    Criterion(usize, usize),
    /// An item of a criterion of a field.
    Item(usize, usize, usize),
    /// A grade of the whole.
    Grade(usize),
    /// A grade of fields.
    FieldGrade(usize),
    /// A bonus.
    Bonus(usize),
    /// A deduction.
    Deduction(usize),
    /// A disqualifying event.
    Disqualifier(usize),
}

/// Something that is wrong with a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub spot: Spot,
    /// A stable word (`sum_mismatch`, `steps_gap`, `unreachable_grade` …).
    pub code: &'static str,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

/// Findings under way.
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, spot: Spot, code: &'static str, message: impl Into<String>) {
        self.0.push(Finding { spot, code, message: message.into() });
    }
}

/// Everything that is wrong with a set, in the order of its parts.
pub fn validate(set: &CriteriaSet, catalogue: &Catalogue) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    if set.fields.is_empty() {
        findings.add(Spot::Set, "empty_set", "bộ tiêu chí chưa có lĩnh vực nào; hãy thêm [[field]]");
    }
    check_codes(set, &mut findings);
    for (place, field) in set.fields.iter().enumerate() {
        check_field(place, field, set, &mut findings);
        for (inner, criterion) in field.criteria.iter().enumerate() {
            check_criterion((place, inner), criterion, &mut findings);
            for (number, item) in criterion.items.iter().enumerate() {
                items::check(Spot::Item(place, inner, number), item, set, catalogue, &mut findings);
            }
        }
    }
    check_total(set, &mut findings);
    check_scale(&set.scale, Spot::Grade, reachable(set), &mut findings);
    if set.field_scale != set.scale {
        check_scale(&set.field_scale, Spot::FieldGrade, None, &mut findings);
    }
    if set.scale.grades.is_empty() && !set.is_frame && set.kind != SetKind::AllMustPass {
        findings.add(Spot::Set, "no_grades", "bộ tiêu chí chưa có thang xếp loại; hãy thêm bảng [grades]");
    }
    findings.0.sort_by_key(|finding| finding.spot);
    findings.0
}

/// Codes of every part share one space; a single item carries its criterion's code.
fn check_codes(set: &CriteriaSet, findings: &mut Findings) {
    let mut codes: Vec<(&str, Spot)> = Vec::new();
    for (place, field) in set.fields.iter().enumerate() {
        codes.push((&field.code, Spot::Field(place)));
        for (inner, criterion) in field.criteria.iter().enumerate() {
            codes.push((&criterion.code, Spot::Criterion(place, inner)));
            let items = criterion.items.iter().enumerate().filter(|(_, item)| item.code != criterion.code);
            codes.extend(items.map(|(number, item)| (item.code.as_str(), Spot::Item(place, inner, number))));
        }
    }
    codes.extend(set.bonuses.iter().enumerate().map(|(place, one)| (one.code.as_str(), Spot::Bonus(place))));
    codes.extend(set.deductions.iter().enumerate().map(|(place, one)| (one.code.as_str(), Spot::Deduction(place))));
    let events = set.disqualifiers.iter().enumerate();
    codes.extend(events.map(|(place, one)| (one.code.as_str(), Spot::Disqualifier(place))));
    let mut first: BTreeMap<&str, Spot> = BTreeMap::new();
    for (code, spot) in codes {
        if first.insert(code, spot).is_some() {
            findings.add(spot, "duplicate_code", format!("mã «{code}» đã dùng trong bộ này; mỗi mã chỉ dùng một lần"));
        }
    }
}

fn check_field(place: usize, field: &WorkField, set: &CriteriaSet, findings: &mut Findings) {
    let spot = Spot::Field(place);
    match (set.is_frame, field.criteria.is_empty()) {
        (true, false) => findings.add(
            spot,
            "frame_with_criteria",
            "bộ chỉ ghi khung (frame = true) nên không chấm; hãy bỏ «frame» hoặc bỏ tiêu chí",
        ),
        (false, true) => {
            findings.add(spot, "empty_field", format!("lĩnh vực «{}» chưa có tiêu chí nào", field.label.vi));
        }
        (true, true) => {}
        (false, false) => {
            let whole = || format!("lĩnh vực {} «{}»", field.number, field.label.vi);
            check_sum(spot, whole, field.max, field.full(), "tiêu chí", findings);
        }
    }
}

fn check_criterion((field, place): (usize, usize), criterion: &Criterion, findings: &mut Findings) {
    let spot = Spot::Criterion(field, place);
    if criterion.items.is_empty() {
        let message = format!("tiêu chí {} «{}» chưa có mục chấm nào", criterion.number, criterion.label.vi);
        findings.add(spot, "empty_criterion", message);
        return;
    }
    if criterion.weight <= rust_decimal::Decimal::ZERO {
        findings.add(spot, "bad_weight", format!("hệ số của tiêu chí «{}» phải lớn hơn 0", criterion.label.vi));
    }
    let whole = || format!("tiêu chí {} «{}»", criterion.number, criterion.label.vi);
    check_sum(spot, whole, criterion.max, criterion.full(), "mục", findings);
}

/// The total is the sum of what fields declare; of a field that declares nothing, of what its criteria give.
fn check_total(set: &CriteriaSet, findings: &mut Findings) {
    let known: Option<Points> = match set.is_frame {
        true => set.fields.iter().map(|field| field.max).sum::<Option<Points>>(),
        false => Some(set.fields.iter().map(|field| field.max.unwrap_or_else(|| field.full())).sum()),
    };
    if let Some(sum) = known {
        check_sum(Spot::Set, || "cả bộ".to_owned(), set.max, sum, "lĩnh vực", findings);
    }
}

fn check_sum(
    spot: Spot,
    whole: impl Fn() -> String,
    declared: Option<Points>,
    sum: Points,
    parts: &str,
    findings: &mut Findings,
) {
    if let Some(declared) = declared.filter(|declared| *declared != sum) {
        let message = format!(
            "{} ghi tối đa {declared} điểm nhưng các {parts} cộng lại được {sum}; hãy sửa điểm tối đa hoặc điểm các {parts}",
            whole()
        );
        findings.add(spot, "sum_mismatch", message);
    }
}

/// The most that a unit can score: points, and per cent of the maximum; none where there is nothing to score.
fn reachable(set: &CriteriaSet) -> Option<(Points, Points)> {
    let best = |criterion: &Criterion| criterion.settled(criterion.items.iter().map(Item::best).sum());
    let best: Points = set.criteria().map(|(_, criterion)| best(criterion)).sum();
    let full: Points = set.fields.iter().map(WorkField::full).sum();
    let bonus: Points = set.bonuses.iter().map(|one| one.points_for(one.times_max.map_or(1e6, f64::from))).sum();
    let bonus = set.bonus_cap.map_or(bonus, |cap| bonus.min(cap));
    let lifted = best + bonus;
    let most = if set.bonus_over_max { lifted } else { lifted.min(full.max(best)) };
    (full > Points::ZERO).then(|| (most, Points::rounded(100.0 * most.number() / full.number())))
}

/// Thresholds fall from grade to grade, the last takes everyone, the first can be reached.
fn check_scale(
    scale: &GradeScale,
    spot: impl Fn(usize) -> Spot,
    reachable: Option<(Points, Points)>,
    findings: &mut Findings,
) {
    let (unit, most) = match (scale.basis, reachable) {
        (GradeBasis::Percent, Some((_, percent))) => ("%", percent),
        (GradeBasis::Percent, None) => ("%", Points::whole(100)),
        (GradeBasis::Points, Some((points, _))) => (" điểm", points),
        (GradeBasis::Points, None) => return,
    };
    for (place, grade) in scale.grades.iter().enumerate() {
        let name = &grade.label.vi;
        let better = place.checked_sub(1).and_then(|better| scale.grades.get(better));
        if let Some(better) = better.filter(|better| better.from <= grade.from) {
            let message = format!(
                "không ai đạt được mức «{name}» (từ {}{unit}): mức «{}» đứng trước đã nhận từ {}{unit}; hãy xếp mức cao trước",
                grade.from, better.label.vi, better.from
            );
            findings.add(spot(place), "unreachable_grade", message);
        } else if grade.from > most {
            let message =
                format!("không ai đạt được mức «{name}»: cần {}{unit}, cao nhất có thể là {most}{unit}", grade.from);
            findings.add(spot(place), "unreachable_grade", message);
        }
    }
    if let Some((place, last)) =
        scale.grades.iter().enumerate().next_back().filter(|(_, last)| last.from > Points::ZERO)
    {
        let message =
            format!("mức thấp nhất «{}» phải bắt đầu từ 0 để không đơn vị nào nằm ngoài thang", last.label.vi);
        findings.add(spot(place), "grade_gap", message);
    }
}
