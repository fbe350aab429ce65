//! Dates as offices print and type them.

use jiff::civil::Date;

use super::fold::fold;

/// `ngày 05 tháng 01 năm 2026`: a leading zero for days under 10 and for January and February only.
///
/// Source: Decree 30/2020/NĐ-CP, annex I (place and date of a document).
pub fn long_date(date: Date) -> String {
    let month = date.month();
    let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// `05/01/2026`.
pub fn short_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Reads a date as people type it: `1/6/2015`, `26/ 7 /2017`, `26-7-2017`, `26.7.2017`, `2015-06-01`,
/// `ngày 05 tháng 01 năm 2026`; `None` where it is not a date of the calendar with a year of four digits.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = fold(text).replace("ngay", " ").replace("thang", "/").replace("nam", "/");
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let is_number =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(is_number(day, 2) && is_number(month, 2) && year.len() == 4 && is_number(year, 4)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
