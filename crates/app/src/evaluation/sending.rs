//! How complete and how timely units were, from what was sent in the year's periods.

use std::collections::HashMap;

use domain::school_year::SchoolYear;
use jiff::civil::Date;

use crate::{figures::YearView, office::Office, platform::Result, school_year::calendar, submissions::queries::board};

/// Forms of one unit and of all units under it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sending {
    /// Forms owed in the year.
    owed: f64,
    /// Forms that were sent, or whose due date has passed.
    due: f64,
    /// Forms first sent in time.
    in_time: f64,
    /// Forms approved.
    approved: f64,
}

impl Sending {
    /// Per cent of what was due that was first sent in time; NaN where nothing was due yet.
    pub(super) fn timeliness(self) -> f64 {
        100.0 * self.in_time / self.due
    }

    /// Per cent of what is owed that is approved; NaN where nothing is owed.
    pub(super) fn completeness(self) -> f64 {
        100.0 * self.approved / self.owed
    }

    /// Forms due that were not first sent in time.
    pub(super) fn late(self) -> f64 {
        self.due - self.in_time
    }

    fn add(&mut self, other: Self) {
        self.owed += other.owed;
        self.due += other.due;
        self.in_time += other.in_time;
        self.approved += other.approved;
    }
}

/// The sending of every unit of a map in a year, by position.
pub(super) async fn of_year(office: &Office, view: &YearView, year: SchoolYear, today: Date) -> Result<Vec<Sending>> {
    let mut by_school: HashMap<String, Sending> = HashMap::new();
    for period in calendar::periods(office, year).await? {
        let sheet = calendar::period(office, &period.code).await?;
        for row in board::board(office, &sheet, today, |_| true).await?.rows {
            let sending = by_school.entry(row.code.clone()).or_default();
            row.forms.iter().for_each(|form| sending.add(of_form(form)));
        }
    }
    let forest = view.forest();
    let mut all: Vec<Sending> = forest.codes().map(|code| by_school.get(code).copied().unwrap_or_default()).collect();
    for position in (0..forest.len()).rev() {
        if let Some(parent) = forest.parent(position) {
            let own = all[position];
            all[parent].add(own);
        }
    }
    Ok(all)
}

fn of_form(form: &board::FormCell) -> Sending {
    let count = |holds: bool| f64::from(u8::from(holds));
    let is_approved = matches!(form.state, "approved" | "locked");
    let is_sent = is_approved || form.state == "submitted" || form.is_in_time;
    Sending {
        owed: 1.0,
        due: count(is_sent || form.days_late > 0),
        in_time: count(form.is_in_time),
        approved: count(is_approved),
    }
}
