//! The script of the master of ceremonies (kịch bản điều hành), written from the programme, the list, the run sheet of
//! awards and the draft targets. The words of each step are a default that the office edits in the paper.

use serde::{Deserialize, Serialize};

use super::{AgendaItem, Conference, Id, ItemKind, Participation, ParticipationRole, Side, introduction};

/// A step of the script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The item of the programme.
    pub item: Id,
    /// When, as `8h05`; empty where the programme has no time.
    pub time: String,
    /// Who speaks.
    pub speaker: String,
    /// What is said.
    pub words: String,
    /// What is on the screen.
    pub screen: String,
}

/// So many people are introduced in one step.
const PEOPLE_PER_STEP: usize = 8;

/// Who reads the script where nobody is named.
const HOST: &str = "Dẫn chương trình";

impl Conference {
    /// The steps in the order of the programme.
    pub fn script(&self) -> Vec<Step> {
        let slots = self.schedule();
        let of_item = |((id, item), slot): ((Id, &AgendaItem), &super::Slot)| {
            let time = slot.starts_at.map_or_else(String::new, |at| format!("{}h{:02}", at.hour(), at.minute()));
            let said = self.said_at(item);
            let first = move |place: usize| if place == 0 { time.clone() } else { String::new() };
            let title = item.shown_title().to_owned();
            said.into_iter().enumerate().map(move |(place, (words, screen))| Step {
                item: id,
                time: first(place),
                speaker: HOST.to_owned(),
                words,
                screen: if screen.is_empty() { title.clone() } else { screen },
            })
        };
        self.programme().zip(&slots).flat_map(of_item).collect()
    }

    /// What is said at an item, with the screen where it is not the item's title.
    fn said_at(&self, item: &AgendaItem) -> Vec<(String, String)> {
        let plain = |words: String| vec![(words, String::new())];
        let by = self.presenter_words(item);
        let asked = |what: &str| plain(format!("Trân trọng kính mời {by} {what}."));
        let has_name = !by.is_empty();
        match item.kind {
            ItemKind::Reception => plain("Kính mời các vị đại biểu ký tên, nhận tài liệu tại bàn đón tiếp.".to_owned()),
            ItemKind::Settling => plain("Kính mời các vị đại biểu ổn định chỗ ngồi.".to_owned()),
            ItemKind::FlagSalute => {
                vec![("Kính mời các vị đại biểu đứng lên làm lễ chào cờ.".to_owned(), "Quốc kỳ, Quốc ca".to_owned())]
            }
            ItemKind::Introduction => self.introductions(),
            ItemKind::Presidium => plain(self.presidium()),
            ItemKind::Opening if has_name => asked("khai mạc Hội nghị"),
            ItemKind::Closing if has_name => asked("bế mạc Hội nghị"),
            ItemKind::DirectiveSpeech if has_name => asked("phát biểu chỉ đạo Hội nghị"),
            ItemKind::Response if has_name => asked("tiếp thu ý kiến chỉ đạo"),
            ItemKind::Paper => self.paper_words(item, &by),
            ItemKind::Awards => self.award_words(),
            ItemKind::Resolution => self.resolution_words(),
            ItemKind::Discussion => plain("Kính mời các đại biểu đăng ký và phát biểu thảo luận.".to_owned()),
            ItemKind::Pause => plain("Hội nghị nghỉ giải lao.".to_owned()),
            _ if has_name => asked(&format!("trình bày: {}", item.shown_title())),
            _ => plain(format!("{}.", item.shown_title())),
        }
    }

