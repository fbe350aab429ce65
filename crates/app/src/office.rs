//! An office as it is opened: its folder, its database, what it counts. Every verb is handed one.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::figures::catalogue::Catalogue;

use crate::{
    platform::{Db, Result},
    shipped,
};

/// An opened office; cheap to clone, everything inside is shared.
#[derive(Clone, Debug)]
pub struct Office {
    db: Db,
    folder: PathBuf,
    catalogue: Arc<Catalogue>,
}

impl Office {
    /// Opens the office in this folder, with its own SQLite file or the database at `url`, schema up to date.
    pub async fn open(folder: &Path, url: Option<&str>) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let db = match url {
            Some(url) => Db::open(url).await?,
            None => Db::open_folder(folder).await?,
        };
        db.migrate().await?;
        Ok(Self { db, folder: folder.to_owned(), catalogue: shipped::catalogue()? })
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// What is counted: the elements, forms, indicators and checks of the data packs.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The folder that holds the database file and `files/`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
