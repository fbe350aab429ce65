//! Rules of the hall that the office sets; what is not set does not bind.

use serde::{Deserialize, Serialize};

use crate::Reason;

/// A topic of the discussion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// So many speakers at most.
    pub speaker_count_max: Option<u32>,
}

/// The rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// How long one may speak, in seconds.
    pub speech_seconds_max: Option<u32>,
    /// How often one unit may speak.
    pub speech_count_per_unit_max: Option<u32>,
    /// Topics of the discussion; any topic where none is named.
    pub topics: Vec<Topic>,
    /// Share of those entitled who must be present, in percent. No law sets one for such a conference: off by default.
    pub quorum_percent: Option<u8>,
    /// Share of those present that carries, in percent; off by default.
    pub majority_percent: Option<u8>,
}

impl Rules {
    /// The topic with this name.
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.name == name)
    }

    pub(super) fn faults(&self) -> Vec<Reason> {
        let percents = [("quorum_percent", self.quorum_percent), ("majority_percent", self.majority_percent)];
        let mut reasons: Vec<Reason> = percents
            .into_iter()
            .filter(|(_, percent)| percent.is_some_and(|percent| !(1..=100).contains(&percent)))
            .map(|(field, _)| Reason::new("percent", "Tỉ lệ phải từ 1 đến 100 %.").at(field))
            .collect();
        if self.speech_seconds_max == Some(0) {
            let message = "Thời gian phát biểu phải lớn hơn 0, hoặc để trống.";
            reasons.push(Reason::new("speech_seconds", message).at("speech_seconds_max"));
        }
        for (place, topic) in self.topics.iter().enumerate() {
            if topic.name.trim().is_empty() || self.topics[..place].iter().any(|other| other.name == topic.name) {
                let message = format!("Chủ đề thứ {} trống hoặc trùng tên.", place + 1);
                reasons.push(Reason::new("topic", message).at("topics"));
            }
        }
        reasons
    }
}
