//! People, posts and terms: rows into a unit's staffing and back.

use domain::organisation::{
    UnitCode,
    people::{Person, Post, PostBody, Staffing, Term},
};
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::{OPEN_END, damaged, validity};
use crate::platform::{
    Result, Transaction,
    db::{Bound, insert_rows},
};

const POSTS: &str = "select code, unit_code, title, body, rank, is_single from post where unit_code = $1 \
     order by body, rank, code";
const TERMS: &str = "select t.post_code, t.person_code, t.valid_from, t.valid_to, t.is_acting, t.is_standing \
     from post_term t join post p on p.code = t.post_code where p.unit_code = $1 \
     order by t.post_code, t.valid_from, t.person_code";
const PEOPLE: &str = "select distinct s.code, s.name from person s join post_term t on t.person_code = s.code \
     join post p on p.code = t.post_code where p.unit_code = $1 order by s.code";
const PERSON: &str = "select code, name from person where code = $1";
const NAMESAKES: &str = "select code from person where name = $1 order by code";
const UNITS_OF: &str = "select distinct p.unit_code from post p join post_term t on t.post_code = p.code \
     where t.person_code = $1 order by p.unit_code";
const PERSON_COUNT: &str = "select count(*) from person";
const POST_COUNT: &str = "select count(*) from post where unit_code = $1";
const RENAME: &str = "update person set name = $2 where code = $1";
const CLEAR_TERMS: &str = "delete from post_term where post_code = $1";
const SHORTEN: &str = "update post_term set valid_to = $2 where valid_to > $2 and valid_from <= $2 \
     and post_code in (select code from post where unit_code = $1)";
const DROP_LATER: &str = "delete from post_term where valid_from > $2 \
     and post_code in (select code from post where unit_code = $1)";

type PostRow = (String, String, String, String, i64, i64);
type TermRow = (String, String, String, String, i64, i64);

/// The posts of a unit, all their terms and the people in them.
pub(in crate::organisation) async fn load_staffing(connection: &mut AnyConnection, unit: &str) -> Result<Staffing> {
    let posts: Vec<PostRow> = sqlx::query_as(POSTS).bind(unit.to_owned()).fetch_all(&mut *connection).await?;
    let terms: Vec<TermRow> = sqlx::query_as(TERMS).bind(unit.to_owned()).fetch_all(&mut *connection).await?;
    let people: Vec<(String, String)> =
        sqlx::query_as(PEOPLE).bind(unit.to_owned()).fetch_all(&mut *connection).await?;
    Ok(Staffing {
        people: people.into_iter().map(|(code, name)| Person { code, name }).collect(),
        posts: posts.into_iter().map(post).collect::<Result<_>>()?,
        terms: terms.into_iter().map(term).collect::<Result<_>>()?,
    })
}

fn post((code, unit, title, body, rank, is_single): PostRow) -> Result<Post> {
    Ok(Post {
        code,
        unit: UnitCode(unit),
        title,
        body: PostBody::parse(&body).ok_or_else(|| damaged("body", &body))?,
        rank: u16::try_from(rank).map_err(|_| damaged("rank", &rank.to_string()))?,
        is_single: is_single != 0,
    })
}

fn term((post, person, from, to, is_acting, is_standing): TermRow) -> Result<Term> {
    let validity = validity(&from, &to)?;
    Ok(Term { post, person, validity, is_acting: is_acting != 0, is_standing: is_standing != 0 })
}

/// The person with this code, and the units at which the person ever held a post.
pub(in crate::organisation) async fn load_person(
    connection: &mut AnyConnection,
    code: &str,
) -> Result<Option<(Person, Vec<String>)>> {
    let row: Option<(String, String)> =
        sqlx::query_as(PERSON).bind(code.to_owned()).fetch_optional(&mut *connection).await?;
    let Some((code, name)) = row else { return Ok(None) };
    let units: Vec<(String,)> = sqlx::query_as(UNITS_OF).bind(code.clone()).fetch_all(&mut *connection).await?;
    Ok(Some((Person { code, name }, units.into_iter().map(|(unit,)| unit).collect())))
}

