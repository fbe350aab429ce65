//! Who holds which post of a unit on a day, who held it before, and who may sign.

use domain::organisation::{
    Line, Unit, UnitKind,
    people::{Person, Post, PostBody, Staffing, Term, capacity},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    office::Office,
    organisation::store,
    platform::{Error, Result},
};

const NAMES: &str = "select code, name from person order by name, code limit 200";

/// A person in a post of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The unit.
    pub unit: String,
    /// The person's code.
    pub person: String,
    /// Full name, family name first.
    pub name: String,
    /// The post's code.
    pub post: String,
    /// Title as printed.
    pub title: String,
    /// Which body the post belongs to.
    pub body: PostBody,
    /// 1 the head, 2 a deputy, 3 and more the others.
    pub rank: u16,
    /// Whether the person only acts (`Q.`).
    pub is_acting: bool,
    /// Whether this deputy is the standing one.
    pub is_standing: bool,
    /// First day of the term; none where it is not known.
    pub from: Option<Date>,
    /// Last day of the term; none while it lasts.
    pub to: Option<Date>,
    /// The lines over the name when this person signs for the unit: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ
    /// TỊCH`. Empty where the law does not tell.
    pub capacity: Vec<String>,
}

/// Who holds the posts of a unit on a day: Party, council, government, school, union; within each the head, the standing
/// deputy, the other deputies by given name, the others.
///
/// # Errors
/// `NotFound` for a code that no unit ever had.
pub async fn holders_on(office: &Office, unit: &str, day: Date) -> Result<Vec<Holder>> {
    let (known, staffing) = staffing(office, unit).await?;
    let terms = staffing.terms_on(unit, day);
    Ok(terms.into_iter().map(|term| holder(&known, &staffing, term)).collect())
}

/// Who held the posts of a unit before the day, in the same order, latest first within a post.
///
/// # Errors
/// As [`holders_on`].
pub async fn holders_before(office: &Office, unit: &str, day: Date) -> Result<Vec<Holder>> {
    let (known, staffing) = staffing(office, unit).await?;
    let terms = staffing.terms_where(unit, |term| term.validity.to.is_some_and(|to| to < day));
    Ok(terms.into_iter().map(|term| holder(&known, &staffing, term)).collect())
}

/// Everyone who ever held or is to hold a post of the unit.
///
/// # Errors
/// As [`holders_on`].
pub async fn holders_ever(office: &Office, unit: &str) -> Result<Vec<Holder>> {
    let (known, staffing) = staffing(office, unit).await?;
    Ok(staffing.terms_where(unit, |_| true).into_iter().map(|term| holder(&known, &staffing, term)).collect())
}

/// Who is to take up a post of a unit after the day.
///
/// # Errors
/// As [`holders_on`].
pub async fn holders_after(office: &Office, unit: &str, day: Date) -> Result<Vec<Holder>> {
    let (known, staffing) = staffing(office, unit).await?;
    let terms = staffing.terms_where(unit, |term| term.validity.from.is_some_and(|from| from > day));
    Ok(terms.into_iter().map(|term| holder(&known, &staffing, term)).collect())
}

/// Who can sign a document of the unit on that day, with the words over the name: the head, the deputies (KT.), then by
/// order (TL.) the heads of the divisions beneath.
///
/// Source: Decree 30/2020/NĐ-CP, annex I, part II, point 7. That a division's head may sign by order is the office's own
/// rule of work: a default.
///
/// # Errors
/// As [`holders_on`].
pub async fn signers_on(office: &Office, unit: &str, day: Date) -> Result<Vec<Holder>> {
    let own = holders_on(office, unit, day).await?;
    let mut signers: Vec<Holder> = own.into_iter().filter(|holder| !holder.capacity.is_empty()).collect();
    let registry = office.registry().await?;
    let (_, staffing) = staffing(office, unit).await?;
    let head = [PostBody::Government, PostBody::School]
        .into_iter()
        .find_map(|body| staffing.head_post(unit, body))
        .map(|post| post.title.to_uppercase());
    let Some(head) = head else { return Ok(signers) };
    let divisions = registry.children_on(unit, Line::Management, day).into_iter().filter(|unit| is_division(unit.kind));
    for division in divisions {
        for holder in holders_on(office, division.code.as_str(), day).await? {
            if holder.rank == 1 && holder.body == PostBody::Government {
                let capacity = vec![format!("TL. {head}"), holder.title.to_uppercase()];
                signers.push(Holder { capacity, ..holder });
            }
        }
    }
    Ok(signers)
}

/// The head of the unit on that day, who signs in the first place: of the People's Committee, the office or the school;
/// none where nobody is recorded.
///
/// # Errors
/// As [`holders_on`].
pub async fn head_on(office: &Office, unit: &str, day: Date) -> Result<Option<Holder>> {
    let is_head = |holder: &Holder| holder.rank == 1 && matches!(holder.body, PostBody::Government | PostBody::School);
    Ok(holders_on(office, unit, day).await?.into_iter().find(is_head))
}

fn is_division(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::CommuneCultureSocialDivision | UnitKind::SisterDivision | UnitKind::OfficeDivision)
}

/// The posts of a unit, held or not, in the order of lists.
///
/// # Errors
/// As [`holders_on`].
pub async fn posts_of(office: &Office, unit: &str) -> Result<Vec<Post>> {
    Ok(staffing(office, unit).await?.1.posts)
}

/// People whom the office knows, by name: at most 200, for a list of choices.
///
/// # Errors
/// Where the database cannot be read.
pub async fn people(office: &Office) -> Result<Vec<Person>> {
    let rows: Vec<(String, String)> = sqlx::query_as(NAMES).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(code, name)| Person { code, name }).collect())
}

async fn staffing(office: &Office, unit: &str) -> Result<(Unit, Staffing)> {
    let registry = office.registry().await?;
    let known = registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?.clone();
    let mut connection = office.db().pool().acquire().await?;
    Ok((known, store::load_staffing(&mut connection, unit).await?))
}

fn holder(unit: &Unit, staffing: &Staffing, (post, person, term): (&Post, &Person, &Term)) -> Holder {
    let head = staffing.head_post(unit.code.as_str(), post.body).map(|head| head.title.as_str());
    Holder {
        unit: unit.code.0.clone(),
        person: person.code.clone(),
        name: person.name.clone(),
        post: post.code.clone(),
        title: post.title.clone(),
        body: post.body,
        rank: post.rank,
        is_acting: term.is_acting,
        is_standing: term.is_standing,
        from: term.validity.from,
        to: term.validity.to,
        capacity: capacity(unit.kind, post, head, term.is_acting),
    }
}
