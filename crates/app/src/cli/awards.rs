//! `tongket awards check`: a dossier against the award law of its day, clause by clause. It explains and never decides.

use clap::{Args, Subcommand};
use domain::{
    Confidence,
    awards::{ClauseAnswer, Verdict},
};
use serde_json::{Value, json};

use super::{Globals, Output};
use crate::{
    awards::queries,
    platform::{Context, Result},
};

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Đối chiếu một hồ sơ với từng điều kiện của luật có hiệu lực ngày tiếp nhận
    Check(Check),
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Số của hồ sơ
    #[arg(long, value_name = "ID")]
    dossier: i64,
    /// Mã gói quy tắc khác để so sánh (award_law_2026)
    #[arg(long, value_name = "CODE")]
    rules: Option<String>,
}

pub(super) async fn run(globals: &Globals, verb: &Verb) -> Result<Output> {
    let Verb::Check(asked) = verb;
    let office = globals.open().await?;
    let (all, filed) = queries::dossier(&office, asked.dossier).await?;
    let today = Context::command_line().today();
    let judged = all.judged(&filed.dossier, asked.rules.as_deref(), today)?;
    let clauses: Vec<Value> = judged.judgement.clauses.iter().map(clause).collect();
    let json = json!({ "dossier": asked.dossier, "rules": judged.pack.code, "clauses": clauses });
    let mut lines = vec![format!("Hồ sơ {}: {} – {}", asked.dossier, filed.dossier.nominee.name, judged.pack.label.vi)];
    if judged.judgement.only_advises {
        lines.push("Văn bản của gói quy tắc chưa được đọc: kết quả chỉ để tham khảo.".to_owned());
    }
    judged.judgement.clauses.iter().for_each(|clause| told(clause, 0, &mut lines));
    Ok(Output::new(json, lines.join("\n")))
}

fn clause(clause: &ClauseAnswer) -> Value {
    json!({ "ref": clause.code, "ok": clause.verdict.ok(), "why": why(clause) })
}

/// The sentence with the article and how sure it is.
fn why(clause: &ClauseAnswer) -> String {
    let sure = match clause.source.confidence {
        Confidence::Confirmed => "đã xác nhận",
        Confidence::SecondHand => "theo nguồn thứ hai",
        Confidence::Default => "mặc định, cần đơn vị xác nhận",
    };
    match clause.article.is_empty() {
        true => format!("{} ({sure})", clause.why.vi),
        false => format!("{} ({}; {sure})", clause.why.vi, clause.article),
    }
}

fn told(clause: &ClauseAnswer, depth: usize, lines: &mut Vec<String>) {
    let mark = match clause.verdict {
        Verdict::Passed => "✓",
        Verdict::NotPassed => "✕",
        Verdict::CannotTell => "?",
    };
    lines.push(format!("{}{mark} {}: {}", "  ".repeat(depth), clause.label.vi, why(clause)));
    clause.parts.iter().for_each(|part| told(part, depth + 1, lines));
}
