//! The minutes and the conclusions, line by line from the record. Nothing stands in them that the record does not hold.

use jiff::{Timestamp, civil::DateTime};

use super::{
    Conference, FloorState, Id, Participation, ParticipationRole, Passage, Side, Speech, introduction,
    words::{capital, ended},
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
    /// As it went, item by item.
    pub course: Vec<Passage>,
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
        let replaced = self.replaced();
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
        let here = self.came(Side::Delegate);
        let expected: u32 = delegates
            .iter()
            .map(|(id, line)| match line.is_group() {
                true => line.head_count.unwrap_or(0),
                false => u32::from(!replaced.contains(id)),
            })
            .sum();
        let is_counted = delegates.iter().all(|(_, line)| !line.is_group() || line.head_count.is_some());
        match (here + expected > 0, is_counted) {
            (true, true) => lines.push(format!("Đại biểu các đơn vị: {here} có mặt trên {expected} được triệu tập.")),
            (true, false) => lines.push(format!("Đại biểu các đơn vị: {here} có mặt.")),
            (false, _) => {}
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
        if line.role == ParticipationRole::DirectingGuest {
            words = format!("{words} (chỉ đạo Hội nghị)");
        }
        if let Some(stead) = stead {
            words = format!("{words} (đi thay {})", stead.shown_name());
        }
        ended(&words)
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

    /// Opinions as noted, then who spoke without a note.
    fn opinion_lines(&self) -> Vec<(String, String)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        for (_, opinion) in self.records.opinions.iter().filter(|(_, opinion)| !opinion.is_before) {
            let words = [&opinion.topic, &opinion.summary, &opinion.text];
            let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).map(String::as_str).collect();
            let more = if opinion.list_is_open { " …" } else { "" };
            lines.push((self.unit_of_opinion(opinion), format!("{}{more}", words.join(": "))));
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
        let promised =
            self.records.commitments.iter().map(|(_, promise)| format!("{}: {}", promise.by(), promise.text));
        [self.report.overview.clone()]
            .into_iter()
            .chain(acknowledged)
            .chain(promised)
            .filter(|line| !line.is_empty())
            .map(|line| ended(&capital(&line)))
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
