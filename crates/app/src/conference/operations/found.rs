//! An article that somebody published elsewhere, taken over beside the conference that it tells of: its words as they were
//! found, its day, time and views as facts of the place where it stood. Readings here are counted apart.

use std::collections::BTreeSet;

use domain::{
    Reason, Refusal,
    conference::{ClaimKind, FoundArticle, Head, SlipWords},
    vietnamese::{fold, normalise, short_date},
};

use super::{claims::abbreviations, live};
use crate::{
    audit,
    conference::{queries, store},
    office::Office,
    platform::{Context, Error, Result, Transaction},
    shipped,
};

/// The longest text of an article, in characters.
const TEXT_LENGTH_MAX: usize = 200_000;

/// A found article as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What was read from it, and its original.
    pub article: FoundArticle,
    /// Where it was found, in words.
    pub source: String,
    /// When it was taken over.
    pub taken_at: String,
    /// By whom.
    pub taken_by: String,
    /// Since when it is public here; empty where it is not.
    pub shown_at: String,
    /// How often it was read here.
    pub view_count: i64,
    /// How often it was written: taken over, replaced, mended.
    pub revision: i64,
}

impl Taken {
    /// All readings: those that it had there, as far as they are known, and those here.
    pub fn view_count_all(&self) -> i64 {
        i64::from(self.article.view_count.unwrap_or(0)).saturating_add(self.view_count)
    }
}

/// What a text says, without keeping it.
///
/// # Errors
/// `no_text`, `too_long`.
pub fn read(text: &str) -> Result<FoundArticle> {
    let mut reasons = Vec::new();
    if text.trim().is_empty() {
        reasons.push(Reason::new("no_text", "Hãy dán nguyên văn bài đã đăng.").at("text"));
    }
    if text.chars().count() > TEXT_LENGTH_MAX {
        let message = format!("Bài dài quá {TEXT_LENGTH_MAX} ký tự.");
        reasons.push(Reason::new("too_long", message).at("text"));
    }
    Refusal::unless_empty(reasons)?;
    let words = SlipWords::parse(shipped::text("articles/slips.toml")?)?;
    Ok(FoundArticle::read(text, &words))
}

/// An article to be kept beside its conference, as it was read.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The conference.
    pub conference: i64,
    /// The revision in whose place it comes; 0 where nothing is kept yet.
    pub revision: i64,
    /// What was read from it.
    pub article: FoundArticle,
    /// Where it was found, in words.
    pub source: &'a str,
}

/// Keeps an article in the place of this revision; gives its own.
///
/// # Errors
/// As [`read`], [`may_take_over`] and [`keep`].
pub async fn take_over(
    office: &Office,
    context: &Context,
    (conference, revision): (i64, i64),
    text: &str,
    source: &str,
) -> Result<i64> {
    let article = read(text)?;
    may_take_over(office, conference, source).await?;
    keep(office, context, &[Found { conference, revision, article, source }], false).await?;
    Ok(revision + 1)
}

