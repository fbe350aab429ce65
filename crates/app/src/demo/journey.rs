//! The ward's journey through whole school years, by the roads that users travel: units imported, accounts made, years
//! opened, workbooks written, filled, sent, refused, mended, returned, approved; periods closed; the report written.

use std::path::PathBuf;

use domain::{
    figures::catalogue::PeriodKind,
    school_year::{ReportingPeriod, SchoolCalendar, SchoolYear},
    submissions::{CellRemark, SubmissionState},
};
use jiff::{ToSpan, civil::Date};

use super::{
    Summary, Tell,
    founding::{self, at},
    kit::{self, Equipped},
    noise, rounds,
    sending::{Fault, Sending},
    staff,
    ward::{FIRST_DAY_OF_WARDS, Ward},
};
use crate::{
    office::Office,
    organisation::clusters,
    platform::{Actor, Context, Error, Result},
    reports::queries::ReportKey,
    school_year,
    submissions::{
        self, SubmissionKey,
        bulk::Keep,
        sources::Sources,
        workbooks::{self, Terms},
    },
};

/// Who sends and who judges in the demo.
const OFFICER: &str = "chuyen-vien";
/// Who signs.
const LEADER: &str = "lanh-dao";
/// Schools that have not sent everything in the last period, so that the board has work on it.
const LATE_SCHOOLS: [&str; 2] = ["90100109", "90100305"];
/// What the officer says where a warning stands.
const EXPLANATION: &str = "Đã đối chiếu với hồ sơ của trường, số liệu đúng.";

/// One school in twelve sends after the due date, each time another one.
fn is_overdue(period: &ReportingPeriod, unit: &str) -> bool {
    noise::mix(&[noise::key("overdue"), noise::key(&period.code), noise::key(unit)]).is_multiple_of(12)
}

/// The journey under way.
pub(super) struct Journey<'a> {
    office: &'a Office,
    ward: Ward,
    schools: Vec<Equipped>,
    folder: PathBuf,
    say: &'a Tell,
    pub(super) summary: Summary,
}

impl<'a> Journey<'a> {
    /// Reads the ward and makes ready.
    pub(super) fn new(office: &'a Office, say: &'a Tell) -> Result<Self> {
        let ward = Ward::read().map_err(Error::Inside)?;
        let schools = kit::equip(office, ward.schools())?;
        let folder = office.folder().join("files/demo");
        Ok(Self { office, ward, schools, folder, say, summary: Summary::default() })
    }

    /// The whole way.
    pub(super) async fn travel(&mut self) -> Result<()> {
        (self.say)("Nhập danh mục đơn vị hành chính và các trường");
        self.found().await?;
        for first in self.ward.first_year..=self.ward.last_year {
            let year = SchoolYear::starting(first).ok_or_else(|| Error::inside("demo/ward.toml: bad year"))?;
            self.year(year).await?;
        }
        self.summary.indicators = self.office.catalogue().indicators.len();
        Ok(())
    }

    /// The office, the circumstances and the report with which the journey ends.
    pub(super) fn reporting(&self) -> Result<(&'a Office, Context, ReportKey)> {
        let (year, day) = self.end()?;
        let context = at(day, 10, Actor::Person(OFFICER.to_owned()));
        Ok((self.office, context, super::report::key(&self.ward.office, &year.to_string())))
    }

    /// The circumstances in which the leader signs, on the same day.
    pub(super) fn leader(&self) -> Result<Context> {
        Ok(at(self.end()?.1, 15, Actor::Person(LEADER.to_owned())))
    }

    /// The day of the ward's conference: five weeks after the report.
    pub(super) fn conference_day(&self) -> Result<Date> {
        Ok(self.end()?.1.saturating_add(5.weeks()))
    }

    /// The circumstances of the officer on that day.
    pub(super) fn officer_at_conference(&self, hour: i8) -> Result<Context> {
        Ok(at(self.conference_day()?, hour, Actor::Person(OFFICER.to_owned())))
    }

    /// The last year, and the day on which its report is written.
    fn end(&self) -> Result<(SchoolYear, Date)> {
        let year =
            SchoolYear::starting(self.ward.last_year).ok_or_else(|| Error::inside("demo/ward.toml: bad year"))?;
        Ok((year, ReportingPeriod::end_of_year(year).due_on.saturating_add(10.days())))
    }

