//! The sheet of one unit: every point with its reason in Vietnamese, and the working of the number behind it.

use super::{
    Facts, FieldGrade, Mark, NO_GROUP, PartScore, Points, Quantity, Scores, Total,
    columns::{self, Column, Exemption, ItemColumns},
    facts::{Alone, NoValue},
    marks::{entered_or, quantity},
    rules::Rule,
    totals,
};
use crate::{
    Label,
    evaluation::criteria::{Adjustment, Basis, CriteriaSet, Criterion, Item, Measured, PointRule, Rung, Test, shown},
    figures::catalogue::{Catalogue, Direction, ItemCode},
};

/// The whole sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its fields.
    pub fields: Vec<FieldSheet>,
    /// Bonuses and deductions that count, and disqualifying events that happened.
    pub adjustments: Vec<AdjustmentLine>,
    /// The sums.
    pub total: Total,
    /// How the score and the grade came about, sentence by sentence.
    pub summary: Vec<String>,
}

/// A field with its criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSheet {
    /// Printed number.
    pub number: String,
    /// Name.
    pub label: Label,
    /// Its score.
    pub score: PartScore,
    /// Its grade.
    pub grade: FieldGrade,
    /// Its criteria.
    pub criteria: Vec<CriterionSheet>,
}

/// A criterion with its items.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionSheet {
    /// Code.
    pub code: String,
    /// Printed number.
    pub number: String,
    /// Name.
    pub label: Label,
    /// Its score, after weight and cap.
    pub score: PartScore,
    /// What weight and cap did; empty where there is neither.
    pub note: String,
    /// Its items.
    pub items: Vec<ItemLine>,
}

/// An item with the reason for its points.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemLine {
    /// Code.
    pub code: String,
    /// Name.
    pub label: Label,
    /// What it gave.
    pub mark: Mark,
    /// Its maximum.
    pub max: Points,
    /// Why, in Vietnamese.
    pub why: String,
    /// How the number came about, in Vietnamese; empty where it was entered.
    pub working: String,
}

/// A bonus, a deduction or an event.
#[derive(Clone, Debug, PartialEq)]
pub struct AdjustmentLine {
    /// Code.
    pub code: String,
    /// The reason.
    pub label: Label,
    /// Points on top, or below zero for points off; zero for an event.
    pub points: Points,
    /// Why, in Vietnamese.
    pub why: String,
}

/// The sheet of one unit.
pub fn explain(
    set: &CriteriaSet,
    catalogue: &Catalogue,
    facts: &impl Facts,
    groups: &[u32],
    scores: &Scores,
    unit: usize,
) -> Sheet {
    let explainer = Explainer { catalogue, facts, groups, unit };
    let parts = scores.criteria(set, unit);
    let (fields, grades) = (scores.fields(set, unit), scores.field_grades(set, unit));
    let mut criteria = set.criteria().zip(parts).peekable();
    let mut item = 0;
    let mut sheets = Vec::with_capacity(fields.len());
    for (place, field) in set.fields.iter().enumerate() {
        let mut lines = Vec::new();
        while let Some(((_, criterion), part)) = criteria.next_if(|((of, _), _)| *of == place) {
            let items = criterion.items.iter().enumerate();
            let items = items.map(|(number, one)| explainer.item(one, scores.mark(item + number, unit))).collect();
            item += criterion.items.len();
            lines.push(CriterionSheet {
                code: criterion.code.clone(),
                number: criterion.number.clone(),
                label: criterion.label.clone(),
                score: part,
                note: note(criterion),
                items,
            });
        }
        let (score, grade) = (fields[place], grades[place]);
        let (number, label) = (field.number.clone(), field.label.clone());
        sheets.push(FieldSheet { number, label, score, grade, criteria: lines });
    }
    let total = scores.totals()[unit];
    Sheet { fields: sheets, adjustments: explainer.adjustments(set), total, summary: summary(set, &total) }
}

