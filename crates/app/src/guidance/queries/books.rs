//! The books of numbers, to be read and printed.

use domain::guidance::{BookLine, NumberingRule, Origin, SeriesFault, series_faults};

use crate::{guidance::store::numbers, office::Office, platform::Result};

const LINES: &str = "select series, number, printed, document_type, subject, signer, document_slug, signed_on, origin, \
     entered_at, entered_by, cancelled_at, cancelled_by, cancel_reason, note from number_entry \
     where unit_code = $1 and council = $2 and year = $3 order by series, number";
const YEARS: &str = "select distinct year from number_entry where unit_code = $1 order by year desc";
const COUNCILS: &str = "select council from numbering_rule where unit_code = $1 and council <> '' \
     union select council from number_entry where unit_code = $1 and council <> '' order by council";

/// A line of a book.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct Line {
    /// The series.
    pub series: String,
    /// The number.
    pub number: i64,
    /// Number and code.
    pub printed: String,
    /// The identifier of the kind.
    pub document_type: String,
    /// What the paper is about.
    pub subject: String,
    /// Who signed.
    pub signer: String,
    /// The paper's key; may be empty.
    pub document_slug: String,
    /// The day of signing.
    pub signed_on: String,
    /// `own` or `outside`.
    pub origin: String,
    /// When the line was written.
    pub entered_at: String,
    /// By whom.
    pub entered_by: String,
    /// When it was cancelled; empty while it stands.
    pub cancelled_at: String,
    /// By whom.
    pub cancelled_by: String,
    /// Why.
    pub cancel_reason: String,
    /// Why it stands out of the book's order; empty where it does not.
    pub note: String,
}

/// The lines of an agency's books of a year, series by series in the order of the numbers.
///
/// # Errors
/// Where the database cannot be read.
pub async fn lines(office: &Office, [unit_code, council]: [&str; 2], year: i16) -> Result<Vec<Line>> {
    let query = sqlx::query_as(LINES).bind(unit_code.to_owned()).bind(council.to_owned()).bind(i64::from(year));
    Ok(query.fetch_all(office.db().pool()).await?)
}

/// The years of which an agency has books, latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn years(office: &Office, unit_code: &str) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = sqlx::query_as(YEARS).bind(unit_code.to_owned()).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}

/// The councils that use an agency's seal, by name.
///
/// # Errors
/// Where the database cannot be read.
pub async fn councils(office: &Office, unit_code: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        sqlx::query_as(COUNCILS).bind(unit_code.to_owned()).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(council,)| council).collect())
}

/// How an agency numbers, with the abbreviations of bodies that it uses.
///
/// # Errors
/// Where the database cannot be read.
pub async fn rule(office: &Office, [unit_code, council]: [&str; 2]) -> Result<(NumberingRule, String)> {
    let mut connection = office.db().pool().acquire().await?;
    numbers::rule(&mut connection, unit_code, council).await
}

/// The lines of a series whose day is before that of a lesser number.
pub fn out_of_order<'a>(lines: &'a [Line], series: &str) -> Vec<&'a Line> {
    let mut latest = "";
    let own = lines.iter().filter(|line| line.series == series && line.cancelled_at.is_empty());
    own.filter(|line| {
        let is_before = line.signed_on.as_str() < latest;
        latest = latest.max(&line.signed_on);
        is_before
    })
    .collect()
}

/// Numbers that are missing or doubled in a series that this register gives itself.
pub fn faults(lines: &[Line], series: &str) -> Vec<SeriesFault> {
    let own: Vec<&Line> = lines.iter().filter(|line| line.series == series).collect();
    if own.iter().any(|line| line.origin != Origin::Own.as_str()) {
        return Vec::new();
    }
    let line = |line: &&Line| BookLine {
        number: u32::try_from(line.number).unwrap_or(0),
        is_cancelled: !line.cancelled_at.is_empty(),
    };
    series_faults(&own.iter().map(line).collect::<Vec<_>>())
}
