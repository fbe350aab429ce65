//! `/van-ban/so`: the books of numbers, as they are printed.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use documents::listing::{Cell, listing};
use domain::{
    Refusal,
    guidance::{DocumentType, Origin, SeriesFault},
    vietnamese::short_date,
};
use serde::{Deserialize, Serialize};

use super::edit::day;
use crate::{
    guidance::{
        numbers::{self, Book, Request},
        queries::books::{self, Line},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// Which books.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Asked {
    /// The agency; the visitor's own where absent.
    #[serde(default, rename = "don-vi")]
    unit: String,
    /// The council; the agency itself where absent.
    #[serde(default, rename = "hoi-dong")]
    council: String,
    /// The calendar year; the current one where absent.
    #[serde(default, rename = "nam")]
    year: Option<i16>,
}

/// The books of one series.
#[derive(Debug, Serialize)]
struct Series {
    name: String,
    /// The kind's name, where the series is one kind's.
    kind: String,
    lines: Vec<Line>,
    cancelled_count: usize,
    gaps: Vec<u32>,
    /// Numbers whose day is before that of a lesser number.
    out_of_order: Vec<String>,
}

struct Chosen {
    unit: String,
    unit_name: String,
    council: String,
    year: i16,
}

async fn chosen(office: &Office, visitor: &Visitor, asked: &Asked) -> Result<Chosen> {
    let unit = match asked.unit.as_str() {
        "" => visitor.units_with(Right::ReadUnit).first().map(|unit| (*unit).to_owned()).ok_or(Error::Forbidden)?,
        unit => unit.to_owned(),
    };
    visitor.require(Right::ReadUnit, &unit)?;
    let registry = office.registry().await?;
    let known = registry.unit(&unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?;
    let year = asked.year.unwrap_or_else(|| visitor.today().year());
    Ok(Chosen { unit_name: known.name_on(visitor.today()).to_owned(), unit, council: asked.council.clone(), year })
}

/// `GET /van-ban/so`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    let Chosen { unit, unit_name, council, year } = chosen(&office, &visitor, &asked).await?;
    let place = [unit.as_str(), council.as_str()];
    let lines = books::lines(&office, place, year).await?;
    let (rule, abbreviations) = books::rule(&office, place).await?;
    let mut years = books::years(&office, &unit).await?;
    if !years.contains(&i64::from(year)) {
        years.insert(0, i64::from(year));
    }
    let keeps = visitor.may(Right::KeepRegister, &unit);
    let label = wording::text(visitor.language(), "guidance");
    let values = context! {
        series => Serde(&series(&lines)), years, year, unit_name, keeps,
        councils => books::councils(&office, &unit).await?,
        origin => rule.origin.as_str(), groups => rule.groups_text(), abbreviations,
        unit, council, today => visitor.today().to_string(),
    };
    Ok(Page::new("guidance/books.html", visitor, values).crumb(label, "/van-ban"))
}

fn series(lines: &[Line]) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    for line in lines {
        if found.last().is_none_or(|last| last.name != line.series) {
            let kind = DocumentType::of_abbreviation(&line.series).map_or("", |known| known.name).to_owned();
            let kind = if line.series == "CV" { "Công văn".to_owned() } else { kind };
            let gaps = books::faults(lines, &line.series).into_iter().map(|fault| match fault {
                SeriesFault::Gap(number) | SeriesFault::Twice(number) => number,
            });
            let gaps = gaps.collect();
            let out_of_order = books::out_of_order(lines, &line.series);
            let out_of_order = out_of_order.into_iter().map(|line| line.printed.clone()).collect();
            let (name, lines) = (line.series.clone(), Vec::new());
            found.push(Series { name, kind, lines, cancelled_count: 0, gaps, out_of_order });
        }
        if let Some(last) = found.last_mut() {
            last.cancelled_count += usize::from(!line.cancelled_at.is_empty());
            last.lines.push(line.clone());
        }
    }
    found
}

