//! An office as it is opened: its folder, its database, what it counts. Every verb is handed one.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use domain::{
    figures::catalogue::Catalogue,
    organisation::{Registry, SearchIndex},
    reports::Document,
    school_year::SchoolYear,
};
use jiff::civil::Date;
use tokio::sync::Mutex;

use crate::{
    audit::{self, Kept},
    conference::Halls,
    evaluation::queries::Evaluation,
    figures::Warehouse,
    guidance, organisation,
    platform::{Db, Error, Result, Settings, search},
    reports::{desk::Outline, gather::Gathered, queries::ReportKey},
    school_year::cycle::Progress,
    shipped::own::{self, OwnFile},
    submissions::{check::Rules, layouts::Layouts, queries::board::Board},
};

/// An opened office; cheap to clone, everything inside is shared.
#[derive(Clone, Debug)]
pub struct Office {
    db: Db,
    folder: PathBuf,
    catalogue: Arc<Catalogue>,
    own_packs: Arc<Vec<OwnFile>>,
    rules: Arc<OnceLock<Result<Arc<Rules>, String>>>,
    units: Arc<Mutex<Option<Units>>>,
    warehouse: Arc<Warehouse>,
    kept: Arc<KeptAnswers>,
    layouts: Arc<Layouts>,
    search: Arc<Mutex<Option<Arc<search::Index>>>>,
    settings: Arc<Settings>,
    halls: Arc<Halls>,
}

/// Answers that pages ask for again and again.
#[derive(Debug)]
pub(crate) struct KeptAnswers {
    /// How far a year is: by scope (empty for everything), year and day.
    pub(crate) progress: Kept<(String, String, Date), Progress>,
    /// The boards: by period and day.
    pub(crate) boards: Kept<(String, Date), Board>,
    /// What they are written from: by report and day.
    pub(crate) gathered: Kept<(ReportKey, Date), Gathered>,
    /// The summary reports: by report and day.
    pub(crate) reports: Kept<(ReportKey, Date), Document>,
    /// Scores and ranks by criteria set, year and day.
    pub(crate) evaluations: Kept<(String, SchoolYear, Date), Evaluation>,
    /// Their outlines: by report, day and reader.
    pub(crate) outlines: Kept<(ReportKey, Date, String), Outline>,
}

impl Default for KeptAnswers {
    fn default() -> Self {
        Self {
            progress: Kept::new(64),
            boards: Kept::new(12),
            gathered: Kept::new(8),
            reports: Kept::new(16),
            evaluations: Kept::new(12),
            outlines: Kept::new(16),
        }
    }
}

/// The units as they were read last, ready to be searched.
#[derive(Clone, Debug)]
struct Units {
    /// The latest audit line when they were read or last found unchanged.
    seen: i64,
    registry: Arc<Registry>,
    /// Made when somebody searches: a command seldom does.
    search: Arc<OnceLock<Arc<SearchIndex>>>,
}

impl Office {
    /// Opens the office in this folder, with its own SQLite file or the database at `url`, schema up to date.
    pub async fn open(folder: &Path, url: Option<&str>) -> Result<Self> {
        Self::open_with(folder, url, Settings::default()).await
    }

    /// The same with the installation's own choices.
    pub async fn open_with(folder: &Path, url: Option<&str>, settings: Settings) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        // Before the database: an office with faulty packs is left as it is.
        let own_packs = own::of_office(folder)?;
        let catalogue = own::catalogue(&own_packs)?;
        let db = match url {
            Some(url) => Db::open(url).await?,
            None => Db::open_folder(folder).await?,
        };
        db.migrate().await?;
        let settings = Arc::new(settings);
        let layouts = Arc::new(Layouts::keep(&db, &catalogue).await?);
        let office = Self {
            db,
            folder: folder.to_owned(),
            catalogue,
            own_packs: Arc::new(own_packs),
            rules: Arc::default(),
            units: Arc::default(),
            warehouse: Arc::default(),
            kept: Arc::default(),
            layouts,
            search: Arc::default(),
            settings,
            halls: Arc::default(),
        };
        guidance::pack::load(&office).await?;
        Ok(office)
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// What is counted: the elements, forms, indicators and checks of the data packs.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The office's own packs among them, in the order of their names.
    pub fn own_packs(&self) -> &[OwnFile] {
        &self.own_packs
    }

    /// The checks of the catalogue, made ready when they are first needed.
    ///
    /// # Errors
    /// An inside fault where a formula of the packs cannot be read.
    pub(crate) fn rules(&self) -> Result<Arc<Rules>> {
        let prepare = || Rules::of(&self.catalogue).map(Arc::new).map_err(|fault| fault.to_string());
        self.rules.get_or_init(prepare).clone().map_err(Error::Inside)
    }

    /// The catalogue, for work on other threads.
    pub(crate) fn shared_catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue)
    }

    /// All units over time, read once and kept until they change, by whatever process.
    ///
    /// # Errors
    /// Where the database cannot be read or holds a register that is not sound.
    pub async fn registry(&self) -> Result<Arc<Registry>> {
        Ok(self.units().await?.registry)
    }

    /// The index over every name of every unit.
    ///
    /// # Errors
    /// As [`Self::registry`].
    pub async fn unit_search(&self) -> Result<Arc<SearchIndex>> {
        let units = self.units().await?;
        Ok(Arc::clone(units.search.get_or_init(|| Arc::new(SearchIndex::new(&units.registry)))))
    }

    /// The approved figures that are kept in memory.
    pub(crate) fn warehouse(&self) -> &Warehouse {
        &self.warehouse
    }

    /// Answers that are kept in memory.
    pub(crate) fn kept(&self) -> &KeptAnswers {
        &self.kept
    }

    /// How figures of older versions of the forms are read.
    pub fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// The conferences that are kept in memory.
    pub fn halls(&self) -> &Halls {
        &self.halls
    }

    /// The full-text index under `index/`, opened when it is first asked for; one at a time brings it up to date.
    pub(crate) fn search(&self) -> &Mutex<Option<Arc<search::Index>>> {
        &self.search
    }

    /// The units, read again if the audit lines tell that any process changed them.
    async fn units(&self) -> Result<Units> {
        let mut kept = self.units.lock().await;
        let seen = audit::latest(&self.db).await?;
        if let Some(units) = kept.as_mut() {
            let lines = if seen > units.seen { audit::since(&self.db, units.seen).await? } else { Vec::new() };
            if !lines.iter().any(|(_, verb, _)| verb.starts_with("organisation.")) {
                units.seen = seen;
                return Ok(units.clone());
            }
        }
        let registry = organisation::queries::load(self).await?;
        let units = Units { seen, registry: Arc::new(registry), search: Arc::default() };
        *kept = Some(units.clone());
        Ok(units)
    }

    /// The installation's choices.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same office, everything shared, with other choices: the demo serves it on the days of its story.
    pub(crate) fn with_settings(&self, settings: Settings) -> Self {
        Self { settings: Arc::new(settings), ..self.clone() }
    }

    /// The folder that holds the database file and `files/`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
