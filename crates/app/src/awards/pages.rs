//! Honours in the browser: the nominations of a year, a dossier clause by clause, the council, decisions, histories, statistics.

pub mod council;
pub mod dossier;
pub mod grantors;
pub mod honours;
pub mod list;
pub mod nominate;

use domain::{
    awards::{RulePack, Verdict, pack::Choice},
    school_year::SchoolYear,
};
use serde::Serialize;

use super::queries;
use crate::{
    identity::Visitor,
    office::Office,
    platform::{
        Result,
        web::{Page, wording},
    },
};

/// A word to choose, with its name.
#[derive(Clone, Debug, Serialize)]
struct Chosen {
    code: String,
    name: String,
}

/// The words of a closed list in the visitor's language.
fn choices<T: Choice>(visitor: &Visitor) -> Vec<Chosen> {
    let is_english = visitor.language().as_str() == "en";
    let chosen = |word: &T| {
        let (vi, en) = word.label();
        Chosen { code: word.as_str().to_owned(), name: if is_english { en } else { vi }.to_owned() }
    };
    T::all().iter().map(chosen).collect()
}

/// The awards of a pack in the visitor's language.
fn awards(visitor: &Visitor, pack: &RulePack) -> Vec<Chosen> {
    let name = |label: &domain::Label| label.in_language(visitor.language().as_str()).to_owned();
    pack.awards.iter().map(|award| Chosen { code: award.code.clone(), name: name(&award.label) }).collect()
}

fn award_name(visitor: &Visitor, pack: &RulePack, code: &str) -> String {
    let label = pack.award(code).map(|award| award.label.in_language(visitor.language().as_str()).to_owned());
    label.unwrap_or_else(|| code.to_owned())
}

/// The office whose council the visitor's unit comes before.
async fn office_of(office: &Office, visitor: &Visitor) -> Result<String> {
    visitor.signed_in()?;
    super::operations::office_for(office, &visitor.frame().unit_code, visitor.today()).await
}

/// The class of a chip that tells a verdict, and its mark, so that colour alone tells nothing.
fn chip(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Passed => ("done", "✓"),
        Verdict::NotPassed => ("late", "✕"),
        Verdict::CannotTell => ("due", "?"),
    }
}

/// The way to a page of a year's honours.
fn crumbs(page: Page, visitor: &Visitor, year: SchoolYear) -> Page {
    let label = wording::text(visitor.language(), "awards");
    page.crumb(year.to_string(), format!("/nam-hoc/{year}")).crumb(label, format!("/khen-thuong/{year}"))
}

/// The year of an address, if the office has opened it.
fn year_of(visitor: &Visitor, text: &str) -> Result<SchoolYear> {
    let year = queries::year(text)?;
    if visitor.frame().years.iter().any(|known| known == text) {
        return Ok(year);
    }
    Err(crate::platform::Error::NotFound(format!("năm học {text}")))
}