    fn introductions(&self) -> Vec<(String, String)> {
        let why = format!("Tuyên bố lý do: hôm nay, {} tổ chức {}.", self.head.organiser_name, self.head.title);
        let mut said = vec![(why, String::new())];
        for (side, before) in
            [(Side::Guest, "Trân trọng giới thiệu"), (Side::Host, "Về phía đơn vị tổ chức, xin giới thiệu")]
        {
            let stays_away = |id: &Id| self.answers.get(id).is_some_and(|answer| !answer.is_coming);
            let list = self.protocol_list();
            let lines: Vec<&Participation> =
                list.iter().filter(|(id, line)| line.side == side && !stays_away(id)).map(|(_, line)| *line).collect();
            for few in lines.chunks(PEOPLE_PER_STEP) {
                let names: Vec<String> = few.iter().map(|line| introduction(line)).collect();
                said.push((format!("{before}: {}.", names.join("; ")), String::new()));
            }
        }
        let units = self.records.quotas.len();
        if units > 0 {
            said.push((format!("Cùng dự có đại biểu của {units} đơn vị được mời."), "Số đại biểu có mặt".to_owned()));
        }
        said
    }

    fn presidium(&self) -> String {
        let held = |roles: &[ParticipationRole]| {
            let list = self.protocol_list();
            let lines = list.iter().filter(|(_, line)| roles.contains(&line.role) && !line.is_group());
            lines.map(|(_, line)| introduction(line)).collect::<Vec<_>>().join("; ")
        };
        let chairs = held(&[ParticipationRole::Chair, ParticipationRole::Presidium]);
        let secretaries = held(&[ParticipationRole::Secretary]);
        let parts = [("chủ trì Hội nghị", chairs), ("thư ký Hội nghị", secretaries)];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(what, names)| format!("{what}: {names}"))
            .collect();
        format!(
            "Xin giới thiệu {}.",
            if said.is_empty() { "chủ trì, thư ký Hội nghị".to_owned() } else { said.join("; ") }
        )
    }

    fn paper_words(&self, item: &AgendaItem, by: &str) -> Vec<(String, String)> {
        let paper = item.paper.and_then(|id| self.records.papers.get(id));
        let Some(paper) = paper else {
            return vec![(format!("Kính mời {by} trình bày tham luận.").replace("  ", " "), String::new())];
        };
        let (title, speaker) = (paper.shown_title(), self.reader_words(paper));
        let who: Vec<&str> =
            [speaker.as_str(), paper.unit_name.as_str()].into_iter().filter(|words| !words.is_empty()).collect();
        vec![(format!("Kính mời {} trình bày tham luận «{title}».", who.join(", ")), String::new())]
    }

    fn award_words(&self) -> Vec<(String, String)> {
        let mut awards: Vec<(Id, &super::Award)> = self.records.awards.iter().collect();
        awards.sort_by_key(|(id, award)| (award.order, *id));
        let words = |award: &super::Award| {
            let names: Vec<String> = award
                .recipients
                .iter()
                .map(|to| {
                    if to.represented_by.is_empty() {
                        to.name.clone()
                    } else {
                        format!("{} ({} nhận thay)", to.name, to.represented_by)
                    }
                })
                .collect();
            let presenter = self.hander_words(award);
            let granted = award.granted_words();
            let called = if names.is_empty() {
                String::new()
            } else {
                format!(" Kính mời lên nhận: {}.", names.join("; "))
            };
            let hands = if presenter.is_empty() {
                String::new()
            } else {
                format!(" Trân trọng kính mời {presenter} lên trao.")
            };
            format!("Trao {}{granted}.{called}{hands}", award.shown_name())
        };
        let said: Vec<(String, String)> =
            awards.iter().map(|(_, award)| (words(award), format!("Khen thưởng: {}", award.shown_name()))).collect();
        if said.is_empty() { vec![("Công bố và trao khen thưởng.".to_owned(), String::new())] } else { said }
    }

    fn resolution_words(&self) -> Vec<(String, String)> {
        let targets = self.records.targets.iter().map(|(_, target)| {
            (
                format!("Xin ý kiến biểu quyết về chỉ tiêu: {}.", target.text.trim_end_matches('.')),
                "Biểu quyết".to_owned(),
            )
        });
        let said: Vec<(String, String)> = targets.collect();
        if said.is_empty() {
            return vec![("Xin ý kiến biểu quyết của Hội nghị.".to_owned(), "Biểu quyết".to_owned())];
        }
        said
    }
}
