//! A part of a package as a tree, within limits.

use domain::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element. Names keep their prefix (`w:p`), as every writer of .docx spells them.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// Its own words, where it has any.
    pub(super) text: String,
}

/// How much a part may hold.
const NODES_MAX: usize = 600_000;

/// How deep elements may stand in one another.
const DEPTH_MAX: usize = 200;

impl Node {
    /// Reads a part.
    pub(super) fn parse(xml: &str) -> Result<Self, Refusal> {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        let mut count = 0_usize;
        loop {
            match reader.read_event().map_err(|error| damaged(&error))? {
                Event::Start(start) => open.push(element(&start)),
                Event::Empty(start) => adopt(&mut open, element(&start)),
                Event::End(_) => {
                    let Some(done) = open.pop() else { break };
                    adopt(&mut open, done);
                }
                Event::Text(words) => say(&mut open, words.as_ref()),
                Event::CData(words) => say(&mut open, words.as_ref()),
                Event::GeneralRef(entity) => say(&mut open, &resolved(entity.as_ref())),
                Event::DocType(_) => return Err(damaged(&"DOCTYPE")),
                Event::Eof => break,
                _ => {}
            }
            count += 1;
            if count > NODES_MAX || open.len() > DEPTH_MAX {
                return Err(super::too_large("Văn bản có quá nhiều phần tử. Hãy tách tệp rồi nộp lại."));
            }
        }
        match (open.len(), open.pop()) {
            (1, Some(root)) => Ok(root),
            _ => Err(damaged(&"XML chưa kết thúc")),
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The `w:val` of a child.
    pub(super) fn value(&self, child: &str) -> Option<&str> {
        self.child(child)?.attribute("w:val")
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of this name at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// A switch: present without `w:val`, or with one that is not off; `None` where it is not set.
    pub(super) fn switch(&self, child: &str) -> Option<bool> {
        let value = self.child(child)?.attribute("w:val").unwrap_or("1");
        Some(!matches!(value, "0" | "false" | "off" | "none"))
    }
}

fn damaged(error: &impl std::fmt::Display) -> Refusal {
    super::damaged(&format!("nội dung XML sai: {error}"))
}

fn element(start: &BytesStart<'_>) -> Node {
    let name: &str = start.name().0;
    let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let key: &str = attribute.key.as_ref();
        let raw: &str = attribute.value.as_ref();
        Some((key.to_owned(), quick_xml::escape::unescape(raw).ok()?.into_owned()))
    };
    let attributes = start.attributes().flatten().filter_map(pair).collect();
    Node { name: name.to_owned(), attributes, ..Node::default() }
}

fn adopt(open: &mut [Node], child: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn say(open: &mut [Node], words: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

fn resolved(entity: &str) -> String {
    let number = entity.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    });
    match number {
        Some(Ok(number)) => char::from_u32(number).map(String::from).unwrap_or_default(),
        Some(Err(_)) => String::new(),
        None => quick_xml::escape::resolve_predefined_entity(entity).unwrap_or_default().to_owned(),
    }
}
