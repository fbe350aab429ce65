//! `tongket gaps`: how far schools are apart in an indicator, year by year, and whether the gap narrows.

use clap::Args;
use domain::{
    evaluation::gaps::{LeftOut, YearGap},
    school_year::SchoolYear,
    vietnamese::format_number,
};
use serde_json::{Value, json};

use super::{Globals, Output};
use crate::{
    evaluation::gaps::{self, Gaps as Found, left_out},
    platform::Result,
};

/// So many schools are named as those that lifted or lowered the average most.
const LIFTS_SHOWN: usize = 10;

/// So many years without figures are named one by one.
const YEARS_NAMED: usize = 6;

#[derive(Debug, Args)]
pub(super) struct Gaps {
    /// Mã chỉ số
    #[arg(long, value_name = "CODE")]
    indicator: String,
    /// Từ năm học
    #[arg(long = "from", value_name = "YEAR", value_parser = super::indicators::year)]
    from_year: SchoolYear,
    /// Đến năm học
    #[arg(long = "to", value_name = "YEAR", value_parser = super::indicators::year)]
    to_year: SchoolYear,
    /// Mã đơn vị có các trường được so sánh
    #[arg(long, value_name = "CODE")]
    unit: String,
}

pub(super) async fn run(globals: &Globals, asked: &Gaps) -> Result<Output> {
    let office = globals.open().await?;
    let found = gaps::measure(&office, &asked.indicator, (asked.from_year, asked.to_year), &asked.unit).await?;
    let years: Vec<Value> = found.years.iter().map(|year| of_year(year.year, year.gap.as_ref())).collect();
    let like = found.years.iter().zip(&found.like_for_like);
    let like: Vec<Value> = like.map(|(year, gap)| of_year(year.year, gap.as_ref())).collect();
    let json = json!({
        "indicator": found.indicator.code,
        "unit": found.unit,
        "on_map": found.on_map,
        "years": years,
        "like_for_like": {
            "n": found.panel.units.len(),
            "incomplete": left_out(&found.panel, LeftOut::Incomplete),
            "apportioned": left_out(&found.panel, LeftOut::Apportioned),
            "years": like,
        },
        "beta": found.beta,
        "lifted": lifted(&found),
        "finding": found.finding,
    });
    let asked = (asked.from_year, asked.to_year);
    Ok(Output::new(json, text(&found)).with_notices(without_figures(&found, asked).into_iter().collect()))
}

/// Which of the years asked for tell nothing.
fn without_figures(found: &Found, (from, to): (SchoolYear, SchoolYear)) -> Option<String> {
    let is_told = |year: SchoolYear| found.years.iter().any(|one| one.year == year && one.gap.is_some());
    let asked = std::iter::successors(Some(from), |year| Some(year.next())).take_while(|year| *year <= to);
    let silent: Vec<String> = asked.filter(|year| !is_told(*year)).map(|year| year.to_string()).collect();
    let shown = match silent.as_slice() {
        [] => return None,
        [first, .., last] if silent.len() > YEARS_NAMED => format!("{first} … {last} ({} năm học)", silent.len()),
        years => years.join(", "),
    };
    Some(format!("Không tính {shown}: chưa có số liệu."))
}

fn of_year(year: SchoolYear, gap: Option<&YearGap>) -> Value {
    let Some(gap) = gap else {
        return json!({ "year": year, "n": 0, "mean": null, "cv": null, "p90_p10": null, "between": null, "within": null });
    };
    let (spread, theil) = (&gap.distribution, gap.theil.as_ref());
    json!({
        "year": year, "n": spread.n, "mean": spread.mean, "cv": spread.cv, "p90_p10": spread.p90_p10,
        "between": theil.map(|theil| theil.between), "within": theil.map(|theil| theil.within),
        "theil": theil.map(|theil| theil.total), "sd": spread.sd, "min": spread.min, "p10": spread.p10,
        "median": spread.median, "p90": spread.p90, "max": spread.max, "chance_share": gap.chance_share,
        "is_few": gap.is_few,
    })
}

fn lifted(found: &Found) -> Value {
    let Some(lifted) = &found.lifted else { return Value::Null };
    let count = lifted.units.len();
    let is_shown = |place: usize| place < LIFTS_SHOWN || place + LIFTS_SHOWN >= count;
    let shown = lifted.units.iter().enumerate().filter(|(place, _)| is_shown(*place));
    let units: Vec<Value> = shown
        .map(|(_, lift)| {
            json!({
                "unit": found.schools[lift.unit], "lift": lift.sum(), "own_change": lift.own_change,
                "weight_change": lift.weight_change,
            })
        })
        .collect();
    json!({ "before": lifted.before, "after": lifted.after, "units": units })
}

fn text(found: &Found) -> String {
    let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format_number(value, 3));
    let mut lines = vec![found.indicator.label.vi.clone()];
    lines.extend(found.finding.clone());
    for year in &found.years {
        let Some(gap) = &year.gap else { continue };
        let (spread, theil) = (&gap.distribution, gap.theil.as_ref());
        lines.push(format!(
            "{}  n = {}, trung bình {}, hệ số biến thiên {}, P90/P10 {}, Theil {} + {}",
            year.year,
            spread.n,
            format_number(spread.mean, found.indicator.decimals),
            share(spread.cv),
            share(spread.p90_p10),
            share(theil.map(|theil| theil.between)),
            share(theil.map(|theil| theil.within)),
        ));
    }
    lines.join("\n")
}
