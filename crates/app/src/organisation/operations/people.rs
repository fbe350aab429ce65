//! The verbs on people: posts, appointments, terms. Each is decided by `domain::organisation::people` on the unit's
//! staffing as it stands, inside one transaction.

use domain::{
    Reason,
    organisation::{
        Registry, Unit, Validity,
        people::{Appointment, PostEdit, Staffing, usual_posts},
    },
    vietnamese::normalise,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    audit,
    office::Office,
    organisation::store,
    platform::{Context, Error, Result, Transaction},
};

/// A post of a unit: one that it has, or one of those that units of its kind usually have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By its code.
    Known(String),
    /// The place in [`usual_posts`].
    Usual(usize),
}

/// A person: one whom the office knows, or a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonChoice {
    /// By the code.
    Known(String),
    /// By the name; a namesake must be meant.
    New {
        /// Full name.
        name: String,
        /// Whether another person of the same name is meant.
        is_namesake: bool,
    },
}

/// An appointment as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointing {
    /// To which post.
    pub post: Choice,
    /// Whom.
    pub person: PersonChoice,
    /// First day.
    pub from: Date,
    /// Whether the person only acts (`Q.`).
    pub is_acting: bool,
    /// Whether a deputy is the standing one.
    pub is_standing: bool,
    /// Whether whoever holds the post now leaves it the day before.
    pub replaces: bool,
}

/// A term, by its post, its person and its first day as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermKey {
    /// The post's code.
    pub post: String,
    /// The person's code.
    pub person: String,
    /// First day; none where it is not known.
    pub from: Option<Date>,
}

/// Adds a post to a unit and returns its code.
///
/// # Errors
/// `NotFound`, and every reason of [`Staffing::with_post`].
pub async fn add_post(office: &Office, context: &Context, unit: &str, edit: &PostEdit) -> Result<String> {
    let mut desk = Desk::open(office, unit).await?;
    let code = store::next_code(&mut desk.transaction, Some(unit)).await?;
    let after = desk.staffing.with_post(&desk.registry, unit, &code, edit)?;
    desk.close(context, "people.add_post", after, serde_json::json!({ "post": code, "title": edit.title })).await?;
    Ok(code)
}

/// Puts a person into a post from a day on; a usual post and a new person are made on the way.
///
/// # Errors
/// `NotFound`; `person_exists`, and every reason of [`Staffing::appoint`].
pub async fn appoint(office: &Office, context: &Context, unit: &str, asked: &Appointing) -> Result<()> {
    let mut desk = Desk::open(office, unit).await?;
    let before = desk.staffing.clone();
    let post = desk.post(&asked.post).await?;
    let person = desk.person(&asked.person).await?;
    let appointment = Appointment {
        post,
        person,
        from: asked.from,
        is_acting: asked.is_acting,
        is_standing: asked.is_standing,
        replaces: asked.replaces,
    };
    let after = desk.staffing.appoint(&desk.registry, &appointment)?;
    desk.staffing = before;
    desk.close(context, "people.appoint", after, serde_json::json!(appointment)).await
}

/// Ends a term with a day, the last one.
///
/// # Errors
/// `NotFound`, and every reason of [`Staffing::end_term`].
pub async fn end_term(office: &Office, context: &Context, unit: &str, key: &TermKey, last_day: Date) -> Result<()> {
    let desk = Desk::open(office, unit).await?;
    let after = desk.staffing.end_term(&desk.registry, &key.post, &key.person, last_day)?;
    desk.close(context, "people.end_term", after, serde_json::json!({ "term": key, "last_day": last_day })).await
}

/// Mends a term that was written down wrongly, or removes it (`None`).
///
/// # Errors
/// `NotFound`, and every reason of [`Staffing::correct_term`].
pub async fn correct_term(
    office: &Office,
    context: &Context,
    unit: &str,
    key: &TermKey,
    term: Option<(Validity, bool, bool)>,
) -> Result<()> {
    let desk = Desk::open(office, unit).await?;
    let after = desk.staffing.correct_term(&desk.registry, [&key.post, &key.person], key.from, term)?;
    desk.close(context, "people.correct_term", after, serde_json::json!({ "term": key, "now": term })).await
}

