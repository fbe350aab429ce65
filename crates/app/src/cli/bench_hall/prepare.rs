//! The conference that is measured: an office of its own, delegates with badges and addresses, all but the late ones here.

use std::{collections::BTreeMap, path::Path};

use domain::{
    conference::{Arrival, Command, Entry, FoundBy, Id, Participation, Road},
    organisation::admin_units,
    school_year::{SchoolCalendar, SchoolYear},
};
use futures_util::{StreamExt, stream};

use crate::{
    conference::{
        live,
        operations::{self, New},
    },
    figures::synthetic::Scale,
    identity::{
        Role,
        operations::{NewAccount, create_account},
    },
    office::Office,
    organisation,
    platform::{Context, Error, Result},
    school_year, shipped,
};

pub(super) const OFFICER: &str = "chuyen-vien";
pub(super) const PASSWORD: &str = "do-luong-2026";

/// Units from which the delegates come.
const UNIT_COUNT: usize = 250;

/// So many commands wait at once while the conference is prepared.
const AT_ONCE: usize = 512;

/// The conference.
#[derive(Debug)]
pub(super) struct Prepared {
    pub id: i64,
    /// Those who are here, by their lines in the list.
    pub lines: Vec<Id>,
    /// Their addresses, in the same order.
    pub tokens: Vec<String>,
    /// The badges of all; those who are here stand first, in the same order.
    pub badges: Vec<String>,
    /// Those who are still to come: their lines and addresses.
    pub late: Vec<(Id, String)>,
}

/// Makes the office in this folder, with so many delegates here and so many who are still to come, and opens the conference.
pub(super) async fn prepare(folder: &Path, here: usize, late: usize) -> Result<Prepared> {
    let office = Office::open(folder, None).await?;
    let context = Context::command_line();
    let (unit_code, year) = office_of_a_ward(&office, &context).await?;
    let account = NewAccount {
        user_name: OFFICER.to_owned(),
        name: "Nguyễn Thị Đo".to_owned(),
        email: String::new(),
        password: PASSWORD.to_owned(),
        roles: vec![(Role::Officer, unit_code.clone())],
    };
    create_account(&office, &context, &account).await?;
    let new = New { unit_code, title: "Hội nghị tổng kết (đo)".to_owned(), year };
    let id = operations::create(&office, &context, &new).await?;
    let badges: Vec<String> = (1..=here + late).map(|number| format!("D{number:05}")).collect();
    let delegates =
        (1..).zip(&badges).map(|(number, badge)| Command::Put(None, Entry::Participation(line(number, badge))));
    all(&office, &context, id, delegates.collect()).await?;
    let mut lines = lines_of(&office, id, &badges).await?;
    let arrivals = (1..).zip(&lines[..here]).map(|(number, line)| Command::CheckIn(arrival(number, *line)));
    all(&office, &context, id, arrivals.collect()).await?;
    operations::command(&office, &context, id, Command::Open).await?;
    let links = operations::make_links(&office, &context, id, &lines).await?;
    let with_link = |line: &Id| Some((*line, links.get(line)?.clone()));
    let late = lines.split_off(here).iter().filter_map(with_link).collect();
    let tokens = lines.iter().filter_map(|line| links.get(line).cloned()).collect();
    office.db().close().await;
    Ok(Prepared { id, lines, tokens, badges, late })
}

/// The lines of the list that wear these badges, in their order: commands that wait together may change places.
async fn lines_of(office: &Office, id: i64, badges: &[String]) -> Result<Vec<Id>> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await;
    let known: BTreeMap<&str, Id> =
        state.records.participations.iter().map(|(line, who)| (who.badge.as_str(), line)).collect();
    let line = |badge: &String| known.get(badge.as_str()).copied().ok_or_else(|| Error::inside("a badge is missing"));
    badges.iter().map(line).collect()
}

/// The ward with the units above it, and a school year.
async fn office_of_a_ward(office: &Office, context: &Context) -> Result<(String, String)> {
    let national =
        admin_units::read(shipped::text("admin-units/units.csv")?, shipped::text("admin-units/successors.csv")?)?;
    let scales = [Scale::Nation, Scale::Province, Scale::Ward].map(Scale::top);
    let units = national.units().iter().filter(|unit| scales.contains(&unit.code.as_str())).cloned().collect();
    organisation::operations::import(office, context, units, Vec::new()).await?;
    let year = SchoolYear::starting(2025).ok_or_else(|| Error::inside("year"))?;
    school_year::operations::open(office, context, &SchoolCalendar::usual(year)).await?;
    Ok((Scale::Ward.top().to_owned(), year.to_string()))
}

fn line(number: usize, badge: &str) -> Participation {
    Participation {
        name: format!("Đại biểu {number}"),
        unit_name: format!("Trường Tiểu học số {}", number % UNIT_COUNT + 1),
        badge: badge.to_owned(),
        may_vote: true,
        ..Participation::default()
    }
}

fn arrival(number: usize, line: Id) -> Arrival {
    Arrival {
        client_id: format!("early-{number}"),
        found_by: FoundBy::Line(line),
        road: Road::List,
        desk: "Bàn 1".to_owned(),
        venue: None,
        heads: None,
        scanned_at: None,
    }
}

/// Commands, many waiting at once so that they share commits.
pub(super) async fn all(office: &Office, context: &Context, id: i64, commands: Vec<Command>) -> Result<()> {
    let asked = commands.into_iter().map(|command| operations::command(office, context, id, command));
    let mut answers = stream::iter(asked).buffered(AT_ONCE);
    while let Some(answer) = answers.next().await {
        answer.map_err(Error::inside)?;
    }
    Ok(())
}
