//! The road of a paper in the browser, and the public page that its QR code leads to; [`returned`] takes files back.

pub mod returned;

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::{
    reports::signing::{BlockComment, BlockPlace, PaperState},
    vietnamese,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::{
    SigningTerms, bearing, operations,
    outline::outline,
    queries::{self, FrozenRow},
    roots,
};
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Visitor, context},
    },
    reports::papers::{self, queries::Paper},
};

/// Above so many blocks only the headings are offered to comments, so that the page stays small.
const OUTLINE_LENGTH_MAX: usize = 80;

/// What somebody does on the road. Fields that a verb does not need are left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoadForm {
    verb: String,
    /// `body/block`; empty for the whole paper.
    place: String,
    words: String,
    comment: i64,
    signed_on: String,
    outside_number: String,
    reason: String,
    out_of_order: String,
}

/// `GET /van-kien/{year}/{id}/duyet`: where the paper stands, what was said, what may be done next.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
) -> Result<Page> {
    let paper = paper(&office, &year, id).await?;
    visitor.require(Right::ReadUnit, &paper.unit)?;
    let state = queries::state(&paper)?;
    let today = visitor.context().today();
    let may_sign = visitor.may(Right::SignPapers, &paper.unit);
    let lies_with_leader = matches!(state, PaperState::InReview | PaperState::Approved);
    let (frozen, warnings) = match state.is_frozen() {
        true => (Some(queries::frozen(&office, id).await?), Vec::new()),
        false => (None, operations::warnings(&office, &visitor.context(), &paper, today).await?),
    };
    let signed_files = queries::signed_files(&office, id).await?;
    let first = paper.content.documents().first();
    let label = papers::find(&paper.kind)?.label.clone();
    let may_write = visitor.may(Right::WriteReport, &paper.unit);
    let values = context! {
        year => year.clone(),
        id,
        subject => paper.subject.clone(),
        label => Serde(&label),
        state => Serde(state.label()),
        steps => Serde(queries::steps(&office, id).await?),
        comments => Serde(queries::comments(&office, id).await?),
        places => Serde(if may_sign && lies_with_leader { offered(&paper) } else { Vec::new() }),
        warnings => Serde(warnings),
        frozen => frozen.as_ref().map(card),
        today => today.to_string(),
        outside_number => first.and_then(bearing::number),
        signed_on => first.and_then(|document| document.date).unwrap_or(today).to_string(),
        signed_files => signed_files.iter().map(returned::signed_file).collect::<Result<Vec<_>>>()?,
        word_files => Serde(queries::word_files(&office, id).await?),
        trusted => roots::names(&office),
        may_attach => state == PaperState::Signed && (may_write || may_sign),
        may_send_word => state.is_open() && may_write && paper.content.documents().len() == 1,
        may_present => state.is_open() && may_write,
        may_settle => state.is_open() && may_write,
        may_judge => may_sign && lies_with_leader,
        may_approve => may_sign && state == PaperState::InReview,
        may_sign => may_sign && state == PaperState::Approved,
        may_withdraw => may_sign && state == PaperState::Signed,
    };
    Ok(Page::new("papers/road.html", visitor, values)
        .crumb(year.clone(), format!("/nam-hoc/{year}"))
        .crumb(label.vi.clone(), format!("/van-kien/{year}/{id}")))
}

/// `POST /van-kien/{year}/{id}/duyet`: one verb of the road.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, id)): Path<(String, i64)>,
    CsrfForm(form): CsrfForm<RoadForm>,
) -> Result<Redirect> {
    let paper = paper(&office, &year, id).await?;
    let right = if matches!(form.verb.as_str(), "present" | "settle") { Right::WriteReport } else { Right::SignPapers };
    visitor.require(right, &paper.unit)?;
    let context = visitor.context();
    match form.verb.as_str() {
        "present" => operations::present(&office, &context, id).await?,
        "settle" => operations::settle(&office, &context, id, form.comment).await?,
        "comment" => {
            let comment = BlockComment { place: place(&form.place)?, text: form.words };
            operations::comment(&office, &context, id, &comment).await?;
        }
        "give_back" => operations::give_back(&office, &context, id, &form.words).await?,
        "approve" => operations::approve(&office, &context, id).await?,
        "sign" => {
            operations::sign(&office, &context, id, &terms(&form)?).await?;
        }
        "withdraw" => operations::withdraw(&office, &context, id, &form.reason).await?,
        verb => return Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    }
    Ok(Redirect::to(&format!("/van-kien/{year}/{id}/duyet")))
}