fn note(criterion: &Criterion) -> String {
    let mut parts = Vec::new();
    if criterion.weight != rust_decimal::Decimal::ONE {
        parts.push(format!("nhân hệ số {}", criterion.weight.normalize().to_string().replace('.', ",")));
    }
    parts.extend(criterion.cap.map(|cap| format!("tối đa {cap} điểm")));
    parts.join(", ")
}

struct Explainer<'a, F> {
    catalogue: &'a Catalogue,
    facts: &'a F,
    groups: &'a [u32],
    unit: usize,
}

impl<F: Facts> Explainer<'_, F> {
    fn item(&self, item: &Item, mark: Mark) -> ItemLine {
        let alone = Alone { facts: self.facts, unit: self.unit };
        let why = match mark {
            Mark::NotApplicable => {
                let exemption = ItemColumns::of(item, &alone, &[NO_GROUP]).exemption(0);
                format!("Không áp dụng: {}; {} điểm rút khỏi điểm tối đa.", exempted(item, exemption), item.max)
            }
            Mark::None(reason) => format!("Không có giá trị: {}; không tính là 0 điểm.", reason.in_words()),
            Mark::Scored(points) => self.scored(item, points),
        };
        ItemLine {
            code: item.code.clone(),
            label: item.label.clone(),
            mark,
            max: item.max,
            why,
            working: self.working(item),
        }
    }

    fn scored(&self, item: &Item, points: Points) -> String {
        let result = format!("{points}/{} điểm", item.max);
        match &item.test {
            Test::Measured { measured, basis, rule, direction } => {
                let alone = Alone { facts: self.facts, unit: self.unit };
                let first = |previous| Column::measured(item, measured, previous, &alone).value(&alone, 0);
                let (Ok(now), before) = (first(false), first(true)) else { return format!("{result}.") };
                let reached = self.reached(measured, *basis, *direction, now, before);
                let Some((value, words)) = reached else {
                    return format!("Đạt {}, đã ở mức tốt nên đủ điểm: {result}.", self.with_measure(measured, now));
                };
                format!("{words}{}: {result}.", self.by_rule(item, measured, rule, value))
            }
            Test::YesNo { item: code } => {
                let answer = if points > Points::ZERO { "Có" } else { "Không" };
                format!("{answer}{}: {result}.", if code.is_none() { " (người chấm ghi)" } else { "" })
            }
            Test::Level { rungs, item: code } => self.on_rung(item, code.as_ref(), rungs, &result),
            Test::Evidence => format!("Người chấm cho {result} theo minh chứng."),
        }
    }

    /// The number that the rule is applied to, in words; none where the unit is already good enough.
    fn reached(
        &self,
        measured: &Measured,
        basis: Basis,
        direction: Direction,
        now: f64,
        before: Result<f64, NoValue>,
    ) -> Option<(f64, String)> {
        let Basis::Improvement { full_at } = basis else {
            return Some((now, format!("Đạt {}", self.with_measure(measured, now))));
        };
        if full_at.is_some_and(|full_at| columns::is_good(now, full_at, direction)) {
            return None;
        }
        let change = columns::improvement(now, before, direction).ok()?;
        let before = before.unwrap_or(f64::NAN);
        let (now, before) = (self.with_measure(measured, now), self.with_measure(measured, before));
        let verb = if change < 0.0 { "kém đi" } else { "tiến bộ" };
        Some((change, format!("Năm nay {now}, năm học trước {before}, {verb} {}", self.number(measured, change.abs()))))
    }

    fn by_rule(&self, item: &Item, measured: &Measured, rule: &PointRule, value: f64) -> String {
        match rule {
            PointRule::Steps(steps) => {
                let step = steps.iter().find(|step| step.contains(value));
                step.map_or_else(String::new, |step| format!(", thuộc mức {}", step.in_words()))
            }
            PointRule::Linear { from, to } => {
                let share = (value - from) / (to - from);
                let ends = format!("thang từ {} (0 điểm) đến {} ({} điểm)", shown(*from), shown(*to), item.max);
                match share {
                    share if share <= 0.0 => format!(", chưa vượt mức bắt đầu có điểm của {ends}"),
                    share if share >= 1.0 => format!(", đạt mức đủ điểm của {ends}"),
                    _ => format!(
                        ", trên {ends}: ({} − {}) ÷ ({} − {}) × {}",
                        self.number(measured, value),
                        shown(*from),
                        shown(*to),
                        shown(*from),
                        item.max
                    ),
                }
            }
            PointRule::BestOfPeers => self.against_best(item, measured, value),
        }
    }

    fn against_best(&self, item: &Item, measured: &Measured, value: f64) -> String {
        let columns = ItemColumns::of(item, self.facts, self.groups);
        let group = self.groups.get(self.unit).copied().unwrap_or(NO_GROUP);
        let Rule::Peers(peers) = &columns.rule else { return String::new() };
        let Some(best) = peers.best(group) else { return String::new() };
        if best.value == value {
            return format!(", tốt nhất trong {} đơn vị cùng nhóm", best.count);
        }
        let (own, top) = (self.number(measured, value), self.number(measured, best.value));
        let (above, below) = if peers.direction == Direction::Down { (&top, &own) } else { (&own, &top) };
        format!(", tốt nhất trong {} đơn vị cùng nhóm là {top}: {above} ÷ {below} × {}", best.count, item.max)
    }

    fn on_rung(&self, item: &Item, code: Option<&ItemCode>, rungs: &[Rung], result: &str) -> String {
        let at = self.value(&entered_or(item, code)).unwrap_or(f64::NAN);
        let name = rungs.iter().find(|rung| rung.at == at).map_or("", |rung| rung.label.vi.as_str());
        format!("{name}: {result}.")
    }

    fn working(&self, item: &Item) -> String {
        let Test::Measured { measured, .. } = &item.test else { return String::new() };
        let quantity = quantity(item, measured, false);
        if let (None, Measured::Ratio { part, whole }) = (&quantity, measured) {
            let value =
                |code: &ItemCode| self.value(&Quantity::Item { item: code.clone(), previous: false }).map(shown);
            return match value(part).zip(value(whole)) {
                Some((part, whole)) => format!("100 × {part} ÷ {whole}"),
                None => String::new(),
            };
        }
        quantity.and_then(|quantity| self.facts.working(&quantity, self.unit)).unwrap_or_default()
    }

    /// `87,5%`, `32,4 người/lớp`.
    fn with_measure(&self, measured: &Measured, value: f64) -> String {
        let number = self.number(measured, value);
        match self.measure(measured) {
            "%" => format!("{number}%"),
            "" => number,
            measure => format!("{number} {measure}"),
        }
    }

    fn measure(&self, measured: &Measured) -> &str {
        let of_item = |code: &ItemCode| self.catalogue.element(&code.element).map(|element| element.measure.0.as_str());
        match measured {
            Measured::Indicator(code) => self.catalogue.indicator(code).map_or("", |one| one.measure.0.as_str()),
            Measured::Count(code) => code.as_ref().and_then(of_item).unwrap_or(""),
            Measured::Ratio { .. } | Measured::Timeliness | Measured::Completeness => "%",
        }
    }

    /// A number with its indicator's decimals, but never fewer than two, lest a threshold seem missed or met by rounding.
    fn number(&self, measured: &Measured, value: f64) -> String {
        let decimals = match measured {
            Measured::Indicator(code) => self.catalogue.indicator(code).map_or(2, |one| one.decimals.max(2)),
            _ => 2,
        };
        let power = 10_f64.powi(i32::from(decimals));
        shown((value * power).round() / power)
    }

    fn adjustments(&self, set: &CriteriaSet) -> Vec<AdjustmentLine> {
        let mut lines = Vec::new();
        for (reasons, sign) in [(&set.bonuses, 1), (&set.deductions, -1)] {
            lines.extend(reasons.iter().filter_map(|reason| self.adjustment(reason, sign)));
        }
        for event in &set.disqualifiers {
            if self.value(&Quantity::Entered(event.code.clone())).is_some_and(|value| value > 0.0) {
                let why = "Không xét xếp loại.".to_owned();
                lines.push(AdjustmentLine {
                    code: event.code.clone(),
                    label: event.label.clone(),
                    points: Points::ZERO,
                    why,
                });
            }
        }
        lines
    }

    fn adjustment(&self, reason: &Adjustment, sign: i32) -> Option<AdjustmentLine> {
        let times = self.value(&totals::times(reason)).filter(|times| *times > 0.0)?;
        let points = reason.points_for(times);
        let counted = reason.times_max.filter(|most| times > f64::from(*most));
        let most = counted.map_or_else(String::new, |most| format!(", tính nhiều nhất {most} lần"));
        let word = if sign > 0 { "cộng" } else { "trừ" };
        let why = format!("{} lần × {} điểm{most}: {word} {points} điểm.", shown(times), reason.points);
        let points = Points::of_hundredths(sign * points.hundredths());
        Some(AdjustmentLine { code: reason.code.clone(), label: reason.label.clone(), points, why })
    }

    fn value(&self, quantity: &Quantity) -> Option<f64> {
        self.facts.value(quantity, self.unit)
    }
}

