//! How the conference went, for the minutes: in the order of the log, each thing under the item in which it happened.
//! What was entered before the hall was opened (a conference told by its article) stands under the item of its kind.

use serde::{Deserialize, Serialize};

use super::{
    AgendaItem, Conference, Entry, Event, Id, ItemKind, OverallResult, Phase, PollState, Resolution, Speech,
    SpeechKind,
    words::{capital, ended, handed_to},
};

/// What the minutes tell of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", content = "number", rename_all = "snake_case")]
pub enum Happening {
    /// An item was begun or passed over.
    Item(Id),
    /// A speech was noted.
    Speech(Id),
    /// An opinion was noted.
    Opinion(Id),
    /// A poll was closed or given up.
    Poll(Id),
    /// An agreement was noted.
    Resolution(Id),
    /// An award was handed over for the first time.
    Award(Id),
}

/// Something that happened, with the item that was running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The item; none before the first, between two, and after the closing.
    pub item: Option<Id>,
    /// What.
    pub what: Happening,
}

/// An item as it went, or something that happened outside of all items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// What.
    pub heading: String,
    /// What happened in it.
    pub lines: Vec<String>,
}

/// A passage while it is put together.
struct Draft {
    item: Option<Id>,
    passage: Passage,
    /// The heading where a speech stands under it, which names its own speaker.
    title: String,
}

impl Conference {
    /// Notes the place of an event among the others; called before the event is folded in.
    pub(super) fn note_place(&mut self, event: &Event) {
        let what = match event {
            Event::ItemStarted { item } | Event::ItemSkipped { item, .. } => Happening::Item(*item),
            Event::EntryPut { id, content: Entry::Speech(_) } => Happening::Speech(*id),
            Event::EntryPut { id, content: Entry::Opinion(opinion) } if !opinion.is_before => Happening::Opinion(*id),
            Event::EntryPut { id, content: Entry::Resolution(_) } => Happening::Resolution(*id),
            Event::PollClosed { poll, .. } | Event::PollCancelled { poll, .. } => Happening::Poll(*poll),
            Event::AwardHanded { award, .. } => Happening::Award(*award),
            _ => return,
        };
        if self.phase != Phase::Planned && !self.has_happened(what) {
            self.happened.push(Happened { item: self.current_item, what });
        }
    }

    fn has_happened(&self, what: Happening) -> bool {
        self.happened.iter().any(|happened| happened.what == what)
    }

    /// How it went, a passage for each item.
    pub(super) fn course(&self) -> Vec<Passage> {
        let mut drafts: Vec<Draft> = Vec::new();
        let before = self.records.opinions.iter().filter(|(_, opinion)| opinion.is_before).count();
        if before > 0 {
            drafts.push(loose(format!("Trước hội nghị, Ban Tổ chức nhận được {before} ý kiến góp ý bằng văn bản.")));
        }
        if self.progress.is_empty() {
            drafts.extend(self.programme().map(|(id, item)| self.item_draft(id, item)));
        }
        for happened in &self.happened {
            match happened.what {
                Happening::Item(id) => {
                    drafts.extend(self.records.items.get(id).map(|item| self.item_draft(id, item)));
                }
                what => self.place(&mut drafts, happened.item, what),
            }
        }
        let speeches = self.speeches().into_iter().map(|(id, _)| Happening::Speech(id));
        let resolutions = self.records.resolutions.iter().map(|(id, _)| Happening::Resolution(id));
        let opinions = self.records.opinions.iter().filter(|(_, opinion)| !opinion.is_before);
        let opinions = opinions.map(|(id, _)| Happening::Opinion(id));
        let untimed: Vec<Happening> = speeches.chain(resolutions).chain(opinions).collect();
        untimed.into_iter().filter(|what| !self.has_happened(*what)).for_each(|what| {
            self.place(&mut drafts, None, what);
        });
        self.place_all(&mut drafts, ItemKind::Awards, self.told_awards());
        self.place_all(&mut drafts, ItemKind::DirectiveSpeech, self.words_of_speech(None));
        self.place_all(&mut drafts, ItemKind::Closing, self.closing.remarks.clone());
        drafts.into_iter().map(|draft| draft.passage).collect()
    }

    /// Puts something under its item; where it has none, under the last told item of its kind; else by itself.
    fn place(&self, drafts: &mut Vec<Draft>, item: Option<Id>, what: Happening) {
        let lines = self.lines_of(what);
        let (kinds, is_speech) = self.usual_kinds(what);
        let of_item = |draft: &Draft| item.is_some() && draft.item == item;
        let of_kind = || kinds.iter().find_map(|kind| self.place_of_kind(drafts, *kind));
        let place = drafts.iter().rposition(of_item).or_else(of_kind);
        let Some(draft) = place.and_then(|place| drafts.get_mut(place)) else {
            // The same remark for many opinions is made once.
            let is_known = |line: &String| drafts.iter().any(|draft| is_remark(line) && draft.passage.heading == *line);
            let new: Vec<String> = lines.into_iter().filter(|line| !is_known(line)).collect();
            return drafts.extend(new.into_iter().map(loose));
        };
        // The speech that an item is for names its own speaker. One that was taken away again leaves the item to whom the
        // programme names, and so does a speech in an item that is for something else.
        let is_for_it = |id: Id| self.records.items.get(id).is_some_and(|item| kinds.contains(&item.kind));
        if is_speech && !lines.is_empty() && draft.item.is_some_and(is_for_it) {
            draft.passage.heading.clone_from(&draft.title);
        }
        let known = &mut draft.passage.lines;
        let new: Vec<String> = lines.into_iter().filter(|line| !(is_remark(line) && known.contains(line))).collect();
        known.extend(new);
    }

