//! The minutes and the conclusions, line by line from the record. Nothing stands in them that the record does not hold.

use jiff::{Timestamp, civil::DateTime};

use super::{
    AgendaItem, Conference, FloorState, Id, ItemKind, Outcome, Participation, ParticipationRole, Phase, PollState,
    Resolution, Side, Speech, introduction, words::capital,
};

/// What the minutes say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minutes {
    /// When the conference was opened, in Vietnam.
    pub start: Option<DateTime>,
    /// When it was closed.
    pub end: Option<DateTime>,
    /// Who attended, a line for each.
    pub people: Vec<String>,
    /// Who conducted.
    pub chair: String,
    /// The chair's name, who signs.
    pub chair_name: String,
    /// Who wrote.
    pub secretary: String,
    /// The secretary's name, who signs.
    pub secretary_name: String,
    /// As it went, a line for each.
    pub course: Vec<String>,
    /// Opinions: unit, content.
    pub opinions: Vec<(String, String)>,
    /// What was acknowledged and judged, for the conclusion notice.
    pub judgement: Vec<String>,
    /// The tasks given.
    pub tasks: Vec<Task>,
}

/// A task as the conclusion notice numbers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub what: String,
    /// Who leads.
    pub lead: String,
    /// With whom.
    pub partners: String,
    /// By when.
    pub due: String,
}

impl Conference {
    /// The minutes as the record has them now.
    pub fn minutes(&self) -> Minutes {
        let local = |at: Option<Timestamp>| at.map(super::words::local);
        let (chair, chair_name) = self.holder(&[ParticipationRole::Chair, ParticipationRole::Presidium]);
        let (secretary, secretary_name) = self.holder(&[ParticipationRole::Secretary]);
        Minutes {
            start: local(self.opened_at),
            end: local(self.closed_at),
            people: self.attendance_lines(),
            chair,
            chair_name,
            secretary,
            secretary_name,
            course: self.course(),
            opinions: self.opinion_lines(),
            judgement: self.judgement(),
            tasks: self.tasks(),
        }
    }

    /// Who holds a role: all of the first role that anybody holds, read out; the first of them by name.
    fn holder(&self, roles: &[ParticipationRole]) -> (String, String) {
        let list = self.protocol_list();
        let held = |role: &ParticipationRole| {
            let holders: Vec<&Participation> =
                list.iter().map(|(_, line)| *line).filter(|line| line.role == *role && !line.is_group()).collect();
            let names: Vec<String> = holders.iter().map(|line| introduction(line)).collect();
            holders.first().map(|first| (names.join("; "), first.name.clone()))
        };
        roles.iter().find_map(held).unwrap_or_default()
    }

    fn attendance_lines(&self) -> Vec<String> {
        let list = self.protocol_list();
        let was_here = |id: &Id| self.attendance.contains_key(id);
        let is_replaced = |id: Id| list.iter().any(|(_, other)| other.substitute_for == Some(id));
        let has_roll = !self.attendance.is_empty();
        let mut lines = Vec::new();
        for side in [Side::Guest, Side::Host] {
            let of_side = list.iter().filter(|(id, line)| line.side == side && (!has_roll || was_here(id)));
            lines.extend(of_side.map(|(id, line)| self.attendance_line(*id, line)));
        }
        let delegates: Vec<_> = list.iter().filter(|(_, line)| line.side == Side::Delegate).collect();
        if !has_roll {
            lines.extend(delegates.iter().map(|(id, line)| self.attendance_line(*id, line)));
            return lines;
        }
        let here: u32 = delegates.iter().filter_map(|(id, _)| self.attendance.get(id)).map(|seen| seen.heads).sum();
        let expected: u32 = delegates
            .iter()
            .map(|(id, line)| match line.is_group() {
                true => line.head_count.unwrap_or(0),
                false => u32::from(!is_replaced(*id)),
            })
            .sum();
        if here > 0 || expected > 0 {
            lines.push(format!("Đại biểu các đơn vị: {here} có mặt trên {expected} được triệu tập."));
        }
        lines
    }

