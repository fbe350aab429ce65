//! What is kept in memory: years that were read, and the maps on which they were rolled up.
//!
//! Every question first looks at the audit lines that are new: an approval of one form mends that unit's row and the
//! sums above it; other changes of figures let their year be read again; a change of units drops everything. So a
//! server sees what a command of another process did.

use std::{collections::BTreeMap, sync::Arc};

use domain::school_year::SchoolYear;
use jiff::civil::Date;
use tokio::sync::Mutex;

use super::{plan::Plan, view::YearView, year::YearFigures};
use crate::{
    audit,
    office::Office,
    platform::{Error, Result},
};

/// So many maps are kept; the one that was asked for longest ago goes first.
const VIEWS_MAX: usize = 8;

/// Verbs that change which figures count; of a single form its object is `period/form/unit`.
const VERBS_OF_ONE: [&str; 3] = ["submissions.approve", "submissions.reopen", "submissions.return_for_correction"];
const VERBS_OF_MANY: [&str; 2] = ["submissions.approve_many", "submissions.accept_bulk"];

/// The approved figures in memory.
#[derive(Debug, Default)]
pub struct Warehouse {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The latest audit line that was looked at.
    seen: i64,
    plan: Option<Arc<Plan>>,
    years: BTreeMap<SchoolYear, Arc<YearFigures>>,
    /// The latest asked for last.
    views: Vec<Arc<YearView>>,
}

impl Warehouse {
    /// A year on the map of a day; on its own last day's map where none is named.
    ///
    /// # Errors
    /// `NotFound` for a year that was never opened.
    pub async fn view(&self, office: &Office, year: SchoolYear, on_map: Option<Date>) -> Result<Arc<YearView>> {
        let mut kept = self.kept.lock().await;
        kept.catch_up(office).await?;
        let plan = kept.plan(office).await?;
        let figures = kept.year(office, &plan, year).await?;
        let own_day = figures.own_day().ok_or_else(|| Error::NotFound(format!("năm học {year}")))?;
        let day = on_map.unwrap_or(own_day);
        if let Some(place) = kept.views.iter().position(|view| view.year == year && view.day == day) {
            let view = kept.views.remove(place);
            kept.views.push(Arc::clone(&view));
            return Ok(view);
        }
        let before = match kept.year(office, &plan, year.previous()).await {
            Ok(before) => Some(before),
            Err(Error::NotFound(_)) => None,
            Err(fault) => return Err(fault),
        };
        let registry = office.registry().await?;
        let catalogue = office.shared_catalogue();
        let built = tokio::task::spawn_blocking(move || {
            let view = YearView::of(&catalogue, &plan, &registry, &figures, before.as_deref(), day)?;
            view.evaluate_all()?;
            Ok::<_, Error>(Arc::new(view))
        });
        let view = built.await.map_err(Error::inside)??;
        if kept.views.len() == VIEWS_MAX {
            kept.views.remove(0);
        }
        kept.views.push(Arc::clone(&view));
        Ok(view)
    }
}

impl Kept {
    async fn plan(&mut self, office: &Office) -> Result<Arc<Plan>> {
        if let Some(plan) = &self.plan {
            return Ok(Arc::clone(plan));
        }
        let schools = office.registry().await?.units().iter().filter(|unit| unit.school.is_some()).count();
        let plan = Arc::new(Plan::of(office.catalogue(), schools)?);
        self.plan = Some(Arc::clone(&plan));
        Ok(plan)
    }

    async fn year(&mut self, office: &Office, plan: &Arc<Plan>, year: SchoolYear) -> Result<Arc<YearFigures>> {
        if let Some(figures) = self.years.get(&year) {
            return Ok(Arc::clone(figures));
        }
        let registry = office.registry().await?;
        let figures = Arc::new(YearFigures::load(office, plan, &registry, year).await?);
        self.years.insert(year, Arc::clone(&figures));
        Ok(figures)
    }

    async fn catch_up(&mut self, office: &Office) -> Result<()> {
        let latest = audit::latest(office.db()).await?;
        if self.years.is_empty() || latest == self.seen {
            self.seen = latest;
            return Ok(());
        }
        for (_, verb, object) in audit::since(office.db(), self.seen).await? {
            if verb.starts_with("organisation.") || verb.starts_with("school_year.") {
                *self = Self::default();
                break;
            } else if VERBS_OF_ONE.contains(&verb.as_str()) {
                self.mend(office, &object).await?;
            } else if VERBS_OF_MANY.contains(&verb.as_str()) {
                self.forget(&object);
            }
        }
        self.seen = latest;
        Ok(())
    }

    /// Reads one unit's year again and mends the sums above it. `object` is `period/form/unit`.
    async fn mend(&mut self, office: &Office, object: &str) -> Result<()> {
        let (Some(plan), Some(unit)) = (self.plan.clone(), object.rsplit('/').next()) else { return Ok(()) };
        let Some(year) = year_of(object) else { return Ok(()) };
        let Some(figures) = self.years.get_mut(&year) else { return Ok(()) };
        let Some((row, fresh)) = figures.reread(office, &plan, unit).await? else { return Ok(()) };
        Arc::make_mut(figures).set_row(row, &fresh);
        for view in &mut self.views {
            if view.year == year {
                Arc::make_mut(view).update(row, &fresh);
            } else if view.year.previous() == year {
                Arc::make_mut(view).update_before(row, &fresh);
            }
        }
        Ok(())
    }

    /// Drops the year that the object begins with, or all years where it names none.
    fn forget(&mut self, object: &str) {
        match year_of(object) {
            Some(year) => {
                self.years.remove(&year);
                self.views.retain(|view| view.year != year && view.year.previous() != year);
            }
            None => {
                self.years.clear();
                self.views.clear();
            }
        }
    }
}

fn year_of(object: &str) -> Option<SchoolYear> {
    SchoolYear::parse(object.get(..9)?)
}
