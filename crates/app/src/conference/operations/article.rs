//! The article: drafted from the record, edited sentence by sentence, made public when every sentence stands on a source.

use domain::{
    Reason, Refusal,
    conference::{Article, Sentence},
    vietnamese::normalise,
};
use serde::{Deserialize, Serialize};

use super::{
    claims::{self, Judged},
    live,
};
use crate::{
    audit,
    conference::{queries, store},
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

/// The longest sentence, in characters.
const SENTENCE_LENGTH_MAX: usize = 3_000;

/// The longest reason for keeping a name, in characters.
const REASON_LENGTH_MAX: usize = 300;

/// A sentence as it is kept: what the record said and what the editor made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The words to be printed; empty where the sentence is left out.
    pub text: String,
    /// The sentence as it was drafted.
    pub drafted: Sentence,
    /// Why names that the record does not hold are kept; empty where none is.
    #[serde(default)]
    pub reason: String,
}

/// What an editor sends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// The headline.
    pub title: &'a str,
    /// Who wrote it.
    pub byline: &'a str,
    /// Every sentence in its order; one that is left empty is left out.
    pub texts: &'a [String],
    /// For every sentence why strange names in it are kept; none where no sentence needs one.
    pub reasons: &'a [String],
}

impl Words<'_> {
    /// Whether they are of this article: a text for each of its sentences, and a reason for each or none at all.
    pub fn fit(&self, article: &Kept) -> bool {
        let count = article.paragraphs.iter().flatten().count();
        count == self.texts.len() && (self.reasons.is_empty() || self.reasons.len() == count)
    }
}

/// An article as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub byline: String,
    /// Paragraphs of sentences.
    pub paragraphs: Vec<Vec<Edited>>,
    /// How often it was written; 0 for a draft that nobody has kept.
    pub revision: i64,
    /// Since when it is public; empty where it is not.
    pub published_at: String,
    /// How often it was read.
    pub view_count: i64,
}

impl From<Article> for Kept {
    fn from(drafted: Article) -> Self {
        let edited = |drafted: Sentence| Edited { text: drafted.text.clone(), drafted, reason: String::new() };
        let paragraphs = drafted.paragraphs.into_iter().map(|all| all.into_iter().map(edited).collect()).collect();
        Self { title: drafted.title, paragraphs, ..Self::default() }
    }
}

impl Kept {
    /// The article of a row.
    ///
    /// # Errors
    /// Where the row cannot be read.
    pub fn of(row: queries::around::ArticleRow) -> Result<Self> {
        let paragraphs = serde_json::from_str(&row.body).map_err(Error::inside)?;
        let (title, byline, published_at) = (row.title, row.byline, row.published_at);
        Ok(Self { title, byline, paragraphs, revision: row.revision, published_at, view_count: row.view_count })
    }

    /// The article in the editor's words, which [`Words::fit`] it.
    #[must_use]
    pub fn reworded(mut self, words: Words<'_>) -> Self {
        for (place, sentence) in self.paragraphs.iter_mut().flatten().enumerate() {
            sentence.text = words.texts.get(place).map_or_else(String::new, |text| normalise(text));
            sentence.reason = words.reasons.get(place).map_or_else(String::new, |reason| normalise(reason));
        }
        Self { title: normalise(words.title), byline: normalise(words.byline), ..self }
    }

    /// What the public reads: paragraphs without what was left out.
    pub fn printed(&self) -> Vec<String> {
        let words = |all: &Vec<Edited>| {
            let said = all.iter().map(|one| one.text.trim()).filter(|text| !text.is_empty());
            said.collect::<Vec<_>>().join(" ")
        };
        self.paragraphs.iter().map(words).filter(|paragraph| !paragraph.is_empty()).collect()
    }
}

/// The article as it is kept, else drafted from the record as it stands.
///
/// # Errors
/// `NotFound`.
pub async fn current(office: &Office, id: i64) -> Result<Kept> {
    match queries::around::article(office, id).await? {
        Some(row) => Kept::of(row),
        None => draft(office, id).await,
    }
}

/// The article that the record as it stands would give.
///
/// # Errors
/// `NotFound`.
pub async fn draft(office: &Office, id: i64) -> Result<Kept> {
    let hall = live::hall(office, id).await?;
    let drafted = hall.state().await.article();
    Ok(drafted.into())
}