    /// Tells the person who waits.
    pub(super) fn tell(&self, what: &str) {
        (self.say)(what);
    }

    /// Opens years before the ward's own until so many workbooks are written, faultless and not yet handed in.
    pub(super) async fn write_workbooks(&mut self, count: usize) -> Result<Vec<PathBuf>> {
        self.found().await?;
        let mut paths = Vec::with_capacity(count);
        for first in (self.ward.first_year - 6)..=self.ward.last_year {
            let year = SchoolYear::starting(first).ok_or_else(|| Error::inside("demo/ward.toml: bad year"))?;
            let calendar = SchoolCalendar::usual(year);
            school_year::operations::open(self.office, &at(calendar.starts_on, 8, Actor::CommandLine), &calendar)
                .await?;
            for period in [ReportingPeriod::start_of_year(year), ReportingPeriod::end_of_year(year)] {
                let mut sendings: Vec<Sending> = self.sendings(&period, false).iter().map(Sending::mended).collect();
                sendings.truncate(count - paths.len());
                paths.extend(self.write(&period, &sendings).await?);
            }
        }
        Ok(paths)
    }

    async fn found(&mut self) -> Result<()> {
        let (units, accounts) = (self.ward.units().map_err(Error::Inside)?, &self.ward.account);
        self.summary.units = founding::found(self.office, "ward", &self.ward.office, units, accounts).await?;
        self.summary.schools = self.schools.len();
        self.summary.accounts = founding::told(accounts);
        let context = at(FIRST_DAY_OF_WARDS, 8, Actor::CommandLine);
        staff::appoint(self.office, &context, &self.ward.appointment).await?;
        Ok(())
    }

    async fn year(&mut self, year: SchoolYear) -> Result<()> {
        let calendar = SchoolCalendar::usual(year);
        let opening = at(calendar.starts_on.saturating_sub(10.days()), 8, Actor::Person(OFFICER.to_owned()));
        school_year::operations::open(self.office, &opening, &calendar).await?;
        if year.to_string().as_str() > rounds::YEAR {
            clusters::set(self.office, &opening, &year.to_string(), &self.ward.clusters()).await?;
        }
        for period in [ReportingPeriod::start_of_year(year), ReportingPeriod::end_of_year(year)] {
            (self.say)(&format!("Kỳ báo cáo {}", period.code));
            self.period(&period).await?;
        }
        if year.to_string() == rounds::YEAR {
            (self.say)(&format!("Chấm thi đua {year}: tự chấm, thẩm định, giải trình, hội đồng, công bố"));
            rounds::travel(self.office, year, &self.ward.district).await?;
            (self.say)(&format!("Phiếu ứng dụng CNTT {year}: các trường tự chấm"));
            rounds::begin_ict(self.office, year, &self.ward.district).await?;
        }
        Ok(())
    }

    async fn period(&mut self, period: &ReportingPeriod) -> Result<()> {
        let is_last = period.kind == PeriodKind::EndOfYear && period.year.first_calendar_year() == self.ward.last_year;
        let all = self.sendings(period, is_last);
        let (late, sendings): (Vec<Sending>, Vec<Sending>) = all.into_iter().partition(|sending| {
            !is_last && period.year.to_string() != rounds::YEAR && is_overdue(period, &sending.key.unit)
        });
        let day = period.as_of.saturating_add(9.days());
        self.send(period, &sendings, day).await?;
        let faulty: Vec<Sending> = sendings.iter().filter(|s| s.fault != Fault::None).map(Sending::mended).collect();
        let left = if is_last { faulty.len() / 2 } else { 0 };
        self.send(period, &faulty[left..], day.saturating_add(2.days())).await?;
        self.judge(period, &sendings, is_last).await?;
        if !is_last {
            let late: Vec<Sending> = late.iter().map(Sending::mended).collect();
            self.send(period, &late, period.due_on.saturating_add(2.days())).await?;
            self.approve(period, period.due_on.saturating_add(4.days()), 0).await?;
            let context = at(period.due_on.saturating_add(5.days()), 16, Actor::Person(OFFICER.to_owned()));
            let reason = "Số liệu đã đủ và đã duyệt.";
            submissions::operations::close_period(self.office, &context, &period.code, 0, reason).await?;
        }
        Ok(())
    }