/// `GET /kiem-tra/{code}`: number, date, hash and status of a signed paper, for anyone who holds it.
pub async fn check(State(office): State<Office>, visitor: Visitor, Path(code): Path<String>) -> Result<Page> {
    let code = as_given(&code);
    let card = queries::card(&office, &code).await?;
    let registry = office.registry().await?;
    let day: Option<Date> = card.signed_on.parse().ok();
    let issuer = registry.unit(&card.unit_code).zip(day).map(|(unit, day)| unit.name_on(day).to_owned());
    let label = papers::find(&card.kind)?.label.clone();
    let files = queries::signed_files_of_card(&office, &code).await?;
    let files = files.iter().filter_map(|file| file.is_accepted().map(|is| is.then_some(file)).transpose());
    let files = files.map(|file| returned::signed_file(file?)).collect::<Result<Vec<_>>>()?;
    let values = context! { files, issuer => issuer.unwrap_or_default(), label => Serde(&label), card => Serde(&card) };
    Ok(Page::new("papers/check.html", visitor, values))
}

/// A check code as it was given out, though somebody types it in capitals, with blanks or without its hyphens.
fn as_given(typed: &str) -> String {
    let letters: Vec<char> =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

async fn paper(office: &Office, year: &str, id: i64) -> Result<Paper> {
    let paper = papers::queries::paper(office, id).await?;
    if paper.year == year {
        Ok(paper)
    } else {
        Err(Error::NotFound(format!("văn bản số {id} của năm học {year}")))
    }
}

fn terms(form: &RoadForm) -> Result<SigningTerms> {
    let signed_on = form.signed_on.trim().parse().map_err(|_| {
        Error::refused("not_a_date", format!("Ngày ký «{}» không phải ngày. Hãy chọn lại ngày.", form.signed_on))
    })?;
    let outside_number = Some(form.outside_number.trim().to_owned()).filter(|number| !number.is_empty());
    Ok(SigningTerms {
        signed_on,
        outside_number,
        in_spite_of_warnings: form.reason.clone(),
        out_of_order: form.out_of_order.clone(),
    })
}

fn place(text: &str) -> Result<Option<BlockPlace>> {
    if text.is_empty() {
        return Ok(None);
    }
    let parts = text.split_once('/').and_then(|(body, block)| Some((body.parse().ok()?, block.parse().ok()?)));
    let (body, block) =
        parts.ok_or_else(|| Error::refused("no_such_block", "Hãy chọn lại đoạn cần nêu ý kiến trong danh sách."))?;
    Ok(Some(BlockPlace { body, block }))
}

/// Places with the words by which they are known, short enough for a list.
fn offered(paper: &Paper) -> Vec<(String, String)> {
    let lines = outline(paper);
    let many = lines.len() > OUTLINE_LENGTH_MAX;
    let lines = lines.into_iter().filter(|line| !many || line.is_heading);
    lines
        .take(OUTLINE_LENGTH_MAX)
        .map(|line| {
            let words: String = line.words.chars().take(70).collect();
            (format!("{}/{}", line.place.body, line.place.block), words)
        })
        .collect()
}

fn card(frozen: &FrozenRow) -> minijinja::Value {
    let day = frozen.signed_on.parse().map(vietnamese::short_date).unwrap_or_default();
    context! {
        number => frozen.printed_number.clone(),
        book => frozen.book.clone(),
        signed_on => day,
        signer => frozen.signer.clone(),
        hash => frozen.content_hash.clone(),
        check_code => frozen.check_code.clone(),
        frozen_at => frozen.frozen_at.clone(),
        withdrawn_at => frozen.withdrawn_at.clone(),
        withdraw_reason => frozen.withdraw_reason.clone(),
    }
}
