//! The texts of law that ship with the program, put into the register once for each version of the pack.

use domain::{
    Confidence,
    guidance::pack::{Pack, PackText},
};

use super::store::{self, NO_END, Row};
use crate::{
    audit,
    guidance::queries,
    office::Office,
    platform::{Actor, Context, Error, Result, db, secrets},
    shipped,
};

/// The file in `data/`.
const FILE: &str = "guidance/legal-texts.toml";

/// Who brings the pack in, in audit lines.
pub const ACTOR: &str = "guidance-pack";

/// The setting that says which version of the pack is in the register.
const SETTING: &str = "guidance_pack";

/// Brings the shipped texts into the register; doing it again changes nothing.
///
/// # Errors
/// An inside fault where the pack is not sound.
pub async fn load(office: &Office) -> Result<()> {
    let text = shipped::text(FILE)?;
    let version = secrets::hash(text);
    if db::setting(office.db(), SETTING).await?.as_deref() == Some(version.as_str()) {
        return Ok(());
    }
    let pack = Pack::parse(text).map_err(Error::inside)?;
    let now = office.settings().clock.now();
    let context = Context { now, actor: Actor::Job(ACTOR), request: String::new() };
    let mut transaction = office.db().begin().await?;
    for text in &pack.texts {
        store::save(&mut transaction, &row(text, &context)).await?;
    }
    let mut network = queries::load(&mut transaction).await?.network;
    for (link, told) in pack.link_list().into_iter().zip(&pack.links) {
        // A relation of the office's own that says the contrary stands: the pack gives way.
        if network.add(link.clone()).is_ok() {
            store::save_relation(&mut transaction, &context, &link, &told.source).await?;
        }
    }
    db::set_setting(&mut transaction, SETTING, &version).await?;
    audit::write(&mut transaction, &context, "guidance.load_pack", FILE, &pack.texts.len().to_string()).await?;
    Ok(transaction.commit().await?)
}

fn row(text: &PackText, context: &Context) -> Row {
    let day = |day: Option<jiff::civil::Date>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
    let confidence = match text.confidence {
        Confidence::Confirmed => "confirmed",
        Confidence::SecondHand => "second-hand",
        Confidence::Default => "default",
    };
    Row {
        slug: text.id.clone(),
        direction: "law".to_owned(),
        number: text.number.clone(),
        number_raw: text.number.clone(),
        document_type: text.document_type.clone(),
        issuer: text.issuer.clone(),
        issued_on: day(text.issued_on, ""),
        subject: text.subject.clone(),
        valid_from: day(text.valid_from, ""),
        valid_to: day(text.valid_to, NO_END),
        source: text.source.clone(),
        confidence: confidence.to_owned(),
        recorded_at: context.stamp(),
        recorded_by: context.actor.name().to_owned(),
        ..Row::default()
    }
}
