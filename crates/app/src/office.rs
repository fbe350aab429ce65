//! An office as it is opened: its folder, its database, what it counts. Every verb is handed one.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    figures::catalogue::Catalogue,
    organisation::{Registry, SearchIndex},
};
use tokio::sync::Mutex;

use crate::{
    organisation,
    platform::{Db, Result, Settings},
    shipped,
};

/// An opened office; cheap to clone, everything inside is shared.
#[derive(Clone, Debug)]
pub struct Office {
    db: Db,
    folder: PathBuf,
    catalogue: Arc<Catalogue>,
    units: Arc<Mutex<Option<Units>>>,
    settings: Arc<Settings>,
}

/// The units as they were read last, ready to be searched.
#[derive(Clone, Debug)]
struct Units {
    registry: Arc<Registry>,
    search: Arc<SearchIndex>,
}

impl Office {
    /// Opens the office in this folder, with its own SQLite file or the database at `url`, schema up to date.
    pub async fn open(folder: &Path, url: Option<&str>) -> Result<Self> {
        Self::open_with(folder, url, Settings::default()).await
    }

    /// The same with the installation's own choices.
    pub async fn open_with(folder: &Path, url: Option<&str>, settings: Settings) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let db = match url {
            Some(url) => Db::open(url).await?,
            None => Db::open_folder(folder).await?,
        };
        db.migrate().await?;
        let (catalogue, settings) = (shipped::catalogue()?, Arc::new(settings));
        Ok(Self { db, folder: folder.to_owned(), catalogue, units: Arc::default(), settings })
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// What is counted: the elements, forms, indicators and checks of the data packs.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// All units over time, read once and kept until they change.
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
        Ok(self.units().await?.search)
    }

    /// Forgets the units that are kept, after a change.
    pub async fn organisation_changed(&self) {
        *self.units.lock().await = None;
    }

    async fn units(&self) -> Result<Units> {
        let mut kept = self.units.lock().await;
        if let Some(units) = kept.as_ref() {
            return Ok(units.clone());
        }
        let registry = organisation::queries::load(self).await?;
        let units = Units { search: Arc::new(SearchIndex::new(&registry)), registry: Arc::new(registry) };
        *kept = Some(units.clone());
        Ok(units)
    }

    /// The installation's choices.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The folder that holds the database file and `files/`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