/// Keeps articles and, where it is asked, makes them public: all of them, or none.
///
/// # Errors
/// `changed_meanwhile` where another text stands in the place of one, or the text there was made public.
pub async fn keep(office: &Office, context: &Context, all: &[Found<'_>], publish: bool) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    for Found { conference, revision, article, source } in all {
        let (source, id) = (normalise(source), conference.to_string());
        let body = serde_json::to_string(article).map_err(Error::inside)?;
        let published_on = article.published_on.map_or_else(String::new, |day| day.to_string());
        let texts = [article.title.as_str(), &published_on, &source, &body];
        if !store::found::save(&mut transaction, context, (*conference, *revision), texts).await? {
            return Err(changed_meanwhile());
        }
        audit::write(&mut transaction, context, "conference.take_article", &id, &source).await?;
        if publish {
            publish_in(&mut transaction, context, (*conference, revision + 1), &context.stamp()).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// The revision in whose place an article from there can be kept beside this conference; 0 where nothing is kept yet.
///
/// # Errors
/// `no_source`; `not_over` where the conference has not taken place; `is_public` while an earlier one is shown.
pub async fn may_take_over(office: &Office, id: i64, source: &str) -> Result<i64> {
    let mut reasons = Vec::new();
    if normalise(source).is_empty() {
        let message = "Hãy ghi bài lấy từ đâu (tên trang, tờ báo); người đọc cần biết.";
        reasons.push(Reason::new("no_source", message).at("source"));
    }
    if !live::hall(office, id).await?.state().await.phase.is_over() {
        let message = "Hội nghị chưa diễn ra nên chưa có bài để lấy lại; nếu đã họp, hãy ghi lại sau ở trang hồ sơ.";
        reasons.push(Reason::new("not_over", message));
    }
    let old = kept(office, id).await?.unwrap_or_default();
    if !old.shown_at.is_empty() {
        let message = "Bài lấy lại trước đó đang đăng; hãy gỡ xuống trước khi thay bài khác.";
        reasons.push(Reason::new("is_public", message));
    }
    Refusal::unless_empty(reasons)?;
    Ok(old.revision)
}

/// The found article of a conference.
///
/// # Errors
/// Where it cannot be read.
pub async fn kept(office: &Office, id: i64) -> Result<Option<Taken>> {
    let Some(row) = queries::found::one(office, id).await? else { return Ok(None) };
    let article = serde_json::from_str(&row.body).map_err(Error::inside)?;
    let queries::found::FoundRow { source, taken_at, taken_by, shown_at, view_count, revision, .. } = row;
    Ok(Some(Taken { article, source, taken_at, taken_by, shown_at, view_count, revision }))
}

async fn known(office: &Office, id: i64) -> Result<Taken> {
    kept(office, id).await?.ok_or_else(|| Error::NotFound("bài lấy lại này".to_owned()))
}

/// Mends one slip in what this revision shows; the original stays.
///
/// # Errors
/// `NotFound`; `changed_meanwhile`; `no_such_slip` where it is mended already.
pub async fn mend(office: &Office, context: &Context, (id, revision): (i64, i64), place: usize) -> Result<()> {
    let mut taken = known(office, id).await?;
    if taken.revision != revision {
        return Err(changed_meanwhile());
    }
    if !taken.article.mend(place) {
        return Err(Error::refused("no_such_slip", "Lỗi này đã sửa rồi; hãy tải lại trang."));
    }
    let body = serde_json::to_string(&taken.article).map_err(Error::inside)?;
    let slip =
        taken.article.slips.get(place).map_or_else(String::new, |slip| format!("{} → {}", slip.found, slip.offered));
    let mut transaction = office.db().begin().await?;
    if !store::found::mend(&mut transaction, (id, revision), &body).await? {
        return Err(changed_meanwhile());
    }
    audit::write(&mut transaction, context, "conference.mend_article", &id.to_string(), &slip).await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes this revision public here, under the day and the name that it had there.
///
/// # Errors
/// `NotFound`; `changed_meanwhile` where another text stands there now.
pub async fn show(office: &Office, context: &Context, (id, revision): (i64, i64)) -> Result<()> {
    let taken = known(office, id).await?;
    let stamp = if taken.shown_at.is_empty() { context.stamp() } else { taken.shown_at };
    let mut transaction = office.db().begin().await?;
    publish_in(&mut transaction, context, (id, revision), &stamp).await?;
    transaction.commit().await?;
    Ok(())
}

async fn publish_in(
    transaction: &mut Transaction,
    context: &Context,
    (id, revision): (i64, i64),
    stamp: &str,
) -> Result<()> {
    if !store::found::show(transaction, (id, revision), [stamp, context.actor.name()]).await? {
        return Err(changed_meanwhile());
    }
    audit::write(transaction, context, "conference.show_article", &id.to_string(), "").await
}

/// Takes it back.
///
/// # Errors
/// `NotFound`.
pub async fn hide(office: &Office, context: &Context, id: i64) -> Result<()> {
    known(office, id).await?;
    let mut transaction = office.db().begin().await?;
    store::found::hide(&mut transaction, id).await?;
    audit::write(&mut transaction, context, "conference.hide_article", &id.to_string(), "").await?;
    transaction.commit().await?;
    Ok(())
}

fn changed_meanwhile() -> Error {
    let message = "Bài lấy lại vừa được người khác thay, sửa hoặc đăng; hãy tải lại trang, đọc bản mới rồi làm tiếp.";
    Error::refused("changed_meanwhile", message)
}

/// A public one, read once more: the reading is counted. It changes nothing that anybody decides, so no audit line.
///
/// # Errors
/// `NotFound`.
pub async fn open(office: &Office, id: i64) -> Result<Taken> {
    let taken = known(office, id).await?;
    if taken.shown_at.is_empty() {
        return Err(Error::NotFound("bài viết này".to_owned()));
    }
    let mut transaction = office.db().begin().await?;
    store::found::count_view(&mut transaction, id).await?;
    transaction.commit().await?;
    Ok(Taken { view_count: taken.view_count + 1, ..taken })
}

/// The conference of which an article tells: the one whose title, or another wording of it, stands in the article.
///
/// # Errors
/// `which_conference` where none or several are meant.
pub async fn conference_of(office: &Office, article: &FoundArticle) -> Result<i64> {
    let (text, days) = (key(&article.original), days(&article.original)?);
    let mut meant = Vec::new();
    for listed in queries::list(office).await? {
        let hall = live::hall(office, listed.id).await?;
        let state = hall.state().await;
        let says_day = state.head.held_on.is_none_or(|day| days.contains(&short_date(day)));
        if says_day && titles(&state.head).any(|title| text.contains(&key(title))) {
            meant.push((listed.id, state.head.title.clone()));
        }
    }
    match meant.as_slice() {
        [(id, _)] => Ok(*id),
        [] => Err(Error::refused(
            "which_conference",
            "Bài không nêu tên hội nghị nào đã có; hãy chỉ rõ bằng --conference.",
        )),
        several => {
            let names: Vec<String> = several.iter().map(|(id, title)| format!("{id} ({title})")).collect();
            let message = format!("Bài có thể nói về các hội nghị {}; hãy chỉ rõ bằng --conference.", names.join(", "));
            Err(Error::refused("which_conference", message))
        }
    }
}

fn titles(head: &Head) -> impl Iterator<Item = &String> {
    std::iter::once(&head.title).chain(&head.title_variants).filter(|title| !title.is_empty())
}

/// The days that a text names, as they are printed.
fn days(text: &str) -> Result<BTreeSet<String>> {
    let claims = domain::conference::claims(text, abbreviations()?).into_iter();
    Ok(claims.filter(|claim| claim.kind == ClaimKind::Date).map(|claim| claim.text).collect())
}

/// A text by which titles are compared: folded, without blanks, one kind of dash.
fn key(text: &str) -> String {
    fold(text).replace(['–', '—'], "-").split_whitespace().collect()
}
