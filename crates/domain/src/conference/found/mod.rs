//! An article that was published elsewhere, as it was found: what its lines say, unwrapped, and its own text untouched.
//!
//! Nothing is taken to be there: a text without headline, day, views or writer gives an article without them.

mod lines;
mod slips;

#[cfg(test)]
mod tests;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::vietnamese::{fold, normalise, parse_date};

pub use slips::{Slip, SlipWord, SlipWords};

/// The longest line that may be a caption, in characters.
const CAPTION_LENGTH_MAX: usize = 200;

/// The longest line that may name the writer, in characters.
const BYLINE_LENGTH_MAX: usize = 80;

/// A piece of the text, in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph, its lines joined.
    Paragraph {
        /// The words.
        text: String,
    },
    /// A place where a picture was: its caption is left, the picture is lost.
    Picture {
        /// The caption.
        caption: String,
        /// Whether it stood glued to the end of a paragraph, so that somebody should look whether it is one.
        is_glued: bool,
    },
}

impl Block {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Self::Paragraph { text } => text,
            Self::Picture { caption, .. } => caption,
        }
    }

    fn text_mut(&mut self) -> &mut String {
        match self {
            Self::Paragraph { text } => text,
            Self::Picture { caption, .. } => caption,
        }
    }
}

/// An article as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FoundArticle {
    /// The text as it was found, to the letter.
    pub original: String,
    /// The way to it on the page where it stood, outermost first.
    pub breadcrumb: Vec<String>,
    /// The headline.
    pub title: String,
    /// The day on which it was posted there.
    pub published_on: Option<Date>,
    /// The time of that day, in Vietnam.
    pub published_at: Option<Time>,
    /// How often it had been read there when it was found.
    pub view_count: Option<u32>,
    /// Its pieces in their order.
    pub blocks: Vec<Block>,
    /// Who wrote it.
    pub byline: String,
    /// The writer's office.
    pub byline_unit: String,
    /// How many lines its sentences were broken over.
    pub joined_lines: usize,
    /// Slips of writing, each with what it is likely to mean; the text keeps them until somebody mends them.
    pub slips: Vec<Slip>,
}

impl FoundArticle {
    /// Reads a text. `words` are the slips that are known by their words.
    pub fn read(text: &str, words: &SlipWords) -> Self {
        let mut found = Self { original: text.to_owned(), ..Self::default() };
        let all: Vec<&str> = text.lines().collect();
        let body = found.read_head(&all);
        for (lines, text) in lines::paragraphs(body) {
            found.joined_lines += lines - 1;
            found.add(text, lines == 1);
        }
        found.take_byline();
        found.slips = found.blocks.iter().enumerate().flat_map(|(at, block)| words.slips(at, block.text())).collect();
        found
    }

    /// The innermost step of the way to it.
    pub fn category(&self) -> &str {
        // The first step is the home page: alone it is no category.
        self.breadcrumb.get(1..).and_then(<[String]>::last).map_or("", String::as_str)
    }

    /// How many days after the event it was posted.
    pub fn days_after(&self, held_on: Date) -> Option<i32> {
        self.published_on?.since(held_on).ok().map(|span| span.get_days())
    }

    /// Puts what a slip is likely to mean in its place; tells whether it was there. The original stays as it was found.
    pub fn mend(&mut self, place: usize) -> bool {
        let Some(slip) = self.slips.get_mut(place).filter(|slip| !slip.is_mended) else { return false };
        let Some(block) = self.blocks.get_mut(slip.block) else { return false };
        let text = block.text_mut();
        let is_there = text.contains(&slip.found);
        *text = text.replacen(&slip.found, &slip.offered, 1);
        slip.is_mended = is_there;
        is_there
    }

    /// Reads way, headline and the line with day, time and views; gives the lines after it.
    fn read_head<'a, 'b>(&mut self, all: &'b [&'a str]) -> &'b [&'a str] {
        let Some(place) = all.iter().position(|line| self.read_posted(line)) else { return all };
        let mut before: Vec<String> =
            all[..place].iter().map(|line| normalise(line)).filter(|line| !line.is_empty()).collect();
        self.title = before.pop().unwrap_or_default();
        self.breadcrumb = before;
        &all[place + 1..]
    }

    /// `Ngày đăng 08/09/2017 | 09:31 | Lượt xem: 4627`.
    fn read_posted(&mut self, line: &str) -> bool {
        let folded = fold(line);
        let Some(rest) = folded.strip_prefix("ngay dang") else { return false };
        for part in rest.split('|').map(|part| part.trim_matches([' ', ':'])) {
            let views =
                part.strip_prefix("luot xem").map(|views| views.trim_matches([' ', ':']).replace(['.', ' '], ""));
            if let Some(views) = views {
                self.view_count = views.parse().ok();
            } else if let Some(day) = parse_date(part) {
                self.published_on = Some(day);
            } else if let Some((hour, minute)) = part.split_once([':', 'h']) {
                let read = |text: &str| text.trim().parse::<i8>().ok();
                let time = read(hour).zip(read(minute)).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
                self.published_at = self.published_at.or(time);
            }
        }
        self.published_on.is_some()
    }

    /// A line of its own without a full stop is a caption; so is one glued to the end of a paragraph.
    fn add(&mut self, text: String, is_one_line: bool) {
        let is_open = |text: &str| !text.ends_with(['.', '!', '?', '…', ':', ';', '»', '"']);
        let has_head = self.published_on.is_some();
        if has_head && is_one_line && is_open(&text) && text.chars().count() <= CAPTION_LENGTH_MAX {
            self.blocks.push(Block::Picture { caption: text, is_glued: false });
            return;
        }
        match lines::glued(&text).filter(|(_, caption)| is_open(caption)) {
            Some((text, caption)) => {
                self.blocks.push(Block::Paragraph { text });
                self.blocks.push(Block::Picture { caption, is_glued: true });
            }
            None => self.blocks.push(Block::Paragraph { text }),
        }
    }

    /// The last line names the writer where it is short, has no full stop and begins with a name: `Nguyễn Thị Thu Hương -
    /// Phòng GD&ĐT`.
    fn take_byline(&mut self) {
        let Some(Block::Picture { caption, is_glued: false }) = self.blocks.last() else { return };
        let (name, unit) = match caption.split_once([' ', '\t']).and_then(|_| caption.split_once(" - ")) {
            Some((name, unit)) => (name.trim(), unit.trim()),
            None => (caption.as_str(), ""),
        };
        let is_name = (2..=6).contains(&name.split(' ').count())
            && name.split(' ').all(|syllable| syllable.starts_with(char::is_uppercase));
        if is_name && caption.chars().count() <= BYLINE_LENGTH_MAX {
            (self.byline, self.byline_unit) = (name.to_owned(), unit.to_owned());
            self.blocks.pop();
        }
    }
}
