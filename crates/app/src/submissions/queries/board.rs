//! The officer's board: every school with the forms that it owes in a period, what needs doing first on top.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use domain::{
    Level,
    figures::catalogue::StatisticalForm,
    organisation::Unit,
    submissions::{PeriodState, SubmissionState},
    vietnamese::{fold, sort_key},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    office::Office,
    organisation::clusters,
    platform::{Result, clock},
    school_year::calendar::PeriodSheet,
};

pub(crate) const OF_PERIOD: &str = "select unit_code, form_code, state, warning_count, error_count, first_sent_at, \
     last_sent_at from submission where period_code = $1";

pub(crate) const OF_UNIT: &str = "select unit_code, form_code, state, warning_count, error_count, first_sent_at, \
     last_sent_at from submission where period_code = $1 and unit_code = $2";

/// One form of one school.
#[derive(Clone, Debug, Serialize)]
pub struct FormCell {
    /// The form's code.
    pub form: String,
    /// Whose turn it is.
    pub state: &'static str,
    /// Warnings that nobody has explained.
    pub warnings: i64,
    /// Errors of the draft.
    pub errors: i64,
    /// Days past the due date, where it has not been sent.
    pub days_late: i32,
    /// Whether it was first sent in time.
    pub is_in_time: bool,
}

/// What a school's row asks for, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Past the due date with forms unsent.
    Late,
    /// Sent and waiting for the office.
    Waiting,
    /// Back at the school with reasons.
    Returned,
    /// Not yet due, not yet sent.
    Unsent,
    /// Everything approved.
    Done,
}

impl Need {
    /// Every need, in order.
    pub const ALL: [Self; 5] = [Self::Late, Self::Waiting, Self::Returned, Self::Unsent, Self::Done];

    /// The word in addresses and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Unsent => "unsent",
            Self::Done => "done",
        }
    }
}

/// A school with its forms.
#[derive(Clone, Debug, Serialize)]
pub struct SchoolRow {
    /// Code.
    pub code: String,
    /// Name on the date of the figures.
    pub name: String,
    /// Short names of its levels.
    pub levels: String,
    /// The most urgent need.
    pub need: Need,
    /// Its forms, in the order of the packs.
    pub forms: Vec<FormCell>,
    /// Forms sent.
    pub sent: usize,
    /// Forms approved.
    pub approved: usize,
    /// Unexplained warnings and draft errors.
    pub problems: i64,
    /// Days late of the latest form.
    pub days_late: i32,
    /// When something was last sent; empty where nothing was.
    pub last_sent_at: String,
    /// Its emulation cluster this year; empty where it has none.
    pub cluster: String,
    #[serde(skip)]
    level_list: Vec<Level>,
    #[serde(skip)]
    search: String,
    #[serde(skip)]
    order: String,
}

/// Completeness and timeliness of one level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelLine {
    /// The level's identifier.
    pub level: &'static str,
    /// Its name in both languages.
    pub label: (&'static str, &'static str),
    /// How its schools fare.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Completeness and timeliness of one emulation cluster.
#[derive(Clone, Debug, Serialize)]
pub struct ClusterLine {
    /// Its name.
    pub cluster: String,
    /// How its schools fare.
    #[serde(flatten)]
    pub counts: Counts,
}

/// How a part of the schools fares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Schools.
    pub schools: usize,
    /// Forms that they owe.
    pub expected: usize,
    /// Forms sent.
    pub sent: usize,
    /// Forms approved.
    pub approved: usize,
    /// Forms sent, and first sent in time.
    pub in_time: usize,
}

impl Counts {
    fn of(rows: &[&SchoolRow]) -> Self {
        // What was returned is not there: it is neither complete nor in time until it comes back.
        let is_there = |form: &&FormCell| form.is_in_time && ["submitted", "approved", "locked"].contains(&form.state);
        let in_time = |row: &&SchoolRow| row.forms.iter().filter(is_there).count();
        Self {
            schools: rows.len(),
            expected: rows.iter().map(|row| row.forms.len()).sum(),
            sent: rows.iter().map(|row| row.sent).sum(),
            approved: rows.iter().map(|row| row.approved).sum(),
            in_time: rows.iter().map(in_time).sum(),
        }
    }
}

/// What the board is asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only schools with this level.
    pub level: Option<Level>,
    /// Only rows with this need.
    pub need: Option<Need>,
    /// Only schools of this emulation cluster; empty for all.
    pub cluster: String,
    /// Only schools whose name or code contains this, accents aside.
    pub search: String,
}

