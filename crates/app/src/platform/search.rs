//! Full-text search, with or without accents: an index on disk that can be thrown away and made again at any time.
//!
//! Every text is kept in two fields: folded (no accents, đ as d, one spelling) so that `bep an` finds `bếp ăn`, and exact,
//! which lifts what was typed with its accents above what merely folds to the same. The index carries a mark of how much
//! of the database it has seen, so that whoever searches can bring it up to date first.

use std::path::Path;

use domain::vietnamese::{fold, normalise};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    directory::MmapDirectory,
    query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT, Value},
};

use super::{Error, Result};

#[cfg(test)]
mod tests;

/// A text to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key; a later entry of the same key takes its place.
    pub key: String,
    /// Its name, which counts more than its body.
    pub title: String,
    /// Its words.
    pub body: String,
}

/// What has changed since the index was last written.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// Everything: these are all the texts.
    All(&'a [Entry]),
    /// The texts with these keys; those of them that still are.
    Some(&'a [String], &'a [Entry]),
}

/// An index in a folder.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
struct Fields {
    key: Field,
    title: Field,
    folded: Field,
    exact: Field,
}

/// Memory for writing, in bytes: the least that the library takes.
const WRITER_BYTES: usize = 15_000_000;

/// Words of a question that are looked at.
const WORD_COUNT_MAX: usize = 16;

impl Index {
    /// Opens the index in this folder; one that is damaged or of an older make is made anew, empty.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Self::open_existing(folder).or_else(|fault| {
            tracing::warn!(%fault, "search index is made anew");
            std::fs::remove_dir_all(folder)?;
            std::fs::create_dir_all(folder)?;
            Self::open_existing(folder).map_err(Error::inside)
        })
    }

    fn open_existing(folder: &Path) -> Result<Self, TantivyError> {
        let mut schema = Schema::builder();
        let fields = Fields {
            key: schema.add_text_field("key", STRING | STORED),
            title: schema.add_text_field("title", TEXT),
            folded: schema.add_text_field("folded", TEXT),
            exact: schema.add_text_field("exact", TEXT),
        };
        let index = tantivy::Index::open_or_create(MmapDirectory::open(folder)?, schema.build())?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields })
    }

    /// The mark that was left with the last change; none in a new index.
    pub fn seen(&self) -> Option<i64> {
        self.index.load_metas().ok()?.payload?.parse().ok()
    }

    /// Takes a change in and leaves a mark. Where another process is writing, nothing happens and the mark stays behind,
    /// so that the change is taken in next time.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn write(&self, change: Change<'_>, mark: i64) -> Result<()> {
        let mut writer: IndexWriter = match self.index.writer_with_num_threads(1, WRITER_BYTES) {
            Ok(writer) => writer,
            Err(TantivyError::LockFailure(..)) => return Ok(()),
            Err(fault) => return Err(Error::inside(fault)),
        };
        self.fill(&mut writer, change, mark).map_err(Error::inside)
    }

    fn fill(&self, writer: &mut IndexWriter, change: Change<'_>, mark: i64) -> Result<(), TantivyError> {
        let entries = match change {
            Change::All(entries) => {
                writer.delete_all_documents()?;
                entries
            }
            Change::Some(keys, entries) => {
                for key in keys {
                    writer.delete_term(Term::from_field_text(self.fields.key, key));
                }
                entries
            }
        };
        for entry in entries {
            let whole = format!("{}\n{}", entry.title, entry.body);
            let mut document = TantivyDocument::default();
            document.add_text(self.fields.key, &entry.key);
            document.add_text(self.fields.title, fold(&entry.title));
            document.add_text(self.fields.folded, fold(&whole));
            document.add_text(self.fields.exact, normalise(&whole).to_lowercase());
            writer.add_document(document)?;
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&mark.to_string());
        commit.commit()?;
        self.reader.reload()
    }

    /// The keys of the texts that hold every word of the question, best first; equals in the order of their keys.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn find(&self, question: &str, count_max: usize) -> Result<Vec<String>> {
        let folded = words(&fold(question));
        if folded.is_empty() || count_max == 0 {
            return Ok(Vec::new());
        }
        let query = self.query(&folded, &words(&normalise(question).to_lowercase()));
        // Another process may have written since.
        self.reader.reload().map_err(Error::inside)?;
        let searcher = self.reader.searcher();
        let hits = searcher.search(&query, &TopDocs::with_limit(count_max).order_by_score()).map_err(Error::inside)?;
        let mut found = Vec::with_capacity(hits.len());
        for (score, address) in hits {
            let document: TantivyDocument = searcher.doc(address).map_err(Error::inside)?;
            let key = document.get_first(self.fields.key).and_then(|value| value.as_str().map(str::to_owned));
            found.extend(key.map(|key| (score, key)));
        }
        found.sort_by(|(left, one), (right, other)| right.total_cmp(left).then_with(|| one.cmp(other)));
        Ok(found.into_iter().map(|(_, key)| key).collect())
    }

    /// Every folded word must be there; words in the title, words with their accents and words side by side lift a text.
    fn query(&self, folded: &[String], exact: &[String]) -> BooleanQuery {
        let term = |field: Field, word: &String| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
        };
        let lifted =
            |query: Box<dyn Query>, by: f32| (Occur::Should, Box::new(BoostQuery::new(query, by)) as Box<dyn Query>);
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in folded {
            parts.push((Occur::Must, term(self.fields.folded, word)));
            parts.push(lifted(term(self.fields.title, word), 3.0));
        }
        parts.extend(exact.iter().map(|word| lifted(term(self.fields.exact, word), 2.0)));
        for (field, words, by) in [(self.fields.folded, folded, 4.0), (self.fields.exact, exact, 4.0)] {
            if words.len() > 1 {
                let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
                parts.push(lifted(Box::new(PhraseQuery::new(terms)), by));
            }
        }
        BooleanQuery::new(parts)
    }
}

/// A text cut as the index cuts it.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORD_COUNT_MAX).map(str::to_owned).collect()
}
