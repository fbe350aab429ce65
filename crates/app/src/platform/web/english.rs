//! Refusals in English, by their codes, for visitors who read the pages in English.

use domain::Reason;
use serde::Serialize;

use crate::platform::Language;

/// What each code means and how to mend it; `«»` stands for the words that the Vietnamese sentence quotes first. A code
/// that several rooms use stands here only with a sentence that is true in each of them; a test lists those.
const MESSAGES: &[(&str, &str)] = &[
    ("a_date", "This is a date or a count, not the number of a document."),
    ("ambiguous_type", "This abbreviation means more than one thing. Choose the kind of the document yourself."),
    ("already_cancelled", "This number was cancelled before."),
    ("already_recorded", "This document is in the register already. Open it there and change it."),
    (
        "bad_markup",
        "The line «» cannot be read as a part of a paper. Write it as the template that ships does: a level after # or +, a known word after @, the head of a table between ||, and a second * where bold or italics end.",
    ),
    ("bad_template", "The template cannot be filled in at the line «». Check its reckoning and its filters."),
    ("blank", "A number has no blanks and plain hyphens: 136/KH-UBND."),
    ("body", "The letters after the number name no body that may stand there. Write them as printed, in capitals."),
    ("bomb", "The file unpacks to far more than it should. Export it again from the original, then send it again."),
    ("case", "Small and capital letters were mended."),
    (
        "changed_after_signing",
        "What the file shows was changed after it was signed. Get the signed file from the signer.",
    ),
    ("changed_meanwhile", "Somebody else has just handled this. Open the page again to see how it stands."),
    ("code_missing", "The paper has no code."),
    ("comments_open", "Comments are still open. Settle them, then hand the paper in again."),
    (
        "conference_without_day",
        "The day of the conference is not set yet, so nobody is named for it. Please wait for the invitation.",
    ),
    (
        "content_changed",
        "The content is no longer what was approved or signed. Look at the change, then have it approved or signed again.",
    ),
    ("d_for_dd", "A D was probably typed for Đ, as in QĐ."),
    ("damaged", "The file is damaged or was not sent as a whole. Open it, save it again, then send it again."),
    ("date_in_future", "The day of signing lies in the future. A paper bears the day on which it is signed."),
    (
        "day_out_of_order",
        "The day is before that of a lesser number of this book. Check it, or give a reason, which stays in the book.",
    ),
    (
        "empty_template",
        "The template is empty, so the paper would say nothing. Write it again, or open a version that was kept.",
    ),
    ("encrypted", "The file is under a password and cannot be read. Remove the password, then send it again."),
    ("external_links", "The file takes content from outside. Copy the text into a new document, then send that."),
    ("figure_missing", "A sentence states a figure that has no value. Add the figure or take the sentence out."),
    (
        "figures_changed",
        "Figures of this paper changed since it was written. Write it anew, or say why it is signed as it is.",
    ),
    ("forbidden", "You have not been given the right to do this."),
    ("format_not_available", "Printed sheets come as pdf only."),
    ("has_macros", "The file holds macros. Save it as a file without macros (.docx, .xlsx), then send it again."),
    ("kind_differs", "This number is not of the paper's kind. Check the number that was given."),
    ("leading_zero", "Numbers below ten are written with a leading zero."),
    ("link_cycle", "This relation closes a circle: a later document names an earlier one, never the other way round."),
    ("no_day", "A day is missing or cannot be read. Give it as in 26/7/2017."),
    (
        "no_public_address",
        "The public address of this office is not declared, so the paper has no QR code. Declare it with: tongket serve --public-address https://…",
    ),
    ("not_a_date", "This is no day. Choose it again."),
    ("not_a_number", "This cannot be read as a number."),
    ("not_a_pdf", "The signed file must be a PDF. Choose the file that the signing tool gave back."),
    ("not_signed", "The paper is not signed yet."),
    (
        "not_signed_file",
        "The file has no digital signature. Take the PDF of the paper, sign it with your signing tool, send it back.",
    ),
    ("nothing_to_know_it_by", "Give a number or a subject by which the document is known."),
    ("not_ours", "Another body issued this paper. Here it is written down, not signed."),
    (
        "number_of_paper",
        "A signed paper bears this number. Open the paper and withdraw it: its number is cancelled in the same act.",
    ),
    ("number_taken", "This number stands in the book already. Check it again."),
    (
        "number_unanswered",
        "A number may be meant otherwise than it is typed. Choose an answer in its line, then record again.",
    ),
    ("number_zero", "Numbers begin with 01."),
    (
        "numbered_already",
        "The paper bears a number already. Enter the number that was given and its day; none is given a second time.",
    ),
    (
        "numbered_outside",
        "The records system gives the numbers. Bring in the number that was given; none is given a second time.",
    ),
    (
        "numbers_skipped",
        "Numbers of this book would be left out. Check the number, or give a reason; they then stand in the book as not used.",
    ),
    ("paragraph_too_long", "The paragraph is too long. Paste it part by part."),
    ("party_grammar", "This is a body of the Party: its numbers are written with a hyphen first, such as 29-CTr/QU."),
    ("party_body", "This is a body of the Party, whose numbers are written another way, such as 29-CTr/QU."),
    ("place_empty", "A place of the paper is still empty. Fill it in."),
    ("program", "The file is a program and no document, whatever its name. It is not taken."),
    ("reason_needed", "Give a reason."),
    ("self_link", "A document cannot name itself. Choose another one."),
    (
        "separator",
        "A slash or a hyphen is missing or stands in the wrong place. Write the number as printed, such as 136/KH-UBND.",
    ),
    ("sign_in_needed", "Please sign in."),
    (
        "signed_before_drafted",
        "The day of signing is before the day of the draft. Check it, or give a reason, which stays in the book.",
    ),
    ("signer_missing", "The signer's name is missing. Give it in the signature."),
    ("spelling", "Blanks were dropped and hyphens mended."),
    ("state_grammar", "This is a body of the state: its numbers are written with a slash first, such as 136/KH-UBND."),
    ("state_body", "This is a body of the state, whose numbers are written another way, such as 136/KH-UBND."),
    (
        "stuck_on",
        "Notes, boxes of words or fields are stuck on the pages. Sign the PDF of the paper itself, with nothing added.",
    ),
    ("subject_missing", "The paper has no subject."),
    ("subject_too_long", "The subject is too long. Shorten it."),
    ("template_calls", "Templates may not call what the line «» calls. Take the call out."),
    ("template_endless", "The template runs too long at the line «». Take out loops that are not needed."),
    ("template_filter", "The line «» uses a filter that there is not. Use the filters of the template that ships."),
    ("template_name", "The line «» uses a name that is not among the data. The names stand beneath the template."),
    ("template_nested", "The line «» calls too deeply, perhaps itself. Take that call out."),
    ("template_other_file", "Templates may not take in other files, as the line «» does. Write the words themselves."),
    ("template_output", "What the template writes is too long, at the line «». Write less, or in several papers."),
    ("template_syntax", "The line «» is not written as templates are. Check brackets, quotes and the ends of blocks."),
    ("template_too_long", "The template is too long. Shorten it."),
    ("template_unchanged", "Nothing of the template was changed."),
    ("two_digit_year", "The year is written with four digits: 98/2023/NĐ-CP."),
    ("unknown_body", "The code names a body that is not among the office's abbreviations."),
    ("unregistered", "This document is not in the register yet. Record it first."),
    ("validity", "The last day in force is before the first. Check both days."),
    ("warnings_unanswered", "Warnings are left. Mend them, or say why the paper is signed all the same."),
    ("words_added", "The signed file says more than was frozen. Sign the PDF of the paper itself."),
    ("words_missing", "Words that were frozen are missing in the signed file. Sign the PDF of the paper itself."),
    ("wrong_state", "This cannot be done in its present state. Open it again to see how it stands."),
];