    fn place_all(&self, drafts: &mut Vec<Draft>, kind: ItemKind, lines: Vec<String>) {
        match self.place_of_kind(drafts, kind).and_then(|place| drafts.get_mut(place)) {
            Some(draft) => draft.passage.lines.extend(lines),
            None => drafts.extend(lines.into_iter().map(loose)),
        }
    }

    fn place_of_kind(&self, drafts: &[Draft], kind: ItemKind) -> Option<usize> {
        let is_of_kind = |id: Id| self.records.items.get(id).is_some_and(|item| item.kind == kind);
        drafts.iter().rposition(|draft| draft.item.is_some_and(is_of_kind))
    }

    /// In which kinds of item something usually happens, the likeliest first, and whether it is a speech.
    fn usual_kinds(&self, what: Happening) -> (&'static [ItemKind], bool) {
        match what {
            Happening::Speech(id) => {
                match self.records.speeches.get(id).map(|speech| speech.kind).unwrap_or_default() {
                    SpeechKind::Opening => (&[ItemKind::Opening], true),
                    SpeechKind::Directive => (&[ItemKind::DirectiveSpeech], true),
                    SpeechKind::Response => (&[ItemKind::Response], true),
                    SpeechKind::Closing => (&[ItemKind::Closing], true),
                }
            }
            Happening::Opinion(_) | Happening::Item(_) => (&[ItemKind::Discussion, ItemKind::DivisionOpinion], false),
            Happening::Poll(_) | Happening::Resolution(_) => (&[ItemKind::Resolution], false),
            Happening::Award(_) => (&[ItemKind::Awards], false),
        }
    }

    fn lines_of(&self, what: Happening) -> Vec<String> {
        let records = &self.records;
        match what {
            Happening::Item(_) => Vec::new(),
            Happening::Speech(id) => {
                let spoken = records.speeches.get(id).map(|speech| self.speech_line(speech));
                let is_there = spoken.is_some();
                let words = if is_there { self.words_of_speech(Some(id)) } else { Vec::new() };
                spoken.into_iter().chain(words).collect()
            }
            Happening::Opinion(id) => {
                let noted = records.opinions.get(id).map(|_| OPINIONS_NOTED.to_owned());
                noted.into_iter().collect()
            }
            Happening::Poll(id) => {
                let poll = self.polls.get(&id).filter(|poll| poll.state != PollState::Open);
                let given_up = |poll: &super::Poll| format!("Lượt biểu quyết «{}» được hủy.", poll.question.text);
                poll.map(|poll| poll.sentence().unwrap_or_else(|| given_up(poll))).into_iter().collect()
            }
            Happening::Resolution(id) => records.resolutions.get(id).map(resolution_line).into_iter().collect(),
            Happening::Award(id) => self.award_line(id).into_iter().collect(),
        }
    }

    fn item_draft(&self, id: Id, item: &AgendaItem) -> Draft {
        let title = item.shown_title();
        let skipped = self.progress.get(&id).and_then(|progress| progress.skipped.as_ref());
        let by = self.presenter_words(item);
        let heading = match (skipped, item.paper.and_then(|paper| self.words_of_paper(paper))) {
            (Some(reason), _) => format!("{title}: không tiến hành ({reason})."),
            (None, Some(paper)) => format!("{paper}."),
            (None, None) if by.is_empty() => format!("{title}."),
            (None, None) => format!("{title}: {by}."),
        };
        let lines = match item.kind {
            ItemKind::Report if skipped.is_none() => self.report_lines(),
            _ => Vec::new(),
        };
        Draft { item: Some(id), passage: Passage { heading, lines }, title: format!("{title}.") }
    }

    /// A paper in words: its title, whose it is, who reads it; only what is known.
    pub(super) fn words_of_paper(&self, paper: Id) -> Option<String> {
        let paper = self.records.papers.get(paper)?;
        let speaker = self.reader_words(paper);
        let who: Vec<&str> = [paper.unit_name.as_str(), &speaker].into_iter().filter(|who| !who.is_empty()).collect();
        let of = if who.is_empty() { String::new() } else { format!(" của {}", who.join(", ")) };
        let named = match paper.shown_title() {
            "" => "Tham luận".to_owned(),
            title if title.starts_with("Tham luận") => title.to_owned(),
            title => format!("Tham luận «{title}»"),
        };
        Some(format!("{named}{of}"))
    }

