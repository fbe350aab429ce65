//! The parts of a .docx, measured before they are read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use domain::Refusal;
use zip::ZipArchive;

use super::super::xml::Node;
use super::super::{UNPACKED_BYTES_MAX, bomb, damaged, encrypted, too_large};

/// The most parts of an honest package.
const PARTS_MAX: usize = 2_000;

/// The largest part of text, in bytes.
const PART_BYTES_MAX: u64 = 48 << 20;

/// Unpacked over packed size, looked at once more than 16 MiB come out.
const RATIO_MAX: u64 = 200;

const RATIO_FROM_BYTES: u64 = 16 << 20;

/// The parts that tell words and look, by name.
pub(super) struct Package {
    parts: BTreeMap<String, Node>,
}

impl Package {
    /// Unpacks what is needed and refuses what no office needs to send.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        let names = names(&mut archive, bytes.len() as u64)?;
        let mut package = Self { parts: BTreeMap::new() };
        let mut unpacked = 0_u64;
        for (at, name) in names.iter().enumerate().filter(|(_, name)| is_needed(name)) {
            let mut text = String::new();
            let entry = archive.by_index(at).map_err(|error| damaged(&error.to_string()))?;
            entry.take(PART_BYTES_MAX + 1).read_to_string(&mut text).map_err(|error| damaged(&error.to_string()))?;
            unpacked += text.len() as u64;
            if text.len() as u64 > PART_BYTES_MAX || unpacked > UNPACKED_BYTES_MAX as u64 {
                return Err(too_large("Nội dung văn bản quá lớn. Hãy tách tệp rồi nộp lại."));
            }
            refuse_content(name, &text)?;
            package.parts.insert(name.clone(), Node::parse(&text)?);
        }
        match package.parts.contains_key("word/document.xml") {
            true => Ok(package),
            false => Err(Refusal::one(
                "unknown_format",
                "Tệp nén này không phải văn bản .docx. Mở bằng Word, chọn Lưu thành .docx rồi nộp lại.",
            )),
        }
    }

    /// The root element of a part.
    pub(super) fn root(&self, name: &str) -> Option<&Node> {
        self.parts.get(name)?.children.first()
    }

    /// Identifier and target of the main part's relations.
    pub(super) fn relations(&self) -> BTreeMap<&str, String> {
        let Some(root) = self.root("word/_rels/document.xml.rels") else { return BTreeMap::new() };
        let target = |relation: &Node| {
            let target = relation.attribute("Target")?;
            Some(target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned))
        };
        root.children.iter().filter_map(|relation| Some((relation.attribute("Id")?, target(relation)?))).collect()
    }
}

/// Reads the table of contents and refuses by it alone.
fn names(archive: &mut ZipArchive<Cursor<&[u8]>>, packed: u64) -> Result<Vec<String>, Refusal> {
    if archive.len() > PARTS_MAX {
        return Err(bomb());
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut declared = 0_u64;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|error| damaged(&error.to_string()))?;
        if entry.encrypted() {
            return Err(encrypted("Trong Word: Tệp > Thông tin > Bảo vệ tài liệu, xóa mật khẩu"));
        }
        declared = declared.saturating_add(entry.size());
        let name = entry.name().map_err(|error| damaged(&error.to_string()))?.into_owned();
        if name.to_ascii_lowercase().ends_with("vbaproject.bin") {
            return Err(macros());
        }
        names.push(name);
    }
    match declared > RATIO_FROM_BYTES && declared / packed.max(1) > RATIO_MAX {
        true => Err(bomb()),
        false => Ok(names),
    }
}

fn is_needed(name: &str) -> bool {
    const NEEDED: [&str; 7] = [
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/settings.xml.rels",
        "word/styles.xml",
        "word/numbering.xml",
        "word/settings.xml",
    ];
    let is_numbered = |stem: &str| {
        name.strip_prefix("word/")
            .is_some_and(|file| file.ends_with(".xml") && file.contains(stem) && !file.contains('/'))
    };
    NEEDED.contains(&name)
        || is_numbered("header")
        || is_numbered("footer")
        || (name.starts_with("word/theme/") && name.ends_with(".xml"))
}

fn macros() -> Refusal {
    Refusal::one(
        "has_macros",
        "Tệp chứa macro nên bị từ chối. Mở bằng Word, chọn Lưu thành «Word Document (.docx)» rồi nộp lại.",
    )
}

/// Macros by their type, and relations that would fetch something from elsewhere; a plain hyperlink fetches nothing.
fn refuse_content(name: &str, text: &str) -> Result<(), Refusal> {
    if name == "[Content_Types].xml" && text.contains("macroEnabled") {
        return Err(macros());
    }
    if !name.ends_with(".rels") {
        return Ok(());
    }
    let relations = Node::parse(text)?;
    let outside = relations.children.iter().flat_map(|root| &root.children).find(|relation| {
        relation.attribute("TargetMode") == Some("External")
            && !relation.attribute("Type").is_some_and(|kind| kind.ends_with("/hyperlink"))
    });
    match outside {
        Some(relation) => Err(Refusal::one(
            "external_links",
            format!(
                "Tệp nối tới nội dung bên ngoài («{}») nên bị từ chối. Trong Word: chép nội dung vào văn bản mới \
                 hoặc ngắt liên kết (Tệp > Thông tin > Sửa liên kết tới tệp) rồi nộp lại.",
                relation.attribute("Target").unwrap_or_default()
            ),
        )),
        None => Ok(()),
    }
}
