//! A secret vote: every phone takes its page, casts its ballot, and keeps the receipt.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{
    figures::Times,
    line::{Answer, Line},
    prepare::Prepared,
    server::Server,
};
use crate::platform::{Error, Result};

/// So many options the question has.
const OPTION_COUNT: usize = 3;

/// What came of a vote.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub receipts: Vec<Receipt>,
    pub refused: usize,
    /// From the ballot's sending to its acknowledgement.
    pub times: Times,
    /// From asking for the page to its last byte.
    pub pages: Times,
    pub seconds: f64,
}

/// An acknowledged ballot: its receipt and the option that was chosen.
#[derive(Clone, Debug)]
pub(super) struct Receipt {
    pub code: String,
    pub choice: usize,
}

/// What lay in a box that was opened.
#[derive(Debug)]
pub(super) struct Counted(BTreeMap<String, Vec<String>>);

impl Counted {
    /// How many ballots lay in it.
    pub(super) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Whether the ballot of this receipt lies in it once, with what was chosen.
    pub(super) fn has(&self, receipt: &Receipt) -> bool {
        let options = ["Đồng ý", "Không đồng ý", "Ý kiến khác"];
        self.0.get(&receipt.code).is_some_and(|found| found.len() == 1 && found[0] == options[receipt.choice])
    }
}

/// What a phone chooses.
pub(super) fn choice_of(phone: usize) -> usize {
    phone % OPTION_COUNT
}

/// Every phone casts its ballot, evenly over this time.
pub(super) async fn cast(server: &Server, prepared: &Prepared, poll: usize, lasts: Duration) -> Cast {
    let (address, began, count) = (server.address(), Instant::now(), prepared.tokens.len());
    let mut asked = Vec::with_capacity(count);
    for (phone, token) in prepared.tokens.iter().enumerate() {
        let token = token.clone();
        let at = tokio::time::Instant::from_std(began + lasts.mul_f64(phone as f64 / count as f64));
        asked.push(tokio::spawn(async move {
            tokio::time::sleep_until(at).await;
            one(Line::open(address).await?, &token, poll, choice_of(phone)).await
        }));
    }
    let mut cast = Cast::default();
    for one in asked {
        match one.await {
            Ok(Ok((receipt, page, ballot))) => {
                cast.pages.add(page);
                cast.times.add(ballot);
                cast.receipts.push(receipt);
            }
            _ => cast.refused += 1,
        }
    }
    cast.seconds = began.elapsed().as_secs_f64();
    cast
}

async fn one(mut line: Line, token: &str, poll: usize, choice: usize) -> Result<(Receipt, Duration, Duration)> {
    let began = Instant::now();
    let page = line.get(&format!("/hn/{token}")).await?;
    let page_took = began.elapsed();
    let ballot = page.body.split("name=\"ballot_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let ballot = ballot.ok_or_else(|| Error::inside(format!("no ballot on the page ({})", page.status)))?;
    let began = Instant::now();
    let answer = send(&mut line, token, poll, choice, ballot).await?;
    let took = began.elapsed();
    let receipt = receipt(&answer, choice).ok_or_else(|| Error::inside(format!("refused ({})", answer.status)))?;
    Ok((receipt, page_took, took))
}

/// Sends a ballot as the page's script does.
pub(super) async fn send(
    line: &mut Line,
    token: &str,
    poll: usize,
    choice: usize,
    ballot: &str,
) -> std::io::Result<Answer> {
    let form = format!("verb=vote&poll={poll}&choice={choice}&ballot_token={ballot}");
    line.post(&format!("/hn/{token}"), "application/json", &form).await
}

/// The receipt in an acknowledgement.
pub(super) fn receipt(answer: &Answer, choice: usize) -> Option<Receipt> {
    let told: serde_json::Value = serde_json::from_str(&answer.body).ok().filter(|_| answer.status == 200)?;
    Some(Receipt { code: told["receipt"].as_str().filter(|code| !code.is_empty())?.to_owned(), choice })
}

/// The ballots of a closed poll, as every delegate may read them.
pub(super) async fn counted(server: &Server, prepared: &Prepared, poll: usize) -> Result<Counted> {
    let mut line = Line::open(server.address()).await?;
    let list = line.get(&format!("/hn/{}/phieu/{poll}", prepared.tokens[0])).await?;
    if list.status != 200 {
        return Err(Error::inside(format!("the opened box was answered with {}", list.status)));
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, option) in list.body.lines().filter_map(|line| line.split_once('\t')) {
        found.entry(code.to_owned()).or_default().push(option.to_owned());
    }
    Ok(Counted(found))
}
