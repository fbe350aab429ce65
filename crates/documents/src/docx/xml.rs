//! A tree of XML elements, written in the order in which it was built: the schema's order is the code's order.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// An element without attributes and children.
pub(super) fn element(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new() }
}

/// An element whose only content is its `w:val`.
pub(super) fn value(name: &'static str, value: impl ToString) -> Element {
    element(name).attribute("w:val", value)
}

impl Element {
    pub(super) fn attribute(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    pub(super) fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds words; characters that XML forbids are dropped.
    pub(super) fn text(mut self, text: &str) -> Self {
        let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n');
        self.children.push(Node::Text(text.chars().filter(allowed).collect()));
        self
    }

    /// The whole part with its declaration.
    pub(super) fn into_part(self) -> std::io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(writer)?,
                Node::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}
