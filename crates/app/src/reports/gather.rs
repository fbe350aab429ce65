//! Gathers what a summary report is written from: the office as of the report's date, the figures of its years, the
//! schools, the targets and the typed texts.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use domain::{
    Level,
    figures::catalogue::{Direction, ItemCode},
    organisation::{Line, Registry, Unit, UnitKind},
    reports::{
        SigningCapacity,
        reference::Rank,
        summary::{Completeness, Coverage, EmulationFacts, FigureSource, SchoolFacts, SummaryFacts, Target},
    },
    school_year::{ReportingPeriod, SchoolYear},
    vietnamese,
};
use jiff::civil::Date;

use super::{
    emulation,
    issuer::{self, IssuerFacts},
    queries::{self, ReportKey},
};
use crate::{
    figures::YearView,
    office::Office,
    organisation::queries::{Holder, head_on},
    platform::{Context, Error, Result, db},
    school_year::calendar,
};

/// How many years a trend shows.
const YEAR_COUNT_MAX: usize = 4;

/// Everything gathered, owned, so that the facts can borrow from it.
#[derive(Debug)]
pub(crate) struct Gathered {
    office: domain::reports::summary::Office,
    year: SchoolYear,
    years: Vec<SchoolYear>,
    level: Option<Level>,
    figures: Figures,
    schools: Vec<SchoolFacts>,
    coverage: Coverage,
    targets: BTreeMap<String, Target>,
    emulation: EmulationFacts,
    texts: BTreeMap<String, String>,
    addressees: Vec<String>,
    recipients: Vec<String>,
    notices: Vec<String>,
}

impl Gathered {
    /// The facts as the domain takes them.
    pub(super) fn facts<'a>(&'a self, office: &'a Office) -> SummaryFacts<'a> {
        SummaryFacts {
            office: self.office.clone(),
            year: self.year,
            years: self.years.clone(),
            level: self.level,
            catalogue: office.catalogue(),
            figures: &self.figures,
            schools: self.schools.clone(),
            coverage: Some(self.coverage.clone()),
            targets: self.targets.clone(),
            emulation: self.emulation.clone(),
            texts: self.texts.clone(),
            // A report rests on what its preamble carries out ("Thực hiện …"); it has no list of bases.
            legal_bases: Vec::new(),
            addressees: self.addressees.clone(),
            recipients: self.recipients.clone(),
            notices: self.notices.clone(),
        }
    }
}

/// The figures of several years on one map, as the report asks for them.
#[derive(Debug)]
struct Figures {
    views: HashMap<SchoolYear, Arc<YearView>>,
    indicators: HashMap<String, Known>,
    /// The unit that reports, and those of its kind under its parent on the day of the map, itself among them.
    unit: String,
    siblings: Vec<String>,
}

/// What the catalogue says of an indicator.
#[derive(Debug)]
struct Known {
    /// Its place in the catalogue.
    number: usize,
    direction: Direction,
    decimals: u8,
}

impl Figures {
    async fn load(office: &Office, registry: &Registry, unit: &Unit, years: &[SchoolYear], day: Date) -> Result<Self> {
        let mut views = HashMap::new();
        for year in years {
            views.insert(*year, office.warehouse().view(office, *year, Some(day)).await?);
        }
        let known = office.catalogue().indicators.iter().enumerate().map(|(number, indicator)| {
            let known = Known { number, direction: indicator.direction, decimals: indicator.decimals };
            (indicator.code.clone(), known)
        });
        let siblings = siblings(registry, unit, day);
        Ok(Self { views, indicators: known.collect(), unit: unit.code.0.clone(), siblings })
    }
}

impl FigureSource for Figures {
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        let view = self.views.get(&year)?;
        let position = view.position(unit)?;
        match self.indicators.get(code) {
            Some(known) => {
                let value = view.indicator(known.number).ok()?.value(position);
                (!value.is_nan()).then_some(value)
            }
            None => view.item(position, &ItemCode::parse(code)?),
        }
    }

    fn completeness(&self, code: &str, unit: &str, year: SchoolYear) -> Option<Completeness> {
        let view = self.views.get(&year)?;
        let position = view.position(unit)?;
        let made = match self.indicators.get(code) {
            Some(known) => view.indicator_made(position, known.number),
            None => view.made(position, &ItemCode::parse(code)?)?,
        };
        Some(Completeness { reported: made.reported, expected: made.expected })
    }

    /// Only for the unit that reports; units without a value that year are not counted.
    fn rank(&self, code: &str, unit: &str, year: SchoolYear) -> Option<Rank> {
        let own = self.value(code, unit, year).filter(|_| unit == self.unit)?;
        let known = self.indicators.get(code);
        let (direction, decimals) = known.map_or((Direction::Neutral, 0), |known| (known.direction, known.decimals));
        let values = self.siblings.iter().filter_map(|sibling| self.value(code, sibling, year));
        Rank::among(own, values, direction, decimals)
    }
}