/// Writes another name of a person, who is the same person.
///
/// # Errors
/// `NotFound`; `no_name`.
pub async fn rename_person(office: &Office, context: &Context, person: &str, name: &str) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let name = normalise(name);
    Staffing::default().with_person(person, &name)?;
    let known = store::load_person(&mut transaction, person).await?;
    let (known, _) = known.ok_or_else(|| Error::NotFound(format!("người mang mã {person}")))?;
    store::rename_person(&mut transaction, person, &name).await?;
    let detail = serde_json::json!({ "before": known.name, "after": name }).to_string();
    audit::write(&mut transaction, context, "people.rename", person, &detail).await?;
    transaction.commit().await?;
    Ok(())
}

/// The unit's staffing, open for one change.
struct Desk {
    transaction: Transaction,
    registry: std::sync::Arc<Registry>,
    unit: Unit,
    staffing: Staffing,
}

impl Desk {
    async fn open(office: &Office, unit: &str) -> Result<Self> {
        let registry = office.registry().await?;
        let unit = registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?.clone();
        let mut transaction = office.db().begin().await?;
        let staffing = store::load_staffing(&mut transaction, unit.code.as_str()).await?;
        Ok(Self { transaction, registry, unit, staffing })
    }

    /// The post's code; a usual one is added, unless the unit has it already.
    async fn post(&mut self, choice: &Choice) -> Result<String> {
        let number = match choice {
            Choice::Known(code) => return Ok(code.clone()),
            Choice::Usual(number) => *number,
        };
        let unknown = || Reason::new("unknown_post", "Hãy chọn một chức vụ trong danh sách.").at("post");
        let usual = *usual_posts(self.unit.kind).get(number).ok_or_else(|| domain::Refusal::from(unknown()))?;
        let is_same =
            |post: &&domain::organisation::people::Post| (post.title.as_str(), post.body) == (usual.title, usual.body);
        if let Some(known) = self.staffing.posts.iter().find(is_same) {
            return Ok(known.code.clone());
        }
        let code = store::next_code(&mut self.transaction, Some(self.unit.code.as_str())).await?;
        let edit =
            PostEdit { title: usual.title.to_owned(), body: usual.body, rank: usual.rank, is_single: usual.is_single };
        self.staffing = self.staffing.with_post(&self.registry, self.unit.code.as_str(), &code, &edit)?;
        Ok(code)
    }

    /// The person's code; a new person is added.
    async fn person(&mut self, choice: &PersonChoice) -> Result<String> {
        match choice {
            PersonChoice::Known(code) => {
                let found = store::load_person(&mut self.transaction, code).await?;
                let unknown = || Reason::new("unknown_person", format!("Không có người mang mã {code}.")).at("person");
                let (person, _) = found.ok_or_else(|| domain::Refusal::from(unknown()))?;
                if self.staffing.person(code).is_none() {
                    self.staffing.people.push(person);
                }
                Ok(code.clone())
            }
            PersonChoice::New { name, is_namesake } => {
                let name = normalise(name);
                let namesakes = store::person_named(&mut self.transaction, &name).await?;
                if let Some(code) = namesakes.first().filter(|_| !is_namesake) {
                    let message = format!(
                        "Đã có người tên {name} ({code}). Chọn «{name} ({code})» trong danh sách, hoặc đánh dấu là người khác cùng tên."
                    );
                    return Err(domain::Refusal::from(Reason::new("person_exists", message).at("person")).into());
                }
                let code = store::next_code(&mut self.transaction, None).await?;
                self.staffing = self.staffing.with_person(&code, &name)?;
                Ok(code)
            }
        }
    }

    /// Writes the staffing after the change, with one audit line.
    async fn close(mut self, context: &Context, verb: &str, after: Staffing, detail: serde_json::Value) -> Result<()> {
        store::save_staffing(&mut self.transaction, &self.staffing, &after).await?;
        let unit = self.unit.code.as_str();
        audit::write(&mut self.transaction, context, verb, unit, &detail.to_string()).await?;
        self.transaction.commit().await?;
        Ok(())
    }
}