/// The board of a period, unfiltered.
#[derive(Clone, Debug)]
pub struct Board {
    /// Every school that owes something, most urgent first.
    pub rows: Vec<Arc<SchoolRow>>,
}

struct Stored {
    state: SubmissionState,
    warnings: i64,
    errors: i64,
    first_sent_at: String,
    last_sent_at: String,
}

/// The board for the schools that `may_see` admits.
pub async fn board(office: &Office, sheet: &PeriodSheet, today: Date, may_see: impl Fn(&str) -> bool) -> Result<Board> {
    let key = (sheet.period.code.clone(), today);
    let whole = office.kept().boards.get(office.db(), key, drawn_up(office, sheet, today)).await?;
    Ok(Board { rows: whole.rows.iter().filter(|row| may_see(&row.code)).cloned().collect() })
}

/// Draws up the board for all schools.
async fn drawn_up(office: &Office, sheet: &PeriodSheet, today: Date) -> Result<Board> {
    let stored = stored(office, &sheet.period.code).await?;
    let clusters = clusters::members(office, &sheet.period.year.to_string()).await?;
    let registry = office.registry().await?;
    let schools =
        registry.units().iter().filter(|unit| unit.school.is_some() && unit.validity.contains(sheet.period.as_of));
    let with_cluster = |row: SchoolRow| {
        let cluster = clusters.get(&row.code).cloned().unwrap_or_default();
        Arc::new(SchoolRow { cluster, ..row })
    };
    let rows = schools.filter_map(|unit| row(office, sheet, today, unit, &stored)).map(with_cluster);
    let mut rows: Vec<Arc<SchoolRow>> = rows.collect();
    rows.sort_by(|a, b| {
        (a.need, -a.days_late, -a.problems, &a.order, &a.code).cmp(&(
            b.need,
            -b.days_late,
            -b.problems,
            &b.order,
            &b.code,
        ))
    });
    Ok(Board { rows })
}

/// One school's row of the board; none where it owes nothing in the period.
///
/// # Errors
/// Where the database cannot be read.
pub async fn school(office: &Office, sheet: &PeriodSheet, today: Date, code: &str) -> Result<Option<SchoolRow>> {
    let query = sqlx::query_as(OF_UNIT).bind(sheet.period.code.clone()).bind(code.to_owned());
    let stored = by_form(query.fetch_all(office.db().pool()).await?);
    let registry = office.registry().await?;
    let unit = registry.unit(code).filter(|unit| unit.school.is_some() && unit.validity.contains(sheet.period.as_of));
    Ok(unit.and_then(|unit| row(office, sheet, today, unit, &stored)))
}

type StoredRow = (String, String, String, i64, i64, String, String);

async fn stored(office: &Office, period: &str) -> Result<HashMap<(String, String), Stored>> {
    Ok(by_form(sqlx::query_as(OF_PERIOD).bind(period.to_owned()).fetch_all(office.db().pool()).await?))
}

fn by_form(rows: Vec<StoredRow>) -> HashMap<(String, String), Stored> {
    let entry = |(unit, form, state, warnings, errors, first_sent_at, last_sent_at): StoredRow| {
        let state = SubmissionState::parse(&state).unwrap_or_default();
        ((unit, form), Stored { state, warnings, errors, first_sent_at, last_sent_at })
    };
    rows.into_iter().map(entry).collect()
}

fn row(
    office: &Office,
    sheet: &PeriodSheet,
    today: Date,
    unit: &Unit,
    stored: &HashMap<(String, String), Stored>,
) -> Option<SchoolRow> {
    let levels = unit.school.as_ref().map_or(&[][..], |school| &school.levels);
    let due = office.catalogue().forms_for(levels).filter(|form| sheet.period.gathers(form));
    let (mut forms, mut last_sent_at) = (Vec::new(), "");
    for form in due {
        let found = stored.get(&(unit.code.as_str().to_owned(), form.code.clone()));
        forms.push(form_cell(sheet, today, unit, form, found));
        last_sent_at = last_sent_at.max(found.map_or("", |found| &found.last_sent_at));
    }
    if forms.is_empty() {
        return None;
    }
    let name = unit.name_on(sheet.period.as_of);
    let in_state = |wanted: &[&str]| forms.iter().filter(|form| wanted.contains(&form.state)).count();
    let (approved, waiting) = (in_state(&["approved", "locked"]), in_state(&["submitted"]));
    let days_late = forms.iter().map(|form| form.days_late).max().unwrap_or(0);
    let need = match () {
        () if days_late > 0 => Need::Late,
        () if waiting > 0 => Need::Waiting,
        () if in_state(&["returned"]) > 0 => Need::Returned,
        () if approved == forms.len() => Need::Done,
        () => Need::Unsent,
    };
    Some(SchoolRow {
        code: unit.code.as_str().to_owned(),
        name: name.to_owned(),
        levels: levels.iter().map(|level| level.abbreviation()).collect::<Vec<_>>().join(", "),
        need,
        sent: approved + waiting,
        approved,
        problems: forms.iter().map(|form| form.warnings + form.errors).sum(),
        days_late,
        last_sent_at: last_sent_at.to_owned(),
        cluster: String::new(),
        level_list: levels.to_vec(),
        search: fold(&format!("{name} {}", unit.code.as_str())),
        order: sort_key(name),
        forms,
    })
}

