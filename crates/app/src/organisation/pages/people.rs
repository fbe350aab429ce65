//! The people of a unit: who holds which post on a day, who held it before, appointing, ending and mending terms.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason, Refusal,
    organisation::{
        Unit, Validity,
        people::{PostBody, PostEdit, usual_posts},
    },
    vietnamese::{normalise, parse_date},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    organisation::{
        operations::{self, Appointing, Choice, PersonChoice, TermKey},
        queries,
    },
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// The day that is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "ngay")]
    day: String,
}

/// What is asked for; every verb uses its own fields.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct StaffForm {
    verb: String,
    post: String,
    person: String,
    is_namesake: String,
    from: String,
    acting: String,
    standing: String,
    replaces: String,
    last_day: String,
    known: String,
    to: String,
    title: String,
    body: String,
    rank: String,
    single: String,
    name: String,
}

/// `GET /don-vi/{code}/chuc-vu?ngay=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let unit = known(&office, &code).await?;
    let day = parse_date(&asked.day).unwrap_or_else(|| queries::nearest_day(unit.validity, visitor.today()));
    let form = StaffForm { from: day.to_string(), ..StaffForm::default() };
    draw(&office, visitor, &unit, day, &form, &[]).await
}

async fn known(office: &Office, code: &str) -> Result<Unit> {
    let registry = office.registry().await?;
    let unit = registry.unit(code).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {code}")))?;
    Ok(unit.clone())
}

