//! Who holds the posts of the demo's offices and of one school, appointed as an officer would.

use domain::organisation::people::usual_posts;
use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    office::Office,
    organisation::operations::{self, Appointing, Choice, PersonChoice},
    platform::{Context, Error, Result},
};

/// An appointment of the demo: `data/demo/ward.toml`, `[[appointment]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Appointment {
    unit: String,
    /// A usual post of the unit's kind, by its title; the first of the government, the school or the Party with it.
    post: String,
    name: String,
    from: Date,
    #[serde(default)]
    is_standing: bool,
    #[serde(default)]
    replaces: bool,
}

/// Appoints everyone, in the order of the file.
pub(super) async fn appoint(office: &Office, context: &Context, all: &[Appointment]) -> Result<()> {
    let registry = office.registry().await?;
    for one in all {
        let unknown = || Error::inside(format!("demo/ward.toml: no {} at {}", one.post, one.unit));
        let unit = registry.unit(&one.unit).ok_or_else(unknown)?;
        let usual = usual_posts(unit.kind);
        let is_meant = |body| usual.iter().position(|usual| usual.title == one.post && usual.body == body);
        use domain::organisation::people::PostBody::{Government, Party, School};
        let post = [Government, School, Party].into_iter().find_map(is_meant).ok_or_else(unknown)?;
        let asked = Appointing {
            post: Choice::Usual(post),
            person: PersonChoice::New { name: one.name.clone(), is_namesake: false },
            from: one.from,
            is_acting: false,
            is_standing: one.is_standing,
            replaces: one.replaces,
        };
        operations::appoint(office, context, &one.unit, &asked).await?;
    }
    Ok(())
}
