//! Numbers of headings: Phần I, I., 1., a) in the order of Decree 30/2020/NĐ-CP, annex I, II.6.đ.

use serde::{Deserialize, Serialize};

use crate::vietnamese::roman;

/// The rank of a heading, from the greatest down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadingRank {
    /// `Phần I`, title below in capitals.
    Part,
    /// `Chương I`, title below in capitals.
    Chapter,
    /// `Mục 1`, title below in capitals.
    Section,
    /// `Tiểu mục 1`, title below in capitals.
    Subsection,
    /// `I. TITLE` on one line: a section of a text that is divided into parts and sections.
    Roman,
    /// `Điều 1.` with its title. Articles are counted through the whole text.
    Article,
    /// `1.` (khoản).
    Clause,
    /// `a)` in the order of the Vietnamese alphabet (điểm).
    Point,
}

impl HeadingRank {
    const ALL: [HeadingRank; 8] = [
        Self::Part,
        Self::Chapter,
        Self::Section,
        Self::Subsection,
        Self::Roman,
        Self::Article,
        Self::Clause,
        Self::Point,
    ];

    /// Whether the label stands on a line of its own, centred, above the title.
    pub fn is_stacked(self) -> bool {
        self <= Self::Subsection
    }

    /// Whether the title is printed in capitals.
    pub fn is_upper_case(self) -> bool {
        self <= Self::Roman
    }

    fn label(self, number: u32) -> String {
        match self {
            Self::Part => format!("Phần {}", roman(number)),
            Self::Chapter => format!("Chương {}", roman(number)),
            Self::Section => format!("Mục {number}"),
            Self::Subsection => format!("Tiểu mục {number}"),
            Self::Roman => format!("{}.", roman(number)),
            Self::Article => format!("Điều {number}."),
            Self::Clause => format!("{number}."),
            Self::Point => format!("{})", point_letter(number)),
        }
    }
}

/// Letters of points. The alphabet's letters with a hat, a breve or a horn (ă â ê ô ơ ư) are not used for points.
const POINT_LETTERS: [&str; 23] =
    ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

/// The letter of the n-th point, from 1; after `y` the letters begin again with a number (`a1`, `b1` …).
pub fn point_letter(number: u32) -> String {
    let at = number.saturating_sub(1) as usize;
    let letter = POINT_LETTERS[at % POINT_LETTERS.len()];
    match at / POINT_LETTERS.len() {
        0 => letter.to_owned(),
        round => format!("{letter}{round}"),
    }
}

/// Counts headings through a text. Every writer walks the blocks with one of these, so the numbers agree.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    counts: [u32; HeadingRank::ALL.len()],
}

impl Numbering {
    /// The label of the next heading of this rank. Lower ranks begin again; articles never do.
    pub fn label(&mut self, rank: HeadingRank) -> String {
        self.counts[rank as usize] += 1;
        for lower in HeadingRank::ALL {
            if lower > rank && lower != HeadingRank::Article {
                self.counts[lower as usize] = 0;
            }
        }
        rank.label(self.counts[rank as usize])
    }
}
