//! What typst may see: the layout, one document's data and charts, four faces. No file system, no network, no clock.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::reports::{Block, Certificate, Document};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::view::{self, Views};
use crate::{WriteError, chart, fonts, qr};

/// What never changes between documents.
struct Ground {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    layout: Source,
    certificate: Source,
    badge: Source,
}

fn ground() -> Result<&'static Ground, WriteError> {
    static GROUND: OnceLock<Result<Ground, WriteError>> = OnceLock::new();
    let lay = || {
        Ok(Ground {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(fonts::faces())),
            layout: Source::new(file_id("/layout.typ")?, include_str!("layout.typ").to_owned()),
            certificate: Source::new(file_id("/certificate.typ")?, include_str!("certificate.typ").to_owned()),
            badge: Source::new(file_id("/badge.typ")?, include_str!("badge.typ").to_owned()),
        })
    };
    GROUND.get_or_init(lay).as_ref().map_err(|error| WriteError::new(error.format, &error.cause))
}

fn file_id(path: &str) -> Result<FileId, WriteError> {
    let path = VirtualPath::new(path).map_err(|error| WriteError::new("PDF", format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One file's surroundings.
pub(super) struct World {
    ground: &'static Ground,
    main: &'static Source,
    files: HashMap<FileId, Bytes>,
    /// The data from the end to the middle, where it is worth a thread of its own.
    from_the_end: Option<Bytes>,
}

impl World {
    /// Gathers the data and draws the charts of documents that stand in one file.
    pub(super) fn new(documents: &[Document]) -> Result<Self, WriteError> {
        let Views { whole: data, from_the_end } =
            view::documents(documents).map_err(|error| WriteError::new("PDF", error))?;
        let mut files = HashMap::from([(file_id(DATA)?, Bytes::new(data))]);
        for (at, document) in documents.iter().enumerate() {
            if let Some(address) = &document.check_url {
                files.insert(file_id(&view::check_path(at))?, Bytes::from_string(qr::svg(address)?));
            }
            let charts = document.bodies().flatten().filter_map(|block| match block {
                Block::Chart(chart) => Some(chart),
                _ => None,
            });
            for (number, chart) in (1..).zip(charts) {
                files.insert(file_id(&view::chart_path(at, number))?, Bytes::from_string(chart::svg(chart)));
            }
        }
        let ground = ground()?;
        Ok(Self { ground, main: &ground.layout, files, from_the_end: from_the_end.map(Bytes::new) })
    }

    /// Whether what the layout remembers should be forgotten before the file is written.
    pub(super) fn is_long(&self) -> bool {
        file_id(DATA).ok().and_then(|id| self.files.get(&id)).is_some_and(|data| data.len() >= view::LONG_BYTES)
    }

    /// The content from its end to its middle in the same surroundings, where it is worth a thread of its own.
    pub(super) fn second_half(&self) -> Option<Self> {
        let mut files = self.files.clone();
        files.insert(file_id(DATA).ok()?, self.from_the_end.clone()?);
        Some(Self { ground: self.ground, main: self.main, files, from_the_end: None })
    }

    /// The same in another layout, for tests that break it on purpose.
    #[cfg(test)]
    pub(super) fn in_layout(mut self, layout: &str) -> Result<Self, WriteError> {
        self.main = Box::leak(Box::new(Source::new(file_id("/broken.typ")?, layout.to_owned())));
        Ok(self)
    }

    /// Gathers the data of words on preprinted sheets.
    pub(super) fn of_certificates(sheets: &[Certificate], title: &str, author: &str) -> Result<Self, WriteError> {
        let data = view::certificates(sheets, title, author).map_err(|error| WriteError::new("PDF", error))?;
        let ground = ground()?;
        let files = HashMap::from([(file_id(DATA)?, Bytes::new(data))]);
        Ok(Self { ground, main: &ground.certificate, files, from_the_end: None })
    }

    /// Gathers the data of badges with the pictures of their codes, by path.
    pub(super) fn of_badges(data: Vec<u8>, pictures: HashMap<String, Bytes>) -> Result<Self, WriteError> {
        let mut files = HashMap::from([(file_id(DATA)?, Bytes::new(data))]);
        for (path, picture) in pictures {
            files.insert(file_id(&path)?, picture);
        }
        let ground = ground()?;
        Ok(Self { ground, main: &ground.badge, files, from_the_end: None })
    }
}

/// Where a layout finds its data.
const DATA: &str = "/document.json";

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.ground.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.ground.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::faces().get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}
