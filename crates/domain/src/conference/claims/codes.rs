//! Numbers of documents, days and numbers in a text. What was found is taken out, so that nothing is found twice.
//!
//! The reader of citations (`guidance::citations`) takes the longest run behind a word that announces a number, and the
//! grammar of numbers judges it. Here nothing announces a number, a wrong one must be found too, and `lớp 5 - THCS` is
//! none: blanks are closed only where both sides leave no doubt.

use jiff::civil::Date;

use crate::vietnamese::parse_date;

/// Numbers of documents (`136/KH-UBND`, `34-CTr/TU`) in one spelling, and the text without them.
pub(super) fn codes(text: &str) -> (Vec<String>, String) {
    let tight = tight(text);
    let mut found = Vec::new();
    let rest: Vec<&str> = tight
        .split(' ')
        .filter(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let is_code = is_code(bare);
            if is_code {
                found.push(bare.to_owned());
            }
            !is_code
        })
        .collect();
    (found, rest.join(" "))
}

/// `136/KH-UBND`: begins with a digit, has capitals and one of the marks that part a number from its code.
fn is_code(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, code) = word.split_at(end);
    let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '&');
    !number.is_empty()
        && code.starts_with(['/', '-'])
        && code.chars().filter(|c| c.is_uppercase()).count() >= 2
        && code.chars().all(is_allowed)
}

/// The text without blanks inside dates, ranges and codes: `26/ 7 /2017`, `2017 – 2018`, `136/KH –UBND`. A dash between two
/// blanks parts words.
fn tight(text: &str) -> String {
    let letters: Vec<char> = text.chars().map(|c| if matches!(c, '–' | '—') { '-' } else { c }).collect();
    let mut kept = String::with_capacity(text.len());
    for (place, letter) in letters.iter().enumerate() {
        if *letter != ' ' || !is_inside(&kept, &letters[place + 1..]) {
            kept.push(*letter);
        }
    }
    kept
}

/// Whether a blank between these stands inside a date, a range or a code.
fn is_inside(kept: &str, after: &[char]) -> bool {
    let mut back = kept.chars().rev();
    let (last, before_last) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
    let (next, beyond) = (after.first().copied().unwrap_or(' '), after.get(1).copied().unwrap_or(' '));
    let digit = |c: char| c.is_ascii_digit();
    if (last == '/' && digit(next)) || (next == '/' && digit(last)) {
        return true;
    }
    let word = kept.trim_end_matches('-').rsplit(' ').next().unwrap_or_default();
    let in_code = |left: char, right: char| word.contains('/') && left.is_uppercase() && right.is_uppercase();
    let years = |left: char, right: char| digit(left) && digit(right);
    match (last, next) {
        // A year, a blank, a dash: the year after it may have a blank before it too.
        (last, '-') if digit(last) => after[1..].iter().find(|c| **c != ' ').is_some_and(|c| digit(*c)),
        (last, '-') => in_code(last, beyond),
        ('-', next) => years(before_last, next) || in_code(before_last, next),
        _ => false,
    }
}

/// Days in any usual way of writing, and the text without them.
pub(super) fn days(text: &str) -> (Vec<Date>, String) {
    let words: Vec<&str> = text.split(' ').collect();
    let mut found = Vec::new();
    let mut rest = Vec::new();
    let mut place = 0;
    while let Some(word) = words.get(place) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let in_words = (0..2).find_map(|before| {
            let length = 6 - before;
            let all = words.get(place..place + length)?;
            let is_long = before == 0 && all[0].to_lowercase() == "ngày" || before == 1 && all[1] == "tháng";
            let text = all.join(" ");
            let text = text.trim_matches(|c: char| !c.is_alphanumeric());
            let day =
                is_long.then(|| parse_date(&if before == 1 { format!("ngày {text}") } else { text.to_owned() }))??;
            Some((length, day))
        });
        if let Some(day) = parse_date(bare) {
            found.push(day);
            place += 1;
        } else if let Some((length, day)) = in_words {
            found.push(day);
            place += length;
        } else {
            rest.push(*word);
            place += 1;
        }
    }
    (found, rest.join(" "))
}

/// Numbers, shares and ranges, without leading zeros and marks of thousands.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let is_inner = |c: char| matches!(c, '/' | '-' | '.' | ',');
    let mut found = Vec::new();
    for piece in text.split(|c: char| !(c.is_ascii_digit() || is_inner(c))) {
        let piece = piece.trim_matches(is_inner);
        let mark = ['/', '-'].into_iter().find(|mark| piece.contains(*mark));
        match mark {
            Some(mark) => {
                let parts: Vec<String> = piece.split(mark).filter(|part| !part.is_empty()).map(plain).collect();
                found.push(parts.join(&mark.to_string()));
            }
            None if !piece.is_empty() => found.push(plain(piece)),
            None => {}
        }
    }
    found
}

/// `1.250` as `1250`, `07` as `7`; a comma parts decimals.
fn plain(number: &str) -> String {
    let is_thousands = number.split('.').skip(1).all(|group| group.len() == 3) && !number.contains(',');
    let number = if is_thousands { number.replace('.', "") } else { number.to_owned() };
    let stripped = number.trim_start_matches('0');
    if stripped.is_empty() || stripped.starts_with([',', '.']) { format!("0{stripped}") } else { stripped.to_owned() }
}
