//! A province's or the nation's journey through one school year: units, thousands of invented schools, both periods
//! sent, refused, mended, returned and approved, then rolled up. Batch after batch, so that memory stays small.

use domain::{
    school_year::{ReportingPeriod, SchoolCalendar, SchoolYear},
    submissions::SubmissionState,
};
use jiff::ToSpan;

use super::{
    LandScale, Summary, Tell,
    by_api::ByApi,
    by_workbooks,
    founding::{self, at},
    kit::{self, Equipped},
    land::Land,
    sending::{Fault, Sending},
};
use crate::{
    office::Office,
    platform::{Actor, Context, Error, Result},
    school_year,
    submissions::{self, SubmissionKey},
};

/// Who judges.
const OFFICER: &str = "chuyen-vien";
/// Schools whose forms are made, sent and forgotten together.
pub(super) const SCHOOLS_IN_BATCH: usize = 160;
/// Forms approved in one transaction.
const APPROVED_AT_ONCE: usize = 1_000;
/// In the last period one school in so many has sent nothing yet.
const LATE_ONE_IN: usize = 40;
/// One form in so many is given back.
const RETURNED_ONE_IN: usize = 199;
/// In the last period so many forms still wait for the officer.
const WAITING_COUNT: usize = 25;
const EXPLANATION: &str = "Đã đối chiếu với hồ sơ của trường, số liệu đúng.";

/// The journey under way.
pub(super) struct LargeJourney<'a> {
    office: &'a Office,
    scale: LandScale,
    land: Land,
    schools: Vec<Equipped>,
    tell: &'a Tell,
    pub(super) summary: Summary,
}

impl<'a> LargeJourney<'a> {
    /// Invents the land.
    pub(super) fn new(office: &'a Office, scale: LandScale, tell: &'a Tell) -> Result<Self> {
        Self::through(office, scale, Land::invent(scale, &founding::national()?)?, tell)
    }

    /// The same journey through a given land, by the road of this scale.
    pub(super) fn through(office: &'a Office, scale: LandScale, mut land: Land, tell: &'a Tell) -> Result<Self> {
        let schools = kit::equip(office, std::mem::take(&mut land.schools))?;
        Ok(Self { office, scale, land, schools, tell, summary: Summary::default() })
    }

    /// The whole way.
    pub(super) async fn travel(&mut self) -> Result<()> {
        (self.tell)("Nhập danh mục đơn vị hành chính và các trường");
        let invented = std::mem::take(&mut self.land.units);
        let (scale, own_unit) = (self.scale.as_str(), &self.land.office);
        self.summary.units = founding::found(self.office, scale, own_unit, invented, &self.land.accounts).await?;
        self.summary.schools = self.schools.len();
        self.summary.accounts = founding::told(&self.land.accounts);
        let year =
            SchoolYear::starting(self.land.first_year).ok_or_else(|| Error::inside("demo/land.toml: bad year"))?;
        let calendar = SchoolCalendar::usual(year);
        let opening = at(calendar.starts_on.saturating_sub(10.days()), 8, officer());
        school_year::operations::open(self.office, &opening, &calendar).await?;
        let periods = [ReportingPeriod::start_of_year(year), ReportingPeriod::end_of_year(year)];
        for (position, period) in periods.iter().enumerate() {
            self.period(period, position + 1 == periods.len()).await?;
        }
        (self.tell)("Cộng số liệu lên mọi đơn vị");
        let view = self.office.warehouse().view(self.office, year, None).await?;
        self.summary.indicators = view.evaluate_all()? / view.forest().len().max(1);
        Ok(())
    }

    async fn period(&mut self, period: &ReportingPeriod, is_last: bool) -> Result<()> {
        match self.scale {
            LandScale::Province => self.send_workbooks(period, is_last).await?,
            LandScale::Nation => self.send_values(period, is_last).await?,
        }
        self.judge(period, is_last).await?;
        if !is_last {
            let context = self.judging(period, 5, 16);
            let reason = "Số liệu đã đủ và đã duyệt.";
            school_year::operations::close(self.office, &context, &period.code, 0, reason).await?;
        }
        Ok(())
    }

    /// What a batch of schools sends first, and what those with a fault send after that.
    pub(super) fn sendings(&self, batch: usize, period: &ReportingPeriod, is_last: bool) -> [Vec<Sending>; 2] {
        let from = batch * SCHOOLS_IN_BATCH;
        let schools = self.schools.iter().enumerate().skip(from).take(SCHOOLS_IN_BATCH);
        let in_time = schools.filter(|(position, _)| !is_last || position % LATE_ONE_IN != LATE_ONE_IN - 1);
        let sendings = in_time.flat_map(|(_, school)| kit::sendings(self.office, school, period));
        let first: Vec<Sending> = sendings.map(|(_, sending)| sending).collect();
        let mended = first.iter().filter(|sending| sending.fault != Fault::None).map(Sending::mended).collect();
        [first, mended]
    }

