//! Sendings by the road of other programs: JSON lines over HTTP to the office's own server, signed with a token.

use std::collections::BTreeMap;

use domain::submissions::Value;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Map, Value as Json, json};

use super::{Counts, sending::Sending};
use crate::{
    identity::operations::tokens,
    office::Office,
    platform::{
        Clock, Context, Error, Result, Settings, web,
        wire::{Caller, OwnServer},
    },
};

/// Only what was refused is told one by one.
const ADDRESS: &str = "/api/v1/values?report=refused";
/// Requests under way at the same time: one is read while the other is stored.
const REQUESTS_AT_ONCE: usize = 2;

/// A program at work: the server on a day of the story, and a caller with the officer's token.
pub(super) struct ByApi {
    /// Serves for as long as this lives.
    _server: OwnServer,
    caller: Caller,
    /// Codes of the cells, by form.
    cells: BTreeMap<String, Vec<String>>,
}

impl ByApi {
    /// Opens the office's server at the moment of `context` and makes a token for this account.
    pub(super) async fn open(office: &Office, context: &Context, user_name: &str) -> Result<Self> {
        let settings = Settings { clock: Clock::Stopped(context.now), ..office.settings().clone() };
        let server = OwnServer::start(web::router(office.with_settings(settings))).await?;
        let token =
            tokens::create_token(office, context, user_name, "Phần mềm quản lý trường học (minh hoạ)", 30).await?;
        let caller = server.caller().with_token(&token);
        let forms = office.catalogue().forms.iter();
        let cells =
            forms.map(|form| (form.code.clone(), form.cells().map(|cell| cell.item.to_string()).collect())).collect();
        Ok(Self { _server: server, caller, cells })
    }

    /// Hands batch after batch in, what each sends first and then what it sends mended; `told` hears of each batch.
    pub(super) async fn hand_in(
        &self,
        batches: impl Iterator<Item = [Vec<Sending>; 2]>,
        mut told: impl FnMut(&Counts),
    ) -> Result<Counts> {
        let requests = stream::iter(batches).map(|batch| async move {
            let mut counts = Counts::default();
            for sendings in batch {
                counts += self.post(&sendings).await?;
            }
            Ok::<_, Error>(counts)
        });
        let mut answers = requests.buffer_unordered(REQUESTS_AT_ONCE);
        let mut total = Counts::default();
        while let Some(counts) = answers.try_next().await? {
            told(&counts);
            total += counts;
        }
        Ok(total)
    }

    async fn post(&self, sendings: &[Sending]) -> Result<Counts> {
        if sendings.is_empty() {
            return Ok(Counts::default());
        }
        let lines: Vec<String> = sendings.iter().map(|sending| self.record(sending).to_string()).collect();
        let answer = self.caller.post(ADDRESS, "application/x-ndjson", lines.join("\n")).await?;
        if answer.status != 200 {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(Error::Inside(format!("{ADDRESS}: {}: {text}", answer.status)));
        }
        let outcome: Json = serde_json::from_slice(&answer.body).map_err(Error::inside)?;
        let count = |name: &str| outcome[name].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
        let is_refused = |sending: &&Sending| {
            let reports = outcome["reports"].as_array().into_iter().flatten();
            reports.into_iter().any(|report| report["unit"] == sending.key.unit && report["form"] == sending.key.form)
        };
        let figures = |sending: &Sending| sending.values.iter().flatten().count();
        let all: usize = sendings.iter().map(figures).sum();
        let refused: usize = sendings.iter().filter(is_refused).map(figures).sum();
        Ok(Counts { sent: count("records"), refused: count("refused"), figures: all - refused })
    }

    fn record(&self, sending: &Sending) -> Json {
        let codes = self.cells.get(&sending.key.form).map_or(&[][..], Vec::as_slice);
        let values: Map<String, Json> = codes
            .iter()
            .zip(&sending.values)
            .filter_map(|(code, value)| Some((code.clone(), written(value.as_ref()?))))
            .collect();
        json!({ "unit": sending.key.unit, "form": sending.key.form, "period": sending.key.period, "values": values })
    }
}

fn written(value: &Value) -> Json {
    match value {
        Value::Number(number) => json!(number),
        Value::Boolean(truth) => json!(truth),
        Value::Text(text) => json!(text),
    }
}