/// The codes of people with exactly this name.
pub(in crate::organisation) async fn person_named(connection: &mut AnyConnection, name: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = sqlx::query_as(NAMESAKES).bind(name.to_owned()).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(code,)| code).collect())
}

/// A free code for a person, or for a post of a unit. Neither is ever removed, so counting is enough.
pub(in crate::organisation) async fn next_code(connection: &mut AnyConnection, unit: Option<&str>) -> Result<String> {
    let query = match unit {
        Some(unit) => sqlx::query_as(POST_COUNT).bind(unit.to_owned()),
        None => sqlx::query_as(PERSON_COUNT),
    };
    let (count,): (i64,) = query.fetch_one(connection).await?;
    Ok(match unit {
        Some(unit) => format!("{unit}.{}", count + 1),
        None => format!("P{}", count + 1),
    })
}

/// Writes another name of a person.
pub(in crate::organisation) async fn rename_person(
    transaction: &mut Transaction,
    code: &str,
    name: &str,
) -> Result<()> {
    sqlx::query(RENAME).bind(code.to_owned()).bind(name.to_owned()).execute(&mut **transaction).await?;
    Ok(())
}

/// Writes what differs between a unit's staffing before and after a change.
pub(in crate::organisation) async fn save_staffing(
    transaction: &mut Transaction,
    before: &Staffing,
    after: &Staffing,
) -> Result<()> {
    let people = after.people.iter().filter(|person| !before.people.contains(person));
    let rows: Vec<_> = people.map(|person| vec![Bound::Text(&person.code), Bound::Text(&person.name)]).collect();
    insert_rows(&mut **transaction, "insert into person (code, name)", &rows, "on conflict (code) do nothing").await?;
    let posts = after.posts.iter().filter(|post| !before.posts.contains(post));
    let head = "insert into post (code, unit_code, title, body, rank, is_single)";
    insert_rows(&mut **transaction, head, &posts.map(post_row).collect::<Vec<_>>(), "").await?;
    for post in &after.posts {
        let terms = |staffing: &Staffing| -> Vec<Term> {
            staffing.terms.iter().filter(|term| term.post == post.code).cloned().collect()
        };
        let terms = (terms(before), terms(after));
        if terms.0 != terms.1 {
            sqlx::query(CLEAR_TERMS).bind(post.code.clone()).execute(&mut **transaction).await?;
            insert_terms(transaction, &terms.1).await?;
        }
    }
    Ok(())
}

fn post_row(post: &Post) -> Vec<Bound<'_>> {
    vec![
        Bound::Text(&post.code),
        Bound::Text(post.unit.as_str()),
        Bound::Text(&post.title),
        Bound::Text(post.body.as_str()),
        Bound::Whole(i64::from(post.rank)),
        Bound::Whole(i64::from(post.is_single)),
    ]
}

fn term_row<'a>(term: &'a Term, [from, to]: &'a [String; 2]) -> Vec<Bound<'a>> {
    let texts = [&term.post, &term.person, from, to].map(|text| Bound::Text(text));
    let flags = [term.is_acting, term.is_standing].map(|flag| Bound::Whole(i64::from(flag)));
    texts.into_iter().chain(flags).collect()
}

async fn insert_terms(transaction: &mut Transaction, terms: &[Term]) -> Result<()> {
    let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
    let days: Vec<[String; 2]> =
        terms.iter().map(|term| [day(term.validity.from, ""), day(term.validity.to, OPEN_END)]).collect();
    let rows: Vec<Vec<Bound<'_>>> = terms.iter().zip(&days).map(|(term, days)| term_row(term, days)).collect();
    let head = "insert into post_term (post_code, person_code, valid_from, valid_to, is_acting, is_standing)";
    insert_rows(&mut **transaction, head, &rows, "").await?;
    Ok(())
}

/// Ends every term at a unit that ends: whoever was to begin later never does.
pub(in crate::organisation) async fn end_terms(
    transaction: &mut Transaction,
    unit: &str,
    last_day: Date,
) -> Result<()> {
    for statement in [DROP_LATER, SHORTEN] {
        let query = sqlx::query(statement).bind(unit.to_owned()).bind(last_day.to_string());
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}