/// Keeps what the editor made of each sentence, in their order; a sentence left empty is left out.
///
/// # Errors
/// `no_headline`, `too_long`, `not_the_sentences`; `changed_meanwhile`; while it is public what the record does not hold, as
/// [`publish`].
pub async fn keep(office: &Office, context: &Context, id: i64, revision: i64, words: Words<'_>) -> Result<()> {
    let article = current(office, id).await?;
    if article.revision != revision {
        return Err(changed_meanwhile());
    }
    let mut reasons = Vec::new();
    if normalise(words.title).is_empty() {
        reasons.push(Reason::new("no_headline", "Hãy ghi tên bài.").at("title"));
    }
    if !words.fit(&article) {
        let message = "Số câu gửi lên khác số câu của bài; hãy tải lại trang rồi sửa tiếp.";
        reasons.push(Reason::new("not_the_sentences", message));
    }
    if words.texts.iter().any(|text| text.chars().count() > SENTENCE_LENGTH_MAX) {
        let message = format!("Một câu dài quá {SENTENCE_LENGTH_MAX} ký tự; hãy rút gọn.");
        reasons.push(Reason::new("too_long", message));
    }
    if words.reasons.iter().any(|reason| reason.chars().count() > REASON_LENGTH_MAX) {
        let message = format!("Một lý do dài quá {REASON_LENGTH_MAX} ký tự; hãy rút gọn.");
        reasons.push(Reason::new("too_long", message));
    }
    Refusal::unless_empty(reasons)?;
    let article = article.reworded(words);
    let is_public = !article.published_at.is_empty();
    let judged = if is_public { claims::judged(office, id, &article).await? } else { Judged::default() };
    Refusal::unless_empty(judged.refused)?;
    write(office, context, id, &article, &judged.kept).await
}

/// Throws the edited article away and drafts it anew from the record.
///
/// # Errors
/// `is_public` while it is public; `changed_meanwhile`.
pub async fn redraft(office: &Office, context: &Context, id: i64, revision: i64) -> Result<()> {
    let old = current(office, id).await?;
    if old.revision != revision {
        return Err(changed_meanwhile());
    }
    if !old.published_at.is_empty() {
        let message = "Bài đang đăng; hãy gỡ bài xuống trước khi soạn lại từ hồ sơ.";
        return Err(Error::refused("is_public", message));
    }
    let drafted = draft(office, id).await?;
    write(office, context, id, &Kept { revision: old.revision, byline: old.byline, ..drafted }, &[]).await
}

async fn write(office: &Office, context: &Context, id: i64, article: &Kept, strange: &[String]) -> Result<()> {
    let body = serde_json::to_string(&article.paragraphs).map_err(Error::inside)?;
    let mut transaction = office.db().begin().await?;
    let texts = [article.title.as_str(), &article.byline, &body];
    let known = (id, article.revision, article.published_at.as_str());
    if !store::around::save_article(&mut transaction, context, known, texts).await? {
        return Err(changed_meanwhile());
    }
    let detail = format!("revision {}", article.revision + 1);
    audit::write(&mut transaction, context, "conference.edit_article", &id.to_string(), &detail).await?;
    tell_kept(&mut transaction, context, id, strange).await?;
    transaction.commit().await?;
    Ok(())
}

/// Writes down what stands in public although the record does not hold it, and why.
async fn tell_kept(transaction: &mut Transaction, context: &Context, id: i64, strange: &[String]) -> Result<()> {
    for detail in strange {
        audit::write(transaction, context, "conference.keep_strange_name", &id.to_string(), detail).await?;
    }
    Ok(())
}

/// Makes the article public as it was kept at this revision, which is the one that was read.
///
/// # Errors
/// `not_kept` where nobody has kept it; `no_byline`; `changed_meanwhile`; for everything that the record does not hold at the places of its
/// sentence `strange_number`, `strange_date`, `strange_document_number`, and, where no reason is given for keeping it,
/// `strange_person`, `strange_post`, `strange_unit`.
pub async fn publish(office: &Office, context: &Context, id: i64, revision: i64) -> Result<()> {
    let article = current(office, id).await?;
    if article.revision != revision {
        return Err(changed_meanwhile());
    }
    let mut reasons = Vec::new();
    if article.revision == 0 {
        reasons.push(Reason::new("not_kept", "Hãy đọc lại và bấm «Lưu» trước khi đăng."));
    }
    if article.byline.is_empty() {
        reasons.push(Reason::new("no_byline", "Hãy ghi người viết bài.").at("byline"));
    }
    let judged = claims::judged(office, id, &article).await?;
    reasons.extend(judged.refused);
    Refusal::unless_empty(reasons)?;
    let mut transaction = office.db().begin().await?;
    if !store::around::publish(&mut transaction, context, (id, revision)).await? {
        return Err(changed_meanwhile());
    }
    audit::write(&mut transaction, context, "conference.publish_article", &id.to_string(), &article.title).await?;
    tell_kept(&mut transaction, context, id, &judged.kept).await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes a public article back.
///
/// # Errors
/// Where the database fails.
pub async fn withdraw(office: &Office, context: &Context, id: i64) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    store::around::withdraw(&mut transaction, id).await?;
    audit::write(&mut transaction, context, "conference.withdraw_article", &id.to_string(), "").await?;
    transaction.commit().await?;
    Ok(())
}

/// A public article, read once more: the reading is counted. It changes nothing that anybody decides, so no audit line.
///
/// # Errors
/// `NotFound`.
pub async fn read(office: &Office, id: i64) -> Result<Kept> {
    let row = queries::around::public_article(office, id).await?;
    let mut transaction = office.db().begin().await?;
    store::around::count_view(&mut transaction, id).await?;
    transaction.commit().await?;
    let article = Kept::of(row)?;
    Ok(Kept { view_count: article.view_count + 1, ..article })
}

fn changed_meanwhile() -> Error {
    Error::refused("changed_meanwhile", "Bài vừa được người khác sửa; hãy tải lại trang để xem bản mới rồi sửa tiếp.")
}
