//! The draft of what the conference is to agree on: the year's results, the targets by level, the measures that serve them.
//! The order and the words are a default; the office edits them before they are sent for comment or read out.

use super::Conference;

impl Conference {
    /// The draft, a line for each point. Nothing where neither targets nor measures are drafted.
    pub fn draft_resolution(&self) -> Vec<String> {
        if self.records.targets.is_empty() && self.records.measures.is_empty() {
            return Vec::new();
        }
        let ended = |text: &str| text.trim().trim_end_matches(['.', ';']).to_owned();
        let mut lines = Vec::new();
        if let Some(year) = self.head.review_year {
            lines.push(format!("Thống nhất đánh giá kết quả thực hiện nhiệm vụ năm học {year}."));
        }
        let next = self.head.next_year.map_or_else(String::new, |year| format!(" năm học {year}"));
        let mut targets: Vec<_> = self.records.targets.iter().collect();
        targets.sort_by_key(|(id, target)| (target.level, *id));
        for (id, target) in targets {
            let of = target.level.map_or_else(String::new, |level| format!(" ({})", level.label().0));
            lines.push(format!("Chỉ tiêu{next}{of}: {}.", ended(&target.text)));
            let serving = self.records.measures.iter().filter(|(_, measure)| measure.target == Some(id));
            lines.extend(serving.map(|(_, measure)| format!("Giải pháp: {}.", ended(&measure.text))));
        }
        let free = self.records.measures.iter().filter(|(_, measure)| measure.target.is_none());
        lines.extend(free.map(|(_, measure)| format!("Giải pháp{next}: {}.", ended(&measure.text))));
        lines
    }
}
