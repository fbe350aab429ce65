//! A list of delegates, pasted: one line for each person or group.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Refusal,
    conference::{Command, Entry, Participation, ParticipationRole, PostTitle, Side},
    organisation::people::PostBody,
    vietnamese::fold,
};

use super::{commands, invite, live, pasted};
use crate::{
    office::Office,
    platform::{Context, Result},
};

/// Reads the lines: name | posts | unit | level. A first line of column heads is left out. Whoever has no name is a group
/// that the second cell describes.
///
/// # Errors
/// Every line that cannot be read, with its number.
pub fn read(pasted: &str, side: Side, may_vote: bool) -> Result<Vec<Participation>, Refusal> {
    pasted::lines(pasted, &["ho ten", "ho va ten", "name"], |cells| delegate(cells, side, may_vote))
}

fn delegate(cells: &[String], side: Side, may_vote: bool) -> Result<Participation, String> {
    let cell = |place: usize| cells.get(place).map_or("", String::as_str);
    if cells.len() > 4 {
        return Err(format!("có {} ô; cần họ tên | chức vụ | đơn vị | cấp học.", cells.len()));
    }
    let level = pasted::level(cell(3))?;
    let (name, posts) = (cell(0), cell(1));
    if name.is_empty() && posts.is_empty() {
        return Err("thiếu họ tên (hoặc mô tả nhóm ở ô thứ hai).".to_owned());
    }
    let role = if side == Side::Guest { ParticipationRole::Guest } else { ParticipationRole::Delegate };
    let line = Participation { unit_name: cell(2).to_owned(), level, side, role, ..Participation::default() };
    Ok(if name.is_empty() {
        Participation { group: posts.to_owned(), ..line }
    } else {
        Participation { name: name.to_owned(), posts: self::posts(posts), may_vote, ..line }
    })
}

/// Titles parted by commas, each with its body.
pub fn posts(typed: &str) -> Vec<PostTitle> {
    typed.split(',').map(str::trim).filter(|title| !title.is_empty()).map(post).collect()
}

/// A title with the body that its words name.
pub fn post(title: &str) -> PostTitle {
    let folded = format!(" {} ", fold(title));
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(&format!(" {word} ")));
    let body = if has(&["quv", "tuv", "duv", "huv", "bi thu", "uy vien", "quan uy", "dang uy", "thanh uy vien"]) {
        PostBody::Party
    } else if has(&["hdnd", "hoi dong nhan dan"]) {
        PostBody::Council
    } else if has(&["cong doan", "ldld"]) {
        PostBody::Union
    } else if has(&["hieu truong", "giao vien", "ht", "pht"]) {
        PostBody::School
    } else {
        PostBody::Government
    };
    PostTitle { body, title: title.to_owned() }
}

/// Puts pasted lines into the list, all of them or none. Lines that stand there already (same name and unit) are left as
/// they are.
///
/// # Errors
/// As [`read`]; every line that the conference refuses.
pub async fn import(office: &Office, context: &Context, id: i64, lines: Vec<Participation>) -> Result<usize> {
    let hall = live::hall(office, id).await?;
    let (known, state): (BTreeSet<(String, String)>, _) = {
        let state = hall.state().await.clone();
        let lines = state.records.participations.iter();
        (lines.map(|(_, line)| (fold(line.shown_name()), fold(&line.unit_name))).collect(), state)
    };
    let (units, registry) = (units_by_name(office, context).await?, office.registry().await?);
    let mut fresh = Vec::new();
    for mut line in lines {
        if known.contains(&(fold(line.shown_name()), fold(&line.unit_name))) {
            continue;
        }
        if let Some(Some(code)) = units.get(&fold(&line.unit_name)).filter(|_| line.unit_code.is_empty()) {
            line.unit_code.clone_from(code);
        }
        if !line.unit_code.is_empty() {
            line.level = line.level.or_else(|| invite::level_of(&state, &registry, &line.unit_code));
            line.unit_kind = line.unit_kind.or_else(|| registry.unit(&line.unit_code).map(|unit| unit.kind));
        }
        fresh.push(Command::Put(None, Entry::Participation(line)));
    }
    let count = fresh.len();
    commands(office, context, id, fresh).await?;
    Ok(count)
}

/// Codes of units by their folded names today; none where several units share a name.
pub(super) async fn units_by_name(office: &Office, context: &Context) -> Result<BTreeMap<String, Option<String>>> {
    let registry = office.registry().await?;
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for unit in registry.units() {
        let code = Some(unit.code.as_str().to_owned());
        let is_shared = |known: &mut Option<String>| *known = None;
        found.entry(fold(unit.name_on(context.today()))).and_modify(is_shared).or_insert(code);
    }
    Ok(found)
}