    fn attendance_line(&self, id: Id, line: &Participation) -> String {
        let heads = self.attendance.get(&id).filter(|_| line.is_group()).map(|seen| seen.heads);
        let stead = line.substitute_for.and_then(|stead| self.records.participations.get(stead));
        let mut words = introduction(line);
        if let Some(heads) = heads {
            words = format!("{words}: {heads} người");
        }
        if let Some(stead) = stead {
            words = format!("{words} (đi thay {})", stead.shown_name());
        }
        format!("{}.", words.trim_end_matches('.'))
    }

    /// As it went: what was handed over, voted and agreed stands at its item, what has no item before the closing.
    fn course(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let before = self.records.opinions.iter().filter(|(_, opinion)| opinion.is_before).count();
        if before > 0 {
            lines.push(format!("Trước hội nghị, Ban Tổ chức nhận được {before} ý kiến góp ý bằng văn bản."));
        }
        let mut noted: Vec<Id> = Vec::new();
        let mut awards = self.award_lines();
        let mut agreed = self.agreement_lines();
        for (id, item) in self.programme().filter(|(_, item)| item.kind != ItemKind::Closing) {
            let progress = self.progress.get(&id);
            if let Some(reason) = progress.and_then(|progress| progress.skipped.as_ref()) {
                lines.push(format!("{}: không tiến hành ({reason}).", item.shown_title()));
                continue;
            }
            if !self.progress.is_empty() && progress.is_none() {
                continue;
            }
            lines.extend(self.item_lines(item, &mut noted));
            match item.kind {
                ItemKind::Report => lines.extend(self.report_lines()),
                ItemKind::Awards => lines.append(&mut awards),
                ItemKind::Resolution => lines.append(&mut agreed),
                _ => {}
            }
        }
        let rest = self.speeches().into_iter().filter(|(id, _)| !noted.contains(id));
        lines.extend(rest.map(|(_, speech)| self.speech_line(speech)));
        lines.extend(awards.into_iter().chain(agreed));
        let closings = self.programme().filter(|(_, item)| item.kind == ItemKind::Closing);
        let held = closings.filter(|(id, _)| {
            self.progress.is_empty() || self.progress.get(id).is_some_and(|progress| progress.skipped.is_none())
        });
        lines.extend(held.flat_map(|(_, item)| self.item_lines(item, &mut noted)).collect::<Vec<_>>());
        lines.extend(self.closing.remarks.iter().cloned());
        lines
    }

    fn agreement_lines(&self) -> Vec<String> {
        let counted = self.polls.values().filter_map(super::Poll::sentence);
        let given_up = self.polls.values().filter(|poll| poll.state == PollState::Cancelled);
        let given_up = given_up.map(|poll| format!("Lượt biểu quyết «{}» được hủy.", poll.question.text));
        let agreed = self.records.resolutions.iter().map(|(_, resolution)| self.resolution_line(resolution));
        counted.chain(given_up).chain(agreed).collect()
    }

    /// What the report said, as far as it was noted.
    fn report_lines(&self) -> Vec<String> {
        let report = &self.report;
        let more = if report.list_is_open { "…" } else { "." };
        let highlights =
            (!report.highlights.is_empty()).then(|| format!("Kết quả nổi bật: {}{more}", report.highlights.join(", ")));
        let score = report.score_summary.as_ref().map(|score| {
            let to = if report.contributes_to.is_empty() {
                String::new()
            } else {
                format!(", đóng góp vào {}", report.contributes_to)
            };
            format!("{}{to}.", score.words())
        });
        let sections =
            report.sections.iter().map(|section| format!("Báo cáo nêu {}.", section.text.trim_end_matches('.')));
        let overview = (!report.overview.is_empty()).then(|| format!("{}.", report.overview.trim_end_matches('.')));
        overview.into_iter().chain(highlights).chain(score).chain(sections).collect()
    }

