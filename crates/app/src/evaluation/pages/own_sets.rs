//! The sets that an office makes itself: copied, changed, checked, tried on figures, saved, taken into use.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Reason, school_year::SchoolYear};
use serde::Deserialize;

use super::{crumbs, trial::Trial, unit_of, year_of};
use crate::{
    evaluation::{
        drafting::{self, Draft},
        queries::own_sets,
        sets,
    },
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// Which text is in the editor.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A set to copy.
    #[serde(default, rename = "tu")]
    pub(super) from: String,
    /// The version of an own set; the latest where absent.
    #[serde(default, rename = "ban")]
    version: i64,
}

/// What is done with the text.
#[derive(Debug, Deserialize)]
pub struct Deed {
    verb: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    based_on: String,
    #[serde(default)]
    trial_year: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    version: i64,
}

/// What is shown beside the list of versions.
#[derive(Default)]
pub(super) struct Editor {
    pub(super) text: String,
    pub(super) based_on: String,
    faults: Vec<Reason>,
    is_sound: bool,
    trial_year: String,
    trial: Option<Trial>,
}

impl Editor {
    /// The editor with a text that came from elsewhere.
    pub(super) fn of(text: String, based_on: String, faults: Vec<Reason>) -> Self {
        Self { text, based_on, faults, ..Self::default() }
    }
}

/// `GET /danh-gia/{year}/bo-rieng?tu=&ban=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let (year, unit) = (year_of(&year)?, unit_of(&visitor)?);
    let editor = if asked.from.is_empty() { Editor::default() } else { copied(&office, &unit, &asked).await? };
    page(&office, visitor, year, &unit, editor).await
}

/// The text of a set to begin with: an own version as it is, any other under a code of its own.
pub(super) async fn copied(office: &Office, unit: &str, asked: &Asked) -> Result<Editor> {
    let own = own_sets::versions(office, &asked.from).await?;
    let version = own.iter().find(|one| one.version == asked.version).or(own.last());
    if let Some(one) = version.filter(|one| one.unit_code == unit) {
        let next = own.last().map_or(1, |last| last.version + 1);
        let text = with_line(&one.content, "version", &next.to_string());
        return Ok(Editor { text, based_on: one.based_on.clone(), ..Editor::default() });
    }
    let known = sets::all(office).await?.into_iter().rev().find(|known| known.set.code == asked.from);
    let known = known.ok_or_else(|| Error::NotFound(format!("bộ tiêu chí mang mã {}", asked.from)))?;
    let code = format!("\"{}-{}\"", known.set.code, unit.to_lowercase().replace('.', "-"));
    let source = format!("\"Bộ của đơn vị, soạn từ bộ {} phiên bản {}\"", known.set.code, known.set.version);
    let changes = [("code", code.as_str()), ("version", "1"), ("source", &source), ("confidence", "\"default\"")];
    let text = changes.into_iter().fold(known.text, |text, (name, value)| with_line(&text, name, value));
    Ok(Editor { text, based_on: known.set.code.clone(), ..Editor::default() })
}

/// A text with another value in the first line that sets a name.
fn with_line(text: &str, name: &str, value: &str) -> String {
    let mut is_done = false;
    let lines = text.lines().map(|line| {
        let is_meant = !is_done && line.split('=').next().is_some_and(|left| left.trim() == name);
        if is_meant {
            is_done = true;
            return format!("{name} = {value}");
        }
        line.to_owned()
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

pub(super) async fn page(
    office: &Office,
    visitor: Visitor,
    year: SchoolYear,
    unit: &str,
    editor: Editor,
) -> Result<Page> {
    let in_force = sets::in_force(office, year).await?;
    let later = |one: &own_sets::OwnSet| {
        let used = in_force.iter().find(|known| known.set.code == one.code).map(|known| i64::from(known.set.version));
        used.filter(|version| *version > one.version)
    };
    let own: Vec<_> = own_sets::all(office)
        .await?
        .into_iter()
        .filter(|one| one.unit_code == unit)
        .map(|one| {
            context! {
                replaced_by => later(&one), code => one.code, version => one.version, in_use_from => one.in_use_from,
                saved_at => one.saved_at, saved_by => one.saved_by
            }
        })
        .collect();
    let sets: Vec<(String, String)> =
        in_force.iter().map(|known| (known.set.code.clone(), known.set.label.vi.clone())).collect();
    let language = visitor.language();
    let trial_year = if editor.trial_year.is_empty() { year.previous().to_string() } else { editor.trial_year };
    let values = context! {
        year => year.to_string(), years => visitor.frame().years.clone(), own, sets => Serde(&sets), text => editor.text, based_on => editor.based_on,
        faults => Serde(&editor.faults), is_sound => editor.is_sound, trial_year, trial => Serde(&editor.trial),
    };
    Ok(crumbs(Page::new("evaluation/own_sets.html", visitor, values), language, year))
}

/// `POST /danh-gia/{year}/bo-rieng`: checks, tries, saves, takes into use.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(deed): CsrfForm<Deed>,
) -> Result<Response> {
    let (year, unit) = (year_of(&year)?, unit_of(&visitor)?);
    let (context, address) = (visitor.context(), format!("/danh-gia/{year}/bo-rieng"));
    // Browsers send line ends of their own.
    let text = deed.text.replace("\r\n", "\n");
    let mut editor = Editor {
        text: text.clone(),
        based_on: deed.based_on.clone(),
        trial_year: deed.trial_year.clone(),
        ..Editor::default()
    };
    let done = match deed.verb.as_str() {
        "check" => drafting::check(&office, &text).map(|_| None).map_err(Error::from),
        "try" => {
            let found = drafting::tried(&office, &text, year_of(&deed.trial_year)?, visitor.today()).await;
            found.map(|found| {
                editor.trial = Some(Trial::of(&found, &visitor));
                None
            })
        }
        "save" => {
            let draft = Draft { unit: unit.clone(), text, based_on: deed.based_on };
            drafting::save(&office, &context, &draft).await.map(|_| Some(address))
        }
        "use" => {
            let own = own_sets::versions(&office, &deed.code).await?;
            if !own.iter().any(|one| one.unit_code == unit) {
                return Err(Error::Forbidden);
            }
            drafting::take_into_use(&office, &context, &deed.code, deed.version).await.map(|()| Some(address))
        }
        verb => return Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    };
    match done {
        Ok(Some(address)) => Ok(Redirect::to(&address).into_response()),
        Ok(None) => {
            editor.is_sound = true;
            Ok(page(&office, visitor, year, &unit, editor).await?.into_response())
        }
        Err(Error::Refused(refusal)) if deed.verb != "use" => {
            editor.faults = refusal.reasons;
            let page = page(&office, visitor, year, &unit, editor).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}