/// What is done to the books.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Act {
    /// How the agency numbers.
    Rule {
        /// Who gives the numbers.
        origin: String,
        /// Series that several kinds share.
        #[serde(default)]
        groups: String,
        /// Abbreviations that codes may name.
        #[serde(default)]
        abbreviations: String,
        /// The council that the rule is for; may be empty.
        #[serde(default)]
        council: String,
    },
    /// A number is cancelled.
    Cancel {
        /// The series.
        series: String,
        /// The number, in figures.
        number: String,
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// A number that the records system gave.
    BringIn {
        /// Number and code.
        number: String,
        /// The day of signing.
        signed_on: String,
        /// What the paper is about.
        #[serde(default)]
        subject: String,
        /// Who signed.
        #[serde(default)]
        signer: String,
        /// Why its day or number is out of order.
        #[serde(default)]
        out_of_order: String,
    },
}

/// `POST /van-ban/so`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
    CsrfForm(act): CsrfForm<Act>,
) -> Result<Redirect> {
    let Chosen { unit, council, year, .. } = chosen(&office, &visitor, &asked).await?;
    visitor.require(Right::KeepRegister, &unit)?;
    let context = visitor.context();
    let mut shown = council.clone();
    match act {
        Act::Rule { origin, groups, abbreviations, council } => {
            let origin = Origin::parse(&origin)
                .ok_or_else(|| Error::refused("origin", "Hãy chọn nơi cấp số trong danh sách."))?;
            let council = council.trim();
            numbers::set_rule(&office, &context, [&unit, council], origin, &groups, &abbreviations).await?;
            shown = council.to_owned();
        }
        Act::Cancel { series, number, reason } => {
            let book = Book { unit_code: unit.clone(), council, series, year };
            let number = number.trim().parse();
            let number = number.map_err(|_| Error::refused("not_a_number", "Hãy ghi số cần hủy bằng chữ số."))?;
            numbers::cancel(&office, &context, &book, number, &reason).await?;
        }
        Act::BringIn { number, signed_on, subject, signer, out_of_order } => {
            let mut reasons = Vec::new();
            let signed_on = day("signed_on", &signed_on, &mut reasons);
            Refusal::unless_empty(reasons)?;
            let signed_on = signed_on.ok_or_else(|| Error::refused("no_day", "Hãy ghi ngày ký của văn bản."))?;
            let request = Request {
                unit_code: &unit,
                council: &council,
                document_type: None,
                is_normative: false,
                body: "",
                signed_on,
                subject: &subject,
                signer: &signer,
                document: "",
                out_of_order: &out_of_order,
            };
            numbers::bring_in(&office, &context, &number, &request).await?;
        }
    }
    let query =
        serde_html_form::to_string([("don-vi", unit.as_str()), ("hoi-dong", &shown), ("nam", &year.to_string())]);
    Ok(Redirect::to(&format!("/van-ban/so?{}", query.map_err(Error::inside)?)))
}

/// `GET /van-ban/so.xlsx`: the same books as a workbook.
pub async fn excel(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response> {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let Chosen { unit, unit_name, council, year } = chosen(&office, &visitor, &asked).await?;
    let lines = books::lines(&office, [&unit, &council], year).await?;
    let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), short_date);
    let rows: Vec<Vec<Cell>> = lines
        .iter()
        .map(|line| {
            let kind = DocumentType::of_identifier(&line.document_type).map_or("", |known| known.name);
            let note = if line.cancelled_at.is_empty() {
                line.note.clone()
            } else {
                format!("Đã hủy: {}", line.cancel_reason)
            };
            let texts = [
                line.series.clone(),
                line.printed.clone(),
                day(&line.signed_on),
                format!("{kind} {}", line.subject).trim().to_owned(),
                line.signer.clone(),
                note,
            ];
            texts.map(Cell::Text).to_vec()
        })
        .collect();
    let title = format!("Sổ đăng ký văn bản đi năm {year} - {unit_name} {council}");
    let heads = ["Sổ", "Số, ký hiệu", "Ngày ký", "Tên loại và trích yếu", "Người ký", "Ghi chú"];
    let bytes = listing(title.trim(), &heads, &rows).map_err(Error::inside)?;
    let name = format!("attachment; filename=\"so-van-ban-di-{year}.xlsx\"");
    Ok(([(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}