    fn item_lines(&self, item: &AgendaItem, noted: &mut Vec<Id>) -> Vec<String> {
        let presenter = item.presenter.and_then(|id| self.records.participations.get(id)).map(introduction);
        let by = presenter.unwrap_or_else(|| item.presenter_words.clone());
        let mut lines = match (item.kind, by.is_empty()) {
            (ItemKind::DirectiveSpeech | ItemKind::Response, _) => Vec::new(),
            (_, true) => vec![format!("{}.", item.shown_title())],
            (_, false) => vec![format!("{}: {by}.", item.shown_title())],
        };
        if let Some(paper) = item.paper.and_then(|id| self.records.papers.get(id)) {
            let title = if paper.title.is_empty() { &paper.topic } else { &paper.title };
            let of = if paper.unit_name.is_empty() { String::new() } else { format!(" của {}", paper.unit_name) };
            lines = vec![match title.starts_with("Tham luận") {
                true => format!("{title}{of}."),
                false => format!("Tham luận «{title}»{of}."),
            }];
        }
        if item.kind == ItemKind::DirectiveSpeech {
            let of_presenter = self.speeches();
            let of_presenter = of_presenter.iter().filter(|(id, speech)| {
                !noted.contains(id) && (item.presenter.is_none() || speech.speaker == item.presenter)
            });
            let found: Vec<(Id, String)> = of_presenter.map(|(id, speech)| (*id, self.speech_line(speech))).collect();
            noted.extend(found.iter().map(|(id, _)| *id));
            lines.extend(found.into_iter().map(|(_, line)| line));
        }
        lines
    }

    /// The speeches in their order.
    pub fn speeches(&self) -> Vec<(Id, &Speech)> {
        let mut speeches: Vec<(Id, &Speech)> = self.records.speeches.iter().collect();
        speeches.sort_by_key(|(id, speech)| (speech.order, *id));
        speeches
    }

    /// Who spoke without standing in the list: worth a look, and no fault.
    pub fn unlisted_speakers(&self) -> impl Iterator<Item = &str> {
        let unlisted = self.records.speeches.iter().filter(|(_, speech)| speech.speaker.is_none());
        unlisted.map(|(_, speech)| speech.speaker_name.as_str())
    }

