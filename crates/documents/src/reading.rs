//! Reading our own files back, in tests: the words of a .docx and of a laid-out PDF, without layout.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Read};
use std::path::Path;

use domain::figures::pack::{self, PackFile};
use domain::reports::Document;
use domain::reports::summary::sample::{InventedFigures, facts, schools};
use domain::reports::summary::{self, SummaryPlan};
use quick_xml::events::Event;
use typst::layout::{Frame, FrameItem, Point};

/// Text without any blank: outputs break lines where they like.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What every output of a document must hold.
pub(crate) fn expected(document: &Document) -> String {
    squeezed(&document.lines().concat())
}

/// The full report of the invented ward, by the shipped plan and catalogue.
pub(crate) fn full_report() -> Document {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files: Vec<(String, String)> = Vec::new();
    for folder in ["", "elements", "forms", "indicators", "checks"] {
        for entry in std::fs::read_dir(data.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&data).unwrap().to_string_lossy().into_owned();
            if path.is_file() && pack::belongs(&name) {
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let files: Vec<PackFile<'_>> = files.iter().map(|(name, text)| PackFile { name, text }).collect();
    let catalogue = pack::load(&files).unwrap();
    let plan = std::fs::read_to_string(data.join("reports/bao-cao-tong-ket.toml")).unwrap();
    let figures = InventedFigures::new(&catalogue, &schools());
    summary::write(&facts(&catalogue, &figures), &SummaryPlan::parse(&plan).unwrap())
}

/// One part of a package as text.
pub(crate) fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The words of a .docx in reading order; a dash list's marks are the reader's to draw, so they are added.
pub(crate) fn docx_text(docx: &[u8]) -> String {
    let xml = part(docx, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut text, mut in_words) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => match tag.name().as_ref() {
                "w:t" => in_words = true,
                "w:numPr" => text.push('-'),
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "w:t" => in_words = false,
            Event::Text(words) if in_words => text.push_str(words.as_ref()),
            Event::GeneralRef(entity) if in_words => text.push(match entity.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                other => panic!("{other:?}"),
            }),
            Event::Eof => return squeezed(&text),
            _ => {}
        }
    }
}

/// The words of a laid-out page between its top and bottom margins, pictures left out.
pub(crate) fn frame_text(frame: &Frame, margin_pt: f64, text: &mut String) {
    let height = frame.height().to_pt();
    collect(frame, Point::zero(), &mut |at, words| {
        if at.y.to_pt() > margin_pt && at.y.to_pt() < height - margin_pt {
            text.push_str(words);
        }
    });
}

fn collect(frame: &Frame, origin: Point, take: &mut impl FnMut(Point, &str)) {
    for (position, item) in frame.items() {
        let at = origin + *position;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, take),
            FrameItem::Text(words) => take(at, &words.text),
            _ => {}
        }
    }
}
