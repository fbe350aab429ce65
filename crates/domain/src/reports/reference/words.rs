//! The words of each form. Differences of percentages are always said to be points (figures.md, wording traps).

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::naming::Naming;
use crate::figures::catalogue::Direction;
use crate::vietnamese::format_number;

/// `tăng 120`, `giảm 2,3 điểm %`, `không đổi`.
pub(super) fn change(naming: &Naming, difference: f64) -> String {
    moved(difference, &naming.printed_difference(difference))
}

/// `tăng 2,3%`.
pub(super) fn relative_change(share: f64) -> String {
    moved(share, &format!("{}%", format_number(share.abs(), 1)))
}

/// `+120`, `-2,3`, `0`: a change as a table's cell prints it.
pub(super) fn signed(naming: &Naming, difference: f64) -> String {
    let sign = if difference > 0.0 { "+" } else { "" };
    format!("{sign}{}", format_number(difference, naming.decimals))
}

/// `vượt chỉ tiêu 4,5 điểm %`; where less is better the target is a ceiling.
pub(super) fn target_gap(naming: &Naming, gap: f64) -> String {
    let amount = naming.printed_difference(gap);
    match (Way::of(gap), naming.direction) {
        (Way::Same, _) => "đúng bằng chỉ tiêu".to_owned(),
        (Way::Up, Direction::Down) => format!("cao hơn mức khống chế {amount}"),
        (Way::Down, Direction::Down) => format!("thấp hơn mức khống chế {amount}"),
        (Way::Up, _) => format!("vượt chỉ tiêu {amount}"),
        (Way::Down, _) => format!("thấp hơn chỉ tiêu {amount}"),
    }
}

/// `đạt 103,0% (vượt 4,5 điểm %)`, `đạt 98,5% (bằng chỉ tiêu)`, `97,3% (chưa đạt, thấp hơn 1,2 điểm %)`.
pub(super) fn target_result(naming: &Naming, value: f64, gap: f64) -> String {
    let (value, amount) = (naming.printed(value), naming.printed_difference(gap));
    match (Way::of(gap), naming.direction) {
        (Way::Same, _) => format!("đạt {value} (bằng chỉ tiêu)"),
        (Way::Up, Direction::Down) => format!("{value} (chưa đạt, cao hơn {amount})"),
        (Way::Down, Direction::Down) => format!("{value} (đạt, thấp hơn mức khống chế {amount})"),
        (Way::Up, _) => format!("đạt {value} (vượt {amount})"),
        (Way::Down, _) => format!("{value} (chưa đạt, thấp hơn {amount})"),
    }
}

/// `cao hơn 12 bậc`: `places` is positive where the place is better than the year before.
pub(super) fn rank_change(places: f64) -> String {
    let amount = format_number(places.abs(), 0);
    match Way::of(places) {
        Way::Up => format!("cao hơn {amount} bậc"),
        Way::Down => format!("thấp hơn {amount} bậc"),
        Way::Same => "giữ nguyên thứ hạng".to_owned(),
    }
}

fn moved(difference: f64, amount: &str) -> String {
    match Way::of(difference) {
        Way::Up => format!("tăng {amount}"),
        Way::Down => format!("giảm {amount}"),
        Way::Same => "không đổi".to_owned(),
    }
}

/// Which way a difference goes.
enum Way {
    Up,
    Down,
    Same,
}

impl Way {
    fn of(difference: f64) -> Self {
        if difference > 0.0 {
            Self::Up
        } else if difference < 0.0 {
            Self::Down
        } else {
            Self::Same
        }
    }
}

/// Rounds half away from zero on the shortest decimal form.
pub(in crate::reports) fn round(value: f64, decimals: u8) -> f64 {
    let exact: Option<Decimal> = value.to_string().parse().ok();
    exact
        .and_then(|exact| {
            exact.round_dp_with_strategy(u32::from(decimals), RoundingStrategy::MidpointAwayFromZero).to_f64()
        })
        .unwrap_or(value)
}
