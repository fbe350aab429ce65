//! The news article, drafted from the record: nothing that the record does not hold, and every sentence with the places
//! of the record on which it stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Conference, DayPart, EntryKind, Event, Id, ItemKind, Part, Participation, ParticipationRole, Recorded, Side,
    introduction,
    words::{capital, ended, handed_to, in_a_sentence},
};
use crate::vietnamese::short_date;

/// A place of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Source {
    /// The head.
    Head,
    /// What the report said.
    Report,
    /// How it closed.
    Closing,
    /// Who was here.
    Attendance,
    /// An entry of a register.
    Entry {
        /// The register.
        register: EntryKind,
        /// Its number there.
        id: Id,
    },
    /// The result of a poll.
    Poll {
        /// Which.
        poll: Id,
    },
    /// An award that was handed over.
    Handed {
        /// Which.
        award: Id,
    },
}

/// A sentence with what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// The places of the record; never none in a draft.
    pub sources: Vec<Source>,
}

/// An article: a headline and paragraphs of sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The headline.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<Vec<Sentence>>,
}

fn entry(register: EntryKind, id: Id) -> Source {
    Source::Entry { register, id }
}

fn sentence(text: &str, sources: Vec<Source>) -> Option<Sentence> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_said = text.contains(char::is_alphanumeric);
    is_said.then(|| Sentence { text: ended(&text), sources })
}

impl Conference {
    /// The article as the record would tell it: what happened stands in the order of the programme. Paragraphs of which the
    /// record says nothing are left out.
    pub fn article(&self) -> Article {
        let mut happened = [
            (self.place_of(&[ItemKind::Report]), self.report_sentences()),
            (
                self.place_of(&[ItemKind::Paper, ItemKind::Discussion, ItemKind::DivisionOpinion]),
                self.discussion_sentences(),
            ),
            (self.place_of(&[ItemKind::DirectiveSpeech, ItemKind::Response]), self.speech_sentences()),
            (self.place_of(&[ItemKind::Awards]), self.award_sentences()),
            (self.place_of(&[ItemKind::Resolution]), self.agreement_sentences()),
        ];
        happened.sort_by_key(|(place, _)| *place);
        let closing =
            self.closing.remarks.iter().filter_map(|words| sentence(&capital(words), vec![Source::Closing])).collect();
        let before = [self.basis_sentences(), self.opening_sentences(), self.people_sentences()];
        let all = before.into_iter().chain(happened.map(|(_, sentences)| sentences)).chain([closing]);
        let said = all.filter(|paragraph: &Vec<Sentence>| !paragraph.is_empty());
        Article { title: self.head.title.clone(), paragraphs: said.collect() }
    }

    /// The first place in the programme at which something of these kinds stands; the end where nothing does.
    fn place_of(&self, kinds: &[ItemKind]) -> usize {
        let place = self.programme().position(|(_, item)| kinds.contains(&item.kind));
        place.unwrap_or(usize::MAX)
    }

    fn basis_sentences(&self) -> Vec<Sentence> {
        let told = self.records.bases.iter().filter_map(|(id, basis)| {
            let words = match basis.ordinal_year.zip(self.head.review_year) {
                Some((number, year)) => format!("Năm học {year} là năm thứ {number} thực hiện {}", basis.words()),
                None => format!("Căn cứ {}", basis.words()),
            };
            sentence(&words, vec![entry(EntryKind::LegalBasis, id)])
        });
        told.collect()
    }

    fn opening_sentences(&self) -> Vec<Sentence> {
        let head = &self.head;
        let when = match (head.day_part, head.held_on) {
            (Some(DayPart::Morning), Some(day)) => format!("Sáng {}", short_date(day)),
            (Some(DayPart::Afternoon), Some(day)) => format!("Chiều {}", short_date(day)),
            (_, Some(day)) => format!("Ngày {}", short_date(day)),
            (_, None) => String::new(),
        };
        let place = if head.place.is_empty() { String::new() } else { format!("tại {}", head.place) };
        let who = if head.co_organisers.is_empty() {
            head.organiser_name.clone()
        } else {
            format!("{} phối hợp với {}", head.organiser_name, head.co_organisers.join(", "))
        };
        let around: Vec<String> = [when, place].into_iter().filter(|words| !words.is_empty()).collect();
        let around = if around.is_empty() { String::new() } else { format!("{}, ", around.join(", ")) };
        let held =
            sentence(&capital(&format!("{around}{who} tổ chức {}", in_a_sentence(&head.title))), vec![Source::Head]);
        let plan = &head.plan;
        let planned = (!plan.document_number.is_empty()).then(|| {
            let day = plan.issued_on.map_or_else(String::new, |day| format!(" ngày {}", short_date(day)));
            let issuer = if plan.issuer.is_empty() { String::new() } else { format!(" của {}", plan.issuer) };
            let words = format!("Hội nghị được tổ chức theo Kế hoạch số {}{day}{issuer}", plan.document_number);
            sentence(&words, vec![Source::Head])
        });
        let purposes: Vec<String> = head.purposes.iter().map(|purpose| in_a_sentence(&purpose.text)).collect();
        let purpose = (!purposes.is_empty())
            .then(|| sentence(&format!("Hội nghị nhằm {}", purposes.join("; ")), vec![Source::Head]));
        held.into_iter().chain(planned.flatten()).chain(purpose.flatten()).collect()
    }

