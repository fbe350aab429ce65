//! Emulation clusters (cụm, khối thi đua): which school stands in which, year by year, across the lines of authority.

mod store;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Reason, Refusal, vietnamese::normalise};

use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result},
};

/// Letters in the name of a cluster.
const NAME_LENGTH_MAX: usize = 80;

/// The cluster of each unit in a year, by the unit's code.
pub type Members = BTreeMap<String, String>;

/// The clusters of a year; empty where the office has none.
///
/// # Errors
/// Where the database cannot be read.
pub async fn members(office: &Office, year: &str) -> Result<Members> {
    store::members(office.db(), year).await
}

/// Reads lines `code; cluster`, what follows a second `;` is for people alone. No cluster takes the unit out.
///
/// # Errors
/// Every line that cannot be read, by its number.
pub fn read_lines(text: &str) -> Result<Vec<(String, String)>, Refusal> {
    let (mut entries, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut say = |code: &str, what: String| {
            faults.push(Reason::new(code, format!("Dòng {}: {what}", number + 1)).at("lines"));
        };
        let mut parts = line.split([';', '\t']).map(str::trim);
        match (parts.next(), parts.next()) {
            (Some(code), Some(cluster)) if !code.is_empty() => {
                let cluster = normalise(cluster);
                if cluster.chars().count() > NAME_LENGTH_MAX {
                    say("cluster_name", format!("tên cụm dài hơn {NAME_LENGTH_MAX} chữ."));
                } else if seen.insert(code.to_owned()) {
                    entries.push((code.to_owned(), cluster));
                } else {
                    say("unit_twice", format!("mã {code} đã có ở dòng trên; mỗi trường chỉ ở một cụm."));
                }
            }
            _ => say("unreadable_line", "phải có dạng «mã trường; tên cụm».".to_owned()),
        }
    }
    Refusal::unless_empty(faults)?;
    Ok(entries)
}

/// Puts units into clusters of a year, or takes them out where the cluster is empty; gives how many changed.
///
/// # Errors
/// Every unit that does not exist.
pub async fn set(office: &Office, context: &Context, year: &str, entries: &[(String, String)]) -> Result<usize> {
    let registry = office.registry().await?;
    let unknown = entries.iter().filter(|(code, _)| registry.unit(code).is_none());
    let faults = unknown.map(|(code, _)| {
        Reason::new("unknown_unit", format!("Không có đơn vị mang mã «{code}» trong danh mục.")).at("lines")
    });
    Refusal::unless_empty(faults.collect()).map_err(Error::from)?;
    let known = members(office, year).await?;
    let changed: Vec<&(String, String)> =
        entries.iter().filter(|(code, cluster)| known.get(code).map_or("", String::as_str) != cluster).collect();
    if changed.is_empty() {
        return Ok(0);
    }
    let mut transaction = office.db().begin().await?;
    store::save(&mut transaction, year, &changed).await?;
    let detail = format!("{} đơn vị", changed.len());
    audit::write(&mut transaction, context, "clusters.set", year, &detail).await?;
    transaction.commit().await?;
    Ok(changed.len())
}

#[cfg(test)]
mod tests;