fn exempted(item: &Item, exemption: Option<Exemption>) -> String {
    match (exemption, item.level) {
        (Some(Exemption::Level), Some(level)) => format!("đơn vị không có cấp {}", level.label().0),
        (Some(Exemption::Condition), _) => "đơn vị không có đối tượng của mục này".to_owned(),
        _ => "đã được chấp nhận là không áp dụng".to_owned(),
    }
}

/// How the score and the grade came about.
fn summary(set: &CriteriaSet, total: &Total) -> Vec<String> {
    use super::Outcome::{Disqualified, Failed, Graded, Incomplete, Passed, Ungraded};
    let mut sentences = Vec::new();
    let base = total.base;
    let full = set.fields.iter().map(|field| field.full()).sum::<Points>();
    if base.not_applicable > 0 {
        let (count, away) = (base.not_applicable, full - base.max);
        sentences.push(format!("{count} mục không áp dụng: điểm tối đa còn {full} − {away} = {} điểm.", base.max));
    }
    if total.bonus > Points::ZERO || total.deduction > Points::ZERO {
        let (bonus, deduction, score) = (total.bonus, total.deduction, total.score);
        sentences.push(format!("Điểm: {} + thưởng {bonus} − trừ {deduction} → {score} điểm.", base.points));
    }
    let percent = total.percent().map(|percent| percent_words(percent, total));
    sentences.push(match (total.outcome(set), percent) {
        (Graded(place), Some(percent)) => {
            let grade = &set.scale.grades[place];
            format!("{percent}, xếp loại {} (từ {}).", grade.label.vi, grade.from)
        }
        (Incomplete(count), _) => {
            format!("Chưa đủ số liệu: {count} mục chưa có giá trị nên chưa có điểm tổng và xếp loại; phần đã có được {}/{} điểm.", total.score, base.max)
        }
        (Disqualified(event), _) => format!("Không xét: {}.", set.disqualifiers[event].label.vi),
        (Passed, _) => "Đạt mọi tiêu chí áp dụng.".to_owned(),
        (Failed, _) => "Chưa đạt: còn tiêu chí không đạt.".to_owned(),
        (Ungraded | Graded(_), percent) => percent.unwrap_or_else(|| "Không có mục nào áp dụng.".to_owned()),
    });
    sentences
}

/// `92,5/98 điểm = 94,4%`.
fn percent_words(percent: rust_decimal::Decimal, total: &Total) -> String {
    use rust_decimal::prelude::ToPrimitive;
    let percent = percent.to_f64().map_or_else(String::new, |percent| crate::vietnamese::format_number(percent, 1));
    format!("{}/{} điểm = {percent}%", total.score, total.base.max)
}