    fn speech_line(&self, speech: &Speech) -> String {
        let speaker = speech.speaker.and_then(|id| self.records.participations.get(id)).map(introduction);
        let posts: Vec<&str> = speech.posts.iter().map(|post| post.title.as_str()).collect();
        let named = match posts.is_empty() {
            true => speech.speaker_name.clone(),
            false => format!("{} - {}", speech.speaker_name, posts.join(", ")),
        };
        let words = [&speech.acknowledgement, &speech.text];
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).map(String::as_str).collect();
        let said = if words.is_empty() { String::new() } else { format!(": {}", words.join(" ")) };
        let verb = match speech.kind {
            super::SpeechKind::Opening => "khai mạc",
            super::SpeechKind::Directive => "phát biểu chỉ đạo",
            super::SpeechKind::Response => "tiếp thu, đáp từ",
            super::SpeechKind::Closing => "bế mạc",
        };
        capital(&format!("{} {verb}{}.", speaker.unwrap_or(named), said.trim_end_matches('.')))
    }

    fn resolution_line(&self, resolution: &Resolution) -> String {
        let subjects = resolution.subjects.join("; ");
        let outcome = match resolution.outcome {
            Outcome::HighConsensus => "nhất trí cao với",
            Outcome::Consensus => "thống nhất",
            Outcome::Unanimous => "nhất trí 100 % với",
            Outcome::Majority => "đa số đồng ý với",
            Outcome::NotAgreed => "không thống nhất",
        };
        format!("Hội nghị {outcome} {}.", subjects.trim_end_matches('.'))
    }

    fn award_lines(&self) -> Vec<String> {
        let line = |(id, handings): (&Id, &Vec<super::Handing>)| {
            let award = self.records.awards.get(*id)?;
            let names: Vec<&str> = handings
                .iter()
                .filter_map(|handing| match handing.recipient {
                    Some(place) => award.recipients.get(usize::try_from(place).ok()?).map(|to| to.name.as_str()),
                    None => Some(handing.received_by.as_str()),
                })
                .filter(|name| !name.is_empty())
                .collect();
            let to = if names.is_empty() { String::new() } else { format!(" cho {}", names.join(", ")) };
            let granted = award.granted_words();
            Some(format!("Trao {}{granted}{to}.", award.shown_name()))
        };
        let told: Vec<String> = self.handed.iter().filter_map(line).collect();
        if !told.is_empty() || self.phase != Phase::Recorded {
            return told;
        }
        // Written down afterwards: the awards stand in the record, their handing over was not run here.
        let listed = self.records.awards.iter();
        listed.map(|(_, award)| format!("Trao {}{}.", award.shown_name(), award.granted_words())).collect()
    }

    /// Opinions as noted, then who spoke without a note.
    fn opinion_lines(&self) -> Vec<(String, String)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        for (_, opinion) in self.records.opinions.iter().filter(|(_, opinion)| !opinion.is_before) {
            let words = [&opinion.topic, &opinion.summary, &opinion.text];
            let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).map(String::as_str).collect();
            let speaker = opinion.speaker.and_then(|id| self.records.participations.get(id));
            let unit = match (opinion.unit_name.is_empty(), speaker) {
                (true, Some(line)) => line.unit_name.clone(),
                _ => opinion.unit_words(),
            };
            let more = if opinion.list_is_open { " …" } else { "" };
            lines.push((unit, format!("{}{more}", words.join(": "))));
        }
        for (id, request) in &self.floor {
            let is_noted = self.records.opinions.iter().any(|(_, opinion)| opinion.request == Some(*id));
            let line = self.records.participations.get(request.participation);
            if let (FloorState::Spoken { .. }, false, Some(line)) = (&request.state, is_noted, line) {
                lines.push((line.unit_name.clone(), format!("{}: {}", introduction(line), request.topic)));
            }
        }
        lines
    }

    fn judgement(&self) -> Vec<String> {
        let acknowledged = self.speeches().into_iter().map(|(_, speech)| speech.acknowledgement.clone());
        let promised = self.records.commitments.iter().map(|(_, promise)| {
            let by = if promise.by_raw.is_empty() { promise.by_bodies.join(", ") } else { promise.by_raw.clone() };
            format!("{by}: {}", promise.text)
        });
        [self.report.overview.clone()]
            .into_iter()
            .chain(acknowledged)
            .chain(promised)
            .filter(|line| !line.is_empty())
            .map(|line| capital(&format!("{}.", line.trim_end_matches('.'))))
            .collect()
    }

    /// The tasks given; directives that became no task stand as tasks without a lead.
    fn tasks(&self) -> Vec<Task> {
        let conclusions = self.records.conclusions.iter().map(|(_, conclusion)| Task {
            what: conclusion.what.clone(),
            lead: conclusion.lead.clone(),
            partners: conclusion.partners.join(", "),
            due: match conclusion.due_on {
                Some(day) => crate::vietnamese::short_date(day),
                None => conclusion.due_words.clone(),
            },
        });
        let is_task = |id: Id| self.records.conclusions.iter().any(|(_, conclusion)| conclusion.directive == Some(id));
        let directives = self.records.directives.iter().filter(|(id, _)| !is_task(*id));
        let directives = directives.map(|(_, directive)| Task { what: directive.text.clone(), ..Task::default() });
        conclusions.chain(directives).collect()
    }
}
