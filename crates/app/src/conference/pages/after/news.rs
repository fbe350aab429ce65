//! `/tin-tuc`: what the public reads of conferences — articles with their pictures. No account, no cookie.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::conference::Media;

use super::photos::jpeg;
use crate::{
    conference::{
        live,
        operations::{article, packet},
        queries,
    },
    identity::Visitor,
    office::Office,
    platform::{
        Result,
        web::{Page, Value, context, wording},
    },
};

/// `GET /tin-tuc`.
pub async fn list(State(office): State<Office>, visitor: Visitor) -> Result<Page> {
    let own = queries::around::public_articles(&office).await?;
    let rows: Vec<Value> = own
        .iter()
        .map(|article| context! { id => article.conference_id, title => article.title.as_str(), at => article.published_at.as_str() })
        .collect();
    let mut found = Vec::new();
    for article in queries::found::shown(&office).await? {
        let title = match article.title.as_str() {
            "" => queries::one(&office, article.conference_id).await?.title,
            title => title.to_owned(),
        };
        let posted_on = (!article.published_on.is_empty()).then_some(article.published_on);
        found.push(context! { id => article.conference_id, title, posted_on, source => article.source });
    }
    Ok(Page::new("conference/news_list.html", visitor, context! { rows, found }))
}

/// `GET /tin-tuc/{id}`: the article of a conference; the reading is counted.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let article = article::read(&office, id).await?;
    let hall = live::hall(&office, id).await?;
    let (photos, organiser) = {
        let state = hall.state().await;
        let picture = |media: &Media| {
            let item = media.item.and_then(|item| state.records.items.get(item));
            context! {
                sha256 => media.sha256.as_str(), caption => media.caption.as_str(), credit => media.credit.as_str(),
                item => item.map(|item| item.shown_title().to_owned()),
            }
        };
        let shown = state.records.media.iter().filter(|(_, media)| !media.sha256.is_empty());
        let photos: Vec<Value> = shown.map(|(_, media)| picture(media)).collect();
        (photos, state.head.organiser_name.clone())
    };
    let home = wording::text(visitor.language(), "seed-home");
    let label = wording::text(visitor.language(), "around-news-category");
    let values = context! {
        id, headline => article.title.as_str(), byline => article.byline.as_str(), paragraphs => article.printed(),
        published_at => article.published_at.as_str(), view_count => article.view_count, photos, organiser,
    };
    Ok(Page::new("conference/news.html", visitor, values).crumb(home, "/tin-tuc").crumb(label, "/tin-tuc"))
}

/// `GET /tin-tuc/{id}/anh/{file}`: a picture of a public article.
pub async fn photo(State(office): State<Office>, Path((id, sha256)): Path<(i64, String)>) -> Result<Response> {
    queries::around::public_article(&office, id).await?;
    let hall = live::hall(&office, id).await?;
    let bytes = packet::photo_of(&office, &*hall.state().await, &sha256).await?;
    Ok(jpeg(bytes, "public, max-age=86400, immutable"))
}