fn form_cell(
    sheet: &PeriodSheet,
    today: Date,
    unit: &Unit,
    form: &StatisticalForm,
    found: Option<&Stored>,
) -> FormCell {
    let due_on = sheet.deadlines.due_on(&form.code, &unit.code);
    let state = match (found.map_or(SubmissionState::NotStarted, |found| found.state), sheet.state()) {
        (SubmissionState::Approved, PeriodState::Closed) => SubmissionState::Locked,
        (state, _) => state,
    };
    let sent_on = found.and_then(|found| found.first_sent_at.parse::<Timestamp>().ok()).map(clock::date_in_vietnam);
    let is_owed = !state.is_sent();
    FormCell {
        form: form.code.clone(),
        state: state.as_str(),
        warnings: found.map_or(0, |found| found.warnings),
        errors: found.map_or(0, |found| found.errors),
        days_late: if is_owed { (today - due_on).get_days().max(0) } else { 0 },
        is_in_time: sent_on.is_some_and(|sent| sent <= due_on),
    }
}

impl Board {
    fn schools(&self) -> impl Iterator<Item = &SchoolRow> {
        self.rows.iter().map(AsRef::as_ref)
    }

    /// The rows that the filter admits, in the board's order.
    pub fn filtered<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = &'a SchoolRow> {
        let search = fold(&filter.search);
        self.schools().filter(move |row| {
            filter.level.is_none_or(|level| row.level_list.contains(&level))
                && (filter.cluster.is_empty() || row.cluster == filter.cluster)
                && filter.need.is_none_or(|need| row.need == need)
                && (search.is_empty() || row.search.contains(&search))
        })
    }

    /// How many rows have each need, in the order of [`Need::ALL`].
    pub fn needs(&self) -> Vec<(Need, usize)> {
        Need::ALL.into_iter().map(|need| (need, self.rows.iter().filter(|row| row.need == need).count())).collect()
    }

    /// Completeness and timeliness of all schools, each counted once.
    pub fn total(&self) -> Counts {
        Counts::of(&self.schools().collect::<Vec<_>>())
    }

    /// How many schools are in no emulation cluster.
    pub fn without_cluster(&self) -> usize {
        self.schools().filter(|row| row.cluster.is_empty()).count()
    }

    /// Completeness and timeliness, by level; a multi-level school counts in each of its levels.
    pub fn levels(&self) -> Vec<LevelLine> {
        let line = |level: Level| {
            let rows: Vec<&SchoolRow> = self.schools().filter(|row| row.level_list.contains(&level)).collect();
            LevelLine { level: level.as_str(), label: level.label(), counts: Counts::of(&rows) }
        };
        Level::ALL.into_iter().map(line).filter(|line| line.counts.schools > 0).collect()
    }

    /// Completeness and timeliness, by emulation cluster, in the order of their names; none in an office without.
    pub fn clusters(&self) -> Vec<ClusterLine> {
        let mut by_cluster: BTreeMap<(String, &str), Vec<&SchoolRow>> = BTreeMap::new();
        for row in self.schools().filter(|row| !row.cluster.is_empty()) {
            by_cluster.entry((sort_key(&row.cluster), &row.cluster)).or_default().push(row);
        }
        let line = |((_, cluster), rows): ((String, &str), Vec<&SchoolRow>)| ClusterLine {
            cluster: cluster.to_owned(),
            counts: Counts::of(&rows),
        };
        by_cluster.into_iter().map(line).collect()
    }
}