/// Units of one kind under one parent.
fn siblings(registry: &Registry, unit: &Unit, day: Date) -> Vec<String> {
    let Some(parent) = registry.parent_on(unit.code.as_str(), Line::Management, day) else { return Vec::new() };
    let children = registry.children_on(parent.code.as_str(), Line::Management, day);
    children.into_iter().filter(|child| child.kind == unit.kind).map(|child| child.code.0.clone()).collect()
}

/// The facts of one report: kept until something changes.
///
/// # Errors
/// As [`facts`].
pub(super) async fn kept(office: &Office, context: &Context, key: &ReportKey) -> Result<Arc<Gathered>> {
    let asked = (key.clone(), context.today());
    office.kept().gathered.get(office.db(), asked, facts(office, context, key)).await
}

/// Gathers the facts of one report.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known; refused for a level that does not exist.
async fn facts(office: &Office, context: &Context, key: &ReportKey) -> Result<Gathered> {
    let year = year(key)?;
    let level = match key.level.as_str() {
        "" => None,
        code => Some(Level::parse(code).ok_or_else(|| Error::NotFound(format!("cấp học {code}")))?),
    };
    let registry = office.registry().await?;
    let unit = unit(&registry, key)?;
    let day = day_of_report(unit, year, context.today());
    let opened = calendar::years(office).await?;
    if !opened.contains(&year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let mut years: Vec<SchoolYear> = opened.into_iter().filter(|known| *known <= year).collect();
    years.sort();
    let years = years.split_off(years.len().saturating_sub(YEAR_COUNT_MAX));
    let figures = Figures::load(office, &registry, unit, &years, day).await?;
    let schools = schools(&registry, unit, level, day);
    let issuer = issuer::facts(&registry, unit, day);
    let addressees = addressees(&registry, unit, day);
    Ok(Gathered {
        office: issuing_office(unit, &issuer, head_on(office, &key.unit, day).await?),
        recipients: recipients(&issuer, !addressees.is_empty()),
        addressees,
        year,
        years,
        level,
        coverage: coverage(&figures, &schools, year),
        figures,
        schools,
        targets: targets(office, key, year).await?,
        emulation: match level {
            // Results of the whole sector are no results of one level.
            Some(_) => EmulationFacts::default(),
            None => emulation::gather(office, &key.unit, year, context.today()).await?,
        },
        texts: queries::texts(office, key).await?,
        notices: notices(office).await?,
    })
}

/// The day whose map a report tells.
///
/// # Errors
/// `NotFound` for a unit or a year that is not known.
pub(super) fn day(registry: &Registry, key: &ReportKey, today: Date) -> Result<Date> {
    Ok(day_of_report(unit(registry, key)?, year(key)?, today))
}

fn unit<'r>(registry: &'r Registry, key: &ReportKey) -> Result<&'r Unit> {
    registry.unit(&key.unit).ok_or_else(|| Error::NotFound(format!("đơn vị {}", key.unit)))
}

fn year(key: &ReportKey) -> Result<SchoolYear> {
    SchoolYear::parse(&key.year).ok_or_else(|| Error::NotFound(format!("năm học {}", key.year)))
}

/// The map on which the report tells every year: that of the report's own day, or of the unit's last day.
fn day_of_report(unit: &Unit, year: SchoolYear, today: Date) -> Date {
    let due = ReportingPeriod::end_of_year(year).due_on;
    let after = due.saturating_add(jiff::Span::new().days(31));
    let day = after.min(today.max(due));
    let day = unit.validity.to.map_or(day, |last| day.min(last));
    unit.validity.from.map_or(day, |first| day.max(first))
}

