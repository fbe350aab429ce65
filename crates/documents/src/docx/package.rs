//! The package: parts, their types, and who refers to whom.

use std::io::{Cursor, Write};

use domain::reports::Document;
use jiff::civil::DateTime;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::page;
use super::picture::Picture;
use super::xml::{Element, element};
use crate::{WriteError, chart, qr};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts of the text beside the main one: name, kind, relationship.
const PARTS: [(&str, &str, &str); 6] = [
    ("styles.xml", "styles", "rIdStyles"),
    ("numbering.xml", "numbering", "rIdNumbering"),
    ("settings.xml", "settings", "rIdSettings"),
    ("header.xml", "header", "rIdHeader"),
    ("first-header.xml", "header", "rIdFirstHeader"),
    ("footer.xml", "footer", "rIdFooter"),
];

/// Writes all parts. Their order and times are fixed, so that one content gives one file.
pub(super) fn write(
    document: &Document,
    text: Element,
    pictures: &[Picture],
    made_at: DateTime,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Markup repeats itself: packed fast it is hardly larger.
    let deflated = SimpleFileOptions::default().compression_level(Some(3));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let language = document.language.tag();
    let code = document.check_url.as_deref().map(Code::draw).transpose()?;
    let parts = [
        ("[Content_Types].xml", content_types(code.is_some()).into_part()?),
        ("_rels/.rels", package_relationships().into_part()?),
        ("docProps/core.xml", core_properties(document, made_at).into_part()?),
        ("word/document.xml", text.into_part()?),
        ("word/_rels/document.xml.rels", text_relationships(pictures, code.is_some()).into_part()?),
        ("word/styles.xml", include_str!("styles.xml").replace("vi-VN", language).into_bytes()),
        ("word/numbering.xml", include_bytes!("numbering.xml").to_vec()),
        ("word/settings.xml", include_str!("settings.xml").replace("vi-VN", language).into_bytes()),
        ("word/header.xml", page::header().into_part()?),
        ("word/first-header.xml", page::first_header().into_part()?),
        ("word/footer.xml", page::footer(&document.notices).into_part()?),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, deflated)?;
        zip.write_all(&bytes)?;
    }
    if let Some(Code { url, png }) = &code {
        zip.start_file(format!("word/{CHECKED_FOOTER}"), deflated)?;
        zip.write_all(&page::checked_footer(&document.notices, url).into_part()?)?;
        zip.start_file(format!("word/_rels/{CHECKED_FOOTER}.rels"), deflated)?;
        zip.write_all(&relationships().child(code_relationship()).into_part()?)?;
        zip.start_file(format!("word/{CODE_PICTURE}"), stored)?;
        zip.write_all(&png.bytes)?;
    }
    for picture in pictures {
        zip.start_file(format!("word/{}", picture.part()), stored)?;
        zip.write_all(&picture.png.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The code by which a reader checks the document, drawn.
struct Code<'a> {
    url: &'a str,
    png: chart::Png,
}

impl<'a> Code<'a> {
    fn draw(url: &'a str) -> Result<Self, WriteError> {
        Ok(Self { url, png: chart::picture_of(&qr::svg(url)?)? })
    }
}

const CHECKED_FOOTER: &str = "checked-footer.xml";
const CODE_PICTURE: &str = "media/check-code.png";

fn code_relationship() -> Element {
    relationship("rIdCode", &format!("{RELATIONSHIPS}/image"), CODE_PICTURE)
}

/// The part that only a document with a code has.
fn checked_footer(has_code: bool) -> Option<(&'static str, &'static str, &'static str)> {
    has_code.then_some((CHECKED_FOOTER, "footer", page::CHECKED_FOOT))
}

fn content_types(has_code: bool) -> Element {
    let default = |extension: &str, kind: &str| {
        element("Default").attribute("Extension", extension).attribute("ContentType", kind)
    };
    let over = |part: &str, kind: &str| element("Override").attribute("PartName", part).attribute("ContentType", kind);
    let main = format!("{WORD_TYPE}.document.main+xml");
    element("Types")
        .attribute("xmlns", format!("{PACKAGE}/content-types"))
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .child(default("png", "image/png"))
        .child(over("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
        .child(over("/word/document.xml", &main))
        .children(
            PARTS
                .into_iter()
                .chain(checked_footer(has_code))
                .map(|(name, kind, _)| over(&format!("/word/{name}"), &format!("{WORD_TYPE}.{kind}+xml"))),
        )
}

fn package_relationships() -> Element {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    relationships()
        .child(relationship("rIdText", &format!("{RELATIONSHIPS}/officeDocument"), "word/document.xml"))
        .child(relationship("rIdCore", &core, "docProps/core.xml"))
}

fn text_relationships(pictures: &[Picture], has_code: bool) -> Element {
    let image = format!("{RELATIONSHIPS}/image");
    relationships()
        .children(
            PARTS
                .into_iter()
                .chain(checked_footer(has_code))
                .map(|(name, kind, id)| relationship(id, &format!("{RELATIONSHIPS}/{kind}"), name)),
        )
        .children(pictures.iter().map(|picture| relationship(&picture.relationship(), &image, &picture.part())))
}

fn relationships() -> Element {
    element("Relationships").attribute("xmlns", format!("{PACKAGE}/relationships"))
}

fn relationship(id: &str, kind: &str, target: &str) -> Element {
    element("Relationship").attribute("Id", id).attribute("Type", kind).attribute("Target", target)
}

fn core_properties(document: &Document, made_at: DateTime) -> Element {
    let made = format!("{}+07:00", made_at.strftime("%Y-%m-%dT%H:%M:%S"));
    let moment = |name| element(name).attribute("xsi:type", "dcterms:W3CDTF").text(&made);
    element("cp:coreProperties")
        .attribute("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attribute("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(element("dc:title").text(&document.full_title()))
        .child(element("dc:creator").text(&document.issuer.name))
        .child(moment("dcterms:created"))
        .child(moment("dcterms:modified"))
        .child(element("dc:language").text(document.language.tag()))
}
