//! One criteria set of the demo taken through the whole road by the verbs that schools, officers and the council use; what
//! is claimed and explained is invented.

use domain::{
    evaluation::{
        Points,
        criteria::{CriteriaSet, Item, PointRule, Test},
        road::{Claim, Computed, Entry, Line, LineKind, Sitting, Vote, differences, lines},
    },
    school_year::{ReportingPeriod, SchoolYear},
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::{Decimal, prelude::FromPrimitive};

use super::founding::at;
use crate::{
    evaluation::{
        queries::evaluate,
        road::{
            Task,
            operations::{self, Opening},
            queries,
        },
    },
    office::Office,
    platform::{Actor, Context, Result},
};

/// The set that is taken through the road.
const SET: &str = "khoi-thcs";
/// The school year in which it is; figures of that year are closed in every demo.
pub(super) const YEAR: &str = "2023-2024";
/// A bonus that schools claim for themselves.
const PRIZES: &str = "national_prize";
/// An item that one school asks to leave out.
const TWO_SESSION: &str = "two_session";

/// The sheet on IT in schools, which schools fill in themselves.
const ICT_SET: &str = "cntt-truong-hoc";
/// So many schools have begun it; the others are still to come.
const ICT_SCHOOLS: usize = 20;

/// The round under way.
struct Walk<'a> {
    office: &'a Office,
    year: SchoolYear,
    round: i64,
    /// The day on which the set was opened.
    opened_on: Date,
    /// The office that runs the round.
    unit: String,
}

/// Takes the set through the road in the weeks after the year's figures were closed.
pub(super) async fn travel(office: &Office, year: SchoolYear, unit: &str) -> Result<()> {
    let opened_on = ReportingPeriod::end_of_year(year).due_on.saturating_add(6.days());
    let opening = Opening { limit: Points::of_hundredths(50), ..Opening::usual(SET, year, unit, opened_on) };
    let context = at(opened_on, 8, Actor::Person("chuyen-vien".to_owned()));
    let round = operations::open_set(office, &context, &opening).await?;
    let walk = Walk { office, year, round, opened_on, unit: unit.to_owned() };
    let units: Vec<String> =
        queries::standings(office.db(), round).await?.into_iter().map(|standing| standing.unit).collect();
    for (place, school) in units.iter().enumerate() {
        walk.school(place, school).await?;
    }
    walk.council(&units).await?;
    operations::publish(office, &walk.officer(27), round).await?;
    Ok(())
}

/// Opens the sheet on IT in schools and lets schools write their own points: most have sent it, some still write, the
/// others have not begun.
pub(super) async fn begin_ict(office: &Office, year: SchoolYear, unit: &str) -> Result<()> {
    let opened_on = ReportingPeriod::end_of_year(year).due_on.saturating_add(6.days());
    let context = at(opened_on, 9, Actor::Person("chuyen-vien".to_owned()));
    let opening = Opening::usual(ICT_SET, year, unit, opened_on);
    let round = operations::open_set(office, &context, &opening).await?;
    let set = queries::round(office, round).await?.set;
    let walk = Walk { office, year, round, opened_on, unit: unit.to_owned() };
    let standings = queries::standings(office.db(), round).await?;
    for (place, school) in standings.into_iter().map(|standing| standing.unit).take(ICT_SCHOOLS).enumerate() {
        let own = [school.clone()];
        let task = Task { round, unit: &school, units: &own };
        operations::self_score(office, &walk.school_clerk(4), task, &own_points(&set, place)).await?;
        if !place.is_multiple_of(5) {
            operations::submit_self_score(office, &walk.school_clerk(5), task).await?;
        }
    }
    Ok(())
}

/// Invented values of a school for every line that people judge: between half of what gives all points and the whole of it.
fn own_points(set: &CriteriaSet, place: usize) -> Vec<Entry> {
    let judged = lines(set).into_iter().filter(Line::is_owed).enumerate();
    let claim = |(number, line): (usize, Line<'_>)| {
        let quarters = 4 - (place + 3 * number) % 3;
        let value = match line.kind {
            LineKind::Judged(item) if matches!(item.test, Test::YesNo { .. }) => Decimal::ONE,
            _ => full(&line) * Decimal::from(quarters) / Decimal::from(4),
        };
        entry(line.code, Some(Claim::Value(value.round_dp(2))), "Hồ sơ lưu tại trường.")
    };
    judged.map(claim).collect()
}

/// What gives all points of a line: the points themselves, or so many where things are counted.
fn full(line: &Line<'_>) -> Decimal {
    match line.kind {
        LineKind::Judged(Item { test: Test::Measured { rule: PointRule::Linear { to, .. }, .. }, .. }) => {
            Decimal::from_f64(*to).unwrap_or_default()
        }
        _ => line.max.decimal(),
    }
}

