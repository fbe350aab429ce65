//! The year's cycle as eleven steps, in the order in which a year passes through them, and what is to be done next.

use domain::{Level, organisation::UnitCode};
use jiff::civil::Date;
use serde::Serialize;

use super::queries::{self, PeriodRow, Scope};
use crate::{office::Office, platform::Result};

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Nothing left to do.
    Done,
    /// Something is due.
    Now,
    /// Open, nothing due.
    Open,
    /// Its room is not built yet.
    Later,
}

/// A step as the rail and the year's page show it.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The room's name, also the key of its words.
    pub code: &'static str,
    /// Where it is done; empty while its room is not built.
    pub href: String,
    /// How it stands.
    pub state: StepState,
    /// Whether the page at hand belongs to it.
    pub is_here: bool,
    /// Its number: schools, periods, forms approved.
    pub count: i64,
    /// Out of so many, where that has a meaning.
    pub of: i64,
}

/// How far the forms of the period in work are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Progress {
    /// The period; `None` in a year without one.
    pub period: Option<PeriodRow>,
    /// Days until the figures are due; negative when late.
    pub days_left: i32,
    /// Schools that send figures.
    pub school_count: i64,
    /// Schools that have sent at least one form.
    pub sending_school_count: i64,
    /// Forms that all schools together must send.
    pub expected_count: i64,
    /// Forms approved or locked.
    pub approved_count: i64,
    /// Forms waiting for the officer.
    pub waiting_count: i64,
    /// Forms returned for correction.
    pub returned_count: i64,
    /// Forms not sent.
    pub unsent_count: i64,
}

impl Progress {
    /// Forms neither approved nor locked.
    pub fn pending_count(&self) -> i64 {
        self.waiting_count + self.returned_count + self.unsent_count
    }

    /// Whether every form expected is approved.
    pub fn is_complete(&self) -> bool {
        self.expected_count > 0 && self.approved_count >= self.expected_count
    }
}

/// The period in work: the last that is open and whose day has come, else the last of the year.
pub fn in_work(periods: &[PeriodRow], today: Date) -> Option<&PeriodRow> {
    let started = |period: &&PeriodRow| !period.is_closed && period.sheet.period.as_of <= today;
    periods.iter().rev().find(started).or(periods.last())
}

/// How far the year is in this scope.
pub async fn progress(office: &Office, scope: Scope<'_>, year: &str, today: Date) -> Result<Progress> {
    match in_work(&queries::periods(office, year).await?, today) {
        Some(period) => progress_of(office, scope, period.clone(), today).await,
        None => Ok(Progress::default()),
    }
}

/// How far one period is in this scope, counting the schools of the day that it describes.
pub async fn progress_of(office: &Office, scope: Scope<'_>, period: PeriodRow, today: Date) -> Result<Progress> {
    let day = period.as_of.clone();
    let schools = queries::schools_by_levels(office, scope, &day).await?;
    let states = queries::forms_by_state(office, scope, &period.code, &day).await?;
    let count = |state: &str| states.get(state).copied().unwrap_or(0);
    let due_on = match scope {
        Scope::Everything => period.sheet.deadlines.due_for(None),
        Scope::Beneath(unit) => period.sheet.deadlines.due_for(Some(&UnitCode::from(unit))),
    };
    let (approved_count, waiting_count) = (count("approved") + count("locked"), count("submitted"));
    let (returned_count, expected_count) = (count("returned"), expected_count(office, &schools, &period));
    Ok(Progress {
        days_left: (due_on - today).get_days(),
        school_count: schools.iter().map(|(_, count)| count).sum(),
        sending_school_count: queries::sending_school_count(office, scope, &period.code, &day).await?,
        expected_count,
        approved_count,
        waiting_count,
        returned_count,
        unsent_count: (expected_count - approved_count - waiting_count - returned_count).max(0),
        period: Some(PeriodRow { due_on: due_on.to_string(), ..period }),
    })
}

/// Forms that these schools together must send in this period.
fn expected_count(office: &Office, schools: &[(String, i64)], period: &PeriodRow) -> i64 {
    let forms_of = |levels: &str| {
        let levels: Vec<Level> = levels.split(' ').filter_map(Level::parse).collect();
        let forms = office.catalogue().forms_for(&levels).filter(|form| period.sheet.period.gathers(form)).count();
        i64::try_from(forms).unwrap_or(i64::MAX)
    };
    schools.iter().map(|(levels, count)| forms_of(levels) * count).sum()
}

/// Where else a step's pages stand: under a number of their own, not under the year.
fn also_at(code: &str) -> &'static [&'static str] {
    match code {
        "evaluation" => &["/cham-diem/", "/khoang-cach/"],
        "awards" => &["/khen-thuong/"],
        _ => &[],
    }
}

/// The eleven steps of a year with this progress, as the page at `path` shows them.
pub fn steps(office: &Office, progress: &Progress, year: &str, path: &str) -> Vec<Step> {
    use StepState::{Done, Later, Now, Open};
    let step = |code, href: String, state, count, of| {
        let begins = |root: &str| path.starts_with(root);
        let is_here = !href.is_empty() && (begins(&href) || also_at(code).iter().copied().any(begins));
        Step { code, href, state, is_here, count, of }
    };
    let later = |code| step(code, String::new(), Later, 0, 0);
    let done_if = |is_done: bool, otherwise| if is_done { Done } else { otherwise };
    let has_period = progress.period.is_some();
    let figures = office.catalogue().indicators.len();
    let submissions = if has_period { done_if(progress.is_complete(), Now) } else { Open };
    vec![
        step("organisation", "/don-vi".to_owned(), done_if(progress.school_count > 0, Open), progress.school_count, 0),
        step("school_year", format!("/nam-hoc/{year}/ky-bao-cao"), done_if(has_period, Now), 0, 0),
        step("guidance", "/van-ban".to_owned(), Open, 0, 0),
        step("figures", "/chi-so".to_owned(), Done, i64::try_from(figures).unwrap_or(0), 0),
        step(
            "submissions",
            format!("/nam-hoc/{year}/so-lieu"),
            submissions,
            progress.approved_count,
            progress.expected_count,
        ),
        step("evaluation", format!("/danh-gia/{year}"), Open, 0, 0),
        step("reports", format!("/bao-cao/{year}"), if progress.is_complete() { Now } else { Open }, 0, 0),
        step("conference", "/hoi-nghi".to_owned(), Open, 0, 0),
        later("planning"),
        step("awards", format!("/khen-thuong/{year}"), Open, 0, 0),
        step("portal", "/tin-tuc".to_owned(), Open, 0, 0),
    ]
}
