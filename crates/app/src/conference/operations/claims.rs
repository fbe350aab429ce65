//! What an article says that the record does not hold: told sentence by sentence, and in the way of publishing.

use std::sync::OnceLock;

use domain::{
    Reason,
    conference::{Claim, Conference, Lookup, Sentence, Source, StrangeClaim},
    vietnamese::Abbreviations,
};

use super::{article::Kept, live};
use crate::{office::Office, platform::Result, shipped};

/// The abbreviations of the sector, read once in the life of the program.
///
/// # Errors
/// An inside fault where the shipped table cannot be read.
pub fn abbreviations() -> Result<&'static Abbreviations> {
    static TABLE: OnceLock<Abbreviations> = OnceLock::new();
    if let Some(table) = TABLE.get() {
        return Ok(table);
    }
    let table = Abbreviations::parse(shipped::text("articles/abbreviations.toml")?)?;
    Ok(TABLE.get_or_init(|| table))
}

/// What a headline claims that the head does not say.
pub fn of_headline(state: &Conference, lookup: &Lookup<'_>, title: &str) -> Vec<StrangeClaim> {
    let drafted = Sentence { text: state.head.title.clone(), sources: vec![Source::Head] };
    lookup.strange_claims(title, &drafted)
}

/// What a text claims that no place of the record says.
///
/// # Errors
/// As [`abbreviations`]; `NotFound`.
pub async fn unknown(office: &Office, id: i64, text: &str) -> Result<Vec<Claim>> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await;
    Ok(state.lookup(abbreviations()?).unknown_claims(text))
}

/// What of an article the record does not hold.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// A reason for everything that keeps the article from being public.
    pub(super) refused: Vec<Reason>,
    /// Every sentence with a strange name that is kept, after the reason for keeping it.
    pub(super) kept: Vec<String>,
}

/// Judges an article. A name may be kept with a reason; a figure, a day and a document's number have their places in the
/// record and are put there first.
pub(super) async fn judged(office: &Office, id: i64, article: &Kept) -> Result<Judged> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await;
    let mut judged = Judged::default();
    let lookup = state.lookup(abbreviations()?);
    for strange in of_headline(&state, &lookup, &article.title) {
        judged.refused.push(reason(&state, &strange, "tên bài", &article.title).at("title"));
    }
    for (place, one) in (1..).zip(article.paragraphs.iter().flatten()) {
        let is_excused = |strange: &StrangeClaim| strange.claim.kind.may_be_kept() && !one.reason.is_empty();
        let strange = lookup.strange_claims(&one.text, &one.drafted);
        let (excused, refused): (Vec<_>, Vec<_>) = strange.into_iter().partition(is_excused);
        if !excused.is_empty() {
            judged.kept.push(format!("{}: {}", one.reason, one.text));
        }
        let told = |strange| reason(&state, &strange, &format!("câu {place}"), &one.text).at(format!("s{place}"));
        judged.refused.extend(refused.into_iter().map(told));
    }
    Ok(judged)
}

fn reason(state: &Conference, strange: &StrangeClaim, place: &str, text: &str) -> Reason {
    let Claim { kind, text: words, .. } = &strange.claim;
    let known = match strange.elsewhere {
        Some(source) => format!("hồ sơ có nói ở {}, không phải ở chỗ câu này dựa vào", named(state, source)),
        None => "không có trong hồ sơ".to_owned(),
    };
    let mend = if kind.may_be_kept() {
        "hãy sửa câu, ghi vào hồ sơ rồi soạn lại, hoặc ghi lý do giữ ở ngay dưới câu"
    } else {
        "hãy sửa câu, hoặc ghi vào hồ sơ rồi soạn lại"
    };
    let name = kind.name();
    let code = format!("strange_{}", kind.as_str());
    Reason::new(code, format!("«{words}» ({name}) trong {place} «{text}»: {known}; {mend}."))
}

/// A place of the record in words.
pub fn named(state: &Conference, source: Source) -> String {
    match source {
        Source::Head => "thông tin chung".to_owned(),
        Source::Report => "nội dung báo cáo".to_owned(),
        Source::Closing => "phần bế mạc".to_owned(),
        Source::Attendance => "điểm danh".to_owned(),
        Source::Entry { register: domain::conference::EntryKind::Participation, id } => {
            let line = state.records.participations.get(id);
            line.map_or_else(|| format!("đại biểu {id}"), |line| line.shown_name().to_owned())
        }
        Source::Entry { register, id } => format!("{} {id}", register.name()),
        Source::Poll { poll } => format!("biểu quyết {poll}"),
        Source::Handed { award } => format!("trao thưởng {award}"),
    }
}