/// `POST /don-vi/{code}/chuc-vu`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    CsrfForm(form): CsrfForm<StaffForm>,
) -> Result<Response> {
    let unit = known(&office, &code).await?;
    visitor.require(Right::ManageUnits, &code)?;
    match done(&office, &visitor, &unit, &form).await {
        Ok(()) => Ok(Redirect::to(&format!("/don-vi/{code}/chuc-vu")).into_response()),
        Err(Error::Refused(refusal)) => {
            let day = queries::nearest_day(unit.validity, visitor.today());
            let page = draw(&office, visitor, &unit, day, &form, &refusal.reasons).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn done(office: &Office, visitor: &Visitor, unit: &Unit, form: &StaffForm) -> Result<()> {
    let (context, code) = (visitor.context(), unit.code.as_str());
    match form.verb.as_str() {
        "appoint" => operations::appoint(office, &context, code, &form.appointing()?).await,
        "end_term" => {
            let last_day = day(&form.last_day, "last_day")?;
            operations::end_term(office, &context, code, &form.key(), last_day).await
        }
        "correct_term" => {
            let term = (form.span()?, !form.acting.is_empty(), !form.standing.is_empty());
            operations::correct_term(office, &context, code, &form.key(), Some(term)).await
        }
        "remove_term" => operations::correct_term(office, &context, code, &form.key(), None).await,
        "add_post" => {
            let edit = PostEdit {
                title: form.title.clone(),
                body: PostBody::parse(&form.body).unwrap_or(PostBody::Government),
                rank: form.rank.trim().parse().unwrap_or(0),
                is_single: !form.single.is_empty(),
            };
            operations::add_post(office, &context, code, &edit).await.map(|_| ())
        }
        "rename_person" => {
            let holders = queries::holders_ever(office, code).await?;
            if !holders.iter().any(|holder| holder.person == form.person) {
                return Err(Error::NotFound(format!("người mang mã {}", form.person)));
            }
            operations::rename_person(office, &context, &form.person, &form.name).await
        }
        _ => Err(Error::refused("unknown_verb", "Xin chọn một việc trên trang này.")),
    }
}

fn day(text: &str, field: &str) -> Result<Date, Refusal> {
    let missing = || Reason::new("bad_date", "Hãy ghi ngày, ví dụ 01/07/2026.").at(field);
    parse_date(text).ok_or_else(|| missing().into())
}

impl StaffForm {
    fn appointing(&self) -> Result<Appointing, Refusal> {
        let mut reasons = Vec::new();
        let post = match self.post.strip_prefix("usual:") {
            Some(number) => Choice::Usual(number.parse().unwrap_or(usize::MAX)),
            None => Choice::Known(self.post.clone()),
        };
        if self.post.is_empty() {
            reasons.push(Reason::new("unknown_post", "Hãy chọn chức vụ.").at("post"));
        }
        let person = person(&self.person, !self.is_namesake.is_empty());
        if self.person.trim().is_empty() {
            reasons.push(Reason::new("no_name", "Hãy ghi họ và tên.").at("person"));
        }
        let from = day(&self.from, "from").map_err(|refusal| reasons.extend(refusal.reasons)).ok();
        Refusal::unless_empty(reasons)?;
        Ok(Appointing {
            post,
            person,
            from: from.unwrap_or_default(),
            is_acting: !self.acting.is_empty(),
            is_standing: !self.standing.is_empty(),
            replaces: !self.replaces.is_empty(),
        })
    }

    fn key(&self) -> TermKey {
        TermKey { post: self.post.clone(), person: self.person.clone(), from: parse_date(&self.known) }
    }

    /// From a day to a day; an empty field is an open end.
    fn span(&self) -> Result<Validity, Refusal> {
        let end = |text: &str, field| if text.trim().is_empty() { Ok(None) } else { day(text, field).map(Some) };
        Ok(Validity { from: end(&self.from, "from")?, to: end(&self.to, "to")? })
    }
}

/// `Nguyễn Thị Bình (P12)` is a person whom the office knows; a name alone is a new one.
fn person(text: &str, is_namesake: bool) -> PersonChoice {
    let text = normalise(text);
    let code = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(_, code)| code.trim());
    match code {
        Some(code) => PersonChoice::Known(code.to_owned()),
        None => PersonChoice::New { name: text, is_namesake },
    }
}

/// A post that may be filled.
#[derive(Debug, Serialize)]
struct PostChoice {
    value: String,
    title: String,
    body: PostBody,
}

async fn draw(
    office: &Office,
    visitor: Visitor,
    unit: &Unit,
    day: Date,
    form: &StaffForm,
    reasons: &[Reason],
) -> Result<Page> {
    let code = unit.code.as_str();
    let may_change = visitor.may(Right::ManageUnits, code);
    let people = if may_change { queries::people(office).await? } else { Vec::new() };
    let name = unit.name_on(day).to_owned();
    let values = context! {
        code,
        name => name.as_str(),
        day => day.to_string(),
        holders => Serde(&queries::holders_on(office, code, day).await?),
        past => Serde(&queries::holders_before(office, code, day).await?),
        coming => Serde(&queries::holders_after(office, code, day).await?),
        signers => Serde(&queries::signers_on(office, code, day).await?),
        posts => Serde(&post_choices(office, unit).await?),
        bodies => PostBody::ALL.map(PostBody::as_str),
        people => Serde(&people),
        may_change,
        form => Serde(form),
        reasons => Serde(reasons),
        bad => reasons.iter().map(|reason| reason.at.clone()).collect::<Vec<_>>(),
    };
    let units = wording::text(visitor.language(), "units");
    let page = Page::new("organisation/people.html", visitor, values).crumb(units, "/don-vi");
    Ok(page.crumb(name, format!("/don-vi/{code}")))
}

/// The unit's posts, then the usual ones that it has not.
async fn post_choices(office: &Office, unit: &Unit) -> Result<Vec<PostChoice>> {
    let own = queries::posts_of(office, unit.code.as_str()).await?;
    let is_known = |usual: &domain::organisation::people::UsualPost| {
        own.iter().any(|post| (post.title.as_str(), post.body) == (usual.title, usual.body))
    };
    let usual = usual_posts(unit.kind).iter().enumerate().filter(|(_, usual)| !is_known(usual));
    let usual = usual.map(|(place, usual)| PostChoice {
        value: format!("usual:{place}"),
        title: usual.title.to_owned(),
        body: usual.body,
    });
    let known =
        own.iter().map(|post| PostChoice { value: post.code.clone(), title: post.title.clone(), body: post.body });
    Ok(known.chain(usual).collect())
}
