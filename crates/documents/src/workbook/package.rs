//! The parts of an .xlsx: found by their relations, replaced one by one, all others copied byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// An .xlsx whose parts are being changed.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    changed: BTreeMap<String, String>,
    part_bytes_max: u64,
}

/// A relation of a part.
pub(super) struct Relation {
    pub(super) id: String,
    /// Last word of the type: `worksheet`, `comments`, `vmlDrawing` …
    pub(super) kind: String,
    /// Name of the part that it points at.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], part_bytes_max: u64) -> Option<Self> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names = (0..zip.len()).map(|at| Some(zip.by_index_raw(at).ok()?.name().ok()?.into_owned()));
        let names = names.collect::<Option<_>>()?;
        Some(Self { zip, names, changed: BTreeMap::new(), part_bytes_max })
    }

    /// The text of a part, as changed so far.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        if let Some(text) = self.changed.get(name) {
            return Some(text.clone());
        }
        let at = self.names.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        let mut bytes = Vec::new();
        self.zip.by_index(at).ok()?.take(self.part_bytes_max).read_to_end(&mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    }

    pub(super) fn set(&mut self, name: &str, text: String) {
        self.changed.insert(name.to_owned(), text);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) || self.changed.contains_key(name)
    }

    /// The relations of a part; none where it has no relations.
    pub(super) fn relations(&mut self, part: &str) -> Vec<Relation> {
        let Some(text) = self.text(&relations_name(part)) else { return Vec::new() };
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        elements(&text, "Relationship")
            .into_iter()
            .filter_map(|element| {
                let kind = element.get("Type")?.rsplit('/').next()?.to_owned();
                Some(Relation {
                    id: element.get("Id")?.clone(),
                    kind,
                    target: resolved(folder, element.get("Target")?),
                })
            })
            .collect()
    }

    /// Adds a relation to a part and returns its identifier.
    pub(super) fn relate(&mut self, part: &str, kind: &str, target: &str) -> Option<String> {
        const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let name = relations_name(part);
        let empty = || format!("<Relationships xmlns=\"{NAMESPACE}\"></Relationships>");
        let mut text = self.text(&name).unwrap_or_else(empty);
        let id = (1_u32..).map(|number| format!("rIdT{number}")).find(|id| !text.contains(id.as_str()))?;
        let relation = format!("<Relationship Id=\"{id}\" Type=\"{KINDS}/{kind}\" Target=\"/{target}\"/>");
        super::notes::insert_before(&mut text, "</Relationships>", &relation)?;
        self.set(&name, text);
        Some(id)
    }

    /// Name of the part with the styles.
    pub(super) fn styles(&mut self) -> Option<String> {
        let book = self.relations("").into_iter().find(|relation| relation.kind == "officeDocument")?.target;
        Some(self.relations(&book).into_iter().find(|relation| relation.kind == "styles")?.target)
    }

    /// Name of each worksheet with that of its part.
    pub(super) fn sheets(&mut self) -> Option<Vec<(String, String)>> {
        let book = self.relations("").into_iter().find(|relation| relation.kind == "officeDocument")?.target;
        let relations = self.relations(&book);
        let text = self.text(&book)?;
        let part = |id: &String| relations.iter().find(|relation| relation.id == *id).map(|r| r.target.clone());
        let sheet = |element: BTreeMap<String, String>| {
            let id = element.iter().find(|(key, _)| key.ends_with(":id")).map(|(_, id)| id)?;
            Some((element.get("name")?.clone(), part(id)?))
        };
        Some(elements(&text, "sheet").into_iter().filter_map(sheet).collect())
    }

    /// The archive with the changed parts; the others are copied as they are packed.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (at, name) in self.names.iter().enumerate() {
            match self.changed.remove(name) {
                Some(text) => write_part(&mut writer, name, &text)?,
                None => writer.raw_copy_file(self.zip.by_index_raw(at).ok()?).ok()?,
            }
        }
        for (name, text) in &self.changed {
            write_part(&mut writer, name, text)?;
        }
        Some(writer.finish().ok()?.into_inner())
    }
}

fn write_part(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> Option<()> {
    writer.start_file(name, SimpleFileOptions::default()).ok()?;
    std::io::Write::write_all(writer, text.as_bytes()).ok()
}

fn relations_name(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// A relation's target as the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The attributes of every element with this local name; what follows a fault in the XML is left out.
fn elements(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) if is_named(&element, name) => {
                found.push(attributes(&element));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

pub(super) fn is_named(element: &BytesStart<'_>, name: &str) -> bool {
    let local = element.local_name();
    let local: &str = local.as_ref();
    local == name
}

pub(super) fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let key: &str = attribute.key.as_ref();
        let raw: &str = attribute.value.as_ref();
        let value = quick_xml::escape::unescape(raw).ok()?.into_owned();
        Some((key.to_owned(), value))
    };
    element.attributes().flatten().filter_map(pair).collect()
}

/// The opening tag, or an element that begins with it, with this attribute set; `name` is without special characters.
pub(super) fn with_attribute(element: &str, name: &str, value: &str) -> String {
    let tag_end = element.find('>').unwrap_or(element.len());
    let begin = format!(" {name}=");
    let old = element[..tag_end].find(&begin).and_then(|start| {
        let from = start + begin.len();
        let quote = element.get(from..)?.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        Some((start, from + 2 + element.get(from + 1..)?.find(quote)?))
    });
    let name_end = element.find([' ', '>', '/', '\n', '\r', '\t']).unwrap_or(element.len());
    let (start, end) = old.unwrap_or((name_end, name_end));
    format!("{} {name}=\"{value}\"{}", &element[..start], &element[end..])
}

/// Puts an element into a worksheet before the first of the elements that must follow it; `None` where the sheet's
/// elements carry a prefix or its XML is at fault.
pub(super) fn insert_into_sheet(xml: &str, element: &str) -> Option<String> {
    const AFTER: [&str; 8] = [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    ];
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_u32;
    loop {
        let at = usize::try_from(reader.buffer_position()).ok()?;
        let place = match reader.read_event().ok()? {
            Event::Start(start) => {
                depth += 1;
                depth == 2 && AFTER.iter().any(|name| is_named(&start, name))
            }
            Event::Empty(start) => depth == 1 && AFTER.iter().any(|name| is_named(&start, name)),
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                depth == 0
            }
            Event::Eof => return None,
            _ => false,
        };
        if place {
            return xml
                .get(at..)?
                .starts_with("</worksheet>")
                .then_some(at)
                .or_else(|| {
                    // A prefix would make our plain element a stranger to the schema.
                    (!xml.get(at..)?.split(['>', ' ', '/']).next()?.contains(':')).then_some(at)
                })
                .map(|at| format!("{}{element}{}", &xml[..at], &xml[at..]));
        }
    }
}
