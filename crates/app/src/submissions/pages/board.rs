//! The board `/nam-hoc/{year}/so-lieu`: who is late, who waits, who has problems; approve many, remind many.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use documents::listing::{Cell, listing};
use domain::{Level, submissions::SubmissionState};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Paged, Serde, context},
    },
    school_year::{self, calendar::PeriodSheet, cycle},
    submissions::{
        SubmissionKey, operations,
        queries::{
            self,
            board::{Board, Filter, Need, SchoolRow},
        },
        reminders,
    },
};

/// Schools on one page: the HTML stays under 30 KB.
const PAGE_SIZE: usize = 24;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Asked {
    /// Period; the one in work where empty.
    #[serde(default)]
    ky: String,
    /// Level.
    #[serde(default)]
    cap: String,
    /// Emulation cluster.
    #[serde(default)]
    cum: String,
    /// Need.
    #[serde(default)]
    tt: String,
    /// Search.
    #[serde(default)]
    q: String,
    /// Page, from 1.
    #[serde(default)]
    trang: String,
    /// What was just done, to be said once.
    #[serde(default)]
    xong: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            level: Level::parse(&self.cap),
            need: Need::ALL.into_iter().find(|need| need.as_str() == self.tt),
            cluster: self.cum.clone(),
            search: self.q.clone(),
        }
    }
}

/// What was just done, as the page says it once.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Done {
    approved: usize,
    refused: usize,
    /// Schools that got a reminder; none where the deed was an approval.
    reminded: Option<usize>,
}

impl Done {
    /// Reads `nhac-3` or `duyet-9-0`; anything else is a link of somebody's own making and says nothing.
    fn parse(word: &str) -> Option<Self> {
        let parts: Vec<&str> = word.split('-').collect();
        let count = |text: &str| text.parse().ok();
        match parts[..] {
            ["nhac", sent] => Some(Self { approved: 0, refused: 0, reminded: Some(count(sent)?) }),
            ["duyet", approved, refused] => {
                Some(Self { approved: count(approved)?, refused: count(refused)?, reminded: None })
            }
            _ => None,
        }
    }
}

/// A period to choose from.
#[derive(Serialize)]
struct Choice {
    code: String,
    label: String,
}

/// The period asked for, or the one in work.
async fn period_asked(
    office: &Office,
    visitor: &Visitor,
    year: &str,
    asked: &str,
) -> Result<(PeriodSheet, Vec<Choice>)> {
    let periods = school_year::queries::periods(office, year).await?;
    let wanted = periods.iter().find(|period| period.code == asked);
    let found = wanted.or_else(|| cycle::in_work(&periods, visitor.today())).map(|period| period.sheet.clone());
    let found = found.ok_or_else(|| Error::NotFound(format!("kỳ báo cáo của năm học {year}")))?;
    let choices = periods.into_iter().map(|period| Choice { code: period.code, label: period.label }).collect();
    Ok((found, choices))
}

async fn drawn_up(office: &Office, visitor: &Visitor, sheet: &PeriodSheet) -> Result<Board> {
    let may_see = |unit: &str| visitor.may(Right::ReadUnit, unit);
    queries::board::board(office, sheet, visitor.today(), may_see).await
}

/// `GET /nam-hoc/{year}/so-lieu`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let (sheet, periods) = period_asked(&office, &visitor, &year, &asked.ky).await?;
    let board = drawn_up(&office, &visitor, &sheet).await?;
    let filter = asked.filter();
    let found: Vec<&SchoolRow> = board.filtered(&filter).collect();
    let found_count = found.len();
    let Paged { rows, page, page_count } = Paged::of(found, asked.trang.parse().unwrap_or(1), PAGE_SIZE);
    let judges = rows.iter().any(|row| visitor.may(Right::JudgeFigures, &row.code));
    let language = visitor.language().as_str();
    let (levels, total) = (board.levels(), board.total());
    let values = context! {
        year => year,
        period => sheet.period.code.clone(),
        period_label => sheet.period.label.in_language(language),
        as_of => sheet.period.as_of.to_string(),
        due_on => sheet.deadlines.due_for(None).to_string(),
        is_open => sheet.state() == domain::submissions::PeriodState::Open,
        periods => Serde(&periods),
        rows => Serde(&rows),
        levels => Serde(&levels),
        total => Serde(&total),
        has_school_of_many_levels => levels.iter().map(|line| line.counts.schools).sum::<usize>() > total.schools,
        without_cluster => board.without_cluster(),
        clusters => Serde(board.clusters()),
        needs => Serde(board.needs()),
        asked => Serde(&asked),
        done => Serde(Done::parse(&asked.xong)),
        found_count,
        school_count => board.rows.len(),
        page => page,
        page_count => page_count,
        judges => judges,
    };
    Ok(Page::new("submissions/board.html", visitor, values))
}