    /// What the schools will send: one in thirty with a fault; in the last period some schools send nothing yet.
    fn sendings(&self, period: &ReportingPeriod, is_last: bool) -> Vec<Sending> {
        let mut sendings = Vec::new();
        for school in &self.schools {
            for (position, sending) in kit::sendings(self.office, school, period) {
                let is_late = is_last && LATE_SCHOOLS.contains(&school.0.code.as_str()) && position % 2 == 1;
                if !is_late {
                    sendings.push(sending);
                }
            }
        }
        sendings
    }

    /// Writes the workbooks as the schools would fill them and hands them in.
    async fn send(&mut self, period: &ReportingPeriod, sendings: &[Sending], day: Date) -> Result<()> {
        let paths = self.write(period, sendings).await?;
        let context = at(day, 9, Actor::Person("van-thu-truong".to_owned()));
        let terms = Terms::plain(Keep::Stored);
        let reports = workbooks::import(self.office, &context, Sources::on_disk(&paths), &terms, |_| ()).await?;
        self.summary.workbooks += reports.len();
        self.summary.refused_workbooks += reports.iter().filter(|report| !report.accepted).count();
        self.summary.figures += reports.iter().filter(|report| report.accepted).map(|r| r.cells).sum::<usize>();
        Ok(())
    }

    async fn write(&self, period: &ReportingPeriod, sendings: &[Sending]) -> Result<Vec<PathBuf>> {
        let folder = self.folder.join(&period.code);
        std::fs::create_dir_all(&folder)?;
        let mut paths = Vec::with_capacity(sendings.len());
        for sending in sendings {
            let path = folder.join(format!("{}-{}.xlsx", sending.key.unit, sending.key.form));
            let filled =
                submissions::template::filled_workbook(self.office, &sending.key, Some(&sending.values)).await?;
            std::fs::write(&path, filled)?;
            paths.push(path);
        }
        Ok(paths)
    }

    /// The officer gives some back with a reason on a cell, takes the mended ones, approves the rest.
    async fn judge(&mut self, period: &ReportingPeriod, sendings: &[Sending], is_last: bool) -> Result<()> {
        let day = period.due_on.saturating_sub(6.days());
        let officer = |day, hour| at(day, hour, Actor::Person(OFFICER.to_owned()));
        let waiting = self.waiting(period).await?;
        let returned: Vec<&SubmissionKey> = waiting.iter().skip(7).step_by(23).collect();
        for key in &returned {
            let form = submissions::operations::form(self.office, &key.form)?;
            let item = form.cells().next().map(|cell| cell.item.to_string()).unwrap_or_default();
            let reason = "Đề nghị kiểm tra lại với sổ của trường.".to_owned();
            let remark = CellRemark { item, check: String::new(), reason };
            let reason = "Số liệu khác với hồ sơ đã đối chiếu.";
            submissions::operations::return_for_correction(self.office, &officer(day, 10), key, reason, &[remark])
                .await?;
            self.summary.returned += 1;
        }
        let keep_back = if is_last { returned.len().min(2) } else { 0 };
        let again = sendings.iter().filter(|sending| returned[keep_back..].contains(&&sending.key)).map(|sending| {
            submissions::operations::form(self.office, &sending.key.form).map(|form| sending.corrected(form))
        });
        let again = again.collect::<Result<Vec<Sending>>>()?;
        self.send(period, &again, day.saturating_add(2.days())).await?;
        self.approve(period, day.saturating_add(3.days()), if is_last { 9 } else { 0 }).await
    }

    /// The officer approves what waits, but for so many.
    async fn approve(&mut self, period: &ReportingPeriod, day: Date, kept_back: usize) -> Result<()> {
        let mut waiting = self.waiting(period).await?;
        waiting.truncate(waiting.len().saturating_sub(kept_back));
        let context = at(day, 15, Actor::Person(OFFICER.to_owned()));
        let approvals = submissions::operations::approve_many(self.office, &context, &waiting, EXPLANATION).await?;
        self.summary.approved += approvals.approved.len();
        Ok(())
    }

    async fn waiting(&self, period: &ReportingPeriod) -> Result<Vec<SubmissionKey>> {
        submissions::queries::keys_in_state(self.office, &period.code, SubmissionState::Submitted).await
    }
}
