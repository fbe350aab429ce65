//! Inside a line: emphasis, and letters that stand for themselves.

use crate::reports::block::{Emphasis, Run};

/// Marks that open a line of another kind.
const OPENINGS: [char; 8] = ['#', '+', '-', '@', '>', '<', '|', '='];

/// A text that someone typed, so that it is read as nothing but words wherever it stands in a template.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut is_first = true;
    for letter in text.chars() {
        let is_mark = matches!(letter, '\\' | '*' | '|') || (is_first && OPENINGS.contains(&letter));
        is_first &= letter.is_whitespace();
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(if letter.is_control() { ' ' } else { letter });
    }
    escaped
}

/// The words without escapes; emphasis is no concern here.
pub(super) fn plain(text: &str) -> String {
    let mut letters = text.trim().chars();
    let mut words = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        words.push(if letter == '\\' { letters.next().unwrap_or('\\') } else { letter });
    }
    words
}

/// The parts of a line between its bars; a bar after `\` is a letter.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '|' => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// The runs of a line; the fault is told in Vietnamese.
pub(super) fn runs(text: &str) -> Result<Vec<Run>, String> {
    let mut runs = Vec::new();
    let mut words = String::new();
    let mut emphasis = Emphasis::Plain;
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let mark = match letter {
            '\\' => {
                words.push(letters.next().unwrap_or('\\'));
                continue;
            }
            '*' if letters.next_if_eq(&'*').is_some() => Emphasis::Bold,
            '*' => Emphasis::Italic,
            letter => {
                words.push(letter);
                continue;
            }
        };
        if !words.is_empty() {
            runs.push(Run::Text { text: std::mem::take(&mut words), emphasis });
        }
        emphasis = match emphasis {
            Emphasis::Plain => mark,
            open if open == mark => Emphasis::Plain,
            _ => return Err("chữ đậm và chữ nghiêng không lồng nhau được; đóng dấu * trước khi mở dấu khác".into()),
        };
    }
    if emphasis != Emphasis::Plain {
        return Err("dấu * mở chữ đậm hoặc nghiêng chưa được đóng; viết \\* nếu là dấu sao".to_owned());
    }
    if !words.is_empty() {
        runs.push(Run::Text { text: words, emphasis });
    }
    Ok(runs)
}