/// The same list as a workbook.
pub async fn excel(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (sheet, _) = period_asked(&office, &visitor, &year, &asked.ky).await?;
    let board = drawn_up(&office, &visitor, &sheet).await?;
    let filter = asked.filter();
    let heads = [
        "Mã trường",
        "Tên trường",
        "Cấp học",
        "Cụm thi đua",
        "Tình trạng",
        "Biểu phải nộp",
        "Đã nộp",
        "Đã duyệt",
        "Cảnh báo",
        "Quá hạn (ngày)",
        "Nộp gần nhất",
    ];
    let count = |number: usize| Cell::Number(number as f64);
    let row = |row: &SchoolRow| {
        vec![
            Cell::Text(row.code.clone()),
            Cell::Text(row.name.clone()),
            Cell::Text(row.levels.clone()),
            Cell::Text(row.cluster.clone()),
            Cell::Text(need_label(row.need).to_owned()),
            count(row.forms.len()),
            count(row.sent),
            count(row.approved),
            Cell::Number(row.problems as f64),
            Cell::Number(f64::from(row.days_late)),
            Cell::Text(row.last_sent_at.get(..10).unwrap_or_default().to_owned()),
        ]
    };
    let rows: Vec<Vec<Cell>> = board.filtered(&filter).map(row).collect();
    let title = format!(
        "Tình hình nộp số liệu: {} (hạn {})",
        sheet.period.label.vi,
        domain::vietnamese::short_date(sheet.deadlines.due_for(None))
    );
    let bytes = listing(&title, &heads, &rows).map_err(Error::inside)?;
    Ok(super::download(&format!("so-lieu-{}.xlsx", sheet.period.code), bytes))
}

fn need_label(need: Need) -> &'static str {
    match need {
        Need::Late => "Quá hạn",
        Need::Waiting => "Chờ duyệt",
        Need::Returned => "Trả lại",
        Need::Unsent => "Chưa gửi đủ",
        Need::Done => "Đã duyệt đủ",
    }
}

/// What the officer does with the schools that were ticked.
#[derive(Debug, Deserialize)]
pub struct Deed {
    period: String,
    verb: String,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    reason: String,
}

/// `POST /nam-hoc/{year}/so-lieu`: approves or reminds the ticked schools.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    headers: HeaderMap,
    CsrfForm(deed): CsrfForm<Deed>,
) -> Result<Response> {
    if deed.unit.is_empty() {
        return Err(Error::refused("nothing_chosen", "Hãy đánh dấu ít nhất một trường rồi làm lại."));
    }
    for unit in &deed.unit {
        visitor.require(Right::JudgeFigures, unit)?;
    }
    let done = match deed.verb.as_str() {
        "approve" => approve(&office, &visitor, &deed).await?,
        _ => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
            let origin = office.settings().origin(host);
            let sent = reminders::remind(&office, &visitor.context(), &deed.period, &deed.unit, &origin).await?;
            format!("nhac-{sent}")
        }
    };
    Ok(Redirect::to(&format!("/nam-hoc/{year}/so-lieu?ky={}&xong={done}", deed.period)).into_response())
}

async fn approve(office: &Office, visitor: &Visitor, deed: &Deed) -> Result<String> {
    let waiting = queries::keys_in_state(office, &deed.period, SubmissionState::Submitted).await?;
    let keys: Vec<SubmissionKey> = waiting.into_iter().filter(|key| deed.unit.contains(&key.unit)).collect();
    let result = operations::approve_many(office, &visitor.context(), &keys, &deed.reason).await?;
    Ok(format!("duyet-{}-{}", result.approved.len(), result.refused.len()))
}
