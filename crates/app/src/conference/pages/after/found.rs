//! `/hoi-nghi/{id}/bai-nguon`: an article that was published elsewhere; `/tin-tuc/{id}/bai-nguon`: the same for everybody.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::Block;
use serde::Deserialize;

use super::super::here;
use crate::{
    conference::{
        WRITE, live,
        operations::{
            claims,
            found::{self, Taken},
        },
    },
    identity::Visitor,
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Serde, Value, context, wording},
    },
};

/// `GET /hoi-nghi/{id}/bai-nguon`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, WRITE).await?;
    let taken = found::kept(&office, id).await?;
    let (held_on, is_over) = {
        let state = here.hall.state().await;
        (state.head.held_on, state.phase.is_over())
    };
    let days_after = taken.as_ref().zip(held_on).and_then(|(taken, day)| taken.article.days_after(day));
    let (mut unknown, mut short) = (Vec::new(), Vec::new());
    if let Some(taken) = &taken {
        let text: Vec<&str> = taken.article.blocks.iter().map(Block::text).collect();
        let text = text.join("\n");
        unknown = claims::unknown(&office, id, &text).await?;
        let used = claims::abbreviations()?.used_in(&text).into_iter();
        short = used.map(|(short, known)| (short.join(", "), known.long.clone())).collect();
    }
    let found = taken.as_ref().map(values);
    let values = context! { found, days_after, is_over, unknown => Serde(&unknown), short => Serde(&short) };
    Ok(here.page("conference/found.html", "record", visitor, values))
}

fn values(taken: &Taken) -> Value {
    let article = &taken.article;
    let block = |block: &Block| match block {
        Block::Paragraph { text } => context! { text },
        Block::Picture { caption, is_glued } => context! { caption, is_glued },
    };
    context! {
        headline => article.title.as_str(), category => article.category(), byline => article.byline.as_str(),
        byline_unit => article.byline_unit.as_str(), breadcrumb => article.breadcrumb.join(" › "),
        published_on => article.published_on.map(|day| day.to_string()),
        published_at => article.published_at.map(|at| at.strftime("%H:%M").to_string()),
        views_there => article.view_count, views_here => taken.view_count, views => taken.view_count_all(),
        blocks => article.blocks.iter().map(block).collect::<Vec<_>>(), slips => Serde(&article.slips),
        joined_lines => article.joined_lines, original => article.original.as_str(), source => taken.source.as_str(),
        taken_at => taken.taken_at.as_str(), taken_by => taken.taken_by.as_str(), shown_at => taken.shown_at.as_str(),
        revision => taken.revision,
    }
}

/// What is done to it.
#[derive(Debug, Deserialize)]
pub struct Form {
    /// `take`, `mend`, `show` or `hide`.
    verb: String,
    /// The revision that the page showed; 0 where nothing was kept.
    #[serde(default)]
    revision: i64,
    #[serde(default)]
    text: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    place: usize,
}

/// `POST /hoi-nghi/{id}/bai-nguon`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Form>,
) -> Result<Redirect> {
    here(&office, &visitor, id, WRITE).await?;
    let (context, seen) = (visitor.context(), (id, form.revision));
    match form.verb.as_str() {
        "show" => found::show(&office, &context, seen).await?,
        "hide" => found::hide(&office, &context, id).await?,
        "mend" => found::mend(&office, &context, seen, form.place).await?,
        _ => drop(found::take_over(&office, &context, seen, &form.text, &form.source).await?),
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/bai-nguon")))
}

/// `GET /tin-tuc/{id}/bai-nguon`: no account, no cookie; the reading is counted.
pub async fn read(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let taken = found::open(&office, id).await?;
    let hall = live::hall(&office, id).await?;
    let (title, organiser) = {
        let state = hall.state().await;
        (state.head.title.clone(), state.head.organiser_name.clone())
    };
    let usual = wording::text(visitor.language(), "around-news-category");
    let category = taken.article.category();
    let label = if category.is_empty() { usual } else { category.to_owned() };
    let home = wording::text(visitor.language(), "seed-home");
    let values = context! { id, found => values(&taken), title, organiser };
    Ok(Page::new("conference/found_news.html", visitor, values).crumb(home, "/tin-tuc").crumb(label, "/tin-tuc"))
}
