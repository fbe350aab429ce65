//! What the measures say, in one sentence: the title of the chart.

use serde::Serialize;

use super::YearGap;
use crate::{school_year::SchoolYear, vietnamese::format_number};

/// Where the gap goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It narrows.
    Narrower,
    /// It widens.
    Wider,
    /// It stays, within one part in twenty.
    Unchanged,
}

/// A change of spread smaller than this share of the first is none: a choice of ours, to keep noise out of headlines.
const LEAST_CHANGE: f64 = 0.05;

/// What follows a finding that rests on few schools.
pub const OF_FEW_SCHOOLS: &str = "; số trường ít, kết quả chỉ để tham khảo";

/// Compares two measures of spread; none where the first is not above zero.
pub fn verdict(first: f64, last: f64) -> Option<Direction> {
    let change = (first > 0.0).then(|| last / first - 1.0)?;
    Some(match change {
        change if change <= -LEAST_CHANGE => Direction::Narrower,
        change if change >= LEAST_CHANGE => Direction::Wider,
        _ => Direction::Unchanged,
    })
}

/// The finding over the years, in Vietnamese; none where there are not two years with a coefficient of variation.
pub fn finding(years: &[(SchoolYear, &YearGap)]) -> Option<String> {
    let mut spreads = years.iter().filter_map(|(year, gap)| Some((year, gap.distribution.cv?, gap)));
    let (first_year, first, first_gap) = spreads.next()?;
    let (last_year, last, last_gap) = spreads.next_back()?;
    let percent = |share: f64| format_number(100.0 * share, 1);
    let verb = match verdict(first, last)? {
        Direction::Narrower => "Khoảng cách giữa các trường thu hẹp",
        Direction::Wider => "Khoảng cách giữa các trường rộng ra",
        Direction::Unchanged => "Khoảng cách giữa các trường gần như không đổi",
    };
    let caution = match (first_gap.is_few || last_gap.is_few, last_gap.chance_share) {
        (true, _) => OF_FEW_SCHOOLS,
        (false, Some(share)) if share > 0.5 => "; phần lớn chênh lệch có thể do ngẫu nhiên ở trường nhỏ",
        _ => "",
    };
    Some(format!(
        "{verb}: hệ số biến thiên từ {}% ({first_year}) đến {}% ({last_year}){caution}",
        percent(first),
        percent(last)
    ))
}