    /// Those of a side who were here, or who stand in the list where no roll was taken.
    fn seen(&self, side: Side) -> Vec<(Id, &Participation)> {
        let was_here = |id: &Id| self.attendance.is_empty() || self.attendance.contains_key(id);
        self.protocol_list().into_iter().filter(|(id, line)| line.side == side && was_here(id)).collect()
    }

    fn people_sentences(&self) -> Vec<Sentence> {
        let named = |lines: &[(Id, &Participation)], before: &str| {
            let words: Vec<String> = lines.iter().map(|(_, line)| introduction(line)).collect();
            let sources = lines.iter().map(|(id, _)| entry(EntryKind::Participation, *id)).collect();
            if lines.is_empty() { None } else { sentence(&format!("{before} {}", words.join("; ")), sources) }
        };
        let guests = self.seen(Side::Guest);
        let (directing, guests): (Vec<_>, Vec<_>) =
            guests.into_iter().partition(|(_, line)| line.role == ParticipationRole::DirectingGuest);
        let hosts = self.seen(Side::Host);
        let host_words = format!("Về phía {} có", self.head.organiser_name);
        let delegates = self.seen(Side::Delegate);
        let groups: Vec<(Id, &Participation)> = delegates.into_iter().filter(|(_, line)| line.is_group()).collect();
        let counted = self.came(Side::Delegate);
        let present = (counted > 0)
            .then(|| sentence(&format!("Dự Hội nghị có {counted} đại biểu các đơn vị"), vec![Source::Attendance]));
        [
            named(&directing, "Tới dự và chỉ đạo Hội nghị có"),
            named(&guests, "Dự Hội nghị có"),
            named(&hosts, &host_words),
            named(&groups, "Cùng dự có"),
            present.flatten(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn report_sentences(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for (id, item) in self.told_items().filter(|(_, item)| item.kind == ItemKind::Report) {
            let by = self.presenter_words(item);
            let mut sources = vec![entry(EntryKind::AgendaItem, id)];
            sources.extend(item.presenter.map(|id| entry(EntryKind::Participation, id)));
            if !by.is_empty() {
                let words = format!("Tại Hội nghị, {by} trình bày {}", in_a_sentence(item.shown_title()));
                sentences.extend(sentence(&words, sources));
            }
        }
        let report = &self.report;
        let say = |words: String| sentence(&capital(&words), vec![Source::Report]);
        sentences.extend(say(report.overview.clone()));
        if !report.highlights.is_empty() {
            let more = if report.list_is_open { "…" } else { "" };
            sentences.extend(say(format!("Kết quả nổi bật: {}{more}", report.highlights.join(", "))));
        }
        if let Some(score) = &report.score_summary {
            let to = match report.contributes_to.as_str() {
                "" => String::new(),
                whole => format!(", đóng góp vào {whole}"),
            };
            sentences.extend(say(format!("{}{to}", score.words())));
        }
        let sections = report.sections.iter().filter(|section| !section.text.trim().is_empty());
        sentences.extend(sections.filter_map(|section| say(format!("Báo cáo nêu {}", in_a_sentence(&section.text)))));
        sentences
    }

    /// Items that took place; all of them where the programme was not run.
    fn told_items(&self) -> impl Iterator<Item = (Id, &super::AgendaItem)> {
        self.programme().filter(|(id, _)| {
            let progress = self.progress.get(id);
            self.progress.is_empty() || progress.is_some_and(|progress| progress.skipped.is_none())
        })
    }

    fn discussion_sentences(&self) -> Vec<Sentence> {
        let papers = self.told_items().filter_map(|(id, item)| {
            let number = item.paper?;
            let paper = self.records.papers.get(number)?;
            let title = paper.shown_title();
            let words = match paper.unit_name.as_str() {
                "" => format!("Hội nghị đã nghe {}", titled(title)),
                unit => format!("{} trình bày {}", capital(unit), titled(title)),
            };
            sentence(&words, vec![entry(EntryKind::AgendaItem, id), entry(EntryKind::ConferencePaper, number)])
        });
        let opinions =
            self.records.opinions.iter().filter(|(_, opinion)| !opinion.is_before).filter_map(|(id, opinion)| {
                let unit = self.unit_of_opinion(opinion);
                let who = if unit.is_empty() { "Đại biểu".to_owned() } else { format!("Đại biểu {unit}") };
                let about = if opinion.topic.is_empty() {
                    String::new()
                } else {
                    format!(" về {}", in_a_sentence(&opinion.topic))
                };
                let said = if opinion.summary.is_empty() { &opinion.text } else { &opinion.summary };
                let said = if said.is_empty() {
                    String::new()
                } else {
                    format!(": {}", in_a_sentence(said.trim_end_matches('.')))
                };
                let more = if opinion.list_is_open { " …" } else { "" };
                let mut sources = vec![entry(EntryKind::Opinion, id)];
                sources.extend(opinion.speaker.map(|id| entry(EntryKind::Participation, id)));
                sentence(&format!("{who} phát biểu{about}{said}{more}"), sources)
            });
        papers.collect::<Vec<_>>().into_iter().chain(opinions).collect()
    }

    fn speech_sentences(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for (id, speech) in self.speeches() {
            let by = self.speaker_words(speech);
            let verb = match speech.kind {
                super::SpeechKind::Opening => "phát biểu khai mạc Hội nghị",
                super::SpeechKind::Directive => "phát biểu chỉ đạo Hội nghị",
                super::SpeechKind::Response => "phát biểu tiếp thu ý kiến chỉ đạo",
                super::SpeechKind::Closing => "phát biểu bế mạc Hội nghị",
            };
            let said = if speech.acknowledgement.is_empty() {
                String::new()
            } else {
                format!(", {}", in_a_sentence(&speech.acknowledgement))
            };
            let mut sources = vec![entry(EntryKind::Speech, id)];
            sources.extend(speech.speaker.map(|id| entry(EntryKind::Participation, id)));
            sentences.extend(sentence(&capital(&format!("{by} {verb}{said}")), sources));
            let directed: Vec<(Id, &super::Directive)> =
                self.records.directives.iter().filter(|(_, directive)| directive.speech == Some(id)).collect();
            if !directed.is_empty() {
                let words: Vec<String> =
                    directed.iter().map(|(_, directive)| in_a_sentence(directive.text.trim_end_matches('.'))).collect();
                let sources = directed.iter().map(|(id, _)| entry(EntryKind::Directive, *id)).collect();
                let more = if directed.iter().any(|(_, directive)| directive.list_is_open) { "…" } else { "" };
                sentences.extend(sentence(&format!("Nội dung chỉ đạo: {}{more}", words.join("; ")), sources));
            }
        }
        let promised = self.records.commitments.iter().filter_map(|(id, promise)| {
            let words = format!("{} cam kết: {}", promise.by(), in_a_sentence(&promise.text));
            sentence(&capital(&words), vec![entry(EntryKind::Commitment, id)])
        });
        sentences.extend(promised);
        sentences
    }

    fn award_sentences(&self) -> Vec<Sentence> {
        let handed = |(id, handings): (&Id, &Vec<super::Handing>)| {
            let award = self.records.awards.get(*id)?;
            let names = handed_to(award, handings);
            let granted = award.granted_words();
            let to = if names.is_empty() { String::new() } else { format!(" cho {}", names.join(", ")) };
            let sources = vec![Source::Handed { award: *id }, entry(EntryKind::Award, *id)];
            sentence(&format!("Hội nghị đã trao {}{granted}{to}", award.shown_name()), sources)
        };
        let told: Vec<Sentence> = self.handed.iter().filter_map(handed).collect();
        if !told.is_empty() || self.opened_at.is_some() {
            return told;
        }
        // Entered from an article: the awards stand in the record, their handing over was not run here.
        let listed = self.records.awards.iter().filter_map(|(id, award)| {
            let granted = award.granted_words();
            sentence(
                &format!("Tại Hội nghị có trao {}{granted}", award.shown_name()),
                vec![entry(EntryKind::Award, id)],
            )
        });
        listed.collect()
    }

    fn agreement_sentences(&self) -> Vec<Sentence> {
        let agreed = self.records.resolutions.iter().filter_map(|(id, resolution)| {
            let mut sources = vec![entry(EntryKind::Resolution, id)];
            sources.extend(resolution.poll.map(|poll| Source::Poll { poll }));
            let words = format!("Hội nghị {} {}", resolution.outcome.words(), resolution.subjects.join("; "));
            sentence(&words, sources)
        });
        agreed.collect()
    }
}

/// A paper by its title, which may say already that it is one.
fn titled(title: &str) -> String {
    let small = in_a_sentence(title);
    match small.as_str() {
        "" => "tham luận".to_owned(),
        said if said.starts_with("tham luận") => small,
        _ => format!("tham luận về {small}"),
    }
}

/// Where in the log each place of the record was last written.
pub fn places(log: &[Recorded]) -> BTreeMap<Source, u64> {
    let mut places = BTreeMap::new();
    for recorded in log {
        let source = match &recorded.event {
            Event::PartSet { part: Part::Head(_) } => Source::Head,
            Event::PartSet { part: Part::Report(_) } => Source::Report,
            Event::PartSet { part: Part::Closing(_) } => Source::Closing,
            Event::EntryPut { id, content } => entry(content.kind(), *id),
            Event::CheckedIn { .. } | Event::Left { .. } => Source::Attendance,
            Event::PollClosed { poll, .. } => Source::Poll { poll: *poll },
            Event::AwardHanded { award, .. } => Source::Handed { award: *award },
            _ => continue,
        };
        places.insert(source, recorded.seq);
    }
    places
}
