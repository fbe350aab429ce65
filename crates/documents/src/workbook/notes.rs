//! Comments of a sheet in the two parts that spreadsheets expect: the texts, and the boxes that show them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::address::a1;

const AUTHOR: &str = "tongket";
const EMPTY_COMMENTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <authors></authors><commentList></commentList></comments>";
const EMPTY_BOXES: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
    <o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>";

/// Texts of the notes by row and column, both from 0.
pub(super) type Notes = BTreeMap<(u32, u32), String>;

/// Adds notes to the comments part, or to an empty one; a cell that has a comment keeps it, with the note after it.
/// `None` where the existing part is not as expected.
pub(super) fn comments(existing: Option<&str>, notes: &Notes) -> Option<String> {
    let mut xml = existing.unwrap_or(EMPTY_COMMENTS).replacen("<authors/>", "<authors></authors>", 1);
    xml = xml.replacen("<commentList/>", "<commentList></commentList>", 1);
    let author = xml.matches("<author>").count() + xml.matches("<author/>").count();
    insert_before(&mut xml, "</authors>", &format!("<author>{AUTHOR}</author>"))?;
    for ((row, column), text) in notes {
        let reference = a1(*row, *column);
        let start = xml.find(&format!(" ref=\"{reference}\""));
        let end = start.and_then(|start| Some(start + xml.get(start..)?.find("</text>")?));
        match end {
            Some(at) => xml.insert_str(at, &run(&format!("\n{text}"))),
            None => {
                let text = run(text);
                let comment =
                    format!("<comment ref=\"{reference}\" authorId=\"{author}\"><text>{text}</text></comment>");
                insert_before(&mut xml, "</commentList>", &comment)?;
            }
        }
    }
    Some(xml)
}

fn run(text: &str) -> String {
    format!(
        "<r><rPr><sz val=\"10\"/><color rgb=\"FFB3261E\"/><rFont val=\"Times New Roman\"/></rPr>\
         <t xml:space=\"preserve\">{}</t></r>",
        escape(text)
    )
}

/// Adds a hidden box per note to the drawing part, or to an empty one; a cell that has a box keeps it.
pub(super) fn boxes(existing: Option<&str>, notes: &Notes) -> Option<String> {
    let mut xml = existing.unwrap_or(EMPTY_BOXES).to_owned();
    let mut shapes = String::from(
        "<v:shapetype id=\"_tongket_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
         path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
         <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
    );
    for (number, ((row, column), text)) in notes.iter().enumerate() {
        let place = format!("<x:Row>{row}</x:Row><x:Column>{column}</x:Column>");
        if xml.split_whitespace().collect::<String>().contains(&place) {
            continue;
        }
        let lines = u32::try_from(text.chars().count() / 38 + text.lines().count()).unwrap_or(4);
        // Writing to a string cannot fail.
        let _ = write!(
            shapes,
            "<v:shape id=\"_x0000_s{}\" type=\"#_tongket_t202\" style=\"position:absolute;visibility:hidden\" \
             fillcolor=\"#fff4ce\" o:insetmode=\"auto\"><v:fill color2=\"#fff4ce\"/>\
             <v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{}, 15, {}, 2, {}, 15, {}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>{place}\
             </x:ClientData></v:shape>",
            20_000 + number,
            column + 1,
            row.saturating_sub(1),
            column + 5,
            row + lines.clamp(2, 12),
        );
    }
    insert_before(&mut xml, "</xml>", &shapes)?;
    Some(xml)
}

/// Puts text before the last occurrence of a mark.
pub(super) fn insert_before(xml: &mut String, mark: &str, text: &str) -> Option<()> {
    let at = xml.rfind(mark)?;
    xml.insert_str(at, text);
    Some(())
}
