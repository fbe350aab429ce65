//! Files of documents: looked over, kept once under the hash of their content, their words kept beside.

use std::path::PathBuf;

use documents::attachment::{self, Attachment, Kind};

use crate::{
    audit,
    guidance::{
        queries::{self, files},
        store,
    },
    office::Office,
    platform::{Context, Error, Result, Transaction, kept},
};

/// A file as it is handed out.
#[derive(Debug)]
pub struct Stored {
    /// The name under which it came.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Attaches a file to a document; attached a second time, nothing changes. Gives the hash of its content.
///
/// # Errors
/// Every reason of [`attachment::admit`]; `NotFound` for an unknown document.
pub async fn attach(office: &Office, context: &Context, slug: &str, name: &str, bytes: Vec<u8>) -> Result<String> {
    let looked_over = tokio::task::spawn_blocking(move || attachment::admit(&bytes).map(|kept| (kept, bytes)));
    let (attachment, bytes) = looked_over.await.map_err(Error::inside)??;
    let sha256 = kept::hash(&bytes);
    let name = kept::plain_name(name, attachment.kind);
    let mut transaction = office.db().begin().await?;
    let register = queries::load(&mut transaction).await?;
    super::found(&register, slug)?;
    let file = LookedOver { name: &name, sha256: &sha256, bytes: &bytes, attachment: &attachment };
    attach_looked_over(office, &mut transaction, context, slug, &file).await?;
    transaction.commit().await?;
    Ok(sha256)
}

/// A file that may be kept, under the name and hash that it is kept under.
#[derive(Clone, Copy, Debug)]
pub struct LookedOver<'a> {
    /// Its plain name.
    pub name: &'a str,
    /// The hash of its content.
    pub sha256: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// What was found in it.
    pub attachment: &'a Attachment,
}

/// As [`attach`], inside the caller's transaction: the signed file of a paper is also that of its line in the register.
///
/// # Errors
/// Where the file cannot be kept or the database fails.
pub async fn attach_looked_over(
    office: &Office,
    transaction: &mut Transaction,
    context: &Context,
    slug: &str,
    file: &LookedOver<'_>,
) -> Result<()> {
    let LookedOver { name, sha256, bytes, attachment } = *file;
    // Written before the line that names it: a line never points at nothing.
    kept::keep(&path(office, sha256, attachment.kind), bytes)?;
    if store::files::insert(transaction, context, [slug, sha256, name], bytes.len(), attachment).await? {
        audit::write(transaction, context, "guidance.attach", slug, &format!("{name} {sha256}")).await?;
    }
    Ok(())
}

/// Takes a file away from a document; its content goes with the last document that has it.
///
/// # Errors
/// `NotFound` where the document does not have it.
pub async fn detach(office: &Office, context: &Context, slug: &str, sha256: &str) -> Result<()> {
    let known = files::one(office, slug, sha256).await?;
    let (name, media_type) = known.ok_or_else(|| Error::NotFound("tệp này".to_owned()))?;
    let mut transaction = office.db().begin().await?;
    store::files::delete(&mut transaction, slug, sha256).await?;
    let is_last = store::files::holder_count(&mut transaction, sha256).await? == 0;
    audit::write(&mut transaction, context, "guidance.detach", slug, &format!("{name} {sha256}")).await?;
    transaction.commit().await?;
    if let Some(kind) = Kind::of_media_type(&media_type).filter(|_| is_last) {
        let _ = tokio::fs::remove_file(path(office, sha256, kind)).await;
    }
    Ok(())
}

/// A document's file.
///
/// # Errors
/// `NotFound` where the document does not have it; an inside fault where its content was lost or altered.
pub async fn open(office: &Office, slug: &str, sha256: &str) -> Result<Stored> {
    let known = files::one(office, slug, sha256).await?;
    let (name, media_type) = known.ok_or_else(|| Error::NotFound("tệp này".to_owned()))?;
    let kind = Kind::of_media_type(&media_type).ok_or_else(|| Error::inside(format!("media type {media_type}")))?;
    let bytes = kept::read(&path(office, sha256, kind), sha256).await?;
    Ok(Stored { name, kind, bytes })
}

fn path(office: &Office, sha256: &str, kind: Kind) -> PathBuf {
    kept::path(office.folder(), "guidance", sha256, kind)
}
