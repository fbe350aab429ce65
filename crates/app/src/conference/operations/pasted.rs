//! Lists pasted from a workbook or a mail: one line for each, cells parted by tabs, bars or semicolons.

use domain::{
    Level, Reason, Refusal,
    vietnamese::{fold, normalise},
};

/// More lines than one conference in the land has.
const LINE_COUNT_MAX: usize = 5_000;

/// Reads every line that is not blank by its cells. The first of them is left out where its first cell is one of `heads`.
///
/// # Errors
/// `too_many_lines`, `empty_list`; every line that cannot be read, with its number in what was pasted, blank lines counted.
pub(super) fn lines<T>(
    pasted: &str,
    heads: &[&str],
    read: impl Fn(&[String]) -> Result<T, String>,
) -> Result<Vec<T>, Refusal> {
    // A row whose first cell is empty begins with a tab; empty cells after the last one say nothing.
    let numbered = (1..).zip(pasted.lines().map(str::trim_end));
    let lines: Vec<(usize, &str)> = numbered.filter(|(_, line)| !line.is_empty()).collect();
    if lines.len() > LINE_COUNT_MAX {
        let message = format!("Danh sách có {} dòng; mỗi lần dán tối đa {LINE_COUNT_MAX} dòng.", lines.len());
        return Err(Reason::new("too_many_lines", message).at("pasted").into());
    }
    let (mut found, mut reasons) = (Vec::with_capacity(lines.len()), Vec::new());
    for (place, (number, line)) in lines.into_iter().enumerate() {
        let cells: Vec<String> = line.split(['\t', '|', ';']).map(normalise).collect();
        if place == 0 && cells.first().is_some_and(|cell| heads.contains(&&*fold(cell))) {
            continue;
        }
        match read(&cells) {
            Ok(one) => found.push(one),
            Err(message) => {
                reasons.push(Reason::new("bad_line", format!("Dòng {number}: {message}")).at("pasted"));
            }
        }
    }
    if found.is_empty() && reasons.is_empty() {
        reasons.push(Reason::new("empty_list", "Danh sách trống; hãy dán ít nhất một dòng.").at("pasted"));
    }
    Refusal::unless_empty(reasons)?;
    Ok(found)
}

/// A level by its abbreviation or name; none where the cell is empty.
pub(super) fn level(typed: &str) -> Result<Option<Level>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let wanted = fold(typed);
    let names = |level: &Level| [level.abbreviation(), level.label().0, level.as_str()];
    let found = Level::ALL.into_iter().find(|level| names(level).iter().any(|name| fold(name) == wanted));
    found.map(Some).ok_or_else(|| format!("«{typed}» không phải cấp học; ghi MN, TH, THCS, THPT, GDTX."))
}
