//! Reminders: one letter to each person who answers for a unit that is late on the road, put into the queue.

use domain::{
    evaluation::road::{RoadState, Stage},
    vietnamese::short_date,
};
use fluent_bundle::FluentArgs;

use super::queries::{self, Round};
use crate::{
    audit,
    office::Office,
    platform::{
        Context, Language, Result,
        mail::{self, Letter},
        web::wording,
    },
    submissions,
};

/// Queues a reminder to the people of these units for the stage that is theirs: the self-score or the explanation; gives
/// how many letters that were. `origin` is the address of the office, without a slash at its end.
///
/// # Errors
/// Where the database cannot be read or written.
pub async fn remind(office: &Office, context: &Context, round: i64, units: &[String], origin: &str) -> Result<usize> {
    let known = queries::round(office, round).await?;
    let (registry, today) = (office.registry().await?, context.today());
    let mut letters = Vec::new();
    for standing in queries::standings(office.db(), round).await? {
        let stage = match standing.state {
            RoadState::Opened => Stage::SelfScore,
            RoadState::Reviewed => Stage::Explanation,
            _ => continue,
        };
        let Some(unit) = registry.unit(&standing.unit).filter(|_| units.contains(&standing.unit)) else { continue };
        for (recipient, language) in
            submissions::queries::recipients(office, &standing.unit, &today.to_string()).await?
        {
            let url = format!("{origin}/cham-diem/{round}/tu-cham/{}", standing.unit);
            letters.push(letter(&known, stage, unit.name_on(today), &url, (recipient, language)));
        }
    }
    let mut transaction = office.db().begin().await?;
    mail::queue(&mut transaction, context, &letters).await?;
    let detail = format!("{} thư", letters.len());
    audit::write(&mut transaction, context, "evaluation.remind", &round.to_string(), &detail).await?;
    transaction.commit().await?;
    Ok(letters.len())
}

fn letter(round: &Round, stage: Stage, unit: &str, url: &str, (recipient, language): (String, Language)) -> Letter {
    let said = |key: &str, words: &[(&str, &str)]| {
        let mut arguments = FluentArgs::new();
        words.iter().for_each(|(name, text)| arguments.set((*name).to_owned(), (*text).to_owned()));
        wording::message(language, key, Some(&arguments)).unwrap_or_else(|| key.to_owned())
    };
    let (vietnamese, english) = stage.label();
    let stage_name = if language.as_str() == "en" { english } else { vietnamese };
    let set = round.set.label.in_language(language.as_str());
    let due = round.deadlines.of(stage).map_or_else(String::new, short_date);
    let words = [("unit", unit), ("stage", stage_name), ("set", set), ("due", &due), ("url", url)];
    let subject = said("letter-road-subject", &words);
    Letter { recipient, subject, body: said("letter-road-body", &words) + "\n" }
}
