//! The bulk interface: values of thousands of units in one request, through the same intake and the same checks as
//! workbooks; each record is accepted or refused with its problems by cell.
//!
//! The body is read as it comes and taken in by batches, so memory stays small whatever its length; sending it again
//! changes nothing, so a request that was cut off is simply repeated.

mod describe;
mod lines;
mod record;

use axum::{
    Json,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Reason;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use self::{
    lines::{Line, Lines},
    record::{Reader, Report, Sent},
};
use super::bulk::{BATCH_SIZE, Incoming, Intake, Keep};
use crate::{
    office::Office,
    platform::{
        Context, Error, Result,
        web::{Visitor, csrf_token},
    },
};

pub use describe::values as describe_values;

/// All that one request may carry as JSON lines: a province in a few requests.
pub const LINES_BYTES_MAX: usize = 64 << 20;
/// All that one request may carry as a single JSON document, which is read whole.
pub const DOCUMENT_BYTES_MAX: usize = 4 << 20;

/// What the address asks for.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Asked {
    /// Only check, store nothing.
    #[serde(default)]
    dry_run: bool,
    /// Which records are reported one by one.
    #[serde(default)]
    report: Which,
}

/// Which records are reported one by one.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Which {
    /// Every record.
    #[default]
    All,
    /// Those that were refused.
    Refused,
}

/// What became of a request.
#[derive(Debug, Default, Serialize)]
struct Outcome {
    /// Records read.
    records: usize,
    /// Accepted, those among them included that had been sent before.
    accepted: usize,
    /// Accepted with the very content that had been sent before.
    unchanged: usize,
    /// Refused.
    refused: usize,
    /// Why the rest was not read; nothing of it is stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_off: Option<Reason>,
    /// The records, in the order sent.
    reports: Vec<Report>,
}

/// `POST /api/v1/values`.
pub async fn values(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response> {
    visitor.check_csrf(csrf_token(&headers))?;
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok()).unwrap_or_default();
    let is_document = text(header::CONTENT_TYPE).starts_with("application/json");
    let bytes_max = if is_document { DOCUMENT_BYTES_MAX } else { LINES_BYTES_MAX };
    if text(header::CONTENT_LENGTH).parse::<usize>().is_ok_and(|length| length > bytes_max) {
        return Ok(answer(Outcome { cut_off: Some(lines::too_large(bytes_max)), ..Outcome::default() }));
    }
    let context = visitor.context();
    let mut taking = Taking::new(&office, &visitor, &context, asked).await?;
    if is_document {
        taking.document(body).await?;
    } else {
        taking.lines(Lines::new(body.into_data_stream(), bytes_max)).await?;
    }
    Ok(answer(taking.outcome))
}

fn answer(outcome: Outcome) -> Response {
    let status = if outcome.cut_off.is_some() { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::OK };
    (status, Json(outcome)).into_response()
}

/// A request on its way in.
struct Taking<'a> {
    reader: Reader<'a>,
    intake: Intake<'a>,
    asked: Asked,
    outcome: Outcome,
    /// Read and not yet taken in; where there is a report already, the record was refused at once.
    batch: Vec<Sent>,
}

impl<'a> Taking<'a> {
    async fn new(office: &'a Office, visitor: &'a Visitor, context: &'a Context, asked: Asked) -> Result<Self> {
        Ok(Self {
            reader: Reader::new(office, visitor).await?,
            intake: Intake::new(office, context),
            asked,
            outcome: Outcome::default(),
            batch: Vec::with_capacity(BATCH_SIZE),
        })
    }

    /// One record a line, as they come.
    async fn lines<S>(&mut self, mut lines: Lines<S>) -> Result<()>
    where
        S: futures_util::Stream<Item = Result<axum::body::Bytes, axum::Error>> + Unpin,
    {
        loop {
            match lines.next().await {
                Ok(Some(Line::Text(text))) => self.take(&text).await?,
                Ok(Some(Line::TooLong)) => self.refuse(lines::line_too_long()).await?,
                Ok(None) => break,
                Err(reason) => {
                    self.outcome.cut_off = Some(reason);
                    break;
                }
            }
        }
        self.flush().await
    }

    /// A single JSON document: one record, or an array of records.
    async fn document(&mut self, body: Body) -> Result<()> {
        let bytes = match axum::body::to_bytes(body, DOCUMENT_BYTES_MAX).await {
            Ok(bytes) => bytes,
            Err(_) => {
                self.outcome.cut_off = Some(lines::too_large(DOCUMENT_BYTES_MAX));
                return Ok(());
            }
        };
        let is_array = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        if is_array {
            let records: Vec<&RawValue> = serde_json::from_slice(&bytes).map_err(not_json)?;
            for record in records {
                self.take(record.get().as_bytes()).await?;
            }
        } else {
            serde_json::from_slice::<&RawValue>(&bytes).map_err(not_json)?;
            self.take(&bytes).await?;
        }
        self.flush().await
    }

    async fn take(&mut self, text: &[u8]) -> Result<()> {
        self.outcome.records += 1;
        let sent = self.reader.read(self.outcome.records, text);
        self.push(sent).await
    }

    async fn refuse(&mut self, reason: Reason) -> Result<()> {
        self.outcome.records += 1;
        self.push(Sent::refused(self.outcome.records, reason)).await
    }

    async fn push(&mut self, sent: Sent) -> Result<()> {
        self.batch.push(sent);
        if self.batch.len() == BATCH_SIZE { self.flush().await } else { Ok(()) }
    }

    /// Checks and stores the batch and writes down what became of each record.
    async fn flush(&mut self) -> Result<()> {
        let mut batch = std::mem::take(&mut self.batch);
        let incoming: Vec<Incoming> = batch.iter_mut().filter_map(|sent| sent.incoming.take()).collect();
        let keep = if self.asked.dry_run { Keep::DryRun } else { Keep::Stored };
        let mut verdicts = self.intake.accept(incoming, keep).await?.into_iter();
        for sent in batch {
            let mut report = sent.report;
            if !report.is_final {
                let verdict = verdicts.next().ok_or_else(|| Error::inside("a record without a verdict"))?;
                report.complete(verdict);
            }
            self.count(report);
        }
        Ok(())
    }

    fn count(&mut self, report: Report) {
        let outcome = &mut self.outcome;
        outcome.accepted += usize::from(report.accepted);
        outcome.unchanged += usize::from(report.accepted && !report.is_new);
        outcome.refused += usize::from(!report.accepted);
        if self.asked.report == Which::All || !report.accepted {
            outcome.reports.push(report);
        }
    }
}

fn not_json(fault: serde_json::Error) -> Error {
    let text = format!(
        "Nội dung gửi lên không phải JSON đúng cú pháp ({fault}). Nhiều bản ghi mỗi bản một dòng thì đặt \
         Content-Type là application/x-ndjson."
    );
    Error::refused("unreadable", text)
}

#[cfg(test)]
mod tests;
