//! The office's folder as one zip file, and back: what `tongket backup` writes and `tongket restore` reads.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{Db, Error, Result};
use crate::office::Office;

/// The database inside a backup and inside a folder.
const DATABASE: &str = "tongket.sqlite";
/// Uploaded and generated files.
const FILES: &str = "files";
/// The first entry of every backup, so that a stray zip is refused.
const MARK: &str = "tongket-backup.txt";

/// What a backup or a restore did.
#[derive(Debug)]
pub struct Archived {
    /// How many files, the database included.
    pub file_count: usize,
    /// Their bytes, uncompressed.
    pub byte_count: u64,
}

/// Writes a consistent copy of the office into a new zip file while it serves.
///
/// # Errors
/// Refused where the file exists already, or on PostgreSQL.
pub async fn backup(office: &Office, target: &Path) -> Result<Archived> {
    if target.exists() {
        let message = format!("Tệp {} đã có; hãy chọn tên khác để không ghi đè bản sao lưu cũ.", target.display());
        return Err(Error::refused("file_exists", message));
    }
    let copy = office.folder().join(format!(".backup-{}.sqlite", std::process::id()));
    let _ = std::fs::remove_file(&copy);
    office.db().copy_into(&copy).await?;
    let partial = target.with_extension("partial");
    let written = write(office.folder(), &copy, &partial).inspect_err(|_| drop(std::fs::remove_file(&partial)));
    std::fs::remove_file(&copy)?;
    let archived = written?;
    std::fs::rename(&partial, target)?;
    Ok(archived)
}

fn write(folder: &Path, database: &Path, target: &Path) -> Result<Archived> {
    let options = SimpleFileOptions::default().large_file(true);
    let mut zip = ZipWriter::new(File::create(target)?);
    zip.start_file(MARK, options).map_err(Error::inside)?;
    writeln!(zip, "tongket {}", env!("CARGO_PKG_VERSION"))?;
    let mut files = vec![(DATABASE.to_owned(), database.to_owned())];
    list(&folder.join(FILES), FILES, &mut files)?;
    let mut byte_count = 0;
    for (name, path) in &files {
        zip.start_file(name.as_str(), options).map_err(Error::inside)?;
        byte_count += io::copy(&mut File::open(path)?, &mut zip)?;
    }
    zip.finish().map_err(Error::inside)?.sync_all()?;
    Ok(Archived { file_count: files.len(), byte_count })
}

fn list(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let below = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &below, files)?;
        } else {
            files.push((below, entry.path()));
        }
    }
    Ok(())
}

/// Puts a backup into an empty folder, after the database in it was found sound. Nothing is half-restored: the folder
/// appears in one step.
///
/// # Errors
/// Refused where the folder holds an office already, or the file is no sound backup.
pub async fn restore(source: &Path, folder: &Path) -> Result<Archived> {
    if folder.join(DATABASE).exists() {
        let message =
            format!("Thư mục {} đã có dữ liệu; hãy chọn thư mục trống bằng --data để không ghi đè.", folder.display());
        return Err(Error::refused("folder_in_use", message));
    }
    let staging = folder.with_extension("restoring");
    let _ = std::fs::remove_dir_all(&staging);
    let restored = async {
        let archived = read(source, &staging)?;
        let db = Db::open_folder(&staging).await?;
        let fault = db.integrity_fault().await?;
        db.close().await;
        match fault {
            Some(fault) => {
                Err(Error::refused("unsound_backup", format!("Cơ sở dữ liệu trong bản sao lưu bị hỏng: {fault}")))
            }
            None => Ok(archived),
        }
    }
    .await;
    let archived = restored.inspect_err(|_| drop(std::fs::remove_dir_all(&staging)))?;
    if folder.exists() {
        std::fs::remove_dir(folder).map_err(|_| {
            Error::refused("folder_in_use", format!("Thư mục {} không trống; hãy chọn thư mục khác.", folder.display()))
        })?;
    }
    std::fs::rename(&staging, folder)?;
    Ok(archived)
}

fn read(source: &Path, folder: &Path) -> Result<Archived> {
    let unsound = |fault: &dyn std::fmt::Display| {
        let message = format!("Tệp {} không phải là bản sao lưu của tongket hoặc đã hỏng: {fault}", source.display());
        Error::refused("unsound_backup", message)
    };
    let file = File::open(source).map_err(|fault| unsound(&fault))?;
    let mut zip = ZipArchive::new(file).map_err(|fault| unsound(&fault))?;
    zip.by_name(MARK).map_err(|fault| unsound(&fault))?;
    let (mut file_count, mut byte_count) = (0, 0);
    for position in 0..zip.len() {
        let mut entry = zip.by_index(position).map_err(|fault| unsound(&fault))?;
        let Some(name) = entry.enclosed_name().filter(|name| belongs(name)) else { continue };
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        byte_count += io::copy(&mut entry, &mut File::create(path)?).map_err(|fault| unsound(&fault))?;
        file_count += 1;
    }
    Ok(Archived { file_count, byte_count })
}

fn belongs(name: &Path) -> bool {
    name == Path::new(DATABASE) || name.starts_with(FILES)
}

#[cfg(test)]
mod tests;