/// A reason as a program reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    #[serde(flatten)]
    reason: Reason,
    /// The reason's own words, where a sentence stands for its code: they name the numbers, rows and people.
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<String>,
}

/// Reasons in this language; one that has no English words keeps its own.
pub fn told(reasons: &[Reason], language: Language) -> Vec<Told> {
    let told = |reason: &Reason| {
        let in_english = message(&reason.code, &reason.message).filter(|_| language == Language::English);
        let sentence = in_english.filter(|words| *words != reason.message);
        let original = sentence.as_ref().map(|_| reason.message.clone());
        let message = sentence.unwrap_or_else(|| reason.message.clone());
        Told { reason: Reason { message, ..reason.clone() }, original }
    };
    reasons.iter().map(told).collect()
}

/// Every code that has English words.
pub fn codes() -> impl Iterator<Item = &'static str> {
    MESSAGES.iter().map(|(code, _)| *code)
}

/// What a code means, in English, with what its Vietnamese sentence quotes; none where that should quote and does not.
pub fn message(code: &str, vietnamese: &str) -> Option<String> {
    let (_, message) = MESSAGES.iter().find(|(known, _)| *known == code)?;
    match message.split_once("«»") {
        Some((before, after)) => Some(format!("{before}«{}»{after}", quoted(vietnamese)?)),
        None => Some((*message).to_owned()),
    }
}

fn quoted(words: &str) -> Option<&str> {
    let (_, rest) = words.split_once('«')?;
    rest.split_once('»').map(|(quoted, _)| quoted)
}
