//! Intervals of a number with their points, as sheets write them: `95..98 = 8`.

use super::Points;
use crate::vietnamese::format_number;

/// From a number (included) to a number (not included), either end open, with its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The least number; open where absent.
    pub from: Option<f64>,
    /// The first number that is too great; open where absent.
    pub to: Option<f64>,
    /// The points.
    pub points: Points,
}

impl Step {
    /// Reads `95..98 = 8`, `98.. = 10`, `..90 = 0`, with the decimal point of data files.
    ///
    /// # Errors
    /// What is wrong, in Vietnamese.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("«{text}» không đúng dạng «từ..đến = điểm», ví dụ «95..98 = 8», «98.. = 10», «..90 = 0»");
        let (span, points) = text.split_once('=').ok_or_else(wrong)?;
        let (from, to) = span.split_once("..").ok_or_else(wrong)?;
        let bound = |text: &str| match text.trim() {
            "" => Ok(None),
            digits => digits.parse::<f64>().ok().filter(|number| number.is_finite()).map(Some).ok_or_else(wrong),
        };
        let (from, to) = (bound(from)?, bound(to)?);
        if from.zip(to).is_some_and(|(from, to)| from >= to) {
            return Err(format!("«{text}»: đầu khoảng phải nhỏ hơn cuối khoảng"));
        }
        let points = points.trim().parse().ok().and_then(Points::declared);
        let points =
            points.ok_or_else(|| format!("«{text}»: điểm phải là số không âm, nhiều nhất hai chữ số thập phân"))?;
        Ok(Self { from, to, points })
    }

    /// Whether the number lies inside.
    pub fn contains(&self, number: f64) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number < to)
    }

    /// `từ 95 đến dưới 98`.
    pub fn in_words(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("từ {} đến dưới {}", shown(from), shown(to)),
            (Some(from), None) => format!("từ {} trở lên", shown(from)),
            (None, Some(to)) => format!("dưới {}", shown(to)),
            (None, None) => "mọi giá trị".to_owned(),
        }
    }
}

/// A number with as many decimals as it has, at most four: `98`, `99,5`.
pub(in crate::evaluation) fn shown(number: f64) -> String {
    let text = format!("{number:.4}");
    let decimals = text.trim_end_matches('0').split_once('.').map_or(0, |(_, decimals)| decimals.len());
    format_number(number, u8::try_from(decimals).unwrap_or(u8::MAX))
}
