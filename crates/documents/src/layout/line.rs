//! A paragraph with its words made comparable.

use domain::vietnamese::fold;

use crate::inspect::{Align, Paragraph};

/// A paragraph with its words made comparable.
pub(super) struct Line<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) is_blank: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(paragraph: &'a Paragraph) -> Self {
        let text = paragraph.text().trim().to_owned();
        Self { paragraph, folded: fold(&text), is_blank: paragraph.is_blank(), text }
    }

    pub(super) fn is_upper(&self) -> bool {
        self.text.chars().any(char::is_alphabetic) && self.text == self.text.to_uppercase()
    }

    pub(super) fn is_bold(&self) -> bool {
        self.paragraph.visible().all(|span| span.bold)
    }

    pub(super) fn is_italic(&self) -> bool {
        self.paragraph.visible().all(|span| span.italic)
    }

    /// Whether it may be centred: a line as wide as the page looks the same either way.
    pub(super) fn is_centred(&self) -> bool {
        matches!(self.paragraph.align, None | Some(Align::Centre))
    }

    pub(super) fn size_pt(&self) -> f64 {
        self.paragraph.visible().next().map_or(0.0, |span| span.size_pt)
    }

    /// `Điều 1` at the start of a bold span: a mention in a sentence is not a heading.
    pub(super) fn is_article(&self) -> bool {
        let is_first_bold = self.paragraph.visible().next().is_some_and(|span| span.bold);
        let number = self.folded["dieu ".len()..].split_whitespace().next().unwrap_or_default();
        is_first_bold || number.ends_with('.') || number.ends_with(':')
    }
}