    /// What the report said, as far as it is noted.
    fn report_lines(&self) -> Vec<String> {
        let report = &self.report;
        let result = report.overall_result.map(|result| match result {
            OverallResult::Excellent => "hoàn thành xuất sắc nhiệm vụ năm học",
            OverallResult::Good => "hoàn thành tốt nhiệm vụ năm học",
            OverallResult::Fulfilled => "hoàn thành nhiệm vụ năm học",
            OverallResult::NotFulfilled => "chưa hoàn thành nhiệm vụ năm học",
        });
        let more = if report.list_is_open { "…" } else { "" };
        let highlights = format!("Kết quả nổi bật: {}{more}", report.highlights.join("; "));
        let score = report.score_summary.as_ref().map(super::ScoreSummary::words);
        let sections = report.sections.iter().map(|section| section.text.as_str()).filter(|text| !text.is_empty());
        let sections: Vec<&str> = sections.collect();
        let lines = [
            Some(report.overview.clone()),
            result.map(|result| format!("Đánh giá chung: {result}")),
            (!report.highlights.is_empty()).then_some(highlights),
            (!report.contributes_to.is_empty()).then(|| format!("Kết quả đó góp phần vào {}", report.contributes_to)),
            score,
            (!sections.is_empty()).then(|| format!("Báo cáo nêu: {}", sections.join("; "))),
        ];
        lines.into_iter().flatten().filter(|line| !line.is_empty()).map(|line| ended(&capital(&line))).collect()
    }

    pub(super) fn speech_line(&self, speech: &Speech) -> String {
        let words = [&speech.acknowledgement, &speech.text];
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).map(String::as_str).collect();
        let said = if words.is_empty() { String::new() } else { format!(": {}", words.join(" ")) };
        let verb = match speech.kind {
            SpeechKind::Opening => "khai mạc",
            SpeechKind::Directive => "phát biểu chỉ đạo",
            SpeechKind::Response => "tiếp thu, đáp từ",
            SpeechKind::Closing => "bế mạc",
        };
        ended(&capital(&format!("{} {verb}{said}", self.speaker_words(speech))))
    }

    /// What a speech directs and who promised what; of no speech for what was noted by itself.
    fn words_of_speech(&self, speech: Option<Id>) -> Vec<String> {
        let directed: Vec<&super::Directive> =
            self.records.directives.iter().map(|(_, one)| one).filter(|one| one.speech == speech).collect();
        let words: Vec<&str> = directed.iter().map(|one| one.text.trim_end_matches(['.', ';'])).collect();
        let more = if directed.iter().any(|one| one.list_is_open) { "…" } else { "" };
        let to = directed.iter().map(|one| one.addressee.as_str()).find(|to| !to.is_empty());
        let to = to.map_or_else(String::new, |to| format!(" đối với {to}"));
        let directed = (!words.is_empty()).then(|| ended(&format!("Nội dung chỉ đạo{to}: {}{more}", words.join("; "))));
        let promised = self.records.commitments.iter().filter(|(_, promise)| promise.speech == speech);
        let promised = promised.map(|(_, promise)| ended(&format!("Cam kết của {}: {}", promise.by(), promise.text)));
        directed.into_iter().chain(promised).collect()
    }

    fn award_line(&self, id: Id) -> Option<String> {
        let (award, handings) = (self.records.awards.get(id)?, self.handed.get(&id)?);
        Some(handed_words(award, &handed_to(award, handings)))
    }

    /// Awards of a conference that was written down afterwards: their handing over was not run here.
    fn told_awards(&self) -> Vec<String> {
        if self.phase != Phase::Recorded {
            return Vec::new();
        }
        let mut awards: Vec<(Id, &super::Award)> = self.records.awards.iter().collect();
        awards.sort_by_key(|(id, award)| (award.order, *id));
        let told = |(_, award): (Id, &super::Award)| {
            let names: Vec<&str> = award.recipients.iter().map(|to| to.name.as_str()).collect();
            handed_words(award, &names)
        };
        awards.into_iter().map(told).collect()
    }
}

/// Where opinions stand, which are a table of their own in the minutes.
const OPINIONS_NOTED: &str = "Các ý kiến được ghi tại phần Ý kiến thảo luận.";

fn is_remark(line: &str) -> bool {
    line == OPINIONS_NOTED
}

fn loose(line: String) -> Draft {
    Draft { item: None, title: line.clone(), passage: Passage { heading: line, lines: Vec::new() } }
}

fn handed_words(award: &super::Award, names: &[&str]) -> String {
    let to = if names.is_empty() { String::new() } else { format!(" cho {}", names.join(", ")) };
    format!("Trao {}{}{to}.", award.shown_name(), award.granted_words())
}

fn resolution_line(resolution: &Resolution) -> String {
    let subjects = resolution.subjects.join("; ");
    ended(&format!("Hội nghị {} {subjects}", resolution.outcome.words()))
}
