//! What is wrong with the legal bases of a paper that is about to be signed.

use domain::guidance::{
    citations::{Citation, CitedNumber, read},
    matching::{self, Match},
};
use jiff::civil::Date;
use serde::Serialize;

use super::super::queries::{self, Row};
use crate::{office::Office, platform::Result};

/// Something that the signer should know of a cited document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// `lapsed`, `not_in_force_yet`, `unconfirmed`, `unregistered`, `several`, `number_in_doubt`, `kind_differs`,
    /// `issued_later`.
    pub code: &'static str,
    /// Which of the texts, counted from 0.
    pub text: usize,
    /// The place of the citation in that text, in bytes.
    pub range: std::ops::Range<usize>,
    /// In Vietnamese: what is wrong and how to mend it.
    pub message: String,
    /// The key of the document in the register; empty where it is not there.
    pub document: String,
    /// The key of the text that took its place; empty where there is none.
    pub successor: String,
}

/// Looks over the legal bases of a paper as of the day on which it is signed.
///
/// # Errors
/// Where the register cannot be read.
pub async fn check_bases(office: &Office, texts: &[String], signing_date: Date) -> Result<Vec<Warning>> {
    let register = queries::register(office).await?;
    let candidates = register.candidates();
    let mut warnings = Vec::new();
    for (text, paragraph) in texts.iter().enumerate() {
        for citation in read(paragraph) {
            let mut say = |code, message: String, document: &str, successor: &str| {
                warnings.push(Warning {
                    code,
                    text,
                    range: citation.range.clone(),
                    message,
                    document: document.to_owned(),
                    successor: successor.to_owned(),
                });
            };
            let said = words(paragraph, &citation);
            for (code, message) in typing_faults(&citation, &said, signing_date) {
                say(code, message, "", "");
            }
            match matching::find(&citation, &candidates) {
                Match::One(id) => {
                    if let Some(lapse) = register.network.lapsed_on(&id, signing_date) {
                        let successor = lapse.successor.clone().unwrap_or_default();
                        say("lapsed", lapse.message(&register.network, &id), &id, &successor);
                    }
                    let starts = register.network.text(&id).and_then(|text| text.validity.from);
                    if let Some(day) = starts.filter(|day| *day > signing_date) {
                        let day = domain::vietnamese::short_date(day);
                        say("not_in_force_yet", format!("{said} chỉ có hiệu lực từ ngày {day}."), &id, "");
                    }
                    if let Some(how_sure) = register.row(&id).and_then(unconfirmed) {
                        let message = format!("{said}: số và ngày trong sổ {how_sure}. Hãy đối chiếu với văn bản gốc.");
                        say("unconfirmed", message, &id, "");
                    }
                }
                Match::Several(ids) => {
                    let message =
                        format!("{said} có thể là {} văn bản trong sổ; hãy ghi đủ ngày và cơ quan.", ids.len());
                    say("several", message, "", "");
                }
                Match::New => {
                    let message = format!("{said} chưa có trong sổ đăng ký nên chưa kiểm tra được hiệu lực.");
                    say("unregistered", message, "", "");
                }
            }
        }
    }
    Ok(warnings)
}

/// How sure a shipped text is that nobody has read in the original.
fn unconfirmed(row: &Row) -> Option<&'static str> {
    match row.confidence.as_str() {
        "second-hand" => Some("mới theo nguồn gián tiếp"),
        "default" => Some("là mặc định, chờ xác nhận"),
        _ => None,
    }
}

/// The citation's kind and number as they stand, or its first words.
fn words(paragraph: &str, citation: &Citation) -> String {
    let whole = &paragraph[citation.range.clone()];
    let words: Vec<&str> = whole.split_whitespace().take(8).collect();
    match citation.number_text() {
        number if number.is_empty() => format!("«{}…»", words.join(" ")),
        number if citation.type_words.is_empty() => format!("Văn bản số {number}"),
        number => format!("{} số {number}", citation.type_words),
    }
}

fn typing_faults(citation: &Citation, said: &str, signing_date: Date) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if let CitedNumber::Full(reading) = &citation.number {
        let questions = reading.remarks.iter().filter(|remark| remark.asks);
        faults.extend(questions.map(|question| ("number_in_doubt", format!("{said}: {}", question.message))));
    }
    if citation.kind_differs() {
        faults.push(("kind_differs", format!("{said}: tên loại không khớp với ký hiệu; hãy kiểm tra lại.")));
    }
    if citation.issued_on.is_some_and(|day| day > signing_date) {
        faults.push(("issued_later", format!("{said} có ngày ban hành sau ngày ký; hãy kiểm tra lại.")));
    }
    faults
}
