//! A unit's sheet of a round as both its own page and the reviewer's read it.

use std::{collections::BTreeSet, sync::Arc};

use axum::extract::{Path, Query};
use domain::evaluation::road::{Computed, Person, Stage, UnitRoad, differences};
use serde::Deserialize;

use super::{
    lines::{LINES_MAX, Showing, views},
    own_units,
};
use crate::{
    evaluation::{
        queries::{Evaluation, evaluate},
        road::{
            Round,
            evidence::EvidenceRow,
            queries::{self, Standing},
        },
    },
    identity::Visitor,
    office::Office,
    platform::{
        Language, Result,
        web::{CsrfForm, Paged, Serde, Value, context},
    },
};

/// The round and the unit of an address.
pub(super) type SheetPath = Path<(i64, String)>;

/// Which page of a sheet is asked for.
pub(super) type SheetQuery = Query<Asked>;

/// A form of a sheet: fields by line.
pub(super) type SheetForm = CsrfForm<Vec<(String, String)>>;

/// Which page of the sheet.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "trang")]
    pub(super) page: usize,
    #[serde(default, rename = "xong")]
    pub(super) done: String,
}

/// Everything that is known of a unit's sheet.
pub(super) struct OpenedSheet {
    pub(super) round: Round,
    pub(super) road: UnitRoad,
    pub(super) standing: Standing,
    pub(super) found: Arc<Evaluation>,
    /// The unit's row in the evaluation; none where the set does not judge it any more.
    pub(super) row: Option<usize>,
    computed: Vec<Computed>,
    files: Vec<EvidenceRow>,
    language: Language,
    person: Person,
}

impl OpenedSheet {
    pub(super) async fn read(office: &Office, visitor: &Visitor, id: i64, unit: &str) -> Result<Self> {
        let round = queries::round(office, id).await?;
        let (road, standing) = queries::road(office, id, unit).await?;
        let found = evaluate(office, &round.row.set_code, round.year, visitor.today()).await?;
        let row = found.row(unit);
        let computed = row.map(|row| found.computed(row)).unwrap_or_default();
        let files = queries::evidence(office, id, unit).await?;
        let person = Person { name: visitor.context().actor.name().to_owned(), units: own_units(visitor) };
        Ok(Self { round, road, standing, found, row, computed, files, language: visitor.language(), person })
    }

    /// How the sheet is shown to somebody who writes at a stage, on lines that are given to them.
    pub(super) fn showing<'a>(&'a self, writes: Option<Stage>, assigned: Option<&'a [String]>) -> Showing<'a> {
        Showing {
            set: &self.round.set,
            road: self.road.seen_by(&self.person, writes),
            computed: &self.computed,
            files: &self.files,
            language: self.language,
            writes,
            person: &self.person,
            assigned,
        }
    }

    /// Whether something differs beyond the round's limit, also what the visitor may not see yet.
    pub(super) fn differs_beyond(&self) -> bool {
        differences(&self.round.set, &self.road, self.round.limit()).iter().any(|one| one.is_beyond)
    }

    /// What both pages say: whose sheet it is, where it stands, and the page of lines that is asked for, or the nearest
    /// that there is.
    pub(super) async fn values(
        &self,
        office: &Office,
        visitor: &Visitor,
        unit: &str,
        showing: &Showing<'_>,
        asked: Asked,
    ) -> Result<Value> {
        // Nobody who judges apart is told where others deviate.
        let found = differences(&self.round.set, &showing.road, self.round.limit());
        let beyond: BTreeSet<&str> = found.iter().filter(|one| one.is_beyond).map(|one| one.line.as_str()).collect();
        let differing: BTreeSet<String> = found.iter().map(|one| one.line.clone()).collect();
        let Paged { rows: lines, page, page_count } = Paged::of(views(showing, &differing), asked.page, LINES_MAX);
        let (row, state) = (&self.round.row, self.standing.state);
        let registry = office.registry().await?;
        let name = registry.unit(unit).map_or(unit, |known| known.name_on(visitor.today())).to_owned();
        Ok(context! {
            id => row.id, unit => unit.to_owned(), name, year => row.year.clone(), set => row.set_code.clone(),
            label => Serde(&self.round.set.label), state => state.as_str(),
            state_name => super::word(state.label(), self.language), lines => Serde(&lines), page, page_count, seen => self.standing.latest,
            difference_count => differing.len(), beyond => beyond.len(), writes => showing.writes.map(Stage::as_str), done => asked.done,
        })
    }
}