impl Walk<'_> {
    fn officer(&self, days: i64) -> Context {
        at(self.opened_on.saturating_add(days.days()), 10, Actor::Person("chuyen-vien".to_owned()))
    }

    fn school_clerk(&self, days: i64) -> Context {
        at(self.opened_on.saturating_add(days.days()), 9, Actor::Person("van-thu-truong".to_owned()))
    }

    async fn school(&self, place: usize, school: &str) -> Result<()> {
        let (own, above) = ([school.to_owned()], [self.unit.clone()]);
        let own = Task { round: self.round, unit: school, units: &own };
        let task = Task { round: self.round, unit: school, units: &above };
        let claims = claims(place);
        operations::self_score(self.office, &self.school_clerk(4), own, &claims).await?;
        operations::submit_self_score(self.office, &self.school_clerk(5), own).await?;
        let reviews = self.reviews(place, school, &claims).await?;
        if !reviews.is_empty() {
            operations::review(self.office, &self.officer(11), task, None, &reviews).await?;
        }
        operations::finish_review(self.office, &self.officer(12), task).await?;
        self.explain(own, task).await?;
        operations::finalise(self.office, &self.officer(22), task, &[]).await
    }

    /// The officer agrees with every second claim of a prize, and holds that two sessions a day apply to everyone.
    async fn reviews(&self, place: usize, school: &str, claims: &[Entry]) -> Result<Vec<Entry>> {
        let found = evaluate(self.office, SET, self.year, self.officer(11).today()).await?;
        let computed = found.row(school).map(|row| found.computed(row)).unwrap_or_default();
        let figures =
            |line: &str| computed.iter().find(|one: &&Computed| one.line == line).map(|one| one.claim.clone());
        let answer = |claim: &Entry| match claim.line.as_str() {
            PRIZES if place.is_multiple_of(4) => {
                entry(PRIZES, Some(Claim::Value(Decimal::ZERO)), "Giải cấp thành phố, chưa phải giải quốc gia.")
            }
            TWO_SESSION => entry(TWO_SESSION, figures(TWO_SESSION), "Trường có đủ phòng cho khối 6, 7."),
            line => entry(line, claim.claim.clone(), "Đã đối chiếu hồ sơ."),
        };
        Ok(claims.iter().map(answer).collect())
    }

    /// Where the review differs the school explains, and the officer reviews again.
    async fn explain(&self, own: Task<'_>, task: Task<'_>) -> Result<()> {
        let round = queries::round(self.office, self.round).await?;
        let (road, _) = queries::road(self.office, self.round, own.unit).await?;
        let found = differences(&round.set, &road, round.limit());
        if found.is_empty() {
            return Ok(());
        }
        let explain = |line: &str| match line {
            TWO_SESSION => entry(line, None, "Dãy phòng học B sửa chữa cả năm học, có biên bản bàn giao công trình."),
            line => entry(line, None, "Nhà trường nhầm cấp giải, xin rút."),
        };
        let explanations: Vec<Entry> = found.iter().map(|one| explain(&one.line)).collect();
        operations::explain(self.office, &self.school_clerk(15), own, &explanations).await?;
        let agreed = found.iter().filter(|one| one.line == TWO_SESSION);
        let second: Vec<Entry> = agreed
            .map(|one| entry(&one.line, Some(Claim::NotApplicable), "Đồng ý: công trình sửa chữa, có biên bản."))
            .collect();
        operations::second_review(self.office, &self.officer(19), task, &second).await
    }

    async fn council(&self, units: &[String]) -> Result<()> {
        let day = self.opened_on.saturating_add(26.days());
        let vote =
            |unit: &String| Vote { unit: unit.clone(), agree: 8, against: 0, grade: None, reason: String::new() };
        let votes = units.iter().map(vote).collect();
        let sitting = Sitting { held_on: day, members: 9, present: 8, seen: 0, votes };
        operations::council_decide(self.office, &self.officer(26), self.round, &sitting).await
    }
}

fn entry(line: &str, claim: Option<Claim>, comment: &str) -> Entry {
    Entry { line: line.to_owned(), claim, comment: comment.to_owned(), evidence: Vec::new() }
}

/// What a school claims besides its figures: every second one a prize, the second one that two sessions do not apply.
fn claims(place: usize) -> Vec<Entry> {
    let prize = || entry(PRIZES, Some(Claim::Value(Decimal::ONE)), "Giải Ba môn Toán, kỳ thi minh hoạ.");
    let out = || entry(TWO_SESSION, Some(Claim::NotApplicable), "Dãy phòng học B sửa chữa, cả năm chỉ học một buổi.");
    match place {
        1 => vec![out()],
        place if place.is_multiple_of(2) => vec![prize()],
        _ => Vec::new(),
    }
}