fn schools(registry: &Registry, unit: &Unit, level: Option<Level>, day: Date) -> Vec<SchoolFacts> {
    let mut found = Vec::new();
    let mut waiting = vec![unit];
    while let Some(parent) = waiting.pop() {
        if let Some(facts) = &parent.school
            && level.is_none_or(|level| facts.levels.contains(&level))
        {
            let name = parent.name_on(day).to_owned();
            found.push(SchoolFacts { unit: parent.code.0.clone(), name, levels: facts.levels.clone() });
        }
        waiting.extend(registry.children_on(parent.code.as_str(), Line::Management, day));
    }
    found.sort_by_cached_key(|school| {
        (school.levels.first().copied(), vietnamese::sort_key(&school.name), school.unit.clone())
    });
    found
}

/// A school counts as reported when it has given its pupils, by whichever level it teaches.
fn coverage(figures: &Figures, schools: &[SchoolFacts], year: SchoolYear) -> Coverage {
    const COUNTS: [&str; 4] =
        ["pre_child_end_count", "pri_pupil_end_count", "sec_pupil_end_count", "con_learner_end_count"];
    let has_reported =
        |school: &&SchoolFacts| COUNTS.iter().any(|code| figures.value(code, &school.unit, year).is_some());
    let (reported, missing): (Vec<&SchoolFacts>, Vec<&SchoolFacts>) = schools.iter().partition(has_reported);
    Coverage {
        reported: u32::try_from(reported.len()).unwrap_or(u32::MAX),
        expected: u32::try_from(schools.len()).unwrap_or(u32::MAX),
        missing: missing.into_iter().map(|school| school.name.clone()).collect(),
    }
}

/// Head and signature from the register on the report's day (organisation.md, rules for the unit register).
fn issuing_office(unit: &Unit, issuer: &IssuerFacts, head: Option<Holder>) -> domain::reports::summary::Office {
    let usual = || SigningCapacity::Head.lines(issuer.collective.as_deref(), &issuer.head, "");
    domain::reports::summary::Office {
        unit: unit.code.0.clone(),
        superior: issuer.superior.clone(),
        name: issuer.name.clone(),
        area: issuer.area.clone(),
        place: issuer.place.clone(),
        document_code: format!("BC-{}", issuer.abbreviation),
        capacity: head.as_ref().map_or_else(usual, |head| head.capacity.clone()),
        signer: head.map(|head| head.name).unwrap_or_default(),
    }
}

/// Whom a report goes to: the education department above, if the register knows one (default, for the office to settle).
fn addressees(registry: &Registry, unit: &Unit, day: Date) -> Vec<String> {
    let mut above = registry.parent_on(unit.code.as_str(), Line::Management, day);
    while let Some(parent) = above {
        let children = registry.children_on(parent.code.as_str(), Line::Management, day);
        let mut departments = children.iter().filter(|child| {
            matches!(child.kind, UnitKind::ProvinceEducationDepartment | UnitKind::Ministry) && child.code != unit.code
        });
        if let Some(department) = departments.next() {
            return vec![department.name_on(day).to_owned()];
        }
        above = registry.parent_on(parent.code.as_str(), Line::Management, day);
    }
    Vec::new()
}

/// Who gets a copy (default, for the office to settle).
fn recipients(issuer: &IssuerFacts, has_addressee: bool) -> Vec<String> {
    let kept = format!("Lưu: VT, {}", issuer.drafter);
    let first = has_addressee.then(|| "Như trên".to_owned());
    let own = match &issuer.collective {
        Some(_) => vec![
            format!("Thường trực Đảng ủy, Hội đồng nhân dân {}", issuer.kind),
            format!("Lãnh đạo Ủy ban nhân dân {}", issuer.kind),
            format!("Các trường trên địa bàn {}", issuer.kind),
        ],
        None => vec![format!("Lãnh đạo {}", issuer.name)],
    };
    first.into_iter().chain(own).chain([kept]).collect()
}

async fn targets(office: &Office, key: &ReportKey, year: SchoolYear) -> Result<BTreeMap<String, Target>> {
    let mut all: BTreeMap<String, Target> = BTreeMap::new();
    for target in queries::targets(office, &key.unit, &year.to_string()).await? {
        all.entry(target.indicator).or_default().this_year = Some(target.value);
    }
    for target in queries::targets(office, &key.unit, &year.next().to_string()).await? {
        all.entry(target.indicator).or_default().next_year = Some(target.value);
    }
    Ok(all)
}

async fn notices(office: &Office) -> Result<Vec<String>> {
    let invented = db::setting(office.db(), "invented_data").await?;
    Ok(invented.map(|_| "DỮ LIỆU MINH HOẠ - không phải số liệu thật".to_owned()).into_iter().collect())
}