    fn batch_count(&self) -> usize {
        self.schools.len().div_ceil(SCHOOLS_IN_BATCH)
    }

    fn tell_batch(&self, period: &ReportingPeriod, batches_done: usize) {
        let done = (batches_done * SCHOOLS_IN_BATCH).min(self.schools.len());
        (self.tell)(&format!("Kỳ báo cáo {}: {done}/{} trường đã nộp", period.code, self.schools.len()));
    }

    async fn send_workbooks(&mut self, period: &ReportingPeriod, is_last: bool) -> Result<()> {
        for batch in 0..self.batch_count() {
            let context = at(period.as_of.saturating_add(9.days()), 9, clerk());
            for sendings in self.sendings(batch, period, is_last) {
                let counts = by_workbooks::hand_in(self.office, &context, sendings).await?;
                self.summary.workbooks += counts.sent;
                self.summary.refused_workbooks += counts.refused;
                self.summary.figures += counts.figures;
            }
            self.tell_batch(period, batch + 1);
        }
        Ok(())
    }

    async fn send_values(&mut self, period: &ReportingPeriod, is_last: bool) -> Result<()> {
        let context = at(period.as_of.saturating_add(9.days()), 9, officer());
        let api = ByApi::open(self.office, &context, OFFICER).await?;
        let mut done = 0;
        let total = {
            let journey = &*self;
            let told = |batches| journey.tell_batch(period, batches);
            let batches = (0..journey.batch_count()).map(|batch| journey.sendings(batch, period, is_last));
            api.hand_in(batches, |_| {
                done += 1;
                told(done);
            })
            .await?
        };
        self.summary.records += total.sent;
        self.summary.refused_records += total.refused;
        self.summary.figures += total.figures;
        Ok(())
    }

    /// The officer gives some back, takes the mended ones and approves the rest.
    async fn judge(&mut self, period: &ReportingPeriod, is_last: bool) -> Result<()> {
        let waiting = self.waiting(period).await?;
        let returned: Vec<SubmissionKey> = waiting.iter().skip(7).step_by(RETURNED_ONE_IN).cloned().collect();
        let reason = "Số liệu khác với hồ sơ đã đối chiếu.";
        for key in &returned {
            let context = self.judging(period, -6, 10);
            submissions::operations::return_for_correction(self.office, &context, key, reason, &[]).await?;
        }
        self.summary.returned += returned.len();
        if !is_last {
            let again = self.corrected(period, &returned)?;
            let context = at(period.due_on.saturating_sub(4.days()), 9, clerk());
            let counts = by_workbooks::hand_in(self.office, &context, again).await?;
            self.summary.workbooks += counts.sent;
        }
        let mut waiting = self.waiting(period).await?;
        if is_last {
            waiting.truncate(waiting.len().saturating_sub(WAITING_COUNT));
        }
        for keys in waiting.chunks(APPROVED_AT_ONCE) {
            let context = self.judging(period, -3, 15);
            let approvals = submissions::operations::approve_many(self.office, &context, keys, EXPLANATION).await?;
            self.summary.approved += approvals.approved.len();
            (self.tell)(&format!("Kỳ báo cáo {}: đã duyệt {} biểu", period.code, self.summary.approved));
        }
        Ok(())
    }

    /// What the schools of these forms send after they were given back.
    fn corrected(&self, period: &ReportingPeriod, returned: &[SubmissionKey]) -> Result<Vec<Sending>> {
        let mut again = Vec::new();
        for school in &self.schools {
            if returned.iter().any(|key| key.unit == school.0.code) {
                for (_, sending) in kit::sendings(self.office, school, period) {
                    if returned.contains(&sending.key) {
                        again.push(sending.corrected(submissions::operations::form(self.office, &sending.key.form)?));
                    }
                }
            }
        }
        Ok(again)
    }

    async fn waiting(&self, period: &ReportingPeriod) -> Result<Vec<SubmissionKey>> {
        submissions::queries::keys_in_state(self.office, &period.code, SubmissionState::Submitted).await
    }

    /// The officer, so many days after the due day.
    fn judging(&self, period: &ReportingPeriod, days: i64, hour: i8) -> Context {
        at(period.due_on.saturating_add(days.days()), hour, officer())
    }
}

fn officer() -> Actor {
    Actor::Person(OFFICER.to_owned())
}

fn clerk() -> Actor {
    Actor::Person("van-thu-truong".to_owned())
}
