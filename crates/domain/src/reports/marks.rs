//! Urgency and circulation marks (cells 10b and 11). Secrecy is not among them: a state secret is never written with a
//! system on a shared network.

use serde::{Deserialize, Serialize};

/// How urgent a document is (Decree 30/2020/NĐ-CP, annex I, III.2.b).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// KHẨN.
    Urgent,
    /// THƯỢNG KHẨN.
    VeryUrgent,
    /// HOẢ TỐC.
    Express,
}

/// How far a document may go (annex I, III.2.c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circulation {
    /// XEM XONG TRẢ LẠI.
    ReturnAfterReading,
    /// LƯU HÀNH NỘI BỘ.
    Internal,
}

/// The marks of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Urgency.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// Circulation.
    #[serde(default)]
    pub circulation: Option<Circulation>,
}

/// A mark as printed: words in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The words.
    pub words: &'static str,
    /// Width of the frame in millimetres.
    pub width_mm: u8,
    /// Height of the frame in millimetres.
    pub height_mm: u8,
    /// Whether frame and words are red.
    pub is_red: bool,
}

impl Marks {
    /// The marks in the order of their cells.
    pub fn printed(&self) -> Vec<Mark> {
        const HEIGHT_MM: u8 = 8;
        let urgency = self.urgency.map(|urgency| {
            let (words, width_mm) = match urgency {
                Urgency::Urgent => ("KHẨN", 20),
                Urgency::VeryUrgent => ("THƯỢNG KHẨN", 40),
                Urgency::Express => ("HOẢ TỐC", 30),
            };
            Mark { words, width_mm, height_mm: HEIGHT_MM, is_red: true }
        });
        let circulation = self.circulation.map(|circulation| {
            let (words, width_mm) = match circulation {
                Circulation::ReturnAfterReading => ("XEM XONG TRẢ LẠI", 52),
                Circulation::Internal => ("LƯU HÀNH NỘI BỘ", 52),
            };
            Mark { words, width_mm, height_mm: HEIGHT_MM, is_red: false }
        });
        urgency.into_iter().chain(circulation).collect()
    }
}
